//! Runs many lessons, several at a time, each on a clean engine.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tracing::{Instrument as _, debug, info_span};

use super::lesson::prove_lesson;
use super::lesson_dirs::LessonDirs;
use super::runner::LessonResult;
use super::settings::{EngineTarget, Job, RunResult, RunSettings};
use super::worker_slot::{WorkerSlot, start_or_renew};
use crate::event::{Event, LessonRef, SkipReason, Summary, Tally, Verdict};
use crate::lesson::{Lesson, needs, nothing_to_run};
use crate::run::{EventSender, TWO_ENGINES};
use crate::sandbox::{Running, Sandbox, SandboxError};

/// Runs all jobs and emits the events of the run.
pub async fn run_all(jobs: Vec<Job>, settings: RunSettings, events: &EventSender) -> RunResult {
    let begun = Instant::now();
    let shared = SharedRun::begin(jobs, settings, events);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..shared.workers() {
        tasks.spawn(Worker { number, shared: Arc::clone(&shared) }.run_jobs());
    }
    let mut summary = Summary::default();
    let mut results = Vec::new();
    let mut kept = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let (of_worker, engine) = done.unwrap_or_default();
        kept.extend(engine);
        results.extend(of_worker);
    }
    results.sort_by_key(|(job, _)| *job);
    for (_, result) in &results {
        count_verdict(&mut summary, &result.verdict);
        summary.tally.add(result.tally);
    }
    events.emit(Event::RunEnded { summary, elapsed: begun.elapsed() });
    RunResult { summary, results, kept, no_engine: SharedRun::end(shared) }
}

/// Counts the verdict on one lesson.
pub(super) fn count_verdict(summary: &mut Summary, verdict: &Verdict) {
    match verdict {
        Verdict::Met => summary.met += 1,
        Verdict::Differs(_) => summary.differs += 1,
        Verdict::Broken(_) => summary.broken += 1,
        Verdict::Skipped(_) => summary.skipped += 1,
    }
}

/// The state that the workers of one run share.
pub(super) struct SharedRun {
    pub(super) settings: RunSettings,
    pub(super) events: EventSender,
    jobs: Vec<Job>,
    next: AtomicUsize,
    is_announced: AtomicBool,
    has_failed: AtomicBool,
    no_engine: OnceLock<SandboxError>,
}

impl SharedRun {
    pub(super) fn begin(jobs: Vec<Job>, settings: RunSettings, events: &EventSender) -> Arc<Self> {
        events.emit(Event::RunStarted { lessons: jobs.len() });
        Arc::new(Self {
            settings,
            events: events.clone(),
            jobs,
            next: AtomicUsize::new(0),
            is_announced: AtomicBool::new(false),
            has_failed: AtomicBool::new(false),
            no_engine: OnceLock::new(),
        })
    }

    /// Returns the reason why a private engine did not start; `None` if every private engine started.
    pub(super) fn end(shared: Arc<Self>) -> Option<SandboxError> {
        Arc::into_inner(shared)?.no_engine.into_inner()
    }

    /// Returns the number of workers.
    pub(super) fn workers(&self) -> usize {
        self.settings.jobs.clamp(1, self.jobs.len().max(1))
    }

    /// Takes the next job. Returns the number and the job.
    pub(super) fn next_job(&self) -> Option<(usize, &Job)> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        self.jobs.get(at).map(|job| (at, job))
    }

    /// Returns the reason why no further lesson can begin, if there is one.
    pub(super) fn stopped(&self) -> Option<SkipReason> {
        if self.settings.cancel.is_cancelled() {
            return Some(SkipReason::Interrupted);
        }
        self.no_engine.get().map(|_| SkipReason::NoEngine)
    }

    /// Prepares the engine of a lesson. Announces the first engine of the run.
    ///
    /// # Errors
    /// Fails if the lesson gets no engine. The error is the verdict on the lesson.
    pub(super) async fn prepare_slot(
        &self,
        job: &Job,
        worker: usize,
        dirs: &LessonDirs,
        sandbox: &mut Option<Sandbox>,
    ) -> Result<WorkerSlot, Verdict> {
        let settings = &self.settings;
        let prepare = async {
            if let EngineTarget::Private(spec) = &settings.target {
                start_or_renew(spec, needs_two(job), worker, sandbox).await.map_err(|error| {
                    // The next lesson would not get an engine either.
                    let _ = self.no_engine.set(error);
                    Verdict::Skipped(SkipReason::NoEngine)
                })?;
            }
            WorkerSlot::prepare(settings, dirs, sandbox.as_ref()).await.map_err(Verdict::from)
        };
        let slot = tokio::select! {
            slot = prepare => slot?,
            () = settings.cancel.cancelled() => return Err(Verdict::Skipped(SkipReason::Interrupted)),
        };
        if !self.is_announced.swap(true, Ordering::Relaxed) {
            self.events.emit(Event::EngineReady(slot.facts.clone()));
            for (image, note) in &settings.stand_ins {
                self.events.emit(Event::StandIn { image: image.clone(), note: note.clone() });
            }
        }
        Ok(slot)
    }
}

/// Whether a lesson needs two engines.
pub(super) fn needs_two(job: &Job) -> bool {
    needs(&job.lesson).contains(&TWO_ENGINES)
}

struct Worker {
    number: usize,
    shared: Arc<SharedRun>,
}

impl Worker {
    /// Runs jobs until no job is left. Returns the results, and the worker's engine if the engine is kept.
    async fn run_jobs(self) -> (Vec<(usize, LessonResult)>, Option<Running>) {
        let mut results = Vec::new();
        let mut sandbox: Option<Sandbox> = None;
        let (shared, settings) = (&self.shared, &self.shared.settings);
        while let Some((at, job)) = shared.next_job() {
            let has_failed = || settings.lesson.fail_fast && shared.has_failed.load(Ordering::Relaxed);
            let skipped = nothing_to_run(&job.lesson, &settings.abilities).map(SkipReason::from);
            let skipped = skipped.or_else(|| shared.stopped()).or_else(|| has_failed().then_some(SkipReason::FailFast));
            let span = info_span!("lesson", id = %job.lesson.id, worker = self.number);
            let result = match skipped {
                Some(reason) => Err(Verdict::Skipped(reason)),
                None => self.run_job(at, job, &mut sandbox).instrument(span).await,
            };
            let result = result.unwrap_or_else(|verdict| self.skip_lesson(&job.lesson, verdict));
            if result.verdict.is_failure() {
                shared.has_failed.store(true, Ordering::Relaxed);
            }
            results.push((at, result));
        }
        let mut kept = None;
        if let Some(sandbox) = sandbox {
            if settings.cancel.is_cancelled() {
                // A blocking thread kills the engine and removes its files. Meanwhile, the run reports its end.
                tokio::task::spawn_blocking(move || drop(sandbox));
            } else if settings.keep {
                kept = sandbox.detach().await.ok();
            } else {
                let _ = sandbox.stop().await;
            }
        }
        (results, kept)
    }

    /// Reports the verdict on a lesson that does not begin.
    fn skip_lesson(&self, lesson: &Lesson, verdict: Verdict) -> LessonResult {
        let name = LessonRef::of(lesson);
        let mut tally = Tally::default();
        debug!(lesson = %name.id, verdict = verdict.name(), "lesson is not run");
        match verdict {
            Verdict::Broken(_) => tally.broken += 1,
            _ => tally.skipped += 1,
        }
        self.shared.events.emit(Event::LessonEnded {
            lesson: name,
            verdict: verdict.clone(),
            tally,
            elapsed: std::time::Duration::ZERO,
            updated: false,
        });
        LessonResult { verdict, tally, edits: Vec::new(), recorded: Vec::new(), engine: None }
    }

    async fn run_job(&self, at: usize, job: &Job, sandbox: &mut Option<Sandbox>) -> Result<LessonResult, Verdict> {
        let (shared, settings) = (&self.shared, &self.shared.settings);
        let dirs = LessonDirs::create(&settings.scratch, self.number, at, settings.keep)?;
        let slot = shared.prepare_slot(job, self.number, &dirs, sandbox).await?;
        // The next lesson's engine starts while this lesson runs.
        if let (Some(next), Some(sandbox)) = (shared.jobs.get(shared.next.load(Ordering::Relaxed)), sandbox) {
            sandbox.warm(needs_two(next));
        }
        let result = prove_lesson(job, &slot.env, &settings.lesson, &settings.cancel, &shared.events).await;
        Ok(LessonResult { engine: Some(slot.facts), ..result })
    }
}
