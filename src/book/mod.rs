//! The lessons as a site, in every language: lessons → Markdown with marks → mdBook → clean HTML with our blocks.

mod assets;
mod block;
mod build;
mod chapter;
mod drawing;
mod error;
mod html;
mod layout;
mod links;
mod outline;
mod picture;
mod places;
mod quiz;
mod render;
mod search;
mod tags;

pub use build::{Built, build};
pub use error::BookError;
pub use links::Outward;
