//! Wraps and colours sentences.

use crate::highlight::Color;
use crate::text::{between_words, code_alone, display_width, draw_code, draw_code_of_line, wrap_between_words};

/// Stands for a backquote that takes no room.
const NO_QUOTE: &str = "\u{2060}";

/// Wraps sentences: the first line stands behind `first`, the others behind `rest`. Code between backquotes stays on one
/// line if it is short, and is drawn as [`accent`] draws it.
#[must_use]
pub fn sentences(text: &str, first: &str, rest: &str, width: usize, color: Color) -> String {
    if let Some((before, code, after)) = wide_code(text, width.saturating_sub(rest.len())) {
        let mut lines =
            vec![format!("{rest}{}", if color == Color::None { code.to_owned() } else { code_in_bold(code) })];
        if !before.is_empty() {
            lines.insert(0, sentences(before, first, rest, width, color));
        }
        if !after.is_empty() {
            lines.push(sentences(after, rest, rest, width, color));
        }
        return lines.join("\n");
    }
    let options = between_words(width).initial_indent(first).subsequent_indent(rest);
    let is_alone = color == Color::None && code_alone(text).is_some();
    let quote = if color == Color::None && !is_alone { "`" } else { NO_QUOTE };
    let wrapped = wrap_between_words(text, options, quote);
    if is_alone { wrapped.replace('`', "") } else { draw_code(&wrapped, color != Color::None) }
}

/// The first code that is wider than a line, with the text before and after it. It gets a line of its own, which the
/// terminal alone breaks: copied from there it is still one line, without the sentence's full stop.
fn wide_code(text: &str, width: usize) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(begin) = text[from..].find('`').map(|at| from + at) {
        let end = begin + 1 + text[begin + 1..].find('`')?;
        let code = &text[begin + 1..end];
        let (before, after) = (text[..begin].trim_end(), text[end + 1..].trim_start_matches([' ', '.', ',', ';']));
        let is_alone = before.is_empty() && after.is_empty();
        if display_width(code) > width && !code.contains('\n') && !is_alone {
            return Some((before, code, after));
        }
        from = end + 1;
    }
    None
}

fn code_in_bold(code: &str) -> String {
    draw_code(&format!("`{code}`"), true)
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
    fn code_that_is_wider_than_a_line_gets_a_line_of_its_own() {
        let text = "→ Ketik `docker run --name kabar alpine:3.20`, lalu `docker ps`.";
        let plain = message(text, "  ", 24, Color::None);
        assert_eq!(plain, "  → Ketik\n    docker run --name kabar alpine:3.20\n    lalu \"docker ps\".");
        let bold = message("Berikutnya: `docker run --name kabar alpine:3.20`.", "", 24, Color::Dark);
        assert_eq!(bold, "Berikutnya:\n\u{1b}[1mdocker run --name kabar alpine:3.20\u{1b}[0m");
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
