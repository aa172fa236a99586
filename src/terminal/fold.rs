//! Wraps and colours sentences.

use crate::highlight::Color;
use crate::text::{between_words, code_alone, draw_code, draw_code_of_line, wrap_between_words};

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
    if is_alone { wrapped.replace('`', "") } else { draw_code(&wrapped, color != Color::None) }
}

/// Draws code between backquotes. It is bold. Without colours, it stands in quotation marks, unless it has a line of its
/// own. Backquotes are never shown, because a shell that gets them runs what is between them.
#[must_use]
pub fn accent(text: &str, color: Color) -> String {
    if color != Color::None {
        return draw_code(text, true);
    }
    text.split('\n').map(|line| draw_code_of_line(line, false)).collect::<Vec<_>>().join("\n")
}

/// Wraps a message of several lines: each stands behind `indent` and its own, and what follows an arrow is aligned. A line
/// that quotes what a program printed (`  | …`) stays whole, and so does a line of code alone: it is to be copied.
#[must_use]
pub fn message(text: &str, indent: &str, width: usize, color: Color) -> String {
    let wrapped = |line: &str| {
        if line.starts_with("  | ") {
            return format!("{indent}{line}");
        }
        let (own, text) = line.split_at(line.len() - line.trim_start_matches(' ').len());
        let first = format!("{indent}{own}");
        let rest = if text.starts_with("→ ") { format!("{first}  ") } else { first.clone() };
        let width = if code_alone(text).is_some() { first.len() + text.len() } else { width };
        sentences(text, &first, &rest, width, color)
    };
    text.split('\n').map(wrapped).collect::<Vec<_>>().join("\n")
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
    fn line_of_code_alone_is_never_broken() {
        let text = "Jalankan ini di sana:\n  `export DOCKER_HOST=unix:///run/user/1000/dermaga.sock`";
        for color in [Color::None, Color::Dark] {
            let lines = message(text, "  ", 30, color);
            assert!(lines.ends_with("docker.sock") || lines.contains("export DOCKER_HOST=unix:///run/user"), "{lines}");
            assert_eq!(lines.lines().count(), 2, "{lines}");
        }
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
