//! Tests that need a real engine: they start their own private one, and fail (never skip) without it.
#![cfg(feature = "cli")]

mod awkward;
mod bad_input;
mod claims;
mod endpoints;
mod engines;
mod explain;
mod gateway;
mod hub;
mod lessons;
mod pack;
#[path = "../support/mod.rs"]
mod project;
mod record;
mod records;
mod sandbox;
mod support;
