//! Tests that need a real engine. Most of them start a private engine. If the programs of an engine are missing, the
//! tests fail; no test is skipped.
#![cfg(feature = "cli")]

mod awkward;
mod bad_input;
mod claims;
mod docker_cli;
mod doctor;
mod endpoints;
mod engines;
mod explain;
mod files;
mod first;
mod gateway;
mod hub;
mod language;
mod learn;
mod lessons;
mod log;
mod machines;
mod mdbook;
mod mutants;
mod pack;
mod person;
mod progress;
#[path = "../support/mod.rs"]
mod project;
mod record;
mod records;
mod report;
mod sandbox;
#[path = "../support/sentences.rs"]
mod sentences;
mod support;
mod two_engines;
mod update;
mod waiting;
mod worlds;
mod writes;
mod wrong;
