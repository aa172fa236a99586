//! Wraps text at word boundaries.

use crate::terminal::between_words;

/// Wraps each line of `text` at `width` columns. The first line begins at column `first`; each other line is indented
/// by `rest` columns.
pub(super) fn fold(text: &str, width: usize, first: usize, rest: usize) -> String {
    let (before, behind) = (" ".repeat(first), " ".repeat(rest));
    let width = width.max(first.max(rest) + 10);
    let options = between_words(width).initial_indent(&before).subsequent_indent(&behind);
    // Keep the spaces at the end of the text, because they separate a prompt from the typed answer.
    let end = &text[text.trim_end().len()..];
    let folded = textwrap::fill(text.trim_end(), options);
    format!("{}{end}", folded.strip_prefix(&before).unwrap_or(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_folded_only_between_words() {
        assert_eq!(fold("satu dua tiga empat", 12, 4, 2), "satu dua\n  tiga empat");
        assert_eq!(fold("satu dua ", 40, 4, 2), "satu dua ");
        assert_eq!(fold("sepatahkatayangpanjangsekali dua", 12, 0, 1), "sepatahkatayangpanjangsekali\n dua");
        assert_eq!(fold("", 12, 4, 0), "");
    }
}
