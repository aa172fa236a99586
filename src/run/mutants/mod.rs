//! Tests whether a lesson's checks are strict enough. Changes one command at a time. Reports whether the tutor still
//! accepts the step and whether a later part of the lesson then breaks.

mod lesson_mutants;
mod mutation;
mod target;
mod trace;
mod trial;
mod tutor_model;

use std::sync::Arc;
use std::time::Instant;

use tracing::{Instrument as _, info_span};

use super::EventSender;
use super::lesson_dirs::LessonDirs;
use super::settings::{Job, RunResult, RunSettings};
use super::workers::{SharedRun, count_verdict, needs_two};
use crate::event::{Event, LessonRef, MutantTally, SkipReason, Summary, Verdict};
use crate::lesson::{Skip, nothing_to_run};
use crate::sandbox::Sandbox;
use lesson_mutants::LessonMutants;

/// Tries the mutants of all jobs. Emits the events of a lesson when all its mutants are tried. A lesson is counted as met
/// if none of its mutants survives.
pub async fn run_mutants(jobs: Vec<Job>, settings: RunSettings, events: &EventSender) -> RunResult {
    let begun = Instant::now();
    let shared = SharedRun::begin(jobs, settings, events);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..shared.workers() {
        tasks.spawn(run_worker(Arc::clone(&shared), number));
    }
    let mut summary = Summary::default();
    let mut tally = MutantTally::default();
    while let Some(done) = tasks.join_next().await {
        for (verdict, counts) in done.unwrap_or_default() {
            count_verdict(&mut summary, &verdict);
            tally.add(counts);
        }
    }
    events.emit(Event::MutantRunEnded { tally, elapsed: begun.elapsed() });
    RunResult { summary, results: Vec::new(), kept: Vec::new(), no_engine: SharedRun::end(shared) }
}

async fn run_worker(shared: Arc<SharedRun>, worker: usize) -> Vec<(Verdict, MutantTally)> {
    let mut results = Vec::new();
    let mut sandbox = None;
    while let Some((at, job)) = shared.next_job() {
        let begun = Instant::now();
        let mut mutants = LessonMutants::new(&job.lesson);
        let span = info_span!("mutants", id = %job.lesson.id, worker);
        let verdict = run_job(&shared, job, at, worker, &mut sandbox, &mut mutants).instrument(span).await;
        let verdict = verdict.map_or_else(|verdict| verdict, |()| Verdict::Met);
        let lesson = LessonRef::of(&job.lesson);
        let tally = mutants.tally();
        shared.events.emit(Event::LessonStarted(lesson.clone()));
        if !matches!(verdict, Verdict::Skipped(_)) {
            mutants.events().into_iter().for_each(|event| shared.events.emit(event));
        }
        let elapsed = begun.elapsed();
        shared.events.emit(Event::MutantsEnded { lesson, verdict: verdict.clone(), tally, elapsed });
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

/// Runs a lesson until all of its mutants have an outcome. Each run uses a clean engine.
async fn run_job(
    shared: &SharedRun,
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
        if let Some(reason) = shared.stopped() {
            return Err(Verdict::Skipped(reason));
        }
        let dirs = LessonDirs::create(&settings.scratch, worker, at, false)?;
        let slot = shared.prepare_slot(job, worker, &dirs, sandbox).await?;
        if mutants.begin(&slot.env) {
            return Ok(());
        }
        if let Some(sandbox) = sandbox {
            sandbox.warm(needs_two(job));
        }
        let run = tokio::select! {
            run = mutants.run_once(&slot.env, &settings.lesson) => run,
            () = settings.cancel.cancelled() => return Err(Verdict::Skipped(SkipReason::Interrupted)),
        };
        match run {
            Ok(()) if mutants.is_done() => return Ok(()),
            Ok(()) => failures = 0,
            // On a slow machine, a run may fail by chance, so the loop repeats a failed run once.
            Err(_) if failures < 1 => failures += 1,
            Err(verdict) => return Err(verdict),
        }
    }
}
