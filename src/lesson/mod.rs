//! The lesson format: the contract with authors.

mod course;
mod model;
mod table;
mod terms;

pub use course::{Course, Group, parse_course};
pub use model::*;
pub use table::Localized;
pub use terms::{Term, Terms, parse_terms};
