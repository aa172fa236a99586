//! Reports events to a terminal, as `JUnit`, or as JSON lines.

pub mod claim;
pub mod diagnostic;
mod difference;
mod json;
mod junit;
mod mutants;
pub mod plain_claim;
mod terminal;
mod wrap;

pub use json::JsonReporter;
pub use junit::JunitReporter;
pub use terminal::{Style, TerminalReporter};
pub use wrap::wrap;

use std::io;

use crate::event::Event;

/// Reports events in the order in which they happen.
pub trait Reporter {
    /// Reports one event.
    ///
    /// # Errors
    /// If the reporter's writer fails. The caller does not treat a closed pipe as a failure.
    fn event(&mut self, event: &Event) -> io::Result<()>;
}
