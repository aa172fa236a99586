//! What a comparison of a transcript with a screen says: plain data for reports and for `update`.

use std::ops::Range;

/// How a command's lines are compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// No volatile classes: only `...` and `[..]` stand for something else.
    pub exact: bool,
    /// The lesson's own directory, which is another one on the author's machine.
    pub dir: Option<&'a str>,
}

/// Both sides, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether what was printed is what is written.
    pub met: bool,
    /// An alignment in order; of a table's rows in the transcript's order. Blank lines at the end have no row.
    pub rows: Vec<Row>,
}

/// The numbers of an expected line and of a line of the screen that belong together.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// A line of the transcript, a line of the screen, or the two together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index of the expected line.
    pub expected: Option<usize>,
    /// Index of the line on the screen.
    pub found: Option<usize>,
    /// How they compare.
    pub state: RowState,
    /// Where they differ.
    pub marks: Marks,
    /// Names of a table's columns whose cells differ.
    pub cells: Vec<String>,
    /// What helps to understand the difference.
    pub notes: Vec<Note>,
}

/// How the sides of a [`Row`] compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// They match. With one side only: a line that stands for no line (`...`, progress, a key), or one that such a
    /// line stands for.
    Same,
    /// They belong together but do not match.
    Differs,
    /// Expected and not printed.
    Missing,
    /// Printed and not expected.
    Unexpected,
}

/// The differing parts of a [`Row`], in bytes of the line as written and as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// In the expected line.
    pub expected: Vec<Range<usize>>,
    /// In the line on the screen.
    pub found: Vec<Range<usize>>,
}

/// Why a [`Row`] differs, where the lines alone do not show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The engine's table has columns that the lesson's has not.
    ColumnsAdded(Vec<String>),
    /// The engine's table lacks columns of the lesson's.
    ColumnsLacking(Vec<String>),
    /// An id, a name or an address stands for another thing since its first sight in the lesson.
    Bound {
        /// As the author wrote it here.
        expected: String,
        /// As printed here.
        found: String,
        /// What the author's stands for in this run, if anything yet.
        stands_for: Option<String>,
        /// What the author writes for the printed one, if anything yet.
        written: Option<String>,
    },
}

impl Row {
    pub(super) fn new(expected: Option<usize>, found: Option<usize>, state: RowState) -> Self {
        Self { expected, found, state, marks: Marks::default(), cells: Vec::new(), notes: Vec::new() }
    }
}
