//! Rows of a table under a header's columns.

use unicode_width::UnicodeWidthStr;

use crate::matcher::Header;

/// A row to lay out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The expected line it comes from.
    pub(super) index: Option<usize>,
    /// Its cells; none for `...` and for a row that goes.
    pub(super) cells: Vec<String>,
    /// Whether it is another than the author wrote.
    pub(super) changed: bool,
    /// Whether it goes.
    pub(super) gone: bool,
}

/// The least width of a column of Docker's, and the spaces after it.
const LEAST: usize = 10;
const GAP: usize = 3;

/// The text of each row that is written anew, `None` for the others: rows that have changed, or with `all`, and where
/// a cell is too wide for its column, every row; the author's columns widen then and do not shrink.
pub(super) fn lay_out(header: &Header, entries: &[Entry], all: bool) -> Vec<Option<String>> {
    let starts: Vec<usize> = header.columns.iter().map(|column| column.start).collect();
    let fits = |entry: &Entry| {
        entry.cells.iter().zip(starts.windows(2)).all(|(cell, range)| range[0] + cell.width() + 2 <= range[1])
    };
    if !all && entries.iter().filter(|entry| entry.changed).all(fits) {
        return entries
            .iter()
            .map(|entry| (entry.changed && !entry.cells.is_empty()).then(|| line(&entry.cells, &starts)))
            .collect();
    }
    let mut starts = vec![0];
    for column in 0..header.columns.len().saturating_sub(1) {
        let widest = entries.iter().filter_map(|entry| entry.cells.get(column)).map(|cell| cell.width()).max();
        let own = header.columns[column + 1].start - header.columns[column].start;
        starts.push(starts[column] + (widest.unwrap_or(0) + GAP).max(if all { LEAST } else { own }));
    }
    entries.iter().map(|entry| (!entry.cells.is_empty()).then(|| line(&entry.cells, &starts))).collect()
}

/// The text of one row under a header's own columns, if it fits.
pub(super) fn lay_out_row(header: &Header, cells: &[String]) -> Option<String> {
    let starts: Vec<usize> = header.columns.iter().map(|column| column.start).collect();
    let fits = cells.iter().zip(starts.windows(2)).all(|(cell, range)| range[0] + cell.width() < range[1]);
    fits.then(|| line(cells, &starts))
}

fn line(cells: &[String], starts: &[usize]) -> String {
    let mut out = String::new();
    for (cell, start) in cells.iter().zip(starts) {
        let width = out.width();
        out.extend(std::iter::repeat_n(' ', start.saturating_sub(width)));
        out.push_str(cell);
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(cells: &[&str], changed: bool) -> Entry {
        Entry { cells: cells.iter().map(|cell| (*cell).to_owned()).collect(), changed, ..Entry::default() }
    }

    #[test]
    fn a_row_that_fits_comes_under_the_authors_columns() {
        let header = Header::read("NAMES      STATUS").unwrap();
        let rows = [entry(&["NAMES", "STATUS"], false), entry(&["web…", "Up"], true)];
        assert_eq!(lay_out(&header, &rows, false), [None, Some("web…       Up".to_owned())]);
    }

    #[test]
    fn a_row_that_does_not_fit_widens_the_table() {
        let header = Header::read("NAMES   STATUS").unwrap();
        let rows = [entry(&["NAMES", "STATUS"], false), entry(&["nama-yang-panjang", "Up"], true)];
        let text = lay_out(&header, &rows, false);
        assert_eq!(text[0].as_deref(), Some("NAMES               STATUS"));
        assert_eq!(text[1].as_deref(), Some("nama-yang-panjang   Up"));
    }
}
