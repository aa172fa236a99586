//! What `test --mutants` reports: changed commands, and whether the lesson notices them.

use super::Verdict;
use crate::lesson::{Claim, StepId};
use crate::text::Span;

/// A change of one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What was changed.
    pub change: MutantChange,
    /// What is typed in place of the command, or the line of an inner program that is left out; `None` if nothing is
    /// typed.
    pub typed: Option<String>,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MutantChange {
    /// An option was dropped, with its value.
    OptionDropped,
    /// All arguments behind the image or the container were dropped.
    ArgumentsDropped,
    /// The last argument was dropped.
    LastArgumentDropped,
    /// Another name.
    OtherName,
    /// The same image with another tag.
    OtherTag,
    /// Another image.
    OtherImage,
    /// Two arguments changed places.
    ArgumentsSwapped,
    /// A command that does nearly the same, such as `kill` for `stop`.
    OtherCommand,
    /// The command was left out.
    LeftOut,
    /// A line that is typed into the command's program was left out.
    InputLeftOut,
}

impl MutantChange {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::OptionDropped,
        Self::ArgumentsDropped,
        Self::LastArgumentDropped,
        Self::OtherName,
        Self::OtherTag,
        Self::OtherImage,
        Self::ArgumentsSwapped,
        Self::OtherCommand,
        Self::LeftOut,
        Self::InputLeftOut,
    ];

    /// Its stable name: `option-dropped`, `left-out` …
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OptionDropped => "option-dropped",
            Self::ArgumentsDropped => "arguments-dropped",
            Self::LastArgumentDropped => "last-argument-dropped",
            Self::OtherName => "other-name",
            Self::OtherTag => "other-tag",
            Self::OtherImage => "other-image",
            Self::ArgumentsSwapped => "arguments-swapped",
            Self::OtherCommand => "other-command",
            Self::LeftOut => "left-out",
            Self::InputLeftOut => "input-left-out",
        }
    }
}

/// What became of a mutant.
#[derive(Debug, Clone)]
pub enum MutantOutcome {
    /// The tutor does not accept it: a claim fails, or it is not the printed command that must be typed.
    Caught,
    /// The tutor accepts it, and a later part of the lesson breaks. The check is too weak.
    Survived(Box<Breakage>),
    /// The tutor accepts it, although it printed something else or ended with another status. Nothing later breaks.
    PrintedOther,
    /// The tutor accepts it, and nothing differs.
    Equivalent,
    /// Nobody knows: the lesson did not come that far.
    Unknown,
}

impl MutantOutcome {
    /// Its stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Caught => "caught",
            Self::Survived(_) => "survived",
            Self::PrintedOther => "printed-other",
            Self::Equivalent => "equivalent",
            Self::Unknown => "unknown",
        }
    }
}

/// The first part of a lesson that breaks after a changed command.
#[derive(Debug, Clone)]
pub struct Breakage {
    /// Its step.
    pub step: StepId,
    /// Where it is written.
    pub span: Span,
    /// The command or the claim.
    pub part: BrokenPart,
    /// How it breaks.
    pub verdict: Verdict,
}

/// A part of a lesson that breaks.
#[derive(Debug, Clone)]
pub enum BrokenPart {
    /// A command.
    Command(String),
    /// A claim.
    Claim(Claim),
    /// The step as a whole.
    Step,
}

/// What passes a step in which no mutant can be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedBy {
    /// The printed commands: the tutor compares what is typed with them.
    Commands,
    /// Its questions.
    Quiz,
    /// The learner, who has read it and goes on.
    Reading,
}

impl PassedBy {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commands => "commands",
            Self::Quiz => "quiz",
            Self::Reading => "reading",
        }
    }
}

/// The numbers of mutants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MutantTally {
    /// Caught.
    pub caught: usize,
    /// Accepted, and something later breaks.
    pub survived: usize,
    /// Accepted with other output.
    pub printed_other: usize,
    /// Accepted, and nothing differs.
    pub equivalent: usize,
    /// Not tried.
    pub unknown: usize,
}

impl MutantTally {
    /// Counts an outcome.
    pub const fn count(&mut self, outcome: &MutantOutcome) {
        match outcome {
            MutantOutcome::Caught => self.caught += 1,
            MutantOutcome::Survived(_) => self.survived += 1,
            MutantOutcome::PrintedOther => self.printed_other += 1,
            MutantOutcome::Equivalent => self.equivalent += 1,
            MutantOutcome::Unknown => self.unknown += 1,
        }
    }

    /// Adds the numbers of another.
    pub const fn add(&mut self, other: Self) {
        self.caught += other.caught;
        self.survived += other.survived;
        self.printed_other += other.printed_other;
        self.equivalent += other.equivalent;
        self.unknown += other.unknown;
    }

    /// The number of all mutants.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.caught + self.survived + self.printed_other + self.equivalent + self.unknown
    }
}
