//! Lines of styled text, and how running text is broken into them.

use std::rc::Rc;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A stretch of text of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    /// The address that a terminal opens.
    pub(super) link: Option<Rc<str>>,
    /// Whether its words may be cut where they are wider than a line: no for code and addresses.
    pub(super) whole: bool,
}

impl Run {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, link: None, whole: false }
    }

    fn like(&self, text: impl Into<String>) -> Self {
        Self { text: text.into(), style: self.style, link: self.link.clone(), whole: self.whole }
    }

    fn looks_like(&self, other: &Self) -> bool {
        self.style == other.style && self.link == other.link && self.whole == other.whole
    }
}

/// One line of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    /// Whether it may be wider than the page: code as it was written.
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

    /// Adds to its end.
    pub(super) fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.looks_like(&run) => last.text.push_str(&run.text),
            _ => self.runs.push(run),
        }
    }

    /// The line with `prefix` before it; nothing is put before an empty line but what can be seen.
    pub(super) fn behind(mut self, prefix: &Run) -> Self {
        if !(self.is_empty() && prefix.text.trim().is_empty()) {
            self.runs.insert(0, prefix.clone());
        }
        self
    }
}

/// A word: nothing inside it may be broken, unless it is wider than a line.
#[derive(Debug, Default)]
struct Word {
    runs: Vec<Run>,
    /// The space before it, when there is one.
    space: Option<Run>,
    /// Whether it begins a new line.
    breaks: bool,
}

impl Word {
    fn width(&self) -> usize {
        self.runs.iter().map(|run| run.text.width()).sum()
    }
}

/// Characters that do not begin a line, in texts without spaces between words.
const CLOSING: &str = "、。，．：；？！）」』】〉》";

/// A line end in the text of a run is a line end on the page.
pub(super) fn wrap(runs: &[Run], width: usize) -> Vec<Line> {
    let width = width.max(1);
    let mut lines = vec![Line::default()];
    let mut at = 0;
    for word in words(runs) {
        let wide = word.width();
        let space = word.space.filter(|_| at > 0);
        if word.breaks || (at > 0 && at + usize::from(space.is_some()) + wide > width) {
            lines.push(Line::default());
            at = 0;
        } else if let Some(space) = space {
            at += 1;
            add(&mut lines, space);
        }
        let whole = word.runs.iter().any(|run| run.whole);
        if at + wide <= width || whole {
            at += wide;
            for run in word.runs {
                add(&mut lines, run);
            }
        } else {
            at = cut(&word.runs, width, at, &mut lines);
        }
    }
    lines
}

fn add(lines: &mut [Line], run: Run) {
    if let Some(line) = lines.last_mut() {
        line.push(run);
    }
}

/// Puts a word that is wider than a line on as many lines as it takes; answers the column after it.
fn cut(runs: &[Run], width: usize, mut at: usize, lines: &mut Vec<Line>) -> usize {
    for run in runs {
        for char in run.text.chars() {
            let wide = char.width().unwrap_or(0);
            if at + wide > width && at > 0 {
                lines.push(Line::default());
                at = 0;
            }
            at += wide;
            add(lines, run.like(char));
        }
    }
    at
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words = vec![Word::default()];
    // After a wide character a line may end.
    let mut after_wide = false;
    for run in runs {
        let mut chars = run.text.char_indices().peekable();
        while let Some((from, char)) = chars.next() {
            if char == '\n' {
                words.push(Word { breaks: true, ..Word::default() });
                after_wide = false;
                continue;
            }
            if char == ' ' {
                after_wide = false;
                match words.last_mut() {
                    Some(last) if last.runs.is_empty() => {
                        last.space.get_or_insert_with(|| run.like(" "));
                    }
                    _ => words.push(Word { space: Some(run.like(" ")), ..Word::default() }),
                }
                continue;
            }
            let mut end = from + char.len_utf8();
            while let Some(&(next, follower)) = chars.peek() {
                if follower.width() != Some(0) || matches!(follower, '\n' | ' ') {
                    break;
                }
                end = next + follower.len_utf8();
                chars.next();
            }
            let wide = char.width() == Some(2) && !run.whole;
            let may_break = (wide || after_wide) && !CLOSING.contains(char) && !char.is_ascii_punctuation();
            if may_break && words.last().is_some_and(|last| !last.runs.is_empty()) {
                words.push(Word::default());
            }
            after_wide = wide;
            if let Some(word) = words.last_mut() {
                let piece = run.like(&run.text[from..end]);
                match word.runs.last_mut() {
                    Some(last) if last.looks_like(&piece) => last.text.push_str(&piece.text),
                    _ => word.runs.push(piece),
                }
            }
        }
    }
    words
}

/// The width of the widest word: what a column needs at least; and of everything on one line.
pub(super) fn widths(runs: &[Run]) -> (usize, usize) {
    let least = words(runs).iter().map(Word::width).max().unwrap_or(0);
    let whole = wrap(runs, usize::MAX).iter().map(Line::width).max().unwrap_or(0);
    (least, whole)
}

/// The lines with their attributes, each ended. With `links`, addresses are given to the terminal (OSC 8).
pub(super) fn paint(lines: &[Line], color: bool) -> String {
    let mut out = String::new();
    for line in lines {
        let mut text = String::new();
        for run in &line.runs {
            let style = if color { run.style } else { Style::new() };
            let link = run.link.as_ref().filter(|_| color);
            if let Some(link) = link {
                text.push_str(&format!("\u{1b}]8;;{link}\u{1b}\\"));
            }
            text.push_str(&format!("{style}{}{style:#}", run.text));
            if link.is_some() {
                text.push_str("\u{1b}]8;;\u{1b}\\");
            }
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
    fn words_go_where_they_fit() {
        assert_eq!(wrapped("satu dua tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(wrapped("satu  dua", 20), ["satu dua"]);
        assert_eq!(wrapped("a\nb", 20), ["a", "b"]);
        assert_eq!(wrapped("", 20), [""]);
        assert_eq!(wrapped("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_may_be_broken_between() {
        assert_eq!(wrapped("日本語の文章。です", 8), ["日本語の", "文章。で", "す"]);
        assert_eq!(wrapped("🐳🐳🐳", 4), ["🐳🐳", "🐳"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn addresses_are_never_cut() {
        let mut run = Run::new("https://docs.docker.com/reference/", Style::new());
        run.whole = true;
        let lines = wrap(&[Run::new("lihat ", Style::new()), run], 10);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].width(), 34);
    }
}
