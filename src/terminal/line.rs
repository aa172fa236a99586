//! Defines lines of styled text, and wraps text into lines.

use std::mem;
use std::ops::Range;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text with one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    /// Whether a word stays whole even if it is wider than a line, as in code and addresses.
    pub(super) whole: bool,
}

impl Run {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, whole: false }
    }

    fn looks_like(&self, other: &Self) -> bool {
        self.style == other.style && self.whole == other.whole
    }
}

/// One line of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    /// Whether the line may be wider than the page, as for code.
    pub(super) verbatim: bool,
}

impl Line {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::styled(text, Style::new())
    }

    pub(super) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { runs: vec![Run::new(text, style)], verbatim: false }
    }

    pub(super) fn width(&self) -> usize {
        self.runs.iter().map(|run| run.text.width()).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }

    /// Adds a run at the end of the line.
    pub(super) fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.looks_like(&run) => last.text.push_str(&run.text),
            _ => self.runs.push(run),
        }
    }

    /// Adds a part of `runs` at the end of the line. `range` is a range of bytes in the text of all runs together.
    fn push_part(&mut self, runs: &[Run], range: Range<usize>) {
        for (run, part) in parts(runs, &range) {
            self.push(Run { text: part.to_owned(), ..run.clone() });
        }
    }

    /// Puts `prefix` before the line. An invisible prefix is not put before an empty line.
    pub(super) fn behind(mut self, prefix: &Run) -> Self {
        if !(self.is_empty() && prefix.text.trim().is_empty()) {
            self.runs.insert(0, prefix.clone());
        }
        self
    }
}

/// Wraps running text. A line end in the text also ends the wrapped line. Only a word that is wider than a line is cut.
pub(super) fn wrap(runs: &[Run], width: usize) -> Vec<Line> {
    let text = text(runs);
    let mut lines = Vec::new();
    let mut begin = 0;
    for paragraph in text.split('\n') {
        let (mut line, mut at) = (Line::default(), 0);
        for word in paragraph.split(' ') {
            let range = begin..begin + word.len();
            begin = range.end + 1;
            let wide = word.width();
            if at > 0 && wide > 0 && at + 1 + wide > width {
                lines.push(mem::take(&mut line));
                at = 0;
            } else if at > 0 && wide > 0 {
                line.push_part(runs, range.start - 1..range.start);
                at += 1;
            }
            if wide <= width || parts(runs, &range).any(|(run, _)| run.whole) {
                at += wide;
                line.push_part(runs, range);
                continue;
            }
            for (from, c) in word.char_indices() {
                let wide = c.width().unwrap_or(0);
                if at > 0 && at + wide > width {
                    lines.push(mem::take(&mut line));
                    at = 0;
                }
                at += wide;
                line.push_part(runs, range.start + from..range.start + from + c.len_utf8());
            }
        }
        lines.push(line);
    }
    lines
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Returns the runs that have text in `range`, each with this text. `range` is a range of bytes in the text of all runs
/// together.
fn parts<'r>(runs: &'r [Run], range: &Range<usize>) -> impl Iterator<Item = (&'r Run, &'r str)> {
    let (start, end) = (range.start, range.end);
    let begins = runs.iter().scan(0, |next, run| Some(mem::replace(next, *next + run.text.len())));
    runs.iter().zip(begins).filter_map(move |(run, begin)| {
        let part = start.saturating_sub(begin)..end.saturating_sub(begin).min(run.text.len());
        run.text.get(part).filter(|part| !part.is_empty()).map(|part| (run, part))
    })
}

/// Returns the width of the widest word, and the width of the text without wrapping.
pub(super) fn widths(runs: &[Run]) -> (usize, usize) {
    let least = text(runs).split([' ', '\n']).map(UnicodeWidthStr::width).max().unwrap_or(0);
    let whole = wrap(runs, usize::MAX).iter().map(Line::width).max().unwrap_or(0);
    (least, whole)
}

/// Writes the lines with their line ends, and with their styles if `color` is true.
pub(super) fn paint(lines: &[Line], color: bool) -> String {
    let mut out = String::new();
    for line in lines {
        let mut text = String::new();
        for run in &line.runs {
            let style = if color { run.style } else { Style::new() };
            text.push_str(&format!("{style}{}{style:#}", run.text));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        let lines = wrap(&[Run::new(text, Style::new())], width);
        lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn text_is_wrapped_between_words_at_the_width() {
        assert_eq!(wrapped("satu dua tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(wrapped("satu  dua", 20), ["satu dua"]);
        assert_eq!(wrapped("a\nb", 20), ["a", "b"]);
        assert_eq!(wrapped("", 20), [""]);
        assert_eq!(wrapped("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
    }

    #[test]
    fn wide_character_takes_two_columns_and_may_end_a_line() {
        assert_eq!(wrapped("日本語の文章。です", 8), ["日本語の", "文章。で", "す"]);
        assert_eq!(wrapped("🐳🐳🐳", 4), ["🐳🐳", "🐳"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn address_wider_than_a_line_is_never_cut() {
        let mut run = Run::new("https://docs.docker.com/reference/", Style::new());
        run.whole = true;
        let lines = wrap(&[Run::new("lihat ", Style::new()), run], 10);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].width(), 34);
    }
}
