//! The tutor around a learner's own shell: it shows a step, lets the learner work, and says at once what came of it.
//!
//! `tutor` is the loop over the terminal, the shell and the engine's events; [`lesson_state`](crate::lesson_state) decides what comes
//! next, `voice` says it. `watching` is the same beside a terminal of the learner's own; what both do is in `desk`.

mod desk;
mod looks;
mod meaning;
mod place;
mod terminal;
mod tutor;
mod undo;
mod unmet;
mod visit;
mod vocabulary;
mod voice;
mod watching;

pub use place::Place;
pub use tutor::teach;
pub use visit::{Earlier, Guard, Left, Record, Remember, Visit};
pub use vocabulary::hear;
pub use watching::watch;

/// Whether there is a terminal to teach at.
#[must_use]
pub fn has_terminal() -> bool {
    terminal::is_there()
}
