//! The expected lines of a command, parsed once, so that the driver can compare the screen repeatedly while the command
//! runs.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::bindings::Bindings;
use super::compare::has_interrupt;
use super::comparison::Options;
use super::match_lines::match_lines;
use super::plan::MatchPlan;
use super::screen::ScreenLines;
use crate::lesson::Expected;

/// The expected lines of a command. Caches a match plan for each requested number of leading lines.
#[derive(Debug)]
pub struct ExpectedOutput<'a> {
    lines: Cow<'a, [Expected]>,
    options: Options<'a>,
    /// The plans, by number of lines.
    plans: Vec<OnceLock<MatchPlan>>,
}

impl<'a> ExpectedOutput<'a> {
    /// Makes an expected output of `lines`. `options` are the options for comparing these lines with the screen.
    #[must_use]
    pub fn new(lines: impl Into<Cow<'a, [Expected]>>, options: Options<'a>) -> Self {
        let lines = lines.into();
        let plans = (0..=lines.len()).map(|_| OnceLock::new()).collect();
        Self { lines, options, plans }
    }

    /// Whether the screen matches the first `end` expected lines. If so, the driver may type the next input. `screen`
    /// holds the lines from the command's first line to the line above the prompt.
    #[must_use]
    pub fn has_arrived(&self, end: usize, screen: &[String], bindings: &Bindings) -> bool {
        let (expected, reading) = (&self.lines[..end], self.options.reading());
        let plan = self.plans[end].get_or_init(|| MatchPlan::new(expected, &reading));
        let screen = ScreenLines::new(screen, has_interrupt(expected), &reading);
        match_lines(plan, &screen, &mut bindings.clone()).is_some()
    }
}
