//! What is said when something was done in the other terminal that does not pass the step.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::Watcher;
use crate::claims::{Decision, EngineEvent};
use crate::gateway::LESSON_LABEL;
use crate::learn::reply::new_mistakes;
use crate::lesson::{MistakeId, Step};
use crate::lesson_state::{ClaimDecisions, only_looks};

/// After the last event, the claims have this long to come true before anything is said.
const PATIENCE: Duration = Duration::from_millis(1500);

/// What may be said of the current step.
#[derive(Debug, Default)]
pub(super) struct Advice {
    /// When it is said what is still missing; `None` if nothing has happened.
    due_at: Option<Instant>,
    /// When the step began, with its set-up.
    begun: Option<Instant>,
    /// Mistakes that were there before the step.
    before: BTreeSet<MistakeId>,
    /// What was said in this step, so that it is said once.
    said: BTreeSet<String>,
}

impl<'a> Watcher<'a> {
    /// Notes which mistakes are there when a step begins.
    pub(super) async fn begin_advice(&mut self, step: &'a Step) {
        let all: Vec<usize> = (0..step.blocks.len()).collect();
        let mistakes = self.context.claim_poller(step, self.since, &[]).find_mistakes(&all, None).await;
        let before = mistakes.into_iter().collect();
        self.advice = Advice { begun: Some(Instant::now()), before, ..Advice::default() };
    }

    /// Notes that the learner has done something. On their own engine, what has no label of the lesson is not about it.
    pub(super) fn note_event(&mut self, event: &EngineEvent) {
        let is_done = event.kind == "container" && ["create", "start", "die", "destroy"].contains(&&*event.action);
        let is_ours = || event.attributes.iter().any(|(name, _)| name == LESSON_LABEL);
        // Events of the step's own set-up may still come.
        let is_set_up = self.advice.begun.is_some_and(|begun| begun.elapsed() < PATIENCE);
        if is_done && !is_set_up && (self.context.session.guard.is_none() || is_ours()) {
            self.advice.due_at = Some(Instant::now() + PATIENCE);
        }
    }

    /// Says what is still missing, once the claims have had time to come true. In the middle of several commands, nothing.
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
        let seen = self.context.claim_poller(step, self.since, &[]).find_mistakes(&shown, None).await;
        let mistake = new_mistakes(step, &seen, &self.advice.before, &BTreeSet::new()).state;
        let text = match mistake {
            Some(say) => self.context.messages.mistake(say),
            None => self.context.messages.missed(&check.claim, findings),
        };
        if self.advice.said.insert(text.clone()) {
            self.context.print(&text);
        }
    }
}
