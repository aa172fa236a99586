//! The room: the network and the files that the engine and the lesson's shell see. The host's files, but a `/run` of its
//! own (so no other engine's socket) and an `/etc` whose changes stay here.

use std::ffi::{CString, OsStr};
use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::mount::{MountFlags, mount, mount_bind, mount_bind_recursive};

use super::Node;
use super::init::{CERTIFICATE, Failure, MIRROR_PORT, at, read_spec, say};
use crate::pack::HubIdentity;
use crate::sandbox::nodes;
use crate::sandbox::spec::{DataRoot, ImageSource, InitSpec, Report};

const DATA: &str = "/var/lib/docker";
const HOSTS: &str = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
/// Nobody answers there, at once: the room has no way out but the mirror.
const RESOLV: &str = "nameserver 127.0.0.1\n";

/// Where Docker Hub's names lead: an address for documentation, whose way is turned round to the mirror. Engines take one
/// in 127/8 for insecure, and one of the room's own could not be published on.
const HUB: &str = "203.0.113.10";
/// The list of certificates that programs trust.
const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Prepares the room, then becomes dockerd. Comes back only with what failed.
pub(super) fn run(dir: &Path, node: Node) -> Failure {
    match prepare(dir, node) {
        Ok(spec) if spec.engine.usr.is_some() => stay(&spec, node),
        Ok(spec) => become_dockerd(&spec, node),
        Err(failure) => failure,
    }
}

/// The lesson's shell keeps this system's programs, the engine gets another one's: in a further mount namespace, while
/// this process holds the room's.
fn stay(spec: &InitSpec, node: Node) -> Failure {
    let mut inner = Command::new(&spec.engine.unshare);
    inner.args(["--mount", "--propagation", "private", "--", "/proc/1/exe", node.verbs()[1]]);
    match inner.arg(&spec.dir).stdout(io::stderr()).status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => at("unshare")(error),
    }
}

/// Puts the other system's `/usr` in place of this one's, then becomes its dockerd.
pub(super) fn change_usr(dir: &Path, node: Node) -> Failure {
    let changed = read_spec(dir).and_then(|spec| {
        if let Some(usr) = &spec.engine.usr {
            mount_bind_recursive(usr, "/usr").map_err(at("mount /usr"))?;
        }
        Ok(spec)
    });
    match changed {
        Ok(spec) => become_dockerd(&spec, node),
        Err(failure) => failure,
    }
}

fn become_dockerd(spec: &InitSpec, node: Node) -> Failure {
    // With the engine's own iptables, which are of the kind that it uses itself.
    if let Err(failure) = turn_to_mirror(spec) {
        return failure;
    }
    match dockerd(spec, node) {
        Ok(mut dockerd) => at("dockerd")(dockerd.exec()),
        Err(error) => at("dockerd")(error),
    }
}

fn turn_to_mirror(spec: &InitSpec) -> Result<(), Failure> {
    if spec.images == ImageSource::None {
        return Ok(());
    }
    let mirror = format!("127.0.0.1:{MIRROR_PORT}");
    let rule = ["-t", "nat", "-A", "OUTPUT", "-d", HUB, "-p", "tcp", "--dport", "443", "-j", "DNAT"];
    let arguments: Vec<&OsStr> = rule.into_iter().chain(["--to-destination", &mirror]).map(OsStr::new).collect();
    tool(&spec.engine.path, "iptables", &arguments)
}

fn prepare(dir: &Path, node: Node) -> Result<InitSpec, Failure> {
    let spec = read_spec(dir)?;
    private_run(&spec)?;
    private_etc().map_err(at("/etc"))?;
    let mut hosts = HOSTS.to_owned();
    if spec.two {
        rustix::system::sethostname(node.name().0.as_bytes()).map_err(at("host name"))?;
        for &node in spec.nodes() {
            let (name, address) = node.name();
            hosts.push_str(&format!("{address}\t{name}\n"));
            symlink(spec.socket(node), nodes::socket(name)).map_err(at("/run"))?;
        }
    }
    ip(&spec, &["link", "set", "lo", "up"])?;
    if spec.images != ImageSource::None {
        ip(&spec, &["route", "add", HUB, "dev", "lo", "src", "127.0.0.1"])?;
        hosts.push_str(&format!("{HUB}\t{}\n", HubIdentity::NAMES.join(" ")));
        trust_hub(dir).map_err(at("/etc"))?;
    }
    fs::write("/etc/hosts", hosts).map_err(at("/etc/hosts"))?;
    private_data(&spec, node)?;
    say(&Report::Inside { room: std::process::id() });
    Ok(spec)
}

pub(super) fn ip(spec: &InitSpec, arguments: &[&str]) -> Result<(), Failure> {
    let done = Command::new(&spec.engine.ip).args(arguments).stdin(Stdio::null()).status().map_err(at("ip"))?;
    if done.success() { Ok(()) } else { Err(at(format!("ip {}", arguments.join(" ")))(io::Error::other("it failed"))) }
}

/// Programs in the room believe that the mirror is Docker Hub.
fn trust_hub(dir: &Path) -> io::Result<()> {
    match File::options().append(true).open(TRUSTED) {
        Ok(mut list) => io::copy(&mut File::open(dir.join(CERTIFICATE))?, &mut list).map(drop),
        // Other systems keep it elsewhere; the engine is told in its environment.
        Err(_) => Ok(()),
    }
}

fn private_run(spec: &InitSpec) -> Result<(), Failure> {
    // Opened before they are hidden: what lies under /run and is ours has to stay in sight.
    let keep: Vec<(PathBuf, File)> = [&spec.dir]
        .into_iter()
        .filter(|path| path.starts_with("/run") || path.starts_with("/var/run"))
        .map(|path| Ok((path.clone(), File::open(path)?)))
        .collect::<io::Result<_>>()
        .map_err(at("/run"))?;
    mount("tmpfs", "/run", "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, Some(c"mode=0755"))
        .map_err(at("mount /run"))?;
    if fs::symlink_metadata("/var/run").is_ok_and(|meta| meta.is_dir()) {
        mount_bind("/run", "/var/run").map_err(at("mount /var/run"))?;
    }
    fs::create_dir_all("/run/lock").map_err(at("/run/lock"))?;
    for (path, folder) in keep {
        fs::create_dir_all(&path).map_err(at("/run"))?;
        mount_bind_recursive(format!("/proc/self/fd/{}", folder.as_raw_fd()), &path).map_err(at("mount /run"))?;
    }
    Ok(())
}

/// The host's own daemon.json, keys and certificates are none of this engine's business.
fn private_etc() -> io::Result<()> {
    overlay("etc")?;
    for (file, text) in [("/etc/hosts", HOSTS), ("/etc/resolv.conf", RESOLV)] {
        // It may be a link to somewhere under the /run that is hidden now.
        if fs::symlink_metadata(file).is_ok_and(|meta| meta.is_symlink()) {
            fs::remove_file(file)?;
        }
        fs::write(file, text)?;
    }
    fs::create_dir_all("/etc/docker")?;
    mount("tmpfs", "/etc/docker", "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, Some(c"mode=0755,size=16m"))
        .map_err(Into::into)
}

/// Keeps every change to the folder `/path` in memory, so that mount points can be made in it without a trace on the host.
fn overlay(path: &str) -> io::Result<()> {
    let place = Path::new("/run/dermaga").join(path);
    let (upper, work) = (place.join("upper"), place.join("work"));
    for folder in [&upper, &work] {
        fs::create_dir_all(folder)?;
    }
    let layers = format!("lowerdir=/{path},upperdir={},workdir={}", upper.display(), work.display());
    let layers = CString::new(layers).map_err(io::Error::other)?;
    mount("overlay", format!("/{path}"), "overlay", MountFlags::empty(), Some(layers.as_c_str())).map_err(Into::into)
}

/// The data lies where every Docker has it, so that what it says of its paths is what it says elsewhere.
fn private_data(spec: &InitSpec, node: Node) -> Result<(), Failure> {
    let [data, image] = spec.data(node);
    if !Path::new(DATA).is_dir() {
        overlay("var/lib").and_then(|()| fs::create_dir(DATA)).map_err(at(DATA))?;
    }
    match spec.data {
        DataRoot::Disk => {
            fs::create_dir(&data).map_err(at("data"))?;
            mount_bind(&data, DATA).map_err(at("mount data"))
        }
        DataRoot::Tmpfs { bytes } => {
            let size = CString::new(format!("mode=0710,size={bytes}")).unwrap_or_default();
            mount("tmpfs", DATA, "tmpfs", MountFlags::empty(), Some(size.as_c_str())).map_err(at("mount data"))
        }
        DataRoot::Loop { bytes } => {
            File::create(&image).and_then(|file| file.set_len(bytes)).map_err(at("disk.img"))?;
            let image = image.as_os_str();
            let plain =
                ["-q", "-F", "-m", "0", "-O", "^has_journal", "-E", "lazy_itable_init=1,nodiscard"].map(OsStr::new);
            tool(&spec.engine.path, "mkfs.ext4", &[&plain[..], &[image]].concat())?;
            tool(&spec.engine.path, "mount", &["-o".as_ref(), "loop,nobarrier".as_ref(), image, DATA.as_ref()])
        }
    }
}

fn tool(path: &[PathBuf], program: &str, arguments: &[&OsStr]) -> Result<(), Failure> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    if let Ok(path) = std::env::join_paths(path) {
        command.env("PATH", path);
    }
    match command.status().map_err(at(program))?.code() {
        Some(0) => Ok(()),
        _ => Err(at(program)(io::Error::other("it failed"))),
    }
}

fn dockerd(spec: &InitSpec, node: Node) -> io::Result<Command> {
    let mut command = Command::new(&spec.engine.dockerd);
    let socket = |path: &Path| format!("unix://{}", path.display());
    command
        .args(["--data-root", DATA])
        // With a surviving exec-root, dockerd would take a number in an old pid file for a living containerd.
        .args(["--exec-root", "/run/docker", "--pidfile", "/run/docker.pid"])
        .args(["-H", &socket(&spec.socket(node)), "-H", "unix:///run/docker.sock"])
        // Not systemd's cgroups: systemd lives outside, and its socket is hidden.
        .args(["--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", &spec.cgroup]);
    command.env_clear();
    if spec.images != ImageSource::None {
        command.env("SSL_CERT_FILE", spec.dir.join(CERTIFICATE));
    }
    command
        .env("PATH", std::env::join_paths(&spec.engine.path).map_err(io::Error::other)?)
        .env("HOME", "/root")
        .stdin(Stdio::null())
        // Standard error is the log; standard output was for the report.
        .stdout(io::stderr());
    Ok(command)
}
