//! The inside of a fence as a text of its own that knows where each byte stands in the source.
//!
//! A fence in a list or a quote has prefixes that are not part of it; the book's parser has already taken them away.

use std::ops::Range;

use crate::text::{Source, Span};

/// A fence's inside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    /// Where each piece of `text` begins in it and in the source.
    pieces: Vec<(usize, usize)>,
    /// Where an empty body stands.
    at: usize,
}

/// A line of a body.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Without its line end.
    pub(crate) text: String,
    /// Without its line end.
    pub(crate) span: Span,
    /// One past its line end in the source.
    pub(crate) next: usize,
}

impl Body {
    pub(crate) fn new(at: usize) -> Self {
        Self { text: String::new(), pieces: Vec::new(), at }
    }

    /// A body that is a part of the source as it is.
    pub(crate) fn of(source: &Source, span: Span) -> Self {
        Self { text: source.slice(span).to_owned(), pieces: vec![(0, span.start)], at: span.start }
    }

    pub(crate) fn push(&mut self, text: &str, range: &Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(text);
    }

    /// Where byte `offset` of the body stands in the source.
    fn source_offset(&self, offset: usize) -> usize {
        let piece = self.pieces.partition_point(|&(start, _)| start <= offset);
        piece.checked_sub(1).map_or(self.at, |piece| {
            let (start, source) = self.pieces[piece];
            source + (offset - start)
        })
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start.min(self.text.len()), end.min(self.text.len()));
        let first = self.source_offset(start);
        if end <= start {
            return Span::new(first, first);
        }
        // The end lies behind the last byte, not before the next piece.
        Span::new(first, (self.source_offset(end - 1) + 1).max(first))
    }

    pub(crate) fn line_at(&self, offset: usize) -> &str {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at);
        &self.text[start..end]
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut offset = 0;
        for line in self.text.split_inclusive('\n') {
            let bare = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
            let span = if bare.is_empty() {
                let at = self.source_offset(offset);
                Span::new(at, at)
            } else {
                self.span(offset, offset + bare.len())
            };
            let next = self.source_offset(offset + line.len() - 1) + 1;
            lines.push(Line { text: bare.to_owned(), span, next });
            offset += line.len();
        }
        lines
    }
}
