//! Holds the state that the steps of a running lesson share.

use std::time::{Duration, Instant};

use super::EventSender;
use super::failure::infra_failure_from;
use super::recorder::Recorder;
use crate::claims::{InfraFailure, InfraFailureKind, RanCommand};
use crate::driver::{self, CommandScript, LessonEnv};
use crate::event::{EngineFacts, Event, LessonRef, Tally, Verdict};
use crate::lesson::{Command, Lesson, Step, StepId, Transcript};
use crate::matcher::{Bindings, Comparison};
use crate::record::{Outdated, RecordedStep};
use crate::session::{CommandOutput, ShellSession};
use crate::text::{Edit, Span};

/// The options with which lessons run.
#[derive(Debug, Clone, Default)]
pub struct LessonRunOptions {
    /// The time limit of commands whose fence sets no time limit.
    pub timeout: Option<Duration>,
    /// Whether a lesson ends after its first difference.
    pub fail_fast: bool,
    /// Whether the run collects edits that make the transcripts match.
    pub update: bool,
    /// Whether the run records the terminal.
    pub record: bool,
    /// Whether the run tries changed commands. After a changed command, the claims of later steps may hold too early.
    pub mutant: bool,
}

/// The result of a lesson.
#[derive(Debug)]
pub struct LessonResult {
    /// The worst verdict of the lesson.
    pub verdict: Verdict,
    /// The lesson's tally.
    pub tally: Tally,
    /// The edits to the lesson's source, with `--update`.
    pub edits: Vec<Edit>,
    /// The recorded steps, with `--record`; empty unless the lesson was met.
    pub recorded: Vec<RecordedStep>,
    /// The engine on which the lesson ran.
    pub engine: Option<EngineFacts>,
}

/// A running lesson.
pub(super) struct LessonRunner<'a> {
    pub(super) lesson: &'a Lesson,
    pub(super) name: LessonRef,
    pub(super) env: &'a LessonEnv,
    pub(super) options: &'a LessonRunOptions,
    pub(super) events: &'a EventSender,
    pub(super) shell: Option<ShellSession>,
    pub(super) bindings: Bindings,
    pub(super) tally: Tally,
    pub(super) verdict: Verdict,
    pub(super) outdated_transcripts: Vec<OutdatedTranscript<'a>>,
    /// The commands of the current step that have ended.
    pub(super) ran: Vec<RanCommand>,
    pub(super) recorder: Option<Recorder>,
    /// Commands whose recording on the site differs from the lesson.
    pub(super) outdated_recordings: Vec<Outdated>,
    /// The index of the planned step that is running; 0 while images are pulled.
    pub(super) step: usize,
    pub(super) in_progress: Option<CommandInProgress<'a>>,
}

/// A command that has begun but not ended.
pub(super) struct CommandInProgress<'a> {
    pub(super) step: &'a Step,
    pub(super) transcript: &'a Transcript,
    pub(super) command: &'a Command,
    pub(super) since: Instant,
}

/// A transcript that does not match. `--update` rewrites the transcript at the end of the lesson, because a line may
/// show an id that only a later command binds.
pub(super) struct OutdatedTranscript<'a> {
    pub(super) command: &'a Command,
    pub(super) exact: bool,
    pub(super) lines: Vec<String>,
    pub(super) comparison: Comparison,
}

impl<'a> LessonRunner<'a> {
    /// Makes the state of a lesson that has not begun.
    pub(super) fn new(
        lesson: &'a Lesson,
        env: &'a LessonEnv,
        options: &'a LessonRunOptions,
        events: &'a EventSender,
    ) -> Self {
        Self {
            lesson,
            name: LessonRef::of(lesson),
            env,
            options,
            events,
            shell: None,
            bindings: Bindings::default(),
            tally: Tally::default(),
            verdict: Verdict::Met,
            outdated_transcripts: Vec::new(),
            ran: Vec::new(),
            recorder: options.record.then(Recorder::default),
            outdated_recordings: Vec::new(),
            step: 0,
            in_progress: None,
        }
    }

    pub(super) fn emit(&self, event: Event) {
        self.events.emit(event);
    }

    /// Counts and reports a verdict on a step as a whole.
    pub(super) fn judge_step(&mut self, step: &StepId, span: Span, verdict: Verdict) {
        self.count(&verdict);
        self.emit(Event::StepJudged { lesson: self.name.clone(), step: step.clone(), span, verdict });
    }

    /// Counts a verdict and keeps the worst verdict of the lesson.
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

    /// Whether a verdict so far ends the lesson, so that no further command runs.
    pub(super) const fn is_over(&self) -> bool {
        match self.verdict {
            Verdict::Broken(_) => true,
            Verdict::Differs(_) => self.options.fail_fast,
            _ => false,
        }
    }

    /// Types a command into the lesson's shell, and records the output. Starts a shell if there is no shell.
    pub(super) async fn type_script(
        &mut self,
        script: &CommandScript<'_>,
        limit: Duration,
        timeout: Option<Duration>,
    ) -> Result<CommandOutput, InfraFailure> {
        let shell_lost = |error| infra_failure_from(&error, InfraFailureKind::ShellLost, "");
        let mut shell = if let Some(shell) = self.shell.take() {
            shell
        } else {
            let (columns, rows) = self.lesson.front.size.unwrap_or((100, 200));
            ShellSession::start(self.env.shell(columns, rows)).await.map_err(shell_lost)?
        };
        let recorder = &mut self.recorder;
        let mut record = |bytes: &[u8]| {
            if let Some(recorder) = recorder {
                recorder.push(bytes);
            }
        };
        // If the run is cancelled during the command, the shell is dropped too.
        let output = driver::run_command(&mut shell, script, limit, timeout, &mut record).await;
        if output.as_ref().is_ok_and(|output| output.end.has_lost_shell()) {
            shell.close().await;
        } else {
            self.shell = Some(shell);
        }
        output.map_err(shell_lost)
    }
}
