//! Finds the checks and commands of a step, and the exit statuses with which a command may end. Defines a learner's
//! result of a step.

use serde::{Deserialize, Serialize};

use super::{Block, Check, Command, ExpectedKind, Key, Step, Transcript};

/// A command of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId {
    /// The index of the command's transcript among the step's blocks.
    pub block: usize,
    /// The index of the command in the transcript.
    pub number: usize,
}

/// A known mistake of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MistakeId {
    /// The index of the mistake's check among the step's blocks.
    pub block: usize,
    /// The index of the mistake in the check.
    pub number: usize,
}

/// The exit statuses with which a command may end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ExpectedStatus {
    /// Any status, because Ctrl-C interrupts the command.
    #[default]
    Any,
    /// One of these exit statuses.
    OneOf(Vec<i32>),
}

impl ExpectedStatus {
    /// Whether a command may end with `status`. `None` stands for a command without an exit status.
    #[must_use]
    pub fn allows(&self, status: impl Into<Option<i32>>) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(allowed) => status.into().is_some_and(|status| allowed.contains(&status)),
        }
    }
}

/// A learner's result of a step. The best result counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepResult {
    /// The step was skipped.
    Skipped,
    /// The step was passed after the exact command was shown.
    Helped,
    /// The step was passed.
    Passed,
}

impl Step {
    /// Returns the check in the block with the index `block`.
    #[must_use]
    pub fn check(&self, block: usize) -> Option<&Check> {
        match self.blocks.get(block)? {
            Block::Check(check) => Some(check),
            _ => None,
        }
    }

    /// Returns the command `id` with its transcript.
    #[must_use]
    pub fn command(&self, id: CommandId) -> Option<(&Transcript, &Command)> {
        match self.blocks.get(id.block)? {
            Block::Transcript(transcript) => Some((transcript, transcript.commands.get(id.number)?)),
            _ => None,
        }
    }
}

impl Transcript {
    /// Returns the exit statuses with which the command number `number` may end. The attribute `exit` applies only to
    /// the last command.
    #[must_use]
    pub fn expected_status(&self, number: usize) -> ExpectedStatus {
        let is_last = number + 1 == self.commands.len();
        match self.commands.get(number) {
            Some(command) if command.is_interrupted() => ExpectedStatus::Any,
            _ if is_last && !self.attrs.exit.is_empty() => ExpectedStatus::OneOf(self.attrs.exit.clone()),
            _ => ExpectedStatus::OneOf(vec![0]),
        }
    }
}

impl Command {
    /// Whether the learner presses Ctrl-C while the command runs.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.expected.iter().any(|line| line.kind == ExpectedKind::Key(Key::Interrupt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    #[test]
    fn exit_attribute_applies_only_to_the_last_command() {
        let text =
            "# L\n\n## S {#s}\n\n```console,exit=1|2\n$ false\n$ grep a b\n```\n\n```console\n$ sleep 9\n^C\n```\n";
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        let command = |block, number| lesson.steps[0].command(CommandId { block, number });
        let status = |block, number| command(block, number).unwrap().0.expected_status(number);
        assert_eq!(status(0, 0), ExpectedStatus::OneOf(vec![0]));
        assert_eq!(status(0, 1), ExpectedStatus::OneOf(vec![1, 2]));
        assert_eq!(status(1, 0), ExpectedStatus::Any);
        assert!(status(0, 1).allows(2) && !status(0, 1).allows(0) && !status(0, 1).allows(None));
        assert!(status(1, 0).allows(130) && status(1, 0).allows(None));
        assert!(command(0, 2).is_none() && lesson.steps[0].check(0).is_none());
    }
}
