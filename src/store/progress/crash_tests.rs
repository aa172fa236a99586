//! Kills a process, or gives it an error, while it writes progress. In each run, strace injects the fault at another
//! system call that changes a file, until every such call has had the fault.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Child;

use super::tests::{is_old_or_new, promised, start};

/// The system calls that change something on the disk.
const CALLS: &str = "openat,write,pwrite64,writev,fsync,fdatasync,ftruncate,fallocate,unlink,rename,renameat2,mkdir,\
                     chmod,fchmod,link,linkat";
/// The upper limit of the call number. The process makes fewer calls.
const FAR: usize = 2_000;

/// Starts a process that writes three steps. strace injects `fault` at call number `at`, or nowhere if `at` is 0. The
/// trace of strace is beside the folder of the database.
fn faulty(path: &Path, fault: &str, at: usize) -> Child {
    let folder = path.parent().unwrap();
    let trace = folder.with_extension("trace");
    let names =
        ["", "/progress.db", "/progress.db-wal", "/progress.db-shm", "/progress.db-journal", "/progress.db.copy"];
    let parts = ["/progress.db.part", "/progress.db.part-journal", "/progress.db.part-wal"];
    let mut words: Vec<String> = ["strace", "-f", "-qq", "-y", "-o"].map(str::to_owned).into();
    words.push(trace.display().to_string());
    words.extend(["-e".to_owned(), format!("trace={CALLS}")]);
    words.extend(names.iter().chain(&parts).flat_map(|name| ["-P".to_owned(), format!("{}{name}", folder.display())]));
    if at > 0 {
        words.extend(["-e".to_owned(), format!("inject={CALLS}:{fault}:when={at}")]);
    }
    start(&words.iter().map(String::as_str).collect::<Vec<_>>(), path, 0, 3)
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let strace = std::process::Command::new("strace").arg("-V").output();
    assert!(strace.is_ok(), "this test needs strace: scripts/setup --tests installs it");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("p/progress.db");
    (dir, path)
}

#[test]
fn confirmed_steps_survive_a_kill_at_any_system_call() {
    let mut killed = 0;
    for at in 1..FAR {
        let (_dir, path) = place();
        let mut child = faulty(&path, "signal=SIGKILL", at);
        let promised = promised(&mut child);
        let whole = child.wait().unwrap().success();
        is_old_or_new(&path, &promised, &format!("killed at call {at}"));
        if whole {
            assert_eq!(promised.len(), 3, "at {at}");
            break;
        }
        killed += 1;
    }
    assert!((20..FAR - 1).contains(&killed), "{killed} calls");
    println!("killed at {killed} calls");
}

/// Checks that the error does not end the writer, and that every confirmed step is still there.
#[test]
fn confirmed_steps_survive_an_error_of_any_system_call() {
    for fault in ["error=EIO", "error=ENOSPC"] {
        let mut refused = 0;
        for at in 1..FAR {
            let (_dir, path) = place();
            let mut child = faulty(&path, fault, at);
            let promised = promised(&mut child);
            assert!(child.wait().unwrap().success(), "{fault} at call {at} ended the writer");
            is_old_or_new(&path, &promised, &format!("{fault} at call {at}"));
            let trace = std::fs::read_to_string(path.parent().unwrap().with_extension("trace")).unwrap();
            if !trace.contains("(INJECTED)") {
                break;
            }
            refused += 1;
        }
        assert!((20..FAR - 1).contains(&refused), "{refused} calls");
        println!("{fault} at {refused} calls");
    }
}

/// A power cut loses data that was not synced. Before a step is confirmed, its record and the name of its file must be
/// on the disk.
#[test]
fn step_is_confirmed_only_after_it_is_on_the_disk() {
    let (_dir, path) = place();
    let folder = path.parent().unwrap();
    let trace = folder.with_extension("trace");
    let words =
        ["strace", "-f", "-qq", "-y", "-s", "200", "-e", &format!("trace={CALLS}"), "-o", &trace.display().to_string()];
    let mut child = start(&words, &path, 0, 3);
    assert_eq!(promised(&mut child).len(), 3);
    assert!(child.wait().unwrap().success());
    let (mut open, mut names) = (BTreeSet::new(), BTreeSet::new());
    let mut seen = 0;
    for line in std::fs::read_to_string(trace).unwrap().lines() {
        let Some((call, rest)) = line.split_once(' ').and_then(|(_, line)| line.trim_start().split_once('(')) else {
            continue;
        };
        let file = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(file, _)| file);
        let ours = file.starts_with(folder.to_str().unwrap()) && !file.ends_with("-shm");
        match call {
            "write" | "pwrite64" | "writev" | "ftruncate" if ours => {
                open.insert(file.to_owned());
            }
            "openat" if rest.contains("O_CREAT") && rest.contains("/p/progress") && !rest.contains("-shm") => {
                let made = rest.split('"').nth(1).unwrap_or_default();
                if names.insert(made.to_owned()) {
                    open.insert(format!("the name of {made}"));
                }
            }
            "fsync" | "fdatasync" if file == folder.to_str().unwrap() => {
                open.retain(|what| !what.starts_with("the name"));
            }
            "fsync" | "fdatasync" => {
                open.remove(file);
            }
            "write" if rest.contains("promised s") => {
                seen += 1;
                assert!(open.is_empty(), "not on the disk when {rest} was said: {open:?}");
            }
            _ => {}
        }
    }
    assert_eq!(seen, 3);
}
