//! Goes down the screen with the expected lines, in one pass: do all of them stand there, and nothing else?

use super::bindings::{Bindings, Mark};
use super::comparison::Pair;
use super::line::Reading;
use super::plan::{Element, Plan};
use super::screen::Screen;

/// Steps in all, and more for each line of both sides, so that no screen takes long whatever is written.
const STEPS: usize = 1_000_000;
const STEPS_A_LINE: usize = 50;

/// A `...` that was met: what comes after it, and how far it reaches.
struct Star {
    element: usize,
    reaches: usize,
    pairs: usize,
    mark: Mark,
}

/// Follows `plan` down `screen`; the pairs if all matches. What is bound is kept only then.
pub(super) fn follow(
    plan: &Plan,
    screen: &Screen<'_>,
    bindings: &mut Bindings,
    reading: &Reading<'_>,
) -> Option<Vec<Pair>> {
    let start = bindings.mark();
    let mut pairs = Vec::new();
    let mut stars: Vec<Star> = Vec::new();
    let (mut element, mut at) = (0, 0);
    for _ in 0..STEPS + STEPS_A_LINE * (plan.elements.len() + screen.len()) {
        let next = match plan.elements.get(element) {
            None if at == screen.len() => return Some(pairs),
            None => None,
            Some(Element::Elision(index)) => {
                pairs.push((Some(*index), None));
                let last = element + 1 == plan.elements.len();
                let star = Star { element, reaches: at, pairs: pairs.len(), mark: bindings.mark() };
                let to = if last { screen.len() } else { at };
                pairs.extend((at..to).map(|line| (None, Some(line))));
                if !last {
                    stars.push(star);
                }
                Some(to)
            }
            Some(_) => step(plan, element, screen, at, bindings, reading, &mut pairs),
        };
        if let Some(next) = next {
            (element, at) = (element + 1, next);
        } else {
            let Some(star) = lengthen(&mut stars, screen, bindings, &mut pairs) else { break };
            (element, at) = star;
        }
    }
    bindings.undo(start);
    None
}

/// Lets the last `...` stand for one line more. As in a line, an earlier one is lengthened only where tokens were
/// bound after it.
fn lengthen(
    stars: &mut Vec<Star>,
    screen: &Screen<'_>,
    bindings: &mut Bindings,
    pairs: &mut Vec<Pair>,
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

/// Where the screen goes on after an element that stands at line `at`, if it does.
pub(super) fn step(
    plan: &Plan,
    element: usize,
    screen: &Screen<'_>,
    at: usize,
    bindings: &mut Bindings,
    reading: &Reading<'_>,
    pairs: &mut Vec<Pair>,
) -> Option<usize> {
    let this = plan.elements.get(element)?;
    let end = match this {
        Element::Elision(_) => None,
        Element::Line(index) => {
            plan.patterns[*index].matches(screen.lines.get(at)?, bindings, reading).then_some(at + 1)
        }
        Element::Progress(_) => Some(screen.progress_end(at)).filter(|&end| end > at),
        Element::Help(_) => screen.help_end(at),
        Element::Port(range) => {
            let end = screen.port_end(at)?;
            plan.patterns[range.start].matches(screen.lines.get(at)?, bindings, reading).then_some(end)
        }
        Element::Key(_, key) => {
            Some(at + usize::from(screen.lines.get(at).is_some_and(|line| plan.is_echo(line, *key, reading))))
        }
        Element::Gap(_) => Some(screen.blank_end(at)),
        Element::Table(table) => {
            // The rows that are written are all the rows, unless `...` allows others.
            let ends = if table.open {
                [plan.table_end(element, screen, at, reading), screen.table_end(at)]
            } else {
                [(at + 1 + table.rows.len()).min(screen.len()); 2]
            };
            return ends.into_iter().find(|&end| table.matches(screen, at, end, bindings, reading, pairs).is_some());
        }
    }?;
    push_side_by_side(this.range(), at..end, pairs);
    Some(end)
}

/// The first with the first, the second with the second, what is left alone.
pub(super) fn push_side_by_side(
    expected: std::ops::Range<usize>,
    found: std::ops::Range<usize>,
    pairs: &mut Vec<Pair>,
) {
    for index in 0..expected.len().max(found.len()) {
        pairs.push((expected.clone().nth(index), found.clone().nth(index)));
    }
}
