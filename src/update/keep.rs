//! Lines of a transcript that are perhaps not output: `--update` never deletes them.

use super::draft::Draft;
use crate::judge::{Comparison, RowState};
use crate::lesson::{Command, Suspicion, suspicion};

/// Whether `--update` leaves a line as it is that was not printed, because it does not look like output.
#[must_use]
pub fn keeps_lines(command: &Command, actual: &[String], comparison: &Comparison) -> bool {
    !kept_lines(command, actual, comparison).is_empty()
}

/// Indices of the expected lines that were not printed and that do not look like output. Below a command that is not
/// read as one everything is its own.
pub(super) fn kept_lines(command: &Command, actual: &[String], comparison: &Comparison) -> Vec<usize> {
    let mut kept = Vec::new();
    for row in comparison.rows.iter().filter(|row| row.state != RowState::Same) {
        let Some(index) = row.expected else { continue };
        let printed = row.found.and_then(|line| actual.get(line)).map(String::as_str);
        match suspicion(command, index) {
            Some(Suspicion::IndentedCommand) => kept.extend(index..command.expected.len()),
            // What was printed in its place may show that it is output.
            Some(Suspicion::Comment) if !printed.is_some_and(|line| line.starts_with('#')) => kept.push(index),
            Some(Suspicion::Continuation) if !printed.is_some_and(|line| line.starts_with('>')) => kept.push(index),
            _ => {}
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// The command without the kept lines.
pub(super) fn without(command: &Command, kept: &[usize]) -> Command {
    let expected = others(command, kept).map(|index| command.expected[index].clone()).collect();
    Command { expected, ..command.clone() }
}

/// The drafts of the command without the kept lines, with these.
pub(super) fn with(kept: &[usize], command: &Command, drafts: Vec<Draft>) -> Vec<Draft> {
    let rest: Vec<usize> = others(command, kept).collect();
    let mut kept = kept.iter().copied().peekable();
    let mut out = Vec::new();
    // A comment directly below the command is about its output, if there is some; else about the next command.
    if suspicion(command, 0) == Some(Suspicion::Continuation)
        || rest.iter().any(|&index| !command.expected[index].text.trim().is_empty())
    {
        while let Some(index) = kept.next_if(|&index| index == out.len()) {
            out.push(Draft::Keep(index));
        }
    }
    for mut draft in drafts {
        if let Some(index) = draft.index_mut() {
            *index = rest.get(*index).copied().unwrap_or(*index);
            while let Some(kept) = kept.next_if(|kept| kept < index) {
                out.push(Draft::Keep(kept));
            }
        }
        out.push(draft);
    }
    out.extend(kept.map(Draft::Keep));
    out
}

fn others<'a>(command: &'a Command, kept: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    (0..command.expected.len()).filter(|index| !kept.contains(index))
}
