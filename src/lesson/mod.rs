//! The lesson format: the contract with authors.

mod collection;
mod course;
mod model;
mod table;
mod terms;
mod unparsed;

pub use collection::{Collection, CourseFiles, LessonFile, Listed};
pub use course::{Course, Group, parse_course};
pub use model::*;
pub use table::Localized;
pub use terms::{Term, Terms, parse_terms};
pub use unparsed::parse;
