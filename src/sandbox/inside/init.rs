//! The engine's init: this program, run again as process 1 of a new PID namespace. The init prepares the node, serves
//! the mirror, reaps orphaned processes, and ends all processes of the engine when its owner ends.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use rustix::mount::{MountFlags, mount};
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process_group};

use super::failure::{CERTIFICATE, MIRROR_PORT, StepFailure, in_step, read_spec, send_report};
use super::{node, view};
use crate::pack::{self, HubIdentity, HubSpec};
use crate::platform;
use crate::sandbox::cgroup;
use crate::sandbox::spec::{ImageSource, InitReport, InitSpec, NODES};

/// The time limit for killed processes to end.
const KILL_LIMIT: Duration = Duration::from_secs(5);
/// The time limit for removing the cgroups of killed processes. The next start removes the remaining cgroups.
const LEAVING: Duration = Duration::from_millis(500);

/// Runs the init or another process of an engine, if the arguments name such a process. Otherwise returns `None`.
#[must_use]
pub fn internal(arguments: &[OsString]) -> Option<ExitCode> {
    let [_, verb, dir, node @ ..] = arguments else { return None };
    let dir = Path::new(dir);
    let failed = match (verb.to_str()?, node.first().map(|node| node == "1").map(usize::from)) {
        ("internal-engine-init", None) => run(dir),
        (node::RUN, Some(node)) => node::run(dir, node),
        (node::CHANGE_USR, Some(node)) => node::change_usr(dir, node),
        _ => return None,
    };
    let StepFailure { step, error } = failed;
    send_report(&InitReport::Failed { step, error: error.to_string() });
    Some(ExitCode::FAILURE)
}

fn run(dir: &Path) -> StepFailure {
    match start(dir) {
        Ok(pids) => reap(&pids, dir),
        Err(failure) => failure,
    }
}

fn start(dir: &Path) -> Result<Vec<u32>, StepFailure> {
    thread::Builder::new()
        .name("owner".into())
        .spawn({
            let dir = dir.to_owned();
            move || end_with_owner(&dir)
        })
        .map_err(in_step("thread"))?;
    // `/proc` is still the host's, so it shows the init's process id on the host.
    let outside = fs::read_link("/proc/self").map_err(in_step("/proc/self"))?;
    let outside: u32 =
        outside.to_string_lossy().parse().map_err(|_| io::Error::other("no number")).map_err(in_step("/proc"))?;
    let spec = read_spec(dir)?;
    send_report(&InitReport::Init { pid: outside });

    let plain = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    mount("proc", "/proc", "proc", plain, None).map_err(in_step("mount /proc"))?;
    let identity = HubIdentity::new().map_err(in_step("certificate"))?;
    fs::write(dir.join(CERTIFICATE), identity.certificate_pem()).map_err(in_step(CERTIFICATE))?;
    let pids = spec.nodes().map(|node| start_node(&spec, node)).collect::<Result<Vec<_>, _>>()?;
    if let [first, second] = pids[..] {
        link(&spec, first, second)?;
        write_commands(&spec, &pids).map_err(in_step("bin"))?;
    }
    view::lock().map_err(in_step("/proc/self/mountinfo"))?;
    let images = match &spec.images {
        ImageSource::Pack(dir) => pack::ImageSource::Pack(dir.clone()),
        ImageSource::Hub => pack::ImageSource::Hub(HubSpec::default()),
        ImageSource::None => return Ok(pids),
    };
    let listeners = pids.iter().map(|&pid| listen_inside(pid)).collect::<io::Result<_>>().map_err(in_step("mirror"))?;
    // If the mirror fails, the engine reports the images that it cannot pull.
    let serve = move || pack::serve_as_hub(listeners, images, &identity);
    thread::Builder::new().name("mirror".into()).spawn(serve).map_err(in_step("thread"))?;
    Ok(pids)
}

/// Starts the node of an engine, and waits until the node is ready. Returns the id of the process that holds the node's
/// namespaces. This process later runs dockerd.
fn start_node(spec: &InitSpec, node: usize) -> Result<u32, StepFailure> {
    let mut command = Command::new(&spec.engine.unshare);
    command.args(["--mount", "--net", "--propagation", "private"]);
    if spec.two {
        // If the lesson has two engines, each engine has a separate host name.
        command.arg("--uts");
    }
    let mut child = command
        .args(["--", "/proc/1/exe", node::RUN])
        .arg(&spec.dir)
        .arg(node.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(in_step("unshare"))?;
    let mut said = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut said).map_err(in_step("node"))?;
    }
    let pid = child.id();
    match serde_json::from_str(&said) {
        Ok(InitReport::Inside { .. }) => send_report(&InitReport::Inside { pid }),
        Ok(InitReport::Failed { step, error }) => return Err(StepFailure { step, error: io::Error::other(error) }),
        _ => return Err(in_step("unshare")(io::Error::other("it ended at once"))),
    }
    Ok(pid)
}

/// Connects the networks of two nodes by a virtual cable.
fn link(spec: &InitSpec, first: u32, second: u32) -> Result<(), StepFailure> {
    const CABLE: &str = "lan0";
    let peer = second.to_string();
    let laid = ["link", "add", CABLE, "type", "veth", "peer", "name", CABLE, "netns", &peer];
    in_network(first, || node::ip(spec, &laid)).map_err(in_step("network"))??;
    for (pid, (_, address)) in [first, second].into_iter().zip(NODES) {
        let address = format!("{address}/24");
        let done = in_network(pid, || {
            node::ip(spec, &["addr", "add", &address, "dev", CABLE])?;
            node::ip(spec, &["link", "set", CABLE, "up"])
        });
        done.map_err(in_step("network"))??;
    }
    Ok(())
}

/// Writes a script for each node, with the node's name. `NODE COMMAND` runs the command on the node, like `ssh NODE
/// COMMAND`.
fn write_commands(spec: &InitSpec, pids: &[u32]) -> io::Result<()> {
    for ((name, _), pid) in NODES.iter().zip(pids) {
        let path = spec.dir.join("bin").join(name);
        let spaces: String = [("mount", "ns/mnt"), ("root", "root"), ("net", "ns/net"), ("uts", "ns/uts")]
            .map(|(option, link)| format!(" --{option}=/proc/{pid}/{link}"))
            .concat();
        let text = format!("#!/bin/sh\nexec {}{spaces} -- \"$@\"\n", spec.engine.nsenter.display());
        fs::write(&path, text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Ends all processes of the engine when the owner ends. Standard input then closes, even if the owner is killed,
/// because the owner holds the other end of the pipe. A single byte on standard input detaches the init from the owner.
fn end_with_owner(dir: &Path) {
    let mut byte = [0];
    if !matches!(io::stdin().lock().read(&mut byte), Ok(1)) {
        end(dir, 0);
    }
}

/// Ends this process and all processes in its namespace. The kernel kills the processes of a namespace when its init
/// ends, but a frozen process dies only when it is thawed. Nobody could thaw that process after the end of the init. So
/// this function first kills the other processes, and thaws frozen processes.
fn end(dir: &Path, status: i32) -> ! {
    // In an init, this call kills all other processes of the namespace. In any other process, the call would also kill
    // processes that do not belong to the engine.
    if std::process::id() == 1 {
        let _ = kill_process_group(Pid::INIT, Signal::KILL);
    }
    let cgroup = cgroup::of(dir);
    cgroup::thaw_until(&cgroup, KILL_LIMIT, || is_deserted(&cgroup));
    cgroup::remove(&cgroup, LEAVING);
    std::process::exit(status)
}

/// Whether no process is in the cgroup `name` or below it.
fn is_deserted(name: &str) -> bool {
    cgroup::all(name).all(|cgroup| fs::read_to_string(cgroup.join("cgroup.procs")).unwrap_or_default().is_empty())
}

fn listen_inside(pid: u32) -> io::Result<TcpListener> {
    in_network(pid, || TcpListener::bind((Ipv4Addr::LOCALHOST, MIRROR_PORT)))?
}

/// Runs `act` in the network of a node. A separate thread enters the network, because the other threads must stay in
/// the host's network.
fn in_network<T: Send>(pid: u32, act: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, move || {
            platform::enter_network(Path::new(&format!("/proc/{pid}")))?;
            Ok(act())
        })?;
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread panicked")))
    })
}

/// Waits for every child of the init, including orphans that the init inherits. When an engine's process ends, ends all
/// processes.
fn reap(pids: &[u32], dir: &Path) -> StepFailure {
    loop {
        match rustix::process::wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) if pids.contains(&pid.as_raw_nonzero().get().unsigned_abs()) => {
                send_report(&InitReport::Died { status: describe(status) });
                end(dir, 1);
            }
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return in_step("wait")(error),
        }
    }
}

fn describe(status: WaitStatus) -> String {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => format!("exit {code}"),
        (_, Some(signal)) => format!("signal {signal}"),
        _ => "?".to_owned(),
    }
}
