//! Renders a lesson's prose for the terminal: in its width and colours, or as plain text for a screen reader.
//!
//! `tree` reads Markdown with the site's parser, `draw` (with `table` and `transcript`) lays it out in lines, and
//! `line` writes them. Text of a lesson is sanitised before it becomes a line.

mod draw;
mod fold;
mod keys;
mod line;
mod look;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod transcript;
mod tree;

use anstyle::Style;

use crate::lesson::{Attrs, Block, Conditions, FileBlock, Lesson, Step, Transcript, fits};
use crate::text::Span;
use crate::words::{Lang, Words};
use draw::Pen;
use line::{Line, paint};
use tree::{BlockKind, MarkdownBlock};

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

/// Which parts of a step are shown.
#[derive(Debug, Clone, Copy)]
pub struct Show<'a> {
    /// `solution` fences, and `shuffle` ones in their right order.
    pub solutions: bool,
    /// The output of commands.
    pub outputs: bool,
    /// The conditions that choose variants. Without them all variants are shown, each under its conditions.
    pub conditions: Option<&'a Conditions>,
}

impl Default for Show<'_> {
    /// Everything but the solutions.
    fn default() -> Self {
        Self { solutions: false, outputs: true, conditions: None }
    }
}

/// Renders Markdown as a page with line ends.
#[must_use]
pub fn render(markdown: &str, style: &PageStyle) -> String {
    draw_with(style, |pen| pen.blocks(&tree::read(markdown), pen.style.width))
}

/// Renders Markdown on one line without a line end and without colours, for an option of a question. Code keeps its
/// backquotes: [`accent`] draws them.
#[must_use]
pub fn inline(markdown: &str, style: &PageStyle) -> String {
    let words = Words::new(style.lang);
    let style = &PageStyle { color: Color::None, ..*style };
    let pen = Pen { keeps_backquotes: true, ..Pen::new(style, &words) };
    let mut line = Line::default();
    for node in tree::read(markdown) {
        if !line.is_empty() && !node.words.is_empty() {
            line.push(line::Run::new(" ", Style::new()));
        }
        pen.runs(&node.words, Style::new()).into_iter().for_each(|run| line.push(run));
    }
    if line.is_empty() {
        // Markdown reads it as a list or a rule, its author means a text: "1. 13", "---".
        return crate::transcript::sanitise(markdown).split_whitespace().collect::<Vec<_>>().join(" ");
    }
    paint(&[line], false).trim_end().replace('\n', " ")
}

/// Renders the prose in `span`, with the links and footnotes of the whole lesson. Prose that is for the page only is left
/// out.
#[must_use]
pub fn prose(lesson: &Lesson, span: Span, style: &PageStyle) -> String {
    let nodes = without_page_only(lesson, within(&tree::read(&lesson.without_front_matter()), span));
    draw_with(style, |pen| pen.blocks(&nodes, pen.style.width))
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

/// Renders a step with its heading, prose, transcripts and files. Set-up, checks and quizzes are left out.
#[must_use]
pub fn step(lesson: &Lesson, step: &Step, style: &PageStyle, show: Show<'_>) -> String {
    let tree = tree::read(&lesson.without_front_matter());
    draw_with(style, |pen| {
        let mut parts = Vec::new();
        let has_heading_in_prose = step.span.start < step.heading.start;
        if !has_heading_in_prose {
            parts.push(pen.blocks(&within(&tree, step.heading), pen.style.width));
        }
        for block in &step.blocks {
            parts.push(match block {
                Block::Prose(span) => pen.blocks(&without_page_only(lesson, within(&tree, *span)), pen.style.width),
                Block::Transcript(transcript) if shown(&transcript.attrs, show) => {
                    let mut lines: Vec<Line> = Vec::new();
                    lines.extend(pen.variant(&transcript.attrs).filter(|_| show.conditions.is_none()));
                    lines.extend(pen.transcript(transcript, show.outputs));
                    lines
                }
                Block::File(file) if shown(&file.attrs, show) => pen.file(file),
                Block::Transcript(_) | Block::File(_) | Block::Check(_) | Block::Quiz(_) => Vec::new(),
            });
        }
        let mut out: Vec<Line> = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !out.is_empty() {
                out.push(Line::default());
            }
            out.extend(part);
        }
        out
    })
}

fn shown(attrs: &Attrs, show: Show<'_>) -> bool {
    let revealed = show.solutions || !(attrs.solution || attrs.shuffle);
    let whole = !(attrs.blank && show.solutions);
    !attrs.hidden && revealed && whole && show.conditions.is_none_or(|conditions| fits(attrs, conditions))
}

/// The blocks that are not for the page only.
fn without_page_only(lesson: &Lesson, mut nodes: Vec<MarkdownBlock>) -> Vec<MarkdownBlock> {
    let is_page_only = |at: usize| lesson.page_only.iter().any(|page| page.start <= at && at < page.end);
    nodes.retain(|node| !is_page_only(node.range.start));
    nodes
}

fn draw_with(style: &PageStyle, draw: impl FnOnce(&Pen<'_>) -> Vec<Line>) -> String {
    let words = Words::new(style.lang);
    let pen = Pen::new(style, &words);
    let text = paint(&draw(&pen), style.color != Color::None);
    if text.is_empty() { "\n".to_owned() } else { text }
}

/// The blocks that begin in `span`; of lists and quotes, their parts that do.
fn within(nodes: &[MarkdownBlock], span: Span) -> Vec<MarkdownBlock> {
    let mut out = Vec::new();
    for node in nodes {
        // A footnote is at the end of the lesson.
        if node.range.start >= span.end || node.range.end <= span.start {
            continue;
        }
        let blocks = within(&node.blocks, span);
        let is_shown = if node.kind.is_container() { !blocks.is_empty() } else { node.range.start >= span.start };
        if !is_shown {
            continue;
        }
        let mut kind = node.kind.clone();
        if let BlockKind::List { first: Some(first), .. } = &mut kind {
            let passed = node.blocks.iter().filter(|item| item.range.start < span.start).count();
            *first = first.saturating_add(passed as u64);
        }
        out.push(MarkdownBlock { range: node.range.clone(), kind, words: node.words.clone(), blocks });
    }
    out
}
