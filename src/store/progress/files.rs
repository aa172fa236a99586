//! The database's file, its copy, and damaged files.
//!
//! ```text
//!  progress.db                  the records
//!  progress.db.copy             all records at the end of the last lesson
//!  progress.db.damaged-TIME     a file that could not be read
//! ```

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use tracing::warn;

use super::database::{Database, salvage, salvage_copy};
use super::error::StoreError;
use super::names::{beside, with_suffix};
use super::notice::Reason;
use crate::progress::{Entry, History};
use crate::store::path::directory_of;
use crate::store::private::{create_private_file, create_private_folder, sync_parent_directory};

/// The time limit for a process that waits for the lock on the folder.
const TURN_LIMIT: Duration = Duration::from_secs(10);

/// An open database.
pub(super) struct Opened {
    pub(super) database: Database,
    pub(super) history: History,
    /// The new path of a file that could not be read.
    pub(super) aside: Option<PathBuf>,
    /// The number of entries that the copy had and the file did not.
    pub(super) from_copy: usize,
}

/// Opens the database at `path`. If the database cannot be used, moves it aside. Then fills a new database with every
/// readable entry of the old database and of the copy. Also writes the entries of `known`.
pub(super) fn open(path: &Path, known: &History) -> Result<Opened, StoreError> {
    create_private_folder(&directory_of(path))?;
    let _lock = wait_for_lock(path);
    match open_with(path, known) {
        Err(error) if error.is_the_files() => {
            let aside = move_damaged(path, known)?;
            Ok(Opened { aside, from_copy: 0, ..open_with(path, known)? })
        }
        opened => opened,
    }
}

/// Opens the database. Adds every entry of the copy and of `known` that the database lacks.
fn open_with(path: &Path, known: &History) -> Result<Opened, StoreError> {
    let (mut database, entries) = Database::open(path)?;
    let mut history: History = entries.into_iter().collect();
    let before = history.entries().len();
    history.extend(salvage_copy(&beside(path, "copy")));
    let from_copy = history.entries().len() - before;
    history.merge(known);
    if history.entries().len() > before {
        database.write(history.entries())?;
        if let Err(error) = put_copy(path, &history, |part| database.copy_to(part)) {
            warn!(%error, "progress is not copied");
        }
    }
    Ok(Opened { database, history, aside: None, from_copy })
}

/// Returns every entry that can be read from the database at `path` and from its copy, even if both are damaged.
pub(super) fn read_anything(path: &Path) -> History {
    salvage(path).into_iter().chain(salvage_copy(&beside(path, "copy"))).collect()
}

/// Copies the database, whose entries are `history`. The copy is used if the database is damaged later.
///
/// # Errors
/// If the database is already damaged. Any other failure is only logged, because the next lesson makes a copy too.
pub(super) fn copy(database: &Database, path: &Path, history: &History) -> Result<(), StoreError> {
    let _lock = wait_for_lock(path);
    match put_copy(path, history, |part| database.copy_to(part)) {
        Err(error) if error.reason() != Reason::Damaged => {
            warn!(%error, "progress is not copied");
            Ok(())
        }
        done => done,
    }
}

/// Writes every readable entry of the file at `path` to the copy, then moves the file aside. Returns the new path of
/// the file.
fn move_damaged(path: &Path, known: &History) -> Result<Option<PathBuf>, StoreError> {
    let mut history = read_anything(path);
    history.merge(known);
    put_copy(path, &history, |part| Database::open(part)?.0.write_out(history.entries()))?;
    move_aside(path)
}

/// Replaces the copy by the output of `write`, if that output contains all of `history`.
fn put_copy(
    path: &Path,
    history: &History,
    write: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (part, copy) = (beside(path, "part"), beside(path, "copy"));
    for name in ["", "-journal", "-wal", "-shm"] {
        let left = with_suffix(&part, name);
        let _ = fs::remove_file(&left).or_else(|_| fs::remove_dir_all(&left));
    }
    create_private_file(&part)?;
    write(&part)?;
    let written: BTreeSet<Entry> = salvage_copy(&part).into_iter().collect();
    if !history.entries().all(|entry| written.contains(entry)) {
        return Err(StoreError::Damaged);
    }
    File::open(&part)?.sync_all()?;
    if fs::symlink_metadata(&copy).is_ok_and(|meta| !meta.is_file()) {
        move_aside(&copy)?;
    }
    fs::rename(&part, &copy)?;
    sync_parent_directory(&copy);
    Ok(())
}

/// Renames the file at `path`. Renames its journals first, because they would corrupt a new file.
fn move_aside(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    let aside = beside(path, &format!("damaged-{}", now.strftime("%Y%m%dT%H%M%S.%6fZ")));
    for name in ["-shm", "-wal", "-journal", ""] {
        match fs::rename(with_suffix(path, name), with_suffix(&aside, name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    sync_parent_directory(path);
    Ok(fs::symlink_metadata(&aside).is_ok().then_some(aside))
}

/// Waits for a lock on the folder. One process holds the lock while it opens, replaces or copies the database. After
/// [`TURN_LIMIT`], or if there are no locks, the process continues without the lock. This is harmless, because both
/// processes would do the same.
fn wait_for_lock(path: &Path) -> Option<File> {
    let begun = Instant::now();
    let folder = File::open(directory_of(path)).ok()?;
    while let Err(fs::TryLockError::WouldBlock) = folder.try_lock() {
        if begun.elapsed() > TURN_LIMIT {
            return None;
        }
        thread::sleep(Duration::from_millis(5));
    }
    Some(folder)
}
