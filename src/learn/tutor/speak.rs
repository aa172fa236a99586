//! Performs the next actions, and reports the results of commands.

use super::Tutor;
use super::evaluate::held_claims;
use super::memory::StepMemory;
use crate::claims::{Decision, RanCommand};
use crate::learn::context::created_containers;
use crate::learn::unmet::is_wrong_container;
use crate::lesson::Step;
use crate::lesson_state::{ClaimDecisions, Evaluation, NextAction, claim_statuses};
use crate::transcript::sanitise;

impl Tutor<'_> {
    /// Opens the lesson. If the session continues, begins the first step.
    pub(super) async fn greet(&mut self) {
        if self.context.open_lesson().await {
            self.context.print_guard_notice();
            let next = self.context.begin_lesson().await;
            self.perform_all(next).await;
        }
    }

    /// Performs an action. Returns actions that the caller performs before its remaining actions.
    pub(super) async fn perform(&mut self, next: NextAction) -> Vec<NextAction> {
        let Some(step) = self.context.step() else {
            if next == NextAction::Finish {
                self.finish().await;
            }
            return Vec::new();
        };
        match next {
            NextAction::Step { step: at } => {
                self.step = StepMemory::default();
                self.polling.until = None;
                self.note_makers().await;
                self.makers.shown_step = Some(at);
                if let Some(now) = self.context.begin_step(step, at).await {
                    self.since = now;
                }
            }
            NextAction::Await { look } => {
                let claims = self.context.state.current_claims();
                if self.step.part_claims != claims {
                    self.step.part_claims.clone_from(&claims);
                    self.step.part_begin = self.step.ran.len();
                    self.context.advice.clear();
                }
                let claim_poller = self.claim_poller(step);
                // Record the mistakes that already exist, because only mistakes after the beginning of the step count.
                let all: Vec<usize> =
                    if self.step.knows_before { Vec::new() } else { (0..step.blocks.len()).collect() };
                let (found, mistakes) = tokio::join!(
                    claim_poller.poll_once(if look { &claims } else { &[] }),
                    claim_poller.find_mistakes(&all, None)
                );
                self.step.before.extend(mistakes);
                self.step.knows_before = true;
                self.step.held = look.then(|| held_claims(&found));
                if look {
                    let outcome = self.context.state.check_before_start(&claim_statuses(&found));
                    let is_passed = matches!(outcome, Evaluation::Passed { .. });
                    let next = self.report_evaluation(outcome, &found, None).await;
                    if is_passed {
                        return next;
                    }
                }
                if self.context.state.is_step_over() {
                    self.context.print_note("learn-read");
                } else {
                    self.context.print_keys();
                }
            }
            NextAction::Finish => self.finish().await,
            next => return self.context.perform(step, next).await,
        }
        Vec::new()
    }

    async fn finish(&mut self) {
        self.finished = true;
        self.context.finish_lesson().await;
    }

    /// Reports the result of a command or an event, and performs the next actions.
    pub(super) async fn report(&mut self, outcome: Evaluation, found: &ClaimDecisions, last: Option<&RanCommand>) {
        let next = self.report_evaluation(outcome, found, last).await;
        Box::pin(self.perform_all(next)).await;
    }

    /// Returns the claim that fails because a container with the name in the next command exists, but does not match
    /// the claim.
    fn claim_on_wrong_container(&self, step: &Step, found: &ClaimDecisions) -> Option<usize> {
        let created = created_containers([self.context.next_command()?.as_str()]);
        found.iter().find_map(|(block, decision)| {
            let (Decision::Fails(findings), claim) = (decision, &step.check(*block)?.claim) else { return None };
            created.iter().any(|created| is_wrong_container(claim, findings, &created.name)).then_some(*block)
        })
    }

    async fn report_evaluation(
        &mut self,
        outcome: Evaluation,
        found: &ClaimDecisions,
        last: Option<&RanCommand>,
    ) -> Vec<NextAction> {
        let Some(step) = self.context.step() else { return Vec::new() };
        // The next command would fail, because a container with the name in this command already exists.
        if let Evaluation::Progress { done: 0, next, .. } = &outcome
            && next.is_empty()
            && let Some(claim) = self.claim_on_wrong_container(step, found)
        {
            return self.explain_miss(step, Some(claim), found, last, None, false).await;
        }
        // Report a known mistake instead of the part to which the command belongs.
        if matches!(&outcome, Evaluation::Progress { done: 0, next, .. } if next.is_empty())
            && self.print_known_mistake(step, last).await
        {
            return Vec::new();
        }
        match outcome {
            Evaluation::Passed { claims, untyped, next } => {
                let ran = self.step.ran.get(self.step.part_begin..).unwrap_or_default();
                self.context.print_passed(&claims, ran, untyped, !next.is_empty());
                Box::pin(self.context.print_foreign_objects(&claims)).await;
                return next;
            }
            Evaluation::Progress { done, of, next } => {
                let advised = last.filter(|last| self.context.advice.has(&last.command));
                let is_advised = advised.is_some();
                // A right command makes earlier advice out of date.
                if done > 0 && !is_advised {
                    self.context.advice.clear();
                }
                let command = match advised {
                    Some(last) => self.due_after_advice(last).await,
                    None => self.context.due_command().await,
                };
                let command = command.map(|command| sanitise(&command));
                let words = &self.context.messages.words;
                let text = match &command {
                    _ if !next.is_empty() => words.say("learn-more-tasks", &[]),
                    // The command belongs to a part that was not shown yet.
                    Some(command) if done == 0 && !is_advised => {
                        let is_removal = self.context.advice.has(command);
                        words.say(
                            if is_removal { "learn-first-command" } else { "learn-later" },
                            &[("command", command)],
                        )
                    }
                    None if done == 0 && !is_advised => words.say("learn-typed-other", &[]),
                    Some(command) => words.say("learn-next-command", &[("command", command)]),
                    None => words.count("learn-remaining-hidden", of - done, &[]),
                };
                let text = self.context.messages.note(&text);
                self.context.print(&text);
                return next;
            }
            Evaluation::Already => self.context.print_message("learn-already"),
            Evaluation::Miss { claim, offer } => {
                let not_shown = self.step.not_shown.take();
                let next = self.explain_miss(step, claim, found, last, not_shown.as_deref(), offer).await;
                if !next.is_empty() {
                    return next;
                }
                if offer {
                    self.context.print_message("learn-offer");
                }
            }
            Evaluation::Unknown => {
                let failure = found.iter().find_map(|(_, decision)| match decision {
                    Decision::Unknown(failure) => Some(failure.clone()),
                    _ => None,
                });
                if let Some(failure) = failure {
                    self.context.print_infra_failure(&failure);
                }
            }
            // If a claim held before the learner began and is false now, reply as after a failed attempt.
            Evaluation::Quiet if self.step.has_undone => {
                let fails = |(_, decision): &&(usize, Decision)| matches!(decision, Decision::Fails(_));
                let claim = found.iter().find(fails).map(|(block, _)| *block);
                return self.explain_miss(step, claim, found, last, None, false).await;
            }
            Evaluation::Quiet => return self.explain_unexpected(step, last).await,
        }
        Vec::new()
    }
}
