//! Runs many lessons, several at a time, each on a clean engine.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tracing::{Instrument as _, debug, info_span};

use super::lesson::prove_lesson;
use super::lesson_dirs::LessonDirs;
use super::runner::LessonResult;
use super::settings::{Job, JobOutput, RunResult, RunSettings};
use super::verdict_log::describe_verdict;
use super::worker_slot::{SlotFailure, WorkerSlot};
use crate::event::{Event, LessonRef, SkipReason, Summary, Tally, Verdict};
use crate::lesson::{Lesson, needs, nothing_to_run};
use crate::run::{EventSender, TWO_ENGINES};
use crate::sandbox::{Running, Sandbox, SandboxError};

/// Runs all jobs and emits their events.
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
        tasks.spawn(worker.run_jobs());
    }
    let mut summary = Summary::default();
    let mut outputs = Vec::new();
    let mut kept = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let (results, engine) = done.unwrap_or_default();
        kept.extend(engine);
        for (at, result) in results {
            match result.verdict {
                Verdict::Met => summary.met += 1,
                Verdict::Differs(_) => summary.differs += 1,
                Verdict::Broken(_) => summary.broken += 1,
                Verdict::Skipped(_) => summary.skipped += 1,
            }
            summary.tally.add(result.tally);
            let met = matches!(result.verdict, Verdict::Met);
            let recorded = if met { result.recorded } else { Vec::new() };
            outputs.push(JobOutput { job: at, edits: result.edits, recorded, engine: result.engine, met });
        }
    }
    outputs.sort_by_key(|output| output.job);
    events.emit(Event::RunEnded { summary, elapsed: begun.elapsed() });
    let no_engine = Arc::into_inner(no_engine).and_then(OnceLock::into_inner);
    RunResult { summary, outputs, kept, no_engine }
}

/// Whether a lesson is run on two engines.
pub(super) fn needs_two(job: &Job) -> bool {
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
    /// Runs jobs until none is left. Returns their results, and its engine if that is kept.
    async fn run_jobs(self) -> (Vec<(usize, LessonResult)>, Option<Running>) {
        let mut results = Vec::new();
        let mut sandbox: Option<Sandbox> = None;
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(at) else { break };
            let result = if self.settings.cancel.is_cancelled() {
                self.skip_lesson(&job.lesson, Verdict::Skipped(SkipReason::Interrupted))
            } else if let Some(skip) = nothing_to_run(&job.lesson, &self.settings.abilities) {
                self.skip_lesson(&job.lesson, Verdict::Skipped(skip.into()))
            } else if self.no_engine.get().is_some() {
                self.skip_lesson(&job.lesson, Verdict::Skipped(SkipReason::NoEngine))
            } else if self.settings.lesson.fail_fast && self.failed.load(Ordering::Relaxed) {
                self.skip_lesson(&job.lesson, Verdict::Skipped(SkipReason::FailFast))
            } else {
                let span = info_span!("lesson", id = %job.lesson.id, worker = self.number);
                let result = self.run_job(at, job, &mut sandbox).instrument(span).await;
                result.unwrap_or_else(|verdict| self.skip_lesson(&job.lesson, verdict))
            };
            if matches!(result.verdict, Verdict::Differs(_) | Verdict::Broken(_)) {
                self.failed.store(true, Ordering::Relaxed);
            }
            results.push((at, result));
        }
        let mut kept = None;
        if let Some(sandbox) = sandbox {
            if self.settings.cancel.is_cancelled() {
                // It is killed and its files are removed while the end of the run is reported.
                tokio::task::spawn_blocking(move || drop(sandbox));
            } else if self.settings.keep {
                kept = sandbox.detach().await.ok();
            } else {
                let _ = sandbox.stop().await;
            }
        }
        (results, kept)
    }

    /// Reports a lesson that does not begin.
    fn skip_lesson(&self, lesson: &Lesson, verdict: Verdict) -> LessonResult {
        let name = LessonRef::of(lesson);
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

    async fn run_job(&self, at: usize, job: &Job, sandbox: &mut Option<Sandbox>) -> Result<LessonResult, Verdict> {
        let dirs = LessonDirs::create(&self.settings.scratch, self.number, at, self.settings.keep)?;
        let two = needs_two(job);
        let slot = tokio::select! {
            slot = WorkerSlot::prepare(&self.settings, two, self.number, &dirs, sandbox) => slot,
            () = self.settings.cancel.cancelled() => return Err(Verdict::Skipped(SkipReason::Interrupted)),
        };
        let slot = match slot {
            Ok(slot) => slot,
            Err(SlotFailure::Infra(failure)) => return Err(failure.into()),
            Err(SlotFailure::Sandbox(error)) => {
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
        let (options, cancel) = (&self.settings.lesson, &self.settings.cancel);
        let result = prove_lesson(job, &slot.env, options, cancel, &self.events).await;
        Ok(LessonResult { engine: Some(slot.facts), ..result })
    }
}
