//! The results of `test --mutants`: changed commands, and whether the lesson's checks fail after a changed command.

use serde::Serialize;

use super::Verdict;
use crate::lesson::{Claim, StepId};
use crate::text::Span;

/// A change of one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The kind of change.
    pub change: MutantChange,
    /// The text that is typed instead of the command, or the line of input that is left out; `None` if nothing is
    /// typed.
    pub typed: Option<String>,
}

named_enum! {
    /// A kind of change.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum MutantChange {
        /// An option was dropped, with its value.
        OptionDropped = "option-dropped",
        /// All arguments after the image or the container were dropped.
        ArgumentsDropped = "arguments-dropped",
        /// The last argument was dropped.
        LastArgumentDropped = "last-argument-dropped",
        /// A name was replaced by another name.
        OtherName = "other-name",
        /// The image has another tag.
        OtherTag = "other-tag",
        /// The image was replaced by another image.
        OtherImage = "other-image",
        /// Two arguments changed places.
        ArgumentsSwapped = "arguments-swapped",
        /// The command was replaced by a similar command, such as `stop` by `kill`.
        OtherCommand = "other-command",
        /// The command was left out.
        LeftOut = "left-out",
        /// A line of input to the command's program was left out.
        InputLeftOut = "input-left-out",
    }
}

/// The result of a mutant.
#[derive(Debug, Clone)]
pub enum MutantOutcome {
    /// The tutor does not accept the mutant, because a claim is false or because only the printed command passes the
    /// step.
    Caught,
    /// The tutor accepts the mutant, and a later part of the lesson breaks. The check is too weak.
    Survived(Box<Breakage>),
    /// The tutor accepts the mutant, although it printed another output or ended with another exit status. No later
    /// part breaks.
    PrintedOther,
    /// The tutor accepts the mutant, and nothing differs.
    Equivalent,
    /// The result is unknown, because no run reached the mutant.
    Unknown,
}

impl MutantOutcome {
    /// Returns the outcome's stable name.
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
    /// The step of the broken part.
    pub step: StepId,
    /// The span of the broken part in the source.
    pub span: Span,
    /// The broken part: a command, a claim or the whole step.
    pub part: BrokenPart,
    /// The verdict on the broken part.
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

/// The numbers of mutants by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MutantTally {
    /// The number of mutants that the tutor did not accept.
    pub caught: usize,
    /// The number of accepted mutants after which a later part of the lesson broke.
    pub survived: usize,
    /// The number of accepted mutants with another output or another exit status.
    pub printed_other: usize,
    /// The number of accepted mutants after which nothing differed.
    pub equivalent: usize,
    /// The number of mutants that no run reached.
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

    /// Adds the numbers of another tally.
    pub const fn add(&mut self, other: Self) {
        self.caught += other.caught;
        self.survived += other.survived;
        self.printed_other += other.printed_other;
        self.equivalent += other.equivalent;
        self.unknown += other.unknown;
    }

    /// Returns the number of all mutants.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.caught + self.survived + self.printed_other + self.equivalent + self.unknown
    }
}
