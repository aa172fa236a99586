//! The lesson format: the contract with authors.

mod model;
mod parse;
pub mod shell;

pub use model::*;
pub use parse::parse;
