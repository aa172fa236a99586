//! Transcripts → edits that keep the author's elisions.
//!
//! A comparison becomes a draft, line by line: kept, written anew, dropped, put in. Only what is not kept becomes an
//! edit, so bytes of lines that match stay as they are.

mod draft;
mod keep;
mod layout;
mod place;
mod protect;
#[cfg(test)]
mod tests;

use crate::lesson::{Command, Expected, ExpectedKind};
use crate::matcher::{Bindings, Comparison, Options, compare};
use crate::text::{Edit, Source, Span};

use draft::{Draft, draft};
use place::Places;

pub use keep::keeps_lines;

/// Edits that make a command's expected lines match what was found.
///
/// `comparison` is that of the command's expected lines with `actual`, and `bindings` are those that hold after it,
/// best those at the lesson's end: a line that is put in here may show an id that only a later command binds. What the
/// new lines bind is kept there, so that a later command of the same lesson is written by it.
/// Elisions that still stand for something, typed lines, keys, blank lines round the output and lines that do not look
/// like output stay.
#[must_use]
pub fn edits(
    source: &Source,
    command: &Command,
    actual: &[String],
    comparison: &Comparison,
    bindings: &mut Bindings,
    options: &Options<'_>,
) -> Vec<Edit> {
    if comparison.met {
        return Vec::new();
    }
    // Without a line that stays, another one may not match any more.
    let (mut kept, mut rest, mut comparison) = (Vec::new(), command.clone(), comparison.clone());
    loop {
        let more = keep::kept_lines(&rest, &comparison);
        if more.is_empty() {
            break;
        }
        kept = keep::add(&kept, &more, command);
        rest = keep::without(command, &kept);
        comparison = compare(&rest.expected, actual, &mut bindings.clone(), options);
        if comparison.met {
            return Vec::new();
        }
    }
    let drafts = keep::with(&kept, command, drafts(&rest, actual, &comparison, bindings, options));
    Places::new(source, command).edits(&drafts)
}

fn drafts(
    command: &Command,
    actual: &[String],
    comparison: &Comparison,
    bindings: &mut Bindings,
    options: &Options<'_>,
) -> Vec<Draft> {
    // With few lines touched a line that stays may come to stand under a table's header, where it means something
    // else; then all is written anew, at last without what is bound. Where something is typed and the screen does not
    // show it, no text matches, and the first draft is the best.
    let few = draft(command, actual, comparison, bindings, options);
    let matches = |drafts: &Vec<Draft>| is_met(drafts, command, actual, &mut bindings.clone(), options);
    let drafts = if matches(&few) {
        few
    } else {
        [&*bindings, &Bindings::default()]
            .into_iter()
            .map(|bindings| draft::anew(command, actual, bindings, options))
            .find(matches)
            .unwrap_or(few)
    };
    is_met(&drafts, command, actual, bindings, options);
    drafts
}

/// Whether the drafted lines match.
fn is_met(
    drafts: &[Draft],
    command: &Command,
    actual: &[String],
    bindings: &mut Bindings,
    options: &Options<'_>,
) -> bool {
    let output = |text: &str| Expected { text: text.to_owned(), span: Span::default(), kind: ExpectedKind::Output };
    let lines: Vec<Expected> = drafts
        .iter()
        .filter_map(|draft| match draft {
            Draft::Keep(index) => command.expected.get(*index).cloned(),
            Draft::Write(_, text) | Draft::Insert(text) => Some(output(text)),
            Draft::Drop(_) => None,
        })
        .collect();
    compare(&lines, actual, bindings, options).met
}
