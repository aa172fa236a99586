//! The platform code for Linux: finds processes in `/proc`, holds them by pidfds, and enters namespaces.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, PidfdFlags, Signal, chroot, fchdir, pidfd_open, pidfd_send_signal};
use rustix::thread::{LinkNameSpaceType, UnshareFlags, move_into_link_name_space};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::process::Process;

/// Returns the path of the bash in which lessons run.
#[must_use]
pub fn bash() -> PathBuf {
    "/bin/bash".into()
}

/// Creates a FIFO that only this user can open.
///
/// # Errors
/// Fails if the FIFO cannot be created.
pub fn make_fifo(path: &Path) -> io::Result<()> {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).map_err(Into::into)
}

/// Moves the calling thread into the network namespace of the process whose folder in `/proc` is `process`.
///
/// # Errors
/// Fails if the namespace cannot be opened or entered.
pub fn enter_network(process: &Path) -> io::Result<()> {
    let file = File::open(process.join("ns/net"))?;
    move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network)).map_err(Into::into)
}

/// Moves the calling thread to the network and the files of the process whose folder in `/proc` is `process`. The
/// caller must not use the thread for anything else.
///
/// # Errors
/// Fails if a namespace cannot be opened or entered.
pub fn enter_namespaces(process: &Path) -> io::Result<()> {
    let (mounts, root) = (File::open(process.join("ns/mnt"))?, File::open(process.join("root"))?);
    enter_network(process)?;
    #[expect(deprecated, reason = "what replaces it is unsafe for descriptors, which are not taken apart here")]
    rustix::thread::unshare(UnshareFlags::FS)?;
    move_into_link_name_space(mounts.as_fd(), Some(LinkNameSpaceType::Mount))?;
    // Under `chroot`, the root of the process is not the root of its namespace.
    fchdir(root)?;
    chroot(".").map_err(Into::into)
}

/// A handle of a process. The handle never refers to another process, even if the system reuses the process id.
#[derive(Debug)]
pub struct Handle(OwnedFd);

impl Handle {
    /// Opens a handle of the process with this id, if there is such a process.
    #[must_use]
    pub fn open(pid: Pid) -> Option<Self> {
        pidfd_open(pid, PidfdFlags::empty()).ok().map(Self)
    }

    /// Sends a signal to the process. Does nothing if the process has ended.
    pub fn signal(&self, signal: Signal) {
        let _ = pidfd_send_signal(&self.0, signal);
    }

    /// Whether the process has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&now)) != Ok(0)
    }

    /// Waits until the process has ended.
    pub async fn ended(self) {
        #[expect(deprecated, reason = "what replaces it is unsafe; an owned descriptor is what it asks for")]
        if let Ok(handle) = AsyncFd::with_interest(self.0, Interest::READABLE) {
            let _ = handle.readable().await;
        }
    }
}

/// Returns the process with this id; `None` if the process has ended, even if the process is still a zombie.
#[must_use]
pub fn process(pid: i32) -> Option<Process> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// Returns all living processes, with their ids as keys.
#[must_use]
pub fn processes() -> HashMap<i32, Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid| Some((pid, process(pid)?))).collect()
}

/// Returns the words of a process's command line.
#[must_use]
pub fn command_line(pid: i32) -> Option<Vec<String>> {
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let words = line.strip_suffix(b"\0").unwrap_or(&line).split(|&byte| byte == 0);
    Some(words.map(|word| String::from_utf8_lossy(word).into_owned()).collect())
}

/// Whether a process was started with this `NAME=value` in its environment.
#[must_use]
pub fn has_variable(pid: i32, variable: &str) -> bool {
    fs::read(format!("/proc/{pid}/environ"))
        .is_ok_and(|environ| environ.split(|&byte| byte == 0).any(|found| found == variable.as_bytes()))
}

fn parse(stat: &str) -> Option<Process> {
    // The second field is a name in parentheses, which may contain any characters.
    let mut fields = stat[stat.rfind(')')? + 1..].split_ascii_whitespace();
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    let parent = fields.next()?.parse().ok()?;
    let session = fields.nth(1)?.parse().ok()?;
    let began = fields.nth(15)?.parse().ok()?;
    Some(Process { parent, session, began })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn process_is_read_even_if_its_name_contains_parentheses() {
        let stat = "42 (a) b (c) S 7 40 39 34816 40 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 10";
        assert_eq!(parse(stat), Some(Process { parent: 7, session: 39, began: 98765 }));
        assert_eq!(parse("42 (a) Z 7 40 39 34816 40 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765"), None);
        assert_eq!(parse("nonsense"), None);
        let me = process(std::process::id().cast_signed()).unwrap();
        assert!(me.parent > 0 && me.began > 0);
    }
}
