//! Lines of a transcript that are perhaps not output: `--update` never deletes them.

use super::draft::Draft;
use crate::judge::{Comparison, RowState};
use crate::lesson::{Command, ExpectedKind, Suspicion, looks_written, suspicion};

/// Whether `--update` leaves a line as it is that was not printed, because it does not look like output.
#[must_use]
pub fn keeps_lines(command: &Command, actual: &[String], comparison: &Comparison) -> bool {
    !kept_lines(command, actual, comparison).is_empty()
}

/// Indices of the expected lines that were not printed and that do not look like output. Below a command that is not
/// read as one everything is its own.
pub(super) fn kept_lines(command: &Command, actual: &[String], comparison: &Comparison) -> Vec<usize> {
    let mut kept = Vec::new();
    let looks = |text: &str| looks_written(command, text);
    for row in comparison.rows.iter().filter(|row| row.state != RowState::Same) {
        let Some(index) = row.expected else { continue };
        let line = &command.expected[index];
        // What was printed in its place may show that it is output.
        let printed = row.found.and_then(|line| actual.get(line)).map_or("", String::as_str);
        match looks(&line.text).filter(|_| line.kind == ExpectedKind::Output) {
            look @ Some(_) if look == looks(printed) => {}
            Some(Suspicion::IndentedCommand) => kept.extend(index..command.expected.len()),
            Some(_) => kept.push(index),
            None if suspicion(command, index).is_some() && !printed.starts_with('>') => kept.push(index),
            None => {}
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
    // A comment directly below the command is about what follows it, if something does; else about the next command.
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
