//! Lines of styled text, and wrapping.

use std::rc::Rc;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    /// The address that a terminal opens.
    pub(super) link: Option<Rc<str>>,
    /// Whether its words must stay whole even if they are wider than a line, as for code and addresses.
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
    /// Whether it may be wider than the page, as for code.
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

    /// Adds a run at its end.
    pub(super) fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.looks_like(&run) => last.text.push_str(&run.text),
            _ => self.runs.push(run),
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

/// A word. It is cut only if it is wider than a line.
#[derive(Debug, Default)]
struct UnbrokenWord {
    runs: Vec<Run>,
    /// The space before it, if there is one.
    space: Option<Run>,
    /// Whether it begins a new line.
    breaks: bool,
}

impl UnbrokenWord {
    fn width(&self) -> usize {
        self.runs.iter().map(|run| run.text.width()).sum()
    }
}

/// Characters that do not begin a line, in texts without spaces between words.
const CLOSING: &str = "、。，．：；？！）」』】〉》";

/// Wraps running text. A line end in the text of a run ends the line.
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

/// Cuts a word that is wider than a line. Returns the column after it.
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

fn words(runs: &[Run]) -> Vec<UnbrokenWord> {
    let mut words = vec![UnbrokenWord::default()];
    // A line may end after a wide character.
    let mut after_wide = false;
    for run in runs {
        let mut chars = run.text.char_indices().peekable();
        while let Some((from, char)) = chars.next() {
            if char == '\n' {
                words.push(UnbrokenWord { breaks: true, ..UnbrokenWord::default() });
                after_wide = false;
                continue;
            }
            if char == ' ' {
                after_wide = false;
                match words.last_mut() {
                    Some(last) if last.runs.is_empty() => {
                        last.space.get_or_insert_with(|| run.like(" "));
                    }
                    _ => words.push(UnbrokenWord { space: Some(run.like(" ")), ..UnbrokenWord::default() }),
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
                words.push(UnbrokenWord::default());
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

/// The width of the widest word, and of all words on one line.
pub(super) fn widths(runs: &[Run]) -> (usize, usize) {
    let least = words(runs).iter().map(UnbrokenWord::width).max().unwrap_or(0);
    let whole = wrap(runs, usize::MAX).iter().map(Line::width).max().unwrap_or(0);
    (least, whole)
}

/// Writes the lines with their styles and line ends. With `color`, the terminal gets the addresses of links (OSC 8).
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
    fn words_are_wrapped_at_the_width() {
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
    fn address_is_never_cut() {
        let mut run = Run::new("https://docs.docker.com/reference/", Style::new());
        run.whole = true;
        let lines = wrap(&[Run::new("lihat ", Style::new()), run], 10);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].width(), 34);
    }
}
