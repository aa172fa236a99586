//! Decides how the tutor replies to a command that passed no claim. The reply is about the command itself if the
//! command was refused, failed, made a known mistake or printed something else. Otherwise, the reply is about the claim
//! that does not hold yet. All functions are pure.

mod names;
mod slips;
mod step_commands;
mod taken;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::names::name_slip;
use self::slips::{by_step, refused_by_mistake, runs_another_image, with_container_made};
pub use self::step_commands::{expects_failure, printed_commands};
pub(super) use self::step_commands::{images_of_step, refused_images};
pub(super) use self::taken::{explains_error, taken_name};
use super::claim_poller::find_matching_command;
use super::tutor_commands::nearest_name;
use crate::claims::{ClaimFailure, Expectation, RanCommand};
use crate::docker_cli::{DockerCommand, GivenOption, are_alike, are_same_lines, docker_commands};
use crate::explain::{self, Explanation, Printed, missing_docker, other_verb, slip, wrong_space};
use crate::lesson::{Claim, CommandId, MistakeId, NODES, Step, Subject};
use crate::lesson_state::{CommandMatch, only_looks};

/// The exit status of a command that Ctrl-Z has stopped: 128 plus the number of the signal.
const SUSPENDED: i32 = 148;

/// The exit status of the docker CLI if the engine did not start anything.
pub(super) const NOT_STARTED: i32 = 125;

const SHELLS: [&str; 5] = ["bash", "sh", "ash", "dash", "zsh"];

/// The exit status of a command that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// The facts about a command that passed no claim.
#[derive(Debug, Clone, Default)]
pub struct ReplyFacts<'a> {
    /// The other node to which the command went, because `docker context use` has chosen that node.
    pub chosen_node: Option<&'a str>,
    /// The lesson's directory, if the lesson has files and the learner's shell has left that directory.
    pub left_dir: Option<&'a str>,
    /// Whether the gateway refused a request of the command.
    pub is_refused: bool,
    /// Whether the learner ended the command with `Ctrl-]`. The exit status of such a command says nothing about a
    /// container.
    pub is_ended_by_escape: bool,
    /// Whether the command was an attempt at the step, so that the step's claims should hold now.
    pub is_due: bool,
    /// Whether the tutor offers help after the reply.
    pub is_help_offered: bool,
    /// The commands to type in the blocks that were shown, also those that the learner has to find.
    pub printed: &'a [Printed<'a>],
    /// Whether a command of the shown part has to fail.
    pub expects_failure: bool,
    /// The next command of the step.
    pub next: Option<&'a str>,
    /// Whether the tutor has advised exactly this command.
    pub is_advised: bool,
    /// Whether the command has made a claim of the part true, although another claim does not hold yet.
    pub has_advanced: bool,
    /// Whether an object of the learner has a name that the step needs. The tutor reports this object after the reply.
    pub is_clash: bool,
    /// The known mistakes that the command made.
    pub mistakes: KnownMistakes<'a>,
    /// The explanation of a message from Docker or the shell.
    pub explanation: Option<&'a Explanation>,
    /// The explanation for a failure whose message matches no rule.
    pub unexplained: Option<&'a Explanation>,
    /// Whether an object of an earlier step is gone, although this step needs it.
    pub is_earlier_step_undone: bool,
    /// Whether an object of an earlier step exists, but no longer matches the claims of that step.
    pub is_earlier_object_other: bool,
    /// Whether the command has removed an object of a passed part of this step.
    pub is_passed_part_undone: bool,
    /// Whether a container of a passed part of this step has another state than at the end of that part.
    pub is_passed_part_changed: bool,
    /// A name that the step's command should have shown, but did not show.
    pub not_shown: Option<&'a str>,
    /// The first claim that does not hold, with its failures.
    pub unmet: Option<(&'a Claim, &'a [ClaimFailure])>,
}

/// The mistakes that the lesson declares and that the last command has made, in the author's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownMistakes<'a> {
    /// A mistake in the typed command.
    pub typed: Option<&'a str>,
    /// A mistake in the state of the engine that did not exist before the step.
    pub state: Option<&'a str>,
}

/// The tutor's reply to a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply<'a> {
    /// No reply, for example because the command is read-only.
    Nothing,
    /// The gateway refused a request of the command.
    Refused,
    /// Ctrl-Z has stopped the command.
    Suspended,
    /// The reply is only the report on an object of the learner that has a name from the step.
    Clash,
    /// The command went to this other node.
    OtherNode(&'a str),
    /// The command did not find a file, because the shell has left this directory of the lesson.
    LeftDirectory(&'a str),
    /// The tutor has advised the command, or the command has made a claim true in its own way. The reply names the next
    /// command if the tutor knows it.
    AdviceFollowed,
    /// The name of a tutor command was misspelt, or typed in a container, where the tutor does not receive it.
    OwnWord {
        /// The key of the message.
        key: &'static str,
        /// The typed word.
        word: String,
        /// The right name of the tutor command.
        near: &'static str,
    },
    /// The learner ended the docker CLI with `Ctrl-]`. The program in the container may still run.
    ClientEnded,
    /// An object of an earlier step is gone.
    EarlierStepUndone,
    /// An object of an earlier step exists, but no longer matches the claims of that step.
    EarlierObjectOther,
    /// An object of a passed part of this step is gone.
    PassedPartUndone,
    /// A container of a passed part of this step has another state than at the end of that part.
    PassedPartChanged,
    /// The author's text about a known mistake.
    Mistake(&'a str),
    /// An explanation of a message from Docker or the shell, or of the difference between the command and a command of
    /// the lesson.
    Explained(Explanation),
    /// The right command did not show this name.
    NotShown(&'a str),
    /// A claim about the engine or a file does not hold.
    Unmet(&'a Claim, &'a [ClaimFailure]),
    /// The right command ended with another exit status than expected, or printed other output.
    TypedUnmet(&'a [ClaimFailure]),
    /// Another command is needed.
    AnotherCommand,
}

/// Decides the reply to the command `last`.
#[must_use]
pub fn decide_reply<'a>(last: &RanCommand, facts: &ReplyFacts<'a>) -> Reply<'a> {
    match reply_to(last, facts) {
        Reply::Explained(slip) => Reply::Explained(with_container_made(slip, last, facts.printed)),
        reply => reply,
    }
}

fn reply_to<'a>(last: &RanCommand, facts: &ReplyFacts<'a>) -> Reply<'a> {
    let failed = last.exit != Some(0);
    // Do not compare a command that the learner stopped with the printed commands, because such a command has not
    // failed.
    let is_stopped = last.exit == Some(INTERRUPTED);
    let is_tidied = !failed && only_tidies(&last.command, facts.printed);
    let differs = || {
        if is_stopped || is_tidied || facts.has_advanced {
            None
        } else {
            slip(&last.command, facts.printed).map(Reply::Explained)
        }
    };
    if facts.is_refused {
        return refused_by_mistake(last, facts.printed).map_or(Reply::Refused, Reply::Explained);
    }
    if last.exit == Some(SUSPENDED) {
        return Reply::Suspended;
    }
    // The exit status of a shell is the status of its last command, and the learner has already seen that command fail.
    if failed && opens_shell(&last.command) {
        return Reply::Nothing;
    }
    if !failed && asks_for_help(&last.command) {
        return Reply::Nothing;
    }
    // If the text of a mistake names exactly this command, the text also says what to do after the command.
    let goes_on = facts
        .mistakes
        .typed
        .is_some_and(|say| say.split('`').skip(1).step_by(2).any(|command| are_same_lines(command, &last.command)));
    let is_undone = facts.is_passed_part_undone || facts.is_passed_part_changed;
    let is_followed = facts.is_advised && !is_undone && !goes_on;
    if is_followed && !failed && !facts.is_due && !prints_error(&last.output) {
        return Reply::AdviceFollowed;
    }
    if let Some(reply) = facts.explanation.and_then(own_word) {
        return reply;
    }
    if failed && let Some(torn) = wrong_space(&last.command, facts.printed) {
        return Reply::Explained(torn);
    }
    if facts.explanation.is_none()
        && let Some(forgotten) = missing_docker(&last.command, failed, facts.printed)
    {
        return Reply::Explained(forgotten);
    }
    if let Some(explanation) = facts.explanation.filter(|explanation| explanation.is_exact()) {
        return Reply::Explained(explanation.clone());
    }
    if let Some(node) = facts.chosen_node
        && (failed || facts.is_due || !only_looks(&last.command) || facts.mistakes.typed.is_some())
    {
        return Reply::OtherNode(node);
    }
    if let Some(dir) = facts.left_dir
        && misses_file(last, facts)
    {
        return Reply::LeftDirectory(dir);
    }
    // If there is a clash, advice about anything but typing would be about the learner's object.
    if facts.is_clash {
        let typing = facts.explanation.filter(|explanation| is_about_typing(explanation)).cloned();
        return typing.map(Reply::Explained).or_else(differs).unwrap_or(Reply::Clash);
    }
    if facts.is_earlier_step_undone && (failed || facts.is_due) {
        return Reply::EarlierStepUndone;
    }
    if let Some(say) = facts.mistakes.typed {
        return Reply::Mistake(say);
    }
    let running = facts.explanation.filter(|explanation| explanation.key == explain::STILL_RUNNING);
    if facts.is_ended_by_escape || running.is_some() {
        return match (facts.mistakes.state, running) {
            (Some(say), Some(_)) => Reply::Mistake(say),
            (None, Some(explanation)) => Reply::Explained(explanation.clone()),
            (_, None) if runs_in_container(&last.command) => Reply::ClientEnded,
            (_, None) => Reply::Nothing,
        };
    }
    if !failed && facts.is_passed_part_changed && (facts.is_due || !only_looks(&last.command)) {
        return Reply::PassedPartChanged;
    }
    if let Some(name) = facts.not_shown.filter(|_| !failed && !facts.is_passed_part_undone) {
        return Reply::NotShown(name);
    }
    // After a read-only command, ignore mistakes in the state, unless the command failed or was an attempt at the step.
    let state =
        facts.mistakes.state.filter(|_| failed || facts.is_due || !only_looks(&last.command)).map(Reply::Mistake);
    if !failed && let Some(mistake) = state.clone() {
        return mistake;
    }
    if !failed && facts.is_passed_part_undone && (facts.is_due || !only_looks(&last.command)) {
        return Reply::PassedPartUndone;
    }
    // If the step expects a failure, Docker's message explains only a typing mistake, a missing object or a taken name.
    // Otherwise, a known mistake or the difference from the printed command explains more.
    if failed
        && facts.expects_failure
        && !facts.explanation.is_some_and(|one| is_about_typing(one) || is_absent(one, last, facts) || is_taken(one))
        && let Some(reply) = state.clone().or_else(differs)
    {
        return reply;
    }
    if let Some(explanation) = facts.explanation {
        let told = by_step(last, explanation, facts.printed).unwrap_or_else(|| explanation.clone());
        return Reply::Explained(told);
    }
    if facts.is_earlier_object_other && (failed || facts.is_due) && state.is_none() {
        return Reply::EarlierObjectOther;
    }
    if failed {
        let honest = || facts.unexplained.cloned().map(Reply::Explained);
        if let Some(reply) = state.or_else(differs).or_else(honest) {
            return reply;
        }
    }
    if !failed && runs_another_image(&last.command, facts.printed) {
        return if facts.is_due { Reply::AnotherCommand } else { Reply::Nothing };
    }
    if !facts.is_due && facts.has_advanced {
        return Reply::AdviceFollowed;
    }
    if !facts.is_due {
        // If the command failed or resembles the next command, the tutor explains the difference. The tutor ignores
        // other commands.
        let is_like_next = facts.next.is_some_and(|next| are_alike(next, &last.command));
        let difference = if failed || is_like_next { differs() } else { None };
        let is_attempt = !is_stopped && !only_looks(&last.command);
        let verb = || other_verb(&last.command, facts.printed).filter(|_| is_attempt);
        return difference.or_else(|| verb().map(Reply::Explained)).unwrap_or(Reply::Nothing);
    }
    let another = || {
        let reply = if facts.has_advanced { Reply::AdviceFollowed } else { Reply::AnotherCommand };
        differs().unwrap_or(reply)
    };
    match facts.unmet {
        None => another(),
        Some((claim, findings)) => match &claim.subject {
            // Compare only the last command with the pattern, because the reply is about this command.
            Subject::Ran(pattern) => match find_matching_command(pattern, std::slice::from_ref(last)) {
                Some(_) => Reply::TypedUnmet(findings),
                None => another(),
            },
            // A log or the changes in a container show only the effect of the command.
            Subject::Logs(_) | Subject::Changes(_) => differs().unwrap_or(Reply::Unmet(claim, findings)),
            _ => {
                let is_none = findings.first().is_some_and(|finding| finding.expected == Expectation::Exists);
                let is_attempt = facts.printed.iter().any(|one| !one.typed && are_alike(one.command, &last.command));
                let name = name_slip(&last.command, claim, facts.printed).map(Reply::Explained);
                name.or_else(|| if is_none && is_attempt { differs() } else { None })
                    .unwrap_or(Reply::Unmet(claim, findings))
            }
        },
    }
}

/// Whether the tutor explains the failure of the command `last` although the step's claims hold. Returns `false` if the
/// step expects the failure, or if a claim is about this command.
#[must_use]
pub(super) fn is_failure_unwanted(
    step: &Step,
    commands: &[CommandId],
    claims: &[usize],
    last: &RanCommand,
    command_match: &CommandMatch,
) -> bool {
    let is_claimed = || {
        claims.iter().filter_map(|claim| step.check(*claim)).any(|check| match &check.claim.subject {
            Subject::Ran(pattern) => find_matching_command(pattern, std::slice::from_ref(last)).is_some(),
            _ => false,
        })
    };
    last.exit != Some(0)
        && match command_match {
            CommandMatch::Other => !is_claimed(),
            CommandMatch::SameKind | CommandMatch::ExactButFailed => !expects_failure(step, commands) && !is_claimed(),
            CommandMatch::Exact | CommandMatch::ExactButNotShown(_) => false,
        }
}

/// Whether every docker command of the line only prints its usage.
fn asks_for_help(line: &str) -> bool {
    let calls = docker_commands(line);
    let asks = |call: &DockerCommand| {
        // In `docker -h unix:///x version`, `-h` means `-H`.
        let is_host = call.typed.contains("://");
        call.typed == "help" || !is_host && call.global.iter().chain(&call.options).any(|option| option.name == "help")
    };
    !calls.is_empty() && calls.iter().all(asks)
}

/// Whether a line only removes objects, although all removals of the step are typed already.
fn only_tidies(line: &str, printed: &[Printed<'_>]) -> bool {
    let removes = |call: &DockerCommand| matches!(call.familiar_name(), "rm" | "rmi" | "volume rm" | "network rm");
    let calls = docker_commands(line);
    let is_open = |one: &Printed<'_>| !one.typed && docker_commands(one.command).iter().any(removes);
    !calls.is_empty() && calls.iter().all(removes) && !printed.iter().any(is_open)
}

/// Whether a command did not find a file, or was an attempt at a step whose claim about a file does not hold.
fn misses_file(last: &RanCommand, facts: &ReplyFacts<'_>) -> bool {
    let is_about_file = facts.unmet.is_some_and(|(claim, _)| matches!(claim.subject, Subject::File(_)));
    let not_found = || last.output.to_lowercase().contains("no such file or directory");
    facts.is_due && is_about_file || last.exit != Some(0) && not_found() && !runs_in_container(&last.command)
}

/// Whether the output of a command reports an error. The exit status is not enough, because `docker rm -f` exits with 0
/// if the container does not exist.
fn prints_error(output: &str) -> bool {
    output.lines().any(|line| line.starts_with("Error"))
}

/// Whether a docker command of the line uses the context that `docker context use` has chosen.
pub(super) fn goes_to_chosen_node(line: &str) -> bool {
    let names_no_engine = |call: &DockerCommand| {
        let names = |option: &GivenOption| matches!(option.name.as_str(), "context" | "host");
        !call.global.iter().any(names) && !call.name().starts_with("context")
    };
    docker_commands(line).iter().any(names_no_engine)
}

/// Whether the line only opens a shell on this machine or on a node. The tutor does not see the commands in that shell.
fn opens_shell(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], [program] if NODES.contains(&program) || SHELLS.contains(&program))
}

/// Returns the command `last`, with the exit status 0 if `last` ran a shell in a container. Such a shell ends with the
/// status of its last command, and the learner has already seen that command fail.
#[must_use]
pub(super) fn without_inner_status(last: &RanCommand, explanation: Option<&Explanation>) -> RanCommand {
    let is_shell = |call: &DockerCommand| match call.familiar_name() {
        "run" | "exec" => {
            let program = call.tail.first().map(|word| word.rsplit('/').next().unwrap_or_default());
            let is_shell = call.tail.len() < 2 && program.is_none_or(|program| SHELLS.contains(&program));
            is_shell && call.has("interactive") && call.has("tty")
        }
        "start" => call.has("interactive"),
        name => name == "attach",
    };
    let is_from_inside = explanation.is_none_or(|explanation| explanation.key == "explain-missing-inside");
    let has_run = last.exit.is_some_and(|status| status != NOT_STARTED) && is_from_inside;
    let is_session = has_run && docker_commands(&last.command).last().is_some_and(is_shell);
    RanCommand { exit: if is_session { Some(0) } else { last.exit }, ..last.clone() }
}

/// Whether a docker command of the line shows the output of a program in a container.
fn runs_in_container(line: &str) -> bool {
    docker_commands(line).iter().any(|call| matches!(call.familiar_name(), "run" | "exec" | "start" | "attach"))
}

/// Whether an explanation is about a mistyped command, option, character or name.
fn is_about_typing(explanation: &Explanation) -> bool {
    const KINDS: [&str; 10] = [
        "command-unknown",
        "group-missing",
        "flag-unknown",
        "flag-after-image",
        "image-as-name",
        "image-second",
        "letter-unknown",
        "shell-",
        "typed-",
        "program-",
    ];
    let kind = explanation.key.trim_start_matches("explain-");
    kind.ends_with("-near") || KINDS.iter().any(|begin| kind.starts_with(begin))
}

/// Whether Docker reported a missing object for a command that is unlike the next command of the step.
fn is_absent(explanation: &Explanation, last: &RanCommand, facts: &ReplyFacts<'_>) -> bool {
    const KINDS: [&str; 4] = ["no-container", "no-image", "no-volume", "no-such-network"];
    let kind = explanation.key.trim_start_matches("explain-");
    let is_missing = KINDS.iter().any(|begin| kind.starts_with(begin));
    is_missing && facts.next.is_some_and(|next| !are_alike(next, &last.command))
}

/// Whether Docker reported that a name or a port is taken.
fn is_taken(explanation: &Explanation) -> bool {
    ["explain-name-taken", "learn-name-", "explain-port-taken"].iter().any(|begin| explanation.key.starts_with(begin))
}

/// Returns the reply to a tutor command whose name was misspelt, or typed in a container.
fn own_word(explanation: &Explanation) -> Option<Reply<'static>> {
    let key = match explanation.key {
        "explain-program-none" => "learn-word-near",
        "explain-missing-inside" => "learn-word-inside",
        _ => return None,
    };
    let (_, word) = explanation.args.iter().find(|(name, _)| name == "word")?;
    Some(Reply::OwnWord { key, word: word.clone(), near: nearest_name(word)? })
}

/// Returns the first mistake in `seen` about the typed command, and the first one about the state. Ignores the mistakes
/// in `before`, which existed before the step. If the first mistake of a kind is in `told`, returns no mistake of this
/// kind.
#[must_use]
pub fn new_mistakes<'a>(
    step: &'a Step,
    seen: &[MistakeId],
    before: &BTreeSet<MistakeId>,
    told: &BTreeSet<MistakeId>,
) -> KnownMistakes<'a> {
    let of = |id: &MistakeId| step.check(id.block).and_then(|check| check.mistakes.get(id.number));
    let first = |typed: bool| {
        let new = seen.iter().filter(|id| !before.contains(*id)).filter_map(|id| Some((id, of(id)?)));
        let (id, mistake) =
            new.into_iter().find(|(_, mistake)| matches!(mistake.when.subject, Subject::Ran(_)) == typed)?;
        (!told.contains(id)).then_some(mistake.say.value.as_str())
    };
    KnownMistakes { typed: first(true), state: first(false) }
}

/// Returns the new mistake in the state that the lesson lists before the first new mistake in the typed command.
#[must_use]
pub(super) fn state_before_typed(step: &Step, seen: &[MistakeId], before: &BTreeSet<MistakeId>) -> Option<MistakeId> {
    let is_typed = |id: &MistakeId| {
        let mistake = step.check(id.block).and_then(|check| check.mistakes.get(id.number));
        mistake.is_some_and(|mistake| matches!(mistake.when.subject, Subject::Ran(_)))
    };
    let new = || seen.iter().filter(|id| !before.contains(*id));
    let typed = new().find(|id| is_typed(id))?;
    new().find(|id| !is_typed(id) && id.block == typed.block && id.number < typed.number).copied()
}
