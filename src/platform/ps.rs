//! Processes by `ps`, on systems without `/proc` and pidfds.
//!
//! These systems do not show a process's environment, so [`has_variable`] is always false: a daemon that left both its
//! terminal's session and its parent is not found. `ps` tells a start time to the second only, so
//! [`began`](super::Process::began) is 0.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, getsid, kill_process};

use super::Process;

/// How long between two looks at whether a process has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// A process by its number.
#[derive(Debug)]
pub struct Handle(Pid);

impl Handle {
    /// Opens the process with this number, if there is one.
    #[must_use]
    pub fn open(pid: Pid) -> Option<Self> {
        process(pid.as_raw_nonzero().get()).map(|_| Self(pid))
    }

    /// Sends it a signal. A process that has ended gets none.
    pub fn signal(&self, signal: Signal) {
        let _ = kill_process(self.0, signal);
    }

    /// Whether it has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        process(self.0.as_raw_nonzero().get()).is_none()
    }

    /// Waits until it has ended.
    pub async fn ended(self) {
        while !self.has_ended() {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// The process with this number; `None` if it has ended, whether or not its parent has been told.
#[must_use]
pub fn process(pid: i32) -> Option<Process> {
    list(&["-p", &pid.to_string()]).remove(&pid)
}

/// All living processes by number.
#[must_use]
pub fn processes() -> HashMap<i32, Process> {
    list(&["-A"])
}

/// Always false: see the module.
#[must_use]
pub fn has_variable(_pid: i32, _variable: &str) -> bool {
    false
}

fn list(selection: &[&str]) -> HashMap<i32, Process> {
    // POSIX takes all that follows a column's `=` for its title, so each column has an `-o` of its own.
    let columns = ["-o", "pid=", "-o", "ppid=", "-o", "stat="];
    let ps = Command::new("ps").args(selection).args(columns).env("LC_ALL", "C").stdin(Stdio::null()).output();
    let text = ps.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().filter_map(parse).collect()
}

fn parse(line: &str) -> Option<(i32, Process)> {
    let mut columns = line.split_ascii_whitespace();
    let pid: i32 = columns.next()?.parse().ok()?;
    let parent = columns.next()?.parse().ok()?;
    if columns.next()?.starts_with('Z') {
        return None;
    }
    let session = getsid(Pid::from_raw(pid)).map_or(0, |leader| leader.as_raw_nonzero().get());
    Some((pid, Process { parent, session, began: 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn child_is_listed_until_it_ends() {
        let mut child = Command::new("sleep").arg("600").spawn().expect("sleep");
        let pid = child.id().cast_signed();
        let myself = std::process::id().cast_signed();
        let all = processes();
        assert_eq!(all[&pid].parent, myself);
        assert_eq!(all[&pid].session, all[&myself].session);
        let handle = Handle::open(Pid::from_raw(pid).expect("a number")).expect("a process");
        assert!(!handle.has_ended());
        handle.signal(Signal::KILL);
        // Nobody has waited for it, so it is a zombie now.
        handle.ended().await;
        assert_eq!((process(pid), processes().get(&pid)), (None, None));
        child.wait().expect("its end");
        assert!(Handle::open(Pid::from_raw(pid).expect("a number")).is_none());
    }

    #[test]
    fn process_agrees_with_proc() {
        let myself = std::process::id().cast_signed();
        let (ps, proc) = (process(myself).expect("myself"), super::super::process(myself).expect("myself"));
        assert_eq!((ps.parent, ps.session), (proc.parent, proc.session));
    }
}
