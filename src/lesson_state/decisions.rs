//! Decides whether the claims of a step are due, and how long to wait for them.

use std::time::Duration;

use super::{ClaimStatus, CommandMatch, LessonState};
use crate::claims::Decision;
use crate::lesson::{DEFAULT_WITHIN, Step, Subject};

/// The decisions on claims, each with the block of the claim.
pub type ClaimDecisions = Vec<(usize, Decision)>;

/// Returns the decisions as statuses, for [`LessonState::evaluate`].
#[must_use]
pub fn claim_statuses(found: &[(usize, Decision)]) -> Vec<(usize, ClaimStatus)> {
    let status = |decision: &Decision| match decision {
        Decision::Holds => ClaimStatus::Holds,
        Decision::Fails(_) => ClaimStatus::Fails,
        Decision::Unknown(_) => ClaimStatus::Unknown,
    };
    found.iter().map(|(block, decision)| (*block, status(decision))).collect()
}

/// Whether the decisions can change without another command. A decision on a claim about typed commands cannot change
/// without one. If all claims hold, only a check with `stays` can change.
#[must_use]
pub fn may_change(step: &Step, found: &[(usize, Decision)]) -> bool {
    let mut fails = found.iter().filter(|(_, decision)| !matches!(decision, Decision::Holds)).peekable();
    if fails.peek().is_none() {
        return found.iter().any(|(block, _)| step.check(*block).is_some_and(|check| check.stays.is_some()));
    }
    fails.all(|(block, decision)| {
        matches!(decision, Decision::Fails(_))
            && step.check(*block).is_some_and(|check| !matches!(check.claim.subject, Subject::Ran(_)))
    })
}

impl LessonState {
    /// Whether the claims should be true after a command. Returns `true` after the last command of a task, and after an
    /// attempt if all claims hold. Also returns `true` after a successful attempt if only slow claims do not hold.
    #[must_use]
    pub fn are_claims_due(
        &self,
        step: &Step,
        command_match: &CommandMatch,
        succeeded: bool,
        found: &[(usize, Decision)],
    ) -> bool {
        let all_hold = || found.iter().all(|(_, decision)| matches!(decision, Decision::Holds));
        (*command_match == CommandMatch::Exact && self.all_commands_typed())
            || (*command_match != CommandMatch::Other && all_hold())
            || (*command_match == CommandMatch::SameKind && succeeded && self.waiting_time(step, found).is_some())
    }

    /// Returns the longest `within` of the claims that do not hold. Returns `None` if one of these claims was not
    /// shown, or if its `within` is not longer than the default.
    #[must_use]
    pub fn waiting_time(&self, step: &Step, found: &[(usize, Decision)]) -> Option<Duration> {
        let shown = self.shown_claims();
        let fails = found.iter().filter(|(_, decision)| !matches!(decision, Decision::Holds));
        let times: Option<Vec<Duration>> = fails
            .map(|(block, _)| step.check(*block).filter(|_| shown.contains(block)).map(|check| check.within))
            .map(|within| within.filter(|within| *within > DEFAULT_WITHIN))
            .collect();
        times?.into_iter().max()
    }
}
