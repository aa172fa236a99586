//! Lines that are wider than the terminal, broken between words.

use unicode_width::UnicodeWidthStr as _;

/// Breaks `line` where it is wider than `width`. What follows stands under the line's beginning, behind its arrow or sign
/// if it has one. A word wider than the terminal is left whole.
#[must_use]
pub fn wrap(line: &str, width: usize) -> String {
    if columns(line) <= width {
        return line.to_owned();
    }
    let indent = indent(line);
    let words = line.trim_start_matches(' ');
    let mut text = line[..line.len() - words.len()].to_owned();
    let mut used = text.len();
    let mut begun = false;
    for piece in pieces(words, width) {
        let word = piece.trim_end_matches(' ');
        if begun && !word.is_empty() && used + columns(word) > width {
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            used = indent;
        }
        text.push_str(piece);
        used += columns(word) + piece.len() - word.len();
        begun |= !word.is_empty();
    }
    text
}

/// Words, each with the spaces behind it, so that those inside a line stay as they are. A command between backquotes is
/// one word unless it is wider than `most`.
fn pieces(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.split_inclusive(' ').next().unwrap_or(rest);
        let open = word.matches('`').count() % 2 == 1;
        let close = open.then(|| rest[word.len()..].find('`')).flatten().map(|at| word.len() + at + 1);
        let code = close.map(|close| rest[close..].find(' ').map_or(rest.len(), |space| close + space + 1));
        let end = code.filter(|&end| columns(rest[..end].trim_end()) <= most).unwrap_or(word.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Where the lines that follow begin.
fn indent(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    let start = line.len() - text.len();
    let plain = plain(text);
    let signed = ["→ ", "- ", "+ ", "? "].iter().any(|sign| plain.starts_with(sign));
    if signed { start + 2 } else { start }
}

/// The columns of a text, without the codes of its colours.
pub(super) fn columns(text: &str) -> usize {
    plain(text).width()
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, code)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = code.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
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
    fn nothing_but_spaces_is_lost() {
        let text =
            "→ Periksa keluaran  di atas. Bila status itu memang disengaja, tulis `exit=125` pada pagar kodenya.";
        for width in 0..120 {
            let broken = wrap(text, width);
            let bare = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(bare(&broken), bare(text));
            let longest = pieces(text, width).into_iter().map(columns).max().unwrap_or_default() + 2;
            assert!(broken.lines().all(|line| columns(line) <= width.max(longest)), "{width}: {broken}");
        }
    }
}
