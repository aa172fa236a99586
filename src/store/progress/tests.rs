//! Tests the store on a disk that works, on a disk that fails, and in a process that is killed.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::*;
use crate::lesson::StepResult;
use crate::lesson::{LessonId, StepId};
use crate::progress::{Moment, StepKey, What};

/// The SQL that gives a database the version number of a future version.
const NEWER: &str = "PRAGMA user_version = 7; PRAGMA application_id = 0x44650007";

pub(super) fn event(number: i64) -> ProgressEvent {
    let key = StepKey { lesson: LessonId("a".into()), step: StepId(format!("s{number}")), digest: "d".into() };
    ProgressEvent { at: Moment(number), what: What::Step { key, done: StepResult::Passed } }
}

pub(super) fn steps(history: &History) -> Vec<String> {
    let step = |entry: &Entry| match entry.what() {
        What::Step { key, .. } => Some(key.step.0),
        _ => None,
    };
    history.entries().filter_map(step).collect()
}

pub(super) fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn filled(count: i64) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state/dermaga/progress.db");
    let (mut store, notice) = ProgressStore::open(&path);
    assert_eq!(notice, None);
    for number in 0..count {
        assert_eq!(store.record(&event(number)), None);
    }
    assert!(store.is_saved());
    (dir, path)
}

#[test]
fn reopened_store_has_the_recorded_steps() {
    let (_dir, path) = filled(3);
    let (again, notice) = ProgressStore::open(&path);
    assert_eq!((steps(&again.history()), notice), (vec!["s0".into(), "s1".into(), "s2".into()], None));
    assert_eq!(again.history().last().unwrap().1.0, "s2");
}

#[test]
fn newer_file_is_read_and_not_written() {
    let (_dir, path) = filled(2);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch(NEWER).unwrap();
    let (mut store, notice) = ProgressStore::open(&path);
    assert_eq!(notice, Some(Notice::Memory { path: path.clone(), reason: Reason::Newer }));
    store.record(&event(5));
    assert_eq!((steps(&store.history()).len(), store.is_saved()), (3, false));
    let rows: i64 = connection.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2);
}

#[test]
fn older_program_stops_writing_to_a_newer_file() {
    let (_dir, path) = filled(1);
    let (mut store, _) = ProgressStore::open(&path);
    rusqlite::Connection::open(&path).unwrap().execute_batch(NEWER).unwrap();
    assert_eq!(store.record(&event(5)), Some(Notice::Unsaved { reason: Reason::Newer }));
    assert_eq!(steps(&store.history()).len(), 2);
}

#[test]
fn progress_stays_in_memory_if_nothing_can_be_written() {
    for path in ["/proc/nowhere/progress.db", "/dev/null/progress.db"] {
        let (mut store, notice) = ProgressStore::open(Path::new(path));
        assert!(matches!(notice, Some(Notice::Memory { .. })), "{notice:?}");
        assert_eq!(store.record(&event(1)), None);
        assert_eq!((steps(&store.history()), store.is_saved()), (vec!["s1".to_owned()], false));
    }
}

/// Simulates a file system that cannot share memory.
#[test]
fn rollback_journal_is_used_without_shared_memory() {
    let (_dir, path) = filled(2);
    fs::create_dir(path.with_file_name("progress.db-shm")).unwrap();
    for number in 2..4 {
        let (mut store, notice) = ProgressStore::open(&path);
        let (mut other, _) = ProgressStore::open(&path);
        assert_eq!((store.record(&event(number)), notice), (None, None));
        assert_eq!(other.record(&event(number + 10)), None);
    }
    assert_eq!(steps(&ProgressStore::open(&path).0.history()).len(), 6);
    assert!(!names(&path).iter().any(|name| name.contains("damaged")), "{:?}", names(&path));
}

#[test]
fn only_the_owner_can_read_the_files_of_the_store() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, path) = filled(2);
    for loose in [true, false] {
        let (mut store, _) = ProgressStore::open(&path);
        let what = What::Finished { lesson: LessonId("a".into()) };
        store.record(&ProgressEvent { at: Moment(9), what });
        let folder = path.parent().unwrap();
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
        let names = names(&path);
        for name in ["progress.db", "progress.db-shm", "progress.db-wal", "progress.db.copy"] {
            assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
        }
        for name in names {
            let file = folder.join(name);
            let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", file.display());
        }
        drop(store);
        if loose {
            for file in [folder, &path] {
                fs::set_permissions(file, fs::Permissions::from_mode(0o777)).unwrap();
            }
        }
    }
}

/// One terminal has the file open. Another terminal finds the file damaged and moves it aside.
#[test]
fn terminal_writes_to_the_new_file_after_its_file_was_moved_aside() {
    let (_dir, path) = filled(2);
    let (mut first, _) = ProgressStore::open(&path);
    first.record(&event(2));
    let aside = path.with_file_name("aside.db");
    fs::rename(&path, &aside).unwrap();
    let (mut second, _) = ProgressStore::open(&path);
    second.record(&event(3));
    assert_eq!(first.record(&event(4)), None);
    assert_eq!(steps(&ProgressStore::open(&path).0.history()).len(), 5);
}

#[test]
fn import_is_idempotent_and_keeps_unknown_entries() {
    let (_dir, path) = filled(3);
    let (one, _) = ProgressStore::open(&path);
    let text = one.export().replace("\n]", ",\n{\"at\":9,\"id\":\"z\",\"kind\":\"badge\",\"n\":[1]}\n]");
    let (_other_dir, other) = filled(2);
    let (mut store, _) = ProgressStore::open(&other);
    for new in [4, 0] {
        assert_eq!(store.import(&mut text.as_bytes()).unwrap().new, new);
    }
    assert!(ProgressStore::open(&other).0.export().contains(r#""kind":"badge","n":[1]"#));
    assert!(store.import(&mut "{}".as_bytes()).is_err());
}

/// Writes entries, and prints the number of each confirmed entry. Runs in a second process of this test binary, which
/// the test kills.
fn write_until_killed(path: &Path) {
    use std::io::Write as _;
    let first: i64 = std::env::var("DERMAGA_TEST_FIRST").unwrap().parse().unwrap();
    let count: i64 = std::env::var("DERMAGA_TEST_COUNT").unwrap().parse().unwrap();
    let (mut store, notice) = ProgressStore::open(path);
    if let Some(notice) = notice {
        println!("notice {notice:?}");
    }
    for number in first..first + count {
        if number == first + 1 {
            // At the end of a lesson, the store copies the database.
            store.record(&ProgressEvent { at: Moment(number), what: What::Finished { lesson: LessonId("a".into()) } });
        }
        if let Some(notice) = store.record(&event(number)) {
            println!("notice {notice:?}");
        }
        if store.is_saved() {
            println!("promised s{number}");
            std::io::stdout().flush().unwrap();
        }
    }
}

pub(super) fn start(wrapper: &[&str], path: &Path, first: i64, count: i64) -> Child {
    let own = std::env::current_exe().unwrap();
    let own = own.to_string_lossy().into_owned();
    let mut words: Vec<&str> = wrapper.to_vec();
    let test = "store::progress::tests::write_cut_short_at_any_size_keeps_confirmed_steps";
    words.extend([own.as_str(), test, "--exact", "--nocapture"]);
    Command::new(words[0])
        .args(&words[1..])
        .env("DERMAGA_TEST_PROGRESS", path)
        .env("DERMAGA_TEST_FIRST", first.to_string())
        .env("DERMAGA_TEST_COUNT", count.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

pub(super) fn promised(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| Some(line.split_once("promised ")?.1.to_owned())).collect()
}

/// Checks the store after a crash: every confirmed entry is there, no entry is there twice, and opening gives no
/// notice.
pub(super) fn is_old_or_new(path: &Path, promised: &[String], what: &str) {
    let (mut store, notice) = ProgressStore::open(path);
    assert_eq!(notice, None, "{what}");
    let mut found = steps(&store.history());
    for step in promised {
        assert!(found.contains(step), "{what}: {step} was promised and is lost");
    }
    let all = found.len();
    found.sort();
    found.dedup();
    assert_eq!(found.len(), all, "{what}: twice");
    assert_eq!(store.record(&event(1_000_000)), None, "{what}");
}

#[test]
fn write_cut_short_at_any_size_keeps_confirmed_steps() {
    if let Some(path) = std::env::var_os("DERMAGA_TEST_PROGRESS") {
        return write_until_killed(Path::new(&path));
    }
    // prlimit limits the size of files. The kernel kills the process in the middle of the write that exceeds the limit.
    let mut cut = 0;
    for limit in (0..40_000).step_by(1_237) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("p/progress.db");
        let mut child = start(&["prlimit", &format!("--fsize={limit}"), "--core=0"], &path, 0, 30);
        let promised = promised(&mut child);
        cut += usize::from(!child.wait().unwrap().success());
        is_old_or_new(&path, &promised, &format!("at {limit}"));
    }
    assert!(cut > 5, "only {cut} were cut");
}

#[test]
fn terminals_killed_while_writing_keep_confirmed_steps() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p/progress.db");
    let mut all = Vec::new();
    for round in 0..4_i64 {
        let mut children: Vec<Child> = (0..4)
            .map(|at| {
                start(&["timeout", "-s", "KILL", &format!("0.{}", 1 + at * 2)], &path, round * 4000 + at * 1000, 900)
            })
            .collect();
        for child in &mut children {
            all.extend(promised(child));
            let _ = child.wait();
        }
    }
    assert!(all.len() > 10, "only {} were promised", all.len());
    is_old_or_new(&path, &all, "killed");
}
