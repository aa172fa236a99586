//! Tests of the whole crate that need no engine: one binary, a module a feature.

mod architecture;
mod cli;
mod lint;
mod matching;
#[path = "../support/mod.rs"]
mod project;
mod quiz;
mod serve;
mod session;
