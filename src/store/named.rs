//! Files that a person names on the command line: written whole, or at their end.

use std::fs::File;
use std::path::Path;

use super::error::FileError;
use super::output::{OutputFolder, PRIVATE};

/// Whether a path that a person named stands for standard output.
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

/// Writes a file that a person named, whole, readable by its owner alone.
///
/// # Errors
/// As [`OutputFolder::write`].
pub fn write_named_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.replace(&relative, bytes, true, Some(PRIVATE))
}

/// Opens a file that a person named for appending. A new file is readable by its owner alone.
///
/// # Errors
/// As [`OutputFolder::write`].
pub fn append_named(path: &Path) -> Result<File, FileError> {
    let (folder, relative) = OutputFolder::around(path)?;
    folder.append(&relative)
}
