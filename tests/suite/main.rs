//! Tests of the whole program that need no engine. Each module tests one feature.

mod architecture;
// These items are public, because the fuzz targets in another crate use them too.
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
