//! A step's blocks as a learner meets them.

use crate::lesson::{Action, Block, PlannedStep, Step};

/// A piece of a step, with the number of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPart {
    /// Shown as it is: prose, a fence with gaps, a fence that is skipped here.
    Show(usize),
    /// A question.
    Quiz(usize),
    /// A file to write.
    File(usize),
    /// Commands to type, so many.
    Task {
        /// The transcript's block.
        block: usize,
        /// How many commands it has.
        commands: usize,
    },
    /// A claim.
    Check(usize),
}

/// How a command relates to what the step asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandMatch {
    /// It is one of the printed commands, and it ended as it should.
    Exact,
    /// It is one of the printed commands, and it ended otherwise.
    ExactButFailed,
    /// It is of the same kind (`docker pull …`): an attempt.
    SameKind,
    /// Something else: looking around.
    Other,
}

/// The parts of `step` as `planned` for this engine.
pub(super) fn parts(step: &Step, planned: &PlannedStep) -> Vec<StepPart> {
    let does = |block: usize| {
        planned.actions.iter().any(|action| match *action {
            Action::Write { block: at } | Action::Run { block: at, .. } | Action::Judge { block: at } => at == block,
        })
    };
    let is_skipped = |block: usize| planned.skipped.iter().any(|(at, _)| *at == block);
    let part = |(block, what): (usize, &Block)| match what {
        Block::Prose(_) => Some(StepPart::Show(block)),
        Block::Quiz(_) => Some(StepPart::Quiz(block)),
        Block::File(file) if file.attrs.hidden => None,
        Block::Transcript(transcript) if transcript.attrs.hidden => None,
        Block::File(file) if file.attrs.blank => Some(StepPart::Show(block)),
        Block::Transcript(transcript) if transcript.attrs.blank => Some(StepPart::Show(block)),
        Block::File(_) if does(block) => Some(StepPart::File(block)),
        Block::Transcript(transcript) if does(block) => {
            Some(StepPart::Task { block, commands: transcript.commands.len() })
        }
        Block::Check(_) if does(block) => Some(StepPart::Check(block)),
        Block::File(_) | Block::Transcript(_) if is_skipped(block) => Some(StepPart::Show(block)),
        Block::File(_) | Block::Transcript(_) | Block::Check(_) => None,
    };
    step.blocks.iter().enumerate().filter_map(part).collect()
}
