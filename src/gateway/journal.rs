//! The journal of a session. The journal records the images that the session makes and their names, because a name
//! cannot carry a label.
//!
//! Each record is a line of JSON. The gateway writes an `intent` to the disk before it asks the engine, and `made` or
//! `failed` after the answer. The file is locked as long as the session's gateway runs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

/// One line of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Record {
    /// A gateway started.
    Session {
        /// The session's name.
        session: String,
        /// The lesson's id.
        lesson: String,
        /// The engine's id.
        engine: String,
        /// The time, in seconds since 1970.
        at: u64,
    },
    /// The gateway is about to send a request that makes images or gives them names.
    Intent(Intent),
    /// The request of an intent made names or images.
    Made {
        /// The intent's number.
        n: u64,
        /// The names that the request gave, each with the id of its image.
        names: Vec<(String, String)>,
        /// The ids of the new images, with or without a name. These images did not exist before the request.
        images: Vec<String>,
        /// The time, in seconds since 1970.
        at: u64,
    },
    /// The engine's answer broke off after it had reported new images.
    Heard {
        /// The intent's number.
        n: u64,
        /// The ids of the new images.
        images: Vec<String>,
    },
    /// The request of an intent made no names and no images.
    Failed {
        /// The intent's number.
        n: u64,
    },
    /// Names or images of the session were removed. If such a name appears again without a new `made` record, the name
    /// does not belong to the session.
    Gone {
        /// The removed names, and the ids of the removed images, both in the form of [`Made`](Self::Made).
        names: Vec<String>,
        /// The time, in seconds since 1970.
        at: u64,
    },
}

/// A request that makes images or gives them names. The gateway records the request before the engine gets it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The number of the intent in the session.
    pub n: u64,
    /// The kind of request: `pull`, `tag`, `build`, `commit`, `import`, `load`.
    pub by: String,
    /// The names as in `docker images`, with their tag or digest; empty if the request does not contain names.
    pub names: Vec<String>,
    /// The image that gets the names, if the image is known in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The time, in seconds since 1970.
    pub at: u64,
}

/// The images and names that a session certainly made, and the session's open intents. An intent alone does not prove
/// that its request succeeded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ledger {
    /// The names of images, each with the image's id.
    pub(crate) names: HashMap<String, String>,
    /// The names that pulls gave to images.
    pub(crate) pulled: HashSet<String>,
    /// The ids of the images that did not exist before the session's requests, oldest first.
    pub(crate) images: Vec<String>,
    /// The intents whose result is not in the journal.
    pub(crate) open: BTreeMap<u64, Intent>,
}

impl Ledger {
    /// Computes the ledger from the records of a journal.
    pub(crate) fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut ledger = Self::default();
        records.into_iter().for_each(|record| ledger.take(record));
        ledger
    }

    /// Whether the session made an image.
    pub(crate) fn has_image(&self, id: &str) -> bool {
        self.images.iter().any(|known| known == id)
    }

    fn take(&mut self, record: &Record) {
        match record {
            Record::Session { .. } => {}
            Record::Intent(intent) => {
                self.open.insert(intent.n, intent.clone());
            }
            Record::Made { n, names, images, .. } => {
                let is_pull = self.open.remove(n).is_some_and(|intent| intent.by == "pull");
                for (name, id) in names {
                    self.names.insert(name.clone(), id.clone());
                    if is_pull {
                        self.pulled.insert(name.clone());
                    } else {
                        self.pulled.remove(name);
                    }
                }
                self.images.retain(|known| !images.contains(known));
                self.images.extend(images.iter().cloned());
            }
            Record::Heard { images, .. } => self.images.extend(images.iter().cloned()),
            Record::Failed { n } => {
                self.open.remove(n);
            }
            Record::Gone { names, .. } => {
                self.names.retain(|known, _| !names.contains(known));
                self.images.retain(|known| !names.contains(known));
            }
        }
    }
}

/// A journal that is open for writing.
#[derive(Debug, Clone)]
pub(super) struct Journal(Arc<Mutex<OpenJournal>>);

#[derive(Debug)]
struct OpenJournal {
    file: File,
    next: u64,
    ledger: Ledger,
}

impl Drop for OpenJournal {
    /// Unlocks the file. Closing the file is not enough, because a child process that is being started also holds the
    /// lock until its `exec`.
    fn drop(&mut self) {
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

/// A session, as its journal describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The path of the journal.
    pub path: PathBuf,
    /// The session's name.
    pub name: String,
    /// The lesson's id.
    pub lesson: String,
    /// The id of the engine that the session used last.
    pub engine: String,
    /// All records of the journal.
    pub records: Vec<Record>,
    /// Whether the session's gateway is running.
    pub alive: bool,
}

impl Journal {
    /// Opens a session's journal. Creates the file if it does not exist.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let new = !path.exists();
        let mut file = OpenOptions::new().create(true).read(true).append(true).mode(0o600).open(path)?;
        lock(&file)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        if text.last().is_some_and(|&byte| byte != b'\n') {
            // The last record was cut off. The next record must begin on a new line.
            file.write_all(b"\n")?;
        }
        if new && let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
            // This writes the new file's name to the disk, so that the file is still there after a crash.
            let _ = folder.sync_all();
        }
        let records = records(&text);
        let ledger = Ledger::of(&records);
        let number = |record: &Record| if let Record::Intent(intent) = record { intent.n } else { 0 };
        let next = records.iter().map(number).max().unwrap_or_default() + 1;
        Ok(Self(Arc::new(Mutex::new(OpenJournal { file, next, ledger }))))
    }

    /// Calls `read` with the session's ledger, and returns the result.
    pub(super) fn with_ledger<T>(&self, read: impl FnOnce(&Ledger) -> T) -> T {
        read(&self.0.lock().unwrap_or_else(PoisonError::into_inner).ledger)
    }

    /// Returns a new number for an intent.
    pub(super) fn number(&self) -> u64 {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.next += 1;
        open.next - 1
    }

    /// Writes a record. Returns when the record is on the disk.
    pub(super) fn write(&self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.file.seek(SeekFrom::End(0))?;
        open.file.write_all(&line)?;
        open.file.sync_data()?;
        open.ledger.take(record);
        Ok(())
    }

    /// Writes a record like [`write`](Self::write), in a thread that may block.
    pub(super) async fn append(&self, record: Record) -> io::Result<()> {
        let journal = self.clone();
        let written = tokio::task::spawn_blocking(move || journal.write(&record));
        written.await.unwrap_or_else(|_| Err(io::Error::other("the writer is gone")))
    }
}

/// Locks a journal for its gateway. Tries several times, because [`read_session`] in another process holds the lock for
/// a moment.
fn lock(file: &File) -> io::Result<()> {
    for _ in 0..20 {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Err(rustix::io::Errno::WOULDBLOCK) => std::thread::sleep(std::time::Duration::from_millis(5)),
            locked => return Ok(locked?),
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

/// Returns the seconds since 1970, by this machine's clock.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Reads the records of a journal. Skips lines that are not records, such as a record that was cut off.
fn records(text: &[u8]) -> Vec<Record> {
    text.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

impl Session {
    /// Returns the images and names that the session made.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::of(&self.records)
    }

    /// Records that another session removed the names and images in `removed` at the time `at`. Skips names and images
    /// that this session never made, or made after `at`.
    fn forget(&mut self, removed: &[String], at: u64) {
        let made_at = |removed: &String| {
            self.records.iter().rev().find_map(|record| match record {
                Record::Made { names, images, at, .. } => {
                    (names.iter().any(|(name, _)| name == removed) || images.contains(removed)).then_some(*at)
                }
                _ => None,
            })
        };
        let names: Vec<String> =
            removed.iter().filter(|name| made_at(name).is_some_and(|made| made <= at)).cloned().collect();
        if !names.is_empty() {
            self.records.push(Record::Gone { names, at });
        }
    }
}

/// The maximum time for which an engine works on a request after the last record in the session's journal.
const LATE: Duration = Duration::from_mins(10);

/// Removes the journal of a session that left no objects on the engine. Keeps the journal while the engine may still be
/// working on the session's last request.
///
/// # Errors
/// Fails if the journal cannot be read or removed.
pub fn close(session: &Session) -> io::Result<()> {
    let written = std::fs::metadata(&session.path)?.modified()?;
    let is_late = SystemTime::now().duration_since(written).is_ok_and(|age| age >= LATE);
    if is_late { std::fs::remove_file(&session.path) } else { Ok(()) }
}

/// Reads a session's journal; `None` if the file is not a journal or cannot be read.
#[must_use]
pub fn read_session(path: &Path) -> Option<Session> {
    let mut file = File::open(path).ok()?;
    let mut text = Vec::new();
    file.read_to_end(&mut text).ok()?;
    let records = records(&text);
    let (name, lesson, engine) = records.iter().rev().find_map(|record| match record {
        Record::Session { session, lesson, engine, .. } => Some((session.clone(), lesson.clone(), engine.clone())),
        _ => None,
    })?;
    let alive = flock(&file, FlockOperation::NonBlockingLockShared).is_err();
    Some(Session { path: path.to_owned(), name, lesson, engine, records, alive })
}

/// Reads all journals in `folder`, ordered by file name. If one session removes an image or a name of another session,
/// both sessions count the image or the name as removed.
#[must_use]
pub fn sessions(folder: &Path) -> Vec<Session> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort_unstable();
    let mut sessions: Vec<Session> = paths.iter().filter_map(|path| read_session(path)).collect();
    let read = sessions.clone();
    for (session, own) in sessions.iter_mut().zip(&read) {
        let others = read.iter().filter(|other| other.engine == own.engine && other.name != own.name);
        for record in others.flat_map(|other| &other.records) {
            if let Record::Gone { names, at } = record {
                session.forget(names, *at);
            }
        }
    }
    sessions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(name: &str) -> Record {
        Record::Session { session: name.into(), lesson: "l01".into(), engine: "e".into(), at: 1 }
    }

    #[test]
    fn session_loses_a_name_that_another_session_removed_unless_it_makes_the_name_later() {
        let made =
            |n, name: &str, at| Record::Made { n, names: vec![(name.into(), "sha256:i".into())], images: vec![], at };
        let gone = |name: &str, at| Record::Gone { names: vec![name.into()], at };
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, records: &[Record]| {
            let journal = Journal::open(&folder.path().join(file)).unwrap();
            journal.write(&session(file)).unwrap();
            for record in records {
                journal.write(record).unwrap();
            }
        };
        write("a.jsonl", &[made(1, "x:1", 10), made(2, "y:1", 10), gone("z:1", 11), made(3, "z:1", 11)]);
        write("b.jsonl", &[gone("x:1", 20), gone("y:1", 5), made(1, "x:1", 30)]);
        let names = |session: &Session| {
            let mut names: Vec<String> = session.ledger().names.into_keys().collect();
            names.sort_unstable();
            names
        };
        let read = sessions(folder.path());
        assert_eq!(read.iter().map(names).collect::<Vec<_>>(), [vec!["y:1", "z:1"], vec!["x:1"]]);
    }

    #[test]
    fn closed_journal_ends_its_session_even_if_a_child_process_inherited_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let journal = Journal::open(&path).unwrap();
        journal.write(&session("s1")).unwrap();
        let _inherited = journal.0.lock().unwrap().file.try_clone().unwrap();
        assert!(read_session(&path).unwrap().alive);
        drop(journal);
        assert!(!read_session(&path).unwrap().alive);
    }

    #[test]
    fn journal_record_that_was_cut_off_is_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/a.jsonl");
        let intent = Record::Intent(Intent { n: 1, by: "tag".into(), names: vec!["a:1".into()], image: None, at: 2 });
        {
            let journal = Journal::open(&path).unwrap();
            journal.write(&session("s1")).unwrap();
            assert_eq!(journal.number(), 1);
            journal.write(&intent).unwrap();
            assert!(Journal::open(&path).is_err(), "one gateway a session");
            assert!(read_session(&path).unwrap().alive);
        }
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(br#"{"what":"made","n":1,"na"#).unwrap();
        drop(file);
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.number(), 2);
        journal.write(&Record::Failed { n: 1 }).unwrap();
        drop(journal);
        let read = sessions(path.parent().unwrap());
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].name.as_str(), read[0].alive), ("s1", false));
        assert_eq!(read[0].records, [session("s1"), intent, Record::Failed { n: 1 }]);
    }

    #[test]
    fn close_keeps_the_journal_until_the_engine_must_have_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        Journal::open(&path).unwrap().write(&session("s1")).unwrap();
        let read = read_session(&path).unwrap();
        close(&read).unwrap();
        assert_eq!(read_session(&path), Some(read.clone()));
        File::options().append(true).open(&path).unwrap().set_modified(SystemTime::now() - LATE).unwrap();
        close(&read).unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn file_that_is_no_journal_counts_as_no_session() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.jsonl"), "hello\n").unwrap();
        std::fs::write(folder.path().join("b.txt"), serde_json::to_vec(&session("x")).unwrap()).unwrap();
        assert_eq!(sessions(folder.path()), []);
        assert_eq!(sessions(&folder.path().join("none")), []);
    }

    #[test]
    fn name_belongs_to_the_session_only_after_its_request_was_confirmed() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("a.jsonl")).unwrap();
        let intent = |n, by: &str, name: &str| {
            Record::Intent(Intent { n, by: by.into(), names: vec![name.into()], image: None, at: 1 })
        };
        let made = |n, name: &str, id: &str| Record::Made {
            n,
            names: vec![(name.into(), id.into())],
            images: vec![format!("sha256:{id}")],
            at: 1,
        };
        let id_of = |name: &str| journal.with_ledger(|ledger| ledger.names.get(name).cloned());
        journal.write(&intent(1, "build", "a:1")).unwrap();
        assert_eq!(id_of("a:1"), None, "an intent is no proof");
        assert_eq!(journal.with_ledger(|ledger| ledger.open.len()), 1);
        journal.write(&made(1, "a:1", "i1")).unwrap();
        journal.write(&intent(2, "tag", "b:1")).unwrap();
        journal.write(&Record::Failed { n: 2 }).unwrap();
        journal.write(&intent(3, "pull", "c:1")).unwrap();
        journal.write(&made(3, "c:1", "i3")).unwrap();
        journal.write(&intent(4, "build", "a:1")).unwrap();
        journal.write(&made(4, "a:1", "i4")).unwrap();
        assert_eq!((id_of("a:1").as_deref(), id_of("b:1")), (Some("i4"), None));
        journal.write(&Record::Heard { n: 9, images: vec!["sha256:i9".into()] }).unwrap();
        journal.with_ledger(|ledger| {
            assert_eq!(ledger.images, ["sha256:i1", "sha256:i3", "sha256:i4", "sha256:i9"]);
            assert!(ledger.has_image("sha256:i9") && !ledger.has_image("sha256:i"));
            assert!(ledger.open.is_empty() && ledger.pulled.len() == 1 && ledger.pulled.contains("c:1"));
        });
        journal.write(&Record::Gone { names: vec!["a:1".into(), "sha256:i9".into()], at: 2 }).unwrap();
        assert_eq!(id_of("a:1"), None);
        assert!(!journal.with_ledger(|ledger| ledger.has_image("sha256:i9")));
        let read = journal.with_ledger(Ledger::clone);
        drop(journal);
        assert_eq!(read_session(&folder.path().join("a.jsonl")), None, "no session was written");
        let again = Journal::open(&folder.path().join("a.jsonl")).unwrap();
        assert_eq!(again.with_ledger(Ledger::clone), read);
        assert_eq!(again.number(), 5);
    }
}
