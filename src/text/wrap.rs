//! Wraps text to a given width.

/// The character that replaces a space in code while the text is wrapped, so that no line ends inside the code.
const NO_BREAK: &str = "\u{a0}";

/// Returns the options for lines of at most `width` columns. Lines end at a space, never inside a word. Each line is as
/// full as possible.
#[must_use]
pub fn between_words<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
}

/// Wraps `text` between words. Keeps code in backquotes on one line, unless the code is wider than a line. Measures
/// each backquote as wide as `quote`; the result contains backquotes.
#[must_use]
pub fn wrap_between_words(text: &str, options: textwrap::Options<'_>, quote: &str) -> String {
    let mut held = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            held.push_str(quote);
        }
        let is_code = at % 2 == 1 && part.len() < options.width;
        held.push_str(&if is_code { part.replace(' ', NO_BREAK) } else { part.to_owned() });
    }
    textwrap::fill(&held, options).replace(quote, "`").replace(NO_BREAK, " ")
}

/// Returns the width of a text on a terminal in columns, without colour codes.
#[must_use]
pub fn display_width(text: &str) -> usize {
    textwrap::core::display_width(text)
}
