//! The shape of the database, by version: each step forward is one of [`STEPS`], and none is ever changed again.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use super::error::StoreError;

/// What makes version N + 1 of version N.
const STEPS: [&str; 1] = ["
    CREATE TABLE entry (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (id, at, kind, body)
    ) STRICT;
    CREATE TABLE outbox (
        reader TEXT PRIMARY KEY,
        seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE fact (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO fact VALUES ('log_end', '0');
"];

/// The version this program writes.
pub(super) const VERSION: i64 = 1;

/// One step leads to each version.
const _: () = assert!(STEPS.len() == 1);

/// The version of a file; 0 of a new one.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// A version that we can write, else the error that says which program can.
pub(super) fn known(connection: &Connection) -> Result<i64, StoreError> {
    let found = version(connection)?;
    if found > VERSION {
        let needs = fact(connection, "needs").unwrap_or(None);
        return Err(StoreError::Newer { found, needs });
    }
    Ok(found)
}

/// Brings a file forward in one transaction.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = known(&transaction)?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    set_fact(&transaction, "needs", env!("CARGO_PKG_VERSION"))?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(transaction.commit()?)
}

pub(super) fn fact(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn set_fact(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("INSERT OR REPLACE INTO fact VALUES (?1, ?2)")?;
    statement.execute([name, value])?;
    Ok(())
}
