//! Renders a lesson's prose for the terminal: in its width and colours, or as plain text for a screen reader.
//!
//! `page` reads Markdown with the site's parser and lays it out in lines, with `running_text`, `draw`, `table` and
//! `transcript`; `line` writes them. Text of a lesson is sanitised before it becomes a line.

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

/// The fewest columns a page is drawn for.
pub const NARROWEST: usize = 20;
/// The most columns a page is drawn for.
pub const WIDEST: usize = 200;

/// The style of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStyle {
    /// Columns, from 20 to 200.
    pub width: usize,
    /// Colours.
    pub color: Color,
    /// Whether to use words instead of signs, for screen readers and dumb terminals.
    pub plain: bool,
    /// The language of our own texts on the page ("Catatan", "Note").
    pub lang: Lang,
}

impl Default for PageStyle {
    /// 80 columns, no colours.
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
/// backquotes: [`accent`] draws them.
#[must_use]
pub fn inline(markdown: &str, style: &PageStyle) -> String {
    let words = Words::new(style.lang);
    let style = &PageStyle { color: Color::None, ..*style };
    let pen = Pen { keeps_backquotes: true, ..Pen::new(style, &words) };
    match Page::new(&pen, markdown, &|_| true).only_paragraphs() {
        Some(runs) if !runs.is_empty() => paint(&[Line { runs, verbatim: false }], false).trim_end().replace('\n', " "),
        // Markdown reads it as a list or a rule, its author means a text: "1. 13", "---".
        _ => crate::transcript::sanitise(markdown).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Renders the prose in `span`, with the links and footnotes of the whole lesson. Prose that is for the page only is left
/// out.
#[must_use]
pub fn prose(lesson: &Lesson, span: Span, style: &PageStyle) -> String {
    draw_with(style, |pen| prose_lines(pen, lesson, span))
}

/// Renders a transcript: commands after their prompts, and their output, dimmed.
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

/// Renders a step with its heading, prose, transcripts and files, as someone reads it who need not do it: with solutions.
/// Of variants, it has those that fit the conditions. Set-up, checks and quizzes are left out.
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

/// Draws the blocks that begin in `span` and are not for the page only.
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
