//! Finds the processes of a session: by the terminal's session, by their parents, and by a marker in their environment.
//! A process that has become a daemon still has the marker.

use std::collections::HashSet;

use rustix::process::{Pid, Signal};

use crate::platform::{self, Handle};

/// The environment variable that marks every process of a session, even a process that has left the terminal.
pub(super) const MARKER: &str = "DERMAGA_SHELL";

/// A process and its handle. On Linux, the handle never refers to a later process with the same number.
pub(super) struct Member {
    pub(super) pid: Pid,
    handle: Handle,
}

pub(super) fn signal(members: &[Member], signal: Signal) {
    for member in members {
        member.handle.signal(signal);
    }
}

/// Waits until all these processes have ended.
pub(super) async fn all_gone(members: Vec<Member>) {
    for member in members {
        member.handle.ended().await;
    }
}

/// Returns all living processes of the session.
pub(super) fn find(leader: Option<Pid>, token: &str) -> Vec<Member> {
    let leader = leader.map_or(0, |pid| pid.as_raw_nonzero().get());
    let marker = format!("{MARKER}={token}");
    let processes = platform::processes();
    let began = processes.get(&leader).map_or(0, |process| process.began);
    let mut ours = HashSet::new();
    for (&pid, process) in &processes {
        let belongs = pid == leader || process.session == leader && leader != 0;
        if belongs || process.began >= began && platform::has_variable(pid, &marker) {
            ours.insert(pid);
        }
    }
    // Add the children of these processes, because a child may have removed the marker from its environment.
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
        let handle = Handle::open(pid)?;
        // Another process may have got the number since the processes were listed.
        let same = platform::process(raw).is_some_and(|now| now.began == processes[&raw].began);
        same.then_some(Member { pid, handle })
    })
    .collect()
}
