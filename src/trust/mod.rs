//! Lists everything that a lesson would run, before any of it runs: every command, file and claim, exactly as written.
//!
//! The list contains no warnings. A program cannot distinguish a dangerous command from a harmless one, and a command
//! without a warning would seem to be safe. The list is complete: the runner gets exactly these texts.

mod survey;
#[cfg(test)]
pub(crate) mod tests;
mod visible;

pub use survey::{Item, ItemKind, Survey, survey};
pub use visible::visible;
