//! Tests of the whole crate that need no engine: one binary, with one module per feature.

mod architecture;
// The fuzz targets, in another crate, need these items to be public.
#[allow(unreachable_pub)]
#[path = "../../fuzz/src/lib.rs"]
mod checks;
mod cli;
mod corpus;
mod docs;
mod gateway;
#[allow(unreachable_pub)]
#[path = "../../fuzz/src/gateway.rs"]
mod gateway_oracle;
mod generators;
mod language;
mod lint;
mod log;
mod matching;
mod mdbook;
mod private;
#[path = "../support/mod.rs"]
mod project;
mod quiz;
#[path = "../support/sentences.rs"]
mod sentences;
mod serve;
mod session;
mod snapshots;
mod walks;
mod writes;
