//! The store on a disk that works, on one that does not, and in the middle of being killed.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::*;
use crate::lesson::{LessonId, StepId};
use crate::progress::{Done, Moment, StepKey, What};

fn event(number: i64) -> ProgressEvent {
    let key = StepKey { lesson: LessonId("a".into()), step: StepId(format!("s{number}")), digest: "d".into() };
    ProgressEvent { at: Moment(number), what: What::Step { key, done: Done::Passed } }
}

fn steps(history: &History) -> Vec<String> {
    let step = |entry: &Entry| match entry.what() {
        What::Step { key, .. } => Some(key.step.0),
        _ => None,
    };
    history.entries().filter_map(step).collect()
}

fn names(path: &Path) -> Vec<String> {
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
fn what_is_recorded_is_there_next_time() {
    let (_dir, path) = filled(3);
    let (again, notice) = ProgressStore::open(&path);
    assert_eq!((steps(&again.history()), notice), (vec!["s0".into(), "s1".into(), "s2".into()], None));
    assert_eq!(again.history().last().unwrap().1.0, "s2");
}

#[test]
fn a_broken_file_is_kept_and_everything_comes_back() {
    for damage in ["header", "middle", "empty", "gone"] {
        let (_dir, path) = filled(50);
        let (_, _) = ProgressStore::open(&path);
        let mut bytes = fs::read(&path).unwrap();
        match damage {
            "header" => bytes[..64].fill(b'x'),
            "middle" => bytes[4096..8192].fill(0xff),
            _ => bytes.clear(),
        }
        fs::write(&path, &bytes).unwrap();
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", path.display()));
        }
        if damage == "gone" {
            fs::remove_file(&path).unwrap();
        }
        let (mut store, notice) = ProgressStore::open(&path);
        assert_eq!(steps(&store.history()).len(), 50, "{damage}: {notice:?}");
        if matches!(damage, "header" | "middle") {
            let Some(Notice::Restored { aside, entries: 50 }) = notice else { panic!("{damage}: {notice:?}") };
            assert_eq!(fs::read(aside).unwrap(), bytes);
        } else {
            assert_eq!(notice, Some(Notice::Replayed { entries: 50 }), "{damage}");
        }
        assert_eq!(store.record(&event(99)), None);
        assert_eq!(steps(&ProgressStore::open(&path).0.history()).len(), 51);
    }
}

#[test]
fn backups_are_three_at_most() {
    let (_dir, path) = filled(1);
    assert_eq!(names(&path).iter().filter(|name| name.contains("backup-")).count(), 1);
    for day in 1..6 {
        fs::write(folder::beside(&path, &format!("backup-2020010{day}")), "old").unwrap();
        let old = std::time::SystemTime::UNIX_EPOCH;
        for name in names(&path).iter().filter(|name| name.contains("backup-")) {
            let file = fs::OpenOptions::new().write(true).open(path.with_file_name(name)).unwrap();
            file.set_modified(old).unwrap();
        }
        ProgressStore::open(&path).0.record(&event(day));
    }
    let backups: Vec<String> = names(&path).into_iter().filter(|name| name.contains("backup-")).collect();
    assert_eq!(backups.len(), 3, "{backups:?}");
    assert!(!backups.iter().any(|name| name.contains("2020")), "{backups:?}");
}

#[test]
fn a_newer_file_is_read_and_not_written() {
    let (_dir, path) = filled(2);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("UPDATE fact SET value = '9.9.9' WHERE name = 'needs'; PRAGMA user_version = 7").unwrap();
    let (mut store, notice) = ProgressStore::open(&path);
    let reason = Reason::Newer { found: 7, needs: Some("9.9.9".into()) };
    assert_eq!(notice, Some(Notice::Memory { path: path.clone(), reason }));
    store.record(&event(5));
    assert_eq!((steps(&store.history()).len(), store.is_saved()), (3, false));
    let rows: i64 = connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2);
}

#[test]
fn a_program_that_became_old_stops_writing() {
    let (_dir, path) = filled(1);
    let (mut store, _) = ProgressStore::open(&path);
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 7").unwrap();
    assert!(matches!(store.record(&event(5)), Some(Notice::Unsaved { reason: Reason::Newer { found: 7, .. } })));
    assert_eq!(steps(&store.history()).len(), 2);
}

#[test]
fn where_nothing_can_be_written_memory_will_do() {
    for path in ["/proc/nowhere/progress.db", "/dev/null/progress.db"] {
        let (mut store, notice) = ProgressStore::open(Path::new(path));
        assert!(matches!(notice, Some(Notice::Memory { .. })), "{notice:?}");
        assert_eq!(store.record(&event(1)), None);
        assert_eq!((steps(&store.history()), store.is_saved()), (vec!["s1".to_owned()], false));
    }
}

#[test]
fn on_a_network_a_plain_file_takes_its_place_and_nothing_is_lost_on_the_way() {
    let (_dir, path) = filled(2);
    let (mut store, notice) = open::open(&path, Some("NFS"));
    assert!(matches!(notice, Some(Notice::Network { kind: "NFS", .. })));
    let (mut other, _) = open::open(&path, Some("NFS"));
    store.record(&event(10));
    other.record(&event(11));
    assert_eq!(steps(&other.history()).len(), 4);
    assert_eq!(steps(&open::open(&path, Some("NFS")).0.history()).len(), 4);
    // And back on a disk of this machine.
    assert_eq!(steps(&ProgressStore::open(&path).0.history()).len(), 4);
    fs::write(path.with_extension("json"), "{").unwrap();
    assert_eq!(steps(&open::open(&path, Some("NFS")).0.history()).len(), 4);
    assert!(names(&path).iter().any(|name| name.starts_with("progress.json.corrupt-")));
}

#[test]
fn imports_are_idempotent_and_pass_unknown_things_on() {
    let (_dir, path) = filled(3);
    let (one, _) = ProgressStore::open(&path);
    let mut file = Vec::new();
    one.export(&mut file).unwrap();
    let text =
        String::from_utf8(file).unwrap().replace("\n]", ",\n{\"at\":9,\"id\":\"z\",\"kind\":\"badge\",\"n\":[1]}\n]");
    let (_other_dir, other) = filled(2);
    let (mut store, _) = ProgressStore::open(&other);
    for new in [4, 0] {
        assert_eq!(store.import(&mut text.as_bytes()).unwrap().new, new);
    }
    let mut out = Vec::new();
    ProgressStore::open(&other).0.export(&mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains(r#""kind":"badge","n":[1]"#));
    assert!(store.import(&mut "{}".as_bytes()).is_err());
}

#[test]
fn the_outbox_gives_each_reader_what_it_has_not_confirmed() {
    let (_dir, path) = filled(3);
    let (mut store, _) = ProgressStore::open(&path);
    let first = store.unsent("class", 2);
    assert_eq!(first.len(), 2);
    store.sent("class", first[1].0);
    store.sent("class", first[0].0);
    assert_eq!((store.unsent("class", 9).len(), store.unsent("other", 9).len()), (1, 3));
}

/// Not a test of its own: the process that others kill. It prints a number once it is promised.
#[test]
#[ignore = "run by the tests that kill it"]
fn writer() {
    use std::io::Write as _;
    let Some(path) = std::env::var_os("DERMAGA_TEST_PROGRESS") else { return };
    let first: i64 = std::env::var("DERMAGA_TEST_FIRST").unwrap().parse().unwrap();
    let count: i64 = std::env::var("DERMAGA_TEST_COUNT").unwrap().parse().unwrap();
    let (mut store, notice) = ProgressStore::open(Path::new(&path));
    if let Some(notice) = notice {
        println!("notice {notice:?}");
    }
    for number in first..first + count {
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
    words.extend([own.as_str(), "store::progress::tests::writer", "--exact", "--ignored", "--nocapture"]);
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

/// What must hold after a crash: everything promised is there, nothing is there twice, and it opens without a word.
pub(super) fn is_old_or_new(path: &Path, promised: &[String], what: &str) {
    let (mut store, notice) = ProgressStore::open(path);
    assert!(matches!(notice, None | Some(Notice::Replayed { .. })), "{what}: {notice:?}");
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
fn a_write_cut_short_at_any_size_loses_nothing_that_was_promised() {
    // No file may grow past the limit: whatever writes there is killed in the middle.
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
fn terminals_that_write_and_die_together_lose_nothing() {
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
