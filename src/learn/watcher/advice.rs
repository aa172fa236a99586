//! Replies to commands in the other terminal that do not pass the step.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::Watcher;
use crate::claims::{ClaimFailure, Decision, EngineEvent};
use crate::gateway::{GatewayEvent, LESSON_LABEL};
use crate::learn::reply::{new_mistakes, taken_name};
use crate::lesson::{Claim, ExpectedKind, MistakeId, Step, Subject};
use crate::lesson_state::{ClaimDecisions, only_looks};
use crate::transcript::sanitise;

/// The time between the last event and the watcher's advice. During this time, the claims may still begin to hold.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The state of the advice on the current step.
#[derive(Debug, Default)]
pub(super) struct Advice {
    /// The time at which the watcher gives advice; `None` if no event has arrived since the last advice.
    due_at: Option<Instant>,
    /// The time at which the step began, after its set-up.
    begun: Option<Instant>,
    /// Whether a container was created, started, ended or removed since the part was shown.
    is_changed: bool,
    /// The last container that ended since the part was shown.
    ended: Option<EndedContainer>,
    /// Whether the last request from the other terminal was refused.
    is_refused: bool,
    /// The exit status of the last `docker exec` since the part was shown, if it is not 0.
    failed_exec: Option<String>,
    /// The mistakes that existed before the step.
    before: BTreeSet<MistakeId>,
    /// The messages that the watcher has printed in this step. The watcher prints each message only once in a step.
    said: BTreeSet<String>,
}

/// A container that has ended, according to an event of the engine.
#[derive(Debug)]
struct EndedContainer {
    name: String,
    image: String,
    exit: String,
}

impl EndedContainer {
    fn of(event: &EngineEvent) -> Option<Self> {
        let value = |key| attribute(event, key);
        (event.action == "die")
            .then(|| Some(Self { name: value("name")?, image: value("image")?, exit: value("exitCode")? }))?
    }
}

fn attribute(event: &EngineEvent, key: &str) -> Option<String> {
    event.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| sanitise(value))
}

impl Advice {
    /// Whether the engine has changed since the part was shown.
    pub(super) const fn has_changed(&self) -> bool {
        self.is_changed
    }

    /// Returns whether the last request from the other terminal was refused. Forgets the refusal.
    pub(super) fn take_refused(&mut self) -> bool {
        std::mem::take(&mut self.is_refused)
    }

    /// Returns the exit status of the last `docker exec` if that command failed. Forgets the status.
    pub(super) fn take_failed_exec(&mut self) -> Option<String> {
        self.failed_exec.take()
    }

    /// Forgets the events of a part that is passed.
    pub(super) fn forget_events(&mut self) {
        (self.due_at, self.is_changed, self.is_refused) = (None, false, false);
        (self.ended, self.failed_exec) = (None, None);
    }
}

impl<'a> Watcher<'a> {
    /// Records the mistakes that exist when a step begins.
    pub(super) async fn begin_advice(&mut self, step: &'a Step) {
        let all: Vec<usize> = (0..step.blocks.len()).collect();
        let mistakes = self.context.claim_poller(step, self.since, &[]).find_mistakes(&all, None).await;
        let before = mistakes.into_iter().collect();
        // Discard the refusals of the commands in the step's set-up.
        drop(self.take_refusals());
        self.advice = Advice { begun: Some(Instant::now()), before, ..Advice::default() };
    }

    /// Records that the learner has changed a container. On the learner's own engine, ignores containers without the
    /// lesson's label.
    pub(super) fn note_event(&mut self, event: &EngineEvent) {
        let is_done = event.kind == "container" && ["create", "start", "die", "destroy"].contains(&&*event.action);
        // Ignore early events, because events of the step's set-up may still arrive.
        let is_set_up = self.advice.begun.is_some_and(|begun| begun.elapsed() < PATIENCE);
        if is_done && !is_set_up && self.is_learners(event) {
            self.advice.due_at = Some(Instant::now() + PATIENCE);
            self.advice.is_changed = true;
            self.advice.is_refused = false;
            self.is_heard = true;
            self.advice.ended = EndedContainer::of(event).or_else(|| self.advice.ended.take());
        }
    }

    /// Whether an event is about a container that the learner made for the lesson.
    fn is_learners(&self, event: &EngineEvent) -> bool {
        self.context.session.guard.is_none() || event.attributes.iter().any(|(name, _)| name == LESSON_LABEL)
    }

    /// Records whether a `docker exec` from the other terminal failed.
    pub(super) fn note_exec(&mut self, event: &EngineEvent) {
        if event.action == "exec_die" && self.is_learners(event) {
            self.is_heard = true;
            self.advice.failed_exec = attribute(event, "exitCode").filter(|status| status != "0");
        }
    }

    /// Reports requests from the other terminal that the gateway refused because of a rule, or that the engine refused
    /// because of a conflict.
    pub(super) async fn report_refusals(&mut self) {
        for refusal in self.take_refusals() {
            self.advice.is_refused = true;
            self.is_heard = true;
            // Do not print Docker's message. This message advises to remove the container with this name, even if the
            // container belongs to the learner.
            let taken = refusal.as_deref().and_then(taken_name).map(str::to_owned);
            if let Some(name) = taken {
                self.context.print_taken_name(&name).await;
                continue;
            }
            let words = &self.context.messages.words;
            let text = match &refusal {
                Some(message) => words.say("learn-watch-conflict", &[("message", message)]),
                None => words.say("learn-watch-not-passed-on", &[]),
            };
            let text = self.context.messages.remark(&text);
            self.context.print(&text);
        }
    }

    /// Returns the refusals since the last call: the engine's message about a conflict, or `None` if a rule of the
    /// gateway refused a request.
    pub(super) fn take_refusals(&mut self) -> Vec<Option<String>> {
        let mut refusals = Vec::new();
        let Some(guard) = &mut self.context.session.guard else { return refusals };
        while let Ok(event) = guard.told.try_recv() {
            match event {
                GatewayEvent::Refused { .. } => refusals.push(None),
                GatewayEvent::Failed { status: 409, message, .. } => refusals.push(Some(sanitise(&message))),
                GatewayEvent::Failed { .. } => {}
            }
        }
        refusals.dedup();
        refusals
    }

    /// Reports which container has ended, for a part whose claims the watcher cannot check.
    pub(super) fn advise_unseen(&mut self) {
        if self.advice.due_at.is_some_and(|due| due <= Instant::now()) {
            self.advice.due_at = None;
            self.print_ended();
        }
    }

    /// Reports which container has ended since the part was shown. Reports each container only once.
    fn print_ended(&mut self) {
        let Some(EndedContainer { name, image, exit }) = self.advice.ended.take() else { return };
        let args = [("name", &*name), ("image", &*image), ("exit", &*exit)];
        let text = self.context.messages.note(&self.context.messages.words.say("learn-watch-ended", &args));
        self.context.print(&text);
    }

    /// Whether a claim fails only because a container still runs, and the learner may be in a shell in this container.
    fn may_be_inside(&self, step: &Step, claim: &Claim, findings: &[ClaimFailure]) -> bool {
        let opens_shell = self.context.state.part_commands().into_iter().any(|id| {
            let command = step.command(id).map(|(_, command)| command);
            command.is_some_and(|one| one.expected.iter().any(|line| matches!(line.kind, ExpectedKind::Typed { .. })))
        });
        let is_running = |finding: &ClaimFailure| {
            (finding.what.ends_with("State.Status") || finding.what.ends_with("State.Running"))
                && finding.found.as_deref().is_some_and(|found| ["running", "true"].contains(&found))
        };
        matches!(claim.subject, Subject::Container(_)) && opens_shell && findings.iter().all(is_running)
    }

    /// Explains the first claim that fails, after the claims have had time to begin to hold. Prints nothing if the part
    /// has several commands that change something.
    pub(super) async fn advise(&mut self, step: &'a Step, found: &ClaimDecisions) {
        if self.advice.due_at.is_none_or(|due| due > Instant::now()) {
            return;
        }
        self.advice.due_at = None;
        let commands = self.context.command_texts(&self.context.state.part_commands());
        let shown = self.context.state.shown_claims();
        let failing = found.iter().find_map(|(block, decision)| match decision {
            Decision::Fails(findings) if shown.contains(block) => Some((step.check(*block)?, findings)),
            _ => None,
        });
        let Some((check, findings)) = failing else { return };
        if commands.iter().filter(|command| !only_looks(command)).count() > 1 {
            return;
        }
        if self.may_be_inside(step, &check.claim, findings) {
            if self.advice.said.insert("learn-watch-inside".to_owned()) {
                self.context.print_note("learn-watch-inside");
            }
            return;
        }
        // Advice about the lesson's object would not fit an object that the gateway leaves alone.
        let clashes = self.context.clashes_of_claim(Some(check)).await;
        if !clashes.is_empty() {
            if self.advice.said.insert(format!("{clashes:?}")) {
                self.context.print_clashes(&clashes);
            }
            return;
        }
        let seen = self.context.claim_poller(step, self.since, &[]).find_mistakes(&shown, None).await;
        let mistake = new_mistakes(step, &seen, &self.advice.before, &BTreeSet::new()).state;
        let text = match mistake {
            Some(say) => self.context.messages.mistake(say),
            None => self.context.messages.missed(&check.claim, findings),
        };
        if self.advice.said.insert(text.clone()) {
            self.advice.ended = None;
            self.context.print(&text);
        } else {
            self.print_ended();
        }
    }
}
