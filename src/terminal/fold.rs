//! Wraps and colours sentences.

use crate::highlight::Color;
use crate::text::{between_words, wrap_between_words};

/// Stands for a backquote that takes no room.
const NO_QUOTE: &str = "\u{2060}";

/// Wraps sentences: the first line stands behind `first`, the others behind `rest`. Code between backquotes stays on one
/// line if it is short. With colours its backquotes are not shown, so they take no room.
#[must_use]
pub fn sentences(text: &str, first: &str, rest: &str, width: usize, color: Color) -> String {
    let options = between_words(width).initial_indent(first).subsequent_indent(rest);
    let quote = if color == Color::None { "`" } else { NO_QUOTE };
    accent(&wrap_between_words(text, options, quote), color)
}

/// Makes code between backquotes bold; without colours it keeps its backquotes.
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
    fn command_stays_on_one_line_and_is_bold_with_colours() {
        let text = "Ketik lagi `dermaga learn sapa` nanti";
        assert_eq!(sentences(text, "", "", 24, Color::None), "Ketik lagi\n`dermaga learn sapa`\nnanti");
        assert_eq!(sentences(text, "", "", 19, Color::Dark), "Ketik lagi\n\x1b[1mdermaga learn sapa\x1b[0m\nnanti");
    }
}
