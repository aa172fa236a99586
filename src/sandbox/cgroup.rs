//! An engine's cgroups: thaws frozen containers so that they can die, and removes empty cgroups.
//!
//! A runtime sometimes freezes a container for a moment. If the runtime is killed in that moment, the container stays
//! frozen. Under cgroup v1, a frozen process does not even die of a `SIGKILL`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// The pause between two checks whether all processes have ended.
const PAUSE: Duration = Duration::from_millis(5);

/// Returns the name of the cgroup of the engine in the folder `NAME/PID.N`: `/dermaga-NAME-PID.N`.
pub(super) fn of(dir: &Path) -> String {
    let part = |path: Option<&Path>| path.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    format!("/dermaga-{}-{}", part(dir.parent()), part(Some(dir)))
}

/// Returns the folder of the cgroup `name` (such as `/dermaga-x`) in every hierarchy.
fn folders(name: &str) -> Vec<PathBuf> {
    let root = Path::new("/sys/fs/cgroup");
    let name = name.trim_start_matches('/');
    if name.is_empty() {
        return Vec::new();
    }
    let hierarchies = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    hierarchies.chain([root.to_owned()]).map(|hierarchy| hierarchy.join(name)).collect()
}

/// Returns the folders of the cgroup in `folder` and of all cgroups below it, parents first.
fn tree(folder: PathBuf) -> Vec<PathBuf> {
    let mut all = vec![folder];
    let mut next = 0;
    while next < all.len() {
        let entries = fs::read_dir(&all[next]).into_iter().flatten().flatten();
        all.extend(entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()));
        next += 1;
    }
    all
}

/// Returns the folders of the cgroup `name` and of all cgroups below it.
pub(super) fn all(name: &str) -> impl Iterator<Item = PathBuf> {
    folders(name).into_iter().flat_map(tree)
}

/// Thaws the cgroup `name` and all cgroups below it.
pub(super) fn thaw(name: &str) {
    for cgroup in all(name) {
        for (file, awake) in [("freezer.state", "THAWED"), ("cgroup.freeze", "0")] {
            let file = cgroup.join(file);
            if file.exists() {
                let _ = fs::write(file, awake);
            }
        }
    }
}

/// Thaws the cgroup `name` again and again until `gone` returns true or the time `patience` has passed.
pub(super) fn thaw_until(name: &str, patience: Duration, mut gone: impl FnMut() -> bool) {
    let start = Instant::now();
    while !gone() && start.elapsed() < patience {
        thaw(name);
        thread::sleep(PAUSE);
    }
}

/// Removes the cgroup `name` and all cgroups below it from every hierarchy. Tries again until `patience` has passed,
/// because only empty cgroups can be removed.
pub(super) fn remove(name: &str, patience: Duration) {
    let start = Instant::now();
    for cgroup in folders(name) {
        while remove_tree(&cgroup).is_err() && start.elapsed() < patience {
            thaw(name);
            thread::sleep(PAUSE);
        }
    }
}

fn remove_tree(cgroup: &Path) -> std::io::Result<()> {
    if !cgroup.is_dir() {
        return Ok(());
    }
    tree(cgroup.to_owned()).iter().rev().try_for_each(fs::remove_dir)
}
