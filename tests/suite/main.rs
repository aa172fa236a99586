//! Tests of the whole crate that need no engine: one binary, a module a feature.

mod architecture;
// What is public there is so for the fuzz targets.
#[allow(unreachable_pub)]
#[path = "../../fuzz/src/lib.rs"]
mod checks;
mod cli;
mod corpus;
mod lint;
mod matching;
#[path = "../support/mod.rs"]
mod project;
mod quiz;
mod session;
