//! Events → terminal, `JUnit`, JSON lines; each writes to a writer it is given.

pub mod claim;
pub mod diagnostic;
mod difference;
mod json;
mod junit;
mod terminal;
mod wrap;

pub use json::JsonReporter;
pub use junit::JunitReporter;
pub use terminal::{Style, TerminalReporter};
pub use wrap::wrap;

use std::io;

use crate::event::Event;

/// Shows events, one after another, in the order in which they happen.
pub trait Reporter {
    /// Takes one event.
    ///
    /// # Errors
    /// When its writer fails; a closed pipe is the caller's to end quietly.
    fn event(&mut self, event: &Event) -> io::Result<()>;
}
