//! Compares printed lines with a transcript.

use super::bindings::Bindings;
use super::comparison::{Comparison, DiffRow, Options, RowState};
use super::diff::align;
use super::diff_rows::Sides;
use super::line::ReadOptions;
use super::match_lines::match_lines;
use super::plan::MatchPlan;
use super::screen::ScreenLines;
use super::volatile::TextContext;
use crate::lesson::{Expected, ExpectedKind, Key};

impl<'a> Options<'a> {
    pub(crate) const fn reading(&self) -> ReadOptions<'a> {
        ReadOptions { exact: self.exact, dir: self.dir, place: TextContext::Line }
    }
}

/// Compares a command's expected lines with the lines that the screen shows after the command. `actual` holds unwrapped
/// lines without the next outer prompt. Keeps the bindings of matching lines, and drops the bindings of other lines.
pub fn compare(expected: &[Expected], actual: &[String], bindings: &mut Bindings, options: &Options<'_>) -> Comparison {
    let reading = options.reading();
    let plan = MatchPlan::new(expected, &reading);
    let screen = ScreenLines::new(actual, has_interrupt(expected), &reading);
    let followed = match_lines(&plan, &screen, bindings);
    let mut rows = if let Some(pairs) = followed {
        pairs.into_iter().map(|(left, right)| DiffRow::new(left, right, RowState::Same)).collect()
    } else {
        let moves = align(&plan, &screen, bindings);
        Sides { expected, plan: &plan, screen: &screen }.rows(&moves, bindings)
    };
    bindings.settle();
    let met = rows.iter().all(|row| row.state == RowState::Same);
    for row in &mut rows {
        let Some(part) = row.found else { continue };
        row.found = Some(screen.found[part]);
        for mark in &mut row.marks.found {
            *mark = mark.start + screen.starts[part]..mark.end + screen.starts[part];
        }
    }
    Comparison { met, rows }
}

/// Whether the transcript presses Ctrl-C. If so, the echo `^C` may precede the text of a line on the screen.
pub(crate) fn has_interrupt(expected: &[Expected]) -> bool {
    expected.iter().any(|line| line.kind == ExpectedKind::Key(Key::Interrupt))
}
