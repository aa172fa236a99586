//! The files of private engines: who runs, who is dead, and what a dead one left.
//!
//! ```text
//!  STATE/NAME/lock              held by the owner, as long as it lives
//!  STATE/NAME/PID.N/            one engine: lock (held by its init), spec.json, engine.json, s/d.sock, data, log,
//!                              bin/docker; the mount points `data` and `root` stay empty outside
//! ```

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{process, thread};

use super::spec::{self, InitSpec, SandboxSpec};
use super::{Running, SandboxError, cgroup};

/// How long a dying engine's files and cgroups may stay busy: the end of a container's file system syncs the disk.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The folder of all private engines of this user: `wanted`, or one with a short path if `wanted` is too long for the
/// sockets that lie in it.
pub fn state_folder(wanted: PathBuf) -> Result<PathBuf, SandboxError> {
    if spec::fits(&wanted) {
        return Ok(wanted);
    }
    let uid = rustix::process::geteuid().as_raw();
    // Not /tmp, which is often memory: images lie here.
    let folder = Path::new("/var/tmp").join(format!("dermaga-{uid}"));
    private_folder(&folder).map_err(SandboxError::io(&folder))?;
    Ok(folder)
}

/// Makes a folder for this user alone among everybody's; somebody else's is refused.
fn private_folder(folder: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let meta = fs::symlink_metadata(folder)?;
    let is_ours = meta.is_dir() && meta.uid() == rustix::process::geteuid().as_raw() && meta.mode() & 0o022 == 0;
    if is_ours { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// A sandbox's folder and its lock, held as long as the owner lives; given back, an empty folder is removed.
#[derive(Debug)]
pub(super) struct Claim {
    folder: PathBuf,
    _lock: File,
}

impl Drop for Claim {
    fn drop(&mut self) {
        remove_folder(&self.folder);
    }
}

/// Takes the sandbox's folder for this owner and removes what a dead one left in it.
pub(super) fn claim(spec: &SandboxSpec) -> Result<Claim, SandboxError> {
    let folder = spec.folder();
    let busy = || SandboxError::Busy { name: spec.name.clone() };
    let lock = loop {
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(SandboxError::io(&folder))?;
        match lock_folder(&folder) {
            Ok(Some(lock)) => break lock,
            Ok(None) => return Err(busy()),
            // Another one's stop removed it just now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(SandboxError::io(&folder)(error)),
        }
    };
    let claim = Claim { folder, _lock: lock };
    sweep(&claim.folder)?;
    if generations(&claim.folder).is_empty() { Ok(claim) } else { Err(busy()) }
}

/// Takes a sandbox's folder that is there, unless another owner has it.
pub(super) fn claim_dead(folder: &Path) -> Result<Option<Claim>, SandboxError> {
    match lock_folder(folder) {
        Ok(lock) => Ok(lock.map(|lock| Claim { folder: folder.to_owned(), _lock: lock })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SandboxError::io(folder)(error)),
    }
}

/// The lock of a sandbox's folder, unless another owner has it.
fn lock_folder(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join("lock");
    loop {
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        // It may be the lock of a folder that was removed between the two calls.
        if fs::metadata(&path).is_ok_and(|meta| file.metadata().is_ok_and(|ours| ours.ino() == meta.ino())) {
            return Ok(Some(file));
        }
    }
}

/// Removes dead engines' files from a folder whose lock is held: those that have no owner, that is all but detached
/// ones. Answers how many it removed.
fn sweep(folder: &Path) -> Result<usize, SandboxError> {
    let mut removed = 0;
    for dir in generations(folder) {
        if Running::read(&dir).is_some_and(|running| running.owner.is_none()) {
            continue;
        }
        await_end(&dir);
        remove(&dir)?;
        removed += 1;
    }
    Ok(removed)
}

/// Removes what dead engines left under `state`, and nothing else. Answers how many there were.
pub fn recover(state: &Path) -> Result<usize, SandboxError> {
    let mut removed = 0;
    for folder in folders(state) {
        if let Some(claim) = claim_dead(&folder)? {
            removed += sweep(&claim.folder)?;
        }
    }
    Ok(removed)
}

/// The engines that run under `state`, by name.
#[must_use]
pub fn list(state: &Path) -> Vec<Running> {
    let mut engines: Vec<_> = folders(state).iter().flat_map(|folder| generations(folder)).collect();
    engines.sort();
    engines.iter().filter_map(|dir| Running::read(dir)).collect()
}

/// The running engine `name` under `state` that has no owner.
pub fn attach(name: &str, state: &Path) -> Result<Running, SandboxError> {
    let found = list(state).into_iter().find(|engine| engine.name == name && engine.owner.is_none());
    found.ok_or_else(|| SandboxError::NotRunning { name: name.to_owned() })
}

/// The sandboxes' folders under `state`: those with a lock of ours.
fn folders(state: &Path) -> Vec<PathBuf> {
    let Ok(entries) = state.canonicalize().and_then(fs::read_dir) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.join("lock").is_file()).collect()
}

/// Removes a sandbox's folder, if no engine is in it. Its lock must be held.
fn remove_folder(folder: &Path) {
    if generations(folder).is_empty() {
        let _ = fs::remove_file(folder.join("lock"));
        let _ = fs::remove_dir(folder);
    }
}

/// A new engine's folder, of a name that no dead one had.
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

/// The engines' folders in a sandbox's, those too whose owner died at its first step.
fn generations(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let ours = |name: &str| name.split_once('.').is_some_and(|(pid, n)| is_number(pid) && is_number(n));
    entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(ours)).map(|entry| entry.path()).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an init holds the folder's lock.
pub(super) fn is_alive(dir: &Path) -> bool {
    let Ok(lock) = File::open(dir.join("lock")) else { return false };
    matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock))
}

/// Its owner is gone, so it is dying already.
fn await_end(dir: &Path) {
    let cgroup = cgroup(dir).unwrap_or_default();
    cgroup::thaw_until(&cgroup, PATIENCE, || !is_alive(dir));
}

/// The cgroup of the engine in this folder, as its owner wrote it down.
pub(super) fn cgroup(dir: &Path) -> Option<String> {
    let text = fs::read(dir.join("spec.json")).ok()?;
    Some(serde_json::from_slice::<InitSpec>(&text).ok()?.cgroup)
}

/// Removes a dead engine's cgroups and files.
pub(super) fn remove(dir: &Path) -> Result<(), SandboxError> {
    if let Some(cgroup) = cgroup(dir) {
        cgroup::remove(&cgroup, PATIENCE);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_path_is_replaced_by_a_short_one_for_this_user() {
        let short = PathBuf::from("/home/ani/.cache/dermaga/e");
        assert_eq!(state_folder(short.clone()).unwrap(), short);
        let found = state_folder(PathBuf::from(format!("/home/{}/.cache/dermaga/e", "a".repeat(70)))).unwrap();
        assert!(found.starts_with("/var/tmp") && spec::fits(&found));
        assert_eq!(fs::metadata(&found).unwrap().mode() & 0o777, 0o700);
    }

    #[test]
    fn folder_of_another_user_or_open_to_others_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        private_folder(&at("new")).unwrap();
        private_folder(&at("new")).unwrap();
        std::os::unix::fs::symlink(at("new"), at("link")).unwrap();
        DirBuilder::new().create(at("open")).unwrap();
        fs::set_permissions(at("open"), std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
        fs::write(at("file"), "").unwrap();
        for name in ["link", "open", "file"] {
            assert!(private_folder(&at(name)).is_err(), "{name}");
        }
    }

    #[test]
    fn only_what_is_ours_and_dead_is_removed() {
        let state = tempfile::tempdir().unwrap();
        let folder = |name: &str| state.path().join(name);
        // Killed at its first step, killed later, somebody else's, and one with a living owner.
        for path in ["satu/12.1", "dua/12.1/data/deep", "asing/12.1", "hidup/12.1"] {
            fs::create_dir_all(folder(path)).unwrap();
        }
        for path in ["satu/lock", "dua/lock", "dua/12.1/lock", "dua/catatan.txt", "hidup/lock"] {
            fs::write(folder(path), "").unwrap();
        }
        let owner = lock_folder(&folder("hidup")).unwrap().unwrap();
        assert_eq!(recover(state.path()).unwrap(), 2);
        assert!(!folder("satu").exists() && !folder("dua/12.1").exists());
        assert!(folder("dua/catatan.txt").exists() && folder("asing/12.1").exists() && folder("hidup/12.1").exists());
        drop(owner);
        assert_eq!(recover(state.path()).unwrap(), 1);
        assert!(!folder("hidup").exists());
        assert_eq!(recover(&folder("tiada")).unwrap(), 0);
    }
}
