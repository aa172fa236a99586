//! The lessons as a site, in every language: lessons → Markdown with marks → mdBook → clean HTML with our blocks.

mod assets;
mod block;
mod body;
mod build;
mod chapter;
mod drawing;
mod error;
mod evidence;
mod html;
mod kept;
mod language;
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
mod seen;
pub mod serve;
#[cfg(test)]
mod site_tests;
mod state;
mod tags;
mod tips;
mod whole;

pub use build::{Built, Made, build, make, remake};
pub use error::BookError;
pub use kept::Kept;
pub use links::Outward;
