//! The processes of a session, found in `/proc`: by the terminal's session, by descent, and by the marker in their
//! environment, which also those carry that have become daemons.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::os::fd::OwnedFd;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::shell::MARKER;

/// A process, held so that its number cannot become another's.
pub(super) struct Member {
    pub(super) pid: Pid,
    handle: OwnedFd,
}

pub(super) fn signal(members: &[Member], signal: Signal) {
    for member in members {
        let _ = pidfd_send_signal(&member.handle, signal);
    }
}

/// Waits until all of them have ended.
pub(super) async fn all_gone(members: Vec<Member>) {
    for member in members {
        #[expect(deprecated, reason = "what replaces it is unsafe; an owned descriptor is what it asks for")]
        if let Ok(handle) = AsyncFd::with_interest(member.handle, Interest::READABLE) {
            let _ = handle.readable().await;
        }
    }
}

/// All living processes of the session.
pub(super) fn find(leader: Option<Pid>, token: &str) -> Vec<Member> {
    let leader = leader.map_or(0, |pid| pid.as_raw_nonzero().get());
    let marker = format!("{MARKER}={token}");
    let processes = living();
    let began = processes.get(&leader).map_or(0, |process| process.began);
    let mut ours = HashSet::new();
    for (&pid, process) in &processes {
        let belongs = pid == leader || process.session == leader && leader != 0;
        if belongs || process.began >= began && has_marker(pid, &marker) {
            ours.insert(pid);
        }
    }
    // Children of ours that threw away the environment.
    let mut grown = true;
    while grown {
        grown = false;
        for (&pid, process) in &processes {
            if process.began >= began && ours.contains(&process.parent) {
                grown |= ours.insert(pid);
            }
        }
    }
    let myself = std::process::id().cast_signed();
    let ours = ours.into_iter().filter(|&pid| pid != myself && pid > 1);
    ours.filter_map(|raw| {
        let pid = Pid::from_raw(raw)?;
        let handle = pidfd_open(pid, PidfdFlags::empty()).ok()?;
        // The number may have been given to another since we looked.
        let same = Process::read(raw).is_some_and(|now| now.began == processes[&raw].began);
        same.then_some(Member { pid, handle })
    })
    .collect()
}

struct Process {
    parent: i32,
    session: i32,
    /// Clock ticks since boot.
    began: u64,
}

impl Process {
    /// `None` when it is gone or waits to be reaped.
    fn read(pid: i32) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    fn parse(stat: &str) -> Option<Self> {
        // The second field is a name in parentheses, which may hold anything.
        let mut fields = stat[stat.rfind(')')? + 1..].split_ascii_whitespace();
        if matches!(fields.next()?, "Z" | "X") {
            return None;
        }
        let parent = fields.next()?.parse().ok()?;
        let session = fields.nth(1)?.parse().ok()?;
        let began = fields.nth(15)?.parse().ok()?;
        Some(Self { parent, session, began })
    }
}

fn living() -> HashMap<i32, Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid| Some((pid, Process::read(pid)?))).collect()
}

fn has_marker(pid: i32, marker: &str) -> bool {
    fs::read(format!("/proc/{pid}/environ"))
        .is_ok_and(|environ| environ.split(|&byte| byte == 0).any(|variable| variable == marker.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_process_whatever_its_name() {
        let stat = "42 (a) b (c) S 7 40 39 34816 40 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 10";
        let process = Process::parse(stat).unwrap();
        assert_eq!((process.parent, process.session, process.began), (7, 39, 98765));
        assert!(Process::parse("42 (a) Z 7 40 39 34816 40 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765").is_none());
        assert!(Process::parse("nonsense").is_none());
        let me = Process::read(std::process::id().cast_signed()).unwrap();
        assert!(me.parent > 0 && me.began > 0);
    }
}
