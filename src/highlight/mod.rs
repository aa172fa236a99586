//! Splits code into styled pieces, for the terminal and for HTML.
//!
//! [`pieces`] splits code into texts with a [`Class`] each. [`Class::style`] gives the style of a class in a terminal,
//! in the sixteen colours that every terminal has. [`html`] gives the pieces CSS classes, whose colours
//! `theme/css/highlight.css` defines. The lesson's parser reads a `console` block, so that highlighting, the tutor and
//! tests find the same commands.

mod class;
mod console;
mod shell_line;
mod syntax;

pub use class::Class;
pub use console::transcript;
pub use shell_line::{shell_line, shell_pieces};

use crate::transcript::sanitise;

/// The colours that code has in a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Color {
    /// Neither colours nor other attributes, such as bold.
    #[default]
    None,
    /// Colours for light text on a dark background.
    Dark,
    /// Colours for dark text on a light background.
    Light,
}

/// A piece of code with one class. A piece may contain line ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePiece {
    /// The class; `None` for plain text.
    pub class: Option<Class>,
    /// The sanitised text.
    pub text: String,
}

impl CodePiece {
    fn new(class: impl Into<Option<Class>>, text: impl Into<String>) -> Self {
        Self { class: class.into(), text: text.into() }
    }
}

/// Splits `code` into sanitised pieces, which together contain the whole code. For an unknown `language`, returns one
/// plain piece.
#[must_use]
pub fn pieces(code: &str, language: &str) -> Vec<CodePiece> {
    let code = sanitise(code);
    let language = language.to_ascii_lowercase();
    if matches!(language.as_str(), "console" | "shell-session" | "terminal" | "sh-session") {
        return console::pieces(&code);
    }
    joined(syntax::pieces(&code, &language))
}

/// Joins adjacent pieces of the same class, and drops empty pieces.
fn joined(pieces: Vec<CodePiece>) -> Vec<CodePiece> {
    let mut out: Vec<CodePiece> = Vec::with_capacity(pieces.len());
    for piece in pieces.into_iter().filter(|piece| !piece.text.is_empty()) {
        match out.last_mut() {
            Some(last) if last.class == piece.class => last.text.push_str(&piece.text),
            _ => out.push(piece),
        }
    }
    out
}

/// Renders `code` as the content of `<pre><code>`: escaped, with `<span class="hl-…">` and no inline style.
#[must_use]
pub fn html(code: &str, language: &str) -> String {
    let mut out = String::new();
    for piece in pieces(code, language) {
        let text = escape(&piece.text);
        match piece.class {
            // No span contains a line end, so that tools can copy and print the code line by line.
            Some(class) => {
                for line in text.split_inclusive('\n') {
                    let inside = line.trim_end_matches('\n');
                    if !inside.is_empty() {
                        out.push_str(&format!("<span class=\"{}\">{inside}</span>", class.name()));
                    }
                    out.push_str(&line[inside.len()..]);
                }
            }
            None => out.push_str(&text),
        }
    }
    out
}

/// Escapes a text for an HTML element, or for an attribute between double quotes. Writes control characters and
/// invisible characters by name.
#[must_use]
pub fn escape(text: &str) -> String {
    // Returns quickly, because most texts contain nothing to escape.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t') && !b"&<>\"".contains(&byte)) {
        return text.to_owned();
    }
    let mut html = String::with_capacity(text.len());
    for char in sanitise(text).chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            char => html.push(char),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Rgb;

    fn classes(code: &str, language: &str) -> Vec<(Option<Class>, String)> {
        pieces(code, language).into_iter().map(|piece| (piece.class, piece.text)).collect()
    }

    fn class_of(code: &str, language: &str, text: &str) -> Option<Class> {
        let found = classes(code, language).into_iter().find(|(_, piece)| piece.trim() == text);
        found.unwrap_or_else(|| panic!("no piece {text:?} in {:?}", classes(code, language))).0
    }

    #[test]
    fn pieces_together_contain_the_whole_code() {
        for (code, language) in [
            ("FROM alpine:3.20\nRUN apk add curl && \\\n    true\n", "dockerfile"),
            ("services:\n  web:\n    image: \"nginx\"\n", "docker-compose"),
            ("$ docker run -d --name web nginx\n8f14e45fceea\n", "console"),
            ("{\"a\": [1, true]}", "json"),
            ("<b>\n", "nosuchlanguage"),
            ("", "bash"),
            ("tanpa akhir baris", "bash"),
        ] {
            let whole: String = pieces(code, language).into_iter().map(|piece| piece.text).collect();
            assert_eq!(whole, code, "{language}");
        }
    }

    #[test]
    fn code_in_the_languages_of_lessons_is_highlighted() {
        let dockerfile = "# komentar\nFROM alpine:3.20 AS dasar\nENV KOTA=\"Ambon\"\n";
        assert_eq!(class_of(dockerfile, "dockerfile", "FROM"), Some(Class::Keyword));
        assert_eq!(class_of(dockerfile, "Dockerfile", "# komentar"), Some(Class::Comment));
        assert_eq!(class_of(dockerfile, "dockerfile", "\"Ambon\""), Some(Class::String));
        let compose = "services:\n  web:\n    image: nginx # kecil\n    replicas: 3\n";
        for language in ["yaml", "yml", "docker-compose", "compose"] {
            assert_eq!(class_of(compose, language, "services"), Some(Class::Key), "{language}");
            assert_eq!(class_of(compose, language, "3"), Some(Class::Constant), "{language}");
        }
        assert_eq!(class_of("docker run --name web", "bash", "docker"), Some(Class::Function));
        assert_eq!(class_of("docker run --name web", "sh", "--name"), Some(Class::Option));
        assert_eq!(class_of("{\"a\": true}", "json", "\"a\""), Some(Class::Key));
        assert_eq!(class_of("-lama\n+baru\n", "diff", "+baru"), Some(Class::Inserted));
        for known in ["ini", "toml", "nginx", "env", "python", "javascript", "html", "css", "go"] {
            assert!(syntax::is_known(known), "{known}");
        }
    }

    #[test]
    fn html_of_code_is_escaped_and_has_no_inline_style() {
        let page = html("echo '<b>' && echo \"&\"", "bash");
        assert!(page.contains("&lt;b&gt;") && page.contains("&amp;&amp;") && !page.contains("<b>"), "{page}");
        assert!(!page.contains("style="), "{page}");
        assert_eq!(html("a<b", "nosuchlanguage"), "a&lt;b");
    }

    #[test]
    fn code_with_a_very_long_line_stays_plain() {
        let long = format!("echo {}", "\"$(".repeat(20_000));
        let begun = std::time::Instant::now();
        assert_eq!(pieces(&long, "bash"), vec![CodePiece::new(None, long)]);
        assert!(begun.elapsed().as_secs() < 2);
    }

    /// The theme's style sheet for code.
    const CSS: &str = include_str!("../../theme/css/highlight.css");

    #[test]
    fn every_code_colour_of_the_theme_has_enough_contrast() {
        let palettes: Vec<&str> = CSS.lines().filter(|line| line.contains("--hl-background:")).collect();
        assert_eq!(palettes.len(), 3);
        for palette in palettes {
            let colour = |name: &str| {
                let (_, rest) =
                    palette.split_once(&format!("--{name}:")).unwrap_or_else(|| panic!("{name}: {palette}"));
                Rgb::read(&rest[..7]).unwrap()
            };
            let background = colour("hl-background");
            assert!(colour("hl-text").contrast(background) >= 7.0, "{palette}");
            for class in Class::ALL {
                let ratio = colour(class.name()).contrast(background);
                assert!(ratio >= 4.5, "{class:?}: {ratio:.2} in {palette}");
            }
        }
    }

    #[test]
    fn style_sheet_has_a_rule_for_every_class() {
        for class in Class::ALL {
            let rule = format!(".{0}{{color:var(--{0})}}", class.name());
            assert!(CSS.contains(&rule), "{class:?}");
        }
        assert_eq!(CSS.matches('{').count(), CSS.matches('}').count());
    }
}
