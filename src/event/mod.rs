//! What happens in a run, as plain data: the drive loop makes it, reporters show it.

use std::time::Duration;

use crate::claims::{Finding, InfraFailure};
use crate::lesson::{EngineFamily, LessonId, Skip, StepId};
use crate::matcher::Comparison;
use crate::text::{Position, Source, Span};

/// The version of the JSON shape of these events; it changes when a reader of the old shape would misread the new one.
pub const VERSION: u32 = 1;

/// The engine that a run uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineFacts {
    /// `20.10.24+dfsg1`.
    pub version: String,
    /// `1.41`.
    pub api: String,
    /// What kind of engine.
    pub family: EngineFamily,
    /// The docker CLI that lessons find first.
    pub cli: String,
    /// Whether it is a private one.
    pub private: bool,
}

/// A lesson as events name it.
#[derive(Debug, Clone)]
pub struct LessonRef {
    /// Its id.
    pub id: LessonId,
    /// Its title, not sanitised.
    pub title: String,
    /// Its source, for names and positions.
    pub source: Source,
}

impl LessonRef {
    /// The path as the person named it.
    #[must_use]
    pub fn path(&self) -> &str {
        self.source.name()
    }

    /// Where `span` begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.source.position(span.start)
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The run begins.
    RunStarted {
        /// How many lessons it has.
        lessons: usize,
    },
    /// An engine answers for the first time.
    EngineReady(EngineFacts),
    /// An image is a stand-in for another; said once an image.
    StandIn {
        /// `mongo:4.1`.
        image: String,
        /// What it is instead.
        note: String,
    },
    /// A lesson begins.
    LessonStarted(LessonRef),
    /// An image that the lesson has at its start is being fetched.
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
        /// The prompt in front of it.
        prompt: String,
        /// Its text.
        command: String,
        /// Its place.
        span: Span,
        /// Whether it is a set-up that readers never see.
        hidden: bool,
    },
    /// A command ended.
    CommandEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// Its text.
        command: String,
        /// Its place.
        span: Span,
        /// What a person saw.
        output: Vec<String>,
        /// Its status, if it ended.
        status: Option<i32>,
        /// How long it took.
        elapsed: Duration,
        /// The judgement.
        verdict: Verdict,
        /// Whether it is a set-up that readers never see.
        hidden: bool,
    },
    /// A claim was judged.
    CheckEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// The claim.
        claim: crate::lesson::Claim,
        /// The check's place.
        span: Span,
        /// The judgement.
        verdict: Verdict,
    },
    /// Something about the step as a whole: its checks cannot fail, or it (or a fence of it) was skipped.
    StepJudged {
        /// The lesson.
        lesson: LessonRef,
        /// The step.
        step: StepId,
        /// Its place.
        span: Span,
        /// The judgement.
        verdict: Verdict,
    },
    /// A lesson ended.
    LessonEnded {
        /// The lesson.
        lesson: LessonRef,
        /// The worst of its verdicts.
        verdict: Verdict,
        /// How many of what.
        tally: Tally,
        /// How long it took.
        elapsed: Duration,
        /// Whether `--update` rewrote its file.
        updated: bool,
    },
    /// The run ended.
    RunEnded {
        /// Over all lessons.
        summary: Summary,
        /// How long it took.
        elapsed: Duration,
    },
}

impl Event {
    /// The lesson it is about, if it is about one.
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
            | Self::LessonEnded { lesson, .. } => Some(lesson),
            Self::RunStarted { .. } | Self::EngineReady(_) | Self::StandIn { .. } | Self::RunEnded { .. } => None,
        }
    }
}

/// A judgement.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// As it should be.
    Met,
    /// Something is not as it should be.
    Differs(Vec<Difference>),
    /// Not tried.
    Skipped(SkipReason),
    /// It could not be found out; nobody's fault.
    Broken(InfraFailure),
}

impl Verdict {
    /// A stable name: `met`, `differs`, `skipped`, `broken`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Differs(_) => "differs",
            Self::Skipped(_) => "skipped",
            Self::Broken(_) => "broken",
        }
    }

    /// The worse of two: broken, differs, met, skipped in this order.
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

/// Why `--update` leaves what an author wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepReason {
    /// The command did not end as written, or not all was typed or kept: what it printed is not what is meant.
    Unfinished,
    /// A line that was not printed looks like a comment or a command.
    NotOutput,
}

/// In what way something differs.
#[derive(Debug, Clone)]
pub enum Difference {
    /// What was printed is not what is written.
    Transcript {
        /// Written lines.
        expected: Vec<String>,
        /// Printed lines.
        found: Vec<String>,
        /// Which goes with which.
        comparison: Comparison,
        /// Whether the middle of the output was dropped.
        cut: bool,
        /// Why `--update` leaves it, or lines of it, as the author wrote it.
        kept: Option<KeepReason>,
    },
    /// The lesson's recording shows what the lesson no longer says.
    Recording {
        /// Written lines.
        expected: Vec<String>,
        /// Lines of the recording.
        recorded: Vec<String>,
        /// Which goes with which.
        comparison: Comparison,
    },
    /// The exit status.
    Status {
        /// Any of these.
        expected: Vec<i32>,
        /// The status.
        found: i32,
        /// The end of what was printed, unless it is told as a difference of its own.
        said: Vec<String>,
    },
    /// A pull failed for an image that the pack does not hold; whether there is one elsewhere is not known.
    NotInPack {
        /// As the engine names it.
        image: String,
    },
    /// The command ended the lesson's shell.
    ShellExited(Option<i32>),
    /// A typed line of the transcript that could not be typed: its prompt, or the lines before it, never came.
    NotTyped {
        /// The line.
        line: String,
    },
    /// The command waits for what no line of the transcript types, and was ended.
    Waits {
        /// What the screen showed last.
        shown: String,
        /// The written line that is most like it, or that was to be typed next.
        like: Option<String>,
        /// Whether that is the prompt of a program inside, and not a question.
        prompt: bool,
    },
    /// The command runs until somebody stops it, and was ended.
    NeverEnds,
    /// A claim does not hold.
    Claim(Vec<Finding>),
    /// All the step's checks hold before its first command: they cannot fail.
    CannotFail,
    /// A file could not be written.
    File {
        /// Its path in the lesson's directory.
        path: String,
        /// The system's words.
        problem: String,
    },
}

/// Why something was not tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// An ability is missing on this engine or machine.
    Needs(String),
    /// No variant of the fence is for this docker CLI or engine.
    NoVariant,
    /// The lesson has nothing that runs.
    Nothing,
    /// Something before it in the lesson was broken.
    AfterBroken,
    /// `--fail-fast`.
    FailFast,
    /// The person stopped the run.
    Interrupted,
    /// The private engine cannot be started.
    NoEngine,
}

impl From<Skip> for SkipReason {
    fn from(skip: Skip) -> Self {
        match skip {
            Skip::Needs(need) => Self::Needs(need),
            Skip::NoVariant => Self::NoVariant,
            Skip::Nothing => Self::Nothing,
        }
    }
}

/// How many of what a lesson, or a run, had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Commands that ran.
    pub commands: usize,
    /// Claims that were judged.
    pub claims: usize,
    /// Commands, claims and steps that differ.
    pub differs: usize,
    /// Those that are broken.
    pub broken: usize,
    /// Those that were skipped.
    pub skipped: usize,
    /// Outputs that `--update` writes anew.
    pub rewritten: usize,
    /// Outputs that differ and that `--update` leaves as they are, or lines of them.
    pub kept: usize,
}

impl Tally {
    /// Adds another.
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

/// How a run ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lessons all of whose verdicts are met (or skipped in part).
    pub met: usize,
    /// Lessons in which something differs.
    pub differs: usize,
    /// Lessons that are broken.
    pub broken: usize,
    /// Lessons that were not run.
    pub skipped: usize,
    /// Over all lessons.
    pub tally: Tally,
}
