//! The tutor: shows a step, lets the learner work in a shell, and reports at once whether the step's claims hold.
//!
//! `tutor` is the loop over the terminal, the shell and the engine's events. [`lesson_state`](crate::lesson_state)
//! decides which action is next, and `messages` formats the texts. `watcher` is the same loop without a shell, for
//! learners who work in another terminal. `context` has the state and the functions of both loops.

mod advice;
mod claim_poller;
mod clash;
mod closing;
mod context;
mod earlier;
mod lesson_session;
#[cfg(test)]
mod message_table_tests;
mod messages;
mod reply;
mod signals;
mod tty;
mod tutor;
mod tutor_commands;
mod undo;
mod unmet;
mod watcher;
mod yes_or_no;

pub use clash::published_ports;
pub use lesson_session::{
    DueQuestions, EngineGuard, ExitReason, FinishedCourse, LessonSession, NextLesson, Outlook, ProgressRecord,
    RecordProgress, ReviewQuestion,
};
pub use reply::{KnownMistakes, Reply, ReplyFacts, decide_reply, expects_failure, new_mistakes, printed_commands};
pub use tutor::teach;
pub use tutor_commands::parse_question_command;
pub use watcher::watch;

/// Whether the process has a terminal.
#[must_use]
pub fn has_terminal() -> bool {
    tty::is_there()
}
