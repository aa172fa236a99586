//! Draws a diagnostic with the source lines of its span. No control character of a lesson reaches the terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::Style;
use super::wrap::wrap;
use crate::text::{Diagnostic, Severity, Source, Span, display_width};
use crate::transcript::sanitise;
use crate::words::Words;

/// The maximum number of lines to show of a span.
const MOST_LINES: usize = 6;
/// The maximum number of characters to keep on either side of the span. The renderer later cuts lines to the terminal's
/// width.
const AROUND: usize = 200;

/// Renders a diagnostic: the title with the code, the place, the underlined lines, and help. If `style.wrap` is true,
/// wraps the sentences.
#[must_use]
pub fn render(source: &Source, diagnostic: &Diagnostic, words: &Words, style: Style) -> String {
    let width = style.width.max(40);
    let fit = |text: String, before: usize| {
        if style.wrap { wrap(&text, width.saturating_sub(before)) } else { text }
    };
    let args: Vec<(&str, String)> = diagnostic.args.iter().map(|(name, value)| (*name, visible(value))).collect();
    let code = diagnostic.code.0;
    let (level, level_key) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, "level-error"),
        Severity::Warning => (Level::WARNING, "level-warning"),
    };
    let excerpt = Excerpt::new(source, diagnostic.span);
    let label = words.find_values(&format!("{code}.label"), &args).unwrap_or_default();
    let level_name = words.say(level_key, &[]);
    let before = display_width(&level_name) + code.len() + "[]: ".len();
    let title = level.with_name(level_name).primary_title(fit(words.say_values(code, &args), before)).id(code);
    let path = visible(source.name());
    let annotation = AnnotationKind::Primary.span(excerpt.span.clone()).label(label);
    let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.line).fold(false).annotation(annotation);
    let mut group = title.element(snippet.path(path.as_str()));
    if let Some(help) = words.find_values(&format!("{code}.help"), &args) {
        let name = words.say("level-help", &[]);
        let gutter = (excerpt.line + excerpt.lines()).to_string().len() + " = : ".len();
        let help = fit(help, gutter + display_width(&name));
        group = group.element(Level::HELP.with_name(name).message(help));
    }
    let renderer = if style.color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let drawn = renderer.term_width(width).render(&[group]);
    // The renderer counts columns in the excerpt, which may be cut. Replaces this column by the column in the source.
    let place = |column: usize| format!("{path}:{}:{column}", excerpt.line);
    drawn.replacen(&place(excerpt.drawn_column()), &place(excerpt.column), 1)
}

/// The sanitised lines that contain a span, and the place of the span in these lines.
struct Excerpt {
    text: String,
    span: Range<usize>,
    line: usize,
    column: usize,
}

impl Excerpt {
    fn drawn_column(&self) -> usize {
        self.text[..self.span.start].chars().count() + 1
    }

    fn lines(&self) -> usize {
        self.text.lines().count()
    }

    fn new(source: &Source, span: Span) -> Self {
        let text = source.text();
        let start = text.floor_char_boundary(span.start);
        let end = text.floor_char_boundary(span.end).max(start);
        let position = source.position(start);
        let (mut out, mut drawn) = (String::new(), 0..0);
        let first_line = source.line_start(start);
        let mut at = first_line;
        for (number, line) in text[first_line..].split_inclusive('\n').take(MOST_LINES).enumerate() {
            if number > 0 && at >= end {
                break;
            }
            let content = line.trim_end_matches(['\n', '\r']);
            // The part of the span on this line, in bytes of the line.
            let from = start.saturating_sub(at).min(content.len());
            let to = (end - at.min(end)).min(content.len()).max(from);
            let left = back(content, from, AROUND);
            let right = forward(content, to.min(forward(content, from, AROUND)), AROUND);
            if left > 0 {
                out.push('…');
            }
            out.push_str(&visible(&content[left..from]));
            if number == 0 {
                drawn.start = out.len();
            }
            out.push_str(&visible(&content[from..to.min(right)]));
            drawn.end = out.len();
            out.push_str(&visible(&content[to.min(right)..right]));
            if right < content.len() {
                out.push('…');
            }
            out.push('\n');
            at += line.len();
        }
        if out.is_empty() {
            out.push('\n');
        }
        Self { text: out, span: drawn, line: position.line, column: position.column }
    }
}

fn back(text: &str, from: usize, characters: usize) -> usize {
    text[..from].char_indices().rev().take(characters).last().map_or(from, |(index, _)| index)
}

fn forward(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(index, _)| from + index)
}

/// Sanitises a text like [`sanitise`], but keeps it on one line.
fn visible(text: &str) -> String {
    sanitise(text).replace('\n', "␊")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Code;
    use crate::words::Lang;

    fn draw(text: &str, span: Span, lang: Lang) -> String {
        draw_in(text, span, &Words::new(lang))
    }

    fn draw_in(text: &str, span: Span, words: &Words) -> String {
        let diagnostic = Diagnostic::error(Code("L104"), span).with("name", "a\x1b[31m\u{202e}b");
        render(&Source::new("dir/\x1bx.toml", text), &diagnostic, words, Style { width: 100, ..Style::default() })
    }

    #[test]
    fn diagnostic_has_title_place_line_and_help() {
        let drawn = draw("a = 1\r\nb = 2\r\nc = 3\r\n", Span::new(7, 8), Lang::Id);
        assert!(drawn.starts_with("galat[L104]: "), "{drawn}");
        assert!(drawn.contains("dir/␛x.toml:2:1"), "{drawn}");
        assert!(drawn.contains("2 | b = 2\n"), "{drawn}");
        assert!(drawn.contains("bantuan: "), "{drawn}");
        assert!(draw("a", Span::new(0, 1), Lang::En).starts_with("error[L104]"));
    }

    #[test]
    fn control_characters_of_a_lesson_are_not_drawn() {
        let drawn = draw("x\x1b[2J\u{9b}31m\u{202e}\u{2066}\r ok\n", Span::new(1, 14), Lang::En);
        assert_eq!(sanitise(&drawn), drawn);
        assert!(drawn.contains("␛[2J<U+009B>31m<U+202E><U+2066>␍ ok"), "{drawn}");
    }

    #[test]
    fn diagnostic_shows_the_column_in_the_source_not_in_the_excerpt() {
        let drawn = draw("a\u{202e}b \u{200d}c = [\n", Span::new(9, 10), Lang::En);
        assert!(drawn.contains("dir/␛x.toml:1:6\n"), "{drawn}");
        assert!(drawn.contains("1 | a<U+202E>b <U+200D>c = ["), "{drawn}");
        let frame: Vec<&str> = drawn.lines().skip(1).map(str::trim_start).collect();
        assert!(frame.iter().all(|line| !line.starts_with(":::")), "{drawn}");
        let (code, marks) = (frame[2], frame[3]);
        let under = |mark: &str| code.find(mark).map(|at| code[..at].chars().count());
        assert_eq!(marks.find('^').map(|at| at + 2), under("c ="), "{drawn}");
    }

    #[test]
    fn sentence_is_wrapped_on_a_terminal() {
        let source = Source::new("x.toml", "a = 1\n");
        let diagnostic =
            Diagnostic::error(Code("L104"), Span::new(0, 1)).with("name", "sebuah nama yang panjang sekali");
        let words = Words::new(Lang::Id);
        for width in [40, 60, 80] {
            let style = Style { width, wrap: true, ..Style::default() };
            let drawn = render(&source, &diagnostic, &words, style);
            assert!(drawn.lines().all(|line| display_width(line) <= width), "{drawn}");
            let plain = render(&source, &diagnostic, &words, Style { wrap: false, ..style });
            let bare = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(bare(&drawn), bare(&plain));
        }
    }

    #[test]
    fn long_line_is_cut_around_the_span() {
        let line = format!("{}KESALAHAN{}", "a".repeat(500_000), "b".repeat(500_000));
        let drawn = draw(&line, Span::new(500_000, 500_009), Lang::En);
        assert!(drawn.contains(":1:500001"), "{drawn}");
        assert!(drawn.contains("KESALAHAN"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() <= 110), "{drawn}");
        let drawn = draw(&line, Span::new(0, line.len()), Lang::En);
        assert!(drawn.len() < 2_000, "{drawn}");
    }

    #[test]
    fn diagnostic_with_a_span_at_any_offset_is_drawn() {
        let words = Words::new(Lang::Id);
        for text in ["", "\n", "…", "a\n…b\n\n", "a\nb\nc\nd\ne\nf\ng\nh\ni\n"] {
            for start in 0..12 {
                for end in 0..20 {
                    assert!(draw_in(text, Span::new(start, end), &words).contains("L104"));
                }
            }
        }
    }
}
