//! Wraps and colours sentences.

use crate::highlight::Color;
use crate::text::{between_words, code_alone, display_width, draw_code, draw_code_of_line, wrap_between_words};

/// The character that replaces a backquote while text is wrapped. The character has no width.
const NO_QUOTE: &str = "\u{2060}";

/// Wraps sentences. The first line begins with `first`, and the other lines begin with `rest`. Short code between
/// backquotes stays on one line. Code is drawn as by [`accent`].
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

/// Finds the first code that is wider than a line, with the text before and after it. Such code gets a separate line
/// without the sentence's full stop. Only the terminal breaks this line, so a learner still copies it as one line.
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

/// Draws code between backquotes. With colours, the code is bold. Without colours, code gets quotation marks, unless
/// the code stands alone on a line. The backquotes are removed: if a learner copies them into a shell, the shell runs
/// the text between them.
#[must_use]
pub fn accent(text: &str, color: Color) -> String {
    if color != Color::None {
        return draw_code(text, true);
    }
    text.split('\n').map(|line| draw_code_of_line(line, false)).collect::<Vec<_>>().join("\n")
}

/// Wraps each line of a message. A line keeps its own indentation after `indent`, and text after an arrow is aligned. A
/// line that quotes a program's output (`  | …`) is not wrapped. A line of code alone is not wrapped either, so that
/// the learner can copy it.
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
    fn code_wider_than_a_line_gets_a_separate_line() {
        let text = "→ Ketik `docker run --name kabar alpine:3.20`, lalu `docker ps`.";
        let plain = message(text, "  ", 24, Color::None);
        assert_eq!(plain, "  → Ketik\n    docker run --name kabar alpine:3.20\n    lalu \"docker ps\".");
        let bold = message("Berikutnya: `docker run --name kabar alpine:3.20`.", "", 24, Color::Dark);
        assert_eq!(bold, "Berikutnya:\n\u{1b}[1mdocker run --name kabar alpine:3.20\u{1b}[0m");
    }

    #[test]
    fn line_that_is_only_code_is_never_broken() {
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
