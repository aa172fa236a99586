//! Chooses between Docker's message and the difference between the typed command and the step's command.

use crate::claims::RanCommand;
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::explain::{Explanation, Printed, forgotten_option, other_verb, slip};
use crate::image_ref::ImageRef;

/// Finds the wrong word because of which a refused command was about an object of the learner.
pub(super) fn refused_by_mistake(last: &RanCommand, printed: &[Printed<'_>]) -> Option<Explanation> {
    let is_wrong_word = |slip: &Explanation| {
        let keys = ["swapped", "word", "hidden-word", "value", "hidden-value", "case"];
        keys.contains(&slip.key.trim_start_matches("explain-slip-"))
    };
    slip(&last.command, printed).filter(is_wrong_word)
}

/// Adds the advice to remove a container that a wrong command has made, if it runs in the background under another name
/// than the step's.
pub(super) fn with_container_made(slip: Explanation, last: &RanCommand, printed: &[Printed<'_>]) -> Explanation {
    let calls = docker_commands(&last.command);
    let [call] = &calls[..] else { return slip };
    let is_made = last.exit == Some(0) && call.familiar_name() == "run" && call.has("detach") && !call.has("rm");
    let Some(name) = call.value("name").filter(|_| is_made && slip.asks_for_another_try()) else { return slip };
    let mut wanted = printed.iter().flat_map(|one| docker_commands(one.command));
    if wanted.any(|wanted| wanted.value("name") == Some(name)) {
        return slip;
    }
    slip.with_container_made(&format!("-f {name}"), call.context())
}

/// Explains a failure by the step's command, if that explains more than Docker's message: the learner typed another docker
/// command with the same words, or forgot an option in front of its value.
pub(super) fn by_step(last: &RanCommand, explanation: &Explanation, printed: &[Printed<'_>]) -> Option<Explanation> {
    let verb = || other_verb(&last.command, printed);
    let word = || slip(&last.command, printed);
    let is_missing = |slip: &Explanation| slip.key.ends_with("word-missing");
    let is_wrong = |slip: &Explanation| matches!(slip.key, "explain-slip-word" | "explain-slip-hidden-word");
    match explanation.key {
        // The step may still need the container.
        "explain-remove-running" => {
            let removes =
                |one: &Printed<'_>| docker_commands(one.command).iter().any(|call| call.familiar_name() == "rm");
            verb().filter(|_| !printed.iter().any(removes))
        }
        // Without the program, Docker takes the program's first argument for a program.
        "explain-exec-missing" => word().filter(is_missing),
        // The field or the program is right, but another word before it is wrong or missing.
        key if key.starts_with("explain-template-field") || key == "explain-exec-denied" => {
            verb().or_else(|| word().filter(|slip| is_wrong(slip) || is_missing(slip)))
        }
        // Docker's message says little.
        "explain-flag-unknown"
        | "explain-letter-unknown"
        | "explain-no-container"
        | "explain-no-container-gone"
        | "explain-no-container-list"
        | "explain-no-container-none"
        | "explain-too-many"
        | "explain-too-many-word"
        | "explain-too-many-option"
        | "explain-reference"
        | "explain-image-unknown"
        | "explain-image-or-tag-unknown" => verb().or_else(|| forgotten_option(&last.command, printed)),
        _ => None,
    }
}

/// Whether a line runs an image that no command of the step runs, under a name that the step does not give. The learner
/// tries something out.
pub(super) fn runs_another_image(line: &str, printed: &[Printed<'_>]) -> bool {
    let calls = docker_commands(line);
    let [call] = &calls[..] else { return false };
    let image_of = |call: &DockerCommand| call.first().and_then(|image| image.parse::<ImageRef>().ok());
    let Some(image) = image_of(call).filter(|_| call.familiar_name() == "run") else { return false };
    let wanted: Vec<DockerCommand> = printed.iter().flat_map(|one| docker_commands(one.command)).collect();
    let mut runs = wanted.iter().filter(|call| call.familiar_name() == "run").peekable();
    let is_same = |one: &DockerCommand| {
        image_of(one).is_some_and(|one| one.familiar_name() == image.familiar_name())
            || call.value("name").is_some() && one.value("name") == call.value("name")
    };
    runs.peek().is_some() && !runs.any(is_same)
}
