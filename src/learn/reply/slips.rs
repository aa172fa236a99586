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
    let says_little = [
        "explain-flag-unknown",
        "explain-letter-unknown",
        "explain-no-container",
        "explain-no-container-gone",
        "explain-no-container-list",
        "explain-no-container-none",
        "explain-too-many",
        "explain-too-many-word",
        "explain-too-many-option",
        "explain-image-unknown",
        "explain-image-or-tag-unknown",
    ];
    if explanation.key == "explain-remove-running" {
        // The step may still need the container.
        let removes = |one: &Printed<'_>| docker_commands(one.command).iter().any(|call| call.familiar_name() == "rm");
        return other_verb(&last.command, printed).filter(|_| !printed.iter().any(removes));
    }
    let by_step = || other_verb(&last.command, printed).or_else(|| forgotten_option(&last.command, printed));
    // The field or the program is right, but another word before it is wrong or missing.
    let is_about_word = |slip: &Explanation| {
        [
            "explain-slip-word",
            "explain-slip-hidden-word",
            "explain-slip-word-missing",
            "explain-slip-hidden-word-missing",
        ]
        .contains(&slip.key)
    };
    if explanation.key.starts_with("explain-template-field") || explanation.key == "explain-exec-denied" {
        return other_verb(&last.command, printed).or_else(|| slip(&last.command, printed).filter(is_about_word));
    }
    if explanation.key == "explain-exec-missing" {
        // Without the program, Docker takes the program's first argument for a program.
        let is_missing = |slip: &Explanation| slip.key.ends_with("word-missing");
        return slip(&last.command, printed).filter(is_missing);
    }
    says_little.contains(&explanation.key).then(by_step)?
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
