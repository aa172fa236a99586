//! Lists what a lesson would run, before any of it runs: every command, file and claim, exactly as written.
//!
//! Nothing here judges a command. A program cannot tell a dangerous command from a harmless one, and a list without a
//! warning would read as a promise. The list is complete: the texts here are the very texts that the runner gets.

mod claims;
mod survey;
#[cfg(test)]
pub(crate) mod tests;
mod visible;

pub use survey::{Item, ItemKind, Survey, survey};
pub use visible::visible;
