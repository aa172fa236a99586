//! Judging, as pure functions: printed lines against a transcript, facts against a claim.

mod claim;
mod facts;
mod thin;
mod trouble;
mod value;
pub use thin::{Bindings, Comparison, Options, Row, RowState, compare, have_come};

pub use claim::{Decision, Expectation, Finding, decide, key_text, question, subject_text};
pub use facts::{Event, Facts, Question, RanCommand, Trouble, TroubleKind};
pub use trouble::trouble_in;
#[cfg(feature = "cli")]
pub(crate) use value::print;
