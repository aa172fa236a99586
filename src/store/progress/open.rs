//! From whatever lies at a path to a store that works.

use std::path::{Path, PathBuf};

use super::database::{Database, read_only};
use super::document::Document;
use super::error::StoreError;
use super::log::Log;
use super::notice::{Notice, Reason};
use super::{Backing, ProgressStore, folder, recover};
use crate::progress::{Entry, History};

/// Opens the store at `path`, which is on a network file system of this name.
pub(super) fn open(path: &Path, network: Option<&'static str>) -> (ProgressStore, Option<Notice>) {
    if let Err(error) = folder::make(path) {
        return in_memory(path, &StoreError::from(error), History::default());
    }
    if let Some(special) = special_file(path) {
        return in_memory(&special, &StoreError::Special, History::default());
    }
    if let Some(kind) = network {
        return on_network(path, kind);
    }
    match open_database(path) {
        Ok((database, history, notice)) => (ProgressStore::with(Backing::Database(database), history), notice),
        Err(error) => {
            let history = read_only(path).into_iter().collect();
            in_memory(path, &error, history)
        }
    }
}

/// A pipe, a device or a socket in the place of one of our files: reading it may wait for ever.
fn special_file(path: &Path) -> Option<PathBuf> {
    let files = [path.to_owned(), folder::beside(path, "lock"), Log::beside(path).path, Document::beside(path).path];
    let is_special = |file: &PathBuf| std::fs::metadata(file).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    files.into_iter().find(is_special)
}

fn in_memory(path: &Path, error: &StoreError, history: History) -> (ProgressStore, Option<Notice>) {
    let notice = Notice::Memory { path: path.to_owned(), reason: error.reason() };
    (ProgressStore::with(Backing::Memory, history), Some(notice))
}

fn on_network(path: &Path, kind: &'static str) -> (ProgressStore, Option<Notice>) {
    let document = Document::beside(path);
    let file = document.path().to_owned();
    let mut history: History = match document.read() {
        Ok(entries) => entries.into_iter().collect(),
        Err(error) => return in_memory(&file, &error, History::default()),
    };
    let mut store = ProgressStore::with(Backing::Document(document), History::default());
    if path.exists() {
        // From a time when the folder was on this machine.
        store.pending = read_only(path).into_iter().filter(|entry| history.add(entry.clone())).collect();
    }
    store.history = history;
    (store, Some(Notice::Network { kind, path: file }))
}

type Opened = (Database, History, Option<Notice>);

fn open_database(path: &Path) -> Result<Opened, StoreError> {
    let (mut database, aside) = open_or_restore(path)?;
    let replayed = database.catch_up()?;
    let mut history: History = database.read_new()?.into_iter().collect();
    let document = Document::beside(path);
    if document.path().exists() {
        // From a time when the folder was on a network.
        let entries: Vec<Entry> = document.read()?.into_iter().filter(|entry| history.add(entry.clone())).collect();
        if !entries.is_empty() {
            database.write(&entries)?;
        }
    }
    let notice = match aside {
        Some(aside) => Some(Notice::Restored { aside, entries: history.entries().len() }),
        // One that a crash left over is nothing to speak of.
        None if replayed > 1 => Some(Notice::Replayed { entries: replayed }),
        None => None,
    };
    Ok((database, history, notice))
}

/// The open database, and where a broken one was moved.
fn open_or_restore(path: &Path) -> Result<(Database, Option<PathBuf>), StoreError> {
    match Database::open(path) {
        Err(StoreError::Corrupt) => {
            let aside = recover::restore(path)?;
            Ok((Database::open(path)?, aside))
        }
        opened => Ok((opened?, None)),
    }
}

/// Writes entries, through a broken file if need be. The answer is what other terminals have written meanwhile.
pub(super) fn write(database: &mut Database, entries: &[Entry]) -> Result<(Vec<Entry>, Option<Notice>), Reason> {
    let mut notice = None;
    match database.write(entries) {
        Ok(()) => {}
        Err(StoreError::Corrupt) => {
            let (again, aside) = open_or_restore(&database.path).map_err(|error| error.reason())?;
            *database = again;
            database.catch_up().map_err(|error| error.reason())?;
            database.write(entries).map_err(|error| error.reason())?;
            let seen = database.read_new().unwrap_or_default();
            notice = aside.map(|aside| Notice::Restored { aside, entries: seen.len() });
            return Ok((seen, notice));
        }
        Err(error) => return Err(error.reason()),
    }
    recover::back_up(database);
    Ok((database.read_new().unwrap_or_default(), notice))
}
