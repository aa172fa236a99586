//! Makes edits that bring transcripts up to date and keep the author's elisions.
//!
//! A comparison becomes a draft, in which each line is kept, replaced, deleted or inserted. Only changed lines become
//! edits, so that matching lines keep their bytes.

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

use draft::{DraftLine, draft};
use place::Places;

pub use keep::keeps_lines;

/// Returns the edits that bring a command's expected lines up to date with `actual`.
///
/// `comparison` compares the command's expected lines with `actual`. `bindings` must be the bindings at the lesson's
/// end, because an inserted line may show an id that only a later command binds. Adds the bindings of new lines, so
/// that later commands of the lesson use them. Keeps elisions that still match, typed lines, keys, blank lines around
/// the output, and lines that do not look like output.
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
    // The comparison is repeated without the kept lines. In the new comparison, another line may differ, and may have
    // to be kept too.
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
) -> Vec<DraftLine> {
    // The first draft changes as few lines as possible. A line that this draft keeps may end up under a table's header,
    // and then no longer match. If the first draft does not match, the second draft replaces all lines of output. The
    // third draft also ignores all bindings. If no draft matches, because typed input is not on the screen, the first
    // draft is used.
    let few = draft(command, actual, comparison, bindings, options);
    let matches = |drafts: &Vec<DraftLine>| is_met(drafts, command, actual, &mut bindings.clone(), options);
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

/// Whether the drafted lines match `actual`. Adds the bindings of matching lines to `bindings`.
fn is_met(
    drafts: &[DraftLine],
    command: &Command,
    actual: &[String],
    bindings: &mut Bindings,
    options: &Options<'_>,
) -> bool {
    let output = |text: &str| Expected { text: text.to_owned(), span: Span::default(), kind: ExpectedKind::Output };
    let lines: Vec<Expected> = drafts
        .iter()
        .filter_map(|draft| match draft {
            DraftLine::Keep(index) => command.expected.get(*index).cloned(),
            DraftLine::Write(_, text) | DraftLine::Insert(text) => Some(output(text)),
            DraftLine::Drop(_) => None,
        })
        .collect();
    compare(&lines, actual, bindings, options).met
}
