//! Tests of the site in a headless Chromium. If Chromium is missing, the tests fail; no test is skipped.
#![cfg(feature = "cli")]

mod barriers;
mod chapters;
mod chromium;
mod crawl;
mod kitchen_sink;
mod languages;
mod mdbook;
mod planted;
mod reader;
mod search;
mod shift;
mod site;
mod steps;
mod untrusted;
