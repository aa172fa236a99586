//! The state that the tutor keeps between two events, grouped by subject.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tokio::time::Instant;

use crate::claims::RanCommand;
use crate::engine::Watch;
use crate::learn::context::DoneCommands;
use crate::learn::earlier::LastingClaim;
use crate::learn::undo::SnapshotKey;
use crate::lesson::{ExpectedStatus, MistakeId};
use crate::lesson_state::{ClaimDecisions, Evaluation, StepPart};
use crate::session::ScriptedInput;

/// The learner's keys, and the text that the tutor inserts at the prompt.
#[derive(Default)]
pub(super) struct LearnerInput {
    /// Keys that arrived while the shell waited for the tutor.
    pub(super) waiting: Vec<u8>,
    pub(super) last_key: Option<Instant>,
    /// Whether the shell asked for bracketed paste.
    pub(super) marks_pastes: bool,
    /// Whether the last key at the prompt was Enter, not Ctrl-C.
    pub(super) sent_line: bool,
    /// The command that the tutor inserts at the next prompt. The learner runs this command with Enter.
    pub(super) insert: Option<String>,
    /// The number of consecutive `Ctrl-]` presses.
    pub(super) escapes: usize,
    /// Whether the learner ended the running command with `Ctrl-]`.
    pub(super) is_ended_by_escape: bool,
    /// The number of Ctrl-C presses without an effect.
    pub(super) interrupts: usize,
}

/// The commands, claims and mistakes of the current step that the tutor remembers.
#[derive(Default)]
pub(super) struct StepMemory {
    /// The commands that ran in the step.
    pub(super) ran: Vec<RanCommand>,
    /// The claims of the part that is shown.
    pub(super) part_claims: Vec<usize>,
    /// The index in `ran` of the first command after this part was shown. Earlier commands do not count for the claims
    /// of the part.
    pub(super) part_begin: usize,
    /// The mistakes that existed before the step; unknown until `knows_before` is true.
    pub(super) before: BTreeSet<MistakeId>,
    /// The mistakes in the state of the engine that the tutor has reported.
    pub(super) told: BTreeSet<MistakeId>,
    pub(super) knows_before: bool,
    /// A claim about an object of an earlier step that the tutor has reported as gone. The tutor command `retry`
    /// creates the object again.
    pub(super) undone: Option<LastingClaim>,
    /// Whether a claim that was true before the step's first command is now false because of the last command.
    pub(super) has_undone: bool,
    /// The claims of the part that were true after the last command; `None` if the tutor has not polled them yet.
    pub(super) held: Option<Vec<usize>>,
    /// Whether the last command has made a claim of the part true, and none false.
    pub(super) has_advanced: bool,
    /// A name that is missing in the output of the right command.
    pub(super) not_shown: Option<String>,
}

/// A command that the tutor types.
#[derive(Default)]
pub(super) struct QueuedCommand {
    pub(super) command: String,
    pub(super) script: Vec<ScriptedInput>,
    pub(super) status: ExpectedStatus,
    /// The blocks of the claims that the command has to make true.
    pub(super) claims: Vec<usize>,
    /// The parts of the step before this command that the tutor has not shown yet.
    pub(super) before: Vec<StepPart>,
}

/// The state of the tutor while it types a step for the learner.
#[derive(Default)]
pub(super) struct StepTyping {
    pub(super) is_active: bool,
    /// Commands to type, one at each prompt.
    pub(super) queue: VecDeque<QueuedCommand>,
    /// The parts of the lesson after the last command in `queue`.
    pub(super) after_queue: Vec<StepPart>,
    /// Texts of the lesson that are not shown, because a command before them failed.
    pub(super) held_parts: Vec<StepPart>,
    /// Inputs for the command that is running.
    pub(super) script: VecDeque<ScriptedInput>,
    /// The exit statuses with which the running command may end.
    pub(super) expected_status: ExpectedStatus,
    /// The claims that the running command has to make true.
    pub(super) expected_claims: Vec<usize>,
    /// The results of the commands that the tutor has typed.
    pub(super) done: DoneCommands,
    /// Whether the tutor types the step for the second time, because the claims did not hold after the first time.
    pub(super) did_twice: bool,
    /// Whether the tutor types all commands of the step, not only the remaining ones.
    pub(super) did_whole: bool,
}

/// The times at which claims are polled without a command.
#[derive(Default)]
pub(super) struct Polling {
    pub(super) watch: Option<Watch>,
    /// The time of the next poll of the claims.
    pub(super) at: Option<Instant>,
    /// The time at which the polling of slow claims without an event ends.
    pub(super) until: Option<Instant>,
    /// An evaluation after an event that the tutor has not reported yet.
    pub(super) pending: Option<(Evaluation, ClaimDecisions)>,
}

/// The steps in which the objects on the engine were created.
#[derive(Default)]
pub(super) struct Makers {
    /// The step in which each object was created; `None` if the object existed before the first step.
    pub(super) by_object: BTreeMap<SnapshotKey, Option<usize>>,
    /// The step that was shown last.
    pub(super) shown_step: Option<usize>,
}
