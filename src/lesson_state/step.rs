//! The state of one step.

mod evaluate;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

use super::parts::StepPart;
use super::{HINT_LEVELS, HintResult, NextAction, StepResult};
use crate::lesson::CommandId;
use typed::LastCommand;

/// Whether and how the current claims became true before the learner typed all of their commands. After that, the typed
/// commands decide whether the part is passed. The number is the index of the part after the last of these claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum EarlyClaims {
    /// The claims did not become true early, so the claims decide whether the part is passed.
    #[default]
    None,
    /// The claims were true when their part was shown.
    Found(usize),
    /// One of the commands made the claims true, and the tutor reported the claims as passed.
    Passed(usize),
}

impl EarlyClaims {
    /// Returns the index of the part after the claims; 0 if the claims decide.
    const fn end(self) -> usize {
        match self {
            Self::None => 0,
            Self::Found(end) | Self::Passed(end) => end,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct StepState {
    parts: Vec<StepPart>,
    /// The index of the next part, or of the part that waits for the learner.
    cursor: usize,
    /// Whether the part at the cursor has been shown.
    shown: bool,
    /// All tasks and claims before the part with this index are passed.
    passed_to: usize,
    /// The commands that were typed and ended with an expected status.
    typed: BTreeSet<CommandId>,
    /// Commands that count as done if the claims hold. The learner typed these commands out of order, or typed commands
    /// of the same kind.
    met: BTreeSet<CommandId>,
    last: LastCommand,
    /// The command of the step that the last typed command stands for, and the output of the typed command. Both
    /// commands print the same.
    pub(super) stands_for: Option<(CommandId, String)>,
    /// The blocks of the quizzes that the tutor has asked.
    asked: BTreeSet<usize>,
    early: EarlyClaims,
    misses: usize,
    /// The number of hints that the tutor has given for the current claims.
    hints: usize,
    /// Whether the learner has tried something since the last hint.
    pub(super) tried: bool,
    /// The first claim that was false at the last evaluation.
    failing: Option<usize>,
    /// Whether the exact command was shown.
    pub(super) helped: bool,
    pub(super) done: Option<StepResult>,
    /// The results of the quizzes, if the step consists only of quizzes.
    quiz_results: BTreeMap<usize, StepResult>,
    /// Whether the step consists of notes, which the tutor shows only on request.
    pub(super) is_notes: bool,
}

impl StepState {
    pub(super) const fn new(parts: Vec<StepPart>, is_notes: bool) -> Self {
        Self {
            parts,
            cursor: 0,
            shown: false,
            passed_to: 0,
            typed: BTreeSet::new(),
            met: BTreeSet::new(),
            last: LastCommand::Other,
            stands_for: None,
            asked: BTreeSet::new(),
            early: EarlyClaims::None,
            misses: 0,
            hints: 0,
            tried: false,
            failing: None,
            helped: false,
            done: None,
            quiz_results: BTreeMap::new(),
            is_notes,
        }
    }

    /// Goes back to the beginning of the step. Keeps the result of the step.
    pub(super) fn rewind(&mut self) {
        let (parts, is_notes) = (std::mem::take(&mut self.parts), self.is_notes);
        *self = Self { done: self.done, ..Self::new(parts, is_notes) };
    }

    /// Sets the result of the step, unless the step already has a better result.
    pub(super) fn finish(&mut self, done: StepResult) {
        self.done = self.done.max(Some(done));
    }

    pub(super) fn is_over(&self) -> bool {
        self.cursor >= self.parts.len()
    }

    fn has_work(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, StepPart::Task { .. } | StepPart::Check(_) | StepPart::Quiz(_)))
    }

    pub(super) fn has_commands(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, StepPart::Task { .. } | StepPart::Check(_)))
    }

    /// Advances to the next part that waits for the learner.
    pub(super) fn advance(&mut self) -> Vec<NextAction> {
        let mut next = Vec::new();
        while let Some(&part) = self.parts.get(self.cursor) {
            let passed = self.cursor < self.passed_to;
            match part {
                StepPart::Gaps(_) if self.is_filled() => {}
                StepPart::Show(block) | StepPart::Gaps(block) => next.push(NextAction::Show(block)),
                StepPart::File(block) => next.push(NextAction::File(block)),
                StepPart::Quiz(block) if self.asked.contains(&block) => {}
                StepPart::Quiz(block) => {
                    next.push(NextAction::Ask(block));
                    return next;
                }
                StepPart::Task { block, commands } => {
                    let first = !std::mem::replace(&mut self.shown, true);
                    let is_typed = self.has_typed_all(block, commands);
                    if first {
                        next.push(if is_typed { NextAction::Typed(block) } else { NextAction::Show(block) });
                    }
                    if !passed && !is_typed {
                        next.push(NextAction::Await {
                            look: first && self.is_first_task() && !self.claims().is_empty(),
                        });
                        return next;
                    }
                }
                StepPart::Check(_) if passed || self.is_held() => {}
                StepPart::Check(_) => {
                    // No task lies between the previous claims and this claim, or the learner typed all commands of the
                    // tasks early.
                    let look = !std::mem::replace(&mut self.shown, true);
                    next.push(NextAction::Await { look });
                    return next;
                }
            }
            self.cursor += 1;
            self.shown = false;
        }
        if self.has_work() {
            let done = if self.helped { StepResult::Helped } else { StepResult::Passed };
            let done = self.worst_quiz().map_or(done, |worst| worst.min(done));
            self.finish(done);
            next.push(NextAction::Done(done));
        } else {
            next.push(NextAction::Await { look: false });
        }
        next
    }

    /// Whether the current claims were true before all of their commands were typed.
    pub(super) const fn is_held(&self) -> bool {
        self.cursor < self.early.end()
    }

    /// Whether no task lies between the previous claim and the cursor.
    fn is_first_task(&self) -> bool {
        let since = self.parts[..self.cursor].iter().rposition(|part| matches!(part, StepPart::Check(_)));
        let before = self.parts.get(since.map_or(0, |at| at + 1)..self.cursor).unwrap_or_default();
        !before.iter().any(|part| matches!(part, StepPart::Task { .. }))
    }

    /// Returns the index of the part after the current claims, and the blocks of these claims.
    fn group(&self) -> (usize, Vec<usize>) {
        let (mut end, mut claims) = (self.cursor, Vec::new());
        for (at, part) in self.parts.iter().enumerate().skip(self.cursor) {
            match part {
                StepPart::Check(block) => {
                    claims.push(*block);
                    end = at + 1;
                }
                StepPart::Task { .. } if !claims.is_empty() => break,
                _ => {}
            }
        }
        (end, claims)
    }

    pub(super) fn claims(&self) -> Vec<usize> {
        self.group().1
    }

    pub(super) fn waits_for_quiz(&self) -> bool {
        matches!(self.parts.get(self.cursor), Some(StepPart::Quiz(_)))
    }

    fn task(&self) -> Option<(usize, usize)> {
        match self.parts.get(self.cursor) {
            Some(StepPart::Task { block, commands }) => Some((*block, *commands)),
            _ => None,
        }
    }

    pub(super) fn commands_to_type(&self, whole_step: bool) -> Vec<CommandId> {
        let end = if whole_step { self.parts.len() } else { self.cursor + 1 };
        self.untyped_before(end).collect()
    }

    /// Returns the commands that were shown after the last claims, typed or not. If no command was shown after the last
    /// claims, returns all commands that were shown.
    pub(super) fn part_commands(&self) -> Vec<CommandId> {
        let shown = &self.parts[..self.parts.len().min(self.cursor + 1)];
        let before = shown.len().saturating_sub(1);
        let since = shown[..before].iter().rposition(|part| matches!(part, StepPart::Check(_)));
        let part: Vec<CommandId> = commands_of(&shown[since.map_or(0, |at| at + 1)..]).collect();
        if part.is_empty() { commands_of(shown).collect() } else { part }
    }

    /// Returns the current claims whose commands were all shown.
    pub(super) fn shown_claims(&self) -> Vec<usize> {
        self.claims().into_iter().filter(|claim| self.is_shown(*claim)).collect()
    }

    /// Returns the parts after the part at the cursor.
    pub(super) fn rest(&self) -> Vec<StepPart> {
        self.parts.iter().skip(self.cursor + 1).copied().collect()
    }

    pub(super) fn all_commands_typed(&self) -> bool {
        self.untyped_before(self.group().0).next().is_none()
    }

    pub(super) fn quizzes(&self) -> Vec<usize> {
        self.parts
            .iter()
            .filter_map(|part| if let StepPart::Quiz(block) = part { Some(*block) } else { None })
            .collect()
    }

    /// Passes the task at the cursor, whose commands the tutor cannot see, if more tasks follow before the next claims.
    pub(super) fn pass_unseen_task(&mut self) -> Option<Vec<NextAction>> {
        let (block, of) = self.task()?;
        if self.is_held() || !self.has_task_between(self.cursor + 1, self.group().0) {
            return None;
        }
        self.typed.extend((0..of).map(|number| CommandId { block, number }));
        Some(self.advance())
    }

    fn has_task_between(&self, from: usize, to: usize) -> bool {
        let parts = self.parts.get(from..to).unwrap_or_default();
        parts.iter().any(|part| matches!(part, StepPart::Task { .. }))
    }

    /// Forgets that the commands of a task were typed, and goes back to the task.
    pub(super) fn ask_again(&mut self, block: usize) -> Vec<NextAction> {
        let is_task = |part: &StepPart| matches!(part, StepPart::Task { block: at, .. } if *at == block);
        self.typed.retain(|id| id.block != block);
        if let Some(at) = self.parts.iter().position(is_task) {
            (self.cursor, self.shown) = (at, false);
        }
        self.advance()
    }

    /// Whether all tasks before a claim were shown.
    fn is_shown(&self, claim: usize) -> bool {
        let at = self.parts.iter().position(|part| *part == StepPart::Check(claim)).unwrap_or_default();
        !self.has_task_between(self.cursor + 1, at)
    }

    /// Returns the blocks of the step from its beginning to the current part.
    pub(super) fn shown_blocks(&self) -> Vec<usize> {
        let shown = self.parts.iter().take(self.cursor + 1).filter_map(|part| match *part {
            StepPart::Show(block) | StepPart::Gaps(block) | StepPart::Task { block, .. } => Some(block),
            _ => None,
        });
        shown.collect()
    }

    /// Advances past a task if all of its commands are typed.
    fn go_past_task(&mut self) -> Vec<NextAction> {
        let Some((block, of)) = self.task() else { return Vec::new() };
        if self.has_typed_all(block, of) { self.advance() } else { Vec::new() }
    }

    /// Whether the first `count` commands of a block are typed.
    fn has_typed_all(&self, block: usize, count: usize) -> bool {
        (0..count).all(|number| self.typed.contains(&CommandId { block, number }))
    }

    /// Whether the commands that fill the gaps at the cursor are typed.
    fn is_filled(&self) -> bool {
        let mut rest = self.parts.iter().skip(self.cursor + 1).skip_while(|part| matches!(part, StepPart::Show(_)));
        matches!(rest.next(), Some(StepPart::Task { block, commands }) if self.has_typed_all(*block, *commands))
    }

    /// Returns the commands that the learner still has to type, from the cursor to the part with the index `end`.
    fn untyped_before(&self, end: usize) -> impl Iterator<Item = CommandId> {
        let parts = self.parts.get(self.cursor..end.min(self.parts.len())).unwrap_or_default();
        commands_of(parts).filter(|id| !self.typed.contains(id))
    }

    /// Resets the numbers of hints and of failed attempts, before the next claims.
    fn begin_group(&mut self) {
        self.hints = 0;
        self.misses = 0;
        self.failing = None;
        self.tried = false;
        self.early = EarlyClaims::None;
        self.met.clear();
    }

    pub(super) fn quiz_answered(&mut self, block: usize) -> Vec<NextAction> {
        self.asked.insert(block);
        match self.parts.get(self.cursor) {
            Some(StepPart::Quiz(at)) if *at == block => self.advance(),
            // The learner answers a quiz after having left it without an answer.
            None if self.done < self.worst_quiz() => self.worst_quiz().map_or_else(Vec::new, |done| {
                self.finish(done);
                vec![NextAction::Done(done)]
            }),
            _ => Vec::new(),
        }
    }

    /// Records the result of a quiz. Only the first answer counts. A skipped quiz has no answer yet.
    pub(super) fn quiz_ended(&mut self, block: usize, result: StepResult) {
        if !self.has_commands() {
            let known = self.quiz_results.entry(block).or_insert(result);
            if *known == StepResult::Skipped {
                *known = result;
            }
        }
    }

    fn worst_quiz(&self) -> Option<StepResult> {
        self.quiz_results.values().min().copied()
    }

    pub(super) fn next_hint(&mut self) -> HintResult {
        if self.is_over() {
            return HintResult::Nothing;
        }
        // Give no hint for a claim of a later part, because such a hint would reveal the commands of that part.
        let claims = self.shown_claims();
        let claim = self.failing.filter(|claim| claims.contains(claim)).or_else(|| claims.first().copied());
        if claim.is_none() && self.task().is_none() {
            return HintResult::Nothing;
        }
        if self.hints > 0 && !self.tried {
            return HintResult::TryFirst { claim, level: self.hints - 1 };
        }
        let level = self.hints.min(HINT_LEVELS - 1);
        self.hints = level + 1;
        self.tried = false;
        self.helped |= level + 1 == HINT_LEVELS;
        HintResult::Give { claim, level }
    }

    /// Continues when the learner asks for the next part. Returns no actions if the step is over, and `None` if the
    /// claims are not passed.
    pub(super) fn continue_step(&mut self) -> Option<Vec<NextAction>> {
        match self.parts.get(self.cursor) {
            None => {
                if !self.has_work() {
                    self.finish(StepResult::Passed);
                }
                return Some(Vec::new());
            }
            Some(StepPart::Quiz(block)) => {
                self.asked.insert(*block);
            }
            Some(StepPart::Task { .. } | StepPart::Check(_)) => {
                let (end, claims) = self.group();
                let was_done = self.done.is_some_and(|done| done != StepResult::Skipped);
                if !claims.is_empty() && !self.is_held() && !was_done {
                    return None;
                }
                self.passed_to = if claims.is_empty() { self.cursor + 1 } else { end };
                self.begin_group();
            }
            Some(StepPart::Show(_) | StepPart::Gaps(_) | StepPart::File(_)) => {}
        }
        Some(self.advance())
    }

    /// Ends the step, because the tutor has done the rest.
    pub(super) fn skip(&mut self) -> Vec<NextAction> {
        self.passed_to = self.parts.len();
        let quizzes = self.quizzes();
        self.asked.extend(quizzes);
        let former = self.done;
        let mut next = self.advance();
        if let Some(NextAction::Done(done)) = next.last_mut() {
            *done = StepResult::Skipped;
            self.done = former.max(Some(StepResult::Skipped));
        } else if !self.has_work() {
            self.finish(StepResult::Skipped);
        }
        next
    }
}

/// Returns the commands of the tasks among these parts.
fn commands_of(parts: &[StepPart]) -> impl Iterator<Item = CommandId> {
    parts.iter().flat_map(|part| {
        let (block, commands) = if let StepPart::Task { block, commands } = *part { (block, commands) } else { (0, 0) };
        (0..commands).map(move |number| CommandId { block, number })
    })
}
