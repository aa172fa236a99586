//! Proves that a lesson's checks are tight enough: changes one command at a time, and looks whether the tutor still
//! accepts the step and whether something later breaks.

mod lesson_mutants;
mod mutation;
mod target;
mod trace;
mod trial;
mod tutor_model;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use tracing::{Instrument as _, info_span};

use super::EventSender;
use super::lesson_dirs::LessonDirs;
use super::settings::{Job, RunResult, RunSettings};
use super::worker_slot::{SlotFailure, WorkerSlot};
use super::workers::needs_two;
use crate::event::{Event, LessonRef, MutantTally, SkipReason, Summary, Verdict};
use crate::lesson::{Skip, nothing_to_run};
use crate::sandbox::{Sandbox, SandboxError};
use lesson_mutants::LessonMutants;

/// Tries the mutants of all jobs, and emits their events in the jobs' order. In the result, a lesson is met if no mutant
/// survives.
pub async fn run_mutants(jobs: Vec<Job>, settings: RunSettings, events: &EventSender) -> RunResult {
    let begun = Instant::now();
    events.emit(Event::RunStarted { lessons: jobs.len() });
    let workers = settings.jobs.clamp(1, jobs.len().max(1));
    let shared = Arc::new(Shared {
        jobs,
        settings,
        next: AtomicUsize::new(0),
        announced: OnceLock::new(),
        no_engine: OnceLock::new(),
        reports: Mutex::new(Reports { next: 0, waiting: BTreeMap::new(), events: events.clone() }),
    });
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..workers {
        tasks.spawn(run_worker(Arc::clone(&shared), number));
    }
    let mut summary = Summary::default();
    let mut tally = MutantTally::default();
    while let Some(done) = tasks.join_next().await {
        for (verdict, counts) in done.unwrap_or_default() {
            match verdict {
                Verdict::Met => summary.met += 1,
                Verdict::Differs(_) => summary.differs += 1,
                Verdict::Broken(_) => summary.broken += 1,
                Verdict::Skipped(_) => summary.skipped += 1,
            }
            tally.add(counts);
        }
    }
    events.emit(Event::MutantRunEnded { tally, elapsed: begun.elapsed() });
    let no_engine = Arc::into_inner(shared).and_then(|shared| shared.no_engine.into_inner());
    RunResult { summary, outputs: Vec::new(), kept: Vec::new(), no_engine }
}

struct Shared {
    jobs: Vec<Job>,
    settings: RunSettings,
    next: AtomicUsize,
    announced: OnceLock<()>,
    no_engine: OnceLock<SandboxError>,
    reports: Mutex<Reports>,
}

/// Keeps the events of a lesson until those of all lessons before it are sent.
struct Reports {
    next: usize,
    waiting: BTreeMap<usize, Vec<Event>>,
    events: EventSender,
}

impl Reports {
    fn add(&mut self, job: usize, events: Vec<Event>) {
        self.waiting.insert(job, events);
        while let Some(events) = self.waiting.remove(&self.next) {
            for event in events {
                self.events.emit(event);
            }
            self.next += 1;
        }
    }
}

impl Shared {
    fn reports(&self) -> std::sync::MutexGuard<'_, Reports> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn run_worker(shared: Arc<Shared>, worker: usize) -> Vec<(Verdict, MutantTally)> {
    let mut results = Vec::new();
    let mut sandbox = None;
    loop {
        let at = shared.next.fetch_add(1, Ordering::Relaxed);
        let Some(job) = shared.jobs.get(at) else { break };
        let begun = Instant::now();
        let mut mutants = LessonMutants::new(&job.lesson);
        let span = info_span!("mutants", id = %job.lesson.id, worker);
        let verdict = run_job(&shared, job, at, worker, &mut sandbox, &mut mutants).instrument(span).await;
        let verdict = verdict.map_or_else(|verdict| verdict, |()| Verdict::Met);
        let lesson = LessonRef::of(&job.lesson);
        let tally = mutants.tally();
        let mut events = vec![Event::LessonStarted(lesson.clone())];
        if !matches!(verdict, Verdict::Skipped(_)) {
            events.extend(mutants.events());
        }
        events.push(Event::MutantsEnded { lesson, verdict: verdict.clone(), tally, elapsed: begun.elapsed() });
        shared.reports().add(at, events);
        let verdict = match verdict {
            Verdict::Met if tally.survived > 0 => Verdict::Differs(Vec::new()),
            verdict => verdict,
        };
        results.push((verdict, tally));
    }
    if let Some(sandbox) = sandbox {
        let _ = Sandbox::stop(sandbox).await;
    }
    results
}

/// Runs a lesson until all of its mutants are judged, each time on a clean engine.
async fn run_job(
    shared: &Shared,
    job: &Job,
    at: usize,
    worker: usize,
    sandbox: &mut Option<Sandbox>,
    mutants: &mut LessonMutants<'_>,
) -> Result<(), Verdict> {
    let settings = &shared.settings;
    match nothing_to_run(&job.lesson, &settings.abilities) {
        Some(Skip::Nothing) | None => {}
        Some(skip) => return Err(Verdict::Skipped(skip.into())),
    }
    if job.lesson.transcripts().next().is_none() {
        return Err(Verdict::Skipped(SkipReason::Nothing));
    }
    let mut failures = 0;
    loop {
        if settings.cancel.is_cancelled() {
            return Err(Verdict::Skipped(SkipReason::Interrupted));
        }
        if shared.no_engine.get().is_some() {
            return Err(Verdict::Skipped(SkipReason::NoEngine));
        }
        let dirs = LessonDirs::create(&settings.scratch, worker, at, false)?;
        let two = needs_two(job);
        let slot = tokio::select! {
            slot = WorkerSlot::prepare(settings, two, worker, &dirs, sandbox) => slot,
            () = settings.cancel.cancelled() => return Err(Verdict::Skipped(SkipReason::Interrupted)),
        };
        let slot = match slot {
            Ok(slot) => slot,
            Err(SlotFailure::Infra(failure)) => return Err(failure.into()),
            Err(SlotFailure::Sandbox(error)) => {
                let _ = shared.no_engine.set(error);
                return Err(Verdict::Skipped(SkipReason::NoEngine));
            }
        };
        if shared.announced.set(()).is_ok() {
            let reports = shared.reports();
            reports.events.emit(Event::EngineReady(slot.facts.clone()));
            for (image, note) in &settings.stand_ins {
                reports.events.emit(Event::StandIn { image: image.clone(), note: note.clone() });
            }
        }
        if mutants.begin(&slot.env) {
            return Ok(());
        }
        if let Some(sandbox) = sandbox {
            sandbox.warm(two);
        }
        let run = tokio::select! {
            run = mutants.run_once(&slot.env, &settings.lesson) => run,
            () = settings.cancel.cancelled() => return Err(Verdict::Skipped(SkipReason::Interrupted)),
        };
        match run {
            Ok(()) if mutants.is_done() => return Ok(()),
            Ok(()) => failures = 0,
            // A slow machine may spoil one run of many.
            Err(_) if failures < 1 => failures += 1,
            Err(verdict) => return Err(verdict),
        }
    }
}
