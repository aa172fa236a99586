//! Tests runs whose parent ignores signals, and machines that lack memory, processes or open files.

use crate::project::{Ended, Project, block, lesson};
use crate::records::{records, verdict_of};

/// Runs `dermaga test` from a bash that has run the script `first`.
fn under(project: &Project, first: &str) -> Ended {
    let script = format!("{first}; exec \"$@\"");
    let words = ["-c", &script, "world", env!("CARGO_BIN_EXE_dermaga"), "test", "--json", "lesson.md"];
    project.program("bash", &words).run()
}

/// Returns the verdict on the last command of the run, and the kind of its infrastructure failure.
fn last(ended: &Ended) -> (String, String) {
    let records = records(&ended.out);
    let command = records.iter().rfind(|record| record["event"] == "command-ended").expect("a command");
    (verdict_of(command).to_owned(), command["judged"]["trouble"].as_str().unwrap_or_default().to_owned())
}

fn one(fence: &str) -> Project {
    Project::with(&lesson(&[("a", &block("console", fence))]))
}

#[test]
fn lesson_commands_do_not_ignore_signals_that_the_parent_ignores() {
    // The last seven hexadecimal digits stand for signals 1 to 28. The digits before them are elided, because the C
    // library and container runtimes use signal 32.
    let masks = "$ grep SigIgn /proc/self/status\nSigIgn:\t[..]0000000\n\
                 $ docker run --rm busybox:1.35 grep SigIgn /proc/self/status\nSigIgn:\t[..]0000000";
    let project =
        Project::with(&format!("---\nhave: [\"busybox:1.35\"]\n---\n\n{}", lesson(&[("a", &block("console", masks))])));
    under(&project, "trap '' HUP INT QUIT USR1 TERM TSTP").code(0);
}

#[test]
fn machine_without_free_file_descriptors_breaks_the_lesson() {
    let few = block("console,hidden", "$ few() (ulimit -n \"$1\"; shift; \"$@\")");
    let project = Project::with(&lesson(&[("a", &(few + &block("console", "$ few 4 docker ps\nCONTAINER ID")))]));
    let ended = under(&project, "true");
    assert_eq!(last(&ended), ("broken".into(), "exhausted".into()), "{}", ended.all());
    assert!(ended.code == 4 && !ended.all().contains("run --update"), "{}", ended.all());
    // In this lesson, a command sets the limit, so the lesson has caused the failure.
    let ended = under(&one("$ (ulimit -n 4; docker ps)\nCONTAINER ID"), "true");
    assert_eq!(last(&ended).0, "differs", "{}", ended.all());
}

#[test]
fn lesson_is_broken_if_somebody_else_kills_its_shell() {
    // This command does not contain the word `kill`, so the runner assumes that somebody else has killed the shell.
    let project = Project::with(&lesson(&[(
        "a",
        &(block("console,hidden", "$ K=ki") + &block("console", "$ ${K}ll -9 $$\nhalo")),
    )]));
    let ended = under(&project, "true");
    assert_eq!(last(&ended), ("broken".into(), "shell-lost".into()), "{}", ended.all());
    let ended = under(&one("$ kill -9 $$\nhalo"), "true");
    assert_eq!(last(&ended).0, "differs", "{}", ended.all());
}

#[test]
fn lesson_may_expect_that_a_container_lacks_memory_or_processes() {
    let memory = block("console,exit=137", "$ docker run --rm -m 16m busybox:1.35 sh -c 'exec tail /dev/zero'\n...");
    // Until the shell starts, the threads of the container runtime count too. So the limit leaves room for them.
    let processes = block(
        "console,exit=2",
        "$ docker run --rm --pids-limit 32 busybox:1.35 sh -c 'while :; do sleep 99 & done'\nsh: can't fork: Resource temporarily unavailable",
    );
    let project = Project::with(&format!(
        "---\nhave: [\"busybox:1.35\"]\n---\n\n{}",
        lesson(&[("a", &memory), ("b", &processes)])
    ));
    under(&project, "true").code(0);
}
