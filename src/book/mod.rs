//! The lessons as a site, in every language: lessons → Markdown with marks → mdBook → clean HTML with our blocks.

mod assets;
mod block;
mod build;
mod chapter;
mod drawing;
mod error;
mod evidence;
mod html;
mod layout;
mod links;
mod outline;
mod picture;
mod places;
pub mod preprocess;
mod quiz;
mod records;
mod render;
mod replay;
mod search;
pub mod serve;
#[cfg(test)]
mod site_tests;
mod state;
mod tags;
mod tips;
mod whole;

pub use build::{Built, Made, build, make};
pub use error::BookError;
pub use links::Outward;
