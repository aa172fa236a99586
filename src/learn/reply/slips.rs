//! Chooses between Docker's message and the difference between the typed command and the step's command.

use crate::claims::RanCommand;
use crate::docker_cli::docker_commands;
use crate::explain::{Explanation, Printed, forgotten_option, other_verb, slip};

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
        "explain-no-container-list",
        "explain-no-container-none",
        "explain-too-many",
        "explain-too-many-word",
        "explain-too-many-option",
        "explain-image-unknown",
        "explain-image-or-tag-unknown",
    ];
    let by_step = || other_verb(&last.command, printed).or_else(|| forgotten_option(&last.command, printed));
    says_little.contains(&explanation.key).then(by_step)?
}
