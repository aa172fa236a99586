//! A recording of a run of a lesson: its commands as a terminal showed them, and the state of the engine before and
//! after each step. It is written as an asciicast, which any asciicast player can play. The site replays it, and
//! `test` compares it with the lesson.
//!
//! Pure. `run` fills a [`Recording`], `store` writes it.

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
    /// The lesson.
    pub lesson: LessonId,
    /// The engine on which it ran.
    pub engine: EngineFacts,
    /// The date, such as `2026-11-24`.
    pub date: String,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// The steps in which a command ran, in order.
    pub steps: Vec<RecordedStep>,
}

/// A step of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedStep {
    /// Its id.
    pub id: StepId,
    /// The state of the engine before its first visible command.
    pub before: EngineState,
    /// The state of the engine at its end.
    pub after: EngineState,
    /// The commands that a reader sees, in order.
    pub commands: Vec<RecordedCommand>,
}

/// A command of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedCommand {
    /// The prompt as the lesson writes it.
    pub prompt: String,
    /// The text of the command, of one or more lines.
    pub text: String,
    /// The pieces of output, each with the time since the command began.
    pub pieces: Vec<(Duration, String)>,
    /// Whether output was left out because there was too much.
    pub cut: bool,
    /// The exit status, if the command ended.
    pub status: Option<i32>,
    /// The time that it took.
    pub elapsed: Duration,
}

impl RecordedCommand {
    /// Returns the lines that a person saw at the end of the command.
    #[must_use]
    pub fn lines(&self, size: (u16, u16)) -> Vec<String> {
        let bytes: Vec<u8> = self.pieces.iter().flat_map(|(_, text)| text.bytes()).collect();
        crate::transcript::plain(&bytes, size.0, size.1)
    }
}

impl Recording {
    /// Returns the `nth` recorded command of `step` with this text.
    #[must_use]
    pub fn command(&self, step: &StepId, text: &str, nth: usize) -> Option<&RecordedCommand> {
        let step = self.steps.iter().find(|recorded| recorded.id == *step)?;
        step.commands.iter().filter(|command| command.text == text).nth(nth)
    }

    /// Returns the recording of a step, if the lesson still has the same commands in it.
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
