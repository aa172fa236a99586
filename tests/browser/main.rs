//! The site as a reader meets it, in a headless Chromium: the tests S1 to S12 of the site. They need Chromium, and
//! fail (never skip) without it.
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
