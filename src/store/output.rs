//! Writing below a directory: no link leads out of it, and only regular files are replaced.
//!
//! Every file that Dermaga writes for a person (a site, a lesson, a record, an export) goes through [`OutputFolder`].
//! cap-std resolves the paths (`openat2` where the system has it), so a link that appears in between changes nothing.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use cap_std::fs::{Dir, MetadataExt as _, OpenOptions, OpenOptionsExt as _, Permissions, PermissionsExt as _};
use cap_tempfile::{TempFile, ambient_authority};
use rustix::fs::{Access, AtFlags, Gid, OFlags, Uid};

use super::error::{Action, FileError};

/// The mode of a file for its owner alone.
pub(super) const PRIVATE: u32 = 0o600;

/// Whether a path a person named stands for standard output.
#[must_use]
pub fn is_standard_output(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name))
}

/// Writes a file that a person named, whole. See [`OutputFolder::around`] for the links on the way.
///
/// # Errors
/// As [`OutputFolder::write`].
pub fn write_named(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.write(&relative, bytes)
}

/// As [`write_named`], for its owner alone.
///
/// # Errors
/// As [`OutputFolder::write`].
pub fn write_named_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.replace(&relative, bytes, true, Some(PRIVATE))
}

/// Opens a file that a person named, to be written at its end. A new one is its owner's alone.
///
/// # Errors
/// As [`OutputFolder::write`].
pub fn append_named(path: &Path) -> Result<fs::File, FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    let target = folder.target(&relative)?;
    target.check_replaceable()?;
    // If somebody puts a pipe there now, opening it must not wait.
    let at_once = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(PRIVATE).custom_flags(at_once);
    let file = target
        .folder
        .open_with(&target.name, &options)
        .map_err(|error| FileError::from_io(&target.path, Action::Write, error))?;
    let file = file.into_std();
    let is_regular = file.metadata().is_ok_and(|metadata| metadata.is_file());
    if is_regular { Ok(file) } else { Err(FileError::NotRegular(target.path)) }
}

/// A directory that bounds what is written.
#[derive(Debug)]
pub struct OutputFolder {
    dir: Dir,
    path: PathBuf,
}

/// A file below an [`OutputFolder`], which may not be there yet.
struct Target {
    /// The directory that holds it.
    folder: Dir,
    name: OsString,
    /// As it is shown to a person.
    path: PathBuf,
}

impl OutputFolder {
    /// Opens a directory. Links on the way to it are followed: whoever names the bound trusts it.
    ///
    /// # Errors
    /// When it is missing, is no directory, or may not be opened.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let opened = Dir::open_ambient_dir(path, ambient_authority());
        let dir = opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FileError::NoDirectory(path.to_owned()),
            io::ErrorKind::NotADirectory => FileError::NotDirectory(path.to_owned()),
            _ => FileError::from_io(path, Action::Write, error),
        })?;
        Ok(Self { dir, path: path.to_owned() })
    }

    /// The bound for a path that a person named, and the path below it. Below the working directory, which may be
    /// somebody else's checkout, no link leads out of it. Elsewhere the directories are the person's own words.
    ///
    /// # Errors
    /// As [`open`](Self::open).
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

    /// Opens a directory that a person named, and makes it if it is missing.
    ///
    /// # Errors
    /// When it is a link or a file, or it cannot be made.
    pub fn make(path: &Path) -> Result<Self, FileError> {
        let directory = directory_of(path);
        if !stays_below(path) {
            fs::create_dir_all(&directory).map_err(|error| FileError::from_io(&directory, Action::Write, error))?;
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

    /// Makes a directory below this one, with those above it.
    ///
    /// # Errors
    /// When the way there leads out, or it cannot be made.
    pub fn make_directory(&self, relative: &Path) -> Result<(), FileError> {
        let made = if relative == Path::new(".") { Ok(()) } else { self.dir.create_dir_all(relative) };
        made.map_err(|error| self.failed(relative, relative, error))
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dir.entries().is_ok_and(|mut entries| entries.next().is_none())
    }

    /// The bytes of a regular file below this directory; `None` if there is no such file.
    ///
    /// # Errors
    /// When the way there leads out, it is no regular file, or it cannot be read.
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
        read.map_err(|error| FileError::from_io(&target.path, Action::Read, error))?;
        Ok(Some(bytes))
    }

    /// Writes a file whole: a new one first, then in the place of the old. Mode and owner of the old one stay.
    ///
    /// # Errors
    /// When the way there leads out, its directory is missing, something that is no plain file of one name is there, it
    /// may not be written, or there is no space. The old file is untouched then.
    pub fn write(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.replace(relative, bytes, true, None)
    }

    /// As [`write`](Self::write), for one of many files that can be made again: it need not last through a power cut.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn write_again(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.replace(relative, bytes, false, None)
    }

    fn replace(&self, relative: &Path, bytes: &[u8], lasts: bool, mode: Option<u32>) -> Result<(), FileError> {
        let target = self.target(relative)?;
        let old = target.check_replaceable()?;
        let failed = |error| FileError::from_io(&target.path, Action::Write, error);
        let directory = directory_of(&target.path);
        let new = TempFile::new(&target.folder);
        let mut new = new.map_err(|error| FileError::from_io(&directory, Action::Write, error))?;
        let written = restrict(&new, mode).and_then(|()| new.write_all(bytes)).and_then(|()| {
            let file = new.as_file();
            if let Some(old) = old {
                // Only root can give a file away; for everybody else the owner is right already.
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

    /// Whether [`write`](Self::write) may write there, as far as can be known before.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn check_replaceable(&self, relative: &Path) -> Result<(), FileError> {
        self.target(relative)?.check_replaceable().map(drop)
    }

    /// Makes a file that must not be there yet.
    ///
    /// # Errors
    /// [`FileError::Exists`] when it is, and as [`write`](Self::write); nothing is left behind then.
    pub fn create(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let target = self.target(relative)?;
        let failed = |error| FileError::from_io(&target.path, Action::Write, error);
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

    /// Writes into the file that is there, or makes it: who has it open or mounted sees the new text.
    ///
    /// # Errors
    /// When the way there leads out, something that is no regular file is there, or it cannot be written.
    pub fn write_in_place(&self, relative: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.make_directory(&directory_of(relative))?;
        let target = self.target(relative)?;
        target.check_regular()?;
        let written = target.folder.write(&target.name, bytes);
        written.map_err(|error| FileError::from_io(&target.path, Action::Write, error))
    }

    /// Removes a file; a link is removed itself.
    ///
    /// # Errors
    /// When the way there leads out, or it cannot be removed.
    pub fn remove(&self, relative: &Path) -> Result<(), FileError> {
        let target = self.target(relative)?;
        let removed = target.folder.remove_file(&target.name);
        removed.map_err(|error| FileError::from_io(&target.path, Action::Write, error))
    }

    fn target(&self, relative: &Path) -> Result<Target, FileError> {
        let path = self.shown(relative);
        let Some(name) = relative.file_name() else { return Err(FileError::Directory(path)) };
        let directory = directory_of(relative);
        let folder = self.dir.open_dir(&directory).map_err(|error| self.failed(relative, &directory, error))?;
        Ok(Target { folder, name: name.to_owned(), path })
    }

    fn shown(&self, relative: &Path) -> PathBuf {
        if self.path == Path::new(".") { relative.to_owned() } else { self.path.join(relative) }
    }

    /// Why a file cannot be reached: the first of the directories on its way that is none of this tree, else what the
    /// system says.
    fn failed(&self, relative: &Path, directories: &Path, error: io::Error) -> FileError {
        // cap-std refuses a way out by itself; the system's own refusals have a number.
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
        FileError::from_io(&path, Action::Write, error)
    }
}

impl Target {
    /// What is there; `None` if nothing is.
    fn check_regular(&self) -> Result<Option<cap_std::fs::Metadata>, FileError> {
        let path = || self.path.clone();
        let metadata = match self.folder.symlink_metadata(&self.name) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(FileError::from_io(&self.path, Action::Write, error)),
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

    /// As [`check_regular`](Self::check_regular), and nothing forbids to put another file in its place. Without this a
    /// write-protected file would be replaced, and the second name of a file would keep the old text.
    fn check_replaceable(&self) -> Result<Option<cap_std::fs::Metadata>, FileError> {
        let Some(old) = self.check_regular()? else { return Ok(None) };
        if old.nlink() > 1 {
            return Err(FileError::HardLink(self.path.clone()));
        }
        if old.mode() & 0o222 == 0 {
            return Err(FileError::WriteProtected(self.path.clone()));
        }
        rustix::fs::accessat(&self.folder, &self.name, Access::WRITE_OK, AtFlags::EACCESS)
            .map_err(|error| FileError::from_io(&self.path, Action::Write, error.into()))?;
        Ok(Some(old))
    }

    /// Makes a new name last through a power cut; a file system that cannot say so is not an error of the file's.
    fn sync_directory(&self) {
        if let Ok(directory) = self.folder.open(".") {
            let _ = directory.sync_all();
        }
    }
}

/// The directory of a path; `.` for a bare name.
pub(super) fn directory_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| *parent != OsStr::new("")).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

fn restrict(file: &TempFile, mode: Option<u32>) -> io::Result<()> {
    mode.map_or(Ok(()), |mode| file.as_file().set_permissions(Permissions::from_mode(mode)))
}

/// Whether a path has no part that leads upwards or to the root.
fn stays_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn pipe(path: &Path) {
        rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RWXU).unwrap();
    }

    /// A directory `in` with things on which writing could go astray, and `out` with what they point at.
    fn hostile() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let (inside, outside) = (dir.path().join("in"), dir.path().join("out"));
        for folder in ["in/real", "out/empty"] {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
        }
        fs::write(outside.join("victim"), "untouched").unwrap();
        fs::write(inside.join("file"), "old").unwrap();
        symlink("../out/victim", inside.join("link")).unwrap();
        symlink(outside.join("victim"), inside.join("absolute")).unwrap();
        symlink("../out/new", inside.join("dangling")).unwrap();
        symlink("../out", inside.join("folder")).unwrap();
        symlink("../out/none", inside.join("nowhere")).unwrap();
        symlink("real", inside.join("within")).unwrap();
        symlink("file", inside.join("alias")).unwrap();
        symlink("loop", inside.join("loop")).unwrap();
        fs::hard_link(outside.join("victim"), inside.join("hard")).unwrap();
        fs::write(inside.join("protected"), "old").unwrap();
        fs::set_permissions(inside.join("protected"), fs::Permissions::from_mode(0o444)).unwrap();
        pipe(&inside.join("pipe"));
        drop(std::os::unix::net::UnixListener::bind(inside.join("socket")).unwrap());
        dir
    }

    #[test]
    fn hostile_path_is_refused_and_nothing_outside_changes() {
        type Expected = fn(&FileError) -> bool;
        let link: Expected = |error| matches!(error, FileError::Link { .. });
        let outside: Expected = |error| matches!(error, FileError::Outside { .. });
        let not_regular: Expected = |error| matches!(error, FileError::NotRegular(_));
        let directory: Expected = |error| matches!(error, FileError::Directory(_));
        let no_directory: Expected = |error| matches!(error, FileError::NoDirectory(_));
        let cases: &[(&str, Expected)] = &[
            ("link", link),
            ("absolute", link),
            ("dangling", link),
            ("alias", link),
            ("loop", link),
            ("within/../link", link),
            ("folder/victim", link),
            ("folder/new", link),
            ("folder/empty/new", link),
            ("nowhere/new", link),
            ("within/../folder/new", link),
            ("../out/victim", outside),
            ("../out/new", outside),
            ("real/../../out/new", outside),
            ("/etc/dermaga-new", outside),
            ("pipe", not_regular),
            ("socket", not_regular),
            ("real", directory),
            ("", directory),
            ("..", directory),
            ("file/new", |error| matches!(error, FileError::NotDirectory(_))),
            ("none/new", no_directory),
            ("hard", |error| matches!(error, FileError::HardLink(_))),
            ("protected", |error| matches!(error, FileError::WriteProtected(_))),
            ("nul\0", |error| matches!(error, FileError::Other { .. })),
        ];
        let dir = hostile();
        let folder = OutputFolder::open(&dir.path().join("in")).unwrap();
        let before = fs::read_dir(dir.path().join("in")).unwrap().count();
        for (path, expected) in cases {
            let refused = folder.write(Path::new(path), b"new").unwrap_err();
            assert!(expected(&refused), "{path}: {refused:?}");
            // Writing in place is for a lesson's own directory, where all names of a file are the lesson's.
            if *path != "hard" {
                let _ = folder.write_in_place(Path::new(path), b"new");
            }
            let _ = (folder.create(Path::new(path), b"new"), folder.read(Path::new(path)));
        }
        assert_eq!(fs::read_to_string(dir.path().join("out/victim")).unwrap(), "untouched");
        assert_eq!(fs::read_dir(dir.path().join("out")).unwrap().count(), 2, "nothing is new outside");
        assert_eq!(fs::read_dir(dir.path().join("out/empty")).unwrap().count(), 0);
        assert_eq!(fs::read_dir(dir.path().join("in")).unwrap().count(), before + 1, "but `none`");
    }

    #[test]
    fn device_is_refused_and_stays_one() {
        let dir = tempfile::tempdir().unwrap();
        symlink("/dev/stdout", dir.path().join("out")).unwrap();
        for path in ["/dev/null", "/dev/full", "/dev/zero"] {
            assert!(matches!(write_named(Path::new(path), b"x"), Err(FileError::NotRegular(_))), "{path}");
            assert!(matches!(append_named(Path::new(path)), Err(FileError::NotRegular(_))), "{path}");
            assert!(!fs::metadata(path).unwrap().is_file(), "{path}");
        }
        assert!(matches!(write_named(&dir.path().join("out"), b"x"), Err(FileError::Link { .. })));
        assert!(is_standard_output(Path::new("-")) && is_standard_output(Path::new("/dev/stdout")));
        assert!(!is_standard_output(Path::new("/dev/stderr")));
    }

    #[test]
    fn link_inside_is_followed_to_a_directory() {
        let dir = hostile();
        let folder = OutputFolder::open(&dir.path().join("in")).unwrap();
        folder.write(Path::new("within/new"), b"x").unwrap();
        assert_eq!(fs::read(dir.path().join("in/real/new")).unwrap(), b"x");
        folder.make_directory(Path::new("within/a/b")).unwrap();
        assert!(dir.path().join("in/real/a/b").is_dir());
        assert!(matches!(folder.make_directory(Path::new("folder/a")), Err(FileError::Link { .. })));
        assert!(matches!(folder.make_directory(Path::new("file/a")), Err(FileError::NotDirectory(_))));
    }

    #[test]
    fn directory_that_is_a_link_is_not_made_or_used() {
        let dir = hostile();
        for name in ["folder", "nowhere", "within"] {
            let made = OutputFolder::make(&dir.path().join("in").join(name));
            assert!(matches!(made, Err(FileError::Link { .. })), "{name}: {made:?}");
        }
        assert!(OutputFolder::make(&dir.path().join("in/file")).is_err());
        OutputFolder::make(&dir.path().join("in/a/b")).unwrap().write(Path::new("c"), b"x").unwrap();
        assert!(dir.path().join("in/a/b/c").is_file());
    }

    #[test]
    fn write_keeps_mode_and_leaves_nothing_beside() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        write_named(&file, b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn log_is_its_owners_alone_and_old_text_stays() {
        let dir = hostile();
        let (new, old) = (dir.path().join("in/new"), dir.path().join("in/file"));
        for path in [&new, &old] {
            append_named(path).unwrap().write_all(b"x").unwrap();
        }
        assert_eq!(new.metadata().unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&old).unwrap(), "oldx");
        for name in ["pipe", "socket", "link", "dangling", "real"] {
            assert!(append_named(&dir.path().join("in").join(name)).is_err(), "{name}");
        }
    }
}
