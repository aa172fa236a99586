//! Short Markdown texts without their markup: titles, questions, hints.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// The events of a short text: no footnotes, no lists of tasks.
pub(super) fn short_text(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES)
}

/// A short text without markup: for descriptions and the search.
pub(super) fn plain_text(text: &str) -> String {
    let mut plain = String::new();
    text_runs(text, &mut |_, run| plain.push_str(run));
    plain.trim_end().to_owned()
}

/// Gives every run of a short text, with whether it is code.
pub(super) fn text_runs(text: &str, found: &mut dyn FnMut(bool, &str)) {
    for event in short_text(text) {
        match event {
            Event::Code(code) => found(true, &code),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => found(false, &text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => found(false, " "),
            _ => {}
        }
    }
}
