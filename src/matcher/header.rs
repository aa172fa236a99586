//! The first line of a table that Docker prints. The columns of this header divide each row into cells.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::volatile::TextContext;

/// The columns of all tables that docker, its plugins, podman, and `ps` in a container print, grouped by the kind of
/// their content.
#[rustfmt::skip]
const COLUMNS: &[(TextContext, &[&str])] = &[
    (TextContext::Written, &["CMD", "COMMAND", "IMAGE", "REPOSITORY", "REPOSITORY:TAG", "SIGNED TAG", "TAG"]),
    (TextContext::Processes, &["C", "PID", "PIDS", "PPID", "STARS"]),
    (TextContext::Times, &["STIME", "TIME"]),
    (TextContext::Use, &["BLOCK I/O", "CPU %", "MEM %", "MEM USAGE / LIMIT", "NET I/O", "RECLAIMABLE"]),
    (TextContext::Cell, &[
        "ACTIVE", "AUTOMATED", "AVAILABILITY", "BUILDKIT", "CACHE ID", "CACHE TYPE", "COMMENT", "CONFIG FILES",
        "CONTAINER", "CONTAINER ID", "CONTAINERS", "CONTENT SIZE", "CREATED", "CREATED AT", "CREATED BY",
        "CURRENT STATE", "DESCRIPTION", "DESIRED STATE", "DIGEST", "DISK USAGE", "DOCKER ENDPOINT", "DRIVER",
        "DRIVER/ENDPOINT", "ENABLED", "ENGINE VERSION", "ERROR", "EXTRA", "HOSTNAME", "ID", "IMAGE ID",
        "KUBERNETES ENDPOINT", "LABELS", "LAST ACCESSED", "LAST USED", "LINKS", "LOCAL VOLUMES", "MANAGER STATUS",
        "MODE", "MOUNTPOINT", "MOUNTS", "NAME", "NAME/NODE", "NAMES", "NETWORK ID", "NETWORKS", "NODE", "OFFICIAL",
        "ORCHESTRATOR", "PLATFORM", "PLATFORMS", "PORTS", "REPLICAS", "RUNNING FOR", "SCOPE", "SERVICE", "SERVICES",
        "SHARED", "SHARED SIZE", "SIGNERS", "SIZE", "STATE", "STATUS", "TOTAL", "TTY", "TYPE", "UID", "UNIQUE SIZE",
        "UPDATED", "USAGE", "USER", "VIRTUAL SIZE", "VOLUME NAME",
    ]),
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) place: TextContext,
    /// The terminal column at which the table's column starts.
    pub(crate) start: usize,
}

impl Header {
    /// Reads a line as a header if the line has two or more known columns, at least two spaces apart.
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
                let find = |(place, names): &(TextContext, &'static [&'static str])| {
                    Some((*place, *names.iter().find(|known| **known == name)?))
                };
                let (place, name) = COLUMNS.iter().find_map(find)?;
                // No table has two columns with the same name.
                if columns.iter().any(|column: &Column| column.name == name) {
                    return None;
                }
                columns.push(Column { name, place, start: at + part.len() - name.len() });
            }
            at += part.len() + 2;
        }
        // A right-aligned first column includes the spaces before the name.
        if let Some(first) = columns.first_mut() {
            first.start = 0;
        }
        (columns.len() >= 2).then_some(Self { columns })
    }

    /// Returns the byte at which each column begins in `line`. For a column after the end of the line, returns the
    /// line's length.
    fn starts(&self, line: &str) -> Vec<usize> {
        let mut column = 0;
        let places = line.char_indices().map(|(at, c)| {
            column += c.width().unwrap_or(0);
            (column - c.width().unwrap_or(0), at)
        });
        let places: Vec<(usize, usize)> = places.chain([(usize::MAX, line.len())]).collect();
        let start = |column: &Column| places[places.partition_point(|&(place, _)| place < column.start)].1;
        self.columns.iter().map(start).collect()
    }

    /// Returns the byte range of each cell of `line`, without the spaces around the cell.
    pub(crate) fn cut(&self, line: &str) -> Vec<Range<usize>> {
        let line = line.trim_end();
        let starts = self.starts(line);
        let is_in_word = |at: usize| at > 0 && !line[..at].ends_with(' ') && line[at..].starts_with(|c| c != ' ');
        if starts.iter().any(|&at| is_in_word(at)) {
            let words = words(line);
            if words.len() == self.columns.len() {
                return words;
            }
        }
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        starts.iter().zip(ends).map(|(&start, end)| trim(line, start..end)).collect()
    }

    /// Counts the lines below this header that are rows of its table. Transcripts and screens share this function, so
    /// that equal lines count as rows on both sides. A line with text in only the first column counts if another row
    /// follows the line.
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

    /// Whether a line is a row: a column begins after a gap, or the line has as many cells as the header has columns.
    fn is_row(&self, line: &str) -> bool {
        if !line.trim_start().contains("  ") {
            return false;
        }
        // `[..]` may stand for several cells.
        line.contains("[..]") || self.has_a_gap(line) || words(line).len() == self.columns.len()
    }

    /// Whether a column of `line` begins with text after a gap of at least two spaces. The line must have text before
    /// the gap.
    fn has_a_gap(&self, line: &str) -> bool {
        let line = line.trim_end();
        let is_gap = |at: usize| at < line.len() && line[..at].ends_with("  ") && !line[..at].trim().is_empty();
        self.starts(line).into_iter().any(is_gap)
    }

    fn holds_in_its_first_column(&self, line: &str) -> bool {
        self.columns.get(1).is_some_and(|second| line.width() < second.start)
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(crate) fn shares_a_column(&self, other: &Self) -> bool {
        self.columns.iter().any(|column| other.position(column.name).is_some())
    }

    pub(super) fn has_columns_of(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self.columns.iter().all(|column| other.position(column.name).is_some())
    }

    /// Returns the names of the columns that `other` lacks.
    pub(super) fn beyond(&self, other: &Self) -> Vec<String> {
        let missing = |column: &&Column| other.position(column.name).is_none();
        self.columns.iter().filter(missing).map(|column| column.name.to_owned()).collect()
    }
}

/// Splits a line at gaps of two or more spaces, for a row whose cells do not begin at the header's columns.
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
