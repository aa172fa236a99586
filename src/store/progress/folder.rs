//! The folder that progress is in: what kind of file system it is on, and the lock that openers take in turn.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

use crate::platform;

/// How long an opener waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The name of the network file system that `path` is or would be on, if it is on one.
pub(super) fn network(path: &Path) -> Option<&'static str> {
    let there = path.ancestors().find(|at| !at.as_os_str().is_empty() && at.exists()).unwrap_or(Path::new("."));
    platform::network_file_system(there)
}

/// Makes the folder of `path`, for this person alone.
pub(in crate::store) fn make(path: &Path) -> io::Result<()> {
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) if !parent.is_dir() => DirBuilder::new().recursive(true).mode(0o700).create(parent),
        _ => Ok(()),
    }
}

/// Held while one opener at a time changes more than rows: the journal's mode, the shape, the file itself.
#[derive(Debug)]
pub(super) struct Turn {
    _file: Option<File>,
}

impl Turn {
    /// Waits for the turn; without one after some patience, or where there are no locks, it goes on all the same:
    /// what is done under it is safe alone, and only slower or told twice when two do it.
    pub(super) fn wait(database: &Path) -> Self {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match Self::take(database) {
                Ok(Some(turn)) => return turn,
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Err(_) => break,
            }
        }
        Self { _file: None }
    }

    /// The turn, if nobody has it.
    pub(super) fn take(database: &Path) -> io::Result<Option<Self>> {
        let path = beside(database, "lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self { _file: Some(file) })),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// `progress.db` and `lock` → `progress.db.lock`.
pub(super) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    database.with_file_name(name)
}

/// Files beside `database` whose suffix begins with `prefix`, sorted by name.
pub(super) fn siblings(database: &Path, prefix: &str) -> Vec<PathBuf> {
    let start = beside(database, prefix);
    let start = start.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = database.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start)))
        .collect();
    found.sort();
    found
}
