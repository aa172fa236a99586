//! Decides what a command or an event means for the step.

use super::super::parts::CommandMatch;
use super::super::{ClaimStatus, Evaluation, OFFER_AFTER};
use super::typed::LastCommand;
use super::{EarlyClaims, StepState};
use crate::lesson::CommandId;

impl StepState {
    pub(in crate::lesson_state) fn check_before_start(&mut self, looks: &[(usize, ClaimStatus)]) -> Evaluation {
        let (end, claims) = self.group();
        let all_hold = !claims.is_empty()
            && looks.len() == claims.len()
            && looks.iter().all(|(_, look)| *look == ClaimStatus::Holds);
        self.early = EarlyClaims::None;
        if !all_hold {
            return Evaluation::Quiet;
        }
        // All commands of the part were typed before the part was shown.
        if !self.is_first_task() && self.task().is_none() {
            self.passed_to = end;
            self.begin_group();
            return Evaluation::Passed { claims, untyped: 0, next: self.advance() };
        }
        self.early = EarlyClaims::Found(end);
        Evaluation::Already
    }

    pub(in crate::lesson_state) fn evaluate(
        &mut self,
        command_match: Option<&CommandMatch>,
        looks: &[(usize, ClaimStatus)],
    ) -> Evaluation {
        if self.is_over() {
            return Evaluation::Quiet;
        }
        let (end, claims) = self.group();
        let found = |claim: &usize| looks.iter().find(|(block, _)| block == claim).map(|(_, look)| *look);
        self.failing = claims.iter().find(|claim| found(claim) == Some(ClaimStatus::Fails)).copied();
        let all_hold = !claims.is_empty() && claims.iter().all(|claim| found(claim) == Some(ClaimStatus::Holds));
        if !all_hold {
            self.early = EarlyClaims::None;
        }
        let last = std::mem::take(&mut self.last);
        // The object that the command removes may be gone already. The command then fails, but nothing is left to do.
        let mut command_match = command_match;
        if command_match == Some(&CommandMatch::ExactButFailed)
            && self.is_held()
            && let LastCommand::Failed { id, only_removes: true } = last
        {
            self.typed.insert(id);
            command_match = Some(&CommandMatch::Exact);
        }
        // If another command of the same kind has created the object that the step's command would create, the step's command
        // counts as typed.
        if command_match == Some(&CommandMatch::SameKind)
            && let LastCommand::Alike { id, ref claims } = last
            && claims.iter().all(|claim| found(claim) == Some(ClaimStatus::Holds))
        {
            self.typed.insert(id);
            command_match = Some(&CommandMatch::Exact);
        }
        // A command is not done if a claim that the command alone decides is false.
        if command_match == Some(&CommandMatch::Exact)
            && let LastCommand::Done { id, own } = last
            && let Some(claim) = own.into_iter().find(|claim| found(claim) == Some(ClaimStatus::Fails))
        {
            self.typed.remove(&id);
            self.failing = Some(claim);
            self.misses += 1;
            return Evaluation::Miss { claim: Some(claim), offer: self.misses.is_multiple_of(OFFER_AFTER) };
        }
        if all_hold && !self.is_held() {
            let untyped = self.untyped_before(end).filter(|id| !self.met.contains(id)).count();
            if command_match == Some(&CommandMatch::Exact) && untyped > 0 && self.task().is_some() {
                self.early = EarlyClaims::Passed(end);
                return Evaluation::Passed { claims, untyped, next: self.go_past_task() };
            }
            // Count these commands as typed, so that the learner does not have to type them later.
            let done: Vec<CommandId> = self.untyped_before(end).collect();
            self.typed.extend(done);
            self.passed_to = end;
            self.begin_group();
            return Evaluation::Passed { claims, untyped: 0, next: self.advance() };
        }
        let before = self.cursor;
        let task = self.task();
        if let Some((block, of)) = task
            && command_match == Some(&CommandMatch::Exact)
        {
            let done = (0..of).filter(|number| self.typed.contains(&CommandId { block, number: *number })).count();
            if done < of {
                return Evaluation::Progress { done, of, next: Vec::new() };
            }
            if claims.is_empty() || self.is_held() {
                let next = self.advance();
                if self.is_held() && matches!(self.early, EarlyClaims::Passed(_)) {
                    return Evaluation::Progress { done, of, next };
                }
                let claims = if matches!(self.early, EarlyClaims::Found(_)) { claims } else { Vec::new() };
                self.begin_group();
                return Evaluation::Passed { claims, untyped: 0, next };
            }
            // The learner must type more commands before the claims decide.
            if self.has_task_between(before + 1, end) {
                return Evaluation::Progress { done, of, next: self.advance() };
            }
        }
        if claims.iter().any(|claim| found(claim) == Some(ClaimStatus::Unknown)) {
            return if command_match.is_some() { Evaluation::Unknown } else { Evaluation::Quiet };
        }
        match command_match {
            None | Some(&CommandMatch::Other) => Evaluation::Quiet,
            Some(_) => {
                self.misses += 1;
                let claim = self.failing.filter(|claim| self.is_shown(*claim));
                Evaluation::Miss { claim, offer: self.misses.is_multiple_of(OFFER_AFTER) }
            }
        }
    }
}
