//! The names of files beside the database.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Returns `progress.db.copy` for `progress.db` and `copy`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    with_suffix(path, &format!(".{suffix}"))
}

/// Returns `progress.db-wal` for `progress.db` and `-wal`.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or(OsStr::new("")).to_owned();
    name.push(suffix);
    path.with_file_name(name)
}
