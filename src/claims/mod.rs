//! Decides whether the claims of a lesson are true, from facts that the module `engine` looks up. All functions are
//! pure.

mod evaluate;
mod facts;
mod infra_failure;
mod value;
mod wording;

pub use evaluate::{ClaimFailure, Decision, Expectation, decide, question};
pub use facts::{EngineEvent, Facts, InfraFailure, InfraFailureKind, Question, RanCommand};
pub use infra_failure::{find_infra_failure, sets_limit, tells_exhaustion, unknown_image};
pub use value::values_at;
#[cfg(feature = "cli")]
pub(crate) use value::{print, same};
#[cfg(feature = "cli")]
pub(crate) use wording::look_with;
pub use wording::{claim_text, key_text, subject_text};
