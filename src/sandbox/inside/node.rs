//! A node: the network and the files that an engine and the shell of its lesson see. Changes to the machine's files do
//! not last ([`view`]). A node has its own `/run`, without the sockets of other engines. A node also has its own
//! `/etc/hosts`, host name and data.

use std::ffi::CString;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::mount::{MountFlags, mount, mount_bind_recursive};

use super::failure::{CERTIFICATE, MIRROR_PORT, StepFailure, in_step, read_spec, send_report};
use super::view::{self, Held};
use crate::pack::HubIdentity;
use crate::sandbox::spec::{DataRoot, ImageSource, InitReport, InitSpec, NODES};
use crate::sandbox::{cgroup, nodes};

/// The first argument of a process that becomes a node. A process with the argument [`CHANGE_USR`] replaces `/usr` in a
/// node. The engine's folder and the engine's number follow as arguments.
pub(super) const RUN: &str = "internal-engine-node";
pub(super) const CHANGE_USR: &str = "internal-engine-usr";

const DATA: &str = "/var/lib/docker";
/// The node's `/etc/resolv.conf`. No name server runs at this address, so every query fails at once. The node needs no
/// name server, because it can reach only the mirror.
const RESOLV: &str = "nameserver 127.0.0.1\n";

/// The address of Docker Hub's host names in the node. The node redirects this address to the mirror. The address is
/// reserved for documentation. An address in 127/8 would be wrong, because engines treat registries there as insecure.
/// With an address of the node itself, lessons could not publish ports at that address.
const HUB: &str = "203.0.113.10";
/// The list of certificates that programs trust.
const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Prepares the node, then becomes dockerd or starts the dockerd of another system. Returns only if a step failed.
pub(super) fn run(dir: &Path, node: usize) -> StepFailure {
    match prepare(dir, node) {
        Ok(spec) if spec.engine.usr.is_some() => stay(&spec, node),
        Ok(spec) => become_dockerd(&spec, node),
        Err(failure) => failure,
    }
}

/// Keeps the node, and starts the engine in a further mount namespace. The lesson's shell keeps this system's programs;
/// the engine gets the programs of another system.
fn stay(spec: &InitSpec, node: usize) -> StepFailure {
    let mut inner = Command::new(&spec.engine.unshare);
    inner.args(["--mount", "--propagation", "private", "--", "/proc/1/exe", CHANGE_USR]);
    match inner.arg(&spec.dir).arg(node.to_string()).stdout(io::stderr()).status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => in_step("unshare")(error),
    }
}

/// Replaces `/usr` by the other system's `/usr`, then becomes that system's dockerd.
pub(super) fn change_usr(dir: &Path, node: usize) -> StepFailure {
    let changed = read_spec(dir).and_then(|spec| {
        if let Some(usr) = &spec.engine.usr {
            mount_bind_recursive(usr, "/usr").map_err(in_step("mount /usr"))?;
        }
        Ok(spec)
    });
    match changed {
        Ok(spec) => become_dockerd(&spec, node),
        Err(failure) => failure,
    }
}

fn become_dockerd(spec: &InitSpec, node: usize) -> StepFailure {
    // The node sets its rule with the engine's own iptables, so that this rule is of the same kind as the engine's
    // rules.
    if let Err(failure) = turn_to_mirror(spec) {
        return failure;
    }
    match dockerd(spec, node) {
        Ok(mut dockerd) => in_step("dockerd")(dockerd.exec()),
        Err(error) => in_step("dockerd")(error),
    }
}

fn turn_to_mirror(spec: &InitSpec) -> Result<(), StepFailure> {
    if spec.images == ImageSource::None {
        return Ok(());
    }
    let mut command = Command::new("iptables");
    command.args(["-t", "nat", "-A", "OUTPUT", "-d", HUB, "-p", "tcp", "--dport", "443", "-j", "DNAT"]);
    command.args(["--to-destination", &format!("127.0.0.1:{MIRROR_PORT}")]);
    if let Ok(path) = std::env::join_paths(&spec.engine.path) {
        command.env("PATH", path);
    }
    finish(&mut command, "iptables")
}

fn prepare(dir: &Path, node: usize) -> Result<InitSpec, StepFailure> {
    let spec = read_spec(dir)?;
    let data = data(&spec, node)?;
    view::enter(dir, &spec.shared, Path::new(DATA))?;
    if spec.two {
        rustix::system::sethostname(NODES[node].0.as_bytes()).map_err(in_step("host name"))?;
        for node in spec.nodes() {
            symlink(spec.socket(node), nodes::socket(NODES[node].0)).map_err(in_step("/run"))?;
        }
    }
    private_etc(&hosts(&spec)).map_err(in_step("/etc"))?;
    ip(&spec, &["link", "set", "lo", "up"])?;
    if spec.images != ImageSource::None {
        ip(&spec, &["route", "add", HUB, "dev", "lo", "src", "127.0.0.1"])?;
        trust_hub(dir).map_err(in_step("/etc"))?;
    }
    private_data(&spec, data.as_ref()).map_err(in_step(DATA))?;
    view::leave().map_err(in_step("umount"))?;
    send_report(&InitReport::Inside { pid: std::process::id() });
    Ok(spec)
}

pub(super) fn ip(spec: &InitSpec, arguments: &[&str]) -> Result<(), StepFailure> {
    finish(Command::new(&spec.engine.ip).args(arguments), &format!("ip {}", arguments.join(" ")))
}

/// Runs a command and waits for its end.
fn finish(command: &mut Command, step: &str) -> Result<(), StepFailure> {
    // Standard output is reserved for reports to the init.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().map_err(in_step(step))?;
    if status.success() { Ok(()) } else { Err(in_step(step)(io::Error::other("it failed"))) }
}

/// Returns the text of the node's `/etc/hosts`. The text contains the machine's own name, which `sudo` looks up, or the
/// names of both nodes. The text also contains the names of Docker Hub and other registries, which lead to the mirror.
fn hosts(spec: &InitSpec) -> String {
    let mut hosts = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n".to_owned();
    if spec.two {
        hosts.extend(NODES.map(|(name, address)| format!("{address}\t{name}\n")));
    } else {
        hosts.push_str(&format!("127.0.1.1\t{}\n", rustix::system::uname().nodename().to_string_lossy()));
    }
    if spec.images != ImageSource::None {
        hosts.push_str(&format!("{HUB}\t{}\n", HubIdentity::NAMES.join(" ")));
    }
    hosts
}

/// Makes programs in the node trust the mirror's certificate.
fn trust_hub(dir: &Path) -> io::Result<()> {
    match File::options().append(true).open(TRUSTED) {
        Ok(mut list) => io::copy(&mut File::open(dir.join(CERTIFICATE))?, &mut list).map(drop),
        // Other systems keep the list at another path. On such a system, only the engine trusts the certificate,
        // because of `SSL_CERT_FILE`.
        Err(_) => Ok(()),
    }
}

/// Writes the node's `/etc/hosts` and `/etc/resolv.conf`. Hides the host's own daemon.json, keys and certificates from
/// the engine.
fn private_etc(hosts: &str) -> io::Result<()> {
    for (file, text) in [("/etc/hosts", hosts), ("/etc/resolv.conf", RESOLV)] {
        // The file may be a link into the machine's `/run`, which is hidden now.
        if fs::symlink_metadata(file).is_ok_and(|meta| meta.is_symlink()) {
            fs::remove_file(file)?;
        }
        fs::write(file, text)?;
    }
    fs::create_dir_all("/etc/docker")?;
    mount("tmpfs", "/etc/docker", "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, Some(c"mode=0755,size=16m"))
        .map_err(Into::into)
}

/// Returns the folder of the engine's data on the machine; `None` if the data is in memory.
fn data(spec: &InitSpec, node: usize) -> Result<Option<Held>, StepFailure> {
    if let DataRoot::Tmpfs { .. } = spec.data {
        return Ok(None);
    }
    let data = spec.data(node);
    fs::create_dir(&data).map_err(in_step("data"))?;
    Held::open(&data).map(Some).map_err(in_step("data"))
}

/// Mounts the engine's data at Docker's usual path, so that the engine's output shows the usual paths.
fn private_data(spec: &InitSpec, data: Option<&Held>) -> io::Result<()> {
    if let (DataRoot::Tmpfs { bytes }, None) = (spec.data, data) {
        fs::create_dir_all(DATA)?;
        let size = CString::new(format!("mode=0710,size={bytes}")).unwrap_or_default();
        mount("tmpfs", DATA, "tmpfs", MountFlags::empty(), Some(size.as_c_str()))?;
    }
    data.map_or(Ok(()), |data| data.bind_at(Path::new(DATA)))
}

fn dockerd(spec: &InitSpec, node: usize) -> io::Result<Command> {
    let mut command = Command::new(&spec.engine.dockerd);
    let socket = |path: &Path| format!("unix://{}", path.display());
    command
        .args(["--data-root", DATA])
        // If the exec-root survived, dockerd could mistake a number in an old pid file for a running containerd.
        .args(["--exec-root", "/run/docker", "--pidfile", "/run/docker.pid"])
        .args(["-H", &socket(&spec.socket(node)), "-H", "unix:///run/docker.sock"])
        // systemd's cgroups cannot be used: systemd runs outside, and its socket is hidden.
        .args(["--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", &cgroup::of(&spec.dir)]);
    command.env_clear();
    if spec.images != ImageSource::None {
        command.env("SSL_CERT_FILE", spec.dir.join(CERTIFICATE));
    }
    command
        .env("PATH", std::env::join_paths(&spec.engine.path).map_err(io::Error::other)?)
        .env("HOME", "/root")
        .stdin(Stdio::null())
        // Standard error is the engine's log. Standard output was reserved for the report.
        .stdout(io::stderr());
    Ok(command)
}
