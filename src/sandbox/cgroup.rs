//! The cgroups a killed engine leaves: empty folders.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Removes the cgroup `name` (such as `/dermaga-x`) and all below it from every hierarchy; only empty ones can be.
pub(super) fn remove(name: &str, patience: Duration) {
    let root = Path::new("/sys/fs/cgroup");
    let name = name.trim_start_matches('/');
    if name.is_empty() {
        return;
    }
    let hierarchies = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path().join(name));
    let start = Instant::now();
    for cgroup in hierarchies.chain([root.join(name)]) {
        while remove_tree(&cgroup).is_err() && start.elapsed() < patience {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn remove_tree(cgroup: &Path) -> std::io::Result<()> {
    let Ok(entries) = fs::read_dir(cgroup) else { return Ok(()) };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_tree(&entry.path())?;
        }
    }
    fs::remove_dir(cgroup)
}
