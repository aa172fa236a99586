//! Edits spans of a text. Bytes outside the spans do not change.

use super::Span;

/// The replacement of `span` by `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The replaced span; empty for an insertion.
    pub span: Span,
    /// The text that replaces the span.
    pub text: String,
}

/// The reason why a set of edits cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two edits change the same bytes.
    #[error("two edits overlap at byte {0}")]
    Overlap(usize),
    /// A span is outside the text or splits a character.
    #[error("an edit at byte {0} does not fit the text")]
    Outside(usize),
}

/// Applies `edits` to `text`. The edits may be in any order.
///
/// # Errors
/// Fails if two edits overlap, or if a span is not on character boundaries of the text. In this case, no edit is
/// applied.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        if edit.span.start < at {
            return Err(EditError::Overlap(edit.span.start));
        }
        if edit.span.end < edit.span.start || text.get(edit.span.start..edit.span.end).is_none() {
            return Err(EditError::Outside(edit.span.start));
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.into() }
    }

    #[test]
    fn edits_keep_the_bytes_outside_their_spans() {
        assert_eq!(apply("a\r\nb\r\n", &[edit(3, 4, "c"), edit(0, 0, "> ")]).as_deref(), Ok("> a\r\nc\r\n"));
    }

    #[test]
    fn edit_that_overlaps_or_does_not_fit_is_refused() {
        assert_eq!(apply("abc", &[edit(0, 2, ""), edit(1, 3, "")]), Err(EditError::Overlap(1)));
        assert_eq!(apply("…", &[edit(0, 1, "")]), Err(EditError::Outside(0)));
        assert_eq!(apply("abc", &[edit(2, 9, "")]), Err(EditError::Outside(2)));
    }
}
