//! The lines of the screen, parsed once.

use super::header::Header;
use super::line::{ReadOptions, ScreenLine};
use super::normalize::{is_help_hint, port_line};
use super::pull_progress::is_progress;

/// The error that the CLI of Docker 20.10 sometimes prints for `docker run -d` on a busy machine, although the
/// container runs.
const CLI_NOISE: &str = "error waiting for container: context canceled";

/// The lines of a screen, without blank lines at the end.
#[derive(Debug)]
pub(crate) struct ScreenLines<'a> {
    /// The lines as printed.
    pub(crate) raw: Vec<&'a str>,
    pub(super) lines: Vec<ScreenLine<'a>>,
    pub(super) reading: ReadOptions<'a>,
    /// The index of each line in `actual`. The two halves of a split line have the same index.
    pub(crate) found: Vec<usize>,
    /// The byte offset of each line in its line of `actual`. The offset is 0 unless a line was split.
    pub(super) starts: Vec<usize>,
}

impl<'a> ScreenLines<'a> {
    /// Reads the lines `actual`. If `interrupted`, splits each line that begins with the echo `^C` into two lines.
    pub(crate) fn new(actual: &'a [String], interrupted: bool, reading: &ReadOptions<'a>) -> Self {
        let blank_end = actual.iter().rev().take_while(|line| line.trim_end().is_empty()).count();
        let (raw, lines, found, starts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut screen = Self { raw, lines, reading: *reading, found, starts };
        for (index, line) in actual[..actual.len() - blank_end].iter().enumerate() {
            if !reading.exact && line.starts_with("ERRO[") && line.trim_end().ends_with(CLI_NOISE) {
                continue;
            }
            match line.strip_prefix("^C").filter(|rest| interrupted && !rest.trim_end().is_empty()) {
                Some(rest) => {
                    screen.push("^C", index, 0);
                    screen.push(rest, index, line.len() - rest.len());
                }
                None => screen.push(line, index, 0),
            }
        }
        screen
    }

    fn push(&mut self, line: &'a str, index: usize, start: usize) {
        self.raw.push(line);
        self.lines.push(ScreenLine::new(line, &self.reading));
        self.found.push(index);
        self.starts.push(start);
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns the index after the blank lines that begin at line `at`.
    pub(super) fn blank_end(&self, at: usize) -> usize {
        at + self.lines[at..].iter().take_while(|line| line.is_blank()).count()
    }

    /// Returns the index after the progress lines that begin at line `at`.
    pub(super) fn progress_end(&self, at: usize) -> usize {
        at + self.raw[at..].iter().take_while(|line| is_progress(line)).count()
    }

    /// Returns the end of the `--help` hint at line `at`, if there is one. An empty line may precede the hint.
    pub(super) fn help_end(&self, at: usize) -> Option<usize> {
        let blank = self.lines.get(at).is_some_and(ScreenLine::is_blank);
        let hint = at + usize::from(blank);
        self.raw.get(hint).is_some_and(|line| is_help_hint(line)).then_some(hint + 1)
    }

    /// Returns the end of the `docker port` line at `at`. If the next line shows the same port for IPv6, the end is
    /// below that line.
    pub(super) fn port_end(&self, at: usize) -> Option<usize> {
        let (inside, v6) = port_line(self.raw.get(at)?)?;
        let twin = self.raw.get(at + 1).is_some_and(|next| port_line(next) == Some((inside, true)));
        (!v6).then_some(at + 1 + usize::from(twin))
    }

    /// Returns the index after the last row of the table whose header is line `at`.
    pub(super) fn table_end(&self, at: usize) -> usize {
        let below = at + 1;
        self.header(at).map_or(below, |header| below + header.count_rows(self.raw[below..].iter().copied()))
    }

    /// Returns the table header at line `at`, if there is one.
    pub(super) fn header(&self, at: usize) -> Option<Header> {
        Header::read(self.raw.get(at)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::volatile::TextContext;

    #[test]
    fn known_error_of_the_cli_is_ignored_unless_the_comparison_is_exact() {
        let lines =
            ["ERRO[0000] error waiting for container: context canceled ".to_owned(), "ERRO[0000] lain".to_owned()];
        let reading = |exact| ReadOptions { exact, dir: None, place: TextContext::Line };
        assert_eq!(ScreenLines::new(&lines, false, &reading(false)).raw, ["ERRO[0000] lain"]);
        assert_eq!(ScreenLines::new(&lines, false, &reading(true)).raw.len(), 2);
    }
}
