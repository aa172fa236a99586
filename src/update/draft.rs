//! What becomes of each line: a comparison's rows as lines of the new transcript.

use crate::lesson::{Command, Expected, ExpectedKind};
use crate::matcher::{
    Bindings, Comparison, Element, Header, Options, Plan, Reading, Row, RowState, Screen, Table, has_interrupt, spell,
    spell_as,
};
use crate::update::layout::{Entry, lay_out, lay_out_row};
use crate::update::protect::Protection;

/// A line of the new transcript. Numbers are indices of expected lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Draft {
    /// Stays as the author wrote it.
    Keep(usize),
    /// Is written anew in its place.
    Write(usize, String),
    /// Goes.
    Drop(usize),
    /// Comes in.
    Insert(String),
}

impl Draft {
    /// The expected line that it is about.
    pub(super) const fn index_mut(&mut self) -> Option<&mut usize> {
        match self {
            Self::Keep(index) | Self::Write(index, _) | Self::Drop(index) => Some(index),
            Self::Insert(_) => None,
        }
    }
}

struct Drafter<'a> {
    expected: &'a [Expected],
    actual: &'a [String],
    bindings: &'a Bindings,
    reading: Reading<'a>,
    protection: Protection<'a>,
    /// For each line of the screen the header of the table that it is a row of.
    headers: Vec<Option<usize>>,
    drafts: Vec<Draft>,
}

/// The new transcript, with as few lines touched as can be.
pub(super) fn draft(
    command: &Command,
    actual: &[String],
    comparison: &Comparison,
    bindings: &Bindings,
    options: &Options<'_>,
) -> Vec<Draft> {
    let mut drafter = Drafter::new(command, actual, bindings, options);
    let plan = Plan::new(&command.expected, &drafter.reading);
    let screen = Screen::new(actual, has_interrupt(&command.expected), &drafter.reading);
    let mut rows = comparison.rows.as_slice();
    while let Some((row, rest)) = rows.split_first() {
        let table = plan.elements.iter().enumerate().find_map(|(element, this)| match this {
            Element::Table(table) if row.expected == Some(table.range.start) => Some((element, table)),
            _ => None,
        });
        let Some((element, table)) = table else {
            drafter.line(row);
            rows = rest;
            continue;
        };
        let lines = row.found.and_then(|found| {
            let at = screen.found.iter().position(|&line| line == found)?;
            let end = plan.table_end(element, &screen, at, &drafter.reading);
            Some(found..screen.found.get(end.checked_sub(1)?)? + 1)
        });
        let is_of_table = |row: &&Row| match (row.expected, row.found) {
            (Some(index), _) => table.range.contains(&index),
            (None, Some(line)) => lines.as_ref().is_some_and(|lines| lines.contains(&line)),
            (None, None) => false,
        };
        let many = 1 + rest.iter().take_while(is_of_table).count();
        let (of_table, rest) = rows.split_at(many);
        drafter.table(table, of_table, lines.is_some());
        rows = rest;
    }
    drafter.finish()
}

/// The new transcript with every printed line written anew; typed lines and keys stay where the screen shows them.
pub(super) fn anew(command: &Command, actual: &[String], bindings: &Bindings, options: &Options<'_>) -> Vec<Draft> {
    let mut drafter = Drafter::new(command, actual, bindings, options);
    let mut at = 0;
    // Blank lines above the line at hand. Between lines of output they are output, elsewhere they stay.
    let mut blanks: Vec<usize> = Vec::new();
    let mut below_output = false;
    let many = command.expected.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    for (index, line) in command.expected.iter().enumerate().take(many) {
        if line.is_blank() {
            blanks.push(index);
            continue;
        }
        if !below_output {
            drafter.drafts.extend(blanks.drain(..).map(Draft::Keep));
        }
        below_output = line.kind == ExpectedKind::Output;
        if below_output {
            drafter.drafts.extend(blanks.drain(..).chain([index]).map(Draft::Drop));
            continue;
        }
        if let ExpectedKind::Typed { prompt, input } = &line.kind {
            let typed = format!("{prompt}{input}");
            let found = actual[at..].iter().position(|line| line.trim_end() == typed.trim_end()).unwrap_or(0);
            drafter.insert_all(at..at + found);
            at = (at + found + 1).min(actual.len());
        }
        drafter.drafts.extend(blanks.drain(..).chain([index]).map(Draft::Keep));
    }
    drafter.insert_all(at..actual.len());
    drafter.finish()
}

impl<'a> Drafter<'a> {
    fn new(command: &'a Command, actual: &'a [String], bindings: &'a Bindings, options: &Options<'a>) -> Self {
        Self {
            expected: &command.expected,
            actual,
            bindings,
            reading: options.reading(),
            protection: Protection::new(command),
            headers: headers(actual),
            drafts: Vec::new(),
        }
    }

    fn line(&mut self, row: &Row) {
        match (row.state, row.expected, row.found) {
            (state, Some(index), _) if state == RowState::Same || self.expected[index].kind != ExpectedKind::Output => {
                self.drafts.push(Draft::Keep(index));
            }
            (RowState::Differs, Some(index), Some(line)) => {
                let text = spell_as(&self.expected[index].text, self.printed(line), self.bindings, &self.reading);
                let text = self.protection.protect(&text);
                self.drafts.push(Draft::Write(index, text));
            }
            (_, Some(index), _) => self.drafts.push(Draft::Drop(index)),
            (RowState::Same, None, _) | (_, None, None) => {}
            (_, None, Some(line)) => self.insert(line),
        }
    }

    /// A line of the screen; what stands after the echo of `^C` is a line of its own.
    fn printed(&self, line: usize) -> &'a str {
        let text = self.actual.get(line).map_or("", String::as_str);
        let rest = text.strip_prefix("^C").filter(|rest| has_interrupt(self.expected) && !rest.trim_end().is_empty());
        rest.unwrap_or(text)
    }

    /// Lines of the screen without blank ones round them.
    fn insert_all(&mut self, lines: std::ops::Range<usize>) {
        let is_blank = |line: &usize| self.actual[*line].trim_end().is_empty();
        let start = lines.clone().find(|line| !is_blank(line)).unwrap_or(lines.end);
        let end = lines.rev().find(|line| !is_blank(line)).map_or(start, |last| last + 1);
        for line in start..end {
            self.insert(line);
        }
    }

    fn insert(&mut self, line: usize) {
        let text = self.spelled(line);
        let safe = self.protection.protect(&text);
        // What protects a row is wider than what it hides, and would push its cells out of their columns.
        let row = self.header_of(line).filter(|_| safe != text.trim_end());
        let text = row.map_or(safe, |header| self.safe_row(&header, &text));
        self.drafts.push(Draft::Insert(text));
    }

    /// A row whose first cell is not misread: with a part of it hidden, or all, or, where it is narrow, the row.
    fn safe_row(&self, header: &Header, text: &str) -> String {
        let mut cells: Vec<String> = cells_of(header, text).into_iter().map(str::to_owned).collect();
        let first = cells.first().map(|cell| self.protection.protect(cell)).unwrap_or_default();
        for hidden in [first.as_str(), "[..]"] {
            if let Some(first) = cells.first_mut() {
                hidden.clone_into(first);
            }
            if let Some(row) = lay_out_row(header, &cells).filter(|row| self.protection.protect(row) == *row) {
                return row;
            }
        }
        "...".to_owned()
    }

    /// The header of the table that a line of the screen is a row of.
    fn header_of(&self, line: usize) -> Option<Header> {
        Header::read(self.actual.get((*self.headers.get(line)?)?)?)
    }

    /// A line of the screen as it is written: cell by cell in a table, for what is bound depends on the column.
    fn spelled(&self, line: usize) -> String {
        let text = self.printed(line);
        let Some(header) = self.header_of(line) else { return spell(text, self.bindings, &self.reading) };
        let raw = cells_of(&header, text);
        let cells: Vec<String> = raw
            .iter()
            .zip(&header.columns)
            .map(|(cell, column)| spell(cell, self.bindings, &self.reading.at(column.place)))
            .collect();
        if cells == raw {
            return text.trim_end().to_owned();
        }
        // The author's spelling may be too wide for the column that was printed; what is left is not to show the row.
        let anything = |(cell, raw): (&String, &&str)| if cell == raw { cell.clone() } else { "[..]".to_owned() };
        lay_out_row(&header, &cells)
            .or_else(|| replace_cells(&header, text, &cells))
            .or_else(|| lay_out_row(&header, &cells.iter().zip(&raw).map(anything).collect::<Vec<_>>()))
            .unwrap_or_else(|| "...".to_owned())
    }

    /// Rows that match stay; others come under the author's columns, or, where they do not fit or the columns are
    /// others, the whole table is laid out anew.
    fn table(&mut self, table: &Table, rows: &[Row], is_printed: bool) {
        if !is_printed {
            let dropped = rows.iter().filter_map(|row| row.expected);
            self.drafts.extend(dropped.map(Draft::Drop));
            return;
        }
        let (header, others) = self.header(table, rows.first());
        let entries: Vec<Entry> = rows.iter().filter_map(|row| self.entry(table, &header, others, row)).collect();
        let mut texts = lay_out(&header, &entries, others).into_iter();
        for entry in entries {
            let text = texts.next().flatten().map(|text| self.protection.protect(&text));
            self.drafts.extend(match (entry.index, text) {
                (Some(index), Some(text)) if text != self.expected[index].text => Some(Draft::Write(index, text)),
                (Some(index), _) if entry.gone => Some(Draft::Drop(index)),
                (Some(index), _) => Some(Draft::Keep(index)),
                (None, Some(text)) => Some(Draft::Insert(text)),
                (None, None) => None,
            });
        }
    }

    /// The header as it will be, and whether its columns are others than the author's.
    fn header(&self, table: &Table, row: Option<&Row>) -> (Header, bool) {
        let found =
            row.filter(|row| row.state != RowState::Same).and_then(|row| Header::read(self.actual.get(row.found?)?));
        match found {
            Some(header) => (header, true),
            None => (table.header.clone(), false),
        }
    }

    /// A row as it will be: as the author wrote it, with the cells that differ written anew, or as printed.
    fn entry(&self, table: &Table, header: &Header, others: bool, row: &Row) -> Option<Entry> {
        let index = row.expected;
        if index.is_some_and(|index| self.expected[index].is_elision()) {
            return Some(Entry { index, ..Entry::default() });
        }
        if row.state == RowState::Missing {
            return Some(Entry { index, gone: true, ..Entry::default() });
        }
        if index.is_none() && row.state == RowState::Same {
            return None;
        }
        let written: Option<Vec<&str>> = index.map(|index| {
            let text = self.expected[index].text.as_str();
            table.header.cut(text).into_iter().map(|range| &text[range]).collect()
        });
        let printed: Option<(Header, &str)> = row.found.and_then(|line| {
            let first = self.found_header(table, row)?;
            Some((first, self.actual.get(line)?.as_str()))
        });
        let cells = header.columns.iter().map(|column| {
            let own = table.header.columns.iter().position(|other| other.name == column.name);
            let own = own.and_then(|at| written.as_ref()?.get(at).copied());
            let is_same = row.state == RowState::Same || !row.cells.iter().any(|name| name == column.name);
            if let Some(own) = own.filter(|_| is_same) {
                return own.to_owned();
            }
            let found = printed.as_ref().and_then(|(first, text)| {
                let at = first.columns.iter().position(|other| other.name == column.name)?;
                text.get(first.cut(text).get(at)?.clone())
            });
            let reading = self.reading.at(column.place);
            spell_as(own.unwrap_or_default(), found.unwrap_or_default(), self.bindings, &reading)
        });
        let is_header = index == Some(table.range.start);
        let cells: Vec<String> = if is_header {
            header.columns.iter().map(|column| column.name.to_owned()).collect()
        } else {
            cells.collect()
        };
        let changed = row.state != RowState::Same || others;
        Some(Entry { index, cells, changed, gone: false })
    }

    /// The header of the screen's table that a row belongs to: the nearest one above it.
    fn found_header(&self, table: &Table, row: &Row) -> Option<Header> {
        let line = row.found?;
        (0..=line).rev().find_map(|line| Header::read(self.actual.get(line)?)).filter(|header| {
            header.columns.iter().any(|column| table.header.columns.iter().any(|other| other.name == column.name))
        })
    }

    /// Lines that no row names, blank ones at the end, stay.
    fn finish(mut self) -> Vec<Draft> {
        let named = |draft: &Draft| match draft {
            Draft::Keep(index) | Draft::Write(index, _) | Draft::Drop(index) => Some(*index),
            Draft::Insert(_) => None,
        };
        let next = self.drafts.iter().filter_map(named).max().map_or(0, |last| last + 1);
        self.drafts.extend((next..self.expected.len()).map(Draft::Keep));
        self.drafts
    }
}

fn cells_of<'t>(header: &Header, text: &'t str) -> Vec<&'t str> {
    header.cut(text).into_iter().map(|range| text.get(range).unwrap_or_default()).collect()
}

/// The row with other cells between the same spaces, if it is still cut so.
fn replace_cells(header: &Header, text: &str, cells: &[String]) -> Option<String> {
    let mut row = text.trim_end().to_owned();
    for (range, cell) in header.cut(text).into_iter().zip(cells).rev() {
        row.replace_range(range, cell);
    }
    (cells_of(header, &row) == cells).then_some(row)
}

/// For each line the header of the table that it is a row of.
fn headers(lines: &[String]) -> Vec<Option<usize>> {
    let mut headers = vec![None; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        let Some(header) = Header::read(line) else { continue };
        let rows = header.count_rows(lines[at + 1..].iter().map(String::as_str));
        headers[at + 1..=at + rows].fill(Some(at));
    }
    headers
}
