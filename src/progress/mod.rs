//! The history of a learner, as a set of entries that only grows. Two histories merge by union, so the order of
//! terminals, machines and exports does not matter. The caller passes the time, because this module reads no clock and
//! no file.

mod digest;
mod entry;
mod history;
mod portable;
mod spacing;
mod standing;

pub use digest::step_digest;
pub use entry::{Answered, Entry, Moment, ProgressEvent, QuizKey, StepKey, What};
pub use history::{History, Status};
pub use portable::{ImportError, Portable, export, import};
pub use spacing::{DAYS, EARLY, REVIEW_MOST, Schedule};
pub use standing::{Standing, find_quiz, opening_questions, quizzes, standing, step_key};
