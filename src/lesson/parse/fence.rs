//! A fence in the source: its info string, and its lines with their places.

use std::borrow::Cow;

use crate::text::{Source, Span};

/// A fenced code block.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    /// The span of the fence with its markers, without the last line end.
    pub(super) span: Span,
    /// The marker that opens it: ```` ``` ````.
    pub(super) marker: Span,
    /// The text after the opening marker.
    pub(super) info: Span,
    /// The span from the line after the opening marker to the line of the closing one.
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
    /// The first byte of the next line of the source.
    pub(super) fn end_in(&self, source: &Source) -> usize {
        let rest = source.text().get(self.span.end..).unwrap_or_default();
        // The Markdown parser takes several `\r` characters in a row for one line end.
        let returns = rest.bytes().take_while(|&byte| byte == b'\r').count();
        self.span.end + if rest[returns..].starts_with('\n') { returns + 1 } else { 0 }
    }
}

/// The lines of a fence as one text that knows the place in the source of each byte.
#[derive(Debug, Default)]
pub(super) struct FenceBody {
    text: String,
    /// For each line: its first byte in `text`, its length there, and its span in the source.
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

    /// The joined text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns where a byte of the text is in the source. The byte of a line end is placed at the end of its line.
    pub(super) fn place(&self, offset: usize) -> usize {
        self.line_at(offset).map_or(0, |(start, len, span)| inside(offset.saturating_sub(start), len, span))
    }

    /// The span of a range in the source.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.place(start);
        // A range that ends at the beginning of a line ends, in the source, with the line before.
        let to = if end > start { self.place(end - 1) } else { from };
        let last = self.line_at(end.max(start + 1) - 1);
        let to = last.map_or(to, |(begin, len, span)| inside(end.saturating_sub(begin), len, span));
        Span::new(from, to.max(from))
    }

    /// Returns the whole line that contains this byte, and its span.
    pub(super) fn line(&self, offset: usize) -> Option<(&str, Span)> {
        let (start, len, span) = self.line_at(offset)?;
        Some((self.text.get(start..start + len)?, span))
    }

    fn line_at(&self, offset: usize) -> Option<(usize, usize, Span)> {
        let index = self.lines.partition_point(|&(start, ..)| start <= offset).saturating_sub(1);
        self.lines.get(index).copied()
    }
}

/// The text has spaces in place of a tab that is partly a list's indentation, so places are counted from the line's
/// end.
fn inside(offset: usize, len: usize, span: Span) -> usize {
    let extra = len.saturating_sub(span.len());
    (span.start + offset.saturating_sub(extra)).min(span.end)
}
