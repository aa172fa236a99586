//! Many lessons, each on a clean engine, several at a time.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tracing::{Instrument as _, debug, info_span};

use super::lesson::{LessonResult, LessonRunOptions, prove_lesson};
use super::verdict_log::describe_verdict;
use super::worker_slot::{LessonDirs, SlotError, WorkerSlot};
use crate::engine::Endpoint;
use crate::event::{EngineFacts, Event, LessonRef, SkipReason, Summary, Tally, Verdict};
use crate::lesson::{Lesson, needs, nothing_to_run};
use crate::record::{RecordedStep, Recording};
use crate::run::{EventSender, TWO_ENGINES};
use crate::sandbox::{Running, Sandbox, SandboxError, SandboxSpec};
use crate::text::Edit;
use tokio_util::sync::CancellationToken;

/// One lesson to run.
#[derive(Debug, Clone)]
pub struct Job {
    /// The lesson, parsed without errors.
    pub lesson: Arc<Lesson>,
    /// The recording that the book shows of it.
    pub shown: Option<Arc<Recording>>,
}

/// What a lesson's run leaves, beside what was told.
#[derive(Debug, Clone)]
pub struct JobOutput {
    /// The job's number.
    pub job: usize,
    /// Edits to its source.
    pub edits: Vec<Edit>,
    /// What happened in it, when all is met and it was to be recorded.
    pub recorded: Vec<RecordedStep>,
    /// The engine it ran on.
    pub engine: Option<EngineFacts>,
    /// Whether all of it was met.
    pub met: bool,
}

/// How a run of many lessons is done.
#[derive(Debug, Clone)]
pub struct RunSettings {
    /// How each lesson is run.
    pub lesson: LessonRunOptions,
    /// How many at a time; each job has an engine of its own.
    pub jobs: usize,
    /// Keep the lessons' directories and the engine of each worker's last lesson.
    pub keep: bool,
    /// Where lessons run.
    pub target: EngineTarget,
    /// What can be done there, of all that the lessons need ([`abilities`](super::abilities)).
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
    /// What the lessons leave, in the jobs' order.
    pub outputs: Vec<JobOutput>,
    /// Private engines that live on: each worker's last one, if they were to be kept.
    pub kept: Vec<Running>,
    /// Why a private engine did not start. No lesson was begun after that.
    pub no_engine: Option<SandboxError>,
}

/// Runs all jobs and tells what happens.
pub async fn run_all(jobs: Vec<Job>, settings: RunSettings, events: &EventSender) -> RunResult {
    let begun = Instant::now();
    events.emit(Event::RunStarted { lessons: jobs.len() });
    let jobs = Arc::new(jobs);
    let settings = Arc::new(settings);
    let next = Arc::new(AtomicUsize::new(0));
    let announced = Arc::new(AtomicBool::new(false));
    let failed = Arc::new(AtomicBool::new(false));
    let no_engine = Arc::new(OnceLock::new());
    let workers = settings.jobs.clamp(1, jobs.len().max(1));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..workers {
        let worker = Worker {
            number,
            jobs: Arc::clone(&jobs),
            settings: Arc::clone(&settings),
            next: Arc::clone(&next),
            announced: Arc::clone(&announced),
            failed: Arc::clone(&failed),
            no_engine: Arc::clone(&no_engine),
            events: events.clone(),
        };
        tasks.spawn(worker.work());
    }
    let mut summary = Summary::default();
    let mut outputs = Vec::new();
    let mut kept = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let (outcomes, engine) = done.unwrap_or_default();
        kept.extend(engine);
        for (at, outcome) in outcomes {
            match outcome.verdict {
                Verdict::Met => summary.met += 1,
                Verdict::Differs(_) => summary.differs += 1,
                Verdict::Broken(_) => summary.broken += 1,
                Verdict::Skipped(_) => summary.skipped += 1,
            }
            summary.tally.add(outcome.tally);
            let met = matches!(outcome.verdict, Verdict::Met);
            let recorded = if met { outcome.recorded } else { Vec::new() };
            outputs.push(JobOutput { job: at, edits: outcome.edits, recorded, engine: outcome.engine, met });
        }
    }
    outputs.sort_by_key(|output| output.job);
    events.emit(Event::RunEnded { summary, elapsed: begun.elapsed() });
    let no_engine = Arc::into_inner(no_engine).and_then(OnceLock::into_inner);
    RunResult { summary, outputs, kept, no_engine }
}

/// Whether a lesson is run on two engines.
fn needs_two(job: &Job) -> bool {
    needs(&job.lesson).contains(&TWO_ENGINES)
}

struct Worker {
    number: usize,
    jobs: Arc<Vec<Job>>,
    settings: Arc<RunSettings>,
    next: Arc<AtomicUsize>,
    announced: Arc<AtomicBool>,
    failed: Arc<AtomicBool>,
    no_engine: Arc<OnceLock<SandboxError>>,
    events: EventSender,
}

impl Worker {
    /// The outcomes of its jobs, and its engine if that is kept.
    async fn work(self) -> (Vec<(usize, LessonResult)>, Option<Running>) {
        let mut outcomes = Vec::new();
        let mut sandbox: Option<Sandbox> = None;
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(at) else { break };
            let outcome = if self.settings.cancel.is_cancelled() {
                self.not_run(&job.lesson, Verdict::Skipped(SkipReason::Interrupted))
            } else if let Some(skip) = nothing_to_run(&job.lesson, &self.settings.abilities) {
                self.not_run(&job.lesson, Verdict::Skipped(skip.into()))
            } else if self.no_engine.get().is_some() {
                self.not_run(&job.lesson, Verdict::Skipped(SkipReason::NoEngine))
            } else if self.settings.lesson.fail_fast && self.failed.load(Ordering::Relaxed) {
                self.not_run(&job.lesson, Verdict::Skipped(SkipReason::FailFast))
            } else {
                let span = info_span!("lesson", id = %job.lesson.id, worker = self.number);
                let outcome = self.one(at, job, &mut sandbox).instrument(span).await;
                outcome.unwrap_or_else(|verdict| self.not_run(&job.lesson, verdict))
            };
            if matches!(outcome.verdict, Verdict::Differs(_) | Verdict::Broken(_)) {
                self.failed.store(true, Ordering::Relaxed);
            }
            outcomes.push((at, outcome));
        }
        let mut kept = None;
        if let Some(sandbox) = sandbox {
            if self.settings.cancel.is_cancelled() {
                // Killed, and its files removed, while the run's end is told.
                tokio::task::spawn_blocking(move || drop(sandbox));
            } else if self.settings.keep {
                kept = sandbox.detach().await.ok();
            } else {
                let _ = sandbox.stop().await;
            }
        }
        (outcomes, kept)
    }

    /// A lesson that could not begin.
    fn not_run(&self, lesson: &Lesson, verdict: Verdict) -> LessonResult {
        let name = LessonRef { id: lesson.id.clone(), title: lesson.title.clone(), source: lesson.source.clone() };
        let mut tally = Tally::default();
        debug!(lesson = %name.id, verdict = describe_verdict(&verdict), "lesson is not run");
        match verdict {
            Verdict::Broken(_) => tally.broken += 1,
            _ => tally.skipped += 1,
        }
        self.events.emit(Event::LessonEnded {
            lesson: name,
            verdict: verdict.clone(),
            tally,
            elapsed: std::time::Duration::ZERO,
            updated: false,
        });
        LessonResult { verdict, tally, edits: Vec::new(), recorded: Vec::new(), engine: None }
    }

    async fn one(&self, at: usize, job: &Job, sandbox: &mut Option<Sandbox>) -> Result<LessonResult, Verdict> {
        let dirs = LessonDirs::new(&self.settings.scratch, self.number, at, self.settings.keep)?;
        let two = needs_two(job);
        let slot = tokio::select! {
            slot = WorkerSlot::take(&self.settings.target, &self.settings.abilities, two, self.number, &dirs, sandbox) => slot,
            () = self.settings.cancel.cancelled() => return Err(Verdict::Skipped(SkipReason::Interrupted)),
        };
        let slot = match slot {
            Ok(slot) => slot,
            Err(SlotError::Infra(failure)) => return Err(failure.into()),
            Err(SlotError::Sandbox(error)) => {
                let _ = self.no_engine.set(error);
                return Err(Verdict::Skipped(SkipReason::NoEngine));
            }
        };
        if !self.announced.swap(true, Ordering::Relaxed) {
            self.events.emit(Event::EngineReady(slot.facts.clone()));
            for (image, note) in &self.settings.stand_ins {
                self.events.emit(Event::StandIn { image: image.clone(), note: note.clone() });
            }
        }
        // The next lesson's engine starts while this lesson runs.
        if let (Some(next), Some(sandbox)) = (self.jobs.get(self.next.load(Ordering::Relaxed)), sandbox) {
            sandbox.warm(needs_two(next));
        }
        let bench = slot.bench(&self.settings, &dirs);
        let shown = job.shown.as_deref();
        let outcome =
            prove_lesson(&job.lesson, &bench, &self.settings.lesson, shown, &self.settings.cancel, &self.events).await;
        Ok(LessonResult { engine: Some(slot.facts), ..outcome })
    }
}
