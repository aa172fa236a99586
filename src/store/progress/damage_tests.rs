//! Damages a database, its journals and its copy in many ways. Afterwards, the store still has every record up to the
//! end of the last lesson, has no invented record, and keeps working.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use rusqlite::Connection;

use super::tests::{event, names};
use super::*;
use crate::lesson::LessonId;
use crate::progress::Moment;

const PAGE: usize = 4096;
const RANDOM: usize = 1_000;

/// The files that a session left on the disk, and the histories that it recorded.
struct Left {
    files: Vec<(String, Vec<u8>)>,
    at_end: History,
    all: History,
}

/// Records a completed lesson and a part of another one. If `is_killed`, the files include the journal of the database,
/// as after a kill.
fn session(is_killed: bool) -> Left {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("progress.db");
    let (mut store, _) = ProgressStore::open(&path);
    for number in 0..60 {
        store.record(&event(number));
    }
    store.record(&ProgressEvent { at: Moment(60), what: What::Finished { lesson: LessonId("a".into()) } });
    let at_end = store.history();
    for number in 61..70 {
        store.record(&event(number));
    }
    let all = store.history();
    if !is_killed {
        store.database = None;
    }
    let files = names(&path).into_iter().map(|name| (name.clone(), fs::read(dir.path().join(name)).unwrap()));
    Left { files: files.collect(), at_end, all }
}

/// Puts the files into a new folder. Returns the path of the database.
fn put(left: &Left) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in &left.files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let path = dir.path().join("progress.db");
    (dir, path)
}

/// Returns the number of lost records, out of all records up to the end of the last lesson. Panics if the store invents
/// entries, cannot save entries, or gives a wrong notice.
fn lost(left: &Left, path: &Path, what: &str) -> usize {
    let (mut store, notice) = ProgressStore::open(path);
    let found = store.history();
    for entry in found.entries() {
        assert!(left.all.entries().any(|one| one == entry), "{what}: {entry:?} was never recorded");
    }
    let lost = left.at_end.entries().filter(|entry| !found.entries().any(|one| one == *entry)).count();
    // Some damage shows only when the store writes.
    let written = store.record(&event(1_000));
    assert!(matches!(written, None | Some(Notice::Restored { .. })), "{what}: {written:?} after {notice:?}");
    assert!(store.is_saved(), "{what}: {notice:?}");
    let (again, nothing) = ProgressStore::open(path);
    assert_eq!((again.history(), nothing), (store.history(), None), "{what}");
    if let Some(Notice::Restored { aside, entries }) = notice {
        assert!(fs::symlink_metadata(aside).is_ok(), "{what}");
        assert_eq!(entries, found.entries().len(), "{what}");
    }
    lost
}

fn sql(path: &Path, text: &str) {
    Connection::open(path).unwrap().execute_batch(text).unwrap();
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap_or_default();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

fn replace_text(path: &Path, from: &str, to: &[u8]) {
    change(path, |bytes| {
        let at = bytes.windows(from.len()).position(|part| part == from.as_bytes()).expect("the text");
        bytes[at..at + to.len()].copy_from_slice(to);
    });
}

/// Replaces a file by a folder, a pipe, a socket or a link.
fn special(path: &Path, kind: &str) {
    let _ = fs::remove_file(path);
    match kind {
        "folder" => fs::create_dir_all(path.join("inside")).unwrap(),
        "pipe" => rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RWXU).unwrap(),
        "socket" => drop(std::os::unix::net::UnixListener::bind(path).unwrap()),
        "link to nothing" => symlink("/nonexistent/x", path).unwrap(),
        "link to itself" => symlink(path, path).unwrap(),
        _ => symlink("/dev/zero", path).unwrap(),
    }
}

type Damage = Box<dyn Fn(&Path)>;

/// Lists ways to damage the database itself.
fn of_database() -> Vec<(String, Damage)> {
    let mut all: Vec<(String, Damage)> = Vec::new();
    let mut add = |name: &str, damage: Damage| all.push((name.to_owned(), damage));
    for kind in ["folder", "pipe", "socket", "link to nothing", "link to itself", "link to a device"] {
        add(kind, Box::new(move |path| special(path, kind)));
    }
    add("gone", Box::new(|path| fs::remove_file(path).unwrap()));
    for (name, length) in [("empty", 0), ("one byte", 1), ("100 bytes", 100), ("a page", PAGE), ("two pages", 2 * PAGE)]
    {
        add(name, Box::new(move |path| change(path, |bytes| bytes.truncate(length))));
    }
    add("half", Box::new(|path| change(path, |bytes| bytes.truncate(bytes.len() / 2))));
    add("without the last byte", Box::new(|path| change(path, |bytes| bytes.truncate(bytes.len() - 1))));
    add("with rubbish behind it", Box::new(|path| change(path, |bytes| bytes.extend([0x5a; 5000]))));
    add("text", Box::new(|path| fs::write(path, "halo, ini bukan basis data\n").unwrap()));
    add("rubbish", Box::new(|path| fs::write(path, vec![0x5a; 70_000]).unwrap()));
    // These offsets contain: magic, page size, write and read version, reserved bytes, change counter, the schema's
    // number and format, encoding, user_version, application_id, and the library's version.
    for at in [0, 16, 18, 19, 20, 24, 28, 40, 44, 56, 59, 60, 63, 68, 71, 92, 96] {
        for flip in [1_u8, 0x80] {
            let name = format!("header, byte {at} with {flip:#x}");
            add(&name, Box::new(move |path| change(path, |bytes| bytes[at] ^= flip)));
        }
    }
    for page in 0..8 {
        let at = page * PAGE;
        let fill = move |value: u8| -> Damage {
            Box::new(move |path| {
                change(path, |bytes| bytes.iter_mut().skip(at).take(PAGE).for_each(|byte| *byte = value));
            })
        };
        add(&format!("page {page} of 0"), fill(0));
        add(&format!("page {page} of 0xff"), fill(0xff));
        let drop_page = move |bytes: &mut Vec<u8>| drop(bytes.drain(at.min(bytes.len())..(at + PAGE).min(bytes.len())));
        add(&format!("page {page} dropped"), Box::new(move |path| change(path, drop_page)));
    }
    for (name, text) in [
        ("row deleted", "DELETE FROM record WHERE seq = 7"),
        ("all rows deleted", "DELETE FROM record"),
        ("time changed", "UPDATE record SET at = 4102444800000 WHERE seq = 7"),
        ("kind changed", "UPDATE record SET kind = 'finished' WHERE seq = 7"),
        ("digest changed", "UPDATE record SET digest = 'x' WHERE seq = 7"),
        ("table dropped", "DROP TABLE record"),
        ("table renamed", "ALTER TABLE record RENAME TO records"),
        ("column dropped", "ALTER TABLE record DROP COLUMN body"),
        ("column renamed", "ALTER TABLE record RENAME COLUMN body TO text"),
        ("view in its place", "ALTER TABLE record RENAME TO r; CREATE VIEW record AS SELECT 1 AS seq, 2 AS at FROM r"),
        ("other tables", "DROP TABLE record; CREATE TABLE moz_places (id INTEGER)"),
        ("no version", "PRAGMA user_version = 0"),
        ("a negative version", "PRAGMA user_version = -5"),
        ("an older version", "PRAGMA user_version = 1; PRAGMA application_id = 0"),
    ] {
        add(name, Box::new(move |path| sql(path, text)));
    }
    add("no UTF-8", Box::new(|path| replace_text(path, "\"passed\"", b"\"pass\xff\xfe\"")));
    add("another text", Box::new(|path| replace_text(path, "\"passed\"", b"\"helped\"")));
    all
}

#[test]
fn damaged_database_keeps_every_record_up_to_the_last_lessons_end() {
    let left = session(false);
    let all = of_database();
    assert!(all.len() > 47, "{}", all.len());
    for (name, damage) in all {
        let (_dir, path) = put(&left);
        damage(&path);
        assert_eq!(lost(&left, &path, &name), 0, "{name}");
    }
}

/// Damages the journal of a killed session, and puts special files in the place of `SQLite`'s own files.
#[test]
fn damaged_journal_keeps_every_record_up_to_the_last_lessons_end() {
    for (is_killed, suffixes) in [(true, vec!["-wal", "-shm"]), (false, vec!["-wal", "-shm", "-journal"])] {
        let left = session(is_killed);
        for suffix in suffixes {
            let file = |path: &Path| path.with_file_name(format!("progress.db{suffix}"));
            let kinds = ["folder", "pipe", "socket", "link to nothing", "gone", "empty", "half", "rubbish", "flipped"];
            for kind in kinds {
                let (_dir, path) = put(&left);
                let file = file(&path);
                match kind {
                    "gone" => drop(fs::remove_file(&file)),
                    "empty" => fs::write(&file, "").unwrap(),
                    "half" => change(&file, |bytes| bytes.truncate(bytes.len() / 2)),
                    "rubbish" => fs::write(&file, vec![0x5a; 40_000]).unwrap(),
                    "flipped" => change(&file, |bytes| bytes.iter_mut().skip(5000).step_by(9000).for_each(|b| *b ^= 4)),
                    kind => special(&file, kind),
                }
                let what = format!("{suffix} {kind}, killed: {is_killed}");
                assert_eq!(lost(&left, &path, &what), 0, "{what}");
            }
        }
    }
}

/// Damages only the copy. The database is intact, so no record is lost.
#[test]
fn damaged_copy_loses_no_record_and_is_replaced_at_the_next_lessons_end() {
    let left = session(false);
    for kind in ["folder", "pipe", "link to itself", "gone", "empty", "rubbish", "flipped", "part is a folder"] {
        let (_dir, path) = put(&left);
        let copy = path.with_file_name("progress.db.copy");
        match kind {
            "gone" => fs::remove_file(&copy).unwrap(),
            "empty" => fs::write(&copy, "").unwrap(),
            "rubbish" => fs::write(&copy, vec![0x5a; 40_000]).unwrap(),
            "flipped" => change(&copy, |bytes| bytes.iter_mut().step_by(1000).for_each(|byte| *byte ^= 1)),
            "part is a folder" => special(&path.with_file_name("progress.db.part"), "folder"),
            kind => special(&copy, kind),
        }
        let (mut store, notice) = ProgressStore::open(&path);
        assert_eq!((store.history(), notice), (left.all.clone(), None), "{kind}");
        store.record(&ProgressEvent { at: Moment(99), what: What::Finished { lesson: LessonId("b".into()) } });
        let history = store.history();
        drop(store);
        fs::write(&path, "rubbish").unwrap();
        assert_eq!(ProgressStore::open(&path).0.history(), history, "{kind}");
    }
}

#[test]
fn damage_during_a_session_loses_none_of_its_records() {
    let left = session(false);
    for (name, damage) in of_database() {
        // Skips damage through SQL, because SQL waits for the session's own locks. Such damage cannot happen by
        // accident during a session.
        if name.contains("dropped") || name.contains("version") || name.contains("rows") {
            continue;
        }
        let (_dir, path) = put(&left);
        let (mut store, _) = ProgressStore::open(&path);
        store.record(&event(2_000));
        damage(&path);
        store.record(&ProgressEvent { at: Moment(3_000), what: What::Finished { lesson: LessonId("b".into()) } });
        let history = store.history();
        drop(store);
        let found = ProgressStore::open(&path).0.history();
        assert!(history.entries().all(|entry| found.entries().any(|one| one == entry)), "{name}");
    }
}

/// Flips bits, cuts off the end, and drops or overwrites pages of the database and of a killed session's journal, with
/// a fixed seed.
#[test]
fn random_damage_keeps_every_record_up_to_the_last_lessons_end() {
    let sessions = [session(false), session(true)];
    let mut random = Rng::with_seed(20_261_129);
    let (mut all_lost, mut restored) = (0, 0);
    for round in 0..RANDOM {
        let is_killed = random.bool();
        let left = &sessions[usize::from(is_killed)];
        let (_dir, path) = put(left);
        let name = if is_killed && random.u8(..) < 170 { "progress.db-wal" } else { "progress.db" };
        let kind = random.u8(..4);
        change(&path.with_file_name(name), |bytes| {
            let length = bytes.len().max(1);
            let (at, page) = (random.usize(..length), random.usize(..length) / PAGE * PAGE);
            let end = (page + PAGE).min(bytes.len());
            match kind {
                0 | 1 => (0..=random.usize(..3)).for_each(|_| bytes[random.usize(..length)] ^= 1 << random.u8(..8)),
                2 => bytes.truncate(at),
                _ if random.bool() => drop(bytes.drain(page..end)),
                _ => bytes[page..end].iter_mut().for_each(|byte| *byte = random.u8(..)),
            }
        });
        let what = format!("round {round}: {name}, kind {kind}");
        let lost = lost(left, &path, &what);
        restored += usize::from(names(&path).iter().any(|name| name.contains("damaged")));
        assert_eq!(lost, 0, "{what}");
        all_lost += lost;
    }
    println!("{RANDOM} damages: {all_lost} records lost, {restored} files moved aside");
}
