//! The tutor around a learner's own shell: it shows a step, lets the learner work, and says at once what came of it.
//!
//! `tutor` is the loop over the terminal, the shell and the engine's events; [`lesson_state`](crate::lesson_state) decides what comes
//! next, `messages` says it. `watcher` is the same beside a terminal of the learner's own; what both do is in `context`.

mod claim_descriptions;
mod claim_poller;
mod context;
mod lesson_env;
mod lesson_session;
mod messages;
mod tty;
mod tutor;
mod tutor_commands;
mod undo;
mod watcher;

pub use lesson_env::LessonEnv;
pub use lesson_session::{EngineGuard, ExitReason, LessonSession, ProgressRecord, RecordProgress, ReviewQuestion};
pub use tutor::teach;
pub use tutor_commands::parse_question_command;
pub use watcher::watch;

/// Whether there is a terminal to teach at.
#[must_use]
pub fn has_terminal() -> bool {
    tty::is_there()
}
