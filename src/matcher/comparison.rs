//! The result of comparing a transcript with a screen, as plain data for reports and for `update`.

use std::ops::Range;

/// The options of a comparison.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Whether volatile tokens are compared literally. In a literal comparison, only `...` and `[..]` match other text.
    pub exact: bool,
    /// The lesson's directory on this machine. On the author's machine, the directory had another path.
    pub dir: Option<&'a str>,
}

/// The result of a comparison: both sides, aligned line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether the screen matches the transcript.
    pub met: bool,
    /// The aligned lines, in order. The rows of a table are in the transcript's order. Blank lines at the end have no
    /// row.
    pub rows: Vec<DiffRow>,
}

/// The indices of two aligned lines: the expected line and the line of the screen.
pub(super) type LinePair = (Option<usize>, Option<usize>);

/// A line of the transcript, a line of the screen, or an aligned pair of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffRow {
    /// The index of the expected line.
    pub expected: Option<usize>,
    /// The index of the line on the screen.
    pub found: Option<usize>,
    /// The result of comparing the two sides.
    pub state: RowState,
    /// The parts in which the two sides differ.
    pub marks: Highlights,
    /// The names of the table columns whose cells differ.
    pub cells: Vec<String>,
    /// The reasons for the difference, if the two lines alone do not show them.
    pub notes: Vec<Note>,
}

/// The result of comparing the sides of a [`DiffRow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// The two sides match. A row may have only one side: the line `...`, a line of progress, a key, or a line of the
    /// screen that matches one of these.
    Same,
    /// The two sides are aligned but do not match.
    Differs,
    /// The line was expected, but not printed.
    Missing,
    /// The line was printed, but not expected.
    Unexpected,
}

/// The differing parts of a [`DiffRow`], as byte ranges of the expected and the printed line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights {
    /// The parts of the expected line.
    pub expected: Vec<Range<usize>>,
    /// The parts of the line on the screen.
    pub found: Vec<Range<usize>>,
}

/// The reason for a difference in a [`DiffRow`], if the two lines alone do not show the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The engine's table has columns that the lesson's table lacks.
    ColumnsAdded(Vec<String>),
    /// The engine's table lacks columns of the lesson's table.
    ColumnsLacking(Vec<String>),
    /// An id, a name or an address was bound to another value earlier in the lesson.
    Bound {
        /// The author's token.
        expected: String,
        /// The printed token.
        found: String,
        /// The printed token that the author's token is bound to, if any.
        stands_for: Option<String>,
        /// The author's token that the printed token is bound to, if any.
        written: Option<String>,
    },
}

impl DiffRow {
    pub(super) fn new(expected: Option<usize>, found: Option<usize>, state: RowState) -> Self {
        Self { expected, found, state, marks: Highlights::default(), cells: Vec::new(), notes: Vec::new() }
    }
}
