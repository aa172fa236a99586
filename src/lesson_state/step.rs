//! A learner's way through one step.

use std::collections::BTreeSet;

use super::parts::{Part, Way};
use super::{Done, Hint, LEVELS, Look, Next, OFFER_AFTER, Outcome};
use crate::docker_cli::{are_alike, are_same_lines};
use crate::lesson::{Block, Step};

#[derive(Debug, Clone)]
pub(super) struct StepWalk {
    parts: Vec<Part>,
    /// The part that is met next, or at which it is the learner's turn.
    cursor: usize,
    /// The part at the cursor has been shown.
    shown: bool,
    /// Tasks and claims before this part are passed.
    passed_to: usize,
    /// Commands that were typed and ended well: block, number.
    typed: BTreeSet<(usize, usize)>,
    /// Quizzes that were asked.
    asked: BTreeSet<usize>,
    /// The claims held before anything was typed.
    pub(super) held: bool,
    /// They hold by a printed command that others of its fence follow: those are still to come.
    ticked: bool,
    misses: usize,
    /// Hints given for the claims that decide now.
    hints: usize,
    /// Something was tried since the last hint.
    pub(super) tried: bool,
    /// The claim that failed last.
    failing: Option<usize>,
    /// The exact command was shown.
    pub(super) helped: bool,
    /// Its hidden set-up was done in this visit.
    pub(super) set_up: bool,
    pub(super) done: Option<Done>,
}

impl StepWalk {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        Self {
            parts,
            cursor: 0,
            shown: false,
            passed_to: 0,
            typed: BTreeSet::new(),
            asked: BTreeSet::new(),
            held: false,
            ticked: false,
            misses: 0,
            hints: 0,
            tried: false,
            failing: None,
            helped: false,
            set_up: false,
            done: None,
        }
    }

    /// To its begin; that it is done stays.
    pub(super) fn rewind(&mut self) {
        let (parts, done, set_up) = (std::mem::take(&mut self.parts), self.done, self.set_up);
        *self = Self { set_up, done, ..Self::new(parts) };
    }

    /// The better of two ways counts.
    pub(super) fn finish(&mut self, done: Done) {
        self.done = self.done.max(Some(done));
    }

    pub(super) fn is_over(&self) -> bool {
        self.cursor >= self.parts.len()
    }

    fn has_work(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Task { .. } | Part::Check(_) | Part::Quiz(_)))
    }

    /// Goes on until it is the learner's turn.
    pub(super) fn advance(&mut self) -> Vec<Next> {
        let mut next = Vec::new();
        while let Some(&part) = self.parts.get(self.cursor) {
            let passed = self.cursor < self.passed_to;
            match part {
                Part::Show(block) => next.push(Next::Show(block)),
                Part::File(block) => next.push(Next::File(block)),
                Part::Quiz(block) if self.asked.contains(&block) => {}
                Part::Quiz(block) => {
                    next.push(Next::Ask(block));
                    return next;
                }
                Part::Task { block, commands } => {
                    let first = !std::mem::replace(&mut self.shown, true);
                    if first {
                        next.push(Next::Show(block));
                    }
                    if !passed && !(0..commands).all(|number| self.typed.contains(&(block, number))) {
                        next.push(Next::Await { look: first && self.is_first_task() && !self.claims().is_empty() });
                        return next;
                    }
                }
                Part::Check(_) if passed || self.held => {}
                Part::Check(_) => {
                    let look = !std::mem::replace(&mut self.shown, true) && self.is_first_task();
                    next.push(Next::Await { look });
                    return next;
                }
            }
            self.cursor += 1;
            self.shown = false;
        }
        if self.has_work() {
            let done = if self.helped { Done::Helped } else { Done::Passed };
            self.finish(done);
            next.push(Next::Done(done));
        } else {
            next.push(Next::Await { look: false });
        }
        next
    }

    /// Whether nothing of what the claims at the cursor judge comes before it.
    fn is_first_task(&self) -> bool {
        let since = self.parts[..self.cursor].iter().rposition(|part| matches!(part, Part::Check(_)));
        let before = self.parts.get(since.map_or(0, |at| at + 1)..self.cursor).unwrap_or_default();
        !before.iter().any(|part| matches!(part, Part::Task { .. }))
    }

    /// Where the claims that decide now end, and they themselves.
    fn group(&self) -> (usize, Vec<usize>) {
        let (mut end, mut claims) = (self.cursor, Vec::new());
        for (at, part) in self.parts.iter().enumerate().skip(self.cursor) {
            match part {
                Part::Check(block) => {
                    claims.push(*block);
                    end = at + 1;
                }
                Part::Task { .. } if !claims.is_empty() => break,
                _ => {}
            }
        }
        (end, claims)
    }

    pub(super) fn claims(&self) -> Vec<usize> {
        self.group().1
    }

    fn task(&self) -> Option<(usize, usize)> {
        match self.parts.get(self.cursor) {
            Some(Part::Task { block, commands }) => Some((*block, *commands)),
            _ => None,
        }
    }

    pub(super) fn to_type(&self, whole_step: bool) -> Vec<(usize, usize)> {
        let end = if whole_step { self.parts.len() } else { self.cursor + 1 };
        let parts = self.parts.get(self.cursor..end.min(self.parts.len())).unwrap_or_default();
        parts
            .iter()
            .filter_map(|part| match *part {
                Part::Task { block, commands } => Some((0..commands).map(move |number| (block, number))),
                _ => None,
            })
            .flatten()
            .filter(|one| !self.typed.contains(one))
            .collect()
    }

    pub(super) fn is_last_command(&self) -> bool {
        self.to_type_before(self.group().0) == 0
    }

    pub(super) fn files(&self) -> Vec<usize> {
        let parts = self.parts.iter().skip(self.cursor);
        parts.filter_map(|part| if let Part::File(block) = part { Some(*block) } else { None }).collect()
    }

    pub(super) fn quizzes(&self) -> Vec<usize> {
        self.parts.iter().filter_map(|part| if let Part::Quiz(block) = part { Some(*block) } else { None }).collect()
    }

    pub(super) fn ran(&mut self, step: &Step, command: &str, status: i32) -> Way {
        self.tried = true;
        let mut way = Way::Other;
        for &part in self.parts.iter().skip(self.cursor) {
            let Part::Task { block, .. } = part else { continue };
            let Some(Block::Transcript(transcript)) = step.blocks.get(block) else { continue };
            for (number, printed) in transcript.commands.iter().enumerate() {
                if are_same_lines(&printed.text, command) {
                    let interrupted = crate::matcher::has_interrupt(&printed.expected);
                    let last = number + 1 == transcript.commands.len();
                    let well = if last && !transcript.attrs.exit.is_empty() {
                        transcript.attrs.exit.contains(&status)
                    } else {
                        status == 0
                    };
                    if well || interrupted {
                        // Of two that are alike, the first that is not done.
                        if self.typed.insert((block, number)) {
                            return Way::Printed;
                        }
                        way = Way::Printed;
                    } else if way != Way::Printed {
                        way = Way::PrintedFailed;
                    }
                } else if way == Way::Other && are_alike(&printed.text, command) {
                    way = Way::Near;
                }
            }
        }
        way
    }

    pub(super) fn looked_first(&mut self, looks: &[(usize, Look)]) -> Outcome {
        let claims = self.claims();
        self.held =
            !claims.is_empty() && looks.len() == claims.len() && looks.iter().all(|(_, look)| *look == Look::Holds);
        if self.held { Outcome::Already } else { Outcome::Quiet }
    }

    pub(super) fn judged(&mut self, way: Option<Way>, looks: &[(usize, Look)]) -> Outcome {
        if self.is_over() {
            return Outcome::Quiet;
        }
        let (end, claims) = self.group();
        let found = |claim: &usize| looks.iter().find(|(block, _)| block == claim).map(|(_, look)| *look);
        self.failing = claims.iter().find(|claim| found(claim) == Some(Look::Fails)).copied();
        let all_hold = !claims.is_empty() && claims.iter().all(|claim| found(claim) == Some(Look::Holds));
        self.held &= all_hold;
        if all_hold && !self.held {
            let untyped = self.to_type_before(end);
            if way == Some(Way::Printed) && untyped > 0 && self.task().is_some() {
                self.held = true;
                self.ticked = true;
                return Outcome::Passed { claims, untyped, next: self.go_past_task() };
            }
            self.passed_to = end;
            self.begin_group();
            return Outcome::Passed { claims, untyped: 0, next: self.advance() };
        }
        let before = self.cursor;
        let task = self.task();
        if let Some((block, of)) = task
            && way == Some(Way::Printed)
        {
            let done = (0..of).filter(|number| self.typed.contains(&(block, *number))).count();
            if done < of {
                return Outcome::Progress { done, of, next: Vec::new() };
            }
            if claims.is_empty() || self.held {
                let more = self.has_task_between(before + 1, end);
                let next = self.advance();
                if self.ticked && more {
                    return Outcome::Progress { done, of, next };
                }
                let claims = if self.held && !self.ticked { claims } else { Vec::new() };
                self.held = false;
                self.begin_group();
                return Outcome::Passed { claims, untyped: 0, next };
            }
            // More to type before the claims are judged.
            if self.has_task_between(before + 1, end) {
                return Outcome::Progress { done, of, next: self.advance() };
            }
        }
        if claims.iter().any(|claim| found(claim) == Some(Look::Unknown)) {
            return if way.is_some() { Outcome::Unknown } else { Outcome::Quiet };
        }
        match way {
            None | Some(Way::Other) => Outcome::Quiet,
            Some(_) => {
                self.misses += 1;
                Outcome::Miss { claim: self.failing, offer: self.misses.is_multiple_of(OFFER_AFTER) }
            }
        }
    }

    fn has_task_between(&self, from: usize, to: usize) -> bool {
        let parts = self.parts.get(from..to).unwrap_or_default();
        parts.iter().any(|part| matches!(part, Part::Task { .. }))
    }

    /// What comes after a task all of whose commands are typed; nothing while some are not.
    fn go_past_task(&mut self) -> Vec<Next> {
        let Some((block, of)) = self.task() else { return Vec::new() };
        if (0..of).all(|number| self.typed.contains(&(block, number))) { self.advance() } else { Vec::new() }
    }

    fn to_type_before(&self, end: usize) -> usize {
        let parts = self.parts.get(self.cursor..end).unwrap_or_default().iter();
        let commands = parts.filter_map(|part| match *part {
            Part::Task { block, commands } => {
                Some((0..commands).filter(move |number| !self.typed.contains(&(block, *number))))
            }
            _ => None,
        });
        commands.flatten().count()
    }

    /// The next claims have hints of their own.
    fn begin_group(&mut self) {
        self.hints = 0;
        self.misses = 0;
        self.failing = None;
        self.tried = false;
        self.ticked = false;
    }

    pub(super) fn answered(&mut self, block: usize) -> Vec<Next> {
        self.asked.insert(block);
        match self.parts.get(self.cursor) {
            Some(Part::Quiz(at)) if *at == block => self.advance(),
            _ => Vec::new(),
        }
    }

    pub(super) fn hint(&mut self) -> Hint {
        if self.is_over() {
            return Hint::Nothing;
        }
        let claim = self.failing.or_else(|| self.claims().first().copied());
        if claim.is_none() && self.task().is_none() {
            return Hint::Nothing;
        }
        if self.hints > 0 && !self.tried {
            return Hint::TryFirst { claim, level: self.hints - 1 };
        }
        let level = self.hints.min(LEVELS - 1);
        self.hints = level + 1;
        self.tried = false;
        self.helped |= level + 1 == LEVELS;
        Hint::Give { claim, level }
    }

    /// The learner wants to go on: what comes, nothing if the step is over, `None` if it is not passed.
    pub(super) fn go_on(&mut self) -> Option<Vec<Next>> {
        match self.parts.get(self.cursor) {
            None => {
                if !self.has_work() {
                    self.finish(Done::Passed);
                }
                return Some(Vec::new());
            }
            Some(Part::Quiz(block)) => {
                self.asked.insert(*block);
            }
            Some(Part::Task { .. } | Part::Check(_)) => {
                let (end, claims) = self.group();
                if !claims.is_empty() && !self.held && self.done.is_none() {
                    return None;
                }
                self.passed_to = if claims.is_empty() { self.cursor + 1 } else { end };
                self.held = false;
                self.begin_group();
            }
            Some(Part::Show(_) | Part::File(_)) => {}
        }
        Some(self.advance())
    }

    /// The tutor did the rest.
    pub(super) fn skip(&mut self) -> Vec<Next> {
        self.passed_to = self.parts.len();
        let quizzes = self.quizzes();
        self.asked.extend(quizzes);
        let former = self.done;
        let mut next = self.advance();
        if let Some(Next::Done(done)) = next.last_mut() {
            *done = Done::Skipped;
            self.done = former.max(Some(Done::Skipped));
        } else if !self.has_work() {
            self.finish(Done::Skipped);
        }
        next
    }
}
