//! Opens the database, and reads and writes its rows.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::Type;
use rusqlite::{Connection, MAIN_DB, OpenFlags, Row, TransactionBehavior, params};

use super::error::StoreError;
use super::names::with_suffix;
use super::notice::Reason;
use crate::progress::{Entry, Moment};
use crate::store::private::create_private_file;
use crate::text::{fingerprint, percent};

/// The time limit for a writer that waits for another writer.
const BUSY: Duration = Duration::from_secs(10);
/// The version of the schema below. The `application_id` of a database is `MARK` plus the version. So the store can
/// tell a damaged version number from the number of a newer version.
const VERSION: i64 = 2;
const MARK: i64 = 0x4465_0000;
/// The schema. The digest of a row shows whether the row is damaged.
const SHAPE: &str = "
    CREATE TABLE record (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE
    ) STRICT";

/// A database that can be written.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    /// The device and the inode of the file.
    file: (u64, u64),
    /// The number of the last row that was read.
    seen: i64,
}

impl Database {
    /// Opens or creates the database at `path`, and reads all of it.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<Entry>), StoreError> {
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) || has_special_journal(path) {
            return Err(StoreError::Damaged);
        }
        create_private_file(path)?;
        let mut connection = connect_to_write(path)?;
        let meta = fs::metadata(path)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let sound: String = connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        if sound != "ok" {
            return Err(StoreError::Damaged);
        }
        if connection.is_readonly(MAIN_DB)? {
            return Err(io::Error::from(io::ErrorKind::ReadOnlyFilesystem).into());
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 {
            transaction.execute_batch(SHAPE)?;
            transaction.pragma_update(None, "application_id", MARK + VERSION)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        check_version(&transaction)?;
        transaction.commit()?;
        let mut database = Self { connection, file: (meta.dev(), meta.ino()), seen: 0 };
        let entries = database.read_new()?;
        Ok((database, entries))
    }

    /// Returns entries that other terminals, or this one, have written since the last read.
    pub(super) fn read_new(&mut self) -> Result<Vec<Entry>, StoreError> {
        let query = "SELECT at, id, kind, body, digest, seq FROM record WHERE seq > ?1 ORDER BY seq";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([self.seen], |row| Ok((row.get(5)?, entry(row)?)))?;
        let rows = rows.collect::<Result<Vec<(i64, Entry)>, _>>()?;
        self.seen = rows.last().map_or(self.seen, |(seq, _)| *seq);
        Ok(rows.into_iter().map(|(_, entry)| entry).collect())
    }

    /// Writes entries in one transaction.
    pub(super) fn write<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // A newer version of Dermaga in another terminal may have changed the schema in the meantime.
        check_version(&transaction)?;
        {
            let query = "INSERT OR IGNORE INTO record (at, id, kind, body, digest) VALUES (?1, ?2, ?3, ?4, ?5)";
            let mut statement = transaction.prepare_cached(query)?;
            for entry in entries {
                statement.execute(params![entry.at.0, entry.id, entry.kind, entry.body, digest(entry)])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Writes entries and moves everything from the write-ahead log into the file, so that the file alone is complete.
    pub(super) fn write_out<'a>(mut self, entries: impl IntoIterator<Item = &'a Entry>) -> Result<(), StoreError> {
        self.write(entries)?;
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Whether the file at `path` is still the file of this database. Another terminal may have moved the file aside.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|meta| (meta.dev(), meta.ino()) == self.file)
    }

    /// Copies the database into the file at `path`.
    pub(super) fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        Ok(self.connection.backup(MAIN_DB, path, None)?)
    }
}

/// Returns every readable entry of a database, even if the database is damaged or locked.
pub(super) fn salvage(path: &Path) -> Vec<Entry> {
    let mut entries = salvage_copy(path);
    if fs::metadata(path).is_ok_and(|meta| meta.is_file()) && !has_special_journal(path) {
        for access in [OpenFlags::SQLITE_OPEN_READ_WRITE, OpenFlags::SQLITE_OPEN_READ_ONLY] {
            entries.extend(connect(path, access, Duration::ZERO).map(|open| readable(&open)).unwrap_or_default());
        }
    }
    entries
}

/// Returns every readable entry of a database file that no process writes. Needs no lock and no other file, so the
/// folder may be read-only.
pub(super) fn salvage_copy(path: &Path) -> Vec<Entry> {
    if !fs::metadata(path).is_ok_and(|meta| meta.is_file()) {
        return Vec::new();
    }
    let escaped = percent::encode_path(&path.display().to_string());
    let address = PathBuf::from(format!("file:{escaped}?immutable=1"));
    let access = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    connect(&address, access, Duration::ZERO).map(|open| readable(&open)).unwrap_or_default()
}

/// Returns the undamaged entries. Reads forwards and backwards, and so gets the entries before and after damaged pages.
fn readable(connection: &Connection) -> Vec<Entry> {
    let mut entries = Vec::new();
    for order in ["ASC", "DESC"] {
        let query = format!("SELECT at, id, kind, body, digest FROM record ORDER BY seq {order}");
        let Ok(mut statement) = connection.prepare(&query) else { continue };
        let Ok(rows) = statement.query_map([], entry) else { continue };
        entries.extend(rows.filter_map(Result::ok));
    }
    entries
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let entry = Entry { at: Moment(row.get(0)?), id: row.get(1)?, kind: row.get(2)?, body: row.get(3)? };
    if row.get::<_, String>(4)? == digest(&entry) {
        return Ok(entry);
    }
    Err(rusqlite::Error::FromSqlConversionFailure(4, Type::Text, "the digest of another text".into()))
}

fn digest(entry: &Entry) -> String {
    fingerprint(format!("{} {} {} {}", entry.at.0, entry.id, entry.kind, entry.body).as_bytes())
}

fn connect(path: &Path, access: OpenFlags, patience: Duration) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    Ok(connection)
}

/// Whether a pipe, a device or a socket is in the place of a journal. `SQLite` would wait for such a file.
fn has_special_journal(path: &Path) -> bool {
    let is_special = |meta: fs::Metadata| !meta.is_file() && !meta.is_dir();
    ["-wal", "-shm", "-journal"].into_iter().any(|name| fs::metadata(with_suffix(path, name)).is_ok_and(is_special))
}

fn number(connection: &Connection, pragma: &str) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

fn check_version(connection: &Connection) -> Result<(), StoreError> {
    match (number(connection, "user_version")?, number(connection, "application_id")?) {
        (VERSION, id) if id == MARK + VERSION => Ok(()),
        (version, id) if version > VERSION && id == MARK + version => Err(StoreError::Newer),
        _ => Err(StoreError::Damaged),
    }
}

/// Opens a database with a write-ahead log. On file systems that cannot share memory, uses a rollback journal, which
/// is slower and just as safe.
fn connect_to_write(path: &Path) -> Result<Connection, StoreError> {
    let open = || connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, BUSY);
    let set = |connection: &Connection, pragma: &str, value: &str| {
        connection.pragma_update_and_check(None, pragma, value, |_| Ok(()))
    };
    let connection = open()?;
    // Only a write lock shows whether the write-ahead log can be used.
    let used =
        set(&connection, "journal_mode", "WAL").and_then(|()| connection.execute_batch("BEGIN IMMEDIATE; COMMIT"));
    match used.map_err(StoreError::from) {
        Err(error) if error.is_the_files() => {}
        // If another terminal uses the file, the journal mode stays unchanged.
        Err(error) if error.reason() != Reason::Busy => return Err(error),
        _ => return Ok(connection),
    }
    drop(connection);
    // A connection that locks the file exclusively from the beginning can leave the write-ahead log without shared
    // memory.
    let connection = open()?;
    set(&connection, "locking_mode", "EXCLUSIVE")?;
    set(&connection, "journal_mode", "DELETE")?;
    set(&connection, "locking_mode", "NORMAL")?;
    Ok(connection)
}
