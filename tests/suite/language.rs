//! Tests that output in one language contains no sentence of the other language.

use std::fs;
use std::path::Path;

use crate::project::{Ended, Project, block, lesson};
use crate::sentences::Sentences;

const LANGS: [&str; 2] = ["id", "en"];

/// Runs the program with `words` in a folder with the lesson `text`.
fn said(lang: &str, words: &str, text: &str) -> Ended {
    let project = Project::with(text);
    project.dermaga(words.split_whitespace()).args(["--lang", lang]).env("DOCKER_HOST", "unix:///nowhere").run()
}

const VERBS: &[&str] =
    &["learn", "watch", "test", "record", "lint", "build", "new", "clean", "doctor", "engine", "progress", "review"];

/// Command lines that print messages about missing, wrong and existing files or values.
const SPEAKING: &[&str] = &[
    "--help",
    "sail",
    "test --nope",
    "test --jobs many",
    "test --jobs 0",
    "test --partition 3/2",
    "test --timeout soon",
    "test nowhere.md",
    "test lesson.md --engine current",
    "test lesson.md --engine gopher://x --yes",
    "test lesson.md --images nowhere",
    "lint lesson.md",
    "lint nowhere",
    "record nowhere",
    "learn",
    "learn nowhere",
    "watch nowhere",
    "clean --dry-run",
    "clean",
    "doctor",
    "engine status",
    "engine stop",
    "engine sail",
    "progress",
    "progress --import lesson.md",
    "progress --import nowhere",
    "review",
    "new lesson",
    "new course .",
    "build",
    "build nowhere",
    "completions cmd",
];

/// Returns a lesson with many mistakes, so that `lint` prints many messages.
fn faulty() -> String {
    let quiz = block("quiz", "ask: \"Apa?\"\noptions:\n  - text: a\n  - text: b");
    let check = block("check", "container: sapa\nState.Nope: 3\nmistakes:\n  - when: { ran: \"(\" }\n    say: x");
    let console = block("console,tiemout=1m", "$ docker pull mongo\n$ true") + &block("console", "halo");
    let steps = [("a", quiz.as_str()), ("a", &check), ("c", &console), ("d", &block("dockerfile,file=../x", "FROM a"))];
    lesson(&steps).replace("minutes: 1", "minutes: banyak\nobjectives: []\nrequires: [nowhere]\nlicence: x")
}

#[test]
fn every_command_prints_messages_in_one_language() {
    let text = faulty();
    let mut mixed = Vec::new();
    for lang in LANGS {
        let other = Sentences::of_the_other(lang);
        let helps: Vec<String> = VERBS.iter().map(|verb| format!("{verb} --help")).collect();
        let mut lines = 0;
        for words in SPEAKING.iter().copied().chain(helps.iter().map(String::as_str)) {
            let ended = said(lang, words, &text);
            let all = format!("{}\n{}", ended.out, ended.err);
            assert!(!all.trim().is_empty(), "{lang}: `{words}` says nothing");
            lines += all.lines().count();
            mixed.extend(other.found_in(&all).map(|sentence| format!("{lang}: {words}: {sentence}")));
        }
        assert!(lines > 250, "{lang}: {lines} lines");
    }
    assert!(mixed.is_empty(), "{mixed:#?}");
}

/// Checks that [`Sentences`] finds sentences of a language in output in this language.
#[test]
fn sentences_of_a_language_are_found_in_its_own_output() {
    for lang in LANGS {
        let own = Sentences::of(lang);
        let all: String = VERBS.iter().map(|verb| said(lang, &format!("{verb} --help"), "").out).collect();
        assert!(own.found_in(&all).count() > 40, "{lang}: {}", own.found_in(&all).count());
    }
}

/// Checks the text of the lessons on the site, and the text around them.
#[test]
fn pages_of_the_site_are_in_one_language() {
    let project = Project::with_our_lessons();
    project.dermaga(["build", "--dest", "out", "lessons"]).within(300).run().code(0);
    let mut pages = 0;
    let mut mixed = Vec::new();
    for lang in LANGS {
        let other = Sentences::of_the_other(lang);
        each_page(&project.path("out").join(lang), &mut |path, text| {
            pages += 1;
            mixed.extend(other.found_in(text).map(|sentence| format!("{}: {sentence}", path.display())));
        });
    }
    assert!(pages >= 14, "{pages} pages");
    assert!(mixed.is_empty(), "{mixed:#?}");
}

fn each_page(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            each_page(&path, see);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            see(&path, &fs::read_to_string(&path).expect("a page"));
        }
    }
}
