//! Lays out the rows of a table under a header's columns.

use unicode_width::UnicodeWidthStr;

use crate::matcher::Header;

/// A row to be laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableEntry {
    /// The index of the row's expected line; `None` for an inserted row.
    pub(super) index: Option<usize>,
    /// The text of each cell. The list is empty for `...` and for a deleted row.
    pub(super) cells: Vec<String>,
    /// Whether the row differs from the row that the author wrote.
    pub(super) changed: bool,
    /// Whether the row is deleted.
    pub(super) gone: bool,
}

/// The minimum width of a column that the docker CLI prints, including the spaces after the column.
const LEAST: usize = 10;
/// The number of spaces after a column.
const GAP: usize = 3;

/// Returns the text of each replaced row, and `None` for every other row. Replaces every row if `all` is set, or if a
/// cell of a changed row is too wide for its column. Otherwise replaces only the changed rows. Without `all`, columns
/// become wider, but never narrower.
pub(super) fn lay_out(header: &Header, entries: &[TableEntry], all: bool) -> Vec<Option<String>> {
    let starts: Vec<usize> = header.columns.iter().map(|column| column.start).collect();
    let fits = |entry: &TableEntry| {
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

/// Returns the text of one row, if its cells fit into the columns of `header`.
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

    fn entry(cells: &[&str], changed: bool) -> TableEntry {
        TableEntry { cells: cells.iter().map(|cell| (*cell).to_owned()).collect(), changed, ..TableEntry::default() }
    }

    #[test]
    fn changed_row_that_fits_is_aligned_with_the_authors_columns() {
        let header = Header::read("NAMES      STATUS").unwrap();
        let rows = [entry(&["NAMES", "STATUS"], false), entry(&["web…", "Up"], true)];
        assert_eq!(lay_out(&header, &rows, false), [None, Some("web…       Up".to_owned())]);
    }

    #[test]
    fn wide_cell_widens_its_column_in_every_row() {
        let header = Header::read("NAMES   STATUS").unwrap();
        let rows = [entry(&["NAMES", "STATUS"], false), entry(&["nama-yang-panjang", "Up"], true)];
        let text = lay_out(&header, &rows, false);
        assert_eq!(text[0].as_deref(), Some("NAMES               STATUS"));
        assert_eq!(text[1].as_deref(), Some("nama-yang-panjang   Up"));
    }
}
