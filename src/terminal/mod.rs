//! Renders a lesson's prose in the width and colours of the terminal, or as plain text for a screen reader.
//!
//! `page` reads Markdown with the site's parser and makes lines, with `running_text`, `draw`, `table` and `transcript`.
//! `line` writes the lines. Text of a lesson is sanitised before it becomes a line.

mod draw;
mod fold;
mod keys;
mod line;
mod look;
mod page;
mod running_text;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod transcript;

use crate::lesson::{Attrs, Block, Conditions, FileBlock, Lesson, Step, Transcript, fits};
use crate::text::Span;
use crate::words::{Lang, Words};
use draw::Pen;
use line::{Line, paint};
use page::Page;

pub use self::keys::Keys;
pub use crate::highlight::Color;
pub use crate::text::between_words;
pub use fold::{accent, message, sentences};

/// The smallest width of a page, in columns.
pub const NARROWEST: usize = 20;
/// The largest width of a page, in columns.
pub const WIDEST: usize = 200;

/// The style of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStyle {
    /// The width in columns, from 20 to 200.
    pub width: usize,
    /// The colours of the terminal.
    pub color: Color,
    /// Whether to use words instead of signs, for screen readers and dumb terminals.
    pub plain: bool,
    /// The language of the program's own texts on the page ("Catatan", "Note").
    pub lang: Lang,
}

impl Default for PageStyle {
    /// Returns a style with 80 columns and no colours.
    fn default() -> Self {
        Self { width: 80, color: Color::None, plain: false, lang: Lang::default() }
    }
}

/// Renders Markdown as a page with line ends.
#[must_use]
pub fn render(markdown: &str, style: &PageStyle) -> String {
    draw_with(style, |pen| Page::new(pen, markdown, &|_| true).draw(pen.style.width))
}

/// Renders Markdown on one line without a line end and without colours, for an option of a question. Code keeps its
/// backquotes, and [`accent`] draws the code.
#[must_use]
pub fn inline(markdown: &str, style: &PageStyle) -> String {
    let words = Words::new(style.lang);
    let style = &PageStyle { color: Color::None, ..*style };
    let pen = Pen { keeps_backquotes: true, ..Pen::new(style, &words) };
    match Page::new(&pen, markdown, &|_| true).only_paragraphs() {
        Some(runs) if !runs.is_empty() => paint(&[Line { runs, verbatim: false }], false).trim_end().replace('\n', " "),
        // Markdown reads some options as a list or a rule ("1. 13", "---"), but the author means plain text.
        _ => crate::transcript::sanitise(markdown).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Renders the prose in `span`, with the links and footnotes of the whole lesson. Leaves out prose that is only for the
/// site's page.
#[must_use]
pub fn prose(lesson: &Lesson, span: Span, style: &PageStyle) -> String {
    draw_with(style, |pen| prose_lines(pen, lesson, span))
}

/// Renders a transcript: the commands after their prompts, and the dimmed output.
#[must_use]
pub fn transcript(transcript: &Transcript, style: &PageStyle) -> String {
    draw_with(style, |pen| pen.transcript(transcript, true))
}

/// Renders a transcript's commands and typed input without output.
#[must_use]
pub fn commands(transcript: &Transcript, style: &PageStyle) -> String {
    draw_with(style, |pen| pen.transcript(transcript, false))
}

/// Renders a file under its path.
#[must_use]
pub fn file(file: &FileBlock, style: &PageStyle) -> String {
    draw_with(style, |pen| pen.file(file))
}

/// Renders a step with its heading, prose, transcripts and files, for a person who reads the step but does not do it.
/// The text includes solutions, and the variants that fit the conditions. The text leaves out set-up, checks and
/// quizzes.
#[must_use]
pub fn step(lesson: &Lesson, step: &Step, style: &PageStyle, conditions: &Conditions) -> String {
    let is_shown = |attrs: &Attrs| !attrs.hidden && !attrs.blank && fits(attrs, conditions);
    draw_with(style, |pen| {
        let mut parts = Vec::new();
        let has_heading_in_prose = step.span.start < step.heading.start;
        if !has_heading_in_prose {
            parts.push(prose_lines(pen, lesson, step.heading));
        }
        for block in &step.blocks {
            parts.push(match block {
                Block::Prose(span) => prose_lines(pen, lesson, *span),
                Block::Transcript(transcript) if is_shown(&transcript.attrs) => pen.transcript(transcript, true),
                Block::File(file) if is_shown(&file.attrs) => pen.file(file),
                Block::Transcript(_) | Block::File(_) | Block::Check(_) | Block::Quiz(_) => Vec::new(),
            });
        }
        parts.retain(|part| !part.is_empty());
        parts.join(&[Line::default()][..])
    })
}

/// Draws the blocks that begin in `span`, without the blocks that are only for the site's page.
fn prose_lines(pen: &Pen<'_>, lesson: &Lesson, span: Span) -> Vec<Line> {
    let is_in = |span: &Span, at| span.start <= at && at < span.end;
    let is_shown = |at| is_in(&span, at) && !lesson.page_only.iter().any(|page| is_in(page, at));
    Page::new(pen, &lesson.without_front_matter(), &is_shown).draw(pen.style.width)
}

fn draw_with(style: &PageStyle, draw: impl FnOnce(&Pen<'_>) -> Vec<Line>) -> String {
    let words = Words::new(style.lang);
    let pen = Pen::new(style, &words);
    let text = paint(&draw(&pen), style.color != Color::None);
    if text.is_empty() { "\n".to_owned() } else { text }
}
