//! Reports events as JSON lines. The first line contains the version of the format. `docs/events.md` describes every
//! field.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::Reporter;
use super::terminal::explain;
use crate::event::{Event, LessonRef, MutantOutcome, VERSION, Verdict};
use crate::report::claim::describe;
use crate::report::mutants::part_text;
use crate::text::Span;
use crate::words::{Lang, Words};

/// Writes each event as one line of JSON.
pub struct JsonReporter<W: Write> {
    out: W,
    words: Words,
}

impl<W: Write> JsonReporter<W> {
    /// Makes a reporter that writes to `out`. The `message` fields are English, so that programs read the same text
    /// everywhere.
    #[must_use]
    pub fn new(out: W) -> Self {
        Self { out, words: Words::new(Lang::En) }
    }

    /// Returns the verdict of a whole lesson without its differences, which other events report.
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
                value["reason"] = reason.name().into();
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

fn place(lesson: &LessonRef, span: Span) -> Value {
    let at = lesson.position(span);
    json!({ "file": lesson.path(), "line": at.line, "column": at.column })
}

fn millis(elapsed: std::time::Duration) -> f64 {
    (elapsed.as_secs_f64() * 1e6).round() / 1e3
}

impl<W: Write> Reporter for JsonReporter<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let value = match event {
            Event::RunStarted { lessons } => json!({ "event": "run-started", "version": VERSION, "lessons": lessons }),
            Event::EngineReady(engine) => {
                let mut value = json!(engine);
                value["event"] = "engine-ready".into();
                value
            }
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
            Event::LessonEnded { lesson, verdict, tally, elapsed, updated } => json!({
                "event": "lesson-ended", "lesson": lesson.id.0, "file": lesson.path(), "judged": self.short(verdict),
                "tally": tally, "ms": millis(*elapsed), "updated": updated,
            }),
            Event::MutantJudged { lesson, step, command, span, mutant, outcome } => {
                let mut value = json!({
                    "event": "mutant-judged", "lesson": lesson.id.0, "step": step.0, "at": place(lesson, *span),
                    "command": command, "change": mutant.change.name(), "typed": mutant.typed,
                    "outcome": outcome.name(),
                });
                if let MutantOutcome::Survived(breakage) = outcome {
                    value["breaks"] = json!({
                        "step": breakage.step.0, "at": place(lesson, breakage.span),
                        "part": part_text(&breakage.part, &self.words), "judged": self.verdict(&breakage.verdict),
                    });
                }
                value
            }
            Event::MutantsEnded { lesson, verdict, tally, elapsed } => json!({
                "event": "mutants-ended", "lesson": lesson.id.0, "file": lesson.path(), "judged": self.verdict(verdict),
                "mutants": tally, "ms": millis(*elapsed),
            }),
            Event::MutantRunEnded { tally, elapsed } => json!({
                "event": "mutant-run-ended", "mutants": tally, "ms": millis(*elapsed),
            }),
            Event::RunEnded { summary, elapsed } => json!({
                "event": "run-ended", "met": summary.met, "differs": summary.differs, "broken": summary.broken,
                "skipped": summary.skipped, "tally": summary.tally, "ms": millis(*elapsed),
            }),
        };
        writeln!(self.out, "{}", harmless(&value.to_string()))?;
        self.out.flush()
    }
}

/// Escapes characters that control a terminal and that JSON does not escape. The value stays the same.
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
    use std::time::Duration;

    use super::*;
    use crate::claims::{InfraFailure, InfraFailureKind};
    use crate::event::{
        Breakage, BrokenPart, EngineFacts, Mutant, MutantChange, MutantTally, SkipReason, Summary, Tally,
    };
    use crate::lesson::{Claim, EngineFamily, LessonId, StepId, Subject};
    use crate::text::Source;

    #[test]
    fn control_characters_are_escaped_without_changing_the_value() {
        let value = json!({ "output": "a\u{1b}\u{7f}\u{9b}31m \u{202e}é" });
        let text = harmless(&value.to_string());
        assert!(text.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{text:?}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    /// Returns at least one event of each type. Together, the events have every kind of verdict.
    fn events() -> Vec<Event> {
        let lesson = || LessonRef { id: LessonId("a".into()), title: "A".into(), source: Source::new("a.md", "a") };
        let (step, span, elapsed) = (|| StepId("s".into()), Span::default(), Duration::ZERO);
        let text = String::new;
        let claim = || Claim { span, subject: Subject::Engine, on: None, absent: false, asks: Vec::new() };
        let broken = || Verdict::Broken(InfraFailure { kind: InfraFailureKind::Other, detail: text() });
        let facts =
            EngineFacts { version: text(), api: text(), family: EngineFamily::Docker, cli: text(), private: true };
        let ended = |verdict| Event::CommandEnded {
            lesson: lesson(),
            step: step(),
            command: text(),
            span,
            output: Vec::new(),
            status: None,
            elapsed,
            verdict,
            hidden: false,
        };
        vec![
            Event::RunStarted { lessons: 1 },
            Event::EngineReady(facts),
            Event::StandIn { image: text(), note: text() },
            Event::LessonStarted(lesson()),
            Event::Fetching { lesson: lesson(), image: text() },
            Event::StepStarted { lesson: lesson(), step: step(), title: text() },
            Event::CommandStarted {
                lesson: lesson(),
                step: step(),
                prompt: text(),
                command: text(),
                span,
                hidden: false,
            },
            ended(Verdict::Met),
            ended(Verdict::Differs(Vec::new())),
            ended(Verdict::Skipped(SkipReason::Interrupted)),
            Event::CheckEnded { lesson: lesson(), step: step(), claim: claim(), span, verdict: broken() },
            Event::StepJudged { lesson: lesson(), step: step(), span, verdict: broken() },
            Event::LessonEnded {
                lesson: lesson(),
                verdict: broken(),
                tally: Tally::default(),
                elapsed,
                updated: false,
            },
            Event::MutantJudged {
                lesson: lesson(),
                step: step(),
                command: text(),
                span,
                mutant: Mutant { change: MutantChange::LeftOut, typed: None },
                outcome: MutantOutcome::Survived(Box::new(Breakage {
                    step: step(),
                    span,
                    part: BrokenPart::Step,
                    verdict: Verdict::Differs(Vec::new()),
                })),
            },
            Event::MutantsEnded { lesson: lesson(), verdict: Verdict::Met, tally: MutantTally::default(), elapsed },
            Event::MutantRunEnded { tally: MutantTally::default(), elapsed },
            Event::RunEnded { summary: Summary::default(), elapsed },
        ]
    }

    /// Collects the names in a value: its keys, and the values of `event` and `verdict`.
    fn names(value: &Value, found: &mut Vec<String>) {
        let Value::Object(fields) = value else { return };
        for (key, value) in fields {
            found.push(key.clone());
            if ["event", "verdict"].contains(&key.as_str()) {
                found.extend(value.as_str().map(str::to_owned));
            }
            names(value, found);
        }
    }

    #[test]
    fn docs_describe_every_event_and_field() {
        let docs = [include_str!("../../docs/events.md"), include_str!("../../docs/events.id.md")];
        let mut out = Vec::new();
        let mut reporter = JsonReporter::new(&mut out);
        for event in events() {
            // If `Event` gets a new variant, this match fails to compile. Add the variant here and to `events`.
            match &event {
                Event::RunStarted { .. }
                | Event::EngineReady(_)
                | Event::StandIn { .. }
                | Event::LessonStarted(_)
                | Event::Fetching { .. }
                | Event::StepStarted { .. }
                | Event::CommandStarted { .. }
                | Event::CommandEnded { .. }
                | Event::CheckEnded { .. }
                | Event::StepJudged { .. }
                | Event::LessonEnded { .. }
                | Event::MutantJudged { .. }
                | Event::MutantsEnded { .. }
                | Event::MutantRunEnded { .. }
                | Event::RunEnded { .. } => {}
            }
            reporter.event(&event).unwrap();
        }
        let mut found = Vec::new();
        for line in String::from_utf8(out).unwrap().lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            let event = format!("| `{}` |", value["event"].as_str().unwrap());
            assert!(docs.iter().all(|docs| docs.contains(&event)), "{event}");
            names(&value, &mut found);
        }
        found.extend(InfraFailureKind::ALL.iter().map(|kind| kind.name().to_owned()));
        found.extend(MutantChange::ALL.iter().map(|change| change.name().to_owned()));
        let reasons = [SkipReason::Needs(String::new()), SkipReason::NoVariant, SkipReason::Nothing];
        let others = [
            SkipReason::AfterBroken,
            SkipReason::AfterMistake,
            SkipReason::FailFast,
            SkipReason::Interrupted,
            SkipReason::NoEngine,
        ];
        found.extend(reasons.iter().chain(&others).map(|reason| reason.name().to_owned()));
        for name in found {
            assert!(docs.iter().all(|docs| docs.contains(&format!("`{name}`"))), "{name}");
        }
    }
}
