//! Finds running private engines by their files, and removes the files of dead engines.
//!
//! ```text
//!  STATE/NAME/PID.N/    one engine: log (locked as long as it runs), spec.json, engine.json, s/d.sock, data, bin/docker;
//!                       the mount points `data` and `root` stay empty outside
//! ```

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use super::folders::{LOG, REMOVAL_LIMIT, folders, generations, has_owner, is_alive, remove};
use super::spec::{self, SandboxSpec};
use super::{Running, SandboxError, cgroup};

/// Chooses the folder for the private engines of this user. Returns `wanted` if the paths of sockets in that folder are
/// short enough. Otherwise, creates a folder with a short path.
pub fn state_folder(wanted: PathBuf) -> Result<PathBuf, SandboxError> {
    if spec::fits(&wanted) {
        return Ok(wanted);
    }
    let uid = rustix::process::geteuid().as_raw();
    // The engines store images here, so the folder is not in `/tmp`, which is often in memory.
    let folder = Path::new("/var/tmp").join(format!("dermaga-{uid}"));
    private_folder(&folder).map_err(SandboxError::io(&folder))?;
    Ok(folder)
}

/// Creates a folder that only this user can enter. Everybody can write to the parent folder, so the folder may exist
/// already. Fails if somebody else owns the folder or can write to it.
fn private_folder(folder: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let meta = fs::symlink_metadata(folder)?;
    let is_ours = meta.is_dir() && meta.uid() == rustix::process::geteuid().as_raw() && meta.mode() & 0o022 == 0;
    if is_ours { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Creates the sandbox's folder, and removes the files of dead engines in it. Fails if an engine with this name is
/// running.
pub(super) fn prepare(spec: &SandboxSpec) -> Result<(), SandboxError> {
    let folder = spec.folder();
    if let Ok(folder) = folder.canonicalize() {
        sweep(&folder)?;
    }
    if list(&spec.state).iter().any(|engine| engine.name == spec.name) {
        return Err(SandboxError::Busy(spec.name.clone()));
    }
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(SandboxError::io(&folder))
}

/// Removes the files of the engines in a sandbox's folder whose owners have ended, and returns the number of these
/// engines. Keeps detached engines, which have no owner.
fn sweep(folder: &Path) -> Result<usize, SandboxError> {
    let mut removed = 0;
    for dir in generations(folder) {
        if has_owner(&dir) || Running::read(&dir).is_some_and(|running| running.owner.is_none()) {
            continue;
        }
        if !dir.join(LOG).exists() {
            // The owner ended before the engine's first file was there.
            let _ = fs::remove_dir(&dir);
            continue;
        }
        await_end(&dir);
        if !is_alive(&dir) {
            remove(&dir)?;
            removed += 1;
        }
    }
    let _ = fs::remove_dir(folder);
    Ok(removed)
}

/// Removes the files of dead engines under `state`, and nothing else. Returns the number of these engines.
pub fn recover(state: &Path) -> Result<usize, SandboxError> {
    folders(state).iter().map(|folder| sweep(folder)).sum()
}

/// Lists the engines that run under `state`, ordered by name.
#[must_use]
pub fn list(state: &Path) -> Vec<Running> {
    let mut engines: Vec<_> = folders(state).iter().flat_map(|folder| generations(folder)).collect();
    engines.sort();
    engines.iter().filter_map(|dir| Running::read(dir)).collect()
}

/// Returns the running engine `name` under `state` that has no owner.
pub fn attach(name: &str, state: &Path) -> Result<Running, SandboxError> {
    let found = list(state).into_iter().find(|engine| engine.name == name && engine.owner.is_none());
    found.ok_or_else(|| SandboxError::NotRunning(name.to_owned()))
}

/// Waits for the end of an engine whose owner has ended.
fn await_end(dir: &Path) {
    cgroup::thaw_until(&cgroup::of(dir), REMOVAL_LIMIT, || !is_alive(dir));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_folder_with_a_long_path_is_replaced_by_a_short_private_folder() {
        let short = PathBuf::from("/home/ani/.cache/dermaga/e");
        assert_eq!(state_folder(short.clone()).unwrap(), short);
        let found = state_folder(PathBuf::from(format!("/home/{}/.cache/dermaga/e", "a".repeat(70)))).unwrap();
        assert!(found.starts_with("/var/tmp") && spec::fits(&found));
        assert_eq!(fs::metadata(&found).unwrap().mode() & 0o777, 0o700);
    }

    #[test]
    fn state_folder_that_is_a_link_or_a_file_or_open_to_others_is_refused() {
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
    fn recover_removes_only_files_of_dead_engines_of_this_program() {
        let state = tempfile::tempdir().unwrap();
        let folder = |name: &str| state.path().join(name);
        // The first engine was killed at its first step, and the second engine later. The third engine belongs to
        // somebody else, and the fourth engine has a living owner.
        let living = format!("hidup/{}.1", std::process::id());
        for path in ["satu/4194305.1", "dua/4194305.1/data/deep", "asing/4194305.1/berkas", &living] {
            fs::create_dir_all(folder(path)).unwrap();
        }
        for path in ["dua/4194305.1/log", "dua/catatan.txt"] {
            fs::write(folder(path), "").unwrap();
        }
        let log = fs::File::create(folder(&living).join(LOG)).unwrap();
        log.lock().unwrap();
        assert_eq!(recover(state.path()).unwrap(), 1);
        assert!(!folder("satu").exists() && !folder("dua/4194305.1").exists());
        assert!(folder("dua/catatan.txt").exists() && folder("asing/4194305.1/berkas").exists());
        assert!(folder(&living).exists());
        drop(log);
        assert_eq!(recover(state.path()).unwrap(), 1);
        assert!(!folder("hidup").exists());
        assert_eq!(recover(&folder("tiada")).unwrap(), 0);
    }

    #[test]
    fn engine_that_outlives_its_owner_is_waited_for() {
        let state = tempfile::tempdir().unwrap();
        // No process can have this id.
        let dir = state.path().join("satu/4194305.1");
        fs::create_dir_all(&dir).unwrap();
        let log = fs::File::create(dir.join(LOG)).unwrap();
        log.lock().unwrap();
        let ending = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(100));
            drop(log);
        });
        assert_eq!(recover(state.path()).unwrap(), 1);
        ending.join().unwrap();
    }
}
