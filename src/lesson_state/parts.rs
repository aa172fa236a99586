//! A step's blocks as a learner meets them.

use crate::lesson::{Action, Block, PlannedStep, Step};

/// A piece of a step, with the number of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
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
pub enum Way {
    /// It is one of the printed commands, and it ended as it should.
    Printed,
    /// It is one of the printed commands, and it ended otherwise.
    PrintedFailed,
    /// It is of the same kind (`docker pull …`): an attempt.
    Near,
    /// Something else: looking around.
    Other,
}

/// The parts of `step` as `planned` for this engine.
pub(super) fn parts(step: &Step, planned: &PlannedStep) -> Vec<Part> {
    let does = |block: usize| {
        planned.actions.iter().any(|action| match *action {
            Action::Write { block: at } | Action::Run { block: at, .. } | Action::Judge { block: at } => at == block,
        })
    };
    let is_skipped = |block: usize| planned.skipped.iter().any(|(at, _)| *at == block);
    let part = |(block, what): (usize, &Block)| match what {
        Block::Prose(_) => Some(Part::Show(block)),
        Block::Quiz(_) => Some(Part::Quiz(block)),
        Block::File(file) if file.attrs.hidden => None,
        Block::Transcript(transcript) if transcript.attrs.hidden => None,
        Block::File(file) if file.attrs.blank => Some(Part::Show(block)),
        Block::Transcript(transcript) if transcript.attrs.blank => Some(Part::Show(block)),
        Block::File(_) if does(block) => Some(Part::File(block)),
        Block::Transcript(transcript) if does(block) => Some(Part::Task { block, commands: transcript.commands.len() }),
        Block::Check(_) if does(block) => Some(Part::Check(block)),
        Block::File(_) | Block::Transcript(_) if is_skipped(block) => Some(Part::Show(block)),
        Block::File(_) | Block::Transcript(_) | Block::Check(_) => None,
    };
    step.blocks.iter().enumerate().filter_map(part).collect()
}
