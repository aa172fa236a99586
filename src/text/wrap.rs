//! Text in lines of a given width.

/// Stands for a space at which a line must not end.
const NO_BREAK: &str = "\u{a0}";

/// Options for lines of at most `width` columns that end at a space, never inside a word, each as full as it can be.
#[must_use]
pub fn between_words<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
}

/// Breaks `text` between words. Code between backquotes stays on one line unless it is wider than a line. With `quote`,
/// each backquote is that wide and comes back as a backquote.
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

/// The columns of a text on a terminal, without the codes of its colours.
#[must_use]
pub fn display_width(text: &str) -> usize {
    textwrap::core::display_width(text)
}
