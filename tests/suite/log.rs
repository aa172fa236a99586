//! Tests `--log` and `DERMAGA_LOG` without an engine.

use crate::project::{Project, block, lesson};

fn project() -> Project {
    Project::with(&lesson(&[("a", &block("console", "$ true"))]))
}

#[test]
fn each_run_appends_to_the_log_file() {
    let project = project();
    for _ in 0..2 {
        let ended = project.dermaga(["lint", "lesson.md", "--log", "log.txt"]).run().code(0).is_clean();
        assert!(!ended.err.contains(" INFO "), "{}", ended.all());
    }
    let log = project.read("log.txt");
    let starts: Vec<&str> = log.lines().filter(|line| line.contains(" started version=")).collect();
    assert_eq!(starts.len(), 2, "{log}");
    assert!(starts[0].contains("lint lesson.md") && starts[0].contains("Z  INFO dermaga::"), "{log}");
    assert!(log.ends_with("ended code=0\n") && !log.contains('\x1b'), "{log}");
}

#[test]
fn dermaga_log_without_a_log_file_logs_to_standard_error() {
    let ended = project().dermaga(["lint", "lesson.md"]).env("DERMAGA_LOG", "info").run().code(0);
    assert!(ended.err.contains("ended code=0"), "{}", ended.all());
    let ended = project().dermaga(["lint", "lesson.md"]).env("DERMAGA_LOG", "").run().code(0);
    assert!(!ended.err.contains(" INFO "), "{}", ended.all());
}

#[test]
fn log_contains_only_messages_of_dermaga_and_mdbook() {
    let project = Project::with_our_lessons();
    project.dermaga(["build", "lessons", "--log", "log.txt"]).env("DERMAGA_LOG", "trace").within(300).run().code(0);
    let log = project.read("log.txt");
    let foreign = log.lines().find(|line| !line.contains(" dermaga::") && !line.contains(" mdbook"));
    assert_eq!(foreign, None);
}

#[test]
fn log_that_cannot_be_written_is_reported_at_once() {
    let project = project();
    rustix::fs::mknodat(rustix::fs::CWD, project.path("pipe"), rustix::fs::FileType::Fifo, 0o600.into(), 0)
        .expect("a pipe");
    let cases = [
        ("nowhere/log.txt", 2, "Direktori nowhere belum ada", "The directory nowhere does not exist"),
        (".", 4, ". adalah direktori", ". is a directory"),
        ("pipe", 2, "pipe adalah pipa", "pipe is a pipe"),
    ];
    for (path, code, indonesian, english) in cases {
        for (lang, words) in [("id", indonesian), ("en", english)] {
            let lint = ["lint", "--lang", lang, "lesson.md", "--log", path];
            project.dermaga(lint).within(10).run().code(code).complains(&[words]).is_clean();
        }
    }
}

#[test]
fn invalid_filter_is_a_command_line_error() {
    for (lang, words) in [("id", "bukan saringan"), ("en", "no filter")] {
        let lint = ["lint", "--lang", lang, "lesson.md"];
        let ended = project().dermaga(lint).env("DERMAGA_LOG", "dermaga=lout").run().code(2).is_clean();
        ended.complains(&[words, "dermaga=lout", "`dermaga=debug`"]);
    }
}
