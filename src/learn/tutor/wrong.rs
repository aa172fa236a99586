//! Why something did not do it: what the guard refused, a mistake the lesson knows, a failure we can explain, and only
//! then what was expected and what was found.

use super::Tutor;
use crate::claims::{Decision, RanCommand};
use crate::explain::{self, Failure, Printed};
use crate::learn::claim_poller::{ClaimDecisions, find_matching_command};
use crate::lesson::{Action, Block, Check, Step, Subject};
use crate::transcript::sanitise;

/// Why, as far as it is known.
enum Reason {
    /// The gateway refused it.
    Refused(String),
    /// A known mistake, in the author's words.
    Mistake(String),
    /// What Docker's message means.
    Explained(String),
}

impl<'a> Tutor<'a> {
    /// What was expected, what was found, what next: a known mistake before all.
    pub(super) async fn explain_miss(
        &mut self,
        step: &'a Step,
        claim: Option<usize>,
        found: &ClaimDecisions,
        last: Option<&RanCommand>,
    ) {
        let text = match self.find_reason(Some(step), last).await {
            Some(Reason::Mistake(say)) => self.context.messages.mistake(&say),
            Some(Reason::Refused(text) | Reason::Explained(text)) => self.context.messages.not_yet(&text),
            None => self.describe_miss(step, claim, found, last),
        };
        self.context.print(&text);
    }

    fn describe_miss(
        &self,
        step: &'a Step,
        claim: Option<usize>,
        found: &ClaimDecisions,
        last: Option<&RanCommand>,
    ) -> String {
        let check = claim.and_then(|block| check(step, block));
        let findings = found.iter().find_map(|(block, decision)| match decision {
            Decision::Fails(findings) if Some(*block) == claim => Some(findings.as_slice()),
            _ => None,
        });
        let status = last.and_then(|last| last.exit).filter(|status| *status != 0);
        match (check, findings, status) {
            (Some(Check { claim, .. }), Some(findings), _) => match &claim.subject {
                Subject::Ran(pattern) => match find_matching_command(pattern, &self.ran) {
                    Some(typed) => self.context.messages.missed_typed(typed, findings),
                    None => match self.slip(step, last) {
                        Some(text) => self.context.messages.not_yet(&text),
                        None => self.context.messages.missed_other(status),
                    },
                },
                _ => self.context.messages.missed(findings),
            },
            (_, _, Some(status)) => match self.slip(step, last) {
                Some(text) => self.context.messages.not_yet(&text),
                None => self.context.messages.missed_status(status),
            },
            _ => String::new(),
        }
    }

    /// Also a command unlike what is asked may be a mistake that the lesson knows, or fail for a reason.
    pub(super) async fn explain_unexpected(&mut self, step: &'a Step, last: Option<&RanCommand>) {
        let text = match self.find_reason(Some(step), last).await {
            Some(Reason::Mistake(say)) => self.context.messages.mistake(&say),
            Some(Reason::Refused(text) | Reason::Explained(text)) => self.context.messages.explanation(&text),
            None => match self.slip(step, last.filter(|last| last.exit != Some(0))) {
                Some(text) => self.context.messages.explanation(&text),
                None => return,
            },
        };
        self.context.print(&text);
    }

    /// How the last command differs from those of the step.
    fn slip(&self, step: &Step, last: Option<&RanCommand>) -> Option<String> {
        let planned = self.context.session.plan.steps.get(self.context.state.current_step())?;
        let printed = planned.actions.iter().filter_map(|action| match *action {
            Action::Run { block, command } => match step.blocks.get(block)? {
                Block::Transcript(fence) if !fence.attrs.hidden => {
                    Some(Printed { command: &fence.commands.get(command)?.text, shown: !fence.attrs.solution })
                }
                _ => None,
            },
            _ => None,
        });
        let slip = explain::slip(&last?.command, &printed.collect::<Vec<_>>())?;
        Some(explain::words(&slip, &self.context.messages.words))
    }

    /// Where nothing is asked, a failure is explained all the same.
    pub(super) async fn explain_failure(&mut self, last: &RanCommand) {
        if let Some(Reason::Refused(text) | Reason::Explained(text)) = self.find_reason(None, Some(last)).await {
            let text = self.context.messages.explanation(&text);
            self.context.print(&text);
        }
    }

    async fn find_reason(&self, step: Option<&'a Step>, last: Option<&RanCommand>) -> Option<Reason> {
        let last = last?;
        if let Some((rule, what)) = self.refused.first() {
            let text =
                self.context.messages.words.say(&format!("gateway-{}", rule.name()), &[("what", &sanitise(what))]);
            let insist = self.context.messages.words.say("learn-insist", &[]);
            return Some(Reason::Refused(format!("{text}\n→ {insist}")));
        }
        if let Some(step) = step
            && let Some(say) = self.known_mistake(step, last).await
        {
            return Some(Reason::Mistake(say.to_owned()));
        }
        let lines: Vec<String> = last.output.lines().map(str::to_owned).collect();
        let failure = Failure {
            command: &last.command,
            status: last.exit.unwrap_or_default(),
            lines: &lines,
            engine: Some(&self.context.session.env.engine),
            known: self.context.session.known,
            label: self.context.session.env.label.as_deref(),
            apart: !self.context.session.env.enter.is_empty(),
        };
        let explanation = explain::explain(&failure).await?;
        Some(Reason::Explained(explain::words(&explanation, &self.context.messages.words)))
    }

    /// A known mistake that the last command made.
    async fn known_mistake(&self, step: &'a Step, last: &RanCommand) -> Option<&'a str> {
        let claims = self.context.state.current_claims();
        let seen = self.claim_poller(step).find_mistakes(&claims, Some(last)).await;
        let (block, at) = seen.into_iter().find(|mistake| !self.before.contains(mistake))?;
        Some(check(step, block)?.mistakes.get(at)?.say.value.as_str())
    }
}

fn check(step: &Step, block: usize) -> Option<&Check> {
    match step.blocks.get(block)? {
        Block::Check(check) => Some(check),
        _ => None,
    }
}
