//! What the tutor remembers between two events, by what it is about.

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

/// The learner's keys, and what is typed for them at the prompt.
#[derive(Default)]
pub(super) struct LearnerInput {
    /// Keys that came while the shell was held.
    pub(super) waiting: Vec<u8>,
    pub(super) last_key: Option<Instant>,
    /// Whether the shell asked for bracketed paste.
    pub(super) marks_pastes: bool,
    /// Whether the last key at the prompt was Enter, not Ctrl-C.
    pub(super) sent_line: bool,
    /// A command to insert at the next prompt; the learner sends it.
    pub(super) insert: Option<String>,
    /// The number of `Ctrl-]` presses one after the other.
    pub(super) escapes: usize,
    /// Whether the learner ended the running command by `Ctrl-]`.
    pub(super) is_ended_by_escape: bool,
    /// The number of Ctrl-C presses without an effect.
    pub(super) interrupts: usize,
}

/// What has happened in the step that is shown.
#[derive(Default)]
pub(super) struct StepMemory {
    /// The commands that ran in it.
    pub(super) ran: Vec<RanCommand>,
    /// The claims of the part that is shown.
    pub(super) part_claims: Vec<usize>,
    /// The index in `ran` of the first command after this part was shown. Earlier commands decide none of its claims.
    pub(super) part_begin: usize,
    /// Mistakes that were made before the step, if `knows_before`.
    pub(super) before: BTreeSet<MistakeId>,
    /// Mistakes in the state of the world that were told.
    pub(super) told: BTreeSet<MistakeId>,
    pub(super) knows_before: bool,
    /// What an earlier step made, was said to be gone, and is to be made again by `retry`.
    pub(super) undone: Option<LastingClaim>,
    /// Whether the last command has undone claims that held before the learner began.
    pub(super) has_undone: bool,
    /// A name that the right command did not show.
    pub(super) not_shown: Option<String>,
}

/// A command that the tutor types.
#[derive(Default)]
pub(super) struct QueuedCommand {
    pub(super) command: String,
    pub(super) script: Vec<ScriptedInput>,
    pub(super) status: ExpectedStatus,
    /// The blocks of the claims that it has to make true.
    pub(super) claims: Vec<usize>,
    /// The parts of the lesson that come before it and were not shown yet.
    pub(super) before: Vec<StepPart>,
}

/// The step as the tutor does it for the learner.
#[derive(Default)]
pub(super) struct StepTyping {
    pub(super) is_active: bool,
    /// Commands to type, one at each prompt.
    pub(super) queue: VecDeque<QueuedCommand>,
    /// The parts of the lesson after the last of these commands.
    pub(super) after_queue: Vec<StepPart>,
    /// Texts of the lesson that are not shown, because a command before them failed.
    pub(super) held_parts: Vec<StepPart>,
    /// Inputs for the command that is running.
    pub(super) script: VecDeque<ScriptedInput>,
    /// How that command may end.
    pub(super) expected_status: ExpectedStatus,
    /// The claims that it has to make true.
    pub(super) expected_claims: Vec<usize>,
    /// What became of the commands.
    pub(super) done: DoneCommands,
    /// Whether this is the second time, because the claims did not hold after the first.
    pub(super) did_twice: bool,
    /// Whether all commands of the step were typed, not only those that were left.
    pub(super) did_whole: bool,
}

/// When claims are polled without a command.
#[derive(Default)]
pub(super) struct Polling {
    pub(super) watch: Option<Watch>,
    /// When the claims are to be polled after an event.
    pub(super) at: Option<Instant>,
    /// Until when they are polled without an event, because some of them take their time.
    pub(super) until: Option<Instant>,
    /// The evaluation after an event that was not reported yet.
    pub(super) pending: Option<(Evaluation, ClaimDecisions)>,
}

/// Which step made what is on the engine.
#[derive(Default)]
pub(super) struct Makers {
    /// The step in which each thing was made; `None` if it was there before the first one.
    pub(super) by_object: BTreeMap<SnapshotKey, Option<usize>>,
    /// The step that was shown last.
    pub(super) shown_step: Option<usize>,
}
