//! Tests of the whole crate that need no engine: one binary, a module a feature.

mod architecture;
mod cli;
mod docs;
mod lint;
mod matching;
#[path = "../support/mod.rs"]
mod project;
mod quiz;
mod session;
