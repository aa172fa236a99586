//! What went wrong with the database, as far as it changes what we do.

use std::io;

use rusqlite::ErrorCode;

use super::notice::Reason;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// Its content is not what a program of ours wrote.
    #[error("the file is damaged")]
    Damaged,
    /// Its shape is one of an older version.
    #[error("written by an older version")]
    Older,
    /// Its shape is one of a newer version.
    #[error("written by a newer version")]
    Newer,
    /// Anything `SQLite` says.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// Anything the system says.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl StoreError {
    /// Whether another file in its place would help. A full disk, another terminal and a newer program are no fault of
    /// the file.
    pub(super) fn is_the_files(&self) -> bool {
        !matches!(self.reason(), Reason::Full | Reason::Busy | Reason::Newer)
    }

    /// The reason to tell.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Damaged | Self::Older => Reason::Damaged,
            Self::Newer => Reason::Newer,
            Self::Io(error) => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Reason::Full,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Reason::Forbidden,
                _ => Reason::Other(error.to_string()),
            },
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => Reason::Full,
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Reason::Forbidden,
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Reason::Busy,
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Reason::Damaged,
                _ => Reason::Other(error.to_string()),
            },
        }
    }
}
