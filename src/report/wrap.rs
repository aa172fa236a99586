//! Wraps lines that are wider than the terminal.

use crate::text::{between_words, display_width, wrap_between_words};

/// Breaks `line` between words if it is wider than `width`. Aligns the following lines with the text after an arrow or
/// sign. Does not break a word that is wider than the terminal.
#[must_use]
pub fn wrap(line: &str, width: usize) -> String {
    if display_width(line) <= width || line.trim().is_empty() {
        return line.to_owned();
    }
    let text = line.trim_start_matches(' ');
    let bare = text.strip_prefix("\x1b[").and_then(|code| code.split_once('m')).map_or(text, |(_, bare)| bare);
    let sign = ["→ ", "- ", "+ ", "? "].iter().any(|sign| bare.starts_with(sign));
    let indent = " ".repeat(line.len() - text.len() + if sign { 2 } else { 0 });
    wrap_between_words(line, between_words(width).subsequent_indent(&indent), "`")
}

/// Cuts a line to `width` characters. If the line is longer, its last character becomes `…`.
pub(super) fn clip(line: &str, width: usize) -> String {
    if line.chars().count() <= width { line.to_owned() } else { line.chars().take(width - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_is_wrapped_between_words() {
        let cases = [
            ("satu dua tiga", 20, "satu dua tiga"),
            ("satu dua tiga", 8, "satu dua\ntiga"),
            ("satu dua tiga", 9, "satu dua\ntiga"),
            ("  satu dua tiga", 10, "  satu dua\n  tiga"),
            ("  → satu dua tiga", 12, "  → satu dua\n    tiga"),
            ("  + satu  dua tiga", 14, "  + satu  dua\n    tiga"),
            ("satudua tiga", 4, "satudua\ntiga"),
            ("satu \x1b[31mdua\x1b[0m tiga", 8, "satu \x1b[31mdua\x1b[0m\ntiga"),
            ("  \x1b[31m+ satu dua\x1b[0m", 8, "  \x1b[31m+ satu\n    dua\x1b[0m"),
            ("日本 日本 日本", 9, "日本 日本\n日本"),
            ("coba `dermaga test --update` dulu", 30, "coba `dermaga test --update`\ndulu"),
            ("sekarang coba `dermaga test --update`, lalu", 24, "sekarang coba\n`dermaga test --update`,\nlalu"),
            ("sekarang coba `dermaga test --update`, lalu", 20, "sekarang coba\n`dermaga test\n--update`, lalu"),
            ("sekarang coba sekali lagi `dermaga uji`, lalu", 34, "sekarang coba sekali lagi\n`dermaga uji`, lalu"),
            ("", 4, ""),
            ("      ", 4, "      "),
        ];
        for (line, width, broken) in cases {
            assert_eq!(wrap(line, width), broken, "{line:?}");
        }
    }

    #[test]
    fn wrapping_changes_only_spaces_and_line_ends() {
        let text =
            "→ Periksa keluaran  di atas. Bila status itu memang disengaja, tulis `exit=125` pada pagar kodenya.";
        for width in 0..120 {
            let broken = wrap(text, width);
            let bare = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(bare(&broken), bare(text));
            let longest = text.split(' ').map(display_width).max().unwrap_or_default() + 2;
            assert!(broken.lines().all(|line| display_width(line) <= width.max(longest)), "{width}: {broken}");
        }
    }
}
