//! Removes the markup from short Markdown texts: titles, questions, hints.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// Parses a short text, in which there are no footnotes and no task lists.
pub(super) fn short_text(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES)
}

/// Removes the markup from a short text, for descriptions and the search.
pub(super) fn plain_text(text: &str) -> String {
    let mut plain = String::new();
    text_runs(text, &mut |_, run| plain.push_str(run));
    plain.trim_end().to_owned()
}

/// Passes every run of a short text to `found`, with `true` if the run is code.
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
