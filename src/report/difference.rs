//! A verdict in words: what was expected, what was found, what to do next.

use std::fmt::Write as _;

use crate::claims::InfraFailureKind;
use crate::event::{Difference, KeepReason, SkipReason, Verdict};
use crate::matcher::{Comparison, Note, Row, RowState};
use crate::report::claim::explain_findings;
use crate::report::wrap::clip;
use crate::transcript::sanitise;
use crate::words::Words;

/// The most characters of a line that differs.
const LONGEST: usize = 1000;

/// `text` between a colour's codes, or as it is.
pub(super) fn paint(text: &str, code: &str, color: bool) -> String {
    if color && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// A verdict in plain text.
pub(crate) fn explain(verdict: &Verdict, words: &Words) -> String {
    explain_with(verdict, words, false, 96)
}

/// Why something was skipped.
pub(crate) fn plain_skip(reason: &SkipReason, words: &Words) -> String {
    match reason {
        SkipReason::Needs(need) => words.say("skip-needs", &[("need", need)]),
        SkipReason::NoVariant => words.say("skip-no-variant", &[]),
        SkipReason::Nothing => words.say("skip-nothing", &[]),
        SkipReason::NoEngine => words.say("skip-no-engine", &[]),
        SkipReason::AfterBroken => words.say("skip-after-broken", &[]),
        SkipReason::FailFast => words.say("skip-fail-fast", &[]),
        SkipReason::Interrupted => words.say("skip-interrupted", &[]),
    }
}

/// A verdict in text of at most `width` columns where that matters.
pub(super) fn explain_with(verdict: &Verdict, words: &Words, color: bool, width: usize) -> String {
    match verdict {
        Verdict::Met => String::new(),
        Verdict::Skipped(reason) => plain_skip(reason, words),
        Verdict::Broken(trouble) => {
            // Whether it hangs or the machine is slow is not known.
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
            let told = |difference| one(difference, alone, words, color, width);
            let mut told: Vec<String> = differences.iter().map(told).collect();
            // `--update` writes nothing of a command that was ended.
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

fn one(difference: &Difference, alone: bool, words: &Words, color: bool, width: usize) -> String {
    match difference {
        Difference::Transcript { expected, found, comparison, cut, kept } => {
            let mut text = words.say("diff-transcript", &[]);
            let _ = write!(text, "\n{}", side_by_side(expected, found, "diff-found", comparison, words, color, width));
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
            side_by_side(expected, recorded, "diff-recorded", comparison, words, color, width),
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
        Difference::NotInPack { image } => {
            let said = words.say("diff-not-in-pack", &[("image", &sanitise(image))]);
            format!("{said}\n→ {}", words.say("diff-not-in-pack-next", &[]))
        }
        Difference::ShellExited(status) => {
            let status = status.map_or_else(|| "none".to_owned(), |status| status.to_string());
            let said = words.say("diff-exited", &[("status", &status)]);
            format!("{said}\n→ {}", words.say("diff-exited-next", &[]))
        }
        Difference::NotTyped { line } => {
            let line = sanitise(line);
            format!("{}\n→ {}", words.say("diff-not-typed", &[("line", &line)]), words.say("diff-not-typed-next", &[]))
        }
        Difference::Waits { shown, like, prompt } => {
            let like = like.as_deref().map(sanitise);
            let kind = match (&like, prompt) {
                (Some(_), _) => "like",
                (None, true) => "prompt",
                (None, false) => "question",
            };
            let shown = sanitise(shown.trim_end());
            let args = [("kind", kind), ("shown", &shown), ("line", like.as_deref().unwrap_or_default())];
            format!("{}\n→ {}", words.say("diff-waits", &args), words.say("diff-waits-next", &args))
        }
        Difference::NeverEnds => {
            format!("{}\n→ {}", words.say("diff-never-ends", &[]), words.say("diff-never-ends-next", &[]))
        }
        Difference::Claim(findings) => explain_findings(findings, words),
        Difference::CannotFail => {
            format!("{}\n→ {}", words.say("diff-cannot-fail", &[]), words.say("diff-cannot-fail-next", &[]))
        }
        Difference::File { path, problem } => {
            let said = words.say("diff-file", &[("path", &sanitise(path)), ("problem", &sanitise(problem))]);
            format!("{said}\n→ {}", words.say("diff-file-next", &[]))
        }
    }
}

/// What helps to understand the differences, each said once.
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
                    match (stands_for, written) {
                        (Some(other), _) => {
                            let args =
                                [("expected", expected.as_str()), ("found", &found), ("other", &sanitise(other))];
                            words.say("diff-bound", &args)
                        }
                        (None, Some(other)) => {
                            let args =
                                [("expected", expected.as_str()), ("found", &found), ("other", &sanitise(other))];
                            words.say("diff-bound-written", &args)
                        }
                        (None, None) => continue,
                    }
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

/// Both sides, line by line: ` ` the same, `-` written only, `+` found only (`found_name` says where); the differing part is marked with carets
/// (and colour), so that it is seen without colour too. Long runs of equal lines are folded.
fn side_by_side(
    expected: &[String],
    found: &[String],
    found_name: &str,
    comparison: &Comparison,
    words: &Words,
    color: bool,
    width: usize,
) -> String {
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
        write_row(&mut text, row, expected, found, color, width);
    }
    text
}

fn write_row(text: &mut String, row: &Row, expected: &[String], found: &[String], color: bool, width: usize) {
    let get = |lines: &[String], at: Option<usize>| at.and_then(|at| lines.get(at)).cloned();
    if row.state == RowState::Same {
        if let Some(line) = get(found, row.found).or_else(|| get(expected, row.expected)) {
            let _ = write!(text, "\n    {}", fit(&sanitise(&line), width));
        }
        return;
    }
    if let Some(line) = get(expected, row.expected) {
        marked(text, '-', &line, &row.marks.expected, "31", color, width);
    }
    if let Some(line) = get(found, row.found) {
        marked(text, '+', &line, &row.marks.found, "32", color, width);
    }
}

fn marked(
    text: &mut String,
    sign: char,
    line: &str,
    marks: &[std::ops::Range<usize>],
    colour: &str,
    color: bool,
    width: usize,
) {
    // The reason often stands at the end of a long line, so what differs is not clipped at the terminal's edge.
    let shown = fit(&sanitise(line), width.max(LONGEST));
    let _ = write!(text, "\n  {}", paint(&format!("{sign} {shown}"), colour, color));
    // Marks are drawn under the line only where sanitising, clipping and the terminal leave the columns alone.
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

/// Clips a line so that its sign and indent still fit.
fn fit(line: &str, width: usize) -> String {
    clip(line, width.saturating_sub(4).max(20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn what_became_of_a_shell_or_a_file_says_what_to_do_next() {
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
