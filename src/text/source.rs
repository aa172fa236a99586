//! Defines [`Source`], the text and the name of a file, and [`Span`], a range of bytes in a source.

use std::fmt;
use std::sync::Arc;

/// A half-open range of bytes in a [`Source`]: `start <= end`, both on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte of the span.
    pub start: usize,
    /// The byte after the last byte of the span.
    pub end: usize,
}

impl Span {
    /// Makes a span from `start` up to `end`, without the byte at `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Returns the smallest span that covers `self` and `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The place in the source.
    pub span: Span,
}

/// A line and a column. Both count from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A text, and the name of the text in messages. Cloning a source is cheap.
#[derive(Clone)]
pub struct Source {
    inner: Arc<SourceInner>,
}

struct SourceInner {
    name: String,
    text: String,
    /// The offset of the first byte of each line.
    lines: Vec<usize>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.inner.name).finish()
    }
}

impl Source {
    /// Makes a source of `text`. `name` is the path as the user typed it.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { inner: Arc::new(SourceInner { name: name.into(), text, lines }) }
    }

    /// Returns the name for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// Returns the whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// Returns the text of `span`, or an empty text if the span does not fit this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.inner.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Limits `span` to the text and widens the span to whole characters.
    #[must_use]
    pub fn fit(&self, span: Span) -> Span {
        let text = self.text();
        let start = text.floor_char_boundary(span.start);
        Span::new(start, text.ceil_char_boundary(span.end.max(start)))
    }

    /// Returns the first line of `span`, without white space at its end. A message shows only this line.
    #[must_use]
    pub fn first_line_of(&self, span: Span) -> Span {
        let line = self.slice(span).lines().next().unwrap_or_default();
        Span::new(span.start, span.start + line.trim_end().len())
    }

    /// Returns the line and column of the byte `offset`. An offset past the end gives the position of the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.inner.text.floor_char_boundary(offset);
        let line = self.inner.lines.partition_point(|&start| start <= offset);
        Position { line, column: self.inner.text[self.line_start(offset)..offset].chars().count() + 1 }
    }

    /// Returns the offset of the first byte of the line that contains the byte `offset`.
    #[must_use]
    pub fn line_start(&self, offset: usize) -> usize {
        let line = self.inner.lines.partition_point(|&start| start <= offset).saturating_sub(1);
        self.inner.lines[line]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_of_a_position_counts_characters_not_bytes() {
        let source = Source::new("a.md", "satu\n…dua\n");
        assert_eq!(source.position(8), Position { line: 2, column: 2 });
        assert_eq!(source.position(999), Position { line: 3, column: 1 });
        assert_eq!(source.position(6), Position { line: 2, column: 1 }, "inside a character is its begin");
    }
}
