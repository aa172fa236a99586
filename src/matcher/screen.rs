//! The lines a person saw, read once.

use super::header::Header;
use super::line::{Line, Reading};
use super::normalize::{is_help_hint, port_line};
use super::pull_progress::is_progress;

/// The lines of a screen, without blank ones at its end.
#[derive(Debug)]
pub(crate) struct Screen<'a> {
    /// As printed.
    pub(crate) raw: Vec<&'a str>,
    pub(super) lines: Vec<Line>,
    /// The line of the whole screen that each is, or is a part of.
    pub(crate) found: Vec<usize>,
    /// Where it begins in that line, in bytes.
    pub(super) starts: Vec<usize>,
}

impl<'a> Screen<'a> {
    /// With `interrupted`, a line that begins with the echo of `^C` is two.
    pub(crate) fn new(actual: &'a [String], interrupted: bool, reading: &Reading<'_>) -> Self {
        let blank_end = actual.iter().rev().take_while(|line| line.trim_end().is_empty()).count();
        let mut screen = Self { raw: Vec::new(), lines: Vec::new(), found: Vec::new(), starts: Vec::new() };
        for (index, line) in actual[..actual.len() - blank_end].iter().enumerate() {
            match line.strip_prefix("^C").filter(|rest| interrupted && !rest.trim_end().is_empty()) {
                Some(rest) => {
                    screen.push("^C", index, 0, reading);
                    screen.push(rest, index, line.len() - rest.len(), reading);
                }
                None => screen.push(line, index, 0, reading),
            }
        }
        screen
    }

    fn push(&mut self, line: &'a str, index: usize, start: usize, reading: &Reading<'_>) {
        self.raw.push(line);
        self.lines.push(Line::new(line, reading));
        self.found.push(index);
        self.starts.push(start);
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Where blank lines that begin at `at` end.
    pub(super) fn blank_end(&self, at: usize) -> usize {
        at + self.lines[at..].iter().take_while(|line| line.is_blank()).count()
    }

    /// Where a run of progress lines that begins at `at` ends.
    pub(super) fn progress_end(&self, at: usize) -> usize {
        at + self.raw[at..].iter().take_while(|line| is_progress(line)).count()
    }

    /// Where a hint at `--help`, with its empty line, ends.
    pub(super) fn help_end(&self, at: usize) -> Option<usize> {
        let blank = self.lines.get(at).is_some_and(Line::is_blank);
        let hint = at + usize::from(blank);
        self.raw.get(hint).is_some_and(|line| is_help_hint(line)).then_some(hint + 1)
    }

    /// Where the line of `docker port` at `at`, with its twin for IPv6, ends.
    pub(super) fn port_end(&self, at: usize) -> Option<usize> {
        let (inside, v6) = port_line(self.raw.get(at)?)?;
        let twin = self.raw.get(at + 1).is_some_and(|next| port_line(next) == Some((inside, true)));
        (!v6).then_some(at + 1 + usize::from(twin))
    }

    /// Where the rows of the table at `at` end.
    pub(super) fn table_end(&self, at: usize) -> usize {
        let below = at + 1;
        self.header(at).map_or(below, |header| below + header.count_rows(self.raw[below..].iter().copied()))
    }

    /// The table header at `at`, if there is one.
    pub(super) fn header(&self, at: usize) -> Option<Header> {
        Header::read(self.raw.get(at)?)
    }
}
