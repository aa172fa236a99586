//! The folders of engines: their names, their locks, and their removal.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{process, thread};

use super::{SandboxError, cgroup};

/// The time limit for removing a dying engine's files and cgroups. The files and cgroups stay busy while the kernel
/// unmounts a container's file system and syncs the disk.
pub(super) const REMOVAL_LIMIT: Duration = Duration::from_secs(20);
/// The file of an engine's log. It is locked as long as a process of the engine is running, because these processes
/// inherit the locked file as their standard error.
pub(super) const LOG: &str = "log";

/// Returns the folders of sandboxes under `state`.
pub(super) fn folders(state: &Path) -> Vec<PathBuf> {
    let Ok(entries) = state.canonicalize().and_then(fs::read_dir) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).collect()
}

/// Creates the folder of a new engine, with a name that no dead engine has used. Also returns the engine's locked log.
pub(super) fn new_generation(folder: &Path) -> Result<(PathBuf, File), SandboxError> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("{}.{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = folder.join(name);
    let made = || {
        DirBuilder::new().mode(0o700).create(&dir)?;
        let log = File::create(dir.join(LOG))?;
        log.lock()?;
        ["bin", "s"].iter().try_for_each(|name| fs::create_dir(dir.join(name)))?;
        Ok(log)
    };
    let log = made().map_err(SandboxError::io(&dir))?;
    Ok((dir, log))
}

/// Returns the folders of a sandbox's engines. A folder may be incomplete, because its owner may have died at its first
/// step.
pub(super) fn generations(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let ours = |name: &str| name.split_once('.').is_some_and(|(pid, n)| is_number(pid) && is_number(n));
    entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(ours)).map(|entry| entry.path()).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether another process that owns the engine may still be running. This process owns only engines that are alive.
pub(super) fn has_owner(dir: &Path) -> bool {
    let pid = dir.file_stem().unwrap_or_default();
    if pid.to_string_lossy() == process::id().to_string() {
        return is_alive(dir);
    }
    // The link `exe` of a zombie cannot be read.
    fs::read_link(Path::new("/proc").join(pid).join("exe")).is_ok()
}

/// Whether a process of the engine is running.
pub(super) fn is_alive(dir: &Path) -> bool {
    let Ok(log) = File::open(dir.join(LOG)) else { return false };
    matches!(log.try_lock(), Err(fs::TryLockError::WouldBlock))
}

/// Removes a dead engine's cgroups and files, and the sandbox's folder if it is then empty.
pub(super) fn remove(dir: &Path) -> Result<(), SandboxError> {
    cgroup::remove(&cgroup::of(dir), REMOVAL_LIMIT);
    let start = Instant::now();
    loop {
        match remove_tree(dir) {
            Ok(()) => {
                let _ = dir.parent().map(fs::remove_dir);
                return Ok(());
            }
            // The last of a dying engine's processes may still be writing.
            Err(error) if start.elapsed() > REMOVAL_LIMIT => return Err(SandboxError::io(dir)(error)),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Removes a tree like `rm -rf --one-file-system`.
fn remove_tree(dir: &Path) -> io::Result<()> {
    let device = match fs::symlink_metadata(dir) {
        Ok(meta) => meta.dev(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    remove_on(dir, device)
}

fn remove_on(dir: &Path, device: u64) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let (path, meta) = (entry.path(), entry.metadata()?);
        if !meta.is_dir() {
            fs::remove_file(&path)?;
        } else if meta.dev() == device {
            remove_on(&path, device)?;
        } else {
            return Err(io::Error::other(format!("{} is another file system", path.display())));
        }
    }
    fs::remove_dir(dir)
}
