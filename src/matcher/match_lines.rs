//! Matches the expected lines with all lines of the screen, from top to bottom.

use super::bindings::{Bindings, Checkpoint};
use super::comparison::LinePair;
use super::plan::{Element, MatchPlan};
use super::screen::ScreenLines;

/// The maximum number of steps in a comparison, and the number of steps by which each line raises this maximum. The
/// limit keeps every comparison short.
const STEPS: usize = 1_000_000;
const STEPS_A_LINE: usize = 50;

/// A `...` that so far matches the lines up to `reaches`.
struct OpenElision {
    element: usize,
    reaches: usize,
    pairs: usize,
    mark: Checkpoint,
}

/// Matches the whole `plan` with the whole `screen`, and returns the pairs of lines. Keeps bindings only if all lines
/// match.
pub(super) fn match_lines(
    plan: &MatchPlan,
    screen: &ScreenLines<'_>,
    bindings: &mut Bindings,
) -> Option<Vec<LinePair>> {
    let start = bindings.mark();
    let mut pairs = Vec::new();
    let mut stars: Vec<OpenElision> = Vec::new();
    let (mut element, mut at) = (0, 0);
    for _ in 0..STEPS + STEPS_A_LINE * (plan.elements.len() + screen.len()) {
        let next = match plan.elements.get(element) {
            None if at == screen.len() => return Some(pairs),
            None => None,
            Some(Element::Elision(index)) => {
                pairs.push((Some(*index), None));
                let last = element + 1 == plan.elements.len();
                let star = OpenElision { element, reaches: at, pairs: pairs.len(), mark: bindings.mark() };
                let to = if last { screen.len() } else { at };
                pairs.extend((at..to).map(|line| (None, Some(line))));
                if !last {
                    stars.push(star);
                }
                Some(to)
            }
            Some(_) => match_element(plan, element, screen, at, bindings, &mut pairs),
        };
        if let Some(next) = next {
            (element, at) = (element + 1, next);
        } else {
            let Some(star) = extend_last_elision(&mut stars, screen, bindings, &mut pairs) else { break };
            (element, at) = star;
        }
    }
    bindings.undo(start);
    None
}

/// Extends the last `...` by one more line. Extends an earlier `...` only if a token was bound after that `...`.
fn extend_last_elision(
    stars: &mut Vec<OpenElision>,
    screen: &ScreenLines<'_>,
    bindings: &mut Bindings,
    pairs: &mut Vec<LinePair>,
) -> Option<(usize, usize)> {
    loop {
        let failed_at = bindings.mark();
        let star = stars.last_mut()?;
        bindings.undo(star.mark);
        pairs.truncate(star.pairs);
        if star.reaches < screen.len() {
            pairs.push((None, Some(star.reaches)));
            star.reaches += 1;
            star.pairs += 1;
            return Some((star.element + 1, star.reaches));
        }
        stars.pop();
        if stars.last().is_some_and(|earlier| earlier.mark == failed_at) {
            return None;
        }
    }
}

/// Matches one element at line `at`. Returns the number of the line after the match.
pub(super) fn match_element(
    plan: &MatchPlan,
    element: usize,
    screen: &ScreenLines<'_>,
    at: usize,
    bindings: &mut Bindings,
    pairs: &mut Vec<LinePair>,
) -> Option<usize> {
    let this = plan.elements.get(element)?;
    let end = match this {
        Element::Elision(_) => None,
        Element::Line(index) => plan.patterns[*index].matches(screen.lines.get(at)?, bindings).then_some(at + 1),
        Element::Progress(_) => Some(screen.progress_end(at)).filter(|&end| end > at),
        Element::Help(_) => screen.help_end(at),
        Element::Port(range) => {
            let end = screen.port_end(at)?;
            plan.patterns[range.start].matches(screen.lines.get(at)?, bindings).then_some(end)
        }
        Element::Key(_, key) => {
            Some(at + usize::from(screen.lines.get(at).is_some_and(|line| plan.is_echo(line, *key))))
        }
        Element::Gap(_) => Some(screen.blank_end(at)),
        Element::Table(table) => {
            // Without `...`, the table on the screen must have as many rows as the table in the transcript.
            let ends = if table.open {
                [plan.table_end(element, screen, at), screen.table_end(at)]
            } else {
                [(at + 1 + table.rows.len()).min(screen.len()); 2]
            };
            return ends.into_iter().find(|&end| table.matches(screen, at, end, bindings, pairs).is_some());
        }
    }?;
    push_side_by_side(this.range(), at..end, pairs);
    Some(end)
}

/// Pairs the first expected line with the first found line, the second with the second, and so on. The remaining lines
/// have no partner.
pub(super) fn push_side_by_side(
    expected: std::ops::Range<usize>,
    found: std::ops::Range<usize>,
    pairs: &mut Vec<LinePair>,
) {
    for index in 0..expected.len().max(found.len()) {
        pairs.push((expected.clone().nth(index), found.clone().nth(index)));
    }
}
