//! The lesson format: the contract with authors.

mod model;

pub use model::*;
