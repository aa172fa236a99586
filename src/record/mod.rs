//! A recording of a run of a lesson. It has the commands as a terminal showed them, and the state of the engine before
//! and after each step. Every asciicast player can play the file of a recording. The site replays recordings, and
//! `test` compares them with their lessons.
//!
//! This module does no I/O: `run` fills a [`Recording`], and `store` writes it.

mod cast;
mod evidence;
mod outdated;
mod proof;
mod state;

pub use cast::CastError;
pub use evidence::Evidence;
pub use outdated::{Outdated, USUAL_DIR, outdated};
pub use proof::{Proof, Proofs, proof_digest};
pub use state::{ContainerState, EngineState, ImageState};

use std::time::Duration;

use crate::event::EngineFacts;
use crate::lesson::{Lesson, LessonId, StepId};

/// The recording of one run of one lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// The id of the lesson.
    pub lesson: LessonId,
    /// The engine on which the lesson ran.
    pub engine: EngineFacts,
    /// The date of the run, such as `2026-11-24`.
    pub date: String,
    /// The number of columns and rows of the terminal.
    pub size: (u16, u16),
    /// The steps in which a command ran, in order.
    pub steps: Vec<RecordedStep>,
}

/// A step of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedStep {
    /// The id of the step.
    pub id: StepId,
    /// The state of the engine before the first visible command of the step.
    pub before: EngineState,
    /// The state of the engine at the end of the step.
    pub after: EngineState,
    /// The commands that a reader sees, in order.
    pub commands: Vec<RecordedCommand>,
}

/// A command of a recording.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordedCommand {
    /// The prompt as the lesson writes it.
    pub prompt: String,
    /// The text of the command, of one or more lines.
    pub text: String,
    /// The pieces of output, each with the time since the command began.
    pub pieces: Vec<(Duration, String)>,
    /// Whether a part of the output is missing because there was too much output.
    pub cut: bool,
    /// The exit status, if the command ended.
    pub status: Option<i32>,
    /// The duration of the command.
    pub elapsed: Duration,
}

impl RecordedCommand {
    /// Returns the lines of output that the terminal showed at the end of the command.
    #[must_use]
    pub fn lines(&self, size: (u16, u16)) -> Vec<String> {
        let bytes: Vec<u8> = self.pieces.iter().flat_map(|(_, text)| text.bytes()).collect();
        crate::transcript::plain(&bytes, size.0, size.1)
    }
}

impl Recording {
    /// Returns the command number `nth`, counted from 0, among the commands of `step` with the text `text`.
    #[must_use]
    pub fn command(&self, step: &StepId, text: &str, nth: usize) -> Option<&RecordedCommand> {
        let step = self.steps.iter().find(|recorded| recorded.id == *step)?;
        step.commands.iter().filter(|command| command.text == text).nth(nth)
    }

    /// Returns the recording of the step `id`, if that step of `lesson` still has the recorded commands.
    #[must_use]
    pub fn step(&self, lesson: &Lesson, id: &StepId) -> Option<&RecordedStep> {
        let recorded = self.steps.iter().find(|recorded| recorded.id == *id)?;
        let shown =
            lesson.transcripts().filter(|(step, fence)| step.id == *id && !fence.attrs.hidden && !fence.attrs.blank);
        let mut written = Vec::new();
        for (_, fence) in shown {
            // Only one variant of a group ran. A fence that needs an ability may not have run.
            let must = fence.variant_group.is_none() && fence.attrs.needs.is_empty();
            written.extend(fence.commands.iter().map(|command| (command.text.as_str(), must)));
        }
        let ran: Vec<&str> = recorded.commands.iter().map(|command| command.text.as_str()).collect();
        let same = ran.iter().all(|text| written.iter().any(|(one, _)| one == text))
            && written.iter().all(|(text, must)| !must || ran.contains(text));
        (same && !ran.is_empty()).then_some(recorded)
    }
}
