//! Printed lines against a transcript.

use super::bindings::Bindings;
use super::comparison::{Comparison, Options, Row, RowState};
use super::diff::align;
use super::diff_rows::Sides;
use super::line::Reading;
use super::match_lines::follow;
use super::plan::Plan;
use super::screen::Screen;
use super::volatile::Place;
use crate::lesson::{Expected, ExpectedKind, Key};

impl<'a> Options<'a> {
    pub(crate) const fn reading(&self) -> Reading<'a> {
        Reading { exact: self.exact, dir: self.dir, place: Place::Line }
    }
}

/// Compares a command's expected lines with the lines of the screen after it (unwrapped, without the next outer
/// prompt). What lines that match bind is kept in `bindings`; what a line that fails would bind is not.
pub fn compare(expected: &[Expected], actual: &[String], bindings: &mut Bindings, options: &Options<'_>) -> Comparison {
    let reading = options.reading();
    let plan = Plan::new(expected, &reading);
    let screen = Screen::new(actual, has_interrupt(expected), &reading);
    let followed = follow(&plan, &screen, bindings, &reading);
    let mut rows = if let Some(pairs) = followed {
        pairs.into_iter().map(|(left, right)| Row::new(left, right, RowState::Same)).collect()
    } else {
        let moves = align(&plan, &screen, bindings, &reading);
        Sides { expected, plan: &plan, screen: &screen, reading }.rows(&moves, bindings)
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

/// Whether `expected` lines have come, so that what is typed next may be typed. `lines` are those of the screen from
/// the command's first line to the one above the prompt.
#[must_use]
pub fn have_come(expected: &[Expected], lines: &[String], bindings: &Bindings, options: &Options<'_>) -> bool {
    let reading = options.reading();
    let plan = Plan::new(expected, &reading);
    let screen = Screen::new(lines, has_interrupt(expected), &reading);
    follow(&plan, &screen, &mut bindings.clone(), &reading).is_some()
}

/// Whether `^C` is typed, whose echo may stand before a line.
pub(crate) fn has_interrupt(expected: &[Expected]) -> bool {
    expected.iter().any(|line| line.kind == ExpectedKind::Key(Key::Interrupt))
}
