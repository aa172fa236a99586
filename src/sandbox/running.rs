//! A running engine, described by a file in its folder, so that other processes can enter and stop the engine.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal};
use serde::{Deserialize, Serialize};

use super::folders::{LOG, REMOVAL_LIMIT, is_alive, remove};
use super::spec::SOCKETS;
use super::{SandboxError, cgroup};
use crate::platform::Handle;

/// The maximum number of bytes to read from the end of the log.
const TAIL: u64 = 64 << 10;
const TAIL_LINES: usize = 20;

/// A running private engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The engine's name.
    pub name: String,
    /// The engine's folder, which is removed when the engine stops.
    pub dir: PathBuf,
    /// The process id of the engine's init.
    pub pid: u32,
    /// The engine's version, such as `20.10.24+dfsg1`.
    pub version: String,
    /// The newest API version that the engine supports, such as `1.41`.
    pub api: String,
    /// The time when the engine was ready, in seconds since 1970.
    pub since: u64,
    /// The process id of the engine's owner; `None` if the engine is detached. The engine ends when its owner ends.
    pub owner: Option<u32>,
    /// For each engine, the id of the process that holds its node, in the init's PID namespace.
    pub(super) node_pids: Vec<u32>,
    pub(super) nsenter: PathBuf,
    pub(super) env: PathBuf,
}

impl Running {
    /// Returns the engine's socket. The path is the same inside and outside the engine's namespaces.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.dir.join(SOCKETS[0])
    }

    /// Returns the socket and the folder `/proc/PID` of each engine, like [`socket`](Self::socket) and
    /// [`namespaces`](Self::namespaces).
    #[must_use]
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (PathBuf, PathBuf)> {
        self.node_pids.iter().zip(SOCKETS).map(|(&pid, socket)| (self.dir.join(socket), self.process(pid)))
    }

    /// Whether there are two engines.
    #[must_use]
    pub fn has_two(&self) -> bool {
        self.node_pids.len() == 2
    }

    /// Returns the folder to put first on the lesson's PATH. The folder contains the docker CLI that was installed with
    /// this engine.
    #[must_use]
    pub fn cli(&self) -> PathBuf {
        self.dir.join("bin")
    }

    /// Returns the folder `/proc/PID` of a process in the engine's namespaces. The path leads through the init's own
    /// `/proc`, so it is valid outside these namespaces.
    #[must_use]
    pub fn namespaces(&self) -> PathBuf {
        self.process(self.node_pids.first().copied().unwrap_or_default())
    }

    fn process(&self, number: u32) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root/proc/{number}", self.pid))
    }

    /// Returns the words to put before a command so that the command runs in the engine's namespaces. The command
    /// starts in `/`; for another directory, use [`enter_at`](Self::enter_at).
    #[must_use]
    pub fn enter(&self) -> Vec<String> {
        let space = |option: &str, link: &str| format!("--{option}={}", self.namespaces().join(link).display());
        let init = |kind: &str| format!("--{kind}=/proc/{}/ns/{kind}", self.pid);
        vec![
            self.nsenter.display().to_string(),
            space("mount", "ns/mnt"),
            // Under `chroot`, the root of the process is not the root of its namespace, so this option gives the node's
            // root.
            space("root", "root"),
            space("net", "ns/net"),
            init("pid"),
            space("uts", "ns/uts"),
            init("ipc"),
            "--".to_owned(),
        ]
    }

    /// Returns the words like [`enter`](Self::enter), for a command that starts in `directory`.
    #[must_use]
    pub fn enter_at(&self, directory: &Path) -> Vec<String> {
        let mut words = self.enter();
        words.extend([self.env.display().to_string(), "-C".to_owned(), directory.display().to_string()]);
        words
    }

    /// Kills the engine, waits until all its processes have ended, and removes its files. Works only for an engine
    /// without an owner.
    pub async fn stop(self) -> Result<(), SandboxError> {
        if let Some(init) = self.open_init() {
            init.signal(Signal::KILL);
            // The kernel reports an init's end only after every process in its namespace has ended.
            let cgroup = cgroup::of(&self.dir);
            let gone = move || cgroup::thaw_until(&cgroup, REMOVAL_LIMIT, || init.has_ended());
            let _ = tokio::task::spawn_blocking(gone).await;
        }
        remove(&self.dir)
    }

    /// Opens the init if it is still running. The arguments of the init end with the engine's folder, so no other process
    /// is taken for the init.
    fn open_init(&self) -> Option<Handle> {
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw)?;
        let init = Handle::open(pid)?;
        let arguments = fs::read(format!("/proc/{}/cmdline", self.pid)).ok()?;
        arguments.split(|&byte| byte == 0).any(|word| word == self.dir.as_os_str().as_bytes()).then_some(init)
    }

    pub(super) fn write(&self) -> io::Result<()> {
        let (new, file) = (self.dir.join("engine.new"), self.dir.join("engine.json"));
        fs::write(&new, serde_json::to_vec(self)?)?;
        fs::rename(new, file)
    }

    pub(super) fn read(dir: &Path) -> Option<Self> {
        let running: Self = serde_json::from_slice(&fs::read(dir.join("engine.json")).ok()?).ok()?;
        (running.dir == dir && is_alive(dir)).then_some(running)
    }
}

/// Returns the end of the log in an engine's folder.
pub(super) fn log_tail(dir: &Path) -> String {
    let read = || -> io::Result<String> {
        let mut file = File::open(dir.join(LOG))?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut bytes = Vec::new();
        file.take(TAIL).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = read().unwrap_or_default();
    // Lines of the levels `info` and `warning` would hide the reason for a failure.
    let without = |levels: &[&str]| -> Vec<&str> {
        let is_shown = |line: &&str| !is_dump(line) && !levels.iter().any(|level| line.contains(level));
        text.lines().filter(is_shown).collect()
    };
    let levels = ["level=debug", "level=info", "level=warning"];
    let choices = [&levels[..], &levels[..2], &[]].map(without);
    let lines = choices.into_iter().find(|lines| !lines.is_empty()).unwrap_or_default();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

/// Whether a line belongs to the stack and the registers that a Go program prints when it crashes. The reason for the
/// crash is in earlier lines.
fn is_dump(line: &str) -> bool {
    let is_register = || line.split_whitespace().nth(1).is_some_and(|value| value.starts_with("0x"));
    line.trim().is_empty()
        || ["\t", "0x", "goroutine ", "runtime: ", "created by ", "stack: "].iter().any(|start| line.starts_with(start))
        || line.ends_with(')') && line.contains("({0x") | line.contains("(0x") | line.ends_with("()")
        || is_register()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_tail_shows_the_reason_of_a_crash_without_stack_and_registers() {
        let dir = tempfile::tempdir().unwrap();
        let dump = "\ngoroutine 0 [idle]:\nruntime: g 0: unknown pc 0x7ff\nstack: frame={sp:0x7f} stack=[0x7,0x7)\n\
                    0x00007ffba918a910:  0x0000000000000000  0x0000000000000000 \nmain.main()\n\t/src/main.go:1 +0x1\n\
                    rax    0x0\n";
        let reason = "runtime/cgo: pthread_create failed: Resource temporarily unavailable";
        fs::write(dir.path().join("log"), format!("time=x level=warning msg=y\n{reason}\n{}", dump.repeat(50)))
            .unwrap();
        assert_eq!(log_tail(dir.path()), reason);
        fs::write(dir.path().join("log"), "time=x level=info msg=y\ntime=x level=warning msg=z\n").unwrap();
        assert_eq!(log_tail(dir.path()), "time=x level=warning msg=z");
    }
}
