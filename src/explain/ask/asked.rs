//! Finds what the commands of the step say about a word that docker did not understand.

use super::{Cause, Failure};
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::text::{nearest, nearest_within};

/// Returns the step's command that differs from the suggested command only in its spaces.
pub(super) fn same_but_spaces(cause: &Cause, failure: &Failure<'_>) -> Option<String> {
    let without = |text: &str| text.split_whitespace().collect::<String>();
    let near = without(cause.get("near")?);
    failure.printed.iter().find(|one| without(one.command) == near).map(|one| one.command.to_owned())
}

/// Whether a command of the step begins with this program.
pub(super) fn is_asked(program: &str, failure: &Failure<'_>) -> bool {
    failure.printed.iter().any(|one| one.command.split_whitespace().next() == Some(program))
}

/// Returns the second word of a command of this group that the learner has seen in the step.
pub(super) fn asked_of_group(cause: &Cause, failure: &Failure<'_>) -> Option<String> {
    let group = cause.get("verb")?;
    let seen = failure.printed.iter().filter(|one| one.shown || one.typed);
    let calls: Vec<DockerCommand> = seen.flat_map(|one| docker_commands(one.command)).collect();
    let mut seconds = calls.iter().filter_map(|call| call.name().split_once(' '));
    seconds.find(|(first, _)| *first == group).map(|(_, second)| second.to_owned())
}

/// Returns the docker command of the step that a misspelt command is most similar to.
pub(super) fn asked_command(cause: &Cause, failure: &Failure<'_>) -> Option<String> {
    let word = cause.get("word")?;
    let open = failure.printed.iter().filter(|one| !one.typed);
    let calls: Vec<DockerCommand> = open.flat_map(|one| docker_commands(one.command)).collect();
    // `docker ls` for `docker context ls`
    let is_second = |call: &&DockerCommand| {
        let second = call.familiar_name().split_once(' ').map(|(_, second)| second);
        second == Some(word) || second == Some("ls") && word == "list"
    };
    if let Some(call) = calls.iter().find(is_second) {
        return Some(call.familiar_name().to_owned());
    }
    let limit = if word.chars().count() > 3 { 2 } else { 1 };
    nearest_within(word, calls.iter().map(DockerCommand::familiar_name), limit).map(str::to_owned)
}

/// Returns the context of the step's commands, if it is similar to an unknown one.
pub(super) fn asked_context(cause: &Cause, failure: &Failure<'_>) -> Option<String> {
    let calls: Vec<DockerCommand> = failure.printed.iter().flat_map(|one| docker_commands(one.command)).collect();
    let name = cause.get("name")?;
    nearest(name, calls.iter().filter_map(DockerCommand::context)).filter(|near| *near != name).map(str::to_owned)
}
