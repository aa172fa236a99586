//! `progress.jsonl`: every entry as a line, only ever appended to. It is written inside the database's transaction, so
//! one writer at a time holds it, and the database knows how much of it it has.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::progress::Entry;

/// The log beside a database.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) path: PathBuf,
}

impl Log {
    pub(super) fn beside(database: &Path) -> Self {
        Self { path: database.with_extension("jsonl") }
    }

    /// Its length in bytes; 0 when there is none.
    pub(super) fn len(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }

    /// Appends entries and waits until they are on the disk. The answer is the new length. After a failure the log is
    /// as it was, as far as the disk lets us.
    pub(super) fn append(&self, entries: &[Entry]) -> std::io::Result<u64> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).mode(0o600).open(&self.path)?;
        let before = file.seek(SeekFrom::End(0))?;
        let mut text = String::new();
        if before > 0 && !ends_line(&mut file)? {
            // A crash cut the last line short.
            text.push('\n');
        }
        for entry in entries {
            text.push_str(&entry.to_line());
            text.push('\n');
        }
        if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_data()) {
            let _ = file.set_len(before);
            return Err(error);
        }
        Ok(before + text.len() as u64)
    }

    /// The entries from byte `start` on; what is no entry is passed over.
    pub(super) fn read_from(&self, start: u64) -> std::io::Result<Vec<Entry>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.lines().filter_map(Entry::from_line).collect())
    }
}

fn ends_line(file: &mut File) -> std::io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
