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
mod pattern;
mod plan;
mod progress;
mod rows;
mod screen;
mod spelling;
mod table;
mod trouble;
mod value;
mod volatile;

pub use bindings::Bindings;
pub use claim::{Decision, Expectation, Finding, decide, question};
pub(crate) use compare::has_interrupt;
pub use compare::{compare, have_come};
pub use comparison::{Comparison, Marks, Note, Options, Row, RowState};
pub use facts::{Event, Facts, Question, RanCommand, Trouble, TroubleKind};
pub(crate) use line::Reading;
#[cfg(feature = "cli")]
pub(crate) use naming::look_with;
pub use naming::{claim_text, key_text, subject_text};
pub(crate) use plan::{Element, Plan, is_blank, is_elision};
pub(crate) use screen::Screen;
pub(crate) use spelling::{spell, spell_as};
pub(crate) use table::{Header, Table};
pub use trouble::{sets_limit, tells_exhaustion, trouble_in, unknown_image};
pub use value::values_at;
#[cfg(feature = "cli")]
pub(crate) use value::{print, same};
