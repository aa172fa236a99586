//! The folders of sandboxes and engines: their locks, their names, and their removal.

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

/// The time limit for a child of a dead owner to release the inherited lock.
const INHERITED_LOCK_LIMIT: Duration = Duration::from_secs(2);

/// The lock of a sandbox's folder, held as long as the owner lives. Dropping the lock removes the folder if the folder
/// contains no engine.
#[derive(Debug)]
pub(super) struct FolderLock {
    pub(super) folder: PathBuf,
    pub(super) _file: File,
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        remove_folder(&self.folder);
    }
}

/// Locks the existing folder of a sandbox, unless another owner holds the lock.
pub(super) fn lock_dead(folder: &Path) -> Result<Option<FolderLock>, SandboxError> {
    match lock_folder(folder) {
        Ok(file) => Ok(file.map(|file| FolderLock { folder: folder.to_owned(), _file: file })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SandboxError::io(folder)(error)),
    }
}

/// Takes the lock of a sandbox's folder, unless another owner has the lock.
///
/// A dead owner may have left a child process that was being started. The child inherits the lock and holds it until
/// its `exec`, so this function waits for the `exec`.
pub(super) fn lock_folder(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join("lock");
    let start = Instant::now();
    loop {
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock)
                if start.elapsed() < INHERITED_LOCK_LIMIT && !has_living_owner(folder) =>
            {
                thread::sleep(Duration::from_millis(5));
                continue;
            }
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        // The lock may belong to a folder that was removed after this process opened the file.
        if fs::metadata(&path).is_ok_and(|meta| file.metadata().is_ok_and(|ours| ours.ino() == meta.ino())) {
            return Ok(Some(file));
        }
    }
}

/// Whether a process that started an engine in the folder is still running.
fn has_living_owner(folder: &Path) -> bool {
    generations(folder).iter().any(|dir| {
        let pid = dir.file_stem().unwrap_or_default();
        // The link `exe` of a zombie cannot be read.
        fs::read_link(Path::new("/proc").join(pid).join("exe")).is_ok()
    })
}

/// Returns the folders of sandboxes under `state`, which are the folders with a file `lock`.
pub(super) fn folders(state: &Path) -> Vec<PathBuf> {
    let Ok(entries) = state.canonicalize().and_then(fs::read_dir) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.join("lock").is_file()).collect()
}

/// Removes a sandbox's folder if it contains no engine. The caller must hold the folder's lock.
fn remove_folder(folder: &Path) {
    if generations(folder).is_empty() {
        let _ = fs::remove_file(folder.join("lock"));
        let _ = fs::remove_dir(folder);
    }
}

/// Creates the folder of a new engine, with a name that no dead engine has used.
pub(super) fn new_generation(folder: &Path) -> Result<PathBuf, SandboxError> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("{}.{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = folder.join(name);
    DirBuilder::new().mode(0o700).create(&dir).map_err(SandboxError::io(&dir))?;
    for folder in ["bin", "s"].map(|name| dir.join(name)) {
        fs::create_dir(&folder).map_err(SandboxError::io(&folder))?;
    }
    File::create(dir.join("lock")).map_err(SandboxError::io(&dir))?;
    Ok(dir)
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

/// Whether an engine's init holds the lock of the engine's folder.
pub(super) fn is_alive(dir: &Path) -> bool {
    let Ok(lock) = File::open(dir.join("lock")) else { return false };
    matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock))
}

/// Removes a dead engine's cgroups and files.
pub(super) fn remove(dir: &Path) -> Result<(), SandboxError> {
    cgroup::remove(&cgroup::of(dir), REMOVAL_LIMIT);
    let start = Instant::now();
    loop {
        match remove_tree(dir) {
            Ok(()) => return Ok(()),
            // The last processes of a dying engine may still write files.
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
