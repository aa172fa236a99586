//! The expected lines, parsed once into elements that match lines of the screen.

use std::ops::Range;

use super::line::{ReadOptions, ScreenLine};
use super::normalize::{is_help_hint, port_line};
use super::pattern::Pattern;
use super::pull_progress::is_progress;
use super::screen::ScreenLines;
use super::table::ExpectedTable;
use crate::lesson::{Expected, ExpectedKind, Key};

/// A group of expected lines that match lines of the screen as a unit. The numbers in the variants are indices of
/// expected lines.
#[derive(Debug)]
pub(crate) enum Element {
    /// A line of output or of typed input.
    Line(usize),
    /// `...`, which matches any lines.
    Elision(usize),
    /// A run of progress lines. The element matches one or more progress lines.
    Progress(Range<usize>),
    /// A hint at `--help`, with the empty line that newer versions print before the hint.
    Help(Range<usize>),
    /// A line of `docker port`, and the next line if it shows the same port for IPv6.
    Port(Range<usize>),
    /// A pressed key, which may leave an echo.
    Key(usize, Key),
    /// A table with its rows.
    Table(ExpectedTable),
    /// Blank lines at the beginning or beside typed input. A gap matches any number of blank lines.
    Gap(Range<usize>),
}

/// The expected lines of a command, grouped into elements.
#[derive(Debug)]
pub(crate) struct MatchPlan {
    pub(super) patterns: Vec<Pattern>,
    pub(crate) elements: Vec<Element>,
    /// The inner prompts of typed lines, without the space at the end of the prompt.
    prompts: Vec<Pattern>,
}

impl Element {
    /// Returns the range of expected lines that the element covers.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Line(index) | Self::Elision(index) | Self::Key(index, _) => *index..index + 1,
            Self::Progress(range) | Self::Help(range) | Self::Port(range) | Self::Gap(range) => range.clone(),
            Self::Table(table) => table.range.clone(),
        }
    }
}

impl MatchPlan {
    pub(crate) fn new(expected: &[Expected], reading: &ReadOptions<'_>) -> Self {
        let is_output = |line: &Expected| line.kind == ExpectedKind::Output;
        let blank_end = expected.iter().rev().take_while(|line| line.is_blank()).count();
        let expected = &expected[..expected.len() - blank_end];
        let patterns: Vec<Pattern> = expected
            .iter()
            .map(|line| Pattern::new(&line.screen_text(), is_output(line) && !line.is_elision(), reading))
            .collect();
        let prompts = expected
            .iter()
            .filter_map(|line| match &line.kind {
                ExpectedKind::Typed { prompt, .. } => Some(Pattern::new(prompt, false, reading)),
                _ => None,
            })
            .collect();
        let mut plan = Self { patterns, elements: Vec::new(), prompts };
        let mut at = plan.push_gap(expected, 0);
        while at < expected.len() {
            let blanks = expected[at..].iter().take_while(|line| line.is_blank()).count();
            if expected.get(at + blanks).is_some_and(|line| !is_output(line)) {
                at = plan.push_gap(expected, at);
            }
            let element = plan.element(expected, at, reading);
            at = element.range().end;
            plan.elements.push(element);
            if !is_output(&expected[at - 1]) {
                at = plan.push_gap(expected, at);
            }
        }
        plan
    }

    /// Adds a gap with the blank lines at `at`, unless the last element is a gap. Returns the end of the blank lines.
    fn push_gap(&mut self, expected: &[Expected], at: usize) -> usize {
        let end = at + expected[at..].iter().take_while(|line| line.is_blank()).count();
        if !matches!(self.elements.last(), Some(Element::Gap(_))) {
            self.elements.push(Element::Gap(at..end));
        }
        end
    }

    fn element(&self, expected: &[Expected], at: usize, reading: &ReadOptions<'_>) -> Element {
        let line = &expected[at];
        if let ExpectedKind::Key(key) = line.kind {
            return Element::Key(at, key);
        }
        if line.kind != ExpectedKind::Output {
            return Element::Line(at);
        }
        if line.is_elision() {
            return Element::Elision(at);
        }
        let output = |index: usize| {
            expected.get(index).filter(|line| line.kind == ExpectedKind::Output).map(|line| line.text.as_str())
        };
        if let Some(table) = ExpectedTable::read(expected, at, reading) {
            return Element::Table(table);
        }
        if reading.exact {
            return Element::Line(at);
        }
        let run = (at..expected.len()).take_while(|&index| output(index).is_some_and(is_progress)).count();
        if run > 0 {
            return Element::Progress(at..at + run);
        }
        if is_help_hint(&line.text) {
            return Element::Help(at..at + 1);
        }
        if self.patterns[at].is_blank() && output(at + 1).is_some_and(is_help_hint) {
            return Element::Help(at..at + 2);
        }
        if let Some((inside, false)) = port_line(&line.text) {
            let twin = output(at + 1).is_some_and(|next| port_line(next) == Some((inside, true)));
            return Element::Port(at..at + 1 + usize::from(twin));
        }
        Element::Line(at)
    }

    /// Whether `line` is the echo of a key: the key's name, a prompt, or the `exit` that a shell prints at the end of
    /// input.
    pub(super) fn is_echo(&self, line: &ScreenLine<'_>, key: Key) -> bool {
        let text = line.text();
        let named = text.strip_suffix(key.name());
        let before = match key {
            Key::EndOfInput => named.or_else(|| text.strip_suffix("exit")),
            Key::Interrupt | Key::Detach => named,
        };
        if before.is_some_and(|before| before.trim_end().is_empty()) {
            return true;
        }
        let before = before.unwrap_or(text);
        if self.prompts.is_empty() {
            return PROMPT.is_match(before);
        }
        let prompt = ScreenLine::new(before, &line.reading);
        self.prompts.iter().any(|pattern| pattern.has_form_of(&prompt))
    }

    /// Returns the end of the table at line `at` of the screen. The table ends above a line that matches the next
    /// expected line, or else below its last row.
    pub(crate) fn table_end(&self, element: usize, screen: &ScreenLines<'_>, at: usize) -> usize {
        let end = screen.table_end(at);
        let is_loose = |next: &&Element| matches!(next, Element::Gap(_) | Element::Elision(_));
        let next = self.elements.iter().skip(element + 1).find(|next| !is_loose(next));
        let comes = |line: &usize| match next {
            Some(Element::Line(index)) => self.patterns[*index].has_form_of(&screen.lines[*line]),
            Some(Element::Key(_, key)) => self.is_echo(&screen.lines[*line], *key),
            _ => false,
        };
        // A row of the table may match the next expected line too. So the search first skips as many rows as the
        // transcript has.
        let written = if let Element::Table(table) = &self.elements[element] { table.rows.len() } else { 0 };
        (at + 1 + written..end).find(comes).or_else(|| (at + 1..end).find(comes)).unwrap_or(end)
    }
}

static_patterns! {
    /// Matches a prompt, such as `/ #`, `root@8f14e45fceea:/#` or `>>>`.
    static PROMPT = r"^(?:>+|[^ ]* *[#$])\s*$";
}
