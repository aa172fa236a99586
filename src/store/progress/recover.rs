//! Backups, and what is done with a file that is broken. Nothing is ever deleted but the fourth backup.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::{Connection, OpenFlags};

use super::database::Database;
use super::error::StoreError;
use super::folder::{Turn, beside, siblings};

/// How many backups are kept.
const KEPT: usize = 3;
/// How old the newest backup gets before there is another one.
const AGE: Duration = Duration::from_hours(24);

/// A copy of the database, if the last one is a day old. It may fail: the next one will be tried again.
pub(super) fn back_up(database: &Database) {
    let backups = siblings(&database.path, "backup-");
    let fresh = |path: &PathBuf| {
        let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
        modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age < AGE))
    };
    if backups.last().is_some_and(fresh) {
        return;
    }
    let Ok(Some(_turn)) = Turn::take(&database.path) else { return };
    let target = beside(&database.path, &format!("backup-{}", stamp()));
    if copy(&database.connection, &database.path, &target).is_ok() {
        let backups = siblings(&database.path, "backup-");
        for old in backups.iter().take(backups.len().saturating_sub(KEPT)) {
            let _ = fs::remove_file(old);
        }
    }
}

/// A copy that stays, before the shape of the database is changed.
pub(super) fn copy_before(connection: &Connection, path: &Path, version: i64) -> Result<(), StoreError> {
    copy(connection, path, &beside(path, &format!("before-{}-{}", version + 1, stamp())))
}

/// A whole copy under its final name, or none.
fn copy(connection: &Connection, path: &Path, target: &Path) -> Result<(), StoreError> {
    let part = beside(path, "part");
    let _ = fs::remove_file(&part);
    let copied = connection
        .execute("VACUUM INTO ?1", [part.to_string_lossy()])
        .map_err(StoreError::from)
        .and_then(|_| Ok(File::open(&part)?.sync_all()?))
        .and_then(|()| Ok(fs::rename(&part, target)?));
    if copied.is_err() {
        let _ = fs::remove_file(&part);
    }
    copied
}

/// Moves the broken file at `path` aside and puts the newest sound backup in its place, if there is one. The answer is
/// where the broken one is, or nothing when another terminal has done this by now.
pub(super) fn restore(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let _turn = Turn::wait(path);
    if !matches!(sound(path), Err(StoreError::Corrupt)) {
        return Ok(None);
    }
    let aside = beside(path, &format!("corrupt-{}", stamp()));
    fs::rename(path, &aside)?;
    // Its journal belongs to it, and would spoil the new file.
    for suffix in ["-wal", "-shm"] {
        let _ = fs::rename(with_suffix(path, suffix), with_suffix(&aside, suffix));
    }
    for backup in siblings(path, "backup-").into_iter().rev() {
        if sound(&backup).is_ok() {
            let part = beside(path, "part");
            fs::copy(&backup, &part)?;
            File::open(&part)?.sync_all()?;
            fs::rename(&part, path)?;
            break;
        }
    }
    Ok(Some(aside))
}

/// Whether the database at `path` can be read whole.
fn sound(path: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let answer: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(StoreError::Corrupt) }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A time as part of a file's name, which sorts as time does: `20261124T090059.123Z`.
pub(super) fn stamp() -> String {
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    now.strftime("%Y%m%dT%H%M%S.%3fZ").to_string()
}
