//! The reply of the tutor without a screen.

use std::collections::BTreeSet;

use dermaga::claims::{Decision, RanCommand, decide, question};
use dermaga::explain::{self, Failure};
use dermaga::learn::{Reply, ReplyFacts, decide_reply, expects_failure, new_mistakes, printed_commands};
use dermaga::lesson_state::{CommandMatch, Evaluation, claim_statuses};
use dermaga::report::claim::explain_findings;

use super::tutor::{Class, TutorReply};

impl Class {
    /// Decides the reply to a command as the real tutor does.
    pub(super) async fn told(&self, at: usize, step: usize, last: &RanCommand) -> TutorReply {
        let lesson = &self.lessons[at];
        let mut walk = lesson.walk.clone();
        let way = walk.command_ended(&lesson.text, &last.command, last.exit.unwrap_or_default(), &last.output);
        let claims = walk.current_claims();
        let mut found = Vec::new();
        for &block in &claims {
            let Some(check) = lesson.check(block) else { continue };
            let facts = self.engine.facts(&question(&check.claim), &self.scene(&self.ran)).await;
            found.push((block, decide(&check.claim, &facts)));
        }
        let outcome = walk.evaluate(Some(&way), &claim_statuses(&found));
        let (claim, quiet) = match outcome {
            Evaluation::Miss { claim, .. } => (claim, false),
            Evaluation::Quiet => (None, true),
            Evaluation::Unknown => return TutorReply::Bare,
            Evaluation::Passed { .. } | Evaluation::Progress { .. } | Evaluation::Already => {
                return TutorReply::Right;
            }
        };
        let step_state = &lesson.text.steps[step];
        let planned = &lesson.plan.steps[step];
        let seen = self.mistakes(at, Some(last)).await;
        let printed = printed_commands(step_state, planned, &walk.shown_blocks(), &walk.commands_to_type(false));
        let lines: Vec<String> = last.output.lines().map(str::to_owned).collect();
        let failure = Failure {
            command: &last.command,
            status: last.exit.unwrap_or_default(),
            lines: &lines,
            engine: Some(&self.engine),
            known: &self.known,
            printed: &printed,
            apart: true,
            ..Failure::default()
        };
        let explanation = explain::explain(&failure).await;
        let unexplained = explain::unexplained(&failure);
        let findings = found.iter().find_map(|(block, decision)| match decision {
            Decision::Fails(findings) if Some(*block) == claim => Some(findings.as_slice()),
            _ => None,
        });
        let check = claim.and_then(|block| lesson.check(block));
        let next = walk.commands_to_type(false).first().or(walk.part_commands().first()).copied();
        let next = next.and_then(|id| step_state.command(id));
        let facts = ReplyFacts {
            is_due: !quiet,
            printed: &printed,
            expects_failure: expects_failure(step_state, &walk.part_commands()),
            next: next.map(|(_, command)| command.text.as_str()),
            mistakes: new_mistakes(step_state, &seen, &self.before, &BTreeSet::new()),
            explanation: explanation.as_ref(),
            unexplained: unexplained.as_ref(),
            not_shown: if let CommandMatch::ExactButNotShown(name) = &way { Some(name) } else { None },
            unmet: check.zip(findings).map(|(check, findings)| (&check.claim, findings)),
            ..ReplyFacts::default()
        };
        match decide_reply(last, &facts) {
            Reply::Nothing | Reply::AdviceFollowed | Reply::Clash => TutorReply::Quiet,
            Reply::Mistake(say) => TutorReply::Mistake(say.to_owned()),
            Reply::Explained(why) => {
                let text = explain::words(&why, &lesson.words);
                if why.key.starts_with("explain-slip") {
                    TutorReply::Slip(why.key, text)
                } else {
                    TutorReply::Explained(why.key, text)
                }
            }
            Reply::OwnWord { key, near, .. } => TutorReply::Explained(key, near.to_owned()),
            Reply::NotShown(name) => TutorReply::Found(name.to_owned()),
            Reply::Unmet(_, findings) => TutorReply::Found(explain_findings(findings, &lesson.words)),
            Reply::TypedUnmet(_)
            | Reply::OtherNode(_)
            | Reply::LeftDirectory(_)
            | Reply::AnotherCommand
            | Reply::Refused
            | Reply::Suspended
            | Reply::ClientEnded
            | Reply::EarlierStepUndone
            | Reply::EarlierObjectOther
            | Reply::PassedPartUndone
            | Reply::PassedPartChanged => TutorReply::Bare,
        }
    }
}
