//! Text → HTML: escaping, and the part of a lesson's own HTML that may stay.

use std::collections::HashSet;
use std::fmt::{self, Write};
use std::sync::LazyLock;

use askama::Template;
use askama::filters::Escaper;

pub(super) use crate::highlight::escape;

/// Escapes the texts of templates, as [`escape`].
#[derive(Clone, Copy)]
pub(super) struct PageText;

impl Escaper for PageText {
    fn write_escaped_str<W: Write>(&self, mut page: W, text: &str) -> fmt::Result {
        page.write_str(&escape(text))
    }
}

/// The HTML of a template.
pub(super) fn render(template: &impl Template) -> String {
    // Only a value that cannot be displayed would be an error.
    template.render().unwrap_or_default()
}

/// Cleans HTML, whoever wrote it: no script, no style, no frame, no address but http, https, mailto and our own.
pub(super) fn clean(html: &str) -> String {
    static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(cleaner);
    CLEANER.clean(html).to_string()
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::new();
    builder
        .add_tags(["input"])
        // Landmarks, and parts of pictures that can be clicked.
        .rm_tags(["nav", "header", "footer", "article", "aside", "map", "area"])
        .add_generic_attributes(["id", "dir"])
        .add_tag_attributes("input", ["checked"])
        .add_tag_attributes("details", ["open"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    builder
}
