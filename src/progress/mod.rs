//! What a learner has done, as a set of entries that only grows: two histories merge by union, so the order in which
//! terminals, machines or exports meet does not matter. Time is handed in; nothing here reads a clock or a file.

mod digest;
mod entry;
mod history;
mod portable;
mod spacing;
mod standing;

pub use digest::step_digest;
pub use entry::{Answered, Done, Entry, Moment, ProgressEvent, QuizKey, StepKey, What};
pub use history::{History, Status};
pub use portable::{ImportError, Portable, export, import};
pub use spacing::{DAYS, EARLY, Schedule};
pub use standing::{Standing, has_task, opening_questions, quizzes, standing, step_key};
