//! Finds transcript lines that may be something other than output, such as a comment. `--update` never deletes such
//! lines.

use super::draft::DraftLine;
use crate::lesson::{Command, ExpectedKind, Suspicion, looks_written, suspicion};
use crate::matcher::{Comparison, RowState};

/// Whether `--update` keeps an expected line of `command` that was not printed and does not look like output.
#[must_use]
pub fn keeps_lines(command: &Command, comparison: &Comparison) -> bool {
    !kept_lines(command, comparison).is_empty()
}

/// Returns the indices of expected lines that were not printed and do not look like output. From the first indented
/// command on, returns all lines. The parser reads an indented command as output, so the lines below may be the output
/// of that command.
pub(super) fn kept_lines(command: &Command, comparison: &Comparison) -> Vec<usize> {
    let lines = comparison.rows.iter().filter(|row| row.state != RowState::Same).filter_map(|row| row.expected);
    let lines: Vec<(usize, Suspicion)> = lines
        .filter(|&index| command.expected[index].kind == ExpectedKind::Output)
        .filter_map(|index| {
            let look = looks_written(command, &command.expected[index].text).or_else(|| suspicion(command, index));
            Some((index, look?))
        })
        .collect();
    // After the first indented command, every line is kept, because it may be the output of that command.
    let own = lines.iter().filter(|(_, look)| *look == Suspicion::IndentedCommand).map(|(index, _)| *index).min();
    let mut kept: Vec<usize> = match own {
        Some(own) => (own..command.expected.len()).collect(),
        None => lines.into_iter().map(|(index, _)| index).collect(),
    };
    kept.sort_unstable();
    kept
}

/// Returns the indices of the kept lines and of the lines `more`. The indices in `more` count only the lines that are
/// not kept.
pub(super) fn add(kept: &[usize], more: &[usize], command: &Command) -> Vec<usize> {
    let rest: Vec<usize> = others(command, kept).collect();
    let mut all: Vec<usize> = more.iter().map(|&index| rest[index]).chain(kept.iter().copied()).collect();
    all.sort_unstable();
    all
}

/// Returns the command without the kept lines.
pub(super) fn without(command: &Command, kept: &[usize]) -> Command {
    let expected = others(command, kept).map(|index| command.expected[index].clone()).collect();
    Command { expected, ..command.clone() }
}

/// Adds the kept lines to `drafts`, which were made for the command without these lines.
pub(super) fn with(kept: &[usize], command: &Command, drafts: Vec<DraftLine>) -> Vec<DraftLine> {
    let rest: Vec<usize> = others(command, kept).collect();
    // A comment directly below the command describes the lines below the comment. If there are no such lines, the
    // comment describes the next command.
    let is_command = |text: &str| looks_written(command, text) == Some(Suspicion::IndentedCommand);
    let follows = command
        .expected
        .iter()
        .enumerate()
        .any(|(index, line)| !line.text.trim().is_empty() && (!kept.contains(&index) || is_command(&line.text)));
    let mut kept = kept.iter().copied().peekable();
    let mut out = Vec::new();
    if follows || suspicion(command, 0) == Some(Suspicion::Continuation) {
        let is_top = |index: &usize, many: usize| *index == many && !is_command(&command.expected[*index].text);
        while let Some(index) = kept.next_if(|index| is_top(index, out.len())) {
            out.push(DraftLine::Keep(index));
        }
    }
    for mut draft in drafts {
        if let Some(index) = draft.index_mut() {
            *index = rest.get(*index).copied().unwrap_or(*index);
            while let Some(kept) = kept.next_if(|kept| kept < index) {
                out.push(DraftLine::Keep(kept));
            }
        }
        out.push(draft);
    }
    out.extend(kept.map(DraftLine::Keep));
    out
}

fn others<'a>(command: &'a Command, kept: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    (0..command.expected.len()).filter(|index| !kept.contains(index))
}
