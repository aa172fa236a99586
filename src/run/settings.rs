//! The settings and the result of a run of several lessons.

use std::path::PathBuf;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::runner::{LessonResult, LessonRunOptions};
use crate::engine::Endpoint;
use crate::event::Summary;
use crate::lesson::Lesson;
use crate::record::Recording;
use crate::sandbox::{Running, SandboxError, SandboxSpec};

/// One lesson to run.
#[derive(Debug, Clone)]
pub struct Job {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// The offset in bytes of the first mistake in the lesson's source. The run skips the rest of the lesson from that
    /// offset.
    pub mistake: Option<usize>,
    /// The lesson's recording on the site.
    pub shown: Option<Arc<Recording>>,
}

/// The settings of a run of several lessons.
#[derive(Debug, Clone)]
pub struct RunSettings {
    /// The options with which each lesson runs.
    pub lesson: LessonRunOptions,
    /// The number of lessons that run at the same time. Each lesson runs on a separate engine.
    pub jobs: usize,
    /// Whether the run keeps the lessons' directories and the last engine of each worker.
    pub keep: bool,
    /// The engine or engines on which the lessons run.
    pub target: EngineTarget,
    /// The abilities of the engine and the docker CLI, without those that no lesson needs
    /// ([`abilities`](super::abilities)).
    pub abilities: Vec<String>,
    /// A temporary folder with a short path, for the lessons' directories and pipes.
    pub scratch: PathBuf,
    /// The folders on the lessons' `PATH` after the folder of the engine's docker CLI.
    pub path: String,
    /// Images that are stand-ins, each with a note about the real content.
    pub stand_ins: Vec<(String, String)>,
    /// The token with which the user cancels the run. After the cancellation, the running commands end at once and the
    /// run skips the rest. The run reports the interrupted and the skipped parts.
    pub cancel: CancellationToken,
}

/// The kind of engine on which lessons run.
#[derive(Debug, Clone)]
pub enum EngineTarget {
    /// Private engines, one for each worker. The engine's name is the name in the specification with the worker's
    /// number.
    Private(Box<SandboxSpec>),
    /// An existing engine. Only one lesson at a time may run on an existing engine.
    Engine {
        /// The engine's address.
        endpoint: Endpoint,
        /// The environment variables with which the lesson's docker CLI reaches the engine.
        env: Vec<(String, String)>,
        /// The docker CLI's version.
        cli: String,
    },
}

/// The result of a run, in addition to its events.
#[derive(Debug)]
pub struct RunResult {
    /// The numbers of lessons, by verdict.
    pub summary: Summary,
    /// The result of each lesson with the number of its job, in the order of the jobs.
    pub results: Vec<(usize, LessonResult)>,
    /// The private engines that still run: the last engine of each worker, if [`RunSettings::keep`] is set.
    pub kept: Vec<Running>,
    /// The reason why a private engine did not start; `None` if every private engine started. No lesson began after
    /// this failure.
    pub no_engine: Option<SandboxError>,
}
