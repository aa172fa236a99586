//! Tests S1 to S12 of the site, in a headless Chromium. Without Chromium the tests fail; they are never skipped.
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
