//! Wraps and colours sentences.

use crate::highlight::Color;
use crate::text::{between_words, wrap_between_words};

/// Stands for a backquote that takes no room.
const NO_QUOTE: &str = "\u{2060}";

/// Wraps sentences: the first line stands behind `first`, the others behind `rest`. Code between backquotes stays on one
/// line if it is short, and is drawn as [`accent`] draws it.
#[must_use]
pub fn sentences(text: &str, first: &str, rest: &str, width: usize, color: Color) -> String {
    let options = between_words(width).initial_indent(first).subsequent_indent(rest);
    let is_alone = color == Color::None && code_alone(text).is_some();
    let quote = if color == Color::None && !is_alone { "`" } else { NO_QUOTE };
    let wrapped = wrap_between_words(text, options, quote);
    if is_alone { wrapped.replace('`', "") } else { draw(&wrapped, color) }
}

/// Draws code between backquotes. It is bold. Without colours, it stands in quotation marks, unless it has a line of its
/// own. Backquotes are never shown, because a shell that gets them runs what is between them.
#[must_use]
pub fn accent(text: &str, color: Color) -> String {
    if color != Color::None {
        return draw(text, color);
    }
    let line = |line: &str| match code_alone(line) {
        Some(_) => line.replace('`', ""),
        None => draw(line, color),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Puts code into quotation marks that it does not contain.
#[must_use]
pub(super) fn quoted_code(code: &str) -> String {
    let mark = ['"', '\''].into_iter().find(|mark| !code.contains(*mark));
    mark.map_or_else(|| format!("“{code}”"), |mark| format!("{mark}{code}{mark}"))
}

/// Returns the code of a line that has nothing else.
fn code_alone(line: &str) -> Option<&str> {
    line.trim().strip_prefix('`')?.strip_suffix('`').filter(|code| !code.is_empty() && !code.contains('`'))
}

fn draw(text: &str, color: Color) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (at, part) in parts.iter().enumerate() {
        let is_code = at % 2 == 1 && !part.is_empty();
        match color {
            // It has no second backquote.
            _ if is_code && at + 1 == parts.len() => out.push_str(&format!("`{part}")),
            Color::None if is_code => out.push_str(&quoted_code(part)),
            _ if is_code => out.push_str(&format!("\x1b[1m{part}\x1b[0m")),
            _ => out.push_str(part),
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
        assert_eq!(sentences(text, "", "", 24, Color::None), "Ketik lagi\n\"dermaga learn sapa\"\nnanti");
        assert_eq!(sentences(text, "", "", 19, Color::Dark), "Ketik lagi\n\x1b[1mdermaga learn sapa\x1b[0m\nnanti");
    }
    #[test]
    fn code_without_colours_has_no_backquotes() {
        for (text, shown) in [
            ("Ketik `docker ps`.", "Ketik \"docker ps\"."),
            ("`-d`, lalu `-p`", "\"-d\", lalu \"-p\""),
            ("Ketik `sh -c \"a b\"`.", "Ketik 'sh -c \"a b\"'."),
            ("Ketik `sh -c \"it's\"`.", "Ketik “sh -c \"it's\"”."),
            ("  `cd kursus`", "  cd kursus"),
            ("Bekerjalah di sana:\n  `cd kursus`", "Bekerjalah di sana:\n  cd kursus"),
            ("satu ` saja", "satu ` saja"),
        ] {
            assert_eq!(accent(text, Color::None), shown);
        }
        assert_eq!(sentences("`docker ps -a`", "  ", "  ", 8, Color::None), "  docker\n  ps -a");
        assert_eq!(sentences("`docker ps -a`", "  ", "  ", 80, Color::None), "  docker ps -a");
    }
}
