//! One file: read as text with a limit, written so that a crash leaves the old or the new one, never a half.

use std::fs::{self, File, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use super::error::{Action, FileError};
use crate::text::{Source, Span};

/// The most bytes a file of ours may have.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// Reads a file as text; its name in messages is `path` as given.
///
/// # Errors
/// When it is missing, a directory, forbidden, larger than [`LIMIT`] or not UTF-8.
pub fn read_source(path: &Path) -> Result<Source, FileError> {
    let bytes = read_bytes(path)?;
    let wide = utf16(&bytes).is_some();
    let refused = |offset| FileError::NotUtf8 { path: path.to_owned(), offset, wide };
    if wide {
        return Err(refused(0));
    }
    let text = String::from_utf8(bytes).map_err(|error| refused(error.utf8_error().valid_up_to()))?;
    Ok(Source::new(path.display().to_string(), text))
}

/// A file's bytes as text.
pub(super) enum Decoded {
    /// UTF-8.
    Utf8,
    /// UTF-8 but for some bytes, which became `U+FFFD`, and where the first of them is.
    Lossy(Span),
    /// UTF-16, which Windows programs write.
    Utf16,
}

/// The text of UTF-16, known by its mark or by the empty halves of its first letters.
fn utf16(bytes: &[u8]) -> Option<String> {
    let little = match bytes {
        [0xff, 0xfe, ..] => true,
        [0xfe, 0xff, ..] => false,
        [first, 0, second, 0, ..] if *first > 0 && *second > 0 => true,
        [0, first, 0, second, ..] if *first > 0 && *second > 0 => false,
        _ => return None,
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let decoded = char::decode_utf16(bytes.chunks_exact(2).map(unit));
    let text: String = decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// As [`read_source`], but gives a text also of bytes that are no UTF-8.
pub(super) fn read_lossy(path: &Path) -> Result<(Source, Decoded), FileError> {
    let bytes = read_bytes(path)?;
    let (text, decoded) = match utf16(&bytes) {
        Some(text) => (text, Decoded::Utf16),
        None => match String::from_utf8(bytes) {
            Ok(text) => (text, Decoded::Utf8),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let place = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Decoded::Lossy(place))
            }
        },
    };
    Ok((Source::new(path.display().to_string(), text), decoded))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |error| FileError::from_io(path, Action::Read, error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(FileError::Directory(path.to_owned()));
    }
    // A pipe that nobody writes to already waits when it is opened.
    if !metadata.is_file() {
        return Err(FileError::Special(path.to_owned()));
    }
    let file = File::open(path).map_err(failed)?;
    if metadata.len() > LIMIT {
        return Err(FileError::TooLarge { path: path.to_owned(), size: metadata.len() });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // The file may grow meanwhile, and files of /proc have no length.
    let read = file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if read as u64 > LIMIT {
        return Err(FileError::TooLarge { path: path.to_owned(), size: read as u64 });
    }
    Ok(bytes)
}

/// Writes a file whole: beside it first, then in its place. Mode and owner of an existing file stay, a symbolic link
/// stays a link.
///
/// # Errors
/// When the directory or the file may not be written, or there is no space; the old file is untouched then.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |error| FileError::from_io(path, Action::Write, error);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(FileError::Directory(path.to_owned()));
    }
    let temporary = write_beside(&target, bytes).map_err(failed)?;
    if let Some(old) = old {
        let file = temporary.as_file();
        // Only root can give a file away; for everybody else the owner is right already.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
        file.set_permissions(Permissions::from_mode(old.mode() & 0o7777)).map_err(failed)?;
    }
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    sync_directory(&target);
    Ok(())
}

/// As [`write_atomic`], for a file that must not be there yet.
///
/// # Errors
/// [`FileError::Exists`] when it is, and as [`write_atomic`].
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |error| FileError::from_io(path, Action::Write, error);
    write_beside(path, bytes).map_err(failed)?.persist_noclobber(path).map_err(|error| failed(error.error))?;
    sync_directory(path);
    Ok(())
}

/// Makes all of `files`, which are paths below `root` with their texts, or none of them.
///
/// # Errors
/// [`FileError::Exists`] for the first that is there already, and as [`write_atomic`].
pub fn write_all_new(root: &Path, files: &[(PathBuf, String)]) -> Result<(), FileError> {
    let paths: Vec<PathBuf> = files.iter().map(|(path, _)| root.join(path)).collect();
    if let Some(path) = paths.iter().find(|path| fs::symlink_metadata(path).is_ok()) {
        return Err(FileError::Exists(path.clone()));
    }
    for (made, (path, (_, text))) in paths.iter().zip(files).enumerate() {
        let directory = directory_of(path);
        let written = fs::create_dir_all(&directory)
            .map_err(|error| FileError::from_io(&directory, Action::Write, error))
            .and_then(|()| write_new(path, text.as_bytes()));
        if let Err(error) = written {
            for path in &paths[..made] {
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Puts `after` in the place of a file that still holds `before`.
///
/// # Errors
/// [`FileError::Changed`] when it holds something else by now, and as [`read_source`] and [`write_atomic`].
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), FileError> {
    if read_bytes(path)? != before.as_bytes() {
        return Err(FileError::Changed(path.to_owned()));
    }
    write_atomic(path, after.as_bytes())
}

fn write_beside(path: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut temporary = tempfile::Builder::new()
        .prefix(".dermaga-")
        .suffix(".part")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(directory_of(path))?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

pub(super) fn directory_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Makes the new name last through a power cut; a file system that cannot say so is not an error of the file's.
pub(super) fn sync_directory(path: &Path) {
    if let Ok(directory) = File::open(directory_of(path)) {
        let _ = directory.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A pipe, a socket and a device: each would be waited for, or would never end.
    fn special_files(dir: &Path) -> [PathBuf; 3] {
        let (pipe, socket) = (dir.join("pipe.md"), dir.join("socket.md"));
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
        drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
        [pipe, socket, PathBuf::from("/dev/zero")]
    }

    #[test]
    fn what_cannot_be_read_says_why() {
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
    fn a_write_keeps_mode_and_link_and_leaves_nothing_beside() {
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
    fn a_file_that_is_there_or_has_changed_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        write_new(&file, b"one").unwrap();
        assert!(matches!(write_new(&file, b"two"), Err(FileError::Exists(_))));
        assert!(matches!(replace(&file, "zero", "two"), Err(FileError::Changed(_))));
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        replace(&file, "one", "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
