//! Running text in lines that end between words.

use crate::highlight::Color;

/// Signs that are in no text, in the place of a backquote and of a blank between two.
const QUOTE: &str = "\u{2060}";
const SPACE: &str = "\u{a0}";

/// How lines of at most `width` columns end: only at a blank, never within a word, each as full as it can be.
#[must_use]
pub fn between_words<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
}

/// Sentences behind `first`, their further lines behind `rest`. What stands in backquotes is not broken, if it is short, and
/// its quotes take no room where a colour stands for them.
#[must_use]
pub fn sentences(text: &str, first: &str, rest: &str, width: usize, color: Color) -> String {
    let options = between_words(width).initial_indent(first).subsequent_indent(rest);
    let quote = if color == Color::None { "`" } else { QUOTE };
    let mut held = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            held.push_str(quote);
        }
        if at % 2 == 1 && part.len() < width {
            held.push_str(&part.replace(' ', SPACE));
        } else {
            held.push_str(part);
        }
    }
    let filled = textwrap::fill(&held, options);
    accent(&filled.replace(quote, "`").replace(SPACE, " "), color)
}

/// What stands in backquotes is bold, or keeps them without colours.
#[must_use]
pub fn accent(text: &str, color: Color) -> String {
    if color == Color::None {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 && !part.is_empty() {
            out.push_str(&format!("\x1b[1m{part}\x1b[0m"));
        } else {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_is_one_piece_and_bold_where_there_is_colour() {
        let text = "Ketik lagi `dermaga learn sapa` nanti";
        assert_eq!(sentences(text, "", "", 24, Color::None), "Ketik lagi\n`dermaga learn sapa`\nnanti");
        assert_eq!(sentences(text, "", "", 19, Color::Dark), "Ketik lagi\n\x1b[1mdermaga learn sapa\x1b[0m\nnanti");
    }
}
