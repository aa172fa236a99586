//! Finds mistakes in transcripts: commands that never end, lines that do not look like output, and placeholders.

use std::borrow::Cow;

use super::{Findings, codes};
use crate::lesson::{Command, Endless, Lesson, endless, suspicion};
use crate::text::Span;

static_patterns! {
    static QUOTED = r#"'[^']*'?|"[^"]*"?"#;
    /// Matches a placeholder: `<path>`, `[OPTIONS]`, a lone `...`, or a word in capitals that Docker's help uses as a
    /// placeholder.
    static PLACEHOLDER = r"(?x)
        (?: ^ | [\s=:/,] )
        (?P<it> < [A-Za-z][A-Za-z0-9_:.\ -]* >
              | \[ [A-Z][A-Z_-]+ (?: \.\.\. )? \]
              | (?: CONTAINER | IMAGE | VOLUME | NETWORK | SERVICE | REPOSITORY | USERNAME ) (?: [_-]? (?: ID | NAME ) )?
              | YOUR[_-][A-Z_-]+
              | \.\.\. | … )
        (?: $ | [\s:/,.\]] )";
}

pub(super) fn check(lesson: &Lesson, found: &mut Findings<'_>) {
    for (_, transcript) in lesson.transcripts() {
        for command in &transcript.commands {
            if !transcript.attrs.blank {
                placeholder(lesson, command, found);
                ends(command, endless(transcript, command), found);
            }
            lines(command, found);
        }
    }
}

fn ends(command: &Command, endless: Option<Endless>, found: &mut Findings<'_>) {
    let Some(endless) = endless else { return };
    let code = if endless.certain { codes::NEVER_ENDS } else { codes::MAY_NOT_END };
    found.push(code.at(command.span).with("why", endless.why.name()));
}

fn lines(command: &Command, found: &mut Findings<'_>) {
    for (index, line) in command.expected.iter().enumerate() {
        if let Some(kind) = suspicion(command, index) {
            found.push(codes::NOT_OUTPUT.at(line.span).with("kind", kind.name()));
        }
    }
}

/// Finds a placeholder in a command. Checks only the first line and its continuation lines after a `\`, because other
/// lines may be the text of a file.
fn placeholder(lesson: &Lesson, command: &Command, found: &mut Findings<'_>) {
    let mut is_whole = false;
    let lines = command.text.lines().take_while(|line| !std::mem::replace(&mut is_whole, !line.ends_with('\\')));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let plain = without_quotes(&lines);
    // The `...` of `go test ./...` is not a placeholder.
    let is_path = |word: &regex::Match<'_>| word.as_str() == "..." && plain[..word.start()].ends_with(['/', ':', ',']);
    let mut words = PLACEHOLDER.captures_iter(&plain).filter_map(|found| found.name("it"));
    let Some(word) = words.find(|word| !is_path(word)) else { return };
    // The `NAME` of `-e NAME` is a variable. A redirection such as `sort <in >out` does not match, because usually no
    // space follows its `>`.
    if ["-e ", "--env ", "--build-arg ", "export "].iter().any(|before| plain[..word.start()].ends_with(before)) {
        return;
    }
    let span = lesson
        .source
        .slice(command.span)
        .find(word.as_str())
        .map_or(command.span, |at| Span::new(command.span.start + at, command.span.start + at + word.len()));
    found.push(codes::PLACEHOLDER.at(span).with("word", word.as_str()));
}

/// Replaces quoted text with letters. The length of the line stays the same.
fn without_quotes(line: &str) -> Cow<'_, str> {
    QUOTED.replace_all(line, |quoted: &regex::Captures<'_>| "Q".repeat(quoted[0].len()))
}
