//! Events → JSON lines, one event a line, with the shape's version in the first (`docs/events.md` tells every field).

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::Reporter;
use super::terminal::explain;
use crate::event::{Event, LessonRef, SkipReason, Tally, VERSION, Verdict};
use crate::report::claim::describe;
use crate::text::Span;
use crate::words::{Lang, Words};

/// Writes each event as one line of JSON.
pub struct JsonReporter<W: Write> {
    out: W,
    words: Words,
}

impl<W: Write> JsonReporter<W> {
    /// A reporter that writes to `out`. Its `message` fields are English, so that programs read the same everywhere.
    #[must_use]
    pub fn new(out: W) -> Self {
        Self { out, words: Words::new(Lang::En) }
    }

    /// Of a whole lesson: what differs is told where it does.
    fn short(&self, verdict: &Verdict) -> Value {
        match verdict {
            Verdict::Skipped(_) | Verdict::Broken(_) => self.verdict(verdict),
            _ => json!({ "verdict": verdict.name() }),
        }
    }

    fn verdict(&self, verdict: &Verdict) -> Value {
        let mut value = json!({ "verdict": verdict.name() });
        match verdict {
            Verdict::Met => {}
            Verdict::Differs(_) => value["message"] = explain(verdict, &self.words).into(),
            Verdict::Skipped(reason) => {
                value["reason"] = reason_name(reason).into();
                value["message"] = super::terminal::plain_skip(reason, &self.words).into();
            }
            Verdict::Broken(trouble) => {
                value["trouble"] = trouble.kind.name().into();
                value["detail"] = trouble.detail.clone().into();
                value["message"] = explain(verdict, &self.words).into();
            }
        }
        value
    }
}

const fn reason_name(reason: &SkipReason) -> &'static str {
    match reason {
        SkipReason::Needs(_) => "needs",
        SkipReason::NoVariant => "no-variant",
        SkipReason::Nothing => "nothing-to-run",
        SkipReason::AfterBroken => "after-broken",
        SkipReason::FailFast => "fail-fast",
        SkipReason::Interrupted => "interrupted",
    }
}

fn place(lesson: &LessonRef, span: Span) -> Value {
    let at = lesson.position(span);
    json!({ "file": lesson.path(), "line": at.line, "column": at.column })
}

fn tally(tally: &Tally) -> Value {
    json!({ "commands": tally.commands, "claims": tally.claims, "differs": tally.differs, "broken": tally.broken, "skipped": tally.skipped })
}

fn millis(elapsed: std::time::Duration) -> f64 {
    (elapsed.as_secs_f64() * 1e6).round() / 1e3
}

impl<W: Write> Reporter for JsonReporter<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let value = match event {
            Event::RunStarted { lessons } => json!({ "event": "run-started", "version": VERSION, "lessons": lessons }),
            Event::EngineReady(engine) => json!({
                "event": "engine-ready", "engine": engine.version, "api": engine.api,
                "family": engine.family.name(), "cli": engine.cli, "private": engine.private,
            }),
            Event::StandIn { image, note } => json!({ "event": "stand-in", "image": image, "note": note }),
            Event::LessonStarted(lesson) => {
                json!({ "event": "lesson-started", "lesson": lesson.id.0, "file": lesson.path(), "title": lesson.title })
            }
            Event::Fetching { lesson, image } => json!({ "event": "fetching", "lesson": lesson.id.0, "image": image }),
            Event::StepStarted { lesson, step, title } => {
                json!({ "event": "step-started", "lesson": lesson.id.0, "step": step.0, "title": title })
            }
            Event::CommandStarted { lesson, step, command, span, hidden, .. } => json!({
                "event": "command-started", "lesson": lesson.id.0, "step": step.0, "at": place(lesson, *span),
                "command": command, "hidden": hidden,
            }),
            Event::CommandEnded { lesson, step, command, span, output, status, elapsed, verdict, hidden } => json!({
                "event": "command-ended", "lesson": lesson.id.0, "step": step.0, "at": place(lesson, *span),
                "command": command, "output": output, "status": status, "ms": millis(*elapsed), "hidden": hidden,
                "judged": self.verdict(verdict),
            }),
            Event::CheckEnded { lesson, step, claim, span, verdict } => json!({
                "event": "check-ended", "lesson": lesson.id.0, "step": step.0, "at": place(lesson, *span),
                "claim": describe(claim, &self.words), "judged": self.verdict(verdict),
            }),
            Event::StepJudged { lesson, step, span, verdict } => json!({
                "event": "step-judged", "lesson": lesson.id.0, "step": step.0, "at": place(lesson, *span),
                "judged": self.verdict(verdict),
            }),
            Event::LessonEnded { lesson, verdict, tally: counts, elapsed, updated } => json!({
                "event": "lesson-ended", "lesson": lesson.id.0, "file": lesson.path(), "judged": self.short(verdict),
                "tally": tally(counts), "ms": millis(*elapsed), "updated": updated,
            }),
            Event::RunEnded { summary, elapsed } => json!({
                "event": "run-ended", "met": summary.met, "differs": summary.differs, "broken": summary.broken,
                "skipped": summary.skipped, "tally": tally(&summary.tally), "ms": millis(*elapsed),
            }),
        };
        writeln!(self.out, "{}", harmless(&value.to_string()))?;
        self.out.flush()
    }
}

/// JSON escapes the control codes of ASCII; these a terminal obeys too. The value stays the same.
fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_means_the_same() {
        let value = json!({ "output": "a\u{1b}\u{7f}\u{9b}31m \u{202e}é" });
        let text = harmless(&value.to_string());
        assert!(text.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{text:?}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
