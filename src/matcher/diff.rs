//! Aligns a transcript and a screen that do not match. Finds the most likely line of the screen for each expected line.
//!
//! First pairs the matching lines at the beginning and at the end. Then aligns the remaining lines at the least cost.
//! If too many lines remain to compute the costs, leaves the remaining lines without partners.

use std::ops::Range;

use super::bindings::Bindings;
use super::match_lines::match_element;
use super::plan::{Element, MatchPlan};
use super::screen::ScreenLines;

/// The maximum number of pairs (element, line) to try.
const WORK: usize = 1_000_000;

/// The costs of three cases: a line without a partner, a pair of lines with nothing in common, and a pair that differs
/// only in a binding.
const ALONE: u32 = 10;
const STRANGERS: u32 = 19;
const BOUND: u32 = 4;

/// A part of the alignment. The numbers are indices of the plan's elements and of the screen's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AlignedPart {
    /// An element with the matching or most similar lines.
    Pair(usize, Range<usize>),
    /// An element without lines.
    Missing(usize),
    /// A line without an element.
    Unexpected(usize),
}

/// Aligns all elements with all lines, in order.
pub(super) fn align(plan: &MatchPlan, screen: &ScreenLines<'_>, bindings: &Bindings) -> Vec<AlignedPart> {
    let mut aligner = Aligner { plan, screen, bindings: bindings.clone(), moves: Vec::new() };
    aligner.align(0..plan.elements.len(), 0..screen.len());
    aligner.moves
}

struct Aligner<'a> {
    plan: &'a MatchPlan,
    screen: &'a ScreenLines<'a>,
    /// The bindings before the first line. Every pair is tried with these bindings.
    bindings: Bindings,
    moves: Vec<AlignedPart>,
}

impl Aligner<'_> {
    fn align(&mut self, mut elements: Range<usize>, mut lines: Range<usize>) {
        while !elements.is_empty() && !lines.is_empty() {
            let Some(end) = self.matched_end(elements.start, lines.start).filter(|&end| end <= lines.end) else {
                break;
            };
            self.moves.push(AlignedPart::Pair(elements.start, lines.start..end));
            (elements.start, lines.start) = (elements.start + 1, end);
        }
        let mut tail = Vec::new();
        while !elements.is_empty() && !lines.is_empty() {
            let (element, line) = (elements.end - 1, lines.end - 1);
            if !matches!(self.plan.elements[element], Element::Line(_)) || self.matched_end(element, line).is_none() {
                break;
            }
            tail.push(AlignedPart::Pair(element, line..lines.end));
            (elements.end, lines.end) = (element, line);
        }
        if (elements.len() + 1).saturating_mul(lines.len() + 1) <= WORK {
            self.least_cost(elements, lines);
        } else {
            self.moves.extend(elements.map(AlignedPart::Missing));
            self.moves.extend(lines.map(AlignedPart::Unexpected));
        }
        self.moves.extend(tail.into_iter().rev());
    }

    /// Matches an element with the lines from `line`, and returns the end of the matching lines. Returns `None` if the
    /// lines do not match. Also returns `None` for `...` and tables, because their ends depend on other elements.
    fn matched_end(&mut self, element: usize, line: usize) -> Option<usize> {
        if matches!(self.plan.elements[element], Element::Elision(_) | Element::Table(_)) {
            return None;
        }
        let mark = self.bindings.mark();
        let end = match_element(self.plan, element, self.screen, line, &mut self.bindings, &mut Vec::new());
        self.bindings.undo(mark);
        end
    }

    /// Returns the cost of aligning `element` with the lines from `line`, and the end of those lines.
    fn pair(&mut self, element: usize, line: usize) -> Option<(u32, usize)> {
        if let Some(end) = self.matched_end(element, line) {
            return Some((0, end));
        }
        match &self.plan.elements[element] {
            Element::Line(index) => {
                let found = &self.screen.lines[line];
                let pattern = &self.plan.patterns[*index];
                if pattern.is_blank() || found.is_blank() {
                    return None;
                }
                if pattern.has_form_of(found) {
                    return Some((BOUND, line + 1));
                }
                let alike = similarity(pattern.text(), found.text());
                Some((BOUND + 1 + (STRANGERS - BOUND - 1) * (100 - alike) / 100, line + 1))
            }
            Element::Table(table) => {
                let header = self.screen.header(line).filter(|header| header.shares_a_column(&table.header))?;
                let end = self.plan.table_end(element, self.screen, line);
                let other = header.beyond(&table.header).len() + table.header.beyond(&header).len();
                let rows = u32::try_from(table.rows.len().abs_diff(end - line - 1)).unwrap_or(u32::MAX / 100);
                let rows = if table.open { 0 } else { rows };
                Some((ALONE * rows + BOUND * u32::from(other > 0), end))
            }
            _ => None,
        }
    }

    fn cost_alone(&self, element: usize) -> u32 {
        let elements = &self.plan.elements;
        let is_elision = |at: Option<usize>| matches!(at.and_then(|at| elements.get(at)), Some(Element::Elision(_)));
        match &elements[element] {
            Element::Elision(_) | Element::Key(..) | Element::Gap(_) => 0,
            Element::Help(_) => ALONE,
            // `...` matches any line at no cost. So an expected line beside `...` costs more without a partner.
            // Otherwise, such a line would never be paired with a line that differs.
            Element::Line(_) if is_elision(element.checked_sub(1)) || is_elision(Some(element + 1)) => 2 * ALONE,
            other => ALONE.saturating_mul(u32::try_from(other.range().len()).unwrap_or(u32::MAX)),
        }
    }

    /// Finds the cheapest alignment of a block by dynamic programming, from the end of the block.
    fn least_cost(&mut self, elements: Range<usize>, lines: Range<usize>) {
        let (height, width) = (elements.len(), lines.len());
        let at = |element: usize, line: usize| element * (width + 1) + line;
        let mut costs = vec![0_u32; (height + 1) * (width + 1)];
        let mut ends = vec![0_usize; (height + 1) * (width + 1)];
        for line in (0..width).rev() {
            costs[at(height, line)] = costs[at(height, line + 1)] + ALONE;
        }
        for element in (0..height).rev() {
            let number = elements.start + element;
            let alone = self.cost_alone(number);
            let elides = matches!(self.plan.elements[number], Element::Elision(_));
            for line in (0..=width).rev() {
                let mut best = costs[at(element + 1, line)].saturating_add(alone);
                if line < width {
                    let extra = if elides { 0 } else { ALONE };
                    best = best.min(costs[at(element, line + 1)].saturating_add(extra));
                    if let Some((cost, end)) = self.pair(number, lines.start + line) {
                        let end = end - lines.start;
                        if end <= width && costs[at(element + 1, end)].saturating_add(cost) <= best {
                            best = costs[at(element + 1, end)].saturating_add(cost);
                            ends[at(element, line)] = end;
                        }
                    }
                }
                costs[at(element, line)] = best;
            }
        }
        let (mut element, mut line) = (0, 0);
        while element < height || line < width {
            if element == height {
                self.moves.push(AlignedPart::Unexpected(lines.start + line));
                line += 1;
                continue;
            }
            let number = elements.start + element;
            let elides = matches!(self.plan.elements[number], Element::Elision(_));
            // The diff shows blank lines before typed input below all unexpected lines.
            let is_gap = matches!(self.plan.elements[number], Element::Gap(_));
            if is_gap && line < width && costs[at(element, line)] == costs[at(element, line + 1)] + ALONE {
                self.moves.push(AlignedPart::Unexpected(lines.start + line));
                line += 1;
            } else if elides {
                let from = line;
                while line < width && costs[at(element, line)] == costs[at(element, line + 1)] {
                    line += 1;
                }
                self.moves.push(AlignedPart::Pair(number, lines.start + from..lines.start + line));
                element += 1;
            } else if line < width && ends[at(element, line)] > 0 {
                let end = ends[at(element, line)];
                self.moves.push(AlignedPart::Pair(number, lines.start + line..lines.start + end));
                (element, line) = (element + 1, end);
            } else if costs[at(element, line)] == costs[at(element + 1, line)].saturating_add(self.cost_alone(number)) {
                self.moves.push(AlignedPart::Missing(number));
                element += 1;
            } else {
                self.moves.push(AlignedPart::Unexpected(lines.start + line));
                line += 1;
            }
        }
    }
}

/// Returns the length of the common beginning and the common end of two lines, in percent of the longer line.
fn similarity(left: &str, right: &str) -> u32 {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let begin = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let end = left[begin..].iter().rev().zip(right[begin..].iter().rev()).take_while(|(left, right)| left == right);
    let long = left.len().max(right.len()).max(1);
    u32::try_from((begin + end.count()) * 100 / long).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_counts_equal_beginning_and_end() {
        assert_eq!(similarity("abcd", "abxd"), 75);
        assert_eq!(similarity("", ""), 0);
        assert_eq!(similarity("aaa", "aa"), 66);
    }
}
