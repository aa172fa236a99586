//! Rows of a comparison that is not met: an alignment, judged line by line with what is bound so far.

use super::bindings::Bindings;
use super::comparison::{Marks, Note, Row, RowState};
use super::diff::Move;
use super::highlight::{bound_elsewhere, marks};
use super::line::Reading;
use super::match_lines::{push_side_by_side, step};
use super::plan::{Element, Plan};
use super::screen::Screen;
use super::table::{FoundRow, Table, TableRow};
use crate::lesson::{Expected, ExpectedKind};

/// What both sides are made of.
pub(super) struct Sides<'a> {
    pub(super) expected: &'a [Expected],
    pub(super) plan: &'a Plan,
    pub(super) screen: &'a Screen<'a>,
    pub(super) reading: Reading<'a>,
}

impl Sides<'_> {
    /// The rows of an alignment. Lines that match keep what they bind.
    pub(super) fn rows(&self, moves: &[Move], bindings: &mut Bindings) -> Vec<Row> {
        let mut rows = Vec::new();
        for part in moves {
            match part {
                Move::Unexpected(line) => rows.push(Row::new(None, Some(*line), RowState::Unexpected)),
                Move::Missing(element) => self.push_missing(&self.plan.elements[*element], &mut rows),
                Move::Pair(element, lines) => self.push_pair(*element, lines.clone(), bindings, &mut rows),
            }
        }
        rows
    }

    fn push_missing(&self, element: &Element, rows: &mut Vec<Row>) {
        let state = match element {
            Element::Elision(_) | Element::Key(..) | Element::Gap(_) => RowState::Same,
            _ => RowState::Missing,
        };
        for index in element.range() {
            let state = if self.expected[index].is_elision() { RowState::Same } else { state };
            rows.push(Row::new(Some(index), None, state));
        }
    }

    fn push_pair(&self, element: usize, lines: std::ops::Range<usize>, bindings: &mut Bindings, rows: &mut Vec<Row>) {
        let this = &self.plan.elements[element];
        if let Element::Table(table) = this {
            self.push_table(table, lines, bindings, rows);
            return;
        }
        let mut pairs = Vec::new();
        let same = if let Element::Elision(index) = this {
            pairs.push((Some(*index), None));
            pairs.extend(lines.map(|line| (None, Some(line))));
            true
        } else if step(self.plan, element, self.screen, lines.start, bindings, &self.reading, &mut pairs).is_some() {
            true
        } else {
            push_side_by_side(this.range(), lines, &mut pairs);
            false
        };
        for (index, line) in pairs {
            let mut row = Row::new(index, line, RowState::Same);
            if !same && let (Some(index), Some(line)) = (index, line) {
                row.state = RowState::Differs;
                let written = self.expected[index].screen_text();
                let (pattern, raw) = (&self.plan.patterns[index], self.screen.raw[line]);
                let wild = self.expected[index].kind == ExpectedKind::Output;
                row.marks = marks(&written, raw, wild, bindings, &self.reading);
                if pattern.has_form_of(&self.screen.lines[line], &self.reading) {
                    row.notes = bound_elsewhere(&written, raw, bindings, &self.reading);
                }
            }
            rows.push(row);
        }
    }

    /// A table with rows that match, rows that were meant to, and rows of one side alone. Only columns that both
    /// sides have are compared; the header says which are not.
    fn push_table(&self, table: &Table, lines: std::ops::Range<usize>, bindings: &mut Bindings, rows: &mut Vec<Row>) {
        let Some(header) = self.screen.header(lines.start) else { return };
        let (added, lacking) = (header.beyond(&table.header), table.header.beyond(&header));
        let mut first = Row::new(Some(table.range.start), Some(lines.start), RowState::Same);
        if !added.is_empty() || !lacking.is_empty() {
            first.state = RowState::Differs;
            first.cells = added.iter().chain(&lacking).cloned().collect();
            first.notes.extend((!added.is_empty()).then_some(Note::ColumnsAdded(added)));
            first.notes.extend((!lacking.is_empty()).then(|| Note::ColumnsLacking(lacking.clone())));
        }
        rows.push(first);
        let found = table.found_rows(&header, self.screen, lines.start + 1..lines.end, &self.reading);
        let compared: Vec<bool> =
            table.header.columns.iter().map(|column| !lacking.iter().any(|name| name == column.name)).collect();
        let chosen = choose(table, &found, &compared, bindings, &self.reading);
        let mut taken = vec![false; found.len()];
        let mut written = table.rows.iter().zip(&chosen).peekable();
        for index in table.range.clone().skip(1) {
            let Some((row, choice)) = written.next_if(|(row, _)| row.index == index) else {
                rows.push(Row::new(Some(index), None, RowState::Same));
                continue;
            };
            let Some(&(at, state)) = choice.as_ref() else {
                rows.push(Row::new(Some(index), None, RowState::Missing));
                continue;
            };
            taken[at] = true;
            let mut out = Row::new(Some(index), Some(found[at].at), state);
            if state == RowState::Differs {
                self.explain(table, row, &found[at], &compared, bindings, &mut out);
            }
            rows.push(out);
        }
        let rest = if table.open { RowState::Same } else { RowState::Unexpected };
        let left = found.iter().zip(taken).filter(|(_, taken)| !taken);
        rows.extend(left.map(|(row, _)| Row::new(None, Some(row.at), rest)));
    }

    /// Names and marks the cells of a row that differ.
    fn explain(
        &self,
        table: &Table,
        row: &TableRow,
        found: &FoundRow<'_>,
        compared: &[bool],
        bindings: &mut Bindings,
        out: &mut Row,
    ) {
        let (written, raw) = (&self.expected[row.index].text, self.screen.raw[found.at]);
        let cut = table.header.cut(written);
        for (index, column) in table.header.columns.iter().enumerate() {
            let reading = self.reading.at(column.place);
            let mark = bindings.mark();
            let same = !compared[index] || row.cells[index].matches(&found.cells[index], bindings, &reading);
            bindings.undo(mark);
            if same {
                continue;
            }
            out.cells.push(column.name.to_owned());
            let (left, right) = (cut[index].clone(), found.ranges[index].clone());
            let (left_text, right_text) = (&written[left.clone()], &raw[right.clone()]);
            let Marks { expected, found: printed } = marks(left_text, right_text, true, bindings, &reading);
            out.marks.expected.extend(expected.into_iter().map(|mark| mark.start + left.start..mark.end + left.start));
            out.marks.found.extend(printed.into_iter().map(|mark| mark.start + right.start..mark.end + right.start));
            if row.cells[index].has_form_of(&found.cells[index], &reading) {
                out.notes.extend(bound_elsewhere(left_text, right_text, bindings, &reading));
            }
        }
    }
}

/// For each row of the transcript the one that matches it, or the one that is most like it.
fn choose(
    table: &Table,
    found: &[FoundRow<'_>],
    compared: &[bool],
    bindings: &mut Bindings,
    reading: &Reading<'_>,
) -> Vec<Option<(usize, RowState)>> {
    let mut chosen: Vec<Option<(usize, RowState)>> = vec![None; table.rows.len()];
    let mut taken = vec![false; found.len()];
    let shapes: Vec<u64> = found.iter().map(|row| row.shape(&table.header, Some(compared), reading)).collect();
    for (row, choice) in table.rows.iter().zip(&mut chosen) {
        let shape = row.shape_among(found, Some(compared));
        let at = (0..found.len())
            .filter(|&at| shape.is_none_or(|shape| shape == shapes[at]))
            .find(|&at| !taken[at] && row.matches(&found[at], &table.header, Some(compared), bindings, reading));
        if let Some(at) = at {
            taken[at] = true;
            *choice = Some((at, RowState::Same));
        }
    }
    let mut alike = Vec::new();
    for (index, row) in table.rows.iter().enumerate().filter(|(index, _)| chosen[*index].is_none()) {
        for (at, other) in found.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            if let Some(score) = table.alike(row, other, compared, reading) {
                alike.push((std::cmp::Reverse(score), index.abs_diff(at), index, at));
            }
        }
    }
    alike.sort_unstable();
    for (_, _, index, at) in alike {
        if chosen[index].is_none() && !taken[at] {
            taken[at] = true;
            chosen[index] = Some((at, RowState::Differs));
        }
    }
    chosen
}
