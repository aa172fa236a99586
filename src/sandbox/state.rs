//! The files of private engines: who runs, who is dead, and what a dead one left.
//!
//! ```text
//!  STATE/NAME/lock              held by the owner, as long as it lives
//!  STATE/NAME/PID.N/            one engine: lock (held by its init), spec.json, engine.json, d.sock, data, log, bin/docker
//! ```

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{process, thread};

use super::spec::{InitSpec, SandboxSpec};
use super::{SandboxError, cgroup};

/// How long a dying engine's files and cgroups may stay busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// Takes the sandbox's folder for this owner and removes what a dead one left in it.
pub(super) fn claim(spec: &SandboxSpec) -> Result<File, SandboxError> {
    let folder = spec.folder();
    let lock = folder.join("lock");
    let file = loop {
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(SandboxError::io(&folder))?;
        let opened = File::options().create(true).truncate(false).write(true).open(&lock);
        let file = match opened {
            // Another one's stop removed the folder just now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            opened => opened.map_err(SandboxError::io(&lock))?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(SandboxError::Busy { name: spec.name.clone() }),
            Err(fs::TryLockError::Error(error)) => return Err(SandboxError::io(&lock)(error)),
        }
        let same = |meta: fs::Metadata| file.metadata().is_ok_and(|ours| ours.ino() == meta.ino());
        if fs::metadata(&lock).is_ok_and(same) {
            break file;
        }
    };
    for dir in generations(&folder) {
        if is_detached(&dir) && is_alive(&dir) {
            return Err(SandboxError::Busy { name: spec.name.clone() });
        }
        await_end(&dir);
        remove(&dir)?;
    }
    Ok(file)
}

/// A new engine's folder, of a name that no dead one had.
pub(super) fn new_generation(folder: &Path) -> Result<PathBuf, SandboxError> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("{}.{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = folder.join(name);
    DirBuilder::new().mode(0o700).create(&dir).map_err(SandboxError::io(&dir))?;
    for inner in ["ns", "bin"] {
        let inner = dir.join(inner);
        fs::create_dir(&inner).map_err(SandboxError::io(&inner))?;
    }
    File::create(dir.join("lock")).map_err(SandboxError::io(&dir))?;
    Ok(dir)
}

/// The engines' folders in a sandbox's, dead ones too.
pub(super) fn generations(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.join("spec.json").exists()).collect()
}

fn is_detached(dir: &Path) -> bool {
    dir.join("detached").exists()
}

/// Whether an init holds the folder's lock.
pub(super) fn is_alive(dir: &Path) -> bool {
    let Ok(lock) = File::open(dir.join("lock")) else { return false };
    matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock))
}

/// Its owner is gone, so it is dying already.
fn await_end(dir: &Path) {
    let start = Instant::now();
    while is_alive(dir) && start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(2));
    }
}

/// Removes a dead engine's cgroups and files.
pub(super) fn remove(dir: &Path) -> Result<(), SandboxError> {
    let spec = fs::read(dir.join("spec.json")).ok().and_then(|text| serde_json::from_slice::<InitSpec>(&text).ok());
    if let Some(spec) = spec {
        cgroup::remove(&spec.cgroup, PATIENCE);
    }
    let start = Instant::now();
    loop {
        match remove_tree(dir) {
            Ok(()) => return Ok(()),
            // The last of a dying engine's processes may still be writing.
            Err(error) if start.elapsed() > PATIENCE => return Err(SandboxError::io(dir)(error)),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// `rm -rf --one-file-system`.
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
