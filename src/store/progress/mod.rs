//! The learner's progress on disk. Opening the progress never fails, and lessons never wait for it.
//!
//! `progress.db` holds the records: a `SQLite` database with one transaction per step. At the end of each lesson, the
//! database is copied. A database that cannot be read is moved aside, never deleted. A new database then gets every
//! readable entry of the old database and of the copy.

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod damage_tests;
mod database;
mod error;
mod files;
mod names;
mod notice;
#[cfg(test)]
mod tests;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tracing::warn;

use crate::progress::{Entry, History, ImportError, ProgressEvent, What, export, import};
use database::Database;
use error::StoreError;
use files::Opened;
pub use notice::{Notice, Reason};

/// The maximum size of a file to import, in bytes.
const LARGEST_IMPORT: u64 = 64 << 20;

/// A learner's progress.
#[derive(Debug)]
pub struct ProgressStore {
    path: PathBuf,
    /// The database. Without a database, entries are kept in memory until the program ends.
    database: Option<Database>,
    history: History,
    /// Entries that could not be written yet.
    pending: Vec<Entry>,
    /// Whether the person has seen a notice that entries are not saved.
    told: bool,
}

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The number of entries that were not known before.
    pub new: usize,
    /// The number of items in the file that are not entries.
    pub unreadable: usize,
    /// A notice about saving the new entries, if there is one.
    pub notice: Option<Notice>,
}

/// The reason why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The file could not be read.
    #[error("it cannot be read")]
    Read(#[source] io::Error),
    /// The file does not contain progress.
    #[error(transparent)]
    Content(#[from] ImportError),
}

impl ProgressStore {
    /// Opens the store at `path`, or creates it. Always returns a store, even if the files are damaged or cannot be
    /// written. In the worst case, the store keeps everything in memory, and the notice says so.
    #[must_use]
    pub fn open(path: &Path) -> (Self, Option<Notice>) {
        let (database, history, notice) = match files::open(path, &History::default()) {
            Ok(opened) => {
                let notice = notice_of(&opened);
                (Some(opened.database), opened.history, notice)
            }
            Err(error) => {
                warn!(%error, "progress cannot be opened");
                let notice = Notice::Memory { path: path.to_owned(), reason: error.reason() };
                (None, files::read_anything(path), Some(notice))
            }
        };
        (Self { path: path.to_owned(), database, history, pending: Vec::new(), told: false }, notice)
    }

    /// Records an event. Afterwards the event is on the disk, unless the notice says otherwise. If the store cannot
    /// write an entry, it writes the entry together with the next one. After the end of a lesson, copies the database.
    pub fn record(&mut self, event: &ProgressEvent) -> Option<Notice> {
        // No two entries share an id, on this machine or another.
        let entry = Entry::new(format!("{:032x}", fastrand::u128(..)), event)?;
        self.add(vec![entry], matches!(event.what, What::Finished { .. }))
    }

    fn add(&mut self, entries: Vec<Entry>, is_end: bool) -> Option<Notice> {
        let new: Vec<Entry> = entries.into_iter().filter(|entry| self.history.add(entry.clone())).collect();
        self.pending.extend(new);
        if self.pending.is_empty() {
            return None;
        }
        let database = self.database.as_mut()?;
        let written = match write(database, &self.path, &self.pending).and_then(|seen| {
            self.history.extend(seen);
            if is_end { files::copy(database, &self.path, &self.history) } else { Ok(()) }
        }) {
            Err(error) if error.is_the_files() => {
                warn!(%error, "progress is opened again");
                files::open(&self.path, &self.history).map(|opened| {
                    let notice = notice_of(&opened);
                    (self.database, self.history) = (Some(opened.database), opened.history);
                    notice
                })
            }
            written => written.map(|()| None),
        };
        match written {
            Ok(notice) => {
                self.pending.clear();
                let again = std::mem::take(&mut self.told).then_some(Notice::SavedAgain);
                notice.or(again)
            }
            Err(error) => {
                warn!(%error, "progress is not saved");
                if matches!(error, StoreError::Newer) {
                    self.database = None;
                }
                (!std::mem::replace(&mut self.told, true)).then_some(Notice::Unsaved { reason: error.reason() })
            }
        }
    }

    /// Returns all known entries, including those of other terminals.
    #[must_use]
    pub fn history(&self) -> History {
        self.history.clone()
    }

    /// Whether all entries are on the disk.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.pending.is_empty() && self.database.is_some()
    }

    /// Returns the whole history as the text of one portable file.
    #[must_use]
    pub fn export(&self) -> String {
        export(&self.history)
    }

    /// Imports a file of [`export`](Self::export), in one transaction. A second import of the same file changes
    /// nothing. The order of imports does not matter.
    ///
    /// # Errors If the file cannot be read, is not an export, or has a newer version. After an error, nothing is
    /// imported.
    pub fn import(&mut self, from: &mut impl Read) -> Result<Imported, ImportFailure> {
        let mut text = String::new();
        from.take(LARGEST_IMPORT + 1).read_to_string(&mut text).map_err(ImportFailure::Read)?;
        if text.len() as u64 > LARGEST_IMPORT {
            return Err(ImportFailure::Read(io::ErrorKind::FileTooLarge.into()));
        }
        let portable = import(&text)?;
        let before = self.history.entries().len();
        let notice = self.add(portable.history.entries().cloned().collect(), true);
        let new = self.history.entries().len() - before;
        Ok(Imported { new, unreadable: portable.unreadable, notice })
    }
}

/// Writes entries into the file at `path`. Returns the entries that are new in the file, including those of other
/// terminals.
fn write(database: &mut Database, path: &Path, entries: &[Entry]) -> Result<Vec<Entry>, StoreError> {
    database.write(entries)?;
    // Another terminal may have moved the file aside. No program would read an entry in that file.
    if !database.is_at(path) {
        return Err(StoreError::Damaged);
    }
    database.read_new()
}

fn notice_of(opened: &Opened) -> Option<Notice> {
    let entries = opened.history.entries().len();
    match &opened.aside {
        Some(aside) => Some(Notice::Restored { aside: aside.clone(), entries }),
        None if opened.from_copy > 0 => Some(Notice::FromCopy { entries: opened.from_copy }),
        None => None,
    }
}
