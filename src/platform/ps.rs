//! Finds processes by `ps`, on systems without `/proc` and pidfds.
//!
//! These systems do not show the environment of a process, so [`has_variable`] is always false. So Dermaga does not
//! find a daemon that left both its terminal's session and its parent. `ps` reports a start time only in seconds, so
//! [`began`](super::Process::began) is 0.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::process::Process;

/// The pause between two checks of whether a process has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// A process, identified by its id.
#[derive(Debug)]
pub struct Handle(Pid);

impl Handle {
    /// Opens a handle of the process with this id, if there is such a process.
    #[must_use]
    pub fn open(pid: Pid) -> Option<Self> {
        process(pid.as_raw_nonzero().get()).map(|_| Self(pid))
    }

    /// Sends a signal to the process. Does nothing if the process has ended.
    pub fn signal(&self, signal: Signal) {
        let _ = kill_process(self.0, signal);
    }

    /// Whether the process has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        process(self.0.as_raw_nonzero().get()).is_none()
    }

    /// Waits until the process has ended.
    pub async fn ended(self) {
        while !self.has_ended() {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Returns the process with this id; `None` if the process has ended, even if the process is still a zombie.
#[must_use]
pub fn process(pid: i32) -> Option<Process> {
    list(&["-p", &pid.to_string()]).remove(&pid)
}

/// Returns all living processes, with their ids as keys.
#[must_use]
pub fn processes() -> HashMap<i32, Process> {
    list(&["-A"])
}

/// Returns `None`, because the output of `ps` does not show where a word ends.
#[must_use]
pub fn command_line(_pid: i32) -> Option<Vec<String>> {
    None
}

/// Returns false, because these systems do not show the environment of a process.
#[must_use]
pub fn has_variable(_pid: i32, _variable: &str) -> bool {
    false
}

fn list(selection: &[&str]) -> HashMap<i32, Process> {
    // By POSIX, everything after a column's `=` is the column's title, so each column needs a separate `-o`.
    let columns = ["-o", "pid=", "-o", "ppid=", "-o", "tty=", "-o", "stat="];
    let ps = Command::new("ps").args(selection).args(columns).env("LC_ALL", "C").stdin(Stdio::null()).output();
    ps.map(|output| read(&String::from_utf8_lossy(&output.stdout))).unwrap_or_default()
}

/// Reads rows of process id, parent, terminal and state. Systems have different columns for the session, so this
/// function derives the session from the terminal. An `s` in the state marks the session leader of a terminal.
fn read(rows: &str) -> HashMap<i32, Process> {
    let rows: Vec<_> = rows.lines().filter_map(row).collect();
    let leaders = rows.iter().filter(|row| row.state.contains('s'));
    let leaders: HashMap<&str, i32> = leaders.map(|row| (row.terminal, row.pid)).collect();
    let living = rows.iter().filter(|row| !row.state.starts_with('Z'));
    let process = |row: &Row<'_>| {
        let session = match leaders.get(row.terminal) {
            Some(leader) if !row.terminal.starts_with(['?', '-']) => *leader,
            _ if row.state.contains('s') => row.pid,
            _ => 0,
        };
        Process { parent: row.parent, session, began: 0 }
    };
    living.map(|row| (row.pid, process(row))).collect()
}

struct Row<'a> {
    pid: i32,
    parent: i32,
    terminal: &'a str,
    state: &'a str,
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut columns = line.split_ascii_whitespace();
    let (pid, parent) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
    Some(Row { pid, parent, terminal: columns.next()?, state: columns.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ps_lists_a_child_until_the_child_ends() {
        let mut child = Command::new("sleep").arg("600").spawn().expect("sleep");
        let pid = child.id().cast_signed();
        let myself = std::process::id().cast_signed();
        let all = processes();
        assert_eq!(all[&pid].parent, myself);
        let handle = Handle::open(Pid::from_raw(pid).expect("a number")).expect("a process");
        assert!(!handle.has_ended());
        handle.signal(Signal::KILL);
        // Nobody has waited for the child, so it is a zombie now.
        handle.ended().await;
        assert_eq!((process(pid), processes().get(&pid)), (None, None));
        child.wait().expect("its end");
        assert!(Handle::open(Pid::from_raw(pid).expect("a number")).is_none());
    }

    #[test]
    fn session_of_a_process_is_the_session_of_its_terminals_leader() {
        // First, the rows are in the form of macOS, and then in the form of Linux.
        for (none, one, two) in [("??", "ttys001", "ttys002"), ("?", "pts/1", "pts/2")] {
            let rows = format!(
                "    1     0 {none}  Ss\n   20     1 {one}  Ss\n   21    20 {one}  S+\n   22    20 {one}  Z\n\
                 30     1 {two}  Ss+\n   31     1 {none}  S\nnonsense\n"
            );
            let all = read(&rows);
            let session = |pid: i32| all.get(&pid).map(|process| process.session);
            assert_eq!([1, 20, 21, 22, 30, 31].map(session), [Some(1), Some(20), Some(20), None, Some(30), Some(0)]);
            assert_eq!(all[&21].parent, 20);
        }
    }
}
