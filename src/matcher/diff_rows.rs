//! Turns an alignment into the rows of a failed comparison.

use super::bindings::Bindings;
use super::comparison::{DiffRow, Highlights, Note, RowState};
use super::diff::AlignedPart;
use super::highlight::{binding_conflicts, highlight_differences};
use super::match_lines::{match_element, push_side_by_side};
use super::plan::{Element, MatchPlan};
use super::screen::ScreenLines;
use super::table::{ActualRow, ExpectedRow, ExpectedTable};
use crate::lesson::{Expected, ExpectedKind};

/// The two sides of a comparison.
pub(super) struct Sides<'a> {
    pub(super) expected: &'a [Expected],
    pub(super) plan: &'a MatchPlan,
    pub(super) screen: &'a ScreenLines<'a>,
}

impl Sides<'_> {
    /// Makes the rows of an alignment. Keeps the bindings of matching lines.
    pub(super) fn rows(&self, moves: &[AlignedPart], bindings: &mut Bindings) -> Vec<DiffRow> {
        let mut rows = Vec::new();
        for part in moves {
            match part {
                AlignedPart::Unexpected(line) => rows.push(DiffRow::new(None, Some(*line), RowState::Unexpected)),
                AlignedPart::Missing(element) => self.push_missing(&self.plan.elements[*element], &mut rows),
                AlignedPart::Pair(element, lines) => self.push_pair(*element, lines.clone(), bindings, &mut rows),
            }
        }
        rows
    }

    fn push_missing(&self, element: &Element, rows: &mut Vec<DiffRow>) {
        let state = match element {
            Element::Elision(_) | Element::Key(..) | Element::Gap(_) => RowState::Same,
            _ => RowState::Missing,
        };
        for index in element.range() {
            let state = if self.expected[index].is_elision() { RowState::Same } else { state };
            rows.push(DiffRow::new(Some(index), None, state));
        }
    }

    fn push_pair(
        &self,
        element: usize,
        lines: std::ops::Range<usize>,
        bindings: &mut Bindings,
        rows: &mut Vec<DiffRow>,
    ) {
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
        } else if match_element(self.plan, element, self.screen, lines.start, bindings, &mut pairs).is_some() {
            true
        } else {
            push_side_by_side(this.range(), lines, &mut pairs);
            false
        };
        for (index, line) in pairs {
            let mut row = DiffRow::new(index, line, RowState::Same);
            if !same && let (Some(index), Some(line)) = (index, line) {
                row.state = RowState::Differs;
                let written = self.expected[index].screen_text();
                let (pattern, raw) = (&self.plan.patterns[index], self.screen.raw[line]);
                let wild = self.expected[index].kind == ExpectedKind::Output;
                row.marks = highlight_differences(&written, raw, wild, bindings, &self.screen.reading);
                if pattern.has_form_of(&self.screen.lines[line]) {
                    row.notes = binding_conflicts(&written, raw, bindings, &self.screen.reading);
                }
            }
            rows.push(row);
        }
    }

    /// Adds the rows of a table: pairs of matching rows, pairs of similar rows, and rows without a partner. Compares
    /// only the columns that both sides have. The row of the header lists the other columns.
    fn push_table(
        &self,
        table: &ExpectedTable,
        lines: std::ops::Range<usize>,
        bindings: &mut Bindings,
        rows: &mut Vec<DiffRow>,
    ) {
        let Some(header) = self.screen.header(lines.start) else { return };
        let (added, lacking) = (header.beyond(&table.header), table.header.beyond(&header));
        let mut first = DiffRow::new(Some(table.range.start), Some(lines.start), RowState::Same);
        if !added.is_empty() || !lacking.is_empty() {
            first.state = RowState::Differs;
            first.cells = added.iter().chain(&lacking).cloned().collect();
            first.notes.extend((!added.is_empty()).then_some(Note::ColumnsAdded(added)));
            first.notes.extend((!lacking.is_empty()).then(|| Note::ColumnsLacking(lacking.clone())));
        }
        rows.push(first);
        let found = table.found_rows(&header, self.screen, lines.start + 1..lines.end);
        let compared: Vec<bool> =
            table.header.columns.iter().map(|column| !lacking.iter().any(|name| name == column.name)).collect();
        let chosen = choose(table, &found, &compared, bindings);
        let mut taken = vec![false; found.len()];
        let mut written = table.rows.iter().zip(&chosen).peekable();
        for index in table.range.clone().skip(1) {
            let Some((row, choice)) = written.next_if(|(row, _)| row.index == index) else {
                rows.push(DiffRow::new(Some(index), None, RowState::Same));
                continue;
            };
            let Some(&(at, state)) = choice.as_ref() else {
                rows.push(DiffRow::new(Some(index), None, RowState::Missing));
                continue;
            };
            taken[at] = true;
            let mut out = DiffRow::new(Some(index), Some(found[at].at), state);
            if state == RowState::Differs {
                self.explain(table, row, &found[at], &compared, bindings, &mut out);
            }
            rows.push(out);
        }
        let rest = if table.open { RowState::Same } else { RowState::Unexpected };
        let left = found.iter().zip(taken).filter(|(_, taken)| !taken);
        rows.extend(left.map(|(row, _)| DiffRow::new(None, Some(row.at), rest)));
    }

    /// Adds the column names, the highlights and the notes of the differing cells to `out`.
    fn explain(
        &self,
        table: &ExpectedTable,
        row: &ExpectedRow,
        found: &ActualRow<'_>,
        compared: &[bool],
        bindings: &mut Bindings,
        out: &mut DiffRow,
    ) {
        let (written, raw) = (&self.expected[row.index].text, self.screen.raw[found.at]);
        let cut = table.header.cut(written);
        for (index, column) in table.header.columns.iter().enumerate() {
            let reading = self.screen.reading.at(column.place);
            let mark = bindings.mark();
            let same = !compared[index] || row.cells[index].matches(&found.cells[index], bindings);
            bindings.undo(mark);
            if same {
                continue;
            }
            out.cells.push(column.name.to_owned());
            let (left, right) = (cut[index].clone(), found.ranges[index].clone());
            let (left_text, right_text) = (&written[left.clone()], &raw[right.clone()]);
            let Highlights { expected, found: printed } =
                highlight_differences(left_text, right_text, true, bindings, &reading);
            out.marks.expected.extend(expected.into_iter().map(|mark| mark.start + left.start..mark.end + left.start));
            out.marks.found.extend(printed.into_iter().map(|mark| mark.start + right.start..mark.end + right.start));
            if row.cells[index].has_form_of(&found.cells[index]) {
                out.notes.extend(binding_conflicts(left_text, right_text, bindings, &reading));
            }
        }
    }
}

/// Chooses the matching row of the screen, or else the most similar row, for each row of the transcript.
fn choose(
    table: &ExpectedTable,
    found: &[ActualRow<'_>],
    compared: &[bool],
    bindings: &mut Bindings,
) -> Vec<Option<(usize, RowState)>> {
    let mut chosen: Vec<Option<(usize, RowState)>> = vec![None; table.rows.len()];
    let mut taken = vec![false; found.len()];
    for (row, choice) in table.rows.iter().zip(&mut chosen) {
        let at = (0..found.len()).find(|&at| !taken[at] && row.matches(&found[at], Some(compared), bindings));
        if let Some(at) = at {
            taken[at] = true;
            *choice = Some((at, RowState::Same));
        }
    }
    let mut alike = Vec::new();
    for (index, row) in table.rows.iter().enumerate().filter(|(index, _)| chosen[*index].is_none()) {
        for (at, other) in found.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            if let Some(score) = table.alike(row, other, compared) {
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
