//! Writes files that a person names on the command line, or appends to them.

use std::fs::File;
use std::path::Path;

use super::error::FileError;
use super::output::{OutputFolder, PRIVATE};

/// Whether a path on the command line means standard output.
#[must_use]
pub fn is_standard_output(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name))
}

/// Writes a whole file that a person named. See [`OutputFolder::around`] for links in the path.
///
/// # Errors
/// Fails like [`OutputFolder::write`].
pub fn write_named(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.write(&relative, bytes)
}

/// Writes a whole file that a person named. Only the owner can read the file.
///
/// # Errors
/// Fails like [`OutputFolder::write`].
pub fn write_named_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.replace(&relative, bytes, true, Some(PRIVATE))
}

/// Opens a file for appending. A person named the file on the command line. If the file is new, only its owner can read
/// it.
///
/// # Errors
/// Fails like [`OutputFolder::write`].
pub fn append_named(path: &Path) -> Result<File, FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.append(&relative)
}
