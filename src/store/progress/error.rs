//! Defines the errors of the database, and the reason that a notice gives for each error.

use std::io;

use rusqlite::ErrorCode;

use super::notice::Reason;

/// The reason why a request to the database failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// The content cannot have been written by Dermaga.
    #[error("the file is damaged")]
    Damaged,
    /// A newer version of Dermaga wrote the file.
    #[error("written by a newer version")]
    Newer,
    /// Any error of `SQLite`.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// Any error of the system.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl StoreError {
    /// Whether a new file would solve the problem. A new file does not help if the disk is full, if another terminal
    /// locks the file, or if a newer version wrote the file.
    pub(super) fn is_the_files(&self) -> bool {
        !matches!(self.reason(), Reason::Full | Reason::Busy | Reason::Newer)
    }

    /// Returns the reason for the message.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Damaged => Reason::Damaged,
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
