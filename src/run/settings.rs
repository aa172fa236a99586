//! What many lessons are run with, and what their run produces.

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
    /// The first mistake in its source, in bytes. What stands there and after it is skipped.
    pub mistake: Option<usize>,
    /// Its recording on the site.
    pub shown: Option<Arc<Recording>>,
}

/// How many lessons are run.
#[derive(Debug, Clone)]
pub struct RunSettings {
    /// How each lesson is run.
    pub lesson: LessonRunOptions,
    /// How many run at a time, each on its own engine.
    pub jobs: usize,
    /// Whether the lessons' directories and the engine of each worker's last lesson are kept.
    pub keep: bool,
    /// Where lessons run.
    pub target: EngineTarget,
    /// The abilities of engine and docker CLI, of those that the lessons need ([`abilities`](super::abilities)).
    pub abilities: Vec<String>,
    /// A folder of ours with a short path, for lessons' directories and pipes.
    pub scratch: PathBuf,
    /// The `PATH` that lessons see after the engine's own docker CLI.
    pub path: String,
    /// Images that are stand-ins, with what they are instead.
    pub stand_ins: Vec<(String, String)>,
    /// The person's wish to stop: what runs then ends at once, the rest is skipped, and all of it is told.
    pub cancel: CancellationToken,
}

/// Where lessons run.
#[derive(Debug, Clone)]
pub enum EngineTarget {
    /// On private engines of our own; each job's name and state get its number.
    Private(Box<SandboxSpec>),
    /// On an engine that is there; one job only.
    Engine {
        /// How it is reached.
        endpoint: Endpoint,
        /// The environment in which the lesson's docker CLI reaches it.
        env: Vec<(String, String)>,
        /// The docker CLI's version.
        cli: String,
    },
}

/// How a run ended, beside what was told.
#[derive(Debug)]
pub struct RunResult {
    /// How many of what.
    pub summary: Summary,
    /// How each lesson ended, with the job's number, in the jobs' order.
    pub results: Vec<(usize, LessonResult)>,
    /// Private engines that live on: each worker's last one, if they were to be kept.
    pub kept: Vec<Running>,
    /// Why a private engine did not start. No lesson was begun after that.
    pub no_engine: Option<SandboxError>,
}
