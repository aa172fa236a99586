//! What went wrong with the database, as far as it changes what we do.

use std::io;

use rusqlite::ErrorCode;

use super::notice::Reason;

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// It is broken.
    #[error("the file is damaged")]
    Corrupt,
    /// A pipe, a device or a socket lies in the file's place.
    #[error("not a regular file")]
    Special,
    /// Of a newer version.
    #[error("written by a newer version ({found})")]
    Newer { found: i64, needs: Option<String> },
    /// Anything `SQLite` says.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
    /// Anything the system says.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// Whether another terminal is in the way.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self, Self::Sqlite(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)))
    }

    /// The reason to tell.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Corrupt => Reason::Damaged,
            Self::Special => Reason::Special,
            Self::Newer { found, needs } => Reason::Newer { found: *found, needs: needs.clone() },
            Self::Io(error) => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Reason::Full,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Reason::Forbidden,
                _ => Reason::Other(error.to_string()),
            },
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => Reason::Full,
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Reason::Forbidden,
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Reason::Busy,
                _ => Reason::Other(error.to_string()),
            },
        }
    }
}
