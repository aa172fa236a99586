//! Draws code, and text after a marker, in the style of a page.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::PageStyle;
use super::line::{Line, Run};
use super::look::{DIM, Theme};
use crate::highlight::{self, CodePiece};
use crate::words::Words;

/// The smallest width of indented text, in columns.
pub(super) const NARROWEST: usize = 14;
/// The distance between tab stops in code, in columns.
const TAB: usize = 8;

/// Draws lines in the style of a page.
pub(super) struct Pen<'w> {
    pub(super) style: PageStyle,
    pub(super) theme: Theme,
    pub(super) words: &'w Words,
    /// Whether code keeps its backquotes, because the caller draws the code later.
    pub(super) keeps_backquotes: bool,
}

impl<'w> Pen<'w> {
    pub(super) fn new(style: &PageStyle, words: &'w Words) -> Self {
        let width = style.width.clamp(super::NARROWEST, super::WIDEST);
        let style = PageStyle { width, ..*style };
        Self { style, theme: Theme::new(style.color), words, keeps_backquotes: false }
    }

    /// Draws code without wrapping.
    pub(super) fn code(&self, text: &str, language: &str) -> Vec<Line> {
        let pieces = highlight::pieces(text.trim_end_matches('\n'), language);
        let lines = self.verbatim(&pieces);
        if !self.style.plain {
            return lines;
        }
        let mut out = vec![Line::plain(self.words.say("page-code", &[]))];
        out.extend(lines);
        out.push(Line::plain(self.words.say("page-code-end", &[])));
        out
    }

    /// Draws pieces of code line by line. Indents the lines by two columns, unless the style is plain.
    pub(super) fn verbatim(&self, pieces: &[CodePiece]) -> Vec<Line> {
        let mut lines = vec![Line::default()];
        let mut column = 0;
        for piece in pieces {
            let style = piece.class.map_or(Style::new(), |class| class.style(self.style.color));
            for (index, part) in piece.text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(Line::default());
                    column = 0;
                }
                let mut text = String::new();
                for (index, part) in part.split('\t').enumerate() {
                    if index > 0 {
                        let gap = TAB - column % TAB;
                        text.push_str(&" ".repeat(gap));
                        column += gap;
                    }
                    text.push_str(part);
                    column += part.width();
                }
                if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                    line.push(Run::new(text, style));
                }
            }
        }
        if lines.last().is_some_and(Line::is_empty) {
            lines.pop();
        }
        let indent = Run::new(if self.style.plain { "" } else { "  " }, Style::new());
        lines.into_iter().map(|line| Line { verbatim: true, ..line.behind(&indent) }).collect()
    }

    /// Returns the sign before an item of a task list.
    pub(super) fn task(&self, is_done: bool) -> String {
        match (is_done, self.style.plain) {
            (true, true) => format!("{}: ", self.words.say("page-task-done", &[])),
            (false, true) => format!("{}: ", self.words.say("page-task-open", &[])),
            (true, false) => "[x] ".to_owned(),
            (false, false) => "[ ] ".to_owned(),
        }
    }

    /// Draws `marker` before the first line. Indents the other lines by the width of the marker.
    pub(super) fn marked(&self, marker: &str, lines: Vec<Line>, width: usize) -> Vec<Line> {
        if lines.is_empty() {
            return lines;
        }
        if beside(marker, width) == width {
            return [vec![Line::styled(marker.trim_end(), DIM)], lines].concat();
        }
        // A plain marker can be long, such as "Footnote 1: ", so the other lines are indented less.
        let indent = if self.style.plain { marker.width().min(4) } else { marker.width() };
        let rest = Run::new(" ".repeat(indent), Style::new());
        let mut lines = lines.into_iter();
        let mut first = lines.next().unwrap_or_default();
        first.runs.insert(0, Run::new(marker, DIM));
        std::iter::once(first).chain(lines.map(|line| line.behind(&rest))).collect()
    }
}

/// Returns the width of the text beside a marker. Text that would be too narrow gets the whole `width` and stands below
/// the marker.
pub(super) fn beside(marker: &str, width: usize) -> usize {
    width.checked_sub(marker.width()).filter(|inner| *inner >= NARROWEST).unwrap_or(width)
}
