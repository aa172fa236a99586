//! The lesson format: the contract with authors.

mod attrs;
mod body;
mod claim;
mod collection;
mod course;
mod front;
mod model;
mod parse;
mod plan;
mod prompt;
mod shell;
mod table;
mod terms;
mod yaml;

pub(crate) use attrs::duration;
pub use collection::{Collection, CourseFiles, LessonFile, Listed};
pub use course::{Course, Group, parse_course};
pub use model::*;
pub use parse::parse;
pub use plan::{Action, Conditions, Plan, PlannedStep, Skip, plan};
pub use shell::{Waits, unfinished, waits_for};
pub use table::Localized;
pub use terms::{Term, Terms, parse_terms};
