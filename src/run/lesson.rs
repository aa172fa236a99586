//! One lesson, from its images to its last claim.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tracing::{Instrument as _, debug, info, info_span};

use crate::claims::{InfraFailure, InfraFailureKind, RanCommand};
use crate::engine::Engine;
use crate::event::{EngineFacts, Event, LessonRef, SkipReason, Tally, Verdict};
use crate::lesson::{Command, Conditions, Lesson, Plan, Step, Transcript, plan};
use crate::matcher::{Bindings, Comparison, Options};
use crate::record::{Outdated, RecordedStep, Recording, USUAL_DIR, outdated};
use crate::run::EventSender;
use crate::run::recorder::Recorder;
use crate::run::step::StepRunner;
use crate::run::verdict_log::describe_verdict;
use crate::run::worker_slot::infra_failure_from;
use crate::session::{ShellSession, ShellSpec};
use crate::text::{Edit, Span};
use crate::update;
use tokio_util::sync::CancellationToken;

/// A place to run lessons in: an engine and how a shell beside it is started.
#[derive(Debug)]
pub struct Bench<'a> {
    /// The engine.
    pub engine: &'a Engine,
    /// What is known of it.
    pub conditions: &'a Conditions,
    /// Environment of the lesson's shell.
    pub env: Vec<(String, String)>,
    /// Put before the shell's own command, to enter the private engine's namespaces.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process that has the private engine's namespaces.
    pub room: Option<PathBuf>,
    /// The lesson's own directory; it exists and is empty.
    pub dir: PathBuf,
    /// A folder with a short path for the shell's pipes.
    pub scratch: PathBuf,
    /// Whether the engine gets images from a pack alone: what it cannot reach is then an image that the pack lacks.
    pub pack_only: bool,
}

impl Bench<'_> {
    /// `text` without the places that are only this run's: where the engine listens, and the lesson's directory.
    pub(super) fn anywhere(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (_, host) in self.env.iter().filter(|(name, _)| name == "DOCKER_HOST") {
            text = text.replace(host.as_str(), USUAL_HOST);
        }
        text.replace(&self.dir.display().to_string(), USUAL_DIR)
    }
}

/// Where a learner's engine listens, as a rule.
const USUAL_HOST: &str = "unix:///var/run/docker.sock";

/// How a lesson is to be run.
#[derive(Debug, Clone, Default)]
pub struct LessonRunOptions {
    /// A time limit for commands whose fence gives none.
    pub timeout: Option<Duration>,
    /// Stop at the first thing that differs.
    pub fail_fast: bool,
    /// Collect edits that make the transcripts match.
    pub update: bool,
    /// Keep what the terminal shows.
    pub record: bool,
}

/// How a lesson ended.
#[derive(Debug)]
pub struct LessonResult {
    /// The worst verdict.
    pub verdict: Verdict,
    /// How many of what.
    pub tally: Tally,
    /// What `--update` would change in its source.
    pub edits: Vec<Edit>,
    /// The steps as they went, when they were to be recorded.
    pub recorded: Vec<RecordedStep>,
    /// The engine it ran on.
    pub engine: Option<EngineFacts>,
}

/// A lesson while it runs: what its steps share.
pub(super) struct LessonRunner<'a> {
    pub(super) lesson: &'a Lesson,
    pub(super) name: LessonRef,
    pub(super) bench: &'a Bench<'a>,
    pub(super) settings: &'a LessonRunOptions,
    pub(super) events: &'a EventSender,
    pub(super) session: Option<ShellSession>,
    pub(super) bindings: Bindings,
    pub(super) tally: Tally,
    pub(super) verdict: Verdict,
    pub(super) stale: Vec<OutdatedTranscript<'a>>,
    pub(super) ran: Vec<RanCommand>,
    pub(super) recorder: Option<Recorder>,
    /// What the book's recording shows and the lesson no longer says.
    pub(super) outdated: Vec<Outdated>,
    /// The planned step that is under way; while images are fetched, the first.
    step: usize,
    /// The command that is under way.
    pub(super) typing: Option<CommandInProgress<'a>>,
}

/// A command that was begun.
pub(super) struct CommandInProgress<'a> {
    pub(super) step: &'a Step,
    pub(super) transcript: &'a Transcript,
    pub(super) command: &'a Command,
    pub(super) since: Instant,
}

impl LessonRunner<'_> {
    pub(super) fn emit(&self, event: Event) {
        self.events.emit(event);
    }

    /// Counts a verdict and keeps the worst.
    pub(super) fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Met => {}
            Verdict::Differs(_) => self.tally.differs += 1,
            Verdict::Skipped(_) => self.tally.skipped += 1,
            Verdict::Broken(_) => self.tally.broken += 1,
        }
        let worst = std::mem::replace(&mut self.verdict, Verdict::Met);
        self.verdict = worst.worse(verdict.clone());
    }

    /// What makes the stale transcripts match.
    fn edits(&mut self) -> Vec<Edit> {
        let dir = self.bench.dir.display().to_string();
        let mut bindings = self.bindings.clone();
        let rewrite = |stale: &OutdatedTranscript<'_>| {
            let options = Options { exact: stale.exact, dir: Some(&dir) };
            let source = &self.lesson.source;
            update::edits(source, stale.command, &stale.lines, &stale.comparison, &mut bindings, &options)
        };
        let edits: Vec<Vec<Edit>> = self.stale.iter().map(rewrite).filter(|edits| !edits.is_empty()).collect();
        self.tally.rewritten = edits.len();
        edits.concat()
    }

    /// Whether the lesson ends here.
    pub(super) fn over(&self) -> bool {
        match self.verdict {
            Verdict::Broken(_) => true,
            Verdict::Differs(_) => self.settings.fail_fast,
            _ => false,
        }
    }

    /// The lesson's shell, started anew when the last one is gone.
    pub(super) async fn shell(&mut self) -> Result<&mut ShellSession, InfraFailure> {
        if self.session.is_none() {
            let (columns, rows) = self.lesson.front.size.unwrap_or((100, 200));
            let spec = ShellSpec {
                columns,
                rows,
                dir: self.bench.dir.clone(),
                env: self.bench.env.clone(),
                enter: self.bench.enter.clone(),
                room: self.bench.room.clone(),
                scratch: self.bench.scratch.clone(),
            };
            let session = ShellSession::start(spec).await.map_err(|error| shell_lost(&error))?;
            self.session = Some(session);
        }
        self.session.as_mut().ok_or_else(|| InfraFailure { kind: InfraFailureKind::ShellLost, detail: String::new() })
    }
}

/// A transcript that no longer matches. It is rewritten when the lesson is over: a line of it may show an id that only a
/// later command binds.
pub(super) struct OutdatedTranscript<'a> {
    pub(super) command: &'a Command,
    pub(super) exact: bool,
    pub(super) lines: Vec<String>,
    pub(super) comparison: Comparison,
}

pub(super) fn shell_lost(error: &(dyn std::error::Error + 'static)) -> InfraFailure {
    infra_failure_from(error, InfraFailureKind::ShellLost, "")
}

/// Runs `lesson` on `bench` and tells what happens.
///
/// `shown` is the recording the book has of it. A command that passes is told as different if the lesson no longer says
/// what its recording shows, unless a new recording is made. At the wish of `stop` what runs is ended, and the rest is told
/// as skipped.
pub async fn prove_lesson(
    lesson: &Lesson,
    bench: &Bench<'_>,
    settings: &LessonRunOptions,
    shown: Option<&Recording>,
    cancel: &CancellationToken,
    events: &EventSender,
) -> LessonResult {
    let begun = Instant::now();
    let name = LessonRef { id: lesson.id.clone(), title: lesson.title.clone(), source: lesson.source.clone() };
    let plan = plan(lesson, bench.conditions);
    let mut runner = LessonRunner {
        lesson,
        name,
        bench,
        settings,
        events,
        session: None,
        bindings: Bindings::default(),
        tally: Tally::default(),
        verdict: Verdict::Met,
        stale: Vec::new(),
        ran: Vec::new(),
        recorder: settings.record.then(Recorder::default),
        outdated: shown.filter(|_| !settings.record).map(|shown| outdated(lesson, shown)).unwrap_or_default(),
        step: 0,
        typing: None,
    };
    runner.emit(Event::LessonStarted(runner.name.clone()));
    info!(steps = plan.steps.len(), missing = ?plan.missing, "lesson starts");
    if let Some(need) = &plan.missing {
        runner.verdict = Verdict::Skipped(SkipReason::Needs(need.clone()));
        runner.tally.skipped += 1;
    } else {
        let stopped = tokio::select! {
            () = runner.walk(&plan) => false,
            () = cancel.cancelled() => true,
        };
        if stopped {
            debug!("the person stops the run");
            runner.interrupt(&plan);
        }
    }
    if let Some(session) = runner.session.take() {
        session.close().await;
    }
    let edits = runner.edits();
    let verdict = describe_verdict(&runner.verdict);
    info!(verdict, edits = edits.len(), took = ?begun.elapsed(), "lesson ended");
    runner.emit(Event::LessonEnded {
        lesson: runner.name.clone(),
        verdict: runner.verdict.clone(),
        tally: runner.tally,
        elapsed: begun.elapsed(),
        updated: !edits.is_empty(),
    });
    let recorded = runner.recorder.map(|recorder| recorder.steps).unwrap_or_default();
    LessonResult { verdict: runner.verdict, tally: runner.tally, edits, recorded, engine: None }
}

impl LessonRunner<'_> {
    /// Carries out the plan.
    async fn walk(&mut self, plan: &Plan) {
        fetch_images(self).await;
        for (at, planned) in plan.steps.iter().enumerate() {
            self.step = at;
            let step = &self.lesson.steps[planned.step];
            for (block, skip) in &planned.skipped {
                self.skip(step, step.blocks[*block].span(), skip.clone().into());
            }
            if self.over() {
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

    fn skip(&mut self, step: &Step, span: Span, reason: SkipReason) {
        let verdict = Verdict::Skipped(reason);
        self.tally.skipped += 1;
        self.emit(Event::StepJudged { lesson: self.name.clone(), step: step.id.clone(), span, verdict });
    }

    /// The walk was left in the middle: its command and its step did not come to their ends, and later steps not to
    /// their beginnings.
    fn interrupt(&mut self, plan: &Plan) {
        // Its shell still runs a command: that ends with it.
        drop(self.session.take());
        self.stale.clear();
        self.recorder = None;
        let interrupted = || Verdict::Skipped(SkipReason::Interrupted);
        if let Some(CommandInProgress { step, transcript, command, since }) = self.typing.take() {
            let verdict = interrupted();
            self.tally.skipped += 1;
            self.emit(Event::CommandEnded {
                lesson: self.name.clone(),
                step: step.id.clone(),
                command: command.text.clone(),
                span: command.span,
                output: Vec::new(),
                status: None,
                elapsed: since.elapsed(),
                verdict,
                hidden: transcript.attrs.hidden,
            });
        }
        for planned in plan.steps.iter().skip(self.step).filter(|planned| !planned.actions.is_empty()) {
            let step = &self.lesson.steps[planned.step];
            self.skip(step, step.heading, SkipReason::Interrupted);
        }
        if !matches!(self.verdict, Verdict::Differs(_) | Verdict::Broken(_)) {
            self.verdict = interrupted();
        }
    }
}

/// What the lesson finds on its engine at the start.
async fn fetch_images(runner: &mut LessonRunner<'_>) {
    for image in &runner.lesson.front.have {
        let mut is_told = false;
        let mut tell = |_| {
            if !std::mem::replace(&mut is_told, true) {
                runner.emit(Event::Fetching { lesson: runner.name.clone(), image: image.value.clone() });
            }
        };
        if let Err(mut failure) = runner.bench.engine.pull_missing(&image.value, &mut tell).await {
            if !failure.detail.contains(&image.value) {
                failure.detail = format!("{}: {}", image.value, failure.detail);
            }
            let verdict = Verdict::Broken(failure);
            runner.count(&verdict);
            runner.emit(Event::StepJudged {
                lesson: runner.name.clone(),
                step: crate::lesson::StepId("have".into()),
                span: image.span,
                verdict,
            });
            return;
        }
    }
}
