//! Tests that an engine leaves no process, mount or control group behind if its owner is killed at any moment. The
//! owner is the process that started the engine. The next start removes the engine's files.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use dermaga::sandbox::{Sandbox, SandboxSpec, list, recover};

use super::{Host, Shell, block, busybox, serve, spec};
use crate::project::child;

/// The name of the sandbox with two engines.
const TWO: &str = "berdua";

/// The time limit of a wait. A working engine needs much less time.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub(super) struct Process {
    pid: u32,
    pub(super) command: String,
    namespaces: BTreeSet<String>,
    /// The start time, in hundredths of a second since the start of the machine.
    started: u64,
}

/// Returns the time since the start of the machine, in hundredths of a second.
fn uptime() -> u64 {
    let text = fs::read_to_string("/proc/uptime").unwrap();
    text.split_whitespace().next().unwrap().replace('.', "").parse().unwrap()
}

/// Returns every process that is not a zombie.
pub(super) fn processes() -> Vec<Process> {
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((_, rest)) = stat.rsplit_once(')') else { continue };
        // A zombie counts as ended, although its parent has not reaped it yet.
        if rest.trim_start().starts_with(['Z', 'X']) {
            continue;
        }
        let started = rest.split_whitespace().nth(19).unwrap().parse().unwrap();
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command).replace('\0', " ");
        let namespaces =
            ["mnt", "net", "pid"].iter().filter_map(|kind| fs::read_link(entry.path().join("ns").join(kind)).ok());
        let namespaces = namespaces.map(|space| space.display().to_string()).collect();
        all.push(Process { pid, command, namespaces, started });
    }
    all
}

/// Returns the namespaces of the engines under `state`, except the namespaces of this test process.
fn namespaces(state: &str) -> BTreeSet<String> {
    let all = processes();
    let ours = all.iter().find(|process| process.pid == std::process::id()).unwrap();
    all.iter()
        .filter(|process| process.command.contains(state))
        .flat_map(|process| process.namespaces.difference(&ours.namespaces).cloned())
        .collect()
}

/// Starts a child process that owns an engine with this name. The test kills this child process later.
fn start_owner(state: &Path, name: &str) -> Child {
    child::command("sandbox::kill::killing_the_owner_at_any_moment_leaves_nothing", name)
        .env("DERMAGA_TEST_STATE", state)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Starts an owner, and waits until its containers are running.
pub(super) fn start_busy_owner(state: &Path, name: &str) -> Child {
    let mut owner = start_owner(state, name);
    let lines = BufReader::new(owner.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.into_iter().any(|line| line.ends_with("busy")));
    owner
}

/// Starts an engine with this name and a container in the child process. Waits until the test kills this process.
fn own_an_engine(name: &str) {
    let state = std::env::var_os("DERMAGA_TEST_STATE").map(PathBuf::from).unwrap();
    block(async {
        let two = name == TWO;
        let mut sandbox = Sandbox::start(SandboxSpec { two, ..spec(&state, name) }).await.unwrap();
        println!("started");
        let shell = Shell::new(&sandbox);
        shell.run(&format!("docker import {} busybox", state.join("busybox.tar").display()));
        shell.run(&serve("web"));
        let mut left = shell.command("sleep 1000").spawn().unwrap();
        println!("busy");
        sandbox.warm(two);
        let _ = left.wait();
    });
}

/// Kills `owner`. Returns the time until all processes of its engines have ended.
pub(super) fn kill(mut owner: Child, state: &Path) -> Duration {
    let state = state.display().to_string();
    let namespaces = namespaces(&state);
    let start = Instant::now();
    let killed = uptime();
    owner.kill().unwrap();
    let _ = owner.wait();
    loop {
        // The kernel may reuse the number of a removed namespace for the engine of another test. So only processes from
        // before the kill count.
        let is_left = |process: &Process| {
            process.command.contains(&state)
                || (process.started <= killed && !process.namespaces.is_disjoint(&namespaces))
        };
        let left: Vec<_> = processes().into_iter().filter(is_left).collect();
        if left.is_empty() {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "still there: {left:#?}");
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = start.elapsed();
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap();
    assert!(!mounts.contains(&state), "{mounts}");
    took
}

/// Returns random durations up to `within`. `DERMAGA_TEST_KILLS` is their number.
fn moments(within: Duration) -> impl Iterator<Item = Duration> {
    let rounds = std::env::var("DERMAGA_TEST_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(20);
    let mut random =
        u64::from(std::process::id()) ^ u64::from(SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos()) << 20;
    std::iter::repeat_with(move || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        within.mul_f64(f64::from(u32::try_from(random >> 32).unwrap()) / f64::from(u32::MAX))
    })
    .take(rounds)
}

#[test]
fn killing_the_owner_at_any_moment_leaves_nothing() {
    if let Some(name) = child::role() {
        return own_an_engine(&name);
    }
    let state = tempfile::tempdir().unwrap();
    busybox(state.path());
    let host = Host::look();
    let mut took = Vec::new();
    for moment in moments(Duration::from_secs(2)) {
        let owner = start_owner(state.path(), "korban");
        std::thread::sleep(moment);
        took.push(kill(owner, state.path()));
        assert_eq!(Host::look(), host, "killed after {moment:?}");
        recover(state.path()).unwrap();
        assert!(!state.path().join("korban").exists(), "killed after {moment:?}");
    }
    took.sort_unstable();
    println!("{} kills: gone after {:?}, at most {:?}", took.len(), took[took.len() / 2], took[took.len() - 1]);
    assert_eq!(cgroups("dermaga-korban-"), Vec::<PathBuf>::new());
}

#[test]
fn killed_owner_of_two_engines_leaves_no_process_and_no_control_group() {
    let state = tempfile::tempdir().unwrap();
    busybox(state.path());
    let host = Host::look();
    let owner = start_busy_owner(state.path(), TWO);
    let running = list(state.path());
    let (second, _) = running.iter().find_map(|engine| engine.nodes().nth(1)).unwrap();
    assert!(UnixStream::connect(&second).is_ok());
    kill(owner, state.path());
    for moment in moments(Duration::from_secs(3)).take(4) {
        let owner = start_owner(state.path(), TWO);
        std::thread::sleep(moment);
        kill(owner, state.path());
        assert_eq!(Host::look(), host, "killed after {moment:?}");
        recover(state.path()).unwrap();
        assert!(!state.path().join(TWO).exists(), "killed after {moment:?}");
    }
    assert_eq!(cgroups("dermaga-berdua-"), Vec::<PathBuf>::new());
}

/// If `dermaga engine start` is killed, the detached engine either works or does not exist.
#[test]
fn killed_engine_start_leaves_a_working_engine_or_none() {
    let cache = tempfile::tempdir().unwrap();
    let state = cache.path().join("dermaga/e");
    let mut whole = 0;
    for moment in moments(Duration::from_secs(1)) {
        let mut starter = Command::new(env!("CARGO_BIN_EXE_dermaga"));
        starter
            .args(["engine", "start"])
            .env("XDG_CACHE_HOME", cache.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut starter = starter.spawn().unwrap();
        std::thread::sleep(moment);
        starter.kill().unwrap();
        let _ = starter.wait();
        // If the engine is incomplete and its owner is dead, the engine ends soon.
        let start = Instant::now();
        while list(&state).is_empty()
            && processes().iter().any(|process| process.command.contains(&*state.to_string_lossy()))
        {
            assert!(start.elapsed() < PATIENCE, "killed after {moment:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
        for engine in list(&state) {
            assert!(UnixStream::connect(engine.socket()).is_ok(), "killed after {moment:?}");
            whole += 1;
            block(engine.stop()).unwrap();
        }
        recover(&state).unwrap();
        assert!(fs::read_dir(&state).map_or(0, Iterator::count) == 0, "killed after {moment:?}");
    }
    println!("{whole} were whole");
}

pub(super) fn cgroups(prefix: &str) -> Vec<PathBuf> {
    let root = Path::new("/sys/fs/cgroup");
    let folders = fs::read_dir(root).unwrap().flatten().map(|entry| entry.path()).chain([root.to_owned()]);
    let entries = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix)).map(|entry| entry.path()).collect()
}

#[test]
fn next_start_removes_the_files_of_a_killed_engine() {
    let state = tempfile::tempdir().unwrap();
    busybox(state.path());
    let owner = start_busy_owner(state.path(), "pulih");
    let dead = list(state.path());
    kill(owner, state.path());
    assert!(dead[0].dir.join("data").exists() && list(state.path()).is_empty());
    block(async {
        let sandbox = Sandbox::start(spec(state.path(), "pulih")).await.unwrap();
        assert!(!dead[0].dir.exists());
        assert_eq!(Shell::new(&sandbox).run("docker ps -aq"), "");
        sandbox.stop().await.unwrap();
    });
}
