//! Lists everything that a lesson would run, before any of it runs: every command, file and claim, exactly as written.
//!
//! Nothing here judges a command. A program cannot distinguish a dangerous command from a harmless one, and a list
//! without warnings would look like a promise. The list is complete: the runner gets exactly these texts.

mod survey;
#[cfg(test)]
pub(crate) mod tests;
mod visible;

pub use survey::{Item, ItemKind, Survey, survey};
pub use visible::visible;
