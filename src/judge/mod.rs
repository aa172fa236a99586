//! Judging, as pure functions: printed lines against a transcript, facts against a claim.

mod align;
mod bindings;
mod claim;
mod compare;
mod comparison;
mod facts;
mod fold;
mod follow;
mod line;
mod marks;
mod names;
mod naming;
mod plan;
mod progress;
mod rows;
mod screen;
mod table;
mod trouble;
mod value;
mod volatile;

pub use bindings::Bindings;
pub use claim::{Decision, Expectation, Finding, decide, question};
pub use compare::{compare, have_come};
pub use comparison::{Comparison, Marks, Note, Options, Row, RowState};
pub use facts::{Event, Facts, Question, RanCommand, Trouble, TroubleKind};
pub use naming::{key_text, subject_text};
pub use trouble::trouble_in;
#[cfg(feature = "cli")]
pub(crate) use value::print;
