//! Text → HTML: escaping, small pieces of Markdown, and what of a lesson's own HTML may stay.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, html::push_html};

use crate::transcript::sanitise;

/// The text for an element or a quoted attribute; controls and invisible characters are written out.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for char in sanitise(text).chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(char),
        }
    }
    html
}

/// Markdown of a question, an option or a hint. HTML in it is shown as text.
pub(super) fn markdown(text: &str) -> String {
    let events =
        Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES).map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
            event => event,
        });
    let mut html = String::new();
    push_html(&mut html, events);
    clean(&html).trim().to_owned()
}

/// As [`markdown`]; of a single paragraph only its inside, so that it stands in a sentence.
pub(super) fn inline(text: &str) -> String {
    // Every page names every lesson, so plain words take the short way.
    if is_plain(text) {
        return text.to_owned();
    }
    let html = markdown(text);
    match html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
        Some(inside) if !inside.contains("<p>") => inside.to_owned(),
        _ => html,
    }
}

/// Whether Markdown and HTML leave the text exactly as it is.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.' | '?' | '(' | ')' | '/'))
}

/// What is left of HTML whose tags are cut out: for descriptions and the search.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = after.split_once('>') else { break };
        if is_block(tag) {
            text.push(' ');
        }
        rest = after;
    }
    if !rest.contains('<') {
        text.push_str(rest);
    }
    unescape(&text)
}

pub(super) fn is_block(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    !matches!(
        name,
        "a" | "b" | "time" | "code" | "em" | "i" | "span" | "strong" | "kbd" | "samp" | "s" | "del" | "sub" | "sup"
    )
}

/// Entities that `escape` and the cleaner write, undone.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&nbsp;", "\u{a0}")];
    pairs.iter().fold(text.to_owned(), |text, (entity, char)| text.replace(entity, char)).replace("&amp;", "&")
}

/// What of HTML may stay, whoever wrote it: no script, no style, no frame, no address but http, https, mailto and our own.
pub(super) fn clean(html: &str) -> String {
    static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(cleaner);
    CLEANER.clean(html).to_string()
}

fn cleaner() -> ammonia::Builder<'static> {
    let tags = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "var",
        "wbr",
    ];
    let attributes = HashMap::from([
        ("a", HashSet::from(["href", "hreflang"])),
        ("img", HashSet::from(["src", "alt", "width", "height"])),
        ("input", HashSet::from(["type", "checked", "disabled"])),
        ("ol", HashSet::from(["start"])),
        ("td", HashSet::from(["align", "colspan", "rowspan"])),
        ("th", HashSet::from(["align", "colspan", "rowspan", "scope"])),
    ]);
    let mut builder = ammonia::Builder::new();
    builder
        .tags(HashSet::from(tags))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["id", "lang", "title", "class"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None)
        .attribute_filter(|element, name, value| match name {
            "class" => {
                let kept: Vec<&str> = value.split_whitespace().filter(|class| may_have(element, class)).collect();
                (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
            }
            // Only the ticks of a task list.
            "type" if element == "input" => (value == "checkbox").then_some(Cow::Borrowed("checkbox")),
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}

/// The classes that Markdown itself makes; ours are not to be had for the writing.
fn may_have(element: &str, class: &str) -> bool {
    match element {
        "code" => class.starts_with("language-"),
        "a" => class == "header",
        "blockquote" | "p" => class.starts_with("blockquote-tag"),
        _ => class.starts_with("footnote-"),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn the_short_way_ends_where_the_long_one_does() {
        for text in
            ["Log, variabel lingkungan, dan status keluar", "Apa (itu) image?", "a/b  c", "www.x.test", "a. b", "A"]
        {
            assert!(is_plain(text), "{text}");
            assert_eq!(markdown(text), format!("<p>{}</p>", inline(text)));
        }
        for text in ["", " a", "a ", "1. a", "`a`", "a\nb", "a_b_", "a: b", "a <b>", "a & b", "a*b*", "kü"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
