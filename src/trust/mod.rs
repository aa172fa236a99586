//! What a lesson would run, before any of it runs: every command, file and claim as it stands, with what stands out.
//!
//! Flags help a person to read; they are no judgement. Whatever they miss is still shown, and only what was shown runs:
//! the texts here are the very texts that the runner gets.

mod claims;
mod engine;
mod files;
mod flag;
mod host;
mod segment;
mod survey;
#[cfg(test)]
pub(crate) mod tests;

pub use flag::{Flag, visible};
pub use survey::{Item, ItemKind, Survey, survey};
