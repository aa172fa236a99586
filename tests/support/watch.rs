//! Watches the processes of a run, and finds processes that survive the run.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// The time limit for killed processes to end.
const GRACE: Duration = Duration::from_secs(2);
/// The pause between two scans of all processes.
const PAUSE: Duration = Duration::from_millis(100);

/// Watches a process and the PID namespaces of its descendants.
#[derive(Debug)]
pub(super) struct Watch {
    pid: u32,
    mark: String,
    ours: Option<PathBuf>,
    /// The PID namespaces of the run's engines. All processes in them belong to this run. The files stay open, because
    /// the kernel could reuse the number of a closed namespace for the engine of another test.
    rooms: BTreeMap<PathBuf, File>,
    peak: u64,
    looked: Instant,
}

impl Watch {
    pub(super) fn start(pid: u32, mark: &Path) -> Self {
        let ours = fs::read_link("/proc/self/ns/pid").ok();
        let mark = mark.display().to_string();
        Self { pid, mark, ours, rooms: BTreeMap::new(), peak: 0, looked: Instant::now() }
    }

    /// Records the peak memory. If [`PAUSE`] has passed since the last scan, scans all processes for new PID
    /// namespaces.
    pub(super) fn look(&mut self) {
        if let Some(peak) = memory(self.pid) {
            self.peak = self.peak.max(peak);
        }
        if self.looked.elapsed() > PAUSE {
            self.looked = Instant::now();
            for pid in processes() {
                if let Ok(room) = fs::read_link(format!("/proc/{pid}/ns/pid"))
                    && Some(&room) != self.ours.as_ref()
                    && !self.rooms.contains_key(&room)
                    && descends(pid, self.pid)
                {
                    self.rooms.extend(File::open(format!("/proc/{pid}/ns/pid")).ok().map(|open| (room, open)));
                }
            }
        }
    }

    /// Returns the peak memory of the watched process, in KiB.
    pub(super) fn peak(&self) -> u64 {
        self.peak
    }

    /// Returns the processes of the run that are still running [`GRACE`] after the watched process has ended.
    pub(super) fn survivors(&self) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let found: Vec<String> = processes().filter_map(|pid| self.belongs(pid)).collect();
            if found.is_empty() || begun.elapsed() > GRACE {
                return found;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn belongs(&self, pid: u32) -> Option<String> {
        if pid == std::process::id() || state(pid)? == 'Z' {
            return None;
        }
        let read = |name: &str| {
            let bytes = fs::read(format!("/proc/{pid}/{name}")).unwrap_or_default();
            String::from_utf8_lossy(&bytes).replace('\0', " ")
        };
        let words = read("cmdline");
        let inside = fs::read_link(format!("/proc/{pid}/ns/pid")).is_ok_and(|room| self.rooms.contains_key(&room));
        let marked = words.contains(&self.mark) || read("environ").contains(&self.mark);
        (inside || marked).then(|| format!("{pid}: {words}"))
    }
}

fn descends(mut pid: u32, from: u32) -> bool {
    while pid > 1 {
        if pid == from {
            return true;
        }
        match parent(pid) {
            Some(parent) => pid = parent,
            None => return false,
        }
    }
    false
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// Returns the fields of `/proc/PID/stat` after the process name, which may contain any characters.
fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    Some(stat.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect())
}

fn state(pid: u32) -> Option<char> {
    stat(pid)?.first()?.chars().next()
}

fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

fn memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
