//! Why a command did not do it, decided by that command alone: what the gateway refused, why it failed, a mistake that the
//! lesson knows, and only then what the step still waits for.

use super::Tutor;
use crate::claims::{Decision, RanCommand};
use crate::docker_cli::are_alike;
use crate::explain::{self, Failure, Printed};
use crate::learn::claim_poller::{ClaimDecisions, find_matching_command};
use crate::learn::tutor_commands::nearest_name;
use crate::lesson::{Action, Block, Check, MistakeId, Step, Subject};
use crate::lesson_state::only_looks;
use crate::transcript::sanitise;

/// The status of a command that Ctrl-Z has stopped: 128 and the signal's number.
const SUSPENDED: i32 = 148;

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
        let text = match self.find_reason(Some(step), last, true).await {
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
        let check = claim.and_then(|block| step.check(block));
        let findings = found.iter().find_map(|(block, decision)| match decision {
            Decision::Fails(findings) if Some(*block) == claim => Some(findings.as_slice()),
            _ => None,
        });
        let other = || match self.slip(step, last) {
            Some(text) => self.context.messages.not_yet(&text),
            None => self.context.messages.missed_other(self.context.shown_command().as_deref()),
        };
        let last_alone = last.map(std::slice::from_ref).unwrap_or_default();
        match (check, findings) {
            (Some(Check { claim, .. }), Some(findings)) => match &claim.subject {
                // An older command is not what the learner asks about.
                Subject::Ran(pattern) => match find_matching_command(pattern, last_alone) {
                    Some(typed) => self.context.messages.missed_typed(typed, findings),
                    None => other(),
                },
                _ => self.context.messages.missed(claim, findings),
            },
            _ => other(),
        }
    }

    /// Also a command unlike what is asked may be a mistake that the lesson knows, or fail for a reason.
    pub(super) async fn explain_unexpected(&mut self, step: &'a Step, last: Option<&RanCommand>) {
        let text = match self.find_reason(Some(step), last, false).await {
            Some(Reason::Mistake(say)) => self.context.messages.mistake(&say),
            Some(Reason::Refused(text) | Reason::Explained(text)) => self.context.messages.explanation(&text),
            // A look of the kind that is due is told apart from it; any other is the learner's own affair.
            None => match self.slip(step, last.filter(|last| last.exit != Some(0) || self.is_like_next(last))) {
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
        if let Some(Reason::Refused(text) | Reason::Explained(text)) = self.find_reason(None, Some(last), false).await {
            let text = self.context.messages.explanation(&text);
            self.context.print(&text);
        }
    }

    /// Why the last command did not do it, by what that command did: it was refused, it failed, it made a mistake that
    /// the lesson knows. A command that only looked has no reason, unless it `is_due`: then the step's claims are judged, and
    /// a mistake in the state of the world that an earlier command made is told now.
    async fn find_reason(&mut self, step: Option<&'a Step>, last: Option<&RanCommand>, is_due: bool) -> Option<Reason> {
        let last = last?;
        let words = &self.context.messages.words;
        if let Some((rule, what)) = self.refused.first() {
            let text = words.say(&rule.message_key(what), &[("what", &sanitise(what))]);
            let insist = words.say("learn-insist", &[]);
            return Some(Reason::Refused(format!("{text}\n→ {insist}")));
        }
        if last.exit == Some(SUSPENDED) {
            return Some(Reason::Explained(words.say("learn-suspended", &[])));
        }
        let failed = last.exit != Some(0);
        if let Some(step) = step.filter(|_| failed && self.expects_failure())
            && let Some(text) = self.slip(step, Some(last))
        {
            return Some(Reason::Explained(text));
        }
        let (typed, state) = match step {
            Some(step) => self.known_mistakes(step, last).await,
            None => (None, None),
        };
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
        let explanation = explain::explain(&failure).await;
        if let Some(explanation) = &explanation
            && let Some(text) = self.own_word(explanation)
        {
            return Some(Reason::Explained(text));
        }
        let words = &self.context.messages.words;
        match (explanation, typed) {
            (Some(explanation), _) if explanation.is_exact() => {
                Some(Reason::Explained(explain::words(&explanation, words)))
            }
            (_, Some(say)) => Some(Reason::Mistake(say.to_owned())),
            (Some(explanation), None) => Some(Reason::Explained(explain::words(&explanation, words))),
            (None, None) if failed => {
                let slip = step.and_then(|step| self.slip(step, Some(last)));
                let unexplained = || Some(explain::words(&explain::unexplained(&failure)?, words));
                slip.or_else(unexplained).map(Reason::Explained)
            }
            (None, None) if only_looks(&last.command) && !is_due => None,
            (None, None) => state.map(|say| Reason::Mistake(say.to_owned())),
        }
    }

    /// The known mistakes that the last command made: one in what was typed, and one in the state of the world that was
    /// not there before it. Each of the latter is told once at most.
    async fn known_mistakes(&mut self, step: &'a Step, last: &RanCommand) -> (Option<&'a str>, Option<&'a str>) {
        let claims = self.context.state.current_claims();
        let seen = self.claim_poller(step).find_mistakes(&claims, Some(last)).await;
        let of = |id: &MistakeId| step.check(id.block).and_then(|check| check.mistakes.get(id.number));
        let is_typed = |id: &MistakeId| of(id).is_some_and(|one| matches!(one.when.subject, Subject::Ran(_)));
        let say = |id: &MistakeId| of(id).map(|mistake| mistake.say.value.as_str());
        let (typed, state): (Vec<_>, Vec<_>) = seen.into_iter().partition(is_typed);
        let is_new = |id: &&MistakeId| !self.before.contains(*id);
        let found = (typed.iter().find(is_new).and_then(say), state.iter().find(is_new).and_then(say));
        self.before.extend(state);
        found
    }

    fn is_like_next(&self, last: &RanCommand) -> bool {
        self.context.next_command().is_some_and(|next| are_alike(&next, &last.command))
    }

    /// Whether the step prints a command that fails, so that another failure is a slip in what was typed.
    fn expects_failure(&self) -> bool {
        let step = self.context.step();
        self.context.step_commands().into_iter().any(|id| {
            let command = step.and_then(|step| step.command(id));
            command.is_some_and(|(fence, _)| !fence.attrs.exit.is_empty() && !fence.attrs.exit.contains(&0))
        })
    }

    /// A word of the tutor's that was misspelt, or typed where the tutor does not hear it.
    fn own_word(&self, explanation: &explain::Explanation) -> Option<String> {
        let key = match explanation.key {
            "explain-program-none" => "learn-word-near",
            "explain-missing-inside" => "learn-word-inside",
            _ => return None,
        };
        let (_, word) = explanation.args.iter().find(|(name, _)| name == "word")?;
        let near = nearest_name(word)?;
        Some(self.context.messages.words.say(key, &[("word", &sanitise(word)), ("near", near)]))
    }
}
