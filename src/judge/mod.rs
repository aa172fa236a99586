//! Judging, as pure functions: printed lines against a transcript, facts against a claim.

mod claim;
mod facts;
mod value;

pub use claim::{Decision, Expectation, Finding, decide, key_text, question, subject_text};
pub use facts::{Event, Facts, Question, RanCommand, Trouble, TroubleKind};
#[cfg(feature = "cli")]
pub(crate) use value::print;
