//! Looking at claims: all that decide now, at once.

use futures_util::future::join_all;

use crate::claims::{Decision, RanCommand, decide, question};
use crate::engine::{EngineTime, Scene, describe_decision, wait_for};
use crate::learn::LessonEnv;
use crate::lesson::{Block, Check, Mistake, RanPattern, Step, Subject};
use crate::lesson_state::ClaimStatus;

/// What was found for each claim: its block and the decision.
pub(super) type ClaimDecisions = Vec<(usize, Decision)>;

/// Where claims are looked at.
#[derive(Clone, Copy)]
pub(super) struct ClaimPoller<'a> {
    pub(super) env: &'a LessonEnv,
    pub(super) step: &'a Step,
    pub(super) since: EngineTime,
    pub(super) ran: &'a [RanCommand],
}

impl<'a> ClaimPoller<'a> {
    fn scene(self) -> Scene<'a> {
        Scene {
            since: self.since,
            ran: self.ran,
            dir: &self.env.dir,
            room: self.env.room.as_deref(),
            label: self.env.label.as_deref(),
        }
    }

    pub(super) fn check(self, block: usize) -> Option<&'a Check> {
        match self.step.blocks.get(block) {
            Some(Block::Check(check)) => Some(check),
            _ => None,
        }
    }

    /// Looks once at each.
    pub(super) async fn poll_once(self, blocks: &[usize]) -> ClaimDecisions {
        let each = blocks.iter().filter_map(|&block| Some((block, self.check(block)?)));
        let looks = each.map(|(block, check)| async move {
            (block, decide(&check.claim, &self.env.engine.facts(&question(&check.claim), &self.scene()).await))
        });
        join_all(looks).await
    }

    /// Waits for each as long as its check says.
    pub(super) async fn poll_until_met(self, blocks: &[usize]) -> ClaimDecisions {
        let each = blocks.iter().filter_map(|&block| Some((block, self.check(block)?)));
        let scene = self.scene();
        let waits = each.map(|(block, check)| {
            let scene = &scene;
            async move { (block, wait_for(&self.env.engine, check, scene).await) }
        });
        join_all(waits).await
    }

    /// Whether waiting can change what was found: what was typed cannot become true by itself.
    pub(super) fn should_wait(self, found: &ClaimDecisions) -> bool {
        let mut fails = found.iter().filter(|(_, decision)| !matches!(decision, Decision::Holds)).peekable();
        let stays = found.iter().any(|(block, _)| self.check(*block).is_some_and(|check| check.stays.is_some()));
        if fails.peek().is_none() {
            return stays;
        }
        fails.all(|(block, decision)| {
            matches!(decision, Decision::Fails(_))
                && self.check(*block).is_some_and(|check| !matches!(check.claim.subject, Subject::Ran(_)))
        })
    }

    /// The mistakes of these checks that are to be seen now, of which `last` tells the last command. Those of the state
    /// of the world come with all commands, those of what was typed with the last one.
    pub(super) async fn find_mistakes(self, blocks: &[usize], last: Option<&RanCommand>) -> Vec<(usize, usize)> {
        let checks = blocks.iter().filter_map(|&block| Some((block, self.check(block)?)));
        let all =
            checks.flat_map(|(block, check)| check.mistakes.iter().enumerate().map(move |(at, m)| (block, at, m)));
        let look = |(block, at, mistake): (usize, usize, &'a Mistake)| async move {
            let typed = matches!(mistake.when.subject, Subject::Ran(_));
            let ran = if typed { last.map(std::slice::from_ref).unwrap_or_default() } else { self.ran };
            let scene = Scene { ran, ..self.scene() };
            let facts = self.env.engine.facts(&question(&mistake.when), &scene).await;
            (decide(&mistake.when, &facts) == Decision::Holds).then_some((block, at))
        };
        join_all(all.map(look)).await.into_iter().flatten().collect()
    }
}

/// The last of these commands that a claim about what was typed means.
pub(super) fn find_matching_command<'r>(pattern: &RanPattern, ran: &'r [RanCommand]) -> Option<&'r RanCommand> {
    pattern.find(ran, |ran| &ran.command).ok()?.pop()
}

/// The decisions for the log.
pub(super) fn describe_decisions(found: &ClaimDecisions) -> String {
    let each: Vec<String> =
        found.iter().map(|(block, decision)| format!("block {block} {}", describe_decision(decision))).collect();
    each.join(", ")
}

/// As the walk wants it.
pub(super) fn claim_statuses(found: &ClaimDecisions) -> Vec<(usize, ClaimStatus)> {
    let look = |decision: &Decision| match decision {
        Decision::Holds => ClaimStatus::Holds,
        Decision::Fails(_) => ClaimStatus::Fails,
        Decision::Unknown(_) => ClaimStatus::Unknown,
    };
    found.iter().map(|(block, decision)| (*block, look(decision))).collect()
}
