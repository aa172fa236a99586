//! The parts of a step, and how a typed command matches the commands of the step.

use crate::docker_cli::DockerCommand;
use crate::lesson::{Action, Block, PlannedStep, Step};
use crate::shell::{self, SimpleCommand};

/// A part of a step, with the index of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPart {
    /// Something to show: prose, a file with gaps, a skipped fence.
    Show(usize),
    /// Commands with gaps. A task with the whole commands follows.
    Gaps(usize),
    /// A question.
    Quiz(usize),
    /// A file to write.
    File(usize),
    /// Commands to type.
    Task {
        /// The transcript's block.
        block: usize,
        /// The number of the transcript's commands.
        commands: usize,
    },
    /// A claim.
    Check(usize),
}

/// How a typed command matches the commands of the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandMatch {
    /// The command is one of the step's commands and ended with an expected status.
    Exact,
    /// The command is one of the step's commands and ended with another status.
    ExactButFailed,
    /// The command is one of the step's commands, but did not print this name, which the step's transcript shows.
    ExactButNotShown(String),
    /// The command is of the same kind as a command of the step (`docker pull …`), so it is an attempt at the step.
    SameKind,
    /// The command matches no command of the step.
    Other,
}

/// Returns the parts of `step`, as planned for this engine.
pub(super) fn parts(step: &Step, planned: &PlannedStep) -> Vec<StepPart> {
    let does = |block: usize| {
        planned.actions.iter().any(|action| match *action {
            Action::Write { block: at } | Action::Run { block: at, .. } | Action::Judge { block: at } => at == block,
        })
    };
    let is_skipped = |block: usize| planned.skipped.iter().any(|(at, _)| *at == block);
    // If this engine does not run the commands, leave out the exercise with gaps in these commands. The tutor then only
    // shows the commands.
    let is_only_shown = |block: usize| {
        let is_solution = |at: &usize| matches!(&step.blocks[*at], Block::Transcript(one) if one.attrs.solution);
        (block + 1..step.blocks.len()).find(is_solution).is_some_and(is_skipped)
    };
    let part = |(block, what): (usize, &Block)| match what {
        Block::Prose(_) => Some(StepPart::Show(block)),
        Block::Quiz(_) => Some(StepPart::Quiz(block)),
        Block::File(file) if file.attrs.hidden => None,
        Block::Transcript(transcript) if transcript.attrs.hidden => None,
        Block::File(file) if file.attrs.blank => Some(StepPart::Show(block)),
        Block::Transcript(transcript) if transcript.attrs.blank => {
            (!is_only_shown(block)).then_some(StepPart::Gaps(block))
        }
        Block::File(_) if does(block) => Some(StepPart::File(block)),
        Block::Transcript(transcript) if does(block) => {
            Some(StepPart::Task { block, commands: transcript.commands.len() })
        }
        Block::Check(_) if does(block) => Some(StepPart::Check(block)),
        Block::File(_) | Block::Transcript(_) if is_skipped(block) => Some(StepPart::Show(block)),
        Block::File(_) | Block::Transcript(_) | Block::Check(_) => None,
    };
    step.blocks.iter().enumerate().filter_map(part).collect()
}

/// Programs that only show something.
const VIEWERS: &str =
    "ls cat pwd echo clear man less head tail grep date whoami which type history uname env hostname wc";

/// Whether a command only shows something: it changes nothing on the engine, and writes to no file.
#[must_use]
pub fn only_looks(command: &str) -> bool {
    let looks = |command: &SimpleCommand| {
        let invocation = command.invocation();
        let program = || invocation.program().is_some_and(|name| VIEWERS.split(' ').any(|viewer| viewer == name));
        !command.redirects.iter().any(|redirect| redirect.operator.contains('>'))
            && DockerCommand::parse(invocation.words).map_or_else(program, |call| call.only_looks())
    };
    let commands = shell::read(command).all_commands();
    !commands.is_empty() && commands.iter().all(looks)
}

#[cfg(test)]
mod tests {
    use super::only_looks;

    #[test]
    fn only_looks_holds_for_commands_that_change_nothing_and_write_no_file() {
        for look in [
            "docker ps",
            "docker ps -a",
            "docker container ls",
            "docker run --help",
            "docker images | wc -l",
            "sudo docker inspect x",
            "ls -l",
            "docker logs x",
        ] {
            assert!(only_looks(look), "{look}");
        }
        for change in [
            "docker run x",
            "docker rm x",
            "docker pull x",
            "echo a > b",
            "docker exec x ls",
            "docker ps && docker rm x",
            "docker logs $(docker run -d x)",
            "rm x",
        ] {
            assert!(!only_looks(change), "{change}");
        }
    }
}
