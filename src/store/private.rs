//! Creates files about a person that only this person can read, regardless of the umask.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use super::FileError;
use super::file::write_whole;
use super::output::PRIVATE;
use super::path::directory_of;

const FOLDER: u32 = 0o700;

/// Creates a folder and its missing parents. Afterwards only the owner can enter the folder, even if it already
/// existed.
///
/// # Errors
/// If the folder cannot be created.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(FOLDER).create(path)?;
    restrict(path, FOLDER);
    Ok(())
}

/// Creates an empty file if it is missing. Afterwards only the owner can read the file, even if it already existed.
pub(super) fn create_private_file(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(PRIVATE).open(path) {
        Ok(_) => sync_parent_directory(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    restrict(path, PRIVATE);
    Ok(())
}

/// Writes a whole file like [`write_atomic`](super::write_atomic), but only its owner can read the file.
///
/// # Errors
/// Fails like [`write_atomic`](super::write_atomic).
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_whole(path, bytes, Some(PRIVATE))
}

/// Syncs the parent directory, so that a new name survives a power cut. Ignores errors, because some file systems
/// cannot do this.
pub(super) fn sync_parent_directory(path: &Path) {
    if let Ok(directory) = File::open(directory_of(path)) {
        let _ = directory.sync_all();
    }
}

/// Sets the mode of a file or folder. Leaves devices and the files of other owners unchanged.
fn restrict(path: &Path, mode: u32) {
    let Ok(meta) = fs::metadata(path) else { return };
    if (meta.is_file() || meta.is_dir()) && meta.permissions().mode() & 0o777 != mode {
        let _ = fs::set_permissions(path, Permissions::from_mode(mode));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_can_access_old_and_new_folders_and_files() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (dir.path().join("old"), dir.path().join("a/b"));
        fs::create_dir(&old).unwrap();
        fs::write(old.join("f"), "x").unwrap();
        for path in [&old, &dir.path().join("old/f")] {
            fs::set_permissions(path, Permissions::from_mode(0o777)).unwrap();
        }
        for folder in [&old, &new] {
            create_private_folder(folder).unwrap();
            write_private(&folder.join("f"), b"y").unwrap();
            create_private_file(&folder.join("g")).unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(folder), mode(&folder.join("f")), mode(&folder.join("g"))), (FOLDER, PRIVATE, PRIVATE));
        }
        assert_eq!(fs::metadata(new.parent().unwrap()).unwrap().permissions().mode() & 0o777, FOLDER);
    }
}
