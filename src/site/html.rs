//! Escapes text for HTML, and removes forbidden parts from the HTML of lessons.

use std::collections::HashSet;
use std::fmt::{self, Write};
use std::sync::LazyLock;

use askama::Template;
use askama::filters::Escaper;

pub(super) use crate::highlight::escape;

/// Escapes the texts of templates with [`escape`].
#[derive(Clone, Copy)]
pub(crate) struct PageText;

impl Escaper for PageText {
    fn write_escaped_str<W: Write>(&self, mut page: W, text: &str) -> fmt::Result {
        page.write_str(&escape(text))
    }
}

/// Renders a template as HTML.
pub(crate) fn render(template: &impl Template) -> String {
    // Rendering fails only if a value cannot be displayed.
    template.render().unwrap_or_default()
}

/// Removes scripts, styles and frames from HTML. Keeps relative addresses, and addresses with the scheme http, https or
/// mailto.
pub(super) fn clean(html: &str) -> String {
    static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(cleaner);
    CLEANER.clean(html).to_string()
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::new();
    builder
        .add_tags(["input"])
        // Lessons may not have landmarks or image maps.
        .rm_tags(["nav", "header", "footer", "article", "aside", "map", "area"])
        .add_generic_attributes(["id", "dir"])
        .add_tag_attributes("input", ["checked"])
        .add_tag_attributes("details", ["open"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    builder
}
