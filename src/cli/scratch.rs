//! The temporary folder of a run, with lessons' directories, sockets and pipes. If a run is killed, the next run
//! removes its folder.
//!
//! ```text
//!  TMP/dermaga-UID/RUN/lock     held as long as the run lives; a folder that is kept has none
//! ```

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::{Failure, exit};

const LOCK: &str = "lock";

/// The folder of a run that has not ended.
#[derive(Debug)]
pub(super) struct Scratch {
    folder: PathBuf,
    _lock: File,
}

impl Scratch {
    /// Creates the run's folder, and removes the folders of dead runs. The folder's path is short, because the folder
    /// contains sockets and the path of a socket must be short.
    pub(super) fn new(run_id: &str) -> Result<Self, Failure> {
        let folder = path(run_id);
        Self::at(&folder).map_err(|error| {
            Failure::new(exit::MACHINE, "failure-folder").with("path", folder.display().to_string()).because(error)
        })
    }

    fn at(folder: &Path) -> io::Result<Self> {
        let parent = folder.parent().unwrap_or(folder);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
        // Only runs of one user share the parent folder, so another user's folder is refused.
        let meta = fs::symlink_metadata(parent)?;
        if !meta.is_dir() || meta.uid() != rustix::process::getuid().as_raw() {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        // Other users must not put links or sockets into the parent folder. The umask or an older version of Dermaga
        // may have allowed this.
        fs::set_permissions(parent, fs::Permissions::from_mode(0o700))?;
        sweep(parent);
        fs::create_dir_all(folder)?;
        // Renames the lock file only after locking it, so that no other run takes this run for a dead one.
        let unnamed = folder.join("lock.new");
        let lock = File::create(&unnamed)?;
        lock.lock()?;
        fs::rename(&unnamed, folder.join(LOCK))?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Removes the lock, so that later runs do not remove the folder.
    pub(super) fn keep(&self) {
        let _ = fs::remove_file(self.folder.join(LOCK));
    }
}

/// Returns the path of a run's folder.
pub(super) fn path(run_id: &str) -> PathBuf {
    let uid = rustix::process::getuid().as_raw();
    temporary(std::env::temp_dir()).join(format!("dermaga-{uid}")).join(run_id)
}

/// Returns `folder`, or `/tmp` if `folder` is relative, or too long for the sockets in a run's folder.
fn temporary(folder: PathBuf) -> PathBuf {
    const MOST: usize = 64;
    if folder.is_absolute() && folder.as_os_str().len() <= MOST { folder } else { "/tmp".into() }
}

/// Removes the folders of dead runs. If a folder cannot be removed, the run continues.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let folder = entry.path();
        let lock = File::options().write(true).open(folder.join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_start_removes_only_folders_of_dead_runs() {
        let parent = tempfile::tempdir().unwrap();
        let at = |name: &str| parent.path().join(name);
        let start = |name: &str| Scratch::at(&at(name)).unwrap();
        let (dead, kept, living) = (start("t1"), start("t2"), start("t3"));
        fs::create_dir_all(at("t1/0.0/work")).unwrap();
        kept.keep();
        drop((dead, kept));
        let next = start("t4");
        let mut left: Vec<_> = fs::read_dir(parent.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        left.sort();
        assert_eq!(left, [at("t2"), at("t3"), at("t4")]);
        assert_eq!((living.path(), next.path()), (&*at("t3"), &*at("t4")));
    }

    #[test]
    fn relative_or_long_temporary_folder_is_replaced_by_tmp() {
        for bad in [String::new(), "x".into(), format!("/{}", "x".repeat(90))] {
            assert_eq!(temporary(bad.into()), Path::new("/tmp"));
        }
        assert_eq!(temporary("/var/tmp".into()), Path::new("/var/tmp"));
    }

    #[test]
    fn symbolic_link_is_refused_as_parent_of_the_scratch_folder() {
        let parent = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(parent.path(), parent.path().join("link")).unwrap();
        assert!(Scratch::at(&parent.path().join("link/t1")).is_err());
    }
}
