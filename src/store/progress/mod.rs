//! The learner's progress on disk: opening it never fails and teaching never waits for it.
//!
//! `progress.db` is the truth (`SQLite`, one transaction a step). Beside it lie `progress.jsonl`, to which every entry is
//! appended before it is committed, up to three backups, and whatever was ever found broken, moved aside. Where the
//! folder is on a network file system, `progress.json` takes the place of all this.

#[cfg(test)]
mod crash;
mod database;
mod document;
mod error;
mod folder;
mod id;
mod log;
mod notice;
mod open;
mod recover;
mod schema;
#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};
use std::path::Path;

use crate::progress::{Entry, History, ImportError, ProgressEvent, export, import};
use database::Database;
use document::Document;
pub(super) use folder::make as make_folder;
pub use notice::{Notice, Reason};

/// The most bytes a file to import may have.
const LARGEST_IMPORT: u64 = 64 << 20;

/// Where entries go.
#[derive(Debug)]
enum Backing {
    Database(Database),
    Document(Document),
    /// Nowhere: they are kept until the program ends.
    Memory,
}

/// A learner's progress.
#[derive(Debug)]
pub struct ProgressStore {
    backing: Backing,
    history: History,
    /// Entries that could not be written yet.
    pending: Vec<Entry>,
    /// Whether the person was told that entries are not written.
    told: bool,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Entries that were not known before.
    pub new: usize,
    /// Things in the file that were no entries.
    pub unreadable: usize,
    /// What is to be said about storing them.
    pub notice: Option<Notice>,
}

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// It could not be read.
    #[error("it cannot be read")]
    Read(#[source] io::Error),
    /// It is no progress.
    #[error(transparent)]
    Content(#[from] ImportError),
}

impl ProgressStore {
    /// Opens what is at `path`, or begins anew. Whatever is wrong there, a store comes back: at worst one that keeps
    /// everything in memory; the notice says so.
    #[must_use]
    pub fn open(path: &Path) -> (Self, Option<Notice>) {
        open::open(path, folder::network(path))
    }

    /// A store that writes nothing.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::with(Backing::Memory, History::default())
    }

    fn with(backing: Backing, history: History) -> Self {
        Self { backing, history, pending: Vec::new(), told: false }
    }

    /// Records an event; it is on the disk when this returns, unless the notice says otherwise. What could not be
    /// written is kept and tried again with the next one.
    pub fn record(&mut self, event: &ProgressEvent) -> Option<Notice> {
        let entry = Entry::new(id::fresh(), event)?;
        self.add(vec![entry])
    }

    fn add(&mut self, entries: Vec<Entry>) -> Option<Notice> {
        let new: Vec<Entry> = entries.into_iter().filter(|entry| self.history.add(entry.clone())).collect();
        self.pending.extend(new);
        if self.pending.is_empty() {
            return None;
        }
        let written = match &mut self.backing {
            Backing::Database(database) => open::write(database, &self.pending),
            Backing::Document(document) => document.write(&self.pending).map(|seen| (seen, None)),
            Backing::Memory => return None,
        };
        match written {
            Ok((seen, notice)) => {
                self.pending.clear();
                self.history.extend(seen);
                let again = std::mem::take(&mut self.told).then_some(Notice::SavedAgain);
                notice.or(again)
            }
            Err(reason) => {
                let newer = matches!(reason, Reason::Newer { .. });
                if newer {
                    self.backing = Backing::Memory;
                }
                (!std::mem::replace(&mut self.told, true)).then_some(Notice::Unsaved { reason })
            }
        }
    }

    /// What was done, here and, as far as it is known by now, in other terminals.
    #[must_use]
    pub fn history(&self) -> History {
        self.history.clone()
    }

    /// Takes in what other terminals wrote since.
    pub fn refresh(&mut self) {
        let seen = match &mut self.backing {
            Backing::Database(database) => database.read_new().unwrap_or_default(),
            Backing::Document(document) => document.read().unwrap_or_default(),
            Backing::Memory => Vec::new(),
        };
        self.history.extend(seen);
    }

    /// Whether entries reach the disk.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.pending.is_empty() && !matches!(self.backing, Backing::Memory)
    }

    /// Writes everything as one portable file.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn export(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(export(&self.history).as_bytes())
    }

    /// Takes in a file of [`export`](Self::export), in one transaction; doing it twice, or in another order, changes
    /// nothing.
    ///
    /// # Errors
    /// When it cannot be read, is no such file, or is of a newer version; nothing is taken in then.
    pub fn import(&mut self, from: &mut impl Read) -> Result<Imported, ImportFailure> {
        let mut text = String::new();
        from.take(LARGEST_IMPORT + 1).read_to_string(&mut text).map_err(ImportFailure::Read)?;
        if text.len() as u64 > LARGEST_IMPORT {
            return Err(ImportFailure::Read(io::ErrorKind::FileTooLarge.into()));
        }
        let portable = import(&text)?;
        let before = self.history.entries().len();
        let notice = self.add(portable.history.entries().cloned().collect());
        let new = self.history.entries().len() - before;
        Ok(Imported { new, unreadable: portable.unreadable, notice })
    }

    /// Entries that `reader` has not yet sent on, oldest first, with the number to confirm them by: the outbox.
    #[must_use]
    pub fn unsent(&self, reader: &str, most: usize) -> Vec<(i64, Entry)> {
        match &self.backing {
            Backing::Database(database) => database.unsent(reader, most).unwrap_or_default(),
            Backing::Document(_) | Backing::Memory => Vec::new(),
        }
    }

    /// `reader` has sent on everything up to `number`.
    pub fn sent(&mut self, reader: &str, number: i64) -> Option<Notice> {
        let Backing::Database(database) = &mut self.backing else { return None };
        database.sent(reader, number).err().map(|error| Notice::Unsaved { reason: error.reason() })
    }
}
