//! Tests the lessons of this repository. Also tests runs of several lessons: exit statuses, reports, partitions,
//! interruptions and `--update`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use rustix::process::{Pid, Signal, kill_process};

use crate::project::{Ended, Project, block, lesson};
use crate::records::{Record, records, verdict_of};

fn console(text: &str) -> String {
    block("console", text)
}

/// Creates a project with a lesson that passes (`baik.md`), one that differs (`beda.md`) and one that is broken
/// (`henti.md`).
fn three() -> Project {
    let project = Project::new();
    project.write("baik.md", lesson(&[("a", &console("$ echo satu\nsatu"))]));
    let differs = console("$ echo dua\ntiga <&> \"empat\"");
    project.write("beda.md", lesson(&[("a", &differs), ("b", &console("$ echo lima\nlima"))]));
    project.write("henti.md", lesson(&[("a", &block("console,timeout=1s", "$ sleep 100"))]));
    project
}

fn of_kind<'a>(records: &'a [Record], kind: &str) -> Vec<&'a Record> {
    records.iter().filter(|record| record["event"] == kind).collect()
}

/// Every lesson of the built-in course passes in both languages, with each of its commands and claims.
#[test]
fn built_in_lessons_pass_in_both_languages() {
    let project = Project::with_our_lessons();
    let words = ["test", "--json", "--jobs", "2", "lessons/id", "lessons/en"];
    let ended = project.with_engine(words).within(300).run().is_alone();
    let not_met: Vec<String> = ended
        .out
        .lines()
        .filter(|line| line.contains(r#""verdict":"differs""#) || line.contains(r#""verdict":"broken""#))
        .map(str::to_owned)
        .collect();
    assert!(not_met.is_empty(), "{not_met:#?}");
    let ended = ended.code(0);
    let records = records(&ended.out);
    for kind in ["command-ended", "check-ended", "lesson-ended"] {
        let found = of_kind(&records, kind);
        assert!(found.len() >= 10, "{kind}: {}", found.len());
        for record in found {
            // A lesson without commands is skipped with the reason `nothing-to-run`.
            let is_read = record["judged"]["reason"] == "nothing-to-run";
            assert!(is_read || verdict_of(record) == "met", "{record:#}");
        }
    }
    let written = project.lessons_written();
    let mut proved: Vec<String> = of_kind(&records, "lesson-ended")
        .iter()
        .map(|record| record["file"].as_str().unwrap_or("?").to_owned())
        .collect();
    proved.sort();
    assert_eq!(proved, written, "each lesson once");
    println!("{} lessons: {:?}, {} KiB", proved.len(), ended.elapsed, ended.peak);
}

/// For a failed claim and for different output, the report contains the expected and the actual value and a remedy.
#[test]
fn report_on_a_differing_lesson_shows_expected_and_actual_output() {
    let check = block("check", "container: sapa\nState.ExitCode: 7\nwithin: 1s");
    let pull = block("console,hidden", "$ docker pull busybox:1.35");
    let run = console("$ docker run --name sapa busybox:1.35 echo halo\nselamat pagi");
    let project = Project::with(&lesson(&[("a", &(pull + &run + &check))]));
    for (lang, words) in [
        ("id", ["berbeda", "tertulis", "tercetak", "- selamat pagi", "+ halo", "lesson.md:15:1", "ExitCode", "7", "→"]),
        ("en", ["differs", "written", "printed", "- selamat pagi", "+ halo", "lesson.md:15:1", "ExitCode", "7", "→"]),
    ] {
        project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(1).says(&words).is_clean().is_alone();
    }
}

/// If a check holds before the first command of its step, the check does not test the step. So the report rejects it.
#[test]
fn check_that_holds_before_its_step_is_reported() {
    let empty = |already: &str| block("check", &format!("containers: {{ name: [sapa] }}\ncount: 0{already}"));
    let command = console("$ echo halo\nhalo");
    let project = Project::with(&lesson(&[("a", &(command.clone() + &empty("")))]));
    for (lang, words) in [("id", "tidak membuktikan apa pun"), ("en", "they prove nothing")] {
        let ended = project.with_engine(["test", "--lang", lang, "lesson.md"]).run();
        ended.code(1).says(&[words, "already: true"]).is_clean();
    }
    let project = Project::with(&lesson(&[("a", &(command + &empty("\nalready: true")))]));
    project.with_engine(["test", "lesson.md"]).run().code(0);
}

/// The tutor explains a mistake only if a command of the learner has caused it. So a mistake that matches before the
/// step can never be explained.
#[test]
fn mistake_that_matches_before_its_step_is_reported() {
    let check =
        |when: &str| block("check", &format!("volume: gudang\nmistakes:\n  - when: {when}\n    say: \"Belum.\""));
    let command = console("$ docker volume create gudang\ngudang");
    let project = Project::with(&lesson(&[("a", &(command.clone() + &check("{ volume: gudang, absent: true }")))]));
    for (lang, words) in [("id", "sudah ada sebelum perintah pertama"), ("en", "already there before the step")] {
        project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(1).says(&[words]).is_clean();
    }
    let project = Project::with(&lesson(&[("a", &(command + &check("{ volume: lain }")))]));
    project.with_engine(["test", "lesson.md"]).run().code(0);
}

#[test]
fn exit_status_follows_the_worst_verdict() {
    let project = three();
    project.write("salah.md", "# A\n\n## B\n\n```console,tiemout=1m\n$ true\n```\n");
    project.write("kosong.md", "---\ntitle: A\n---\n\n# A\n\n## B\n\nHanya kata.\n");
    let all_skipped = block("console,needs=gpu", "$ true");
    project.write("lewat.md", lesson(&[("a", &all_skipped)]).replace("minutes: 1", "minutes: 1\nneeds: [gpu]"));
    for (files, code) in [
        (&["baik.md"][..], 0),
        (&["baik.md", "beda.md"], 1),
        (&["baik.md", "beda.md", "henti.md"], 4),
        // `salah.md` has a format error. The lesson in the other file still runs.
        (&["baik.md", "salah.md"], 3),
        (&["beda.md", "salah.md"], 3),
        // The machine has no GPU, so this run has no lesson to run.
        (&["lewat.md"], 4),
        (&["baik.md", "lewat.md"], 0),
    ] {
        let ended = project.with_engine(["test", "--json"]).args(files).run().code(code);
        let right = files.iter().filter(|file| **file != "salah.md").count();
        assert_eq!(of_kind(&records(&ended.out), "lesson-ended").len(), right, "{files:?}");
    }
}

/// Parses the report in `hasil.xml`. Returns the report, and the status of each of its test cases.
fn cases_of(project: &Project) -> (Report, BTreeMap<String, &'static str>) {
    let report = Report::deserialize_from_str(&project.read("hasil.xml")).expect("well-formed XML of JUnit's form");
    let mut found = BTreeMap::new();
    for suite in &report.test_suites {
        for case in &suite.test_cases {
            let status = match &case.status {
                TestCaseStatus::Success { .. } => "met",
                TestCaseStatus::Skipped { .. } => "skipped",
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => "failure",
                TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => "error",
            };
            found.insert(format!("{} {}", suite.name.as_str(), case.name.as_str()), status);
        }
    }
    (report, found)
}

#[test]
fn junit_report_has_failures_for_differs_and_errors_for_broken() {
    let project = three();
    let words = ["test", "--junit", "hasil.xml", "baik.md", "beda.md", "henti.md"];
    project.with_engine(words).run().code(4);
    let (report, found) = cases_of(&project);
    let expected = [
        ("baik.md echo satu", "met"),
        ("beda.md echo dua", "failure"),
        ("beda.md echo lima", "met"),
        ("henti.md sleep 100", "error"),
    ];
    assert_eq!(found, expected.map(|(name, status)| (name.to_owned(), status)).into());
    assert_eq!((report.tests, report.failures, report.errors), (4, 1, 1));
}

#[test]
fn json_output_has_one_event_per_line() {
    let project = three();
    let ended = project.with_engine(["test", "--json", "--lang", "id", "beda.md"]).run().code(1).is_clean();
    assert_eq!(ended.err, "", "talk has no place here");
    let records = records(&ended.out);
    let names: Vec<&str> = records.iter().filter_map(|record| record["event"].as_str()).collect();
    assert_eq!(
        names.join(" "),
        "run-started engine-ready lesson-started step-started command-started command-ended step-started \
         command-started command-ended lesson-ended run-ended"
    );
    let command = of_kind(&records, "command-ended")[0];
    assert_eq!((&command["output"][0], &command["status"]), (&"dua".into(), &0.into()));
    assert_eq!((&command["at"]["file"], &command["at"]["line"]), (&"beda.md".into(), &11.into()));
    let message = command["judged"]["message"].as_str().expect("a message");
    assert!(message.contains("did not print"), "English, whatever the person's language is: {message}");
    assert_eq!((&records[records.len() - 1]["differs"], verdict_of(command)), (&1.into(), "differs"));
}

#[test]
fn fail_fast_stops_at_the_first_difference() {
    let project = three();
    let ended = project.with_engine(["test", "--json", "--fail-fast", "beda.md", "baik.md", "henti.md"]).run().code(1);
    let records = records(&ended.out);
    let ran = of_kind(&records, "command-ended");
    assert_eq!(ran.iter().map(|record| &record["command"]).collect::<Vec<_>>(), ["echo dua"]);
    let skipped: Vec<&Record> = of_kind(&records, "step-judged");
    assert_eq!((skipped.len(), &skipped[0]["judged"]["reason"]), (1, &"fail-fast".into()));
    let ends: Vec<&str> = of_kind(&records, "lesson-ended").into_iter().map(verdict_of).collect();
    assert_eq!(ends, ["differs", "skipped", "skipped"]);
}

#[test]
fn partitions_together_run_each_lesson_once() {
    let project = Project::new();
    let names: Vec<String> = (1..=5).map(|n| format!("p{n}.md")).collect();
    for name in &names {
        project.write(name, lesson(&[("a", &console("$ true"))]));
    }
    let mut covered = Vec::new();
    let mut sizes = Vec::new();
    for part in ["1/2", "2/2"] {
        let ended = project.with_engine(["test", "--json", "--jobs", "2", "--partition", part, "."]).run().code(0);
        let records = records(&ended.out);
        let files = of_kind(&records, "lesson-ended").into_iter().map(|record| record["file"].as_str().unwrap_or("?"));
        let files: Vec<String> = files.map(|file| file.trim_start_matches("./").to_owned()).collect();
        sizes.push(files.len());
        covered.extend(files);
    }
    covered.sort();
    assert_eq!(covered, names);
    assert_eq!(sizes, [3, 2]);
    // If there are more partitions than lessons, the last partition is empty. An empty partition fails.
    project.with_engine(["test", "--partition", "2/2", "p1.md"]).run().code(4);
}

/// The first `--update` changes only outputs that differ. The second `--update` does not write the file.
#[test]
fn second_update_changes_nothing() {
    let right = console("$ echo   satu   # komentar\nsatu");
    let aged = console(
        "$ docker pull -q hello-world >/dev/null; docker images\nREPOSITORY    TAG       IMAGE ID       CREATED      SIZE\nhello-world   latest    d1165f221234   8 days ago   13.3kB",
    );
    let wrong = console("$ printf 'a\\nb\\nc\\n'\na\nX\nc");
    let lacking = "> 1. kutipan\n>\n> ```console\n> $ echo tiga\n> ```\n\n".to_owned();
    for line_end in ["\n", "\r\n"] {
        let text = lesson(&[("a", &(right.clone() + &wrong)), ("b", &(aged.clone() + "* daftar  \n\n" + &lacking))]);
        let text = text.replace('\n', line_end);
        let project = Project::with(&text);
        let file = project.path("lesson.md");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("its mode");
        project.with_engine(["test", "lesson.md"]).run().code(1);
        assert_eq!(project.read("lesson.md"), text, "without --update nothing is written");

        let update = ["test", "--update", "--lang", "en", "lesson.md"];
        let ended = project.with_engine(update).run().code(0).is_alone();
        let once = project.read("lesson.md");
        let expected = text
            .replace(&format!("{line_end}X{line_end}"), &format!("{line_end}b{line_end}"))
            .replace("> $ echo tiga", &format!("> $ echo tiga{line_end}> tiga"));
        assert_eq!(once, expected, "{}", ended.all());
        assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
        let written = std::fs::metadata(&file).expect("a file").modified().expect("a time");
        project.with_engine(update).run().code(0);
        assert_eq!(project.read("lesson.md"), once);
        assert_eq!(std::fs::metadata(&file).expect("a file").modified().expect("a time"), written, "not rewritten");
        project.with_engine(["test", "lesson.md"]).run().code(0);
    }
}

/// `--update` inserts an output before a later command shows that the output is an id. Even then, `--update` writes the
/// form of the id that the lesson uses.
#[test]
fn update_generalizes_text_that_a_later_command_shows_to_be_an_id() {
    let first = console("$ ID=abc123def4$((RANDOM % 90 + 10)); echo siap; echo $ID\nsiap");
    let later = console("$ echo id $ID\nid 8f14e45fceea");
    let text = lesson(&[("a", &(first + &later))]);
    let project = Project::with(&text);
    project.with_engine(["test", "--update", "lesson.md"]).run().code(0);
    assert_eq!(project.read("lesson.md"), text.replace("siap\n```", "siap\n8f14e45fceea\n```"));
    project.with_engine(["test", "lesson.md"]).run().code(0);
}

/// Sends `signal` to the program while a command of the lesson sleeps. Returns the time from the signal to the
/// program's end.
fn stop_in_the_middle(project: &Project, signal: Signal, words: &[&str]) -> (Ended, Duration) {
    stop_at(project, signal, &["command-started", "sleep"], words)
}

/// Sends `signal` to the program when an event contains all of `marks`. Returns the time from the signal to the
/// program's end.
fn stop_at(project: &Project, signal: Signal, marks: &[&str], words: &[&str]) -> (Ended, Duration) {
    let mut sent = None;
    let ended = project.with_engine(["test", "--json", "--lang", "en"]).args(words).run_with(|line, pid| {
        if sent.is_none() && marks.iter().all(|mark| line.contains(mark)) {
            let pid = i32::try_from(pid).ok().and_then(Pid::from_raw).expect("a pid");
            kill_process(pid, signal).expect("a signal");
            sent = Some(Instant::now());
        }
    });
    let took = sent.expect("a command began").elapsed();
    (ended, took)
}

/// In the JSON events and in the `JUnit` file, commands that ran have their verdicts, and all other commands are
/// skipped.
#[test]
fn interrupted_run_reports_finished_commands_and_skips_the_others() {
    let project = three();
    let check = block("check", "container: tidak-ada\nabsent: true\nalready: true");
    let blocks = console("$ echo satu\nsatu") + &console("$ sleep 1000") + &console("$ echo dua\ndua") + &check;
    project.write("panjang.md", lesson(&[("a", &blocks), ("b", &check), ("c", "Hanya kata.")]));
    let words = ["--junit", "hasil.xml", "baik.md", "panjang.md", "beda.md"];
    for signal in [Signal::INT, Signal::TERM] {
        let (ended, took) = stop_in_the_middle(&project, signal, &words);
        let ended = ended.code(130).complains(&["Stopped"]).is_alone();
        assert!(took < Duration::from_secs(3), "{took:?}");
        let records = records(&ended.out);
        let mine: Vec<&Record> = records.iter().filter(|record| record["lesson"] == "panjang").collect();
        let told: Vec<String> = mine
            .iter()
            .filter(|record| record["judged"].is_object())
            .map(|record| format!("{} {}", record["event"].as_str().unwrap_or("?"), verdict_of(record)))
            .collect();
        let expected =
            "command-ended met,command-ended skipped,step-judged skipped,step-judged skipped,lesson-ended skipped";
        assert_eq!(told.join(","), expected, "{mine:#?}");
        let interrupted = mine.iter().filter(|record| record["judged"]["reason"] == "interrupted").count();
        assert_eq!(interrupted, 4, "{mine:#?}");
        let last = &records[records.len() - 1];
        assert_eq!(of_kind(&records, "lesson-ended").len(), 3, "{records:#?}");
        let counted = ["met", "differs", "skipped"].map(|kind| last[kind].as_u64().unwrap_or_default());
        assert_eq!((counted.iter().sum::<u64>(), &last["broken"]), (3, &0.into()), "{last}");
        let (_, found) = cases_of(&project);
        assert_eq!(found["panjang.md echo satu"], "met");
        for case in ["panjang.md sleep 1000", "panjang.md a", "panjang.md b"] {
            assert_eq!(found[case], "skipped", "{found:?}");
        }
        assert_eq!((found["baik.md echo satu"], found["beda.md beda"]), ("met", "skipped"));
    }
    // This run is interrupted before its first command, with `--jobs 2`.
    let (ended, _) = stop_at(&project, Signal::INT, &["run-started"], &[&words[..], &["--jobs", "2"]].concat());
    let records = records(&ended.code(130).is_alone().out);
    assert!(of_kind(&records, "lesson-ended").into_iter().all(|record| verdict_of(record) != "broken"), "{records:#?}");
    assert_eq!((of_kind(&records, "lesson-ended").len(), cases_of(&project).0.test_suites.len()), (3, 3));
    // Without `--json`, the terminal shows how many commands ran.
    let mut sent = false;
    let ended = project.with_engine(["test", "--lang", "en", "--verbose", "panjang.md", "beda.md"]);
    let ended = ended.run_with(|line, pid| {
        if line.contains("sleep 1000") && !std::mem::replace(&mut sent, true) {
            let pid = i32::try_from(pid).ok().and_then(Pid::from_raw).expect("a pid");
            kill_process(pid, Signal::INT).expect("a signal");
        }
    });
    let ended = ended.code(130).says(&["skipped", "stopped", "2 commands"]).complains(&["Stopped"]);
    assert!(!ended.out.contains("beda.md"), "{}", ended.all());
}

#[test]
fn lesson_that_needs_compose_is_skipped_without_compose() {
    let project = Project::new();
    let fence = block("console,needs=compose", "$ docker compose version\nDocker Compose version v2.30.0");
    project.write("a.md", lesson(&[("a", &fence)]));
    for (dir, compose, code, reason) in [
        ("ada", "echo Docker Compose version v2.30.0; exit 0", 0, Record::Null),
        ("tidak", "exit 1", 4, "needs".into()),
    ] {
        // A private engine uses the docker CLI that is in the same folder as its `dockerd`.
        for (name, does) in [
            ("dockerd", "exec /usr/sbin/dockerd \"$@\"".to_owned()),
            ("docker", format!("[ \"$1\" != compose ] || {{ {compose}; }}\nexec /usr/bin/docker \"$@\"")),
        ] {
            let program = project.write(&format!("{dir}/{name}"), format!("#!/bin/sh\n{does}\n"));
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
        }
        let path = format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", project.path(dir).display());
        let ended = project.with_engine(["test", "--json", "a.md"]).env("PATH", &path).run().code(code).is_clean();
        let found = records(&ended.out);
        assert_eq!(of_kind(&found, "lesson-ended")[0]["judged"]["reason"], reason, "{}", ended.all());
    }
}

/// The author writes only the input for the container's shell. A single `--update` inserts the outputs of all inputs.
#[test]
fn one_update_writes_all_outputs_of_a_containers_shell() {
    let typed = "$ docker run -it busybox:1.35 sh\n/ # echo satu; echo dua\n/ # ls /tidak\n/ # echo tiga\n/ # exit";
    let text = lesson(&[("a", &console(typed))]).replace("minutes: 1", "minutes: 1\nhave: [\"busybox:1.35\"]");
    let project = Project::with(&text);
    project.with_engine(["test", "--update", "lesson.md"]).run().code(0);
    let written = typed
        .replace("dua", "dua\nsatu\ndua")
        .replace("/tidak", "/tidak\nls: /tidak: No such file or directory")
        .replace("tiga", "tiga\ntiga");
    assert_eq!(project.read("lesson.md"), text.replace(typed, &written));
    project.with_engine(["test", "--update", "lesson.md"]).run().code(0);
    assert_eq!(project.read("lesson.md"), text.replace(typed, &written));
}

#[test]
fn lesson_without_commands_starts_no_engine() {
    let project = Project::new();
    let prose = "---\ntitle: A\n---\n\n# A\n\n## B\n\nHanya kata.\n";
    project.write("kosong.md", prose);
    project.write("perlu.md", lesson(&[("a", &block("console,needs=gpu", "$ true"))]));
    project.write("baik.md", lesson(&[("a", &console("$ true"))]));
    // These lessons need no engine, so the run must start none.
    let ended = project.dermaga(["test", "--json", "kosong.md", "perlu.md"]).run().code(4).is_clean();
    let found = records(&ended.out);
    assert!(of_kind(&found, "engine-ready").is_empty());
    let reasons: Vec<&Record> =
        of_kind(&found, "lesson-ended").iter().map(|record| &record["judged"]["reason"]).collect();
    assert_eq!(reasons, ["nothing-to-run", "needs"]);
    for (lang, words) in
        [("id", ["dilewati", "tidak ada yang bisa dijalankan"]), ("en", ["skipped", "nothing in it to run"])]
    {
        let ended = project.with_engine(["test", "--lang", lang, "kosong.md", "baik.md"]).run().code(0);
        ended.says(&words).is_clean();
    }
}

#[test]
fn ctrl_c_ends_the_run_its_engine_and_stubborn_commands() {
    let stubborn =
        "$ docker run --rm busybox:1.35 sleep 1000 & bash -c \"trap '' INT TERM HUP; sleep 1000; sleep 1000\"";
    let project = Project::with(&lesson(&[("a", &console(stubborn))]));
    let (ended, took) = stop_in_the_middle(&project, Signal::INT, &["lesson.md"]);
    let ended = ended.code(130).complains(&["Stopped"]).is_alone();
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert_eq!(project.left(), Vec::<String>::new(), "{}", ended.all());
}

/// After SIGKILL, the program cannot clean up. The kernel ends the processes, and the next run removes the files.
#[test]
fn killed_run_leaves_no_process_and_the_next_run_removes_its_files() {
    let project = Project::with(&lesson(&[("a", &console("$ sleep 1000"))]));
    for (signal, code, tidy) in [(Signal::TERM, 130, true), (Signal::HUP, 130, true), (Signal::KILL, 137, false)] {
        let (ended, _) = stop_in_the_middle(&project, signal, &["lesson.md"]);
        ended.code(code).is_alone();
        assert_eq!(project.left().is_empty(), tidy, "{signal:?}: {:#?}", project.left());
    }
    project.write("lesson.md", lesson(&[("a", &console("$ true"))]));
    project.with_engine(["test", "lesson.md"]).run().code(0).is_alone();
    let left: Vec<String> = project.left().into_iter().filter(|path| path.contains("/cache/")).collect();
    assert_eq!(left, Vec::<String>::new());
}
