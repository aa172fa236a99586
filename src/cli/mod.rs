//! The commands of `dermaga`, one file for each, with their arguments, settings, failures and exit codes.
//!
//! Only this module reads the environment and decides on colour, width and language.

pub mod args;
mod build;
mod clean;
mod dispatch;
mod doctor;
mod engine;
pub mod exit;
mod failure;
pub mod first;
mod learn;
mod lint;
mod log;
mod machine;
#[cfg(test)]
mod messages_tests;
mod new;
mod own;
mod palette;
mod place;
mod preprocess;
mod progress;
mod record;
mod review;
mod runtime;
mod scratch;
mod serve;
mod settings;
mod test;
mod usage;

pub use dispatch::run;
pub use failure::Failure;
pub use lint::{LintSettings, lint_command};
pub use new::{new_course, new_lesson};
pub use settings::Settings;
