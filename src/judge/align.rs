//! Both sides next to each other where they do not match: which line was meant to be which.

use super::bindings::Bindings;
use super::comparison::{Row, RowState};
use super::follow::{Pair, step};
use super::line::Reading;
use super::plan::{Element, Plan};
use super::screen::Screen;
use crate::lesson::Expected;

/// Rows for a screen that does not match.
pub(super) fn align(
    plan: &Plan,
    screen: &Screen<'_>,
    _expected: &[Expected],
    bindings: &mut Bindings,
    reading: &Reading<'_>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    for (element, this) in plan.elements.iter().enumerate() {
        let mut pairs: Vec<Pair> = Vec::new();
        if let Element::Elision(index) = this {
            rows.push(Row::new(Some(*index), None, RowState::Same));
        } else if let Some(next) = step(plan, element, screen, at, bindings, reading, &mut pairs) {
            rows.extend(pairs.into_iter().map(|(left, right)| Row::new(left, right, RowState::Same)));
            at = next;
        } else {
            for index in this.range() {
                rows.push(Row::new(Some(index), (at < screen.len()).then_some(at), RowState::Differs));
                at = (at + 1).min(screen.len());
            }
        }
    }
    rows.extend((at..screen.len()).map(|line| Row::new(None, Some(line), RowState::Unexpected)));
    rows
}
