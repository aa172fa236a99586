//! Compares what a command printed with the transcript of a lesson. Pure functions.

mod bindings;
mod compare;
mod comparison;
mod diff;
mod diff_rows;
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
pub(crate) use compare::has_interrupt;
pub use compare::{compare, have_come};
pub use comparison::{Comparison, Marks, Note, Options, Row, RowState};
pub(crate) use generalize::{spell, spell_as};
pub(crate) use header::Header;
pub(crate) use line::Reading;
pub(crate) use plan::{Element, Plan};
pub(crate) use screen::Screen;
pub(crate) use table::Table;
