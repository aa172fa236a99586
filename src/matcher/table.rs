//! Matches a table of a transcript with a table on the screen: cell by cell, with rows in any order.

use std::ops::Range;

use super::bindings::{Bindings, Checkpoint};
use super::comparison::LinePair;
use super::header::Header;
use super::line::{ReadOptions, ScreenLine};
use super::pattern::Pattern;
use super::screen::ScreenLines;
use crate::lesson::{Expected, ExpectedKind};

/// The maximum number of pairs of rows to try in one table.
const TRIES: usize = 20_000;

/// A table of a transcript.
#[derive(Debug)]
pub(crate) struct ExpectedTable {
    /// The range of expected lines that hold the header and the rows.
    pub(crate) range: Range<usize>,
    pub(crate) header: Header,
    pub(super) rows: Vec<ExpectedRow>,
    /// Whether a row `...` allows further rows.
    pub(super) open: bool,
}

/// A row of a transcript's table.
#[derive(Debug)]
pub(super) struct ExpectedRow {
    pub(super) index: usize,
    text: String,
    /// The pattern of each column's cell.
    pub(super) cells: Vec<Pattern>,
    /// The pattern of the whole line, if the line contains `[..]`, which may stand for several cells.
    whole: Option<Pattern>,
}

/// A row on the screen. The cells are in the order of the transcript's columns.
pub(super) struct ActualRow<'a> {
    pub(super) at: usize,
    pub(super) cells: Vec<ScreenLine<'a>>,
    /// The byte range of each cell.
    pub(super) ranges: Vec<Range<usize>>,
    line: &'a ScreenLine<'a>,
}

impl ExpectedTable {
    /// Reads the table at line `at`, if there is one. The table ends at an empty line, another table, a line that is
    /// not a row, or typed input. `...` below the table stands for further rows and for the lines after the table.
    pub(super) fn read(expected: &[Expected], at: usize, reading: &ReadOptions<'_>) -> Option<Self> {
        let header = Header::read(&expected[at].text)?;
        let below = || expected[at + 1..].iter().take_while(|line| line.kind == ExpectedKind::Output);
        let end = at + 1 + header.count_rows(below().map(|line| line.text.as_str()));
        let mut table = Self {
            range: at..end,
            header,
            rows: Vec::new(),
            open: expected.get(end).is_some_and(Expected::is_elision),
        };
        for (index, line) in expected.iter().enumerate().take(end).skip(at + 1) {
            if line.is_elision() {
                table.open = true;
                continue;
            }
            let cells = table.header.cut(&line.text).into_iter().zip(&table.header.columns);
            let cells: Vec<_> =
                cells.map(|(range, column)| Pattern::new(&line.text[range], true, &reading.at(column.place))).collect();
            let whole = line.text.contains("[..]").then(|| Pattern::loose(&line.text, reading));
            table.rows.push(ExpectedRow { index, text: reading.text(&line.text), cells, whole });
        }
        Some(table)
    }

    /// Returns `Some` if the table at lines `at..end` of the screen matches. Adds the pairs of lines of a matching
    /// table to `pairs`.
    pub(super) fn matches(
        &self,
        screen: &ScreenLines<'_>,
        at: usize,
        end: usize,
        bindings: &mut Bindings,
        pairs: &mut Vec<LinePair>,
    ) -> Option<()> {
        let header = screen.header(at).filter(|header| header.has_columns_of(&self.header))?;
        let many = end - at - 1;
        if self.rows.len() > many || !self.open && self.rows.len() < many {
            return None;
        }
        let found = self.found_rows(&header, screen, at + 1..end);
        let chosen = self.choose(&found, bindings)?;
        self.push_pairs(at, &found, &chosen, pairs);
        Some(())
    }

    fn push_pairs(&self, at: usize, found: &[ActualRow<'_>], chosen: &[usize], pairs: &mut Vec<LinePair>) {
        pairs.push((Some(self.range.start), Some(at)));
        let mut rows = self.rows.iter().zip(chosen).peekable();
        for index in self.range.clone().skip(1) {
            match rows.next_if(|(row, _)| row.index == index) {
                Some((_, &row)) => pairs.push((Some(index), Some(found[row].at))),
                None => pairs.push((Some(index), None)),
            }
        }
        let mut taken = vec![false; found.len()];
        for &row in chosen {
            taken[row] = true;
        }
        pairs.extend(found.iter().zip(taken).filter(|(_, taken)| !taken).map(|(row, _)| (None, Some(row.at))));
    }

    /// Returns the rows of the screen with their cells in the order of this table's columns. A cell is empty if the
    /// screen's table lacks the column.
    pub(super) fn found_rows<'a>(
        &self,
        header: &Header,
        screen: &'a ScreenLines<'a>,
        lines: Range<usize>,
    ) -> Vec<ActualRow<'a>> {
        let order: Vec<_> = self.header.columns.iter().map(|column| header.position(column.name)).collect();
        lines
            .map(|at| {
                let raw = screen.raw[at];
                let cut = header.cut(raw);
                let ranges: Vec<Range<usize>> = order
                    .iter()
                    .map(|position| position.and_then(|position| cut.get(position).cloned()).unwrap_or(0..0))
                    .collect();
                let cells = ranges.iter().zip(&self.header.columns).map(|(range, column)| {
                    ScreenLine::new(raw.get(range.clone()).unwrap_or_default(), &screen.reading.at(column.place))
                });
                ActualRow { at, cells: cells.collect(), ranges, line: &screen.lines[at] }
            })
            .collect()
    }

    /// Returns the total weight of the matching cells of two rows, or `None` if the weight is too small to pair the
    /// rows. Cells in columns of names have the largest weight. In other columns, cells with volatile tokens do not
    /// count.
    pub(super) fn alike(&self, row: &ExpectedRow, found: &ActualRow<'_>, compared: &[bool]) -> Option<usize> {
        let (mut same, mut all) = (0, 0);
        for (index, column) in self.header.columns.iter().enumerate().filter(|(index, _)| compared[*index]) {
            let (cell, line) = (&row.cells[index], &found.cells[index]);
            let weight = match column.name {
                "NAME" | "NAMES" | "REPOSITORY" | "VOLUME NAME" | "IMAGE" | "COMMAND" | "SERVICE" => 4,
                _ if cell.is_plain() && !cell.is_blank() => 1,
                _ => continue,
            };
            all += weight;
            if cell.has_form_of(line) {
                same += weight;
            }
        }
        (same > 0 && same * 3 >= all).then_some(same)
    }

    /// Chooses a row of the screen for each row of the transcript, so that all bindings agree.
    fn choose(&self, found: &[ActualRow<'_>], bindings: &mut Bindings) -> Option<Vec<usize>> {
        // This check fails at once if an expected row matches no row of the screen. Without this check, the search
        // below would try all orders of similar rows before failing.
        let has_partner =
            |row: &ExpectedRow| found.iter().any(|found| row.matches(found, None, &mut Bindings::default()));
        if !self.rows.iter().all(has_partner) {
            return None;
        }
        let start = bindings.mark();
        let mut taken = vec![false; found.len()];
        // For each row with a partner: the partner's distance from the row's own number, and the checkpoint before this
        // choice. The search begins at the row's own number, continues to the last row, and then begins again at the
        // first row.
        let mut chosen: Vec<(usize, Checkpoint)> = Vec::new();
        let (mut row, mut first, mut tries) = (0, 0, 0);
        while row < self.rows.len() {
            let mark = bindings.mark();
            let place = |turn: usize| (row + turn) % found.len();
            let turn = (first..found.len()).find(|&turn| {
                let at = place(turn);
                tries += usize::from(!taken[at]);
                !taken[at] && tries < TRIES && self.rows[row].matches(&found[at], None, bindings)
            });
            if let Some(turn) = turn {
                taken[place(turn)] = true;
                chosen.push((turn, mark));
                (row, first) = (row + 1, 0);
            } else {
                let Some((turn, mark)) = chosen.pop().filter(|_| tries < TRIES) else {
                    bindings.undo(start);
                    return None;
                };
                row -= 1;
                bindings.undo(mark);
                taken[(row + turn) % found.len()] = false;
                first = turn + 1;
            }
        }
        Some(chosen.into_iter().enumerate().map(|(row, (turn, _))| (row + turn) % found.len()).collect())
    }
}

impl ExpectedRow {
    /// Whether the row matches in the `compared` columns, or in all columns if `compared` is `None`. Keeps the cells'
    /// bindings only if the row matches.
    pub(super) fn matches(&self, found: &ActualRow<'_>, compared: Option<&[bool]>, bindings: &mut Bindings) -> bool {
        let mark = bindings.mark();
        let mut cells = self.cells.iter().zip(&found.cells).enumerate();
        let all = cells.all(|(index, (cell, line))| {
            compared.is_some_and(|compared| !compared[index]) || cell.matches(line, bindings)
        });
        if !all {
            bindings.undo(mark);
        }
        // The header on the screen may divide an equal line into other cells, so whole lines are compared too.
        all || (self.text == found.line.text()
            && Pattern::new(&self.text, false, &found.line.reading).matches(found.line, bindings))
            || self.whole.as_ref().is_some_and(|whole| whole.matches(found.line, bindings))
    }
}
