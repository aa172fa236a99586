//! Checks `--update` on a lesson. The input is the lesson and, after form feeds, the bytes that each of its commands
//! prints. The updated lesson must match this output, except for lines that do not look like output. A second update
//! must change nothing.

use super::{commands, lies_in, parts, read};
use dermaga::lesson::{Command, ExpectedKind};
use dermaga::matcher::{Bindings, Options, compare};
use dermaga::text::{Edit, Severity, Source, Span, apply};
use dermaga::transcript::plain;
use dermaga::update::{edits, keeps_lines};

const DIR: &str = "/run/dermaga/l1";

/// Panics if the updated lesson does not match, or if a second update changes it.
pub fn check(data: &[u8]) {
    let parts = parts(data);
    let lesson = if parts[0].contains("```") {
        parts[0].clone()
    } else {
        format!("## Uji {{#uji}}\n\n```console\n{}\n```\n", parts[0])
    };
    let (read_lesson, diagnostics) = read(&lesson);
    // `--update` does not run a lesson with errors.
    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        return;
    }
    let before = commands(&read_lesson);
    let printed: Vec<Vec<String>> = (1..=before.len())
        .map(|at| plain(parts.get(at).map_or("", String::as_str).replace('\n', "\r\n").as_bytes(), 100, 200))
        .collect();
    let (all, _) = edits_of(&lesson, &before, &printed);
    let flat: Vec<Edit> = all.iter().flatten().cloned().collect();
    for (edits, (command, _)) in all.iter().zip(&before) {
        for edit in edits {
            lies_in(&lesson, edit.span);
            is_of(command, edit.span, &lesson);
        }
    }
    let updated = apply(&lesson, &flat).expect("edits that fit");

    let (read_again, _) = read(&updated);
    let after = commands(&read_again);
    let typed =
        |all: &[(Command, bool)]| all.iter().map(|(one, _)| (one.prompt.clone(), one.text.clone())).collect::<Vec<_>>();
    assert_eq!(typed(&before), typed(&after), "other commands:\n{updated}");
    let (again, met) = edits_of(&updated, &after, &printed);
    // If typed text does not appear on the screen, the lesson cannot match.
    let types = |(command, _): &(Command, bool)| command.expected.iter().any(|line| line.kind != ExpectedKind::Output);
    if after.iter().any(types) {
        return;
    }
    assert!(met, "does not match:\n{updated}");
    assert!(again.iter().all(Vec::is_empty), "changes again: {again:?}\n{updated}");
}

/// Returns the edits of each command, and whether all commands match. The edits are computed with the bindings at the
/// end of the lesson.
fn edits_of(text: &str, commands: &[(Command, bool)], printed: &[Vec<String>]) -> (Vec<Vec<Edit>>, bool) {
    let source = Source::new("uji.md", text);
    let mut bindings = Bindings::default();
    let compared: Vec<_> = commands
        .iter()
        .zip(printed)
        .map(|((command, exact), actual)| {
            let options = Options { exact: *exact, dir: Some(DIR) };
            let comparison = compare(&command.expected, actual, &mut bindings, &options);
            (command, options, actual, comparison)
        })
        .collect();
    let met = compared.iter().all(|(command, _, _, comparison)| comparison.met || keeps_lines(command, comparison));
    let edits = compared
        .iter()
        .map(|(command, options, actual, comparison)| {
            edits(&source, command, actual, comparison, &mut bindings, options)
        })
        .collect();
    (edits, met)
}

/// Asserts that the span of an edit is within the expected lines of its command.
fn is_of(command: &Command, span: Span, lesson: &str) {
    let place = command.expected_span;
    let inside = place.start <= span.start && span.end <= place.end;
    assert!(inside, "{span:?} is outside {place:?} in {lesson:?}");
}
