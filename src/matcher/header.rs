//! The first line of a table that Docker prints: its columns, and how it cuts a row into cells.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::volatile::Place;

/// Every column of every table of docker, its plugins, podman, and a container's `ps`.
#[rustfmt::skip]
const COLUMNS: &[(&str, Place)] = &[
    ("ACTIVE", Place::Cell), ("AUTOMATED", Place::Cell), ("AVAILABILITY", Place::Cell), ("BLOCK I/O", Place::Use),
    ("BUILDKIT", Place::Cell), ("C", Place::Processes), ("CACHE ID", Place::Cell), ("CACHE TYPE", Place::Cell),
    ("CMD", Place::Written), ("COMMAND", Place::Written), ("COMMENT", Place::Cell), ("CONFIG FILES", Place::Cell),
    ("CONTAINER", Place::Cell), ("CONTAINER ID", Place::Cell), ("CONTAINERS", Place::Cell),
    ("CONTENT SIZE", Place::Cell), ("CPU %", Place::Use), ("CREATED", Place::Cell), ("CREATED AT", Place::Cell),
    ("CREATED BY", Place::Cell), ("CURRENT STATE", Place::Cell), ("DESCRIPTION", Place::Cell),
    ("DESIRED STATE", Place::Cell), ("DIGEST", Place::Cell), ("DISK USAGE", Place::Cell),
    ("DOCKER ENDPOINT", Place::Cell), ("DRIVER", Place::Cell), ("DRIVER/ENDPOINT", Place::Cell),
    ("ENABLED", Place::Cell), ("ENGINE VERSION", Place::Cell), ("ERROR", Place::Cell), ("EXTRA", Place::Cell),
    ("HOSTNAME", Place::Cell), ("ID", Place::Cell), ("IMAGE", Place::Written), ("IMAGE ID", Place::Cell),
    ("KUBERNETES ENDPOINT", Place::Cell), ("LABELS", Place::Cell), ("LAST ACCESSED", Place::Cell),
    ("LAST USED", Place::Cell), ("LINKS", Place::Cell), ("LOCAL VOLUMES", Place::Cell),
    ("MANAGER STATUS", Place::Cell), ("MEM %", Place::Use), ("MEM USAGE / LIMIT", Place::Use),
    ("MODE", Place::Cell), ("MOUNTPOINT", Place::Cell), ("MOUNTS", Place::Cell), ("NAME", Place::Cell),
    ("NAME/NODE", Place::Cell), ("NAMES", Place::Cell), ("NET I/O", Place::Use), ("NETWORK ID", Place::Cell),
    ("NETWORKS", Place::Cell), ("NODE", Place::Cell), ("OFFICIAL", Place::Cell), ("ORCHESTRATOR", Place::Cell),
    ("PID", Place::Processes), ("PIDS", Place::Processes), ("PLATFORM", Place::Cell), ("PLATFORMS", Place::Cell),
    ("PORTS", Place::Cell), ("PPID", Place::Processes), ("RECLAIMABLE", Place::Use), ("REPLICAS", Place::Cell),
    ("REPOSITORY", Place::Written), ("REPOSITORY:TAG", Place::Written), ("RUNNING FOR", Place::Cell),
    ("SCOPE", Place::Cell), ("SERVICE", Place::Cell), ("SERVICES", Place::Cell), ("SHARED", Place::Cell),
    ("SHARED SIZE", Place::Cell), ("SIGNED TAG", Place::Written), ("SIGNERS", Place::Cell), ("SIZE", Place::Cell),
    ("STARS", Place::Processes), ("STATE", Place::Cell), ("STATUS", Place::Cell), ("STIME", Place::Times),
    ("TAG", Place::Written), ("TIME", Place::Times), ("TOTAL", Place::Cell), ("TTY", Place::Cell),
    ("TYPE", Place::Cell), ("UID", Place::Cell), ("UNIQUE SIZE", Place::Cell), ("UPDATED", Place::Cell),
    ("USAGE", Place::Cell), ("USER", Place::Cell), ("VIRTUAL SIZE", Place::Cell), ("VOLUME NAME", Place::Cell),
];

/// The first line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    /// Columns of the terminal before it.
    pub(crate) start: usize,
}

impl Header {
    /// Two or more columns that we know, two or more spaces apart.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let line = line.trim_end();
        if !line.contains("  ") || !line.starts_with(|c: char| c.is_ascii_uppercase() || c == ' ') {
            return None;
        }
        let mut columns = Vec::new();
        let mut at = 0;
        for part in line.split("  ") {
            let name = part.trim_start_matches(' ');
            if !name.is_empty() {
                let &(name, place) = COLUMNS.iter().find(|(known, _)| *known == name)?;
                // No table names two columns alike.
                if columns.iter().any(|column: &Column| column.name == name) {
                    return None;
                }
                columns.push(Column { name, place, start: at + part.len() - name.len() });
            }
            at += part.len() + 2;
        }
        // Right-aligned first columns have their header's spaces.
        if let Some(first) = columns.first_mut() {
            first.start = 0;
        }
        (columns.len() >= 2).then_some(Self { columns })
    }

    /// The bytes of each cell of `line`, without the spaces round it.
    pub(crate) fn cut(&self, line: &str) -> Vec<Range<usize>> {
        let line = line.trim_end();
        let mut starts = vec![line.len(); self.columns.len()];
        let (mut column, mut next) = (0, 0);
        for (at, c) in line.char_indices() {
            while next < self.columns.len() && self.columns[next].start <= column {
                starts[next] = at;
                next += 1;
            }
            column += c.width().unwrap_or(0);
        }
        if self.cuts_a_word(line) {
            let words = words(line);
            if words.len() == self.columns.len() {
                return words;
            }
        }
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        starts.iter().zip(ends).map(|(&start, end)| trim(line, start..end)).collect()
    }

    /// How many of the lines below this header are rows of its table. Both sides count by it, so that equal lines are
    /// read alike. A line without a gap between cells is a row with one cell if other rows follow; the last lines
    /// without one are what another command printed.
    pub(crate) fn count_rows<'l>(&self, lines: impl IntoIterator<Item = &'l str>) -> usize {
        let mut rows = 0;
        for (index, line) in lines.into_iter().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || Self::read(line).is_some() {
                break;
            }
            if self.is_row(line) {
                rows = index + 1;
            } else if line.trim_start() != "..." && !self.holds_in_its_first_column(line) {
                break;
            }
        }
        rows
    }

    /// Whether a line has a gap between cells where a column begins, or a cell for each column.
    fn is_row(&self, line: &str) -> bool {
        if !line.trim_start().contains("  ") {
            return false;
        }
        // `[..]` may stand for several cells.
        line.contains("[..]") || self.has_a_gap(line) || words(line).len() == self.columns.len()
    }

    /// Whether two spaces end where a column begins, after something and before something.
    fn has_a_gap(&self, line: &str) -> bool {
        let (mut column, mut blanks, mut text) = (0, 0, false);
        for c in line.trim_end().chars() {
            if text && blanks >= 2 && self.columns.iter().any(|other| other.start == column) {
                return true;
            }
            text |= c != ' ';
            blanks = if c == ' ' { blanks + 1 } else { 0 };
            column += c.width().unwrap_or(0);
        }
        false
    }

    fn holds_in_its_first_column(&self, line: &str) -> bool {
        self.columns.get(1).is_some_and(|second| line.width() < second.start)
    }

    /// Whether a column begins in the middle of a word.
    fn cuts_a_word(&self, line: &str) -> bool {
        let (mut column, mut before) = (0, ' ');
        let mut starts = self.columns.iter().map(|column| column.start).peekable();
        for c in line.chars() {
            while starts.next_if(|&start| start <= column).is_some() {
                if c != ' ' && before != ' ' {
                    return true;
                }
            }
            column += c.width().unwrap_or(0);
            before = c;
        }
        false
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(super) fn shares_a_column(&self, other: &Self) -> bool {
        self.columns.iter().any(|column| other.position(column.name).is_some())
    }

    pub(super) fn has_columns_of(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self.columns.iter().all(|column| other.position(column.name).is_some())
    }

    /// Names of the columns that `self` has and `other` has not.
    pub(super) fn beyond(&self, other: &Self) -> Vec<String> {
        let missing = |column: &&Column| other.position(column.name).is_none();
        self.columns.iter().filter(missing).map(|column| column.name.to_owned()).collect()
    }
}

/// Parts that are two or more spaces apart, for a row that does not keep to the header's columns.
fn words(line: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in line.split("  ") {
        let range = trim(line, at..at + part.len());
        if !range.is_empty() {
            words.push(range);
        }
        at += part.len() + 2;
    }
    words
}

fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let Some(text) = line.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}
