use regex::{NoExpand, Regex};

use super::*;
use crate::lesson::{LessonId, parse};
use crate::text::Source;

/// Includes a lesson of this repository in both languages, and its recording.
macro_rules! lesson {
    ($group:literal, $name:literal) => {
        (
            [
                include_str!(concat!("../../lessons/id/", $group, "/", $name, ".md")),
                include_str!(concat!("../../lessons/en/", $group, "/", $name, ".md")),
            ],
            include_str!(concat!("../../lessons/records/", $name, ".cast")),
        )
    };
}

type WithRecording = ([&'static str; 2], &'static str);
const PREPARE: WithRecording = lesson!("dasar", "menyiapkan-docker");
const FIRST: WithRecording = lesson!("dasar", "kontainer-pertama");
const CYCLE: WithRecording = lesson!("dasar", "daur-hidup-kontainer");
const LOGS: WithRecording = lesson!("dasar", "log-dan-status-keluar");
const INSIDE: WithRecording = lesson!("dasar", "masuk-ke-kontainer");
const IMAGE: WithRecording = lesson!("image", "mengambil-image");

fn read(text: &str) -> Lesson {
    parse(&Source::new("a.md", text), LessonId("a".into())).0
}

/// Returns the commands whose recordings are outdated.
fn outdated_in(lesson: &str, cast: &str) -> Vec<String> {
    let recording = Recording::from_cast(cast).expect("a recording");
    let command = |one: &Outdated| lesson[one.command.start..one.command.end].to_owned();
    outdated(&read(lesson), &recording).iter().map(command).collect()
}

/// Replaces everything in `cast` that matches `from`. Fails if nothing matches, because the test would then change
/// nothing.
fn replaced(cast: &str, from: &str, to: &str) -> String {
    let changed = Regex::new(from).unwrap().replace_all(cast, NoExpand(to));
    assert!(changed != cast, "{from} is not recorded");
    changed.into_owned()
}

#[test]
fn recordings_in_this_repository_match_their_lessons() {
    for (lessons, cast) in [PREPARE, FIRST, CYCLE, LOGS, INSIDE, IMAGE] {
        for lesson in lessons {
            assert_eq!(outdated_in(lesson, cast), <[&str; 0]>::default());
        }
    }
}

/// A pattern for the output of `uname -r`.
const KERNEL: &str = r"\d+[.]\d+[.][-.\w]+\\r\\n";

#[test]
fn elided_output_matches_the_recording_of_any_machine() {
    let machines = [
        (INSIDE, KERNEL, "5.15.167.4-microsoft-standard-WSL2\\r\\n"),
        (INSIDE, KERNEL, "6.10.14-linuxkit\\r\\n"),
        (INSIDE, r"[0-9a-f]{12}\\r\\n", "0c5e12f7aa90\\r\\n"),
        (PREPARE, r"(x86_64|aarch64)\\r\\n", "riscv64\\r\\n"),
        (IMAGE, r#""\d+\\r\\n""#, "\"7\\r\\n\""),
        (PREPARE, r"unix:///\S+?docker[.]sock", "unix:///home/ayu/.docker/run/docker.sock"),
    ];
    for ((lessons, cast), from, to) in machines {
        let changed = replaced(cast, from, to);
        for lesson in lessons {
            assert_eq!(outdated_in(lesson, &changed), <[&str; 0]>::default(), "{to}");
        }
    }
}

#[test]
fn recording_of_other_output_is_outdated() {
    let changes = [
        (INSIDE, r"Alpine Linux v3[.]20", "Alpine Linux v3.21", "docker run -it --name kotak alpine:3.20 sh"),
        (INSIDE, r#"halo\\r\\n""#, "hola\\r\\n\"", "docker exec kotak cat /tanda"),
        (PREPARE, r#""linux\b"#, "\"windows", "docker info --format '{{.OSType}}/{{.Architecture}}'"),
    ];
    for ((lessons, cast), from, to, command) in changes {
        let changed = replaced(cast, from, to);
        for lesson in lessons {
            let found = outdated_in(lesson, &changed);
            assert_eq!(found.len(), 1, "{to}: {found:?}");
            assert!(found[0].ends_with(command), "{found:?}");
        }
    }
}

/// Makes a recording of the step `a` from the texts and outputs of its commands.
fn cast(commands: &[(&str, &str)]) -> String {
    use crate::event::EngineFacts;
    use crate::lesson::{EngineFamily, StepId};
    use crate::record::{EngineState, RecordedCommand, RecordedStep};
    use std::time::Duration;
    let command = |&(text, output): &(&str, &str)| RecordedCommand {
        prompt: "$ ".into(),
        text: text.into(),
        pieces: vec![(Duration::ZERO, output.replace('\n', "\r\n"))],
        cut: false,
        status: Some(0),
        elapsed: Duration::ZERO,
    };
    let step = RecordedStep {
        id: StepId("a".into()),
        before: EngineState::default(),
        after: EngineState::default(),
        commands: commands.iter().map(command).collect(),
    };
    let engine = EngineFacts {
        version: "20.10.24".into(),
        api: "1.41".into(),
        family: EngineFamily::Docker,
        cli: "20.10.24".into(),
        private: true,
    };
    let (lesson, date) = (LessonId("a".into()), "2026-11-24".into());
    Recording { lesson, engine, date, size: (100, 200), steps: vec![step] }.to_cast()
}

fn step(fences: &str) -> String {
    format!("# J\n\n## A {{#a}}\n\n{fences}")
}

#[test]
fn command_without_expected_output_matches_any_recording() {
    let kernel = cast(&[("uname -r", "6.1.0\n"), ("true", "")]);
    let shuffled = step("```console,shuffle\n$ uname -r\n$ true\n```\n");
    assert_eq!(outdated_in(&shuffled, &kernel), <[&str; 0]>::default());
    let silent = step("```console\n$ uname -r\n$ true\n```\n");
    assert_eq!(outdated_in(&silent, &kernel), <[&str; 0]>::default());
    let exact = step("```console,exact\n$ uname -r\n$ true\n```\n");
    assert_eq!(outdated_in(&exact, &kernel), ["$ uname -r"]);
    let beside = step("```console\n$ uname -r\n$ echo a\na\n```\n");
    assert_eq!(outdated_in(&beside, &kernel), ["$ uname -r"]);
    // A hidden command is not recorded, so the first recorded `uname -r` belongs to the first visible one.
    let hidden = step("```console,hidden\n$ uname -r\n```\n\n```console\n$ uname -r\n[..]\n$ uname -r\n6.1.0\n```\n");
    let twice = |second| cast(&[("uname -r", "5.0.0\n"), ("uname -r", second)]);
    assert_eq!(outdated_in(&hidden, &twice("6.1.0\n")), <[&str; 0]>::default());
    assert_eq!(outdated_in(&hidden, &twice("6.2.0\n")), ["$ uname -r"]);
}

#[test]
fn equal_ids_in_the_lesson_must_be_equal_in_the_recording() {
    let lesson = step("```console\n$ docker ps -q\n1a2b3c4d5e6f\n$ docker ps -lq\n1a2b3c4d5e6f\n```\n");
    let recorded = |second| cast(&[("docker ps -q", "aaaaaaaa1111\n"), ("docker ps -lq", second)]);
    assert_eq!(outdated_in(&lesson, &recorded("aaaaaaaa1111\n")), <[&str; 0]>::default());
    assert_eq!(outdated_in(&lesson, &recorded("bbbbbbbb2222\n")), ["$ docker ps -lq"]);
}

#[test]
fn recording_is_not_compared_with_a_variant_for_another_engine() {
    let lesson = step("```console,until=22\n$ docker x\nold\n```\n\n```console,since=23\n$ docker x\nnew\n```\n");
    assert_eq!(outdated_in(&lesson, &cast(&[("docker x", "old\n")])), <[&str; 0]>::default());
    assert_eq!(outdated_in(&lesson, &cast(&[("docker x", "new\n")])), ["$ docker x"]);
}

#[test]
fn recorded_output_that_was_cut_is_not_compared() {
    let lesson = step("```console\n$ seq 2\n1\n...\n2\n```\n");
    let whole = cast(&[("seq 2", "1\n")]);
    assert_eq!(outdated_in(&lesson, &whole), ["$ seq 2"]);
    let cut = whole.replace(",\"x\",\"0\"]", ",\"c\",\"\"]\n[99.0,\"x\",\"0\"]");
    assert_ne!(cut, whole);
    assert_eq!(outdated_in(&lesson, &cut), <[&str; 0]>::default());
}
