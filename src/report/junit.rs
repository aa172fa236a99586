//! Reports events as a `JUnit` file, with a suite for each lesson and a case for each command or claim. The verdict
//! *broken* becomes an `error`, and the verdict *differs* becomes a `failure`.

use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::Reporter;
use super::terminal::{explain, plain_skip};
use crate::event::{Event, LessonRef, MutantOutcome, Verdict};
use crate::report::claim::describe;
use crate::report::mutants::{mutant_text, survival_text};
use crate::text::Span;
use crate::words::Words;

/// Collects cases and writes the file at the end of the run.
pub struct JunitReporter<W: Write> {
    out: W,
    words: Words,
    suites: Vec<TestSuite>,
}

impl<W: Write> JunitReporter<W> {
    /// Makes a reporter that writes to `out`.
    #[must_use]
    pub fn new(out: W, words: Words) -> Self {
        Self { out, words, suites: Vec::new() }
    }

    fn suite(&mut self, lesson: &LessonRef) -> &mut TestSuite {
        let name = lesson.path();
        let at = self.suites.iter().position(|suite| suite.name.as_str() == name).unwrap_or_else(|| {
            self.suites.push(TestSuite::new(name));
            self.suites.len() - 1
        });
        &mut self.suites[at]
    }

    fn case(&mut self, lesson: &LessonRef, name: &str, span: Span, verdict: &Verdict, elapsed: Option<Duration>) {
        let status = self.status(verdict);
        self.add(lesson, name, span, status, elapsed);
    }

    fn status(&self, verdict: &Verdict) -> TestCaseStatus {
        match verdict {
            Verdict::Met => TestCaseStatus::success(),
            Verdict::Skipped(reason) => {
                let mut status = TestCaseStatus::skipped();
                status.set_message(plain_skip(reason, &self.words));
                status
            }
            Verdict::Differs(_) | Verdict::Broken(_) => {
                let kind =
                    if matches!(verdict, Verdict::Broken(_)) { NonSuccessKind::Error } else { NonSuccessKind::Failure };
                failed(kind, verdict.name(), explain(verdict, &self.words))
            }
        }
    }

    fn add(&mut self, lesson: &LessonRef, name: &str, span: Span, status: TestCaseStatus, elapsed: Option<Duration>) {
        let place = lesson.position(span);
        let mut case = TestCase::new(name, status);
        case.set_classname(lesson.path());
        if let Some(elapsed) = elapsed {
            case.set_time(elapsed);
        }
        case.extra.insert("file".into(), lesson.path().into());
        case.extra.insert("line".into(), place.line.to_string().into());
        self.suite(lesson).add_test_case(case);
    }
}

/// Returns the status of a failed case. The first line of `text` becomes the message.
fn failed(kind: NonSuccessKind, name: &'static str, text: String) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(text.lines().next().unwrap_or_default().to_owned());
    status.set_type(name);
    status.set_description(text);
    status
}

impl<W: Write> Reporter for JunitReporter<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::CommandEnded { lesson, command, span, verdict, elapsed, .. } => {
                self.case(lesson, command, *span, verdict, Some(*elapsed));
            }
            Event::CheckEnded { lesson, claim, span, verdict, .. } => {
                let name = describe(claim, &self.words);
                self.case(lesson, &name, *span, verdict, None);
            }
            Event::StepJudged { lesson, step, span, verdict } => {
                self.case(lesson, &step.0, *span, verdict, None);
            }
            Event::LessonEnded { lesson, verdict, elapsed, .. } => {
                let empty = self.suite(lesson).test_cases.is_empty();
                if empty {
                    self.case(lesson, &lesson.id.0, Span::default(), verdict, Some(*elapsed));
                }
                self.suite(lesson).set_time(*elapsed);
            }
            Event::MutantJudged { lesson, command, span, mutant, outcome, .. } => {
                let status = match outcome {
                    MutantOutcome::Survived(breakage) => {
                        let text = survival_text(lesson, breakage, &self.words);
                        failed(NonSuccessKind::Failure, outcome.name(), text)
                    }
                    MutantOutcome::Unknown => TestCaseStatus::skipped(),
                    _ => TestCaseStatus::success(),
                };
                let name = format!("{command} → {}", mutant_text(mutant, &self.words));
                self.add(lesson, &name, *span, status, None);
            }
            Event::MutantsEnded { lesson, verdict, elapsed, .. } => {
                if !matches!(verdict, Verdict::Met) {
                    self.case(lesson, &lesson.id.0, Span::default(), verdict, Some(*elapsed));
                }
                self.suite(lesson).set_time(*elapsed);
            }
            Event::RunEnded { elapsed, .. } | Event::MutantRunEnded { elapsed, .. } => {
                let mut report = Report::new("dermaga");
                report.set_time(*elapsed);
                report.add_test_suites(self.suites.drain(..));
                report.serialize(&mut self.out).map_err(io::Error::other)?;
                self.out.flush()?;
            }
            _ => {}
        }
        Ok(())
    }
}
