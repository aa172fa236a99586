//! The lines that have left the top of the screen. Keeps only the first and the last of these lines, within limits.

use std::collections::VecDeque;
use std::mem;

/// The limits of lines and bytes for the first lines.
const FIRST: Bound = Bound { lines: 20_000, bytes: 2 << 20 };
/// The limits of lines and bytes for the last lines.
const LAST: Bound = Bound { lines: 2_000, bytes: 1 << 20 };
/// The limit of bytes for one line.
const LINE: usize = 64 << 10;

struct Bound {
    lines: usize,
    bytes: usize,
}

/// Lines in order. Lines in the middle may be left out.
#[derive(Debug, Default, Clone)]
pub(super) struct Scrollback {
    first: Vec<String>,
    first_bytes: usize,
    last: VecDeque<String>,
    last_bytes: usize,
    /// The part of an unfinished line that has left the screen.
    head: String,
    /// Whether any text was left out.
    cut: bool,
    /// The number of rows that have left the screen, including those whose text was dropped.
    pub(super) rows: u64,
}

impl Scrollback {
    /// Adds text to the unfinished line.
    pub(super) fn push_text(&mut self, text: impl IntoIterator<Item = char>) {
        for char in text {
            if self.head.len() >= LINE {
                self.cut = true;
                return;
            }
            self.head.push(char);
        }
    }

    /// Ends the unfinished line.
    pub(super) fn end_line(&mut self) {
        let line = mem::take(&mut self.head);
        self.keep(line);
    }

    fn keep(&mut self, mut line: String) {
        line.truncate(line.trim_end().len());
        if line.capacity() > 2 * line.len() + 256 {
            line.shrink_to_fit();
        }
        if self.last.is_empty() && self.first.len() < FIRST.lines && self.first_bytes + line.len() <= FIRST.bytes {
            self.first_bytes += line.len();
            self.first.push(line);
            return;
        }
        self.last_bytes += line.len();
        self.last.push_back(line);
        while self.last.len() > LAST.lines || self.last_bytes > LAST.bytes {
            let Some(gone) = self.last.pop_front() else { break };
            self.last_bytes -= gone.len();
            self.cut = true;
        }
    }

    /// Erases all lines, as `clear` erases a terminal's history.
    pub(super) fn clear(&mut self) {
        *self = Self { rows: self.rows, ..Self::default() };
    }

    /// Drops the unfinished line.
    pub(super) fn drop_head(&mut self) {
        self.head.clear();
    }

    /// Returns the beginning of a line whose rest is still on the screen.
    pub(super) fn head(&self) -> &str {
        &self.head
    }

    /// Returns all lines, and whether some were left out.
    pub(super) fn into_lines(mut self) -> (Vec<String>, bool) {
        if !self.head.is_empty() {
            self.end_line();
        }
        let mut lines = self.first;
        lines.extend(self.last);
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        (lines, self.cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push_line(kept: &mut Scrollback, line: &str) {
        kept.push_text(line.chars());
        kept.end_line();
    }

    fn filled(lines: usize, line: &str) -> Scrollback {
        let mut kept = Scrollback::default();
        for number in 0..lines {
            push_line(&mut kept, &format!("{line}{number}"));
        }
        kept
    }

    #[test]
    fn scrollback_keeps_lines_within_the_limits() {
        let (lines, cut) = filled(22_000, "").into_lines();
        assert_eq!((lines.len(), cut), (22_000, false));
    }

    #[test]
    fn scrollback_drops_the_middle_of_too_many_lines() {
        let (lines, cut) = filled(50_000, "").into_lines();
        assert_eq!((lines.len(), cut), (22_000, true));
        assert_eq!((&*lines[19_999], &*lines[20_000], &*lines[21_999]), ("19999", "48000", "49999"));
    }

    #[test]
    fn scrollback_limits_the_bytes_of_each_line_and_of_all_lines() {
        let (lines, cut) = filled(200, &"x".repeat(60_000)).into_lines();
        assert!(cut && lines.iter().map(String::len).sum::<usize>() <= FIRST.bytes + LAST.bytes);
        let (lines, cut) = filled(1, &"x".repeat(100_000)).into_lines();
        assert_eq!((lines[0].len(), cut), (LINE, true));
    }

    #[test]
    fn parts_of_a_line_are_joined_and_clear_erases_all_lines() {
        let mut kept = Scrollback::default();
        kept.push_text("ab".chars());
        assert_eq!(kept.head(), "ab");
        push_line(&mut kept, "cd  ");
        push_line(&mut kept, "");
        assert_eq!(kept.clone().into_lines().0, ["abcd"]);
        kept.clear();
        assert_eq!(kept.into_lines(), (Vec::new(), false));
    }
}
