//! What decisions on claims mean for a step.

use std::time::Duration;

use super::{ClaimStatus, CommandMatch, LessonState};
use crate::claims::Decision;
use crate::lesson::{DEFAULT_WITHIN, Step, Subject};

/// The block of each claim, and the decision on it.
pub type ClaimDecisions = Vec<(usize, Decision)>;

/// Returns the decisions as [`LessonState::evaluate`] needs them.
#[must_use]
pub fn claim_statuses(found: &[(usize, Decision)]) -> Vec<(usize, ClaimStatus)> {
    let status = |decision: &Decision| match decision {
        Decision::Holds => ClaimStatus::Holds,
        Decision::Fails(_) => ClaimStatus::Fails,
        Decision::Unknown(_) => ClaimStatus::Unknown,
    };
    found.iter().map(|(block, decision)| (*block, status(decision))).collect()
}

/// Whether the decisions can change by themselves. One on a claim about what was typed cannot.
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
    /// Whether the claims should be true now, after a command: it was the last of its task, or an attempt that has made all
    /// of them true, or one after which only those are false that take their time.
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

    /// The longest `within` of the claims that do not hold, if all of them were shown and take longer than usual.
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
