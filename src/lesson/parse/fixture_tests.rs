//! Parses every fixture lesson. A good lesson has no mistake. A broken lesson has only the mistake whose code begins
//! its file name.

use std::path::{Path, PathBuf};

use crate::lesson::codes;
use crate::lesson::{Block, ExpectedKind, Lesson, LessonId, Subject, parse};
use crate::text::{Diagnostic, Source};
use crate::words::{Lang, Words};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lessons").join(name)
}

pub(super) fn files(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn read(stem: &str, text: &str) -> (Lesson, Vec<Diagnostic>) {
    parse(&Source::new(format!("{stem}.md"), text), LessonId(stem.to_owned()))
}

#[test]
fn good_fixture_has_no_mistake() {
    for (stem, text) in files("good") {
        let (_, found) = read(&stem, &text);
        assert!(found.is_empty(), "{stem}: {found:#?}");
    }
}

#[test]
fn parser_reads_every_part_of_the_whole_lesson_fixture() {
    let (_, text) = files("good").into_iter().find(|(stem, _)| stem == "whole-lesson").unwrap();
    let (lesson, _) = read("whole-lesson", &text);
    assert_eq!(lesson.title, "Mengambil image dari registri");
    assert_eq!(lesson.front.minutes.as_ref().map(|minutes| minutes.value), Some(15));
    assert_eq!(lesson.front.objectives.len(), 2);
    assert_eq!(lesson.front.images[0].value, "mongo:4.1");
    let ids: Vec<_> = lesson.steps.iter().map(|step| step.id.0.as_str()).collect();
    assert_eq!(ids, ["lihat-dulu", "ambil"]);
    let (_, pull) = lesson.transcripts().nth(1).unwrap();
    assert_eq!(pull.attrs.timeout, Some(std::time::Duration::from_mins(10)));
    let command = &pull.commands[0];
    assert_eq!(command.prompt, "root@server_rumah:/home/ryan# ");
    assert_eq!(command.text, "docker pull mongo:4.1");
    assert_eq!(lesson.source.slice(command.span), "root@server_rumah:/home/ryan# docker pull mongo:4.1");
    assert_eq!(command.expected.len(), 6);
    assert!(command.expected.iter().all(|line| line.kind == ExpectedKind::Output));
    assert!(lesson.source.slice(command.expected_span).ends_with("docker.io/library/mongo:4.1\n"));
    let Some(Block::Check(check)) = lesson.steps[1].blocks.last() else { panic!("{:?}", lesson.steps[1].blocks) };
    assert_eq!(check.claim.subject, Subject::Image("mongo:4.1".into()));
    assert_eq!(check.claim.asks.len(), 1);
    assert_eq!(check.hints.len(), 3);
    assert_eq!(check.mistakes[0].when.subject, Subject::Image("mongo:latest".into()));
}

#[test]
fn broken_fixture_reports_only_the_code_in_its_file_name() {
    let mut failures = Vec::new();
    for (stem, text) in files("broken") {
        let (lesson, found) = read(&stem, &text);
        let named = &stem[..4];
        if found.len() != 1 || found[0].code.0 != named {
            let found: Vec<_> =
                found.iter().map(|one| (one.code.0, lesson.source.slice(one.span), &one.args)).collect();
            failures.push(format!("{stem}: {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_code_of_the_parser_has_a_broken_fixture() {
    let files = files("broken");
    for code in codes::ALL.iter().map(|code| code.code).filter(|code| code.0 < "L100") {
        assert!(files.iter().any(|(stem, _)| stem.starts_with(code.0)), "no fixture shows {}", code.0);
    }
}

#[test]
fn every_mistake_has_texts_in_both_languages() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (stem, text) in files("broken") {
            for one in read(&stem, &text).1 {
                let args: Vec<(&str, &str)> = one.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                for key in [one.code.0.to_owned(), format!("{}.label", one.code.0), format!("{}.help", one.code.0)] {
                    let said = words.find(&key, &args).unwrap_or_else(|| panic!("{lang}: no {key}"));
                    assert!(!said.is_empty() && !said.contains("{$") && !said.contains("\n\n"), "{lang} {key}: {said}");
                }
            }
        }
    }
}

/// Returns the text of all transcripts, with the kind of each line in front of the line.
pub(super) fn shown(lesson: &Lesson) -> String {
    let mut out = String::new();
    for (step, transcript) in lesson.transcripts() {
        out += &format!("== {}\n", step.id);
        for command in &transcript.commands {
            out += &format!("run   {:?} {:?}\n", command.prompt, command.text);
            for line in &command.expected {
                out += &match &line.kind {
                    ExpectedKind::Output => format!("see   {:?}\n", line.text),
                    ExpectedKind::Typed { prompt, input } => format!("type  {prompt:?} {input:?}\n"),
                    ExpectedKind::Key(key) => format!("key   {}\n", key.name()),
                };
            }
        }
    }
    out
}

/// Compares the kinds of the lines in some fixture lessons with the expected kinds.
#[test]
fn transcript_lines_of_fixtures_have_the_expected_kinds() {
    for stem in ["prompts", "lists-and-quotes", "foreign"] {
        let text = std::fs::read_to_string(folder("good").join(format!("{stem}.md"))).unwrap();
        let wanted = std::fs::read_to_string(folder("shown").join(format!("{stem}.txt"))).unwrap();
        snapbox::assert_data_eq!(shown(&read(stem, &text).0), snapbox::Data::text(wanted).raw());
    }
}

#[test]
fn check_that_names_an_engine_needs_two_engines() {
    let lesson_of = |check: &str| format!("# L\n\n## S {{#s}}\n\n```console\n$ ls\n```\n\n```check\n{check}\n```\n");
    let codes_of = |check: &str| {
        let (_, found) = read("on", &lesson_of(check));
        found.iter().map(|one| one.code.0).collect::<Vec<_>>()
    };
    let (lesson, found) = read("on", &lesson_of("container: web\non: node-b"));
    let Some(Block::Check(check)) = lesson.steps[0].blocks.last() else { panic!("{found:#?}") };
    assert_eq!((check.claim.on.as_deref(), &check.attrs.needs[..]), (Some("node-b"), &["two-engines".to_owned()][..]));
    let mistake = "container: web\nmistakes:\n  - when: { image: web, on: node-a }\n    say: \"No.\"";
    let (lesson, _) = read("on", &lesson_of(mistake));
    let Some(Block::Check(check)) = lesson.steps[0].blocks.last() else { panic!("no check") };
    assert_eq!(check.attrs.needs, ["two-engines"]);
    assert_eq!(codes_of("container: web\non: node-c"), ["L061"]);
    assert_eq!(codes_of("ran: docker\non: node-a"), ["L052"]);
}
