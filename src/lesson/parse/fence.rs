//! A fence in the source: its info string, and its lines with their spans.

use std::borrow::Cow;

use crate::text::{Source, Span};

/// A fenced code block.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    /// The span of the fence with its markers, without the last line end.
    pub(super) span: Span,
    /// The span of the opening marker: ```` ``` ````.
    pub(super) marker: Span,
    /// The span of the text after the opening marker.
    pub(super) info: Span,
    /// The span from the line below the opening marker up to the line of the closing marker.
    pub(super) body: Span,
    /// The lines between the markers.
    pub(super) lines: Vec<FenceLine<'a>>,
    /// Whether the fence has a closing marker.
    pub(super) closed: bool,
}

/// A line of a fence, without the prefix of lists and quotes around it and without its line end.
#[derive(Debug)]
pub(super) struct FenceLine<'a> {
    /// The text of the line.
    pub(super) text: Cow<'a, str>,
    /// The span of the line in the source.
    pub(super) span: Span,
}

impl FenceLine<'_> {
    /// Returns the position at which the next line of the source begins.
    pub(super) fn end_in(&self, source: &Source) -> usize {
        let rest = source.text().get(self.span.end..).unwrap_or_default();
        // The Markdown parser reads several `\r` characters in a row as one line end.
        let returns = rest.bytes().take_while(|&byte| byte == b'\r').count();
        self.span.end + if rest[returns..].starts_with('\n') { returns + 1 } else { 0 }
    }
}

/// The lines of a fence as one text, with the position of each byte in the source.
#[derive(Debug, Default)]
pub(super) struct FenceBody {
    text: String,
    /// For each line: its first byte in `text`, its length in `text`, and its span in the source.
    lines: Vec<(usize, usize, Span)>,
}

impl FenceBody {
    /// Joins lines with `\n`.
    pub(super) fn new<'l>(lines: impl IntoIterator<Item = (&'l str, Span)>) -> Self {
        let mut body = Self::default();
        for (text, span) in lines {
            body.lines.push((body.text.len(), text.len(), span));
            body.text.push_str(text);
            body.text.push('\n');
        }
        body
    }

    /// Returns the joined text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the source position of the byte `offset` of the text. A line end has the position of the end of its
    /// line.
    pub(super) fn place(&self, offset: usize) -> usize {
        self.line_at(offset).map_or(0, |(start, len, span)| inside(offset.saturating_sub(start), len, span))
    }

    /// Returns the source span of a range of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.place(start);
        // If a range ends at the beginning of a line, its span in the source ends with the previous line.
        let to = if end > start { self.place(end - 1) } else { from };
        let last = self.line_at(end.max(start + 1) - 1);
        let to = last.map_or(to, |(begin, len, span)| inside(end.saturating_sub(begin), len, span));
        Span::new(from, to.max(from))
    }

    /// Returns the whole line that contains the byte `offset`, and the line's span.
    pub(super) fn line(&self, offset: usize) -> Option<(&str, Span)> {
        let (start, len, span) = self.line_at(offset)?;
        Some((self.text.get(start..start + len)?, span))
    }

    fn line_at(&self, offset: usize) -> Option<(usize, usize, Span)> {
        let index = self.lines.partition_point(|&(start, ..)| start <= offset).saturating_sub(1);
        self.lines.get(index).copied()
    }
}

/// Returns the source position of the byte `offset` of a line. If a list's indentation takes a part of a tab, the line
/// has spaces instead of the tab. So the position is counted from the end of the line.
fn inside(offset: usize, len: usize, span: Span) -> usize {
    let extra = len.saturating_sub(span.len());
    (span.start + offset.saturating_sub(extra)).min(span.end)
}
