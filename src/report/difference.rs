//! Explains a verdict in words: the expected result, the actual result, and the next action.

use std::fmt::Write as _;
use std::ops::Range;

use crate::claims::InfraFailureKind;
use crate::event::{Difference, KeepReason, SkipReason, Verdict};
use crate::matcher::{Comparison, DiffRow, Note, RowState};
use crate::report::claim::explain_findings;
use crate::report::wrap::clip;
use crate::transcript::sanitise;
use crate::words::Words;

/// The width of an explanation in plain text, in columns.
const WIDTH: usize = 96;
/// The maximum length of a differing line, in characters.
const LONGEST: usize = 1000;

/// Colours a text, if `color` is set.
pub(super) fn paint(text: &str, code: &str, color: bool) -> String {
    if color && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Explains a verdict in plain text.
pub(crate) fn explain(verdict: &Verdict, words: &Words) -> String {
    Explainer { words, color: false, width: WIDTH }.explain(verdict)
}

/// Describes why something was skipped.
pub(crate) fn plain_skip(reason: &SkipReason, words: &Words) -> String {
    let need = if let SkipReason::Needs(need) = reason { need.as_str() } else { "" };
    words.say(&format!("skip-{}", reason.name()), &[("need", need)])
}

/// Explains verdicts for a terminal of `width` columns.
#[derive(Clone, Copy)]
pub(super) struct Explainer<'a> {
    pub(super) words: &'a Words,
    pub(super) color: bool,
    pub(super) width: usize,
}

impl Explainer<'_> {
    pub(super) fn explain(self, verdict: &Verdict) -> String {
        let words = self.words;
        match verdict {
            Verdict::Met => String::new(),
            Verdict::Skipped(reason) => plain_skip(reason, words),
            Verdict::Broken(trouble) => {
                // A timeout has its own message, because a timeout does not show whether the command hangs or the
                // machine is slow.
                let timeout = trouble.kind == InfraFailureKind::Timeout;
                let mut text = words.say(if timeout { "broken-timeout" } else { "broken-step" }, &[]);
                let key = format!("trouble-{}", trouble.kind.name());
                let _ = write!(text, "\n{}", words.say(&key, &[]));
                for line in trouble.detail.lines() {
                    let _ = write!(text, "\n  {}", sanitise(line));
                }
                let _ = write!(text, "\n→ {}", words.say(&format!("{key}.next"), &[]));
                text
            }
            Verdict::Differs(differences) => {
                let alone = differences.len() == 1;
                let told = |difference| self.one(difference, alone);
                let mut told: Vec<String> = differences.iter().map(told).collect();
                // Removes the advice to use `--update`, which writes nothing for an interrupted command.
                if differences.iter().any(|one| matches!(one, Difference::Waits { .. } | Difference::NeverEnds)) {
                    let update = format!("\n→ {}", words.say("diff-next-update", &[]));
                    for text in &mut told {
                        *text = text.strip_suffix(&update).unwrap_or(text).to_owned();
                    }
                }
                told.join("\n")
            }
        }
    }

    fn one(self, difference: &Difference, alone: bool) -> String {
        let words = self.words;
        let with_next = |key: &str, args: &[(&str, &str)]| {
            format!("{}\n→ {}", words.say(key, args), words.say(&format!("{key}-next"), args))
        };
        match difference {
            Difference::Transcript { expected, found, comparison, cut, kept } => {
                let mut text = words.say("diff-transcript", &[]);
                let _ = write!(text, "\n{}", self.side_by_side(expected, found, "diff-found", comparison));
                for note in notes(comparison, words) {
                    let _ = write!(text, "\n{note}");
                }
                if *cut {
                    let _ = write!(text, "\n{}", words.say("diff-cut", &[]));
                }
                let is_silent = expected.iter().all(|line| line.trim().is_empty());
                let next = match (*kept, is_silent) {
                    (Some(KeepReason::Unfinished), _) => "diff-next-unfinished",
                    (Some(KeepReason::NotOutput), _) => "diff-next-not-output",
                    (None, true) => "diff-next-silent",
                    (None, false) => "diff-next-update",
                };
                let _ = write!(text, "\n→ {}", words.say(next, &[]));
                text
            }
            Difference::Recording { expected, recorded, comparison } => format!(
                "{}\n{}\n→ {}",
                words.say("diff-recording", &[]),
                self.side_by_side(expected, recorded, "diff-recorded", comparison),
                words.say("diff-recording-next", &[])
            ),
            Difference::Status { expected, found, said } => {
                let found = found.to_string();
                let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
                let args = [("found", found.as_str()), ("expected", &expected.join("|"))];
                let mut text = words.say("diff-status", &args);
                for line in said {
                    let _ = write!(text, "\n  {}", sanitise(line));
                }
                let next = if alone && said.is_empty() { "diff-status-silent" } else { "diff-status-next" };
                let _ = write!(text, "\n→ {}", words.say(next, &args));
                text
            }
            Difference::NotInPack { image } => with_next("diff-not-in-pack", &[("image", &sanitise(image))]),
            Difference::ShellExited(status) => {
                let status = status.map_or_else(|| "none".to_owned(), |status| status.to_string());
                with_next("diff-exited", &[("status", &status)])
            }
            Difference::NotTyped { line } => with_next("diff-not-typed", &[("line", &sanitise(line))]),
            Difference::Waits { shown, like, prompt } => {
                let like = like.as_deref().map(sanitise);
                let kind = match (&like, prompt) {
                    (Some(_), _) => "like",
                    (None, true) => "prompt",
                    (None, false) => "question",
                };
                let (shown, line) = (sanitise(shown.trim_end()), like.as_deref().unwrap_or_default());
                with_next("diff-waits", &[("kind", kind), ("shown", &shown), ("line", line)])
            }
            Difference::NeverEnds => with_next("diff-never-ends", &[]),
            Difference::Claim(findings) => explain_findings(findings, words),
            Difference::CannotFail => with_next("diff-cannot-fail", &[]),
            Difference::MistakeAlready => with_next("diff-mistake-already", &[]),
            Difference::File { path, problem } => {
                with_next("diff-file", &[("path", &sanitise(path)), ("problem", &sanitise(problem))])
            }
        }
    }

    /// Shows both sides line by line, with ` ` before equal lines, `-` before expected lines, and `+` before actual
    /// lines. The message `found_name` is the title of the actual lines. Carets mark the differing parts, so that they
    /// are visible without colour. Long runs of equal lines are folded.
    fn side_by_side(self, expected: &[String], found: &[String], found_name: &str, comparison: &Comparison) -> String {
        let Self { words, color, .. } = self;
        let mut text = format!(
            "{}  {}",
            paint(&format!("- {}", words.say("diff-expected", &[])), "31", color),
            paint(&format!("+ {}", words.say(found_name, &[])), "32", color)
        );
        if found.is_empty() {
            let _ = write!(text, "  {}", words.say("diff-none", &[]));
        }
        let near = |at: usize| {
            let from = at.saturating_sub(2);
            comparison.rows[from..(at + 3).min(comparison.rows.len())].iter().any(|row| row.state != RowState::Same)
        };
        let mut folded = false;
        let mut shown = 0;
        for (at, row) in comparison.rows.iter().enumerate() {
            if !near(at) || shown > 60 {
                if !folded {
                    let _ = write!(text, "\n    ⋮");
                }
                folded = true;
                continue;
            }
            folded = false;
            shown += 1;
            self.write_row(&mut text, row, expected, found);
        }
        text
    }

    fn write_row(self, text: &mut String, row: &DiffRow, expected: &[String], found: &[String]) {
        let get = |lines: &[String], at: Option<usize>| at.and_then(|at| lines.get(at)).cloned();
        if row.state == RowState::Same {
            if let Some(line) = get(found, row.found).or_else(|| get(expected, row.expected)) {
                let _ = write!(text, "\n    {}", fit(&sanitise(&line), self.width));
            }
            return;
        }
        if let Some(line) = get(expected, row.expected) {
            self.marked(text, '-', &line, &row.marks.expected, "31");
        }
        if let Some(line) = get(found, row.found) {
            self.marked(text, '+', &line, &row.marks.found, "32");
        }
    }

    fn marked(self, text: &mut String, sign: char, line: &str, marks: &[Range<usize>], colour: &str) {
        let Self { color, width, .. } = self;
        // Does not cut a differing line at the terminal's width, because the reason is often at the end of a long line.
        let shown = fit(&sanitise(line), width.max(LONGEST));
        let _ = write!(text, "\n  {}", paint(&format!("{sign} {shown}"), colour, color));
        // Draws carets only if the line is shown unchanged.
        let fits = shown == line && fit(line, width) == line;
        if marks.is_empty() || !fits || marks.iter().any(|mark| line.get(mark.clone()).is_none()) {
            return;
        }
        let columns = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let mut carets = String::new();
        for mark in marks {
            let from = columns(&line[..mark.start]);
            let have = columns(&carets);
            carets.push_str(&" ".repeat(from.saturating_sub(have)));
            carets.push_str(&"^".repeat(columns(&line[mark.clone()]).max(1)));
        }
        let _ = write!(text, "\n    {}", paint(&carets, colour, color));
    }
}

/// Returns the notes on the differences, each once.
fn notes(comparison: &Comparison, words: &Words) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut cells: Vec<&str> = Vec::new();
    for row in &comparison.rows {
        cells.extend(row.cells.iter().map(String::as_str));
        for note in &row.notes {
            let text = match note {
                Note::ColumnsAdded(names) => {
                    words.say("diff-columns-added", &[("columns", &sanitise(&names.join(", ")))])
                }
                Note::ColumnsLacking(names) => {
                    words.say("diff-columns-lacking", &[("columns", &sanitise(&names.join(", ")))])
                }
                Note::Bound { expected, found, stands_for, written } => {
                    let (expected, found) = (sanitise(expected), sanitise(found));
                    let key = if stands_for.is_some() { "diff-bound" } else { "diff-bound-written" };
                    let Some(other) = stands_for.as_ref().or(written.as_ref()) else { continue };
                    words.say(key, &[("expected", expected.as_str()), ("found", &found), ("other", &sanitise(other))])
                }
            };
            if !said.contains(&text) {
                said.push(text);
            }
        }
    }
    cells.sort_unstable();
    cells.dedup();
    if !cells.is_empty() {
        said.push(words.say("diff-cells", &[("columns", &sanitise(&cells.join(", ")))]));
    }
    said
}

/// Clips a line so that its sign and indent fit.
fn fit(line: &str, width: usize) -> String {
    clip(line, width.saturating_sub(4).max(20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn every_difference_names_exactly_one_next_action() {
        let differences = [
            Difference::ShellExited(Some(3)),
            Difference::ShellExited(None),
            Difference::File { path: "x/y".into(), problem: "Not a directory".into() },
            Difference::NotTyped { line: "/ # exit".into() },
            Difference::NotInPack { image: "python:3.11".into() },
            Difference::Waits { shown: "/ # ".into(), like: None, prompt: true },
            Difference::Waits { shown: "/ # ".into(), like: Some("/# exit".into()), prompt: true },
            Difference::Waits { shown: "Password: ".into(), like: None, prompt: false },
            Difference::NeverEnds,
        ];
        for words in [Words::new(Lang::Id), Words::new(Lang::En)] {
            let say = |difference: &Difference| explain(&Verdict::Differs(vec![difference.clone()]), &words);
            for difference in &differences {
                let said = say(difference);
                assert_eq!(said.matches("\n→ ").count(), 1, "{said}");
                assert!(!said.contains(['?', '{']) && !said.contains("none"), "{said}");
            }
            assert!(say(&differences[0]).contains("(status 3)"));
        }
    }
}
