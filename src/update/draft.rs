//! Turns the rows of a comparison into lines of the new transcript: keeps, replaces or deletes expected lines, and
//! inserts new ones.

use crate::lesson::{Command, Expected, ExpectedKind};
use crate::matcher::{
    Bindings, Comparison, DiffRow, Element, ExpectedTable, Header, MatchPlan, Options, ReadOptions, RowState,
    ScreenLines, generalize_as, generalize_line, has_interrupt,
};
use crate::update::layout::{TableEntry, lay_out, lay_out_row};
use crate::update::protect::Protection;

/// A line of the new transcript. Numbers are indices of expected lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DraftLine {
    /// The line stays.
    Keep(usize),
    /// This text replaces the line.
    Write(usize, String),
    /// The line is deleted.
    Drop(usize),
    /// A new line with this text is inserted.
    Insert(String),
}

impl DraftLine {
    /// Returns the index of the expected line; `None` for an inserted line.
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
    reading: ReadOptions<'a>,
    protection: Protection<'a>,
    /// The index of the header line of each table row on the screen. `None` for a line that is no table row.
    headers: Vec<Option<usize>>,
    drafts: Vec<DraftLine>,
}

/// Drafts the new transcript so that as few lines as possible change.
pub(super) fn draft(
    command: &Command,
    actual: &[String],
    comparison: &Comparison,
    bindings: &Bindings,
    options: &Options<'_>,
) -> Vec<DraftLine> {
    let mut drafter = Drafter::new(command, actual, bindings, options);
    let plan = MatchPlan::new(&command.expected, &drafter.reading);
    let screen = ScreenLines::new(actual, has_interrupt(&command.expected), &drafter.reading);
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
            let end = plan.table_end(element, &screen, at);
            Some(found..screen.found.get(end.checked_sub(1)?)? + 1)
        });
        let is_of_table = |row: &&DiffRow| match (row.expected, row.found) {
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

/// Drafts the new transcript so that every line of output is replaced. Keeps typed lines and keys, and places the
/// printed lines above and below each typed line as on the screen.
pub(super) fn anew(command: &Command, actual: &[String], bindings: &Bindings, options: &Options<'_>) -> Vec<DraftLine> {
    let mut drafter = Drafter::new(command, actual, bindings, options);
    let mut at = 0;
    // The blank lines directly above the current line. Blank lines between two lines of output are dropped with the
    // output. Other blank lines are kept.
    let mut blanks: Vec<usize> = Vec::new();
    let mut below_output = false;
    let many = command.expected.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    for (index, line) in command.expected.iter().enumerate().take(many) {
        if line.is_blank() {
            blanks.push(index);
            continue;
        }
        if !below_output {
            drafter.drafts.extend(blanks.drain(..).map(DraftLine::Keep));
        }
        below_output = line.kind == ExpectedKind::Output;
        if below_output {
            drafter.drafts.extend(blanks.drain(..).chain([index]).map(DraftLine::Drop));
            continue;
        }
        if let ExpectedKind::Typed { prompt, input } = &line.kind {
            let typed = format!("{prompt}{input}");
            let found = actual[at..].iter().position(|line| line.trim_end() == typed.trim_end()).unwrap_or(0);
            drafter.insert_all(at..at + found);
            at = (at + found + 1).min(actual.len());
        }
        drafter.drafts.extend(blanks.drain(..).chain([index]).map(DraftLine::Keep));
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

    fn line(&mut self, row: &DiffRow) {
        match (row.state, row.expected, row.found) {
            (state, Some(index), _) if state == RowState::Same || self.expected[index].kind != ExpectedKind::Output => {
                self.drafts.push(DraftLine::Keep(index));
            }
            (RowState::Differs, Some(index), Some(line)) => {
                let text = generalize_as(&self.expected[index].text, self.printed(line), self.bindings, &self.reading);
                let text = self.protection.protect(&text);
                self.drafts.push(DraftLine::Write(index, text));
            }
            (_, Some(index), _) => self.drafts.push(DraftLine::Drop(index)),
            (RowState::Same, None, _) | (_, None, None) => {}
            (_, None, Some(line)) => self.insert(line),
        }
    }

    /// Returns a line of the screen without the echo of `^C` at its beginning.
    fn printed(&self, line: usize) -> &'a str {
        let text = self.actual.get(line).map_or("", String::as_str);
        let rest = text.strip_prefix("^C").filter(|rest| has_interrupt(self.expected) && !rest.trim_end().is_empty());
        rest.unwrap_or(text)
    }

    /// Inserts lines of the screen, without blank lines at the beginning and the end.
    fn insert_all(&mut self, lines: std::ops::Range<usize>) {
        let is_blank = |line: &usize| self.actual[*line].trim_end().is_empty();
        let start = lines.clone().find(|line| !is_blank(line)).unwrap_or(lines.end);
        let end = lines.rev().find(|line| !is_blank(line)).map_or(start, |last| last + 1);
        for line in start..end {
            self.insert(line);
        }
    }

    fn insert(&mut self, line: usize) {
        let text = self.printed(line);
        let text = match self.header_of(line) {
            Some(header) => self.row(&header, text),
            None => self.protection.protect(&generalize_line(text, self.bindings, &self.reading)),
        };
        self.drafts.push(DraftLine::Insert(text));
    }

    /// Returns a table row of the screen with the ids and addresses that the author uses. Rewrites each cell
    /// separately, because bindings depend on the column. If the rewritten cells do not fit into the printed columns,
    /// replaces these cells by `[..]`. Also replaces a first cell that the parser would misread. If nothing else helps,
    /// returns `...`.
    fn row(&self, header: &Header, text: &str) -> String {
        let raw = cells_of(header, text);
        let cells = raw.iter().zip(&header.columns);
        let spelled: Vec<String> =
            cells.map(|(cell, column)| generalize_line(cell, self.bindings, &self.reading.at(column.place))).collect();
        let hidden = raw.iter().zip(&spelled).map(|(raw, cell)| if cell == raw { cell.as_str() } else { "[..]" });
        let hidden: Vec<String> = hidden.map(str::to_owned).collect();
        let first = spelled.first().map(|cell| self.protection.protect(cell)).unwrap_or_default();
        let with_first = |first: &str, cells: &[String]| {
            let cells: Vec<String> =
                [first].into_iter().map(str::to_owned).chain(cells.iter().skip(1).cloned()).collect();
            lay_out_row(header, &cells)
        };
        let rows = [
            (spelled == raw).then(|| text.trim_end().to_owned()),
            lay_out_row(header, &spelled),
            replace_cells(header, text, &spelled),
            lay_out_row(header, &hidden),
            with_first(&first, &spelled),
            with_first("[..]", &spelled),
            with_first("[..]", &hidden),
        ];
        let safe = rows.into_iter().flatten().find(|row| self.protection.protect(row) == *row);
        safe.unwrap_or_else(|| "...".to_owned())
    }

    /// Returns the header of the table that contains a line of the screen.
    fn header_of(&self, line: usize) -> Option<Header> {
        Header::read(self.actual.get((*self.headers.get(line)?)?)?)
    }

    /// Drafts a table. Keeps matching rows, and aligns the other rows with the author's columns. If those rows do not
    /// fit, or if the columns changed, lays out the whole table again.
    fn table(&mut self, table: &ExpectedTable, rows: &[DiffRow], is_printed: bool) {
        if !is_printed {
            let dropped = rows.iter().filter_map(|row| row.expected);
            self.drafts.extend(dropped.map(DraftLine::Drop));
            return;
        }
        let (header, others) = self.header(table, rows.first());
        let entries: Vec<TableEntry> = rows.iter().filter_map(|row| self.entry(table, &header, others, row)).collect();
        let mut texts = lay_out(&header, &entries, others).into_iter();
        for entry in entries {
            let text = texts.next().flatten().map(|text| self.protection.protect(&text));
            self.drafts.extend(match (entry.index, text) {
                (Some(index), Some(text)) if text != self.expected[index].text => Some(DraftLine::Write(index, text)),
                (Some(index), _) if entry.gone => Some(DraftLine::Drop(index)),
                (Some(index), _) => Some(DraftLine::Keep(index)),
                (None, Some(text)) => Some(DraftLine::Insert(text)),
                (None, None) => None,
            });
        }
    }

    /// Returns the new header, and whether its columns differ from the columns that the author wrote.
    fn header(&self, table: &ExpectedTable, row: Option<&DiffRow>) -> (Header, bool) {
        let found =
            row.filter(|row| row.state != RowState::Same).and_then(|row| Header::read(self.actual.get(row.found?)?));
        match found {
            Some(header) => (header, true),
            None => (table.header.clone(), false),
        }
    }

    /// Returns the new form of a row. In a row that the author wrote, replaces only the cells that differ; otherwise
    /// uses the printed cells.
    fn entry(&self, table: &ExpectedTable, header: &Header, others: bool, row: &DiffRow) -> Option<TableEntry> {
        let index = row.expected;
        if index.is_some_and(|index| self.expected[index].is_elision()) {
            return Some(TableEntry { index, ..TableEntry::default() });
        }
        if row.state == RowState::Missing {
            return Some(TableEntry { index, gone: true, ..TableEntry::default() });
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
            let own = table.header.position(column.name);
            let own = own.and_then(|at| written.as_ref()?.get(at).copied());
            let is_same = row.state == RowState::Same || !row.cells.iter().any(|name| name == column.name);
            if let Some(own) = own.filter(|_| is_same) {
                return own.to_owned();
            }
            let found = printed.as_ref().and_then(|(first, text)| {
                let at = first.position(column.name)?;
                text.get(first.cut(text).get(at)?.clone())
            });
            let reading = self.reading.at(column.place);
            generalize_as(own.unwrap_or_default(), found.unwrap_or_default(), self.bindings, &reading)
        });
        let is_header = index == Some(table.range.start);
        let cells: Vec<String> = if is_header {
            header.columns.iter().map(|column| column.name.to_owned()).collect()
        } else {
            cells.collect()
        };
        let changed = row.state != RowState::Same || others;
        Some(TableEntry { index, cells, changed, gone: false })
    }

    /// Returns the nearest header above a row on the screen, if this header shares a column with `table`.
    fn found_header(&self, table: &ExpectedTable, row: &DiffRow) -> Option<Header> {
        let line = row.found?;
        let header = (0..=line).rev().find_map(|line| Header::read(self.actual.get(line)?));
        header.filter(|header| header.shares_a_column(&table.header))
    }

    /// Adds the blank lines at the end of the transcript, which have no rows in the comparison, and returns the drafts.
    fn finish(mut self) -> Vec<DraftLine> {
        let next =
            self.drafts.iter_mut().filter_map(|draft| draft.index_mut().copied()).max().map_or(0, |last| last + 1);
        self.drafts.extend((next..self.expected.len()).map(DraftLine::Keep));
        self.drafts
    }
}

fn cells_of<'t>(header: &Header, text: &'t str) -> Vec<&'t str> {
    header.cut(text).into_iter().map(|range| text.get(range).unwrap_or_default()).collect()
}

/// Replaces the cells of a row and keeps the spaces between the cells. Returns `None` if the header would divide the
/// new row into other cells.
fn replace_cells(header: &Header, text: &str, cells: &[String]) -> Option<String> {
    let mut row = text.trim_end().to_owned();
    for (range, cell) in header.cut(text).into_iter().zip(cells).rev() {
        row.replace_range(range, cell);
    }
    (cells_of(header, &row) == cells).then_some(row)
}

/// Returns the index of the header line of each table row in `lines`. Gives `None` for a line that is no table row.
fn headers(lines: &[String]) -> Vec<Option<usize>> {
    let mut headers = vec![None; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        let Some(header) = Header::read(line) else { continue };
        let rows = header.count_rows(lines[at + 1..].iter().map(String::as_str));
        headers[at + 1..=at + rows].fill(Some(at));
    }
    headers
}
