//! Publishes the lessons as a site in every language. Each language is an mdBook, and Dermaga's renderer turns its
//! chapters into pages.

mod answer_key;
mod assets;
mod block;
mod block_renderer;
mod branding;
mod build;
mod error;
mod evidence;
mod glossary_links;
pub(crate) mod html;
mod language;
mod layout;
mod lesson_page;
mod links;
mod markdown;
mod outline;
mod page_maker;
mod pages;
mod picture;
mod plain_text;
pub mod preprocess;
mod quiz;
mod raw_html;
mod records;
mod renderer;
mod replay;
mod search;
#[cfg(test)]
mod settings_tests;
#[cfg(test)]
mod site_tests;
mod standalone_pages;
mod state;

#[cfg(test)]
pub(crate) use assets::Asset;
pub use build::{build, build_book};
pub use error::SiteError;
pub(crate) use html::render;
pub use links::Outward;
pub(crate) use pages::is_page;
pub use pages::{BuildOptions, BuildSummary, BuiltSite};
pub use renderer::make;
