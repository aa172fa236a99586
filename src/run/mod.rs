//! Tests lessons: runs a lesson's plan in a shell on an engine, compares the results with the lesson, and emits events.

mod abilities;
mod cli_version;
mod command;
mod event_sender;
mod failure;
mod lesson;
mod lesson_dirs;
mod log_retry;
mod mutants;
mod recorder;
mod runner;
mod settings;
mod step;
mod worker_slot;
mod workers;

pub use abilities::{TWO_ENGINES, abilities};
pub use cli_version::{cli_version, conditions};
pub use event_sender::EventSender;
pub use lesson::prove_lesson;
pub use mutants::run_mutants;
pub use runner::{LessonResult, LessonRunOptions};
pub use settings::{EngineTarget, Job, RunResult, RunSettings};
pub use worker_slot::with_nodes;
pub use workers::run_all;
