//! A lesson against a history: how much of it is done.

use super::digest::step_digest;
use super::entry::{QuizKey, StepKey};
use super::history::{History, Status};
use crate::lesson::{Block, Lesson, Quiz, Step};

/// How far a lesson is done. Only steps that have a task count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Steps that have a task.
    pub steps: usize,
    /// Passed, with help or without.
    pub passed: usize,
    /// Of those: with help.
    pub helped: usize,
    /// Passed over.
    pub skipped: usize,
    /// Passed once, but changed since.
    pub changed: usize,
    /// Gone through to its end once.
    pub finished: bool,
}

impl Standing {
    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.passed == self.steps && (self.steps > 0 || self.finished)
    }

    /// Whether anything was done.
    #[must_use]
    pub const fn is_begun(&self) -> bool {
        self.passed + self.skipped + self.changed > 0 || self.finished
    }
}

/// The key of `step`.
#[must_use]
pub fn step_key(lesson: &Lesson, step: &Step) -> StepKey {
    StepKey { lesson: lesson.id.clone(), step: step.id.clone(), digest: step_digest(lesson, step) }
}

/// Whether a step asks anything of a learner: a command, a claim or a question.
#[must_use]
pub fn has_task(step: &Step) -> bool {
    step.blocks.iter().any(|block| match block {
        Block::Transcript(transcript) => !transcript.attrs.hidden && !transcript.attrs.blank,
        Block::Check(_) | Block::Quiz(_) => true,
        Block::File(_) | Block::Prose(_) => false,
    })
}

/// How far `lesson` is done.
#[must_use]
pub fn standing(history: &History, lesson: &Lesson) -> Standing {
    let mut standing = Standing { finished: history.finished(&lesson.id), ..Standing::default() };
    for step in lesson.steps.iter().filter(|step| has_task(step)) {
        standing.steps += 1;
        match history.passed(&step_key(lesson, step)) {
            Status::Never => {}
            Status::Passed => standing.passed += 1,
            Status::Helped => {
                standing.passed += 1;
                standing.helped += 1;
            }
            Status::Skipped => standing.skipped += 1,
            Status::ChangedSince => standing.changed += 1,
        }
    }
    standing
}

/// Every quiz of `lesson` with its key.
#[must_use]
pub fn quizzes(lesson: &Lesson) -> Vec<(QuizKey, &Quiz)> {
    let mut all = Vec::new();
    for step in &lesson.steps {
        let mut number = 0;
        for block in &step.blocks {
            if let Block::Quiz(quiz) = block {
                all.push((QuizKey { lesson: lesson.id.clone(), step: step.id.clone(), number }, quiz));
                number += 1;
            }
        }
    }
    all
}
