//! Progress on a network file system: one portable file, replaced whole, under a lock where there is one. Whoever
//! writes takes in first what others have written.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::folder::{Turn, beside};
use super::notice::Reason;
use super::recover::stamp;
use crate::progress::{Entry, History, export, import};
use crate::store::{FileError, write_atomic};

/// The file.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) path: PathBuf,
}

impl Document {
    /// The one that stands for `database`.
    pub(super) fn beside(database: &Path) -> Self {
        Self { path: database.with_extension("json") }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its entries; one that is broken is moved aside.
    pub(super) fn read(&self) -> Result<Vec<Entry>, StoreError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        if let Ok(portable) = import(&String::from_utf8_lossy(&bytes)) {
            return Ok(portable.history.entries().cloned().collect());
        }
        fs::rename(&self.path, beside(&self.path, &format!("corrupt-{}", stamp())))?;
        Ok(Vec::new())
    }

    /// Adds entries; the answer is all that is in the file now.
    pub(super) fn write(&self, entries: &[Entry]) -> Result<Vec<Entry>, Reason> {
        let _turn = Turn::wait(&self.path);
        let mut history: History = self.read().map_err(|error| error.reason())?.into_iter().collect();
        history.extend(entries.iter().cloned());
        write_atomic(&self.path, export(&history).as_bytes()).map_err(|error| match error {
            FileError::NoSpace(_) => Reason::Full,
            FileError::Permission { .. } | FileError::WriteProtected(_) | FileError::ReadOnlyDisk(_) => {
                Reason::Forbidden
            }
            other => Reason::Other(other.to_string()),
        })?;
        Ok(history.entries().cloned().collect())
    }
}
