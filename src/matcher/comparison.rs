//! The result of comparing a transcript with a screen, as plain data for reports and for `update`.

use std::ops::Range;

/// How a command's lines are compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Volatile tokens are compared literally. Only `...` and `[..]` stand for something else.
    pub exact: bool,
    /// The lesson's directory, which differs from the author's.
    pub dir: Option<&'a str>,
}

/// Both sides, aligned line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether the screen matches the transcript.
    pub met: bool,
    /// Aligned lines in order; rows of a table in the transcript's order. Blank lines at the end have no row.
    pub rows: Vec<DiffRow>,
}

/// The numbers of an expected line and of a line of the screen that belong together.
pub(super) type LinePair = (Option<usize>, Option<usize>);

/// A line of the transcript, a line of the screen, or the two together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffRow {
    /// Index of the expected line.
    pub expected: Option<usize>,
    /// Index of the line on the screen.
    pub found: Option<usize>,
    /// How they compare.
    pub state: RowState,
    /// Where they differ.
    pub marks: Highlights,
    /// Names of a table's columns whose cells differ.
    pub cells: Vec<String>,
    /// What helps to understand the difference.
    pub notes: Vec<Note>,
}

/// How the sides of a [`DiffRow`] compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// They match. A row with one side only is a line that stands for no line (`...`, progress, a key), or one that
    /// such a line stands for.
    Same,
    /// They are aligned but do not match.
    Differs,
    /// Expected, but not printed.
    Missing,
    /// Printed, but not expected.
    Unexpected,
}

/// The differing parts of a [`DiffRow`], in bytes of the line as written and as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights {
    /// In the expected line.
    pub expected: Vec<Range<usize>>,
    /// In the line on the screen.
    pub found: Vec<Range<usize>>,
}

/// Why a [`DiffRow`] differs, where the lines alone do not show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The engine's table has columns that the lesson's table lacks.
    ColumnsAdded(Vec<String>),
    /// The engine's table lacks columns of the lesson's table.
    ColumnsLacking(Vec<String>),
    /// An id, a name or an address was bound to another one earlier in the lesson.
    Bound {
        /// The author's token.
        expected: String,
        /// The printed token.
        found: String,
        /// What the author's token is bound to, if anything.
        stands_for: Option<String>,
        /// The author's token that is bound to the printed one, if any.
        written: Option<String>,
    },
}

impl DiffRow {
    pub(super) fn new(expected: Option<usize>, found: Option<usize>, state: RowState) -> Self {
        Self { expected, found, state, marks: Highlights::default(), cells: Vec::new(), notes: Vec::new() }
    }
}
