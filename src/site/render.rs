//! Markdown → HTML by mdBook, in memory as far as it lets us.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use mdbook_driver::MDBook;
use mdbook_driver::book::{BookItem, Chapter};
use mdbook_driver::config::Config;

use super::BookError;
use crate::store::cores::{each, threads};

/// What all pages of a language have in common.
#[derive(PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) tag: String,
    /// Of the book.
    pub(super) title: String,
    /// The template.
    pub(super) index: String,
}

/// A page before mdBook saw it.
#[derive(PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) frame: Arc<Frame>,
    /// Ends in `.html`.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) markdown: String,
}

/// A page as mdBook made it: the content and what stands before and after it.
pub(super) struct Rendered {
    pub(super) head: String,
    pub(super) content: String,
    pub(super) tail: String,
}

/// Chapters of one of mdBook's books: for every chapter it copies what it knows of all others.
const MOST: usize = 64;

/// The HTML of every page of `drafts`, which have one frame. Nothing of a course's own settings is read: no preprocessor
/// of its author runs, and `{{#include}}` reads no file.
pub(super) fn render(drafts: &[&Draft]) -> Result<Vec<String>, BookError> {
    let most = drafts.len().div_ceil(threads(drafts.len())).clamp(1, MOST);
    let books: Vec<&[&Draft]> = drafts.chunks(most).collect();
    let mut pages = Vec::with_capacity(drafts.len());
    for made in each(&books, || (), |(), drafts| book(drafts)) {
        pages.extend(made?);
    }
    Ok(pages)
}

fn book(drafts: &[&Draft]) -> Result<Vec<String>, BookError> {
    let Some(frame) = drafts.first().map(|draft| &draft.frame) else { return Ok(Vec::new()) };
    let failed = |error: &dyn std::fmt::Display| BookError::Render(format!("{error:#}"));
    let work = tempfile::tempdir().map_err(|error| failed(&error))?;
    let place = |name: &str| work.path().join(name);
    write_theme(&place("theme"), &frame.index)
        .and_then(|()| fs::create_dir(place("src")))
        .and_then(|()| fs::write(place("src").join("SUMMARY.md"), "# Summary\n"))
        .map_err(|error| failed(&error))?;

    let mut config = Config::default();
    config.book.title = Some(frame.title.clone());
    config.book.language = Some(frame.tag.clone());
    config.build.create_missing = false;
    config.build.use_default_preprocessors = false;
    for (key, value) in [("theme", "theme"), ("input-404", "")] {
        config.set(format!("output.html.{key}"), value).map_err(|error| failed(&error))?;
    }
    for key in ["print.enable", "hash-files"] {
        config.set(format!("output.html.{key}"), false).map_err(|error| failed(&error))?;
    }
    let mut book = MDBook::load_with_config(work.path(), config).map_err(|error| failed(&error))?;
    for draft in drafts {
        let path = Path::new(&draft.path).with_extension("md");
        book.book.push_item(BookItem::Chapter(Chapter::new(&draft.title, draft.markdown.clone(), path, Vec::new())));
    }
    book.build().map_err(|error| failed(&error))?;

    let out = book.build_dir_for("html");
    drafts.iter().map(|draft| fs::read_to_string(out.join(&draft.path)).map_err(|error| failed(&error))).collect()
}

/// Our template, and nothing in the place of everything that mdBook would add.
fn write_theme(theme: &Path, index: &str) -> std::io::Result<()> {
    fs::create_dir_all(theme.join("css"))?;
    fs::create_dir_all(theme.join("fonts"))?;
    fs::write(theme.join("index.hbs"), index)?;
    for name in [
        "head.hbs",
        "header.hbs",
        "toc.js.hbs",
        "toc.html.hbs",
        "book.js",
        "highlight.js",
        "highlight.css",
        "tomorrow-night.css",
        "ayu-highlight.css",
        "clipboard.min.js",
        "favicon.svg",
        "css/general.css",
        "css/chrome.css",
        "css/print.css",
        "css/variables.css",
        "fonts/fonts.css",
    ] {
        fs::write(theme.join(name), "")?;
    }
    Ok(())
}
