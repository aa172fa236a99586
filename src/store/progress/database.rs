//! The open database: rows in, rows out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior, params};

use super::error::StoreError;
use super::folder::Turn;
use super::log::Log;
use super::schema;
use crate::progress::{Entry, Moment};

/// How long a writer waits for another one.
const BUSY: Duration = Duration::from_secs(10);

/// A database that can be written.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    log: Log,
    /// The last row that was read or written here.
    seen: i64,
}

impl Database {
    /// Opens what is at `path` or makes it, brings its shape forward, and looks whether it is sound.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        let version = schema::known(&connection)?;
        if !is_wal(&connection)? || version < schema::VERSION {
            let _turn = Turn::wait(path);
            into_wal(&connection)?;
            if schema::known(&connection)? < schema::VERSION {
                if version > 0 {
                    super::recover::copy_before(&connection, path, version)?;
                }
                schema::migrate(&mut connection)?;
            }
        }
        connection.pragma_update(None, "synchronous", "FULL")?;
        let sound: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        if sound != "ok" {
            return Err(StoreError::Corrupt);
        }
        Ok(Self { path: path.to_owned(), connection, log: Log::beside(path), seen: 0 })
    }

    /// Entries that other terminals, or this one before, have written since the last look.
    pub(super) fn read_new(&mut self) -> Result<Vec<Entry>, StoreError> {
        let rows = read_rows(&self.connection, self.seen, usize::MAX)?;
        self.seen = rows.last().map_or(self.seen, |(seq, _)| *seq);
        Ok(rows.into_iter().map(|(_, entry)| entry).collect())
    }

    /// Takes in what the log has and the database has not: lines of a transaction that never came to its end. The
    /// answer is how many entries were new.
    pub(super) fn catch_up(&mut self) -> Result<usize, StoreError> {
        if self.log.len() == log_end(&self.connection)? {
            return Ok(0);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let new = replay(&transaction, &self.log)?;
        transaction.commit()?;
        Ok(new)
    }

    /// Writes entries in one transaction: to the log first, so that what is in neither was never promised.
    pub(super) fn write(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another terminal may run a newer program by now.
        schema::known(&transaction)?;
        replay(&transaction, &self.log)?;
        match self.log.append(entries) {
            Ok(end) => schema::set_fact(&transaction, "log_end", &end.to_string())?,
            // A log that cannot be written is missed only after a second accident; a full disk is one already.
            Err(error) if error.kind() == std::io::ErrorKind::StorageFull => return Err(error.into()),
            Err(_) => {}
        }
        for entry in entries {
            insert(&transaction, entry)?;
        }
        Ok(transaction.commit()?)
    }

    /// Rows that `reader` has not confirmed.
    pub(super) fn unsent(&self, reader: &str, most: usize) -> Result<Vec<(i64, Entry)>, StoreError> {
        let query = "SELECT seq FROM outbox WHERE reader = ?1";
        let sent: Option<i64> = self.connection.query_row(query, [reader], |row| row.get(0)).optional()?;
        read_rows(&self.connection, sent.unwrap_or(0), most)
    }

    /// Confirms rows; a number never goes back.
    pub(super) fn sent(&self, reader: &str, seq: i64) -> Result<(), StoreError> {
        let query = "INSERT INTO outbox VALUES (?1, ?2) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)";
        self.connection.execute(query, params![reader, seq])?;
        Ok(())
    }
}

/// Every entry of a database that is only read, of whatever version, as far as it can be understood.
pub(super) fn read_only(path: &Path) -> Vec<Entry> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |path: &Path, flags| -> Result<Vec<Entry>, StoreError> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        Ok(read_rows(&connection, 0, usize::MAX)?.into_iter().map(|(_, entry)| entry).collect())
    };
    let immutable = || {
        // In a folder that cannot be written there can be no shared memory: read the file as it lies there.
        let escaped: String = path.display().to_string().chars().map(escape).collect();
        open(Path::new(&format!("file:{escaped}?immutable=1")), flags | OpenFlags::SQLITE_OPEN_URI)
    };
    open(path, flags).or_else(|_| immutable()).unwrap_or_default()
}

fn escape(c: char) -> String {
    if matches!(c, '%' | '?' | '#') { format!("%{:02X}", u32::from(c)) } else { c.to_string() }
}

fn read_rows(connection: &Connection, after: i64, most: usize) -> Result<Vec<(i64, Entry)>, StoreError> {
    let query = "SELECT seq, at, id, kind, body FROM entry WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let mut statement = connection.prepare_cached(query)?;
    let rows = statement.query_map(params![after, i64::try_from(most).unwrap_or(i64::MAX)], |row| {
        let entry = Entry { at: Moment(row.get(1)?), id: row.get(2)?, kind: row.get(3)?, body: row.get(4)? };
        Ok((row.get(0)?, entry))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn insert(connection: &Connection, entry: &Entry) -> Result<usize, StoreError> {
    let query = "INSERT OR IGNORE INTO entry (at, id, kind, body) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = connection.prepare_cached(query)?;
    Ok(statement.execute(params![entry.at.0, entry.id, entry.kind, entry.body])?)
}

fn log_end(connection: &Connection) -> Result<u64, StoreError> {
    Ok(schema::fact(connection, "log_end")?.and_then(|end| end.parse().ok()).unwrap_or(0))
}

/// Inserts what stands in the log after the end that the database knows.
fn replay(connection: &Connection, log: &Log) -> Result<usize, StoreError> {
    let (known, end) = (log_end(connection)?, log.len());
    let mut new = 0;
    if end > known {
        for entry in log.read_from(known)? {
            new += insert(connection, &entry)?;
        }
    }
    if end != known {
        schema::set_fact(connection, "log_end", &end.to_string())?;
    }
    Ok(new)
}

fn is_wal(connection: &Connection) -> Result<bool, StoreError> {
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    Ok(mode.eq_ignore_ascii_case("wal"))
}

/// The change of mode does not wait for others as everything else does, so it is tried again.
fn into_wal(connection: &Connection) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        if is_wal(connection)? {
            return Ok(());
        }
        let changed = connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()));
        match changed.map_err(StoreError::from) {
            Err(error) if error.is_busy() && tries < 200 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(error),
            // Some file systems have no shared memory; then the mode stays what it was, which is slower and as safe.
            Ok(()) => return Ok(()),
        }
    }
}
