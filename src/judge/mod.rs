//! Judging, as pure functions: printed lines against a transcript, facts against a claim.

mod facts;

pub use facts::{Event, Facts, Question, RanCommand, Trouble, TroubleKind};
