//! Checks the claims of a step concurrently.

use futures_util::future::join_all;

use crate::claims::{Decision, Facts, RanCommand, decide, question};
use crate::driver::LessonEnv;
use crate::engine::{ClaimContext, EngineTime, decide_now, describe_decision, wait_for_all};
use crate::lesson::{Check, Claim, Mistake, MistakeId, RanPattern, Step, Subject};
use crate::lesson_state::ClaimDecisions;

/// Checks claims of a step on the lesson's engine.
#[derive(Clone, Copy)]
pub(super) struct ClaimPoller<'a> {
    pub(super) env: &'a LessonEnv,
    pub(super) step: &'a Step,
    pub(super) since: EngineTime,
    pub(super) ran: &'a [RanCommand],
}

impl<'a> ClaimPoller<'a> {
    pub(super) fn scene(self) -> ClaimContext<'a> {
        ClaimContext {
            since: self.since,
            ran: self.ran,
            dir: &self.env.dir,
            namespaces: self.env.namespaces.as_deref(),
            label: self.env.label.as_deref(),
        }
    }

    fn checks(self, blocks: &[usize]) -> Vec<(usize, &'a Check)> {
        blocks.iter().filter_map(|&block| Some((block, self.step.check(block)?))).collect()
    }

    /// Checks each claim once, without waiting for the claim to hold.
    pub(super) async fn poll_once(self, blocks: &[usize]) -> ClaimDecisions {
        decide_now(&self.env.engine, self.checks(blocks), &self.scene()).await
    }

    /// Waits until all claims hold, or until the time limits of their checks have passed.
    pub(super) async fn poll_until_met(self, blocks: &[usize]) -> ClaimDecisions {
        wait_for_all(&self.env.engine, self.checks(blocks), &self.scene()).await
    }

    /// Returns the mistakes that the learner has made, out of the mistakes that the checks in `blocks` declare. For a
    /// mistake in a typed command, only the command `last` counts.
    pub(super) async fn find_mistakes(self, blocks: &[usize], last: Option<&RanCommand>) -> Vec<MistakeId> {
        let found = self.poll_once(blocks).await;
        self.mistakes_of(&checks_to_blame(&found), last).await
    }

    /// Returns the mistakes in the command `last` that the checks in `blocks` declare. Includes checks that hold,
    /// because an object that is older than the command may make a check hold.
    pub(super) async fn find_typed_mistakes(self, blocks: &[usize], last: &RanCommand) -> Vec<MistakeId> {
        let is_typed = |id: &MistakeId| {
            let mistake = self.step.check(id.block).and_then(|check| check.mistakes.get(id.number));
            mistake.is_some_and(|mistake| matches!(mistake.when.subject, Subject::Ran(_)))
        };
        let mut found = self.mistakes_of(blocks, Some(last)).await;
        found.retain(is_typed);
        found
    }

    async fn mistakes_of(self, blocks: &[usize], last: Option<&RanCommand>) -> Vec<MistakeId> {
        let all = self.checks(blocks).into_iter().flat_map(|(block, check)| {
            let mistakes = check.mistakes.iter().enumerate();
            mistakes.map(move |(number, mistake)| (MistakeId { block, number }, mistake))
        });
        let look = |(id, mistake): (MistakeId, &'a Mistake)| async move {
            let typed = matches!(mistake.when.subject, Subject::Ran(_));
            let ran = if typed { last.map(std::slice::from_ref).unwrap_or_default() } else { self.ran };
            let scene = ClaimContext { ran, ..self.scene() };
            let facts = self.env.engine.facts(&question(&mistake.when), &scene).await;
            (decide(&mistake.when, &facts) == Decision::Holds).then_some(id)
        };
        join_all(all.map(look)).await.into_iter().flatten().collect()
    }
}

/// Returns the checks whose mistakes may explain a failure: the checks that do not hold, or all checks if all hold.
fn checks_to_blame(found: &ClaimDecisions) -> Vec<usize> {
    let open: Vec<usize> =
        found.iter().filter(|(_, decision)| *decision != Decision::Holds).map(|(block, _)| *block).collect();
    if open.is_empty() { found.iter().map(|(block, _)| *block).collect() } else { open }
}

/// Returns the last command that matches the pattern of a claim about typed commands.
pub(super) fn find_matching_command<'r>(pattern: &RanPattern, ran: &'r [RanCommand]) -> Option<&'r RanCommand> {
    pattern.find(ran, |ran| &ran.command).ok()?.pop()
}

/// Returns the last command that makes a claim about typed commands true.
pub(super) fn command_that_passed<'r>(
    claim: &Claim,
    pattern: &RanPattern,
    ran: &'r [RanCommand],
) -> Option<&'r RanCommand> {
    let matching = pattern.find(ran, |ran| &ran.command).ok()?;
    let passes = |one: &&RanCommand| decide(claim, &Ok(Facts::Ran(vec![(*one).clone()]))) == Decision::Holds;
    matching.iter().rfind(|one| passes(one)).or(matching.last()).copied()
}

/// Formats the decisions for the log.
pub(super) fn describe_decisions(found: &ClaimDecisions) -> String {
    let each: Vec<String> =
        found.iter().map(|(block, decision)| format!("block {block} {}", describe_decision(decision))).collect();
    each.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_command_is_the_last_one_that_meets_the_claim() {
        let pattern = RanPattern::Command("docker logs".into());
        let claim = claim("ran: docker logs\nexit: 0\n");
        let ran = |command: &str, status| RanCommand::new(command, Some(status), "");
        let found = |ran: &[RanCommand]| command_that_passed(&claim, &pattern, ran).map(|one| one.command.clone());
        let all = [ran("docker logs -f a", 0), ran("docker logs a", 0), ran("docker logs", 1), ran("docker ps", 0)];
        assert_eq!(found(&all).as_deref(), Some("docker logs a"));
        assert_eq!(found(&all[2..]).as_deref(), Some("docker logs"), "none meets the claim");
    }

    fn claim(check: &str) -> Claim {
        let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}```\n");
        let source = crate::text::Source::new("l.md", text);
        let (lesson, _) = crate::lesson::parse(&source, crate::lesson::LessonId("l".into()));
        lesson.steps[0].check(0).unwrap().claim.clone()
    }

    #[test]
    fn checks_to_blame_are_the_failed_checks_or_all_checks_if_none_failed() {
        let (holds, fails) = (Decision::Holds, Decision::Fails(Vec::new()));
        assert_eq!(checks_to_blame(&vec![(1, holds.clone()), (2, fails.clone())]), [2]);
        assert_eq!(checks_to_blame(&vec![(1, fails.clone()), (2, fails)]), [1, 2]);
        assert_eq!(checks_to_blame(&vec![(1, holds.clone()), (2, holds)]), [1, 2]);
    }
}
