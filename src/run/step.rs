//! Runs one step: its files, commands and claims, in the plan's order.

use tracing::{Instrument as _, debug, debug_span};

use super::runner::LessonRunner;
use crate::claims::{Decision, InfraFailure, InfraFailureKind, decide, question};
use crate::driver::write_lesson_file;
use crate::engine::{ClaimContext, EngineTime, wait_for};
use crate::event::{Difference, Event, Verdict};
use crate::lesson::{Action, Block, Check, Claim, CommandId, PlannedStep, Step, Subject};
use crate::store::FileError;
use crate::text::{Span, redact_command};

/// A running step.
pub(super) struct StepRunner<'c, 'a> {
    pub(super) runner: &'c mut LessonRunner<'a>,
    pub(super) step: &'a Step,
    pub(super) planned: &'c PlannedStep,
    pub(super) since: EngineTime,
}

impl<'c, 'a> StepRunner<'c, 'a> {
    /// Runs a step from its set-up to its last claim.
    pub(super) async fn run(runner: &'c mut LessonRunner<'a>, step: &'a Step, planned: &'c PlannedStep) {
        runner.emit(Event::StepStarted {
            lesson: runner.name.clone(),
            step: step.id.clone(),
            title: step.title.clone(),
        });
        runner.ran.clear();
        match runner.env.engine.now().await {
            Ok(since) => Self { runner, step, planned, since }.run_actions().await,
            Err(failure) => runner.judge_step(&step.id, step.heading, Verdict::Broken(failure)),
        }
    }

    async fn run_actions(mut self) {
        for (at, action) in self.planned.actions.iter().enumerate() {
            if at == self.planned.look_first {
                self.check_that_claims_can_fail().await;
                self.check_that_mistakes_can_be_made().await;
                self.record_engine_state(true).await;
            }
            if self.runner.is_over() {
                return;
            }
            match *action {
                Action::Write { block } => self.write_file(block),
                Action::Run { block, command: number } => {
                    let Some((transcript, command)) = self.step.command(CommandId { block, number }) else { continue };
                    let (line, text) = (self.line(command.span), redact_command(&command.text));
                    let span = debug_span!("command", line, text);
                    self.run_command(transcript, number).instrument(span).await;
                }
                Action::Judge { block } => {
                    let Some(check) = self.step.check(block) else { continue };
                    let span = debug_span!("check", line = self.line(check.span));
                    self.check_claim(check).instrument(span).await;
                }
            }
        }
        self.record_engine_state(false).await;
    }

    /// Counts and reports a verdict on the step as a whole.
    fn report(&mut self, span: Span, verdict: Verdict) {
        debug!(line = self.line(span), verdict = verdict.name(), "step judged");
        self.runner.judge_step(&self.step.id, span, verdict);
    }

    /// Returns the number of the source line at which `span` begins, for the log.
    fn line(&self, span: Span) -> usize {
        self.runner.lesson.source.position(span.start).line
    }

    pub(super) fn scene(&self) -> ClaimContext<'_> {
        ClaimContext {
            since: self.since,
            ran: &self.runner.ran,
            dir: &self.runner.env.dir,
            namespaces: self.runner.env.namespaces.as_deref(),
            label: None,
        }
    }

    /// Reports a difference if all claims of the step hold before the step's first command, because such claims could
    /// never fail.
    async fn check_that_claims_can_fail(&mut self) {
        let checks: Vec<&Check> = self.planned.actions.iter().filter_map(|action| self.checked(*action)).collect();
        if self.runner.options.mutant || checks.is_empty() || checks.iter().all(|check| check.already) {
            return;
        }
        for check in &checks {
            if !self.holds(&check.claim).await {
                return;
            }
        }
        self.report(checks[0].span, Verdict::Differs(vec![Difference::CannotFail]));
    }

    /// Reports a difference for each mistake whose condition already holds before the step's first command. The tutor
    /// explains only mistakes that a command has caused. Like the tutor, skips the mistakes of a check if the check's
    /// claim holds.
    async fn check_that_mistakes_can_be_made(&mut self) {
        // On an engine that is not private, a mistake may describe an object that does not belong to the lesson.
        if self.runner.options.mutant || self.runner.env.enter.is_empty() {
            return;
        }
        let checks: Vec<&Check> = self.planned.actions.iter().filter_map(|action| self.checked(*action)).collect();
        for check in checks.into_iter().filter(|check| !check.mistakes.is_empty()) {
            if self.holds(&check.claim).await {
                continue;
            }
            for mistake in &check.mistakes {
                if !matches!(mistake.when.subject, Subject::Ran(_)) && self.holds(&mistake.when).await {
                    self.report(mistake.when.span, Verdict::Differs(vec![Difference::MistakeAlready]));
                }
            }
        }
    }

    async fn holds(&self, claim: &Claim) -> bool {
        let facts = self.runner.env.engine.facts(&question(claim), &self.scene()).await;
        matches!(decide(claim, &facts), Decision::Holds)
    }

    fn checked(&self, action: Action) -> Option<&'a Check> {
        match action {
            Action::Judge { block } => self.step.check(block),
            _ => None,
        }
    }

    pub(super) fn write_file(&mut self, block: usize) {
        let Block::File(file) = &self.step.blocks[block] else { return };
        if let Err(problem) = write_lesson_file(&self.runner.env.dir, file) {
            let path = file.path.value.clone();
            if matches!(problem, FileError::NoSpace(_)) {
                let failure = InfraFailure { kind: InfraFailureKind::NoSpace, detail: format!("{path}: {problem}") };
                return self.report(file.span, Verdict::Broken(failure));
            }
            let problem = problem.to_string();
            self.report(file.span, Verdict::Differs(vec![Difference::File { path, problem }]));
        }
    }

    /// Records the state of the engine, before the step's commands or after them.
    async fn record_engine_state(&mut self, before: bool) {
        if self.runner.recorder.is_none() {
            return;
        }
        let state = match self.runner.env.engine.state().await {
            Ok(state) => state,
            Err(failure) => return self.report(self.step.heading, Verdict::Broken(failure)),
        };
        if let Some(recorder) = &mut self.runner.recorder {
            if before { recorder.begin_step(&self.step.id, state) } else { recorder.end_step(state) }
        }
    }

    pub(super) async fn check_claim(&mut self, check: &Check) {
        self.runner.tally.claims += 1;
        let verdict = match wait_for(&self.runner.env.engine, check, &self.scene()).await {
            Decision::Holds => Verdict::Met,
            Decision::Fails(findings) => Verdict::Differs(vec![Difference::Claim(findings)]),
            Decision::Unknown(failure) => Verdict::Broken(failure),
        };
        self.runner.count(&verdict);
        self.runner.emit(Event::CheckEnded {
            lesson: self.runner.name.clone(),
            step: self.step.id.clone(),
            claim: check.claim.clone(),
            span: check.span,
            verdict,
        });
    }
}
