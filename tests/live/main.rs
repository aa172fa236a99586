//! Tests that need a real engine: they start their own private one, and fail (never skip) without it.
#![cfg(feature = "cli")]

mod bad_input;
mod claims;
mod doctor;
mod endpoints;
mod engines;
mod explain;
mod gateway;
mod hub;
mod lessons;
mod pack;
mod progress;
#[path = "../support/mod.rs"]
mod project;
mod records;
mod sandbox;
mod support;
mod wrong;
