//! The events of a run, as plain data. The run emits the events, and reporters show the events.

mod mutants;

use std::time::Duration;

pub use mutants::{Breakage, BrokenPart, Mutant, MutantChange, MutantOutcome, MutantTally};

use serde::{Deserialize, Serialize};

use crate::claims::{ClaimFailure, InfraFailure};
use crate::lesson::{EngineFamily, Lesson, LessonId, Skip, StepId};
use crate::matcher::Comparison;
use crate::text::{Position, Source, Span};

/// The version of the events' JSON format. The version changes if a reader of the old format would misread the new
/// format.
pub const VERSION: u32 = 1;

/// The engine that a run uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineFacts {
    /// The engine's version, such as `20.10.24+dfsg1`.
    #[serde(rename = "engine")]
    pub version: String,
    /// The API version, such as `1.41`.
    pub api: String,
    /// The kind of engine.
    pub family: EngineFamily,
    /// The version of the docker CLI that lessons use.
    pub cli: String,
    /// Whether the engine is a private engine.
    pub private: bool,
}

/// A reference from an event to a lesson.
#[derive(Debug, Clone)]
pub struct LessonRef {
    /// The lesson's id.
    pub id: LessonId,
    /// The lesson's title, not sanitised.
    pub title: String,
    /// The lesson's source, with the path of the file.
    pub source: Source,
}

impl LessonRef {
    /// Makes the reference to a lesson.
    #[must_use]
    pub fn of(lesson: &Lesson) -> Self {
        Self { id: lesson.id.clone(), title: lesson.title.clone(), source: lesson.source.clone() }
    }

    /// Returns the path of the lesson's file, as the user wrote it.
    #[must_use]
    pub fn path(&self) -> &str {
        self.source.name()
    }

    /// Returns the position at which `span` begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.source.position(span.start)
    }
}

/// An event of a run.
#[derive(Debug, Clone)]
pub enum Event {
    /// The run begins.
    RunStarted {
        /// The number of lessons in the run.
        lessons: usize,
    },
    /// An engine answers for the first time.
    EngineReady(EngineFacts),
    /// An image is a stand-in for another image. The run reports each stand-in once.
    StandIn {
        /// The image, such as `mongo:4.1`.
        image: String,
        /// The real content of the image.
        note: String,
    },
    /// A lesson begins.
    LessonStarted(LessonRef),
    /// An image that the lesson needs from the start is being pulled.
    Fetching {
        /// The lesson.
        lesson: LessonRef,
        /// The image.
        image: String,
    },
    /// A step begins.
    StepStarted {
        /// The lesson.
        lesson: LessonRef,
        /// The step's id.
        step: StepId,
        /// The step's title.
        title: String,
    },
    /// A command begins.
    CommandStarted {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// The prompt before the command.
        prompt: String,
        /// The command's text.
        command: String,
        /// The command's span in the source.
        span: Span,
        /// Whether the command belongs to a hidden set-up.
        hidden: bool,
    },
    /// A command ended.
    CommandEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// The command's text.
        command: String,
        /// The command's span in the source.
        span: Span,
        /// The printed lines.
        output: Vec<String>,
        /// The exit status, if the command ended.
        status: Option<i32>,
        /// The duration of the command.
        elapsed: Duration,
        /// The verdict.
        verdict: Verdict,
        /// Whether the command belongs to a hidden set-up.
        hidden: bool,
    },
    /// A claim was checked.
    CheckEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// The claim.
        claim: crate::lesson::Claim,
        /// The check's span in the source.
        span: Span,
        /// The verdict.
        verdict: Verdict,
    },
    /// A verdict on the step as a whole. For example, the checks of the step cannot fail, or the step or one of its
    /// fences was skipped.
    StepJudged {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// The span of the judged part in the source.
        span: Span,
        /// The verdict.
        verdict: Verdict,
    },
    /// A lesson ended.
    LessonEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The worst of the lesson's verdicts.
        verdict: Verdict,
        /// The lesson's tally.
        tally: Tally,
        /// The duration of the lesson.
        elapsed: Duration,
        /// Whether `--update` rewrites the lesson's file.
        updated: bool,
    },
    /// The outcome of a changed command is known.
    MutantJudged {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// The unchanged command, as in the lesson.
        command: String,
        /// The command's span in the source.
        span: Span,
        /// The change.
        mutant: Mutant,
        /// The result of the change.
        outcome: MutantOutcome,
    },
    /// All mutants of a lesson are judged.
    MutantsEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The verdict on the unchanged lesson. If this verdict is not met, the outcomes of the lesson's mutants prove
        /// nothing.
        verdict: Verdict,
        /// The numbers of the lesson's mutants by outcome.
        tally: MutantTally,
        /// The duration of all runs with the lesson's mutants.
        elapsed: Duration,
    },
    /// The mutants of all lessons are judged.
    MutantRunEnded {
        /// The numbers of all mutants by outcome.
        tally: MutantTally,
        /// The duration of the run.
        elapsed: Duration,
    },
    /// The run ended.
    RunEnded {
        /// The numbers of lessons by verdict, and the tally of the run.
        summary: Summary,
        /// The duration of the run.
        elapsed: Duration,
    },
}

impl Event {
    /// Returns the lesson to which the event belongs, if any.
    #[must_use]
    pub const fn lesson(&self) -> Option<&LessonRef> {
        match self {
            Self::LessonStarted(lesson)
            | Self::Fetching { lesson, .. }
            | Self::StepStarted { lesson, .. }
            | Self::CommandStarted { lesson, .. }
            | Self::CommandEnded { lesson, .. }
            | Self::CheckEnded { lesson, .. }
            | Self::StepJudged { lesson, .. }
            | Self::MutantJudged { lesson, .. }
            | Self::MutantsEnded { lesson, .. }
            | Self::LessonEnded { lesson, .. } => Some(lesson),
            Self::RunStarted { .. }
            | Self::EngineReady(_)
            | Self::StandIn { .. }
            | Self::MutantRunEnded { .. }
            | Self::RunEnded { .. } => None,
        }
    }
}

/// The verdict on a command, a claim, a step or a lesson.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// The result agrees with the lesson.
    Met,
    /// Something differs from the lesson.
    Differs(Vec<Difference>),
    /// The command, claim, step or lesson was not run.
    Skipped(SkipReason),
    /// The result is unknown, because of a failure that is not the lesson's fault.
    Broken(InfraFailure),
}

impl Verdict {
    /// Returns the verdict's stable name: `met`, `differs`, `skipped`, `broken`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Differs(_) => "differs",
            Self::Skipped(_) => "skipped",
            Self::Broken(_) => "broken",
        }
    }

    /// Whether something differs or is broken.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        matches!(self, Self::Differs(_) | Self::Broken(_))
    }

    /// Returns the worse of two verdicts, in the order broken, differs, met, skipped.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Skipped(_) => 0,
            Self::Met => 1,
            Self::Differs(_) => 2,
            Self::Broken(_) => 3,
        }
    }
}

/// The reason why `--update` keeps an author's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepReason {
    /// The command did not end as the lesson says, or its output is incomplete. The output of an unfinished command
    /// must not replace the author's lines.
    Unfinished,
    /// An expected line that was not printed looks like a comment or a command.
    NotOutput,
}

/// A difference between the lesson and the run.
#[derive(Debug, Clone)]
pub enum Difference {
    /// The printed lines differ from the expected lines.
    Transcript {
        /// The expected lines.
        expected: Vec<String>,
        /// The printed lines.
        found: Vec<String>,
        /// The alignment of both lists of lines.
        comparison: Comparison,
        /// Whether the middle of the output was dropped.
        cut: bool,
        /// The reason why `--update` keeps the expected lines, or some of them.
        kept: Option<KeepReason>,
    },
    /// The lesson's recording shows lines that are no longer in the lesson.
    Recording {
        /// The expected lines.
        expected: Vec<String>,
        /// The lines of the recording.
        recorded: Vec<String>,
        /// The alignment of both lists of lines.
        comparison: Comparison,
    },
    /// The exit status differs.
    Status {
        /// The allowed statuses.
        expected: Vec<i32>,
        /// The actual status.
        found: i32,
        /// The last printed lines, unless the output itself is another difference.
        said: Vec<String>,
    },
    /// An image could not be pulled because the pack does not contain the image. The image may exist in a registry.
    NotInPack {
        /// The image under the name that the engine prints.
        image: String,
    },
    /// The command ended the lesson's shell.
    ShellExited(Option<i32>),
    /// A line of the transcript could not be typed, because the prompt or an earlier line was not printed.
    NotTyped {
        /// The line.
        line: String,
    },
    /// The command waits for input that the transcript does not have. The run ended the command.
    Waits {
        /// The last line of the screen.
        shown: String,
        /// The expected line that is most similar to the last line of the screen, or the next line to type.
        like: Option<String>,
        /// Whether the last line is the prompt of an inner program rather than a question.
        prompt: bool,
    },
    /// The command never ends by itself. The run ended the command.
    NeverEnds,
    /// A claim is not true.
    Claim(Vec<ClaimFailure>),
    /// All checks of the step are true before the first command of the step, so the checks cannot fail.
    CannotFail,
    /// The condition of a mistake is true before the step's first command, so the tutor never explains the mistake.
    MistakeAlready,
    /// A file could not be written.
    File {
        /// The file's path in the lesson's directory.
        path: String,
        /// The system's error message.
        problem: String,
    },
}

/// The reason why a command, a claim, a step or a lesson was not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// The engine or the machine lacks an ability.
    Needs(String),
    /// No variant of the fence fits this docker CLI or engine.
    NoVariant,
    /// The lesson has nothing to run.
    Nothing,
    /// An earlier part of the lesson was broken.
    AfterBroken,
    /// The source has a mistake in this part of the lesson or in an earlier part.
    AfterMistake,
    /// `--fail-fast` ended the lesson or the run.
    FailFast,
    /// The user cancelled the run.
    Interrupted,
    /// The private engine cannot be started.
    NoEngine,
}

impl SkipReason {
    /// Returns the stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Needs(_) => "needs",
            Self::NoVariant => "no-variant",
            Self::Nothing => "nothing-to-run",
            Self::NoEngine => "no-engine",
            Self::AfterBroken => "after-broken",
            Self::AfterMistake => "after-mistake",
            Self::FailFast => "fail-fast",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Skip> for SkipReason {
    fn from(skip: Skip) -> Self {
        match skip {
            Skip::Needs(need) => Self::Needs(need),
            Skip::NoVariant => Self::NoVariant,
            Skip::Nothing => Self::Nothing,
            Skip::AfterMistake => Self::AfterMistake,
        }
    }
}

/// The numbers of commands, claims, verdicts and updated outputs in a lesson or a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The number of commands that ran.
    pub commands: usize,
    /// The number of claims that were checked.
    pub claims: usize,
    /// The number of commands, claims and steps that differ.
    pub differs: usize,
    /// The number of commands, claims and steps that are broken.
    pub broken: usize,
    /// The number of commands, claims and steps that were skipped.
    pub skipped: usize,
    /// The number of outputs that `--update` rewrites.
    pub rewritten: usize,
    /// The number of differing outputs for which `--update` keeps at least some of the author's lines.
    pub kept: usize,
}

impl Tally {
    /// Adds the numbers of another tally.
    pub fn add(&mut self, other: Self) {
        self.commands += other.commands;
        self.claims += other.claims;
        self.differs += other.differs;
        self.broken += other.broken;
        self.skipped += other.skipped;
        self.rewritten += other.rewritten;
        self.kept += other.kept;
    }
}

/// The numbers of lessons by verdict, and the tally of the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// The number of lessons that were met. Parts of these lessons may be skipped.
    pub met: usize,
    /// The number of lessons in which something differs.
    pub differs: usize,
    /// The number of lessons that are broken.
    pub broken: usize,
    /// The number of lessons that were not run.
    pub skipped: usize,
    /// The sum of the tallies of all lessons.
    pub tally: Tally,
}
