//! Decides in the same way as the tutor whether typed commands pass a part of a step.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::claims::{Decision, RanCommand};
use crate::engine::{ClaimContext, Engine, decide_now, wait_for_all};
use crate::lesson::{Check, Lesson, Plan, Step};
use crate::lesson_state::{CommandMatch, Evaluation, LessonState, NextAction, claim_statuses, may_change};

/// The time to wait for claims to become true. The tutor evaluates claims at every event instead.
const SETTLE: Duration = Duration::from_millis(1500);
const PAUSE: Duration = Duration::from_millis(100);

/// A lesson's state in the same form as in the tutor. The model answers each quiz question at once.
#[derive(Debug, Clone)]
pub(super) struct TutorModel<'a> {
    lesson: &'a Lesson,
    step: &'a Step,
    state: LessonState,
    /// Claims that the tutor ticked off since the last call of [`TutorModel::forget`]. The tutor may still ask for a
    /// printed command of the step.
    ticked: Vec<usize>,
}

impl<'a> TutorModel<'a> {
    /// Returns the tutor's state at the beginning of a planned step, before the first command is typed.
    pub(super) async fn enter(
        lesson: &'a Lesson,
        plan: &Plan,
        at: usize,
        engine: &Engine,
        context: &ClaimContext<'_>,
    ) -> Self {
        let state = LessonState::new(lesson, plan);
        let mut model = Self { lesson, step: &lesson.steps[plan.steps[at].step], state, ticked: Vec::new() };
        let next = model.state.enter_step(at);
        model.go_on(next, engine, context).await;
        model
    }

    /// Whether the tutor no longer waits for the claim in `block`.
    pub(super) fn has_passed(&self, block: usize) -> bool {
        self.state.is_step_over() || !self.state.current_claims().contains(&block) || self.ticked.contains(&block)
    }

    /// Forgets the claims that earlier commands ticked off.
    pub(super) fn forget(&mut self) {
        self.ticked.clear();
    }

    /// Records an ended command and evaluates the claims.
    pub(super) async fn command_ended(&mut self, ran: &RanCommand, engine: &Engine, context: &ClaimContext<'_>) {
        if self.state.is_step_over() {
            return;
        }
        let status = ran.exit.unwrap_or_default();
        let command_match = self.state.command_ended(self.lesson, &ran.command, status, &ran.output);
        let mut found = self.look(engine, context).await;
        if self.state.are_claims_due(self.step, &command_match, status == 0, &found) && may_change(self.step, &found) {
            found = self.wait(engine, context).await;
        }
        self.evaluate(Some(&command_match), &found, engine, context).await;
    }

    /// Evaluates the claims again, as the tutor does after an event. If `wait` is set and a claim that may still change
    /// fails, tries again for [`SETTLE`].
    pub(super) async fn settle(&mut self, wait: bool, engine: &Engine, context: &ClaimContext<'_>) {
        let begun = Instant::now();
        loop {
            let claims = self.state.current_claims();
            if self.state.is_step_over() || claims.is_empty() {
                return;
            }
            let found = self.look(engine, context).await;
            if found.iter().all(|(_, decision)| matches!(decision, Decision::Holds)) {
                let found = if may_change(self.step, &found) { self.wait(engine, context).await } else { found };
                return self.evaluate(None, &found, engine, context).await;
            }
            if !wait || !may_change(self.step, &found) || begun.elapsed() > SETTLE {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn evaluate(
        &mut self,
        command_match: Option<&CommandMatch>,
        found: &[(usize, Decision)],
        engine: &Engine,
        context: &ClaimContext<'_>,
    ) {
        let next = match self.state.evaluate(command_match, &claim_statuses(found)) {
            Evaluation::Passed { claims, next, .. } => {
                self.ticked.extend(claims);
                next
            }
            Evaluation::Progress { next, .. } => next,
            _ => return,
        };
        self.go_on(next, engine, context).await;
    }

    /// Handles the next actions: answers quiz questions, and evaluates claims before anything is typed.
    async fn go_on(&mut self, next: Vec<NextAction>, engine: &Engine, context: &ClaimContext<'_>) {
        let mut next = VecDeque::from(next);
        while let Some(action) = next.pop_front() {
            match action {
                NextAction::Ask(block) => next.extend(self.state.quiz_answered(block)),
                NextAction::Await { look: true } => {
                    let found = self.look(engine, context).await;
                    let evaluation = self.state.check_before_start(&claim_statuses(&found));
                    if let Evaluation::Passed { claims, next: rest, .. } = evaluation {
                        self.ticked.extend(claims);
                        next.extend(rest);
                    }
                }
                _ => {}
            }
        }
    }

    fn checks(&self) -> Vec<(usize, &'a Check)> {
        let step = self.step;
        self.state.current_claims().into_iter().filter_map(|block| Some((block, step.check(block)?))).collect()
    }

    async fn look(&self, engine: &Engine, context: &ClaimContext<'_>) -> Vec<(usize, Decision)> {
        decide_now(engine, self.checks(), context).await
    }

    async fn wait(&self, engine: &Engine, context: &ClaimContext<'_>) -> Vec<(usize, Decision)> {
        wait_for_all(engine, self.checks(), context).await
    }
}
