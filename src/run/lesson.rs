//! Runs one lesson, from its images to its last claim.

use std::time::Instant;

use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, debug, info, info_span};

use super::EventSender;
use super::runner::{CommandInProgress, LessonResult, LessonRunOptions, LessonRunner, OutdatedTranscript};
use super::settings::Job;
use super::step::StepRunner;
use crate::driver::LessonEnv;
use crate::event::{Event, SkipReason, Verdict};
use crate::lesson::{Lesson, Plan, Step, StepId, plan};
use crate::record::outdated;
use crate::text::{Edit, Span};
use crate::update;

/// Runs a lesson in `env`, and emits the lesson's events.
///
/// If a command matches the lesson but the site's recording of the command does not, reports a difference. With
/// `--record`, does not check the site's recordings. If `cancel` is cancelled, ends the running command and skips the
/// rest of the lesson.
pub async fn prove_lesson(
    job: &Job,
    env: &LessonEnv,
    options: &LessonRunOptions,
    cancel: &CancellationToken,
    events: &EventSender,
) -> LessonResult {
    let begun = Instant::now();
    let lesson: &Lesson = &job.lesson;
    let mut plan = plan(lesson, &env.conditions);
    if let Some(mistake) = job.mistake {
        plan.stop_before(lesson, mistake);
    }
    let shown = job.shown.as_deref().filter(|_| !options.record);
    let mut runner = LessonRunner::new(lesson, env, options, events);
    runner.outdated_recordings = shown.map(|shown| outdated(lesson, shown)).unwrap_or_default();
    runner.emit(Event::LessonStarted(runner.name.clone()));
    info!(steps = plan.steps.len(), missing = ?plan.missing, "lesson starts");
    if let Some(need) = &plan.missing {
        runner.verdict = Verdict::Skipped(SkipReason::Needs(need.clone()));
        runner.tally.skipped += 1;
    } else {
        let is_cancelled = tokio::select! {
            () = runner.run_steps(&plan) => false,
            () = cancel.cancelled() => true,
        };
        if is_cancelled {
            debug!("the run is cancelled");
            runner.skip_rest(&plan);
        }
    }
    if let Some(shell) = runner.shell.take() {
        shell.close().await;
    }
    // A lesson that did not run to its end never gets the verdict met.
    if job.mistake.is_some() && matches!(runner.verdict, Verdict::Met) {
        runner.verdict = Verdict::Skipped(SkipReason::AfterMistake);
    }
    let edits = runner.edits();
    let verdict = runner.verdict.name();
    info!(verdict, edits = edits.len(), took = ?begun.elapsed(), "lesson ended");
    runner.emit(Event::LessonEnded {
        lesson: runner.name.clone(),
        verdict: runner.verdict.clone(),
        tally: runner.tally,
        elapsed: begun.elapsed(),
        updated: !edits.is_empty(),
    });
    let recorder = runner.recorder.filter(|_| matches!(runner.verdict, Verdict::Met));
    let recorded = recorder.map(|recorder| recorder.steps).unwrap_or_default();
    LessonResult { verdict: runner.verdict, tally: runner.tally, edits, recorded, engine: None }
}

impl LessonRunner<'_> {
    async fn run_steps(&mut self, plan: &Plan) {
        self.pull_images().await;
        for (at, planned) in plan.steps.iter().enumerate() {
            self.step = at;
            let step = &self.lesson.steps[planned.step];
            for (block, skip) in &planned.skipped {
                self.skip(step, step.blocks[*block].span(), skip.clone().into());
            }
            if self.is_over() {
                let reason = match self.verdict {
                    Verdict::Broken(_) => SkipReason::AfterBroken,
                    _ => SkipReason::FailFast,
                };
                self.skip(step, step.heading, reason);
            } else if !planned.actions.is_empty() {
                StepRunner::run(self, step, planned).instrument(info_span!("step", id = %step.id)).await;
            }
        }
        self.step = plan.steps.len();
    }

    /// Pulls the images that the lesson needs on the engine from the start.
    pub(super) async fn pull_images(&mut self) {
        for image in &self.lesson.front.have {
            let mut is_reported = false;
            let mut report = |_| {
                if !std::mem::replace(&mut is_reported, true) {
                    self.emit(Event::Fetching { lesson: self.name.clone(), image: image.value.clone() });
                }
            };
            if let Err(mut failure) = self.env.engine.pull_missing(&image.value, &mut report).await {
                if !failure.detail.contains(&image.value) {
                    failure.detail = format!("{}: {}", image.value, failure.detail);
                }
                return self.judge_step(&StepId("have".into()), image.span, Verdict::Broken(failure));
            }
        }
    }

    fn skip(&mut self, step: &Step, span: Span, reason: SkipReason) {
        let verdict = Verdict::Skipped(reason);
        self.tally.skipped += 1;
        self.emit(Event::StepJudged { lesson: self.name.clone(), step: step.id.clone(), span, verdict });
    }

    /// Reports the running command, the current step and all later steps as skipped, after a cancellation.
    fn skip_rest(&mut self, plan: &Plan) {
        // The shell still runs a command. The command ends when the shell is dropped.
        drop(self.shell.take());
        self.outdated_transcripts.clear();
        self.recorder = None;
        let interrupted = || Verdict::Skipped(SkipReason::Interrupted);
        if let Some(CommandInProgress { step, transcript, command, since }) = self.in_progress.take() {
            self.tally.skipped += 1;
            self.emit(Event::CommandEnded {
                lesson: self.name.clone(),
                step: step.id.clone(),
                command: command.text.clone(),
                span: command.span,
                output: Vec::new(),
                status: None,
                elapsed: since.elapsed(),
                verdict: interrupted(),
                hidden: transcript.attrs.hidden,
            });
        }
        for planned in plan.steps.iter().skip(self.step).filter(|planned| !planned.actions.is_empty()) {
            let step = &self.lesson.steps[planned.step];
            self.skip(step, step.heading, SkipReason::Interrupted);
        }
        if !self.verdict.is_failure() {
            self.verdict = interrupted();
        }
    }

    /// Returns the edits that make the transcripts match.
    fn edits(&mut self) -> Vec<Edit> {
        let mut bindings = self.bindings.clone();
        let rewrite = |one: &OutdatedTranscript<'_>| {
            let options = self.env.match_options(one.exact);
            update::edits(&self.lesson.source, one.command, &one.lines, &one.comparison, &mut bindings, &options)
        };
        let edits = self.outdated_transcripts.iter().map(rewrite).filter(|edits| !edits.is_empty());
        let edits: Vec<Vec<Edit>> = edits.collect();
        self.tally.rewritten = edits.len();
        edits.concat()
    }
}
