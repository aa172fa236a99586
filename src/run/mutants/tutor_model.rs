//! Decides as the tutor does whether typed commands pass a part of a step.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::claims::{Decision, RanCommand, decide, question};
use crate::engine::{ClaimContext, Engine, wait_for};
use crate::lesson::{Check, Lesson, Plan, Step, Subject};
use crate::lesson_state::{ClaimStatus, CommandMatch, Evaluation, LessonState, NextAction};

/// How long claims are awaited after a command that changed something. The tutor evaluates them at every event.
const SETTLE: Duration = Duration::from_millis(1500);
const PAUSE: Duration = Duration::from_millis(100);

/// A lesson's state as the tutor keeps it. Each question counts as answered as soon as it is asked.
#[derive(Debug, Clone)]
pub(super) struct TutorModel<'a> {
    lesson: &'a Lesson,
    step: &'a Step,
    state: LessonState,
    /// Claims that the tutor ticked off since [`TutorModel::forget`], though it may still ask for a printed command.
    ticked: Vec<usize>,
}

impl<'a> TutorModel<'a> {
    /// The tutor at the beginning of a planned step, before a command is typed.
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

    /// Whether the tutor says that the claim in this block is right.
    pub(super) fn has_passed(&self, block: usize) -> bool {
        self.state.is_step_over() || !self.state.current_claims().contains(&block) || self.ticked.contains(&block)
    }

    /// Forgets the claims that were ticked off by other commands.
    pub(super) fn forget(&mut self) {
        self.ticked.clear();
    }

    /// Notes a command that ended, and evaluates the claims.
    pub(super) async fn command_ended(&mut self, ran: &RanCommand, engine: &Engine, context: &ClaimContext<'_>) {
        if self.state.is_step_over() {
            return;
        }
        let status = ran.exit.unwrap_or_default();
        let command_match = self.state.command_ended(self.lesson, &ran.command, status, &ran.output);
        let mut found = self.look(engine, context).await;
        let all_hold = found.iter().all(|(_, decision)| matches!(decision, Decision::Holds));
        let is_due = (command_match == CommandMatch::Exact && self.state.all_commands_typed())
            || (command_match != CommandMatch::Other && all_hold);
        if is_due && self.should_wait(&found) {
            found = self.wait(engine, context).await;
        }
        self.evaluate(Some(&command_match), &found, engine, context).await;
    }

    /// Evaluates the claims once more, as after an event. If they do not hold at once, waits a moment for them.
    pub(super) async fn settle(&mut self, wait: bool, engine: &Engine, context: &ClaimContext<'_>) {
        let begun = Instant::now();
        loop {
            let claims = self.state.current_claims();
            if self.state.is_step_over() || claims.is_empty() {
                return;
            }
            let found = self.look(engine, context).await;
            if found.iter().all(|(_, decision)| matches!(decision, Decision::Holds)) {
                let found = if self.should_wait(&found) { self.wait(engine, context).await } else { found };
                return self.evaluate(None, &found, engine, context).await;
            }
            if !wait || !self.should_wait(&found) || begun.elapsed() > SETTLE {
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
        let next = match self.state.evaluate(command_match, &statuses(found)) {
            Evaluation::Passed { claims, next, .. } => {
                self.ticked.extend(claims);
                next
            }
            Evaluation::Progress { next, .. } => next,
            _ => return,
        };
        self.go_on(next, engine, context).await;
    }

    /// Does what comes next: answers questions, and looks at claims before anything is typed.
    async fn go_on(&mut self, next: Vec<NextAction>, engine: &Engine, context: &ClaimContext<'_>) {
        let mut next = VecDeque::from(next);
        while let Some(action) = next.pop_front() {
            match action {
                NextAction::Ask(block) => next.extend(self.state.quiz_answered(block)),
                NextAction::Await { look: true } => {
                    let found = self.look(engine, context).await;
                    self.state.check_before_start(&statuses(&found));
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
        let looks = self.checks().into_iter().map(|(block, check)| async move {
            (block, decide(&check.claim, &engine.facts(&question(&check.claim), context).await))
        });
        join_all(looks).await
    }

    async fn wait(&self, engine: &Engine, context: &ClaimContext<'_>) -> Vec<(usize, Decision)> {
        let waits = self.checks().into_iter();
        join_all(waits.map(|(block, check)| async move { (block, wait_for(engine, check, context).await) })).await
    }

    /// Whether waiting can change these decisions. A claim about what was typed does not change by itself.
    fn should_wait(&self, found: &[(usize, Decision)]) -> bool {
        let check = |block: usize| self.step.check(block);
        let mut fails = found.iter().filter(|(_, decision)| !matches!(decision, Decision::Holds)).peekable();
        if fails.peek().is_none() {
            return found.iter().any(|(block, _)| check(*block).is_some_and(|check| check.stays.is_some()));
        }
        fails.all(|(block, decision)| {
            let is_typed = check(*block).is_none_or(|check| matches!(check.claim.subject, Subject::Ran(_)));
            matches!(decision, Decision::Fails(_)) && !is_typed
        })
    }
}

fn statuses(found: &[(usize, Decision)]) -> Vec<(usize, ClaimStatus)> {
    let status = |decision: &Decision| match decision {
        Decision::Holds => ClaimStatus::Holds,
        Decision::Fails(_) => ClaimStatus::Fails,
        Decision::Unknown(_) => ClaimStatus::Unknown,
    };
    found.iter().map(|(block, decision)| (*block, status(decision))).collect()
}
