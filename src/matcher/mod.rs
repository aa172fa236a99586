//! Compares the output of a command with the transcript of a lesson. All functions are pure.

mod bindings;
mod compare;
mod comparison;
mod diff;
mod diff_rows;
mod expected_output;
mod generalize;
mod header;
mod highlight;
mod line;
mod match_lines;
mod normalize;
mod pattern;
mod plan;
mod pull_progress;
mod random_names;
mod screen;
mod table;
mod volatile;

pub use bindings::Bindings;
pub use compare::compare;
pub(crate) use compare::has_interrupt;
pub use comparison::{Comparison, DiffRow, Highlights, Note, Options, RowState};
pub use expected_output::ExpectedOutput;
pub(crate) use generalize::{generalize_as, generalize_line};
pub(crate) use header::Header;
pub(crate) use line::ReadOptions;
pub(crate) use plan::{Element, MatchPlan};
pub(crate) use screen::ScreenLines;
pub(crate) use table::ExpectedTable;
