//! Cleans the HTML that an author writes in Markdown. The end of a block closes the HTML elements inside the block.

use std::fmt::Write as _;

use super::super::html::{clean, escape};
use super::super::raw_html::{self, OpenTag, Piece};
use super::super::search::TextKind;
use super::{MarkdownWriter, OpenElement};

/// Elements in which no term is linked to the glossary, because their text is not prose or is already a link.
const QUIET: &[&str] = &["a", "code", "pre", "kbd", "samp", "h1", "h2", "h3", "h4", "h5", "h6", "summary"];

impl MarkdownWriter<'_> {
    /// Writes the allowed parts of an author's HTML. The end of a Markdown element closes the HTML elements that are
    /// still open in it.
    pub(super) fn raw(&mut self, html: &str) {
        for piece in raw_html::pieces(html) {
            match piece {
                Piece::Text(_) if self.muted.is_some() => {}
                Piece::Text(text) => {
                    let text = clean(text);
                    self.push(&text);
                    self.say(TextKind::Prose, &raw_html::unescape(&text));
                }
                Piece::Tag(tag) => self.raw_tag(tag),
            }
        }
    }

    fn raw_tag(&mut self, tag: &str) {
        let name = raw_html::name(tag).to_ascii_lowercase();
        if let Some(closed) = name.strip_prefix('/') {
            if self.muted.as_deref() == Some(closed) {
                self.muted = None;
            }
            let mut in_reach = self.open.iter().rev().take_while(|open| open.raw.is_some());
            if in_reach.any(|open| open.raw.as_deref() == Some(closed)) {
                self.flush();
                while let Some(open) = self.open.pop() {
                    let open = open.raw.unwrap_or_default();
                    let _ = write!(self.html, "</{open}>");
                    if open == closed {
                        break;
                    }
                }
            }
            return;
        }
        if self.muted.is_some() {
            return;
        }
        if matches!(name.as_str(), "script" | "style") {
            self.muted = Some(name);
            return;
        }
        let Some(tag) = OpenTag::cleaned(tag) else { return };
        match tag.name.as_str() {
            // A reader cannot tick these checkboxes, so a sign replaces each of them.
            "input" => return self.push(if tag.attribute("checked").is_some() { "☑ " } else { "☐ " }),
            "img" => {
                let value = |name| tag.attribute(name).unwrap_or_default();
                return self.push_picture(value("src"), value("alt"), value("title"));
            }
            _ => {}
        }
        let mut html = format!("<{}", tag.name);
        for (name, value) in &tag.attributes {
            let value = match name.as_str() {
                "id" => self.id(value),
                "href" => escape(&self.links.href(value).unwrap_or_default()),
                _ => escape(value),
            };
            let _ = write!(html, " {name}=\"{value}\"");
        }
        self.push(&format!("{html}>"));
        if !tag.is_void() {
            let (quiet, is_link) = (QUIET.contains(&tag.name.as_str()), tag.name == "a");
            self.open.push(OpenElement { raw: Some(tag.name), quiet, is_link, end: "" });
        }
    }
}
