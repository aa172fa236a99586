//! Evaluates the claims of the step: after a command, and after an event of the engine.

use std::time::Duration;

use tokio::time::Instant;
use tracing::{debug, trace};

use super::{ShellMode, Tutor};
use crate::claims::{Decision, EngineEvent, RanCommand};
use crate::docker_cli::are_same_lines;
use crate::learn::claim_poller::{ClaimPoller, describe_decisions};
use crate::learn::reply::is_failure_unwanted;
use crate::learn::signals::is_relevant;
use crate::lesson::{Action, CommandId, Step};
use crate::lesson_state::{
    ClaimDecisions, CommandMatch, Evaluation, NextAction, claim_statuses, may_change, only_looks,
};

/// The delay between the first event of a burst and the evaluation of the claims.
const EVENT_DELAY: Duration = Duration::from_millis(30);
/// The interval at which slow claims are polled without an event.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// The interval at which the tutor checks for known mistakes while it waits for claims.
const MISTAKE_INTERVAL: Duration = Duration::from_millis(250);
/// After this time without a key, the tutor assumes that the learner is not in the middle of a key sequence.
const IDLE: Duration = Duration::from_millis(250);

impl<'a> Tutor<'a> {
    /// Evaluates the last command, and reports the result.
    pub(super) async fn evaluate_command(&mut self) {
        let (Some(step), Some(last)) = (self.context.step(), self.step.ran.last().cloned()) else { return };
        if self.repeats_expected_failure(step, &last) {
            return;
        }
        if self.context.state.is_step_over() {
            return self.explain_failure(&last).await;
        }
        self.polling.at = None;
        let commands = self.context.state.part_commands();
        let mut command_match = self.context.state.command_ended(
            self.context.session.lesson,
            &last.command,
            last.exit.unwrap_or_default(),
            &last.output,
        );
        // If the typed command stands for a command of the lesson, claims about typed commands check the lesson's
        // command instead.
        if let Some((id, output)) = self.context.state.stands_for()
            && let Some(((transcript, printed), ran)) = step.command(id).zip(self.step.ran.last_mut())
        {
            let is_expected = transcript.expected_status(id.number).allows(ran.exit.unwrap_or_default());
            ran.command.clone_from(&printed.text);
            ran.output = output;
            ran.exit = if is_expected { ran.exit } else { Some(0) };
        }
        // A command that the tutor advised does not count as an attempt at the step.
        if command_match == CommandMatch::SameKind && last.exit == Some(0) && self.context.advice.has(&last.command) {
            command_match = CommandMatch::Other;
        }
        let claims = self.context.state.current_claims();
        let mut found = self.claim_poller(step).poll_once(&claims).await;
        let is_due = self.context.state.are_claims_due(step, &command_match, last.exit == Some(0), &found);
        debug!(?command_match, claims = describe_decisions(&found), is_due, "command judged");
        if is_due && may_change(step, &found) {
            found = self.wait_for_claims(step, &claims, found).await;
        }
        // Any command may make the claims true, such as `docker start` instead of `docker run`.
        let may_help = last.exit == Some(0) && !only_looks(&last.command);
        if (is_due || may_help)
            && let Some(time) = self.context.state.waiting_time(step, &found)
        {
            self.polling.until = Some(Instant::now() + time);
        }
        // Another command, such as `docker ps`, does not end the polling of slow claims.
        if self.polling.until.is_some_and(|until| Instant::now() < until) {
            self.polling.at = Some(Instant::now() + POLL_INTERVAL);
        }
        let is_held = self.context.state.is_by_commands();
        let fails = |(_, decision): &(usize, Decision)| matches!(decision, Decision::Fails(_));
        self.step.has_undone = is_held && last.exit == Some(0) && !only_looks(&last.command) && found.iter().any(fails);
        self.note_advance(&last, &found);
        let outcome = self.context.state.evaluate(Some(&command_match), &claim_statuses(&found));
        // Explain the failure, even if another command made the claims true. A learner who has left a container that the
        // step needs gets no advice to remove it.
        if let Evaluation::Passed { claims, .. } = &outcome
            && !is_held
            && !self.input.is_ended_by_escape
            && is_failure_unwanted(step, &commands, claims, &last, &command_match)
        {
            self.explain_failure(&last).await;
        }
        self.step.not_shown = if let CommandMatch::ExactButNotShown(name) = command_match { Some(name) } else { None };
        self.report(outcome, &found, Some(&last)).await;
    }

    /// Records the claims that hold now, and whether the command `last` has made one of them true.
    fn note_advance(&mut self, last: &RanCommand, found: &ClaimDecisions) {
        let holds = held_claims(found);
        let changes = last.exit == Some(0) && !only_looks(&last.command);
        self.step.has_advanced = changes
            && self.step.held.as_ref().is_some_and(|held| {
                held.iter().all(|claim| holds.contains(claim)) && holds.iter().any(|claim| !held.contains(claim))
            });
        self.step.held = Some(holds);
    }

    /// Whether the command of a passed part had to fail, and has failed again in the same way. The lesson has explained
    /// this failure already.
    fn repeats_expected_failure(&self, step: &Step, last: &RanCommand) -> bool {
        let Some(status) = last.exit.filter(|status| *status != 0) else { return false };
        let state = &self.context.state;
        let (is_over, mut open) = (state.is_step_over(), state.commands_to_type(true));
        open.extend(state.part_commands());
        // The same command may be asked for again, with another result.
        let is_same =
            |id: &CommandId| step.command(*id).is_some_and(|(_, one)| are_same_lines(&one.text, &last.command));
        if !is_over && open.iter().any(is_same) {
            return false;
        }
        let planned = self.context.session.plan.steps.get(state.current_step());
        planned.into_iter().flat_map(|planned| &planned.actions).any(|action| {
            let Action::Run { block, command: number } = *action else { return false };
            let id = CommandId { block, number };
            is_same(&id) && step.command(id).is_some_and(|(fence, _)| fence.expected_status(number).allows(status))
        })
    }

    /// Polls the claims once more. If all claims hold now, prints them as passed and returns the next actions.
    pub(super) async fn pass_meanwhile(&mut self, step: &'a Step) -> Option<Vec<NextAction>> {
        let claims = self.context.state.current_claims();
        let found = self.claim_poller(step).poll_once(&claims).await;
        let is_met = !found.is_empty() && found.iter().all(|(_, decision)| *decision == Decision::Holds);
        if !is_met {
            return None;
        }
        let outcome = self.context.state.evaluate(None, &claim_statuses(&found));
        let Evaluation::Passed { claims, next, .. } = outcome else { return None };
        self.context.print_passed(&claims, self.step.ran.get(self.step.part_begin..).unwrap_or_default(), 0, true);
        Some(next)
    }

    /// Whether the commands of `block` were typed before their part was shown, but the part's claims are false by now.
    pub(super) async fn has_lost_its_effect(&self, block: usize) -> bool {
        let state = &self.context.state;
        let is_current = state.all_commands_typed() && state.part_commands().iter().any(|id| id.block == block);
        let Some(step) = self.context.step().filter(|_| is_current) else { return false };
        let found = self.claim_poller(step).poll_once(&state.current_claims()).await;
        found.iter().any(|(_, decision)| matches!(decision, Decision::Fails(_)))
    }

    /// Waits until all claims hold, or until the time limits of their checks have passed. A key or a known mistake ends
    /// the wait earlier.
    pub(super) async fn wait_for_claims(
        &mut self,
        step: &'a Step,
        claims: &[usize],
        first: ClaimDecisions,
    ) -> ClaimDecisions {
        let text = self.context.messages.words.say("learn-waiting", &[]);
        let width = self.context.messages.style.width.saturating_sub(1);
        let text: String = text.chars().take(width).collect();
        self.context.tty.show_transient(&text);
        let ran = self.step.ran.get(self.step.part_begin..).unwrap_or_default();
        let claim_poller = ClaimPoller { env: self.context.session.env, step, since: self.since, ran };
        let (before, told) = (&self.step.before, &self.step.told);
        // If two searches in a row find a mistake, the tutor assumes that the claims will not begin to hold.
        let mistaken = async {
            let mut seen = false;
            loop {
                tokio::time::sleep(MISTAKE_INTERVAL).await;
                let mistakes = claim_poller.find_mistakes(claims, self.step.ran.last()).await;
                let is = mistakes.iter().any(|mistake| !before.contains(mistake) && !told.contains(mistake));
                if is && std::mem::replace(&mut seen, is) {
                    return;
                }
                seen = is;
            }
        };
        debug!(claims = describe_decisions(&first), "waits for claims");
        let found = tokio::select! {
            found = claim_poller.poll_until_met(claims) => found,
            () = mistaken => {
                debug!("a known mistake ends the wait");
                first
            }
            keys = self.context.tty.read_keys() => {
                debug!("a key ends the wait");
                if !self.typing.is_active {
                    self.input.waiting.extend(keys.unwrap_or_default());
                }
                first
            }
        };
        self.context.tty.clear_transient();
        found
    }

    /// Schedules an evaluation after an event of the engine. `event` is `None` if the engine has ended.
    pub(super) fn handle_engine_event(&mut self, event: Option<&EngineEvent>) {
        let Some(event) = event else {
            debug!("no more events from the engine");
            self.polling.watch = None;
            return;
        };
        trace!(action = event.action, "engine event");
        if is_relevant(event) && !self.free && !self.typing.is_active && self.greeted {
            self.polling.at.get_or_insert(Instant::now() + EVENT_DELAY);
        }
    }

    /// Whether the engine has ended. If the engine has come back, watches its events again.
    pub(super) async fn is_engine_lost(&mut self) -> bool {
        if self.polling.watch.is_none() {
            self.polling.watch = self.context.session.env.engine.watch().await.ok();
        }
        self.polling.watch.is_none()
    }

    /// Polls the claims after an event, because a command in another terminal may also make the claims true.
    pub(super) async fn poll_after_event(&mut self) {
        let is_awaited = self.polling.until.is_some_and(|until| Instant::now() < until);
        // The tutor can report a result only at the prompt.
        let later = match self.mode {
            ShellMode::Held | ShellMode::Coming => Some(EVENT_DELAY),
            ShellMode::Running if is_awaited => Some(POLL_INTERVAL),
            ShellMode::Running | ShellMode::Prompt => None,
        };
        self.polling.at = later.map(|later| Instant::now() + later);
        let claims = self.context.state.current_claims();
        let Some(step) = self.context.step() else { return };
        if self.mode != ShellMode::Prompt
            || self.context.state.is_step_over()
            || claims.is_empty()
            || self.polling.pending.is_some()
        {
            return;
        }
        if let Some(last) = self.input.last_key.filter(|last| last.elapsed() < IDLE) {
            self.polling.at = Some(last + IDLE);
            return;
        }
        let found = self.claim_poller(step).poll_once(&claims).await;
        trace!(claims = describe_decisions(&found), "looked because of an event");
        let outcome = self.context.state.evaluate(None, &claim_statuses(&found));
        if matches!(outcome, Evaluation::Passed { .. }) {
            self.polling.pending = Some((outcome, found));
            self.shell.pause();
        } else if is_awaited {
            self.polling.at = Some(Instant::now() + POLL_INTERVAL);
        }
    }
}

/// Returns the claims that hold.
pub(super) fn held_claims(found: &ClaimDecisions) -> Vec<usize> {
    found.iter().filter(|(_, decision)| *decision == Decision::Holds).map(|(claim, _)| *claim).collect()
}
