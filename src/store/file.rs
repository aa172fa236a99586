//! Reads one file as text, up to a limit, and replaces a whole file.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::{FileAction, FileError, LIMIT};
use super::output::OutputFolder;
use super::path::directory_of;
use crate::lesson::lint::NOT_UTF8;
use crate::text::{Diagnostic, Source, Span};

/// Reads a file as text. Error messages contain `path` unchanged.
///
/// # Errors
/// If the file is missing, a directory, forbidden, larger than [`LIMIT`], or not UTF-8.
pub fn read_source(path: &Path) -> Result<Source, FileError> {
    let bytes = read_bytes(path)?;
    let wide = is_utf16(&bytes);
    let refused = |offset| FileError::NotUtf8 { path: path.to_owned(), offset, wide };
    if wide {
        return Err(refused(0));
    }
    let text = String::from_utf8(bytes).map_err(|error| refused(error.utf8_error().valid_up_to()))?;
    Ok(Source::new(path.display().to_string(), text))
}

/// Whether a file is UTF-16, as some Windows programs write it. Such a file has a byte order mark, or a zero byte
/// beside each of its first letters.
const fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [1..=255, 0, 1..=255, 0, ..] | [0, 1..=255, 0, 1..=255, ..])
}

/// Reads a lesson's file. If the file is not UTF-8, also returns a diagnostic. Replaces bytes that are not UTF-8, and
/// returns an empty text for a UTF-16 file.
pub(super) fn read_lossy(path: &Path) -> Result<(Source, Option<Diagnostic>), FileError> {
    let bytes = read_bytes(path)?;
    let mistake = |encoding: &str, span| Diagnostic::error(NOT_UTF8, span).with("encoding", encoding);
    let (text, mistake) = if is_utf16(&bytes) {
        (String::new(), Some(mistake("utf-16", Span::new(0, 0))))
    } else {
        match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(mistake("other", span)))
            }
        }
    };
    Ok((Source::new(path.display().to_string(), text), mistake))
}

/// Reads a regular file.
///
/// # Errors
/// Fails like [`read_source`], but accepts bytes that are not UTF-8.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |error| FileError::from_io(path, FileAction::Read, error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(FileError::Directory(path.to_owned()));
    }
    // Opening a pipe blocks if no process writes to the pipe.
    if !metadata.is_file() {
        return Err(FileError::Special(path.to_owned()));
    }
    let file = File::open(path).map_err(failed)?;
    if metadata.len() > LIMIT {
        return Err(FileError::TooLarge { path: path.to_owned(), size: metadata.len() });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // Checks the limit again, because the file may have grown, and files in /proc report no length.
    let read = file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if read as u64 > LIMIT {
        return Err(FileError::TooLarge { path: path.to_owned(), size: read as u64 });
    }
    Ok(bytes)
}

/// Writes a whole file that belongs to the person, such as settings. If `path` is a link, writes to the target of the
/// link, so that the link stays.
///
/// # Errors
/// Fails like [`OutputFolder::write`].
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_whole(path, bytes, None)
}

pub(super) fn write_whole(path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), FileError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let Some(name) = target.file_name() else { return Err(FileError::Directory(path.to_owned())) };
    OutputFolder::open(&directory_of(&target))?.replace(Path::new(name), bytes, true, mode)
}

/// Creates all `files` (paths below `root` with their texts), or none of them.
///
/// # Errors
/// [`FileError::Exists`] for the first file that already exists, and the errors of [`OutputFolder::create`].
pub fn write_all_new(root: &Path, files: &[(PathBuf, String)]) -> Result<(), FileError> {
    let folder = OutputFolder::make(root)?;
    if let Some((path, _)) = files.iter().find(|(path, _)| fs::symlink_metadata(root.join(path)).is_ok()) {
        return Err(FileError::Exists(root.join(path)));
    }
    for (made, (path, text)) in files.iter().enumerate() {
        let written = folder.make_directory(&directory_of(path)).and_then(|()| folder.create(path, text.as_bytes()));
        if let Err(error) = written {
            for (path, _) in &files[..made] {
                let _ = folder.remove(path);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Replaces the content of a file by `after`, if the content is still `before`. `root` is the directory of the file's
/// author, such as a course. No link and no `..` below `root` can lead out of `root`. `root` is `None` if the person
/// named the file.
///
/// # Errors
/// [`FileError::Changed`] if the content is no longer `before`, and the errors of [`read_source`] and
/// [`OutputFolder::write`].
pub fn replace(root: Option<&Path>, path: &Path, before: &str, after: &str) -> Result<(), FileError> {
    let (folder, relative) = bound(root, path)?;
    if read_bytes(path)? != before.as_bytes() {
        return Err(FileError::Changed(path.to_owned()));
    }
    folder.write(&relative, after.as_bytes())
}

/// Checks in advance whether [`replace`] may write the file.
///
/// # Errors
/// Fails like [`replace`].
pub fn check_replaceable(root: Option<&Path>, path: &Path) -> Result<(), FileError> {
    let (folder, relative) = bound(root, path)?;
    folder.check_replaceable(&relative)
}

fn bound(root: Option<&Path>, path: &Path) -> Result<(OutputFolder, PathBuf), FileError> {
    let Some(root) = root else { return OutputFolder::around(path) };
    // If `root` is `.`, `path` is already relative to it and has no `./` at the beginning.
    let below = path.strip_prefix(root).unwrap_or(path).to_owned();
    Ok((OutputFolder::open(root)?, below))
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    /// Returns a pipe, a socket and a device. Reading any of them would block, or never end.
    fn special_files(dir: &Path) -> [PathBuf; 3] {
        let (pipe, socket) = (dir.join("pipe.md"), dir.join("socket.md"));
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
        drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
        [pipe, socket, PathBuf::from("/dev/zero")]
    }

    #[test]
    fn each_kind_of_unreadable_file_gives_its_own_error() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        assert!(matches!(read_source(&file), Err(FileError::Missing(_))));
        assert!(matches!(read_source(dir.path()), Err(FileError::Directory(_))));
        fs::write(&file, b"abc\xff").unwrap();
        assert!(matches!(read_source(&file), Err(FileError::NotUtf8 { offset: 3, .. })));
        assert!(matches!(read_source(&file.join("b")), Err(FileError::Missing(_))));
        for special in special_files(dir.path()) {
            assert!(matches!(read_source(&special), Err(FileError::Special(_))), "{}", special.display());
        }
        let large = dir.path().join("large.md");
        File::create(&large).unwrap().set_len(LIMIT + 1).unwrap();
        assert!(matches!(read_source(&large), Err(FileError::TooLarge { size, .. }) if size == LIMIT + 1));
    }

    #[test]
    fn write_atomic_keeps_mode_and_link_and_leaves_no_other_file() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a.md"), dir.path().join("b.md"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write_atomic(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn existing_or_changed_file_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        let scaffold = |text: &str| write_all_new(dir.path(), &[("a.md".into(), text.to_owned())]);
        scaffold("one").unwrap();
        assert!(matches!(scaffold("two"), Err(FileError::Exists(_))));
        assert!(matches!(replace(None, &file, "zero", "two"), Err(FileError::Changed(_))));
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        replace(Some(dir.path()), &file, "one", "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
