//! Writes files below a directory. Follows no link out of the directory, and replaces only regular files.
//!
//! [`OutputFolder`] writes every file that Dermaga makes for a person: a site, a lesson, a record, an export. cap-std
//! resolves the paths, so a link that appears during the writing has no effect. cap-std uses `openat2` if the system
//! has it.

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use cap_std::fs::{Dir, MetadataExt as _, OpenOptions, OpenOptionsExt as _, Permissions, PermissionsExt as _};
use cap_tempfile::{TempFile, ambient_authority};
use rustix::fs::{Access, AtFlags, Gid, OFlags, Uid};

use super::error::{FileAction, FileError};
use super::path::{directory_of, stays_below};

/// The mode of a file that only its owner can read.
pub(super) const PRIVATE: u32 = 0o600;

/// A directory for files to write. Nothing outside the directory changes.
#[derive(Debug)]
pub struct OutputFolder {
    dir: Dir,
    path: PathBuf,
}

/// A file below an [`OutputFolder`]. The file may not exist yet.
struct OutputTarget {
    /// The directory that contains the file.
    folder: Dir,
    name: OsString,
    /// The path that error messages show.
    path: PathBuf,
}

impl OutputFolder {
    /// Opens a directory. Follows links in its path, because the person who names the directory trusts it.
    ///
    /// # Errors
    /// If the directory is missing, is not a directory, or may not be opened.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let opened = Dir::open_ambient_dir(path, ambient_authority());
        let dir = opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FileError::NoDirectory(path.to_owned()),
            io::ErrorKind::NotADirectory => FileError::NotDirectory(path.to_owned()),
            _ => FileError::from_io(path, FileAction::Write, error),
        })?;
        Ok(Self { dir, path: path.to_owned() })
    }

    /// Returns the directory that bounds a write to `path`, and the path relative to that directory. A person named
    /// `path`. If `path` is in the working directory, the working directory is the bound, because a checkout of
    /// somebody else may contain hostile links. Otherwise, the parent directory of `path` is the bound, because the
    /// person trusts this directory.
    ///
    /// # Errors
    /// Fails like [`open`](Self::open).
    pub fn around(path: &Path) -> Result<(Self, PathBuf), FileError> {
        let here = Path::new(".");
        let below = match fs::canonicalize(here) {
            Ok(real) if path.is_absolute() => path.strip_prefix(real).ok(),
            _ => Some(path).filter(|path| path.is_relative()),
        };
        match (below.filter(|path| stays_below(path)), path.file_name()) {
            (Some(below), _) => Ok((Self::open(here)?, below.to_owned())),
            (None, Some(name)) => Ok((Self::open(&directory_of(path))?, PathBuf::from(name))),
            (None, None) => Ok((Self::open(path)?, PathBuf::new())),
        }
    }

    /// Opens a directory that a person named. Creates the directory if it is missing.
    ///
    /// # Errors
    /// If the path is a link or a file, or if the directory cannot be created.
    pub fn make(path: &Path) -> Result<Self, FileError> {
        let directory = directory_of(path);
        if !stays_below(path) {
            fs::create_dir_all(&directory).map_err(|error| FileError::from_io(&directory, FileAction::Write, error))?;
        }
        let (bound, relative) = Self::around(path)?;
        if !relative.components().any(|part| matches!(part, Component::Normal(_))) {
            return Ok(Self { dir: bound.dir, path: path.to_owned() });
        }
        if let Ok(target) = bound.dir.read_link_contents(&relative) {
            return Err(FileError::Link { path: path.to_owned(), target });
        }
        bound.make_directory(&relative)?;
        let dir = bound.dir.open_dir(&relative).map_err(|error| bound.failed(&relative, &relative, error))?;
        Ok(Self { dir, path: path.to_owned() })
    }

    /// Creates a directory below this one, with its parents.
    ///
    /// # Errors
    /// If the path leads out of this directory, or if the directory cannot be created.
    pub fn make_directory(&self, relative: &Path) -> Result<(), FileError> {
        let made = if relative == Path::new(".") { Ok(()) } else { self.dir.create_dir_all(relative) };
        made.map_err(|error| self.failed(relative, relative, error))
    }

    /// Whether the directory is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dir.entries().is_ok_and(|mut entries| entries.next().is_none())
    }

    /// Returns the bytes of a regular file below this directory, or `None` if the file does not exist.
    ///
    /// # Errors
    /// If the path leads out of this directory, if it is not a regular file, or if the file cannot be read.
    pub fn read(&self, relative: &Path) -> Result<Option<Vec<u8>>, FileError> {
        let target = match self.target(relative) {
            Ok(target) => target,
            Err(FileError::NoDirectory(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        if target.check_regular()?.is_none() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let read = target.folder.open(&target.name).and_then(|mut file| file.read_to_end(&mut bytes));
        read.map_err(|error| FileError::from_io(&target.path, FileAction::Read, error))?;
        Ok(Some(bytes))
    }

    /// Writes a new file, then replaces the old file by it. Keeps the mode and owner of the old file.
    ///
    /// # Errors
    /// If the path leads out of this directory, has no parent directory, or is not a regular file with a single name.
    /// Also if the file may not be written, or the disk is full. After an error, the old file is unchanged.
    pub fn write(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.replace(relative, bytes, true, None)
    }

    /// Writes a file like [`write`](Self::write), but does not wait for the disk. A power cut may lose the file, so
    /// write only files that Dermaga can generate again.
    ///
    /// # Errors
    /// Fails like [`write`](Self::write).
    pub fn write_again(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.replace(relative, bytes, false, None)
    }

    pub(super) fn replace(
        &self,
        relative: &Path,
        bytes: &[u8],
        lasts: bool,
        mode: Option<u32>,
    ) -> Result<(), FileError> {
        let target = self.target(relative)?;
        let old = target.check_replaceable()?;
        let failed = |error| FileError::from_io(&target.path, FileAction::Write, error);
        let directory = directory_of(&target.path);
        let new = TempFile::new(&target.folder);
        let mut new = new.map_err(|error| FileError::from_io(&directory, FileAction::Write, error))?;
        let written = restrict(&new, mode).and_then(|()| new.write_all(bytes)).and_then(|()| {
            let file = new.as_file();
            if let Some(old) = old {
                // Only root can change a file's owner. For others, the owner is already right.
                let _ = rustix::fs::fchown(file, Some(Uid::from_raw(old.uid())), Some(Gid::from_raw(old.gid())));
                file.set_permissions(Permissions::from_mode(old.mode() & 0o7777))?;
            }
            restrict(&new, mode)?;
            if lasts { file.sync_all() } else { Ok(()) }
        });
        written.map_err(failed)?;
        new.replace(&target.name).map_err(failed)?;
        if lasts {
            target.sync_directory();
        }
        Ok(())
    }

    /// Checks in advance whether [`write`](Self::write) may write the file.
    ///
    /// # Errors
    /// Fails like [`write`](Self::write).
    pub fn check_replaceable(&self, relative: &Path) -> Result<(), FileError> {
        self.target(relative)?.check_replaceable().map(drop)
    }

    /// Creates a file that must not exist yet.
    ///
    /// # Errors
    /// [`FileError::Exists`] if the file exists, and the errors of [`write`](Self::write). After an error, no new file
    /// remains.
    pub fn create(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let target = self.target(relative)?;
        let failed = |error| FileError::from_io(&target.path, FileAction::Write, error);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = target.folder.open_with(&target.name, &options).map_err(failed)?;
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            let _ = target.folder.remove_file(&target.name);
            return Err(failed(error));
        }
        target.sync_directory();
        Ok(())
    }

    /// Writes into the existing file, or creates it. A program that has the file open, or a container that mounts it,
    /// sees the new text.
    ///
    /// # Errors
    /// If the path leads out of this directory, if it is not a regular file, or if the file cannot be written.
    pub fn write_in_place(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.make_directory(&directory_of(relative))?;
        let target = self.target(relative)?;
        target.check_regular()?;
        let written = target.folder.write(&target.name, bytes);
        written.map_err(|error| FileError::from_io(&target.path, FileAction::Write, error))
    }

    /// Opens a regular file for appending. If the file is missing, creates a file that only its owner can read.
    ///
    /// # Errors
    /// Fails like [`write`](Self::write).
    pub(super) fn append(&self, relative: &Path) -> Result<fs::File, FileError> {
        let target = self.target(relative)?;
        target.check_replaceable()?;
        // Opens without blocking, because another process may have put a pipe at the path after the check.
        let at_once = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(PRIVATE).custom_flags(at_once);
        let file = target
            .folder
            .open_with(&target.name, &options)
            .map_err(|error| FileError::from_io(&target.path, FileAction::Write, error))?;
        let file = file.into_std();
        let is_regular = file.metadata().is_ok_and(|metadata| metadata.is_file());
        if is_regular { Ok(file) } else { Err(FileError::NotRegular(target.path)) }
    }

    /// Removes a file. If the path is a link, removes the link.
    ///
    /// # Errors
    /// If the path leads out of this directory, or if the file cannot be removed.
    pub fn remove(&self, relative: &Path) -> Result<(), FileError> {
        let target = self.target(relative)?;
        let removed = target.folder.remove_file(&target.name);
        removed.map_err(|error| FileError::from_io(&target.path, FileAction::Write, error))
    }

    fn target(&self, relative: &Path) -> Result<OutputTarget, FileError> {
        let path = self.shown(relative);
        let Some(name) = relative.file_name() else { return Err(FileError::Directory(path)) };
        let directory = directory_of(relative);
        let folder = self.dir.open_dir(&directory).map_err(|error| self.failed(relative, &directory, error))?;
        Ok(OutputTarget { folder, name: name.to_owned(), path })
    }

    fn shown(&self, relative: &Path) -> PathBuf {
        if self.path == Path::new(".") { relative.to_owned() } else { self.path.join(relative) }
    }

    /// Returns the error for a directory that cannot be opened. The error names the first part of the path that leads
    /// out of this directory or is not a directory. If there is no such part, returns the system's error.
    fn failed(&self, relative: &Path, directories: &Path, error: io::Error) -> FileError {
        // cap-std refuses a path that leads out, and gives no error number. A refusal by the system has an error
        // number.
        let refused = error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none();
        let root = fs::canonicalize(&self.path).ok();
        let mut at = PathBuf::new();
        for part in directories.components() {
            at.push(part);
            let path = self.shown(&at);
            let real = fs::canonicalize(self.path.join(&at)).ok();
            if let Ok(target) = self.dir.read_link_contents(&at)
                && !real.as_ref().zip(root.as_ref()).is_some_and(|(real, root)| real.starts_with(root))
            {
                return FileError::Link { path, target };
            }
            if real.is_some_and(|real| !real.is_dir()) {
                return FileError::NotDirectory(path);
            }
        }
        let path = self.shown(relative);
        if refused {
            return FileError::Outside { path, root: root.unwrap_or_else(|| self.path.clone()) };
        }
        FileError::from_io(&path, FileAction::Write, error)
    }
}

impl OutputTarget {
    /// Returns the metadata of a regular file, or `None` if nothing exists at the path. Refuses anything else.
    fn check_regular(&self) -> Result<Option<cap_std::fs::Metadata>, FileError> {
        let path = || self.path.clone();
        let metadata = match self.folder.symlink_metadata(&self.name) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(FileError::from_io(&self.path, FileAction::Write, error)),
        };
        if metadata.is_symlink() {
            let target = self.folder.read_link_contents(&self.name).unwrap_or_default();
            return Err(FileError::Link { path: path(), target });
        }
        if metadata.is_dir() {
            return Err(FileError::Directory(path()));
        }
        if metadata.is_file() { Ok(Some(metadata)) } else { Err(FileError::NotRegular(path())) }
    }

    /// Checks the file like [`check_regular`](Self::check_regular), and also checks whether it may be replaced.
    /// Otherwise, Dermaga would replace a write-protected file, and the second name of a file would keep the old text.
    fn check_replaceable(&self) -> Result<Option<cap_std::fs::Metadata>, FileError> {
        let Some(old) = self.check_regular()? else { return Ok(None) };
        if old.nlink() > 1 {
            return Err(FileError::HardLink(self.path.clone()));
        }
        if old.mode() & 0o222 == 0 {
            return Err(FileError::WriteProtected(self.path.clone()));
        }
        rustix::fs::accessat(&self.folder, &self.name, Access::WRITE_OK, AtFlags::EACCESS)
            .map_err(|error| FileError::from_io(&self.path, FileAction::Write, error.into()))?;
        Ok(Some(old))
    }

    /// Syncs the directory, so that a new name survives a power cut. Ignores errors, because some file systems cannot
    /// do this.
    fn sync_directory(&self) {
        if let Ok(directory) = self.folder.open(".") {
            let _ = directory.sync_all();
        }
    }
}

fn restrict(file: &TempFile, mode: Option<u32>) -> io::Result<()> {
    mode.map_or(Ok(()), |mode| file.as_file().set_permissions(Permissions::from_mode(mode)))
}
