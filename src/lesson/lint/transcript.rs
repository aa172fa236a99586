//! Transcripts that run otherwise than their author thinks: commands that never end, lines that only look like output,
//! placeholders.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, codes};
use crate::lesson::{Command, Lesson, Suspicion, Unended, endless, suspicion};
use crate::text::{Diagnostic, Span};

/// `<path>`, `[OPTIONS]`, and words in capitals that Docker's own help uses for what a person fills in.
static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: ^ | [\s=:/,] )
        (?P<it> < [A-Za-z][A-Za-z0-9_\ -]* >
              | \[ [A-Z][A-Z_-]+ (?: \.\.\. )? \]
              | (?: CONTAINER | IMAGE | VOLUME | NETWORK | SERVICE | REPOSITORY | USERNAME ) (?: [_-]? (?: ID | NAME ) )?
              | YOUR[_-][A-Z_-]+ )
        (?: $ | [\s:/,\]] )",
    )
    .ok()
});

pub(super) fn check(lesson: &Lesson, found: &mut Found<'_>) {
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

fn ends(command: &Command, endless: Option<crate::lesson::Endless>, found: &mut Found<'_>) {
    let Some(endless) = endless else { return };
    let why = match endless.why {
        Unended::Inside => "inside",
        Unended::Service => "service",
        Unended::Question => "question",
    };
    let diagnostic = if endless.certain {
        Diagnostic::error(codes::NEVER_ENDS, command.span)
    } else {
        Diagnostic::warning(codes::MAY_NOT_END, command.span)
    };
    found.push(diagnostic.with("why", why));
}

fn lines(command: &Command, found: &mut Found<'_>) {
    for (index, line) in command.expected.iter().enumerate() {
        let Some(kind) = suspicion(command, index) else { continue };
        let kind = match kind {
            Suspicion::Comment => "comment",
            Suspicion::IndentedCommand => "command",
            Suspicion::Continuation => "continuation",
        };
        found.push(Diagnostic::warning(codes::NOT_OUTPUT, line.span).with("kind", kind));
    }
}

/// Only the command's first line is looked at: further ones may be a file's text.
fn placeholder(lesson: &Lesson, command: &Command, found: &mut Found<'_>) {
    let line = command.text.lines().next().unwrap_or_default();
    let plain = without_quotes(line);
    let Some(word) = PLACEHOLDER.as_ref().and_then(|regex| regex.captures(&plain)?.name("it")) else { return };
    // `-e NAME` hands a variable on, and `sort <in> out` is a redirection, but hardly with a blank after it.
    if ["-e ", "--env ", "--build-arg ", "export "].iter().any(|before| plain[..word.start()].ends_with(before)) {
        return;
    }
    let span = lesson
        .source
        .slice(command.span)
        .find(word.as_str())
        .map_or(command.span, |at| Span::new(command.span.start + at, command.span.start + at + word.len()));
    found.push(Diagnostic::warning(codes::PLACEHOLDER, span).with("word", word.as_str()));
}

/// The line with what stands in quotes blanked, its length kept.
fn without_quotes(line: &str) -> String {
    let mut quote = None;
    let blank = |c: char| "Q".repeat(c.len_utf8());
    line.chars()
        .map(|c| match (quote, c) {
            (Some(open), c) => {
                if c == open {
                    quote = None;
                }
                blank(c)
            }
            (None, '\'' | '"') => {
                quote = Some(c);
                blank(c)
            }
            (None, c) => c.to_string(),
        })
        .collect()
}
