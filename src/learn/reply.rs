//! Decides what is said of a command that passed nothing, by what that command did: it was refused, it failed, it made a
//! mistake that the lesson knows, it printed something else; only then what the step still waits for. Pure functions.

mod names;
mod taken;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::names::name_slip;
pub(super) use self::taken::{is_about_another_name, taken_name};
use super::claim_poller::find_matching_command;
use super::tutor_commands::nearest_name;
use crate::claims::{ClaimFailure, RanCommand};
use crate::docker_cli::{DockerCommand, GivenOption, Operand, are_alike, are_same_lines, docker_commands};
use crate::explain::{self, Explanation, Printed, missing_docker, missing_hyphen, slip};
use crate::lesson::{Action, Block, Claim, CommandId, Lesson, MistakeId, NODES, PlannedStep, Step, Subject};
use crate::lesson_state::{CommandMatch, only_looks};

/// The status of a command that Ctrl-Z has stopped: 128 and the signal's number.
const SUSPENDED: i32 = 148;

/// The status of docker's client if the engine did not start anything.
const NOT_STARTED: i32 = 125;

const SHELLS: [&str; 5] = ["bash", "sh", "ash", "dash", "zsh"];

/// The status of a command that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// What is known of a command that passed nothing.
#[derive(Debug, Clone, Default)]
pub struct ReplyFacts<'a> {
    /// The other node to which it went, because `docker context use` has chosen that node.
    pub chosen_node: Option<&'a str>,
    /// The lesson's directory, if the lesson has files and the learner's shell has left that directory.
    pub left_dir: Option<&'a str>,
    /// Whether the gateway refused something of it.
    pub is_refused: bool,
    /// Whether the learner ended it by `Ctrl-]`, so that its exit status says nothing of a container.
    pub is_ended_by_escape: bool,
    /// Whether the step's claims are judged now, because it was an attempt at the step.
    pub is_due: bool,
    /// Whether the tutor offers help after the reply.
    pub is_help_offered: bool,
    /// The commands of the step that were shown.
    pub printed: &'a [Printed<'a>],
    /// Whether the part that is shown has a command that fails, so that another failure is a slip in what was typed.
    pub expects_failure: bool,
    /// The command that is next.
    pub next: Option<&'a str>,
    /// Whether the tutor has advised this very command.
    pub is_advised: bool,
    /// Whether something of the learner's own has the name that the step needs. That is said after the reply.
    pub is_clash: bool,
    /// The mistakes that it made.
    pub mistakes: KnownMistakes<'a>,
    /// What Docker or the shell meant.
    pub explanation: Option<&'a Explanation>,
    /// An honest sentence for a failure that no rule knows.
    pub unexplained: Option<&'a Explanation>,
    /// Whether something is gone that an earlier step made and that this step needs.
    pub is_earlier_step_undone: bool,
    /// Whether something that an earlier step made is there, but is another one.
    pub is_earlier_object_other: bool,
    /// Whether the command has removed what a passed part of this step made.
    pub is_passed_part_undone: bool,
    /// Whether a container of a passed part of this step is not any more as that part left it.
    pub is_passed_part_changed: bool,
    /// A name that the step's command should have shown, and did not.
    pub not_shown: Option<&'a str>,
    /// The first claim that does not hold, with what was found.
    pub unmet: Option<(&'a Claim, &'a [ClaimFailure])>,
}

/// The mistakes that the lesson knows and that the last command made, in the author's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownMistakes<'a> {
    /// One in what was typed.
    pub typed: Option<&'a str>,
    /// One in the state of the world, which was not there before.
    pub state: Option<&'a str>,
}

/// What is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply<'a> {
    /// Nothing: somebody looks around.
    Nothing,
    /// The gateway refused it.
    Refused,
    /// Ctrl-Z has stopped it.
    Suspended,
    /// Nothing more than that something of the learner's own is in the way.
    Clash,
    /// It went to another node.
    OtherNode(&'a str),
    /// It looked for a file in another directory than this one.
    LeftDirectory(&'a str),
    /// It was advised; the next command is named.
    AdviceFollowed,
    /// A word for the tutor that was misspelt, or typed where the tutor does not hear it.
    OwnWord {
        /// The message's key.
        key: &'static str,
        /// What was typed.
        word: String,
        /// The word of the tutor.
        near: &'static str,
    },
    /// The learner ended docker by `Ctrl-]`; what it ran in a container may still run.
    ClientEnded,
    /// Something that an earlier step made is gone.
    EarlierStepUndone,
    /// Something that an earlier step made is there, but is another one.
    EarlierObjectOther,
    /// Something that a passed part of this step made is gone.
    PassedPartUndone,
    /// Something that a passed part of this step made is not any more as that part left it.
    PassedPartChanged,
    /// A mistake that the lesson knows.
    Mistake(&'a str),
    /// What Docker or the shell meant, or how the command differs from the one that is printed.
    Explained(Explanation),
    /// The right command did not show this name.
    NotShown(&'a str),
    /// A claim about the world does not hold.
    Unmet(&'a Claim, &'a [ClaimFailure]),
    /// The right command ended with another status, or printed something else.
    TypedUnmet(&'a [ClaimFailure]),
    /// Another command is needed.
    AnotherCommand,
}

/// Decides what is said of `last`.
#[must_use]
pub fn decide_reply<'a>(last: &RanCommand, facts: &ReplyFacts<'a>) -> Reply<'a> {
    let failed = last.exit != Some(0);
    // What the learner stopped has not failed, and may have been anything.
    let is_stopped = last.exit == Some(INTERRUPTED);
    let differs = || if is_stopped { None } else { slip(&last.command, facts.printed).map(Reply::Explained) };
    if facts.is_refused {
        return Reply::Refused;
    }
    if last.exit == Some(SUSPENDED) {
        return Reply::Suspended;
    }
    // Its status is that of the last command in there, which the learner has seen fail a while ago.
    if failed && opens_shell(&last.command) {
        return Reply::Nothing;
    }
    if !failed && asks_for_help(&last.command) {
        return Reply::Nothing;
    }
    // A mistake that names this very command says what to do besides.
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
    if failed && let Some(torn) = missing_hyphen(&last.command, facts.printed) {
        return Reply::Explained(torn);
    }
    if failed
        && facts.explanation.is_none()
        && let Some(forgotten) = missing_docker(&last.command, facts.printed)
    {
        return Reply::Explained(forgotten);
    }
    if let Some(explanation) = facts.explanation.filter(|explanation| explanation.is_exact()) {
        return Reply::Explained(explanation.clone());
    }
    if let Some(node) = facts.chosen_node
        && (failed || facts.is_due || !only_looks(&last.command))
    {
        return Reply::OtherNode(node);
    }
    if let Some(dir) = facts.left_dir
        && misses_file(last, facts)
    {
        return Reply::LeftDirectory(dir);
    }
    // Other advice would be about what is the learner's own.
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
    // The command has made the mistake that is seen now; one that only looks has not.
    let state =
        facts.mistakes.state.filter(|_| failed || facts.is_due || !only_looks(&last.command)).map(Reply::Mistake);
    if !failed && let Some(mistake) = state.clone() {
        return mistake;
    }
    if !failed && facts.is_passed_part_undone && (facts.is_due || !only_looks(&last.command)) {
        return Reply::PassedPartUndone;
    }
    // Where the step wants a failure, only a slip of the keyboard is explained by what Docker said.
    if failed
        && facts.expects_failure
        && !facts.explanation.is_some_and(|one| is_about_typing(one) || is_absent(one, last, facts) || is_taken(one))
        && let Some(reply) = state.clone().or_else(differs)
    {
        return reply;
    }
    if let Some(explanation) = facts.explanation {
        return Reply::Explained(explanation.clone());
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
    if !facts.is_due {
        // A look of the kind that is due is told apart from it; any other is the learner's own affair.
        let is_like_next = facts.next.is_some_and(|next| are_alike(next, &last.command));
        return Some(()).filter(|()| failed || is_like_next).and_then(|()| differs()).unwrap_or(Reply::Nothing);
    }
    let another = || differs().unwrap_or(Reply::AnotherCommand);
    match facts.unmet {
        None => another(),
        Some((claim, findings)) => match &claim.subject {
            // An older command is not what the learner asks about.
            Subject::Ran(pattern) => match find_matching_command(pattern, std::slice::from_ref(last)) {
                Some(_) => Reply::TypedUnmet(findings),
                None => another(),
            },
            _ => name_slip(&last.command, claim, facts.printed)
                .map(Reply::Explained)
                .unwrap_or(Reply::Unmet(claim, findings)),
        },
    }
}

/// Whether the failure of a command is to be explained although the step's claims hold by now: the step does not want it,
/// and none of the claims is about it.
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

/// Whether every docker command of the line only prints how it is used.
fn asks_for_help(line: &str) -> bool {
    let calls = docker_commands(line);
    let asks = |call: &DockerCommand| {
        // `docker -h unix:///x version` means `-H`.
        let is_host = call.typed.contains("://");
        call.typed == "help" || !is_host && call.global.iter().chain(&call.options).any(|option| option.name == "help")
    };
    !calls.is_empty() && calls.iter().all(asks)
}

/// Whether a command has not found a file, or the step waits for a file.
fn misses_file(last: &RanCommand, facts: &ReplyFacts<'_>) -> bool {
    let is_about_file = facts.unmet.is_some_and(|(claim, _)| matches!(claim.subject, Subject::File(_)));
    let not_found = || last.output.to_lowercase().contains("no such file or directory");
    facts.is_due && is_about_file || last.exit != Some(0) && not_found() && !runs_in_container(&last.command)
}

/// Whether a command says that it failed, whatever its exit status: `docker rm -f` without such a container has 0.
fn prints_error(output: &str) -> bool {
    output.lines().any(|line| line.starts_with("Error"))
}

/// Whether a docker command of the line goes where `docker context use` says.
pub(super) fn goes_to_chosen_node(line: &str) -> bool {
    let names_no_engine = |call: &DockerCommand| {
        let names = |option: &GivenOption| matches!(option.name.as_str(), "context" | "host");
        !call.global.iter().any(names) && !call.name().starts_with("context")
    };
    docker_commands(line).iter().any(names_no_engine)
}

/// Whether the line only opens a shell on this machine or on a node, where the tutor does not see the commands.
fn opens_shell(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], [program] if NODES.contains(&program) || SHELLS.contains(&program))
}

/// The command as it is judged. If it was a shell in a container, its status is that of the last command in there, which
/// the learner has seen fail a while ago: the shell itself has not failed.
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

/// Whether a docker command of the line shows what runs in a container.
fn runs_in_container(line: &str) -> bool {
    docker_commands(line).iter().any(|call| matches!(call.familiar_name(), "run" | "exec" | "start" | "attach"))
}

/// Whether an explanation is about a command, an option, a sign or a name that was typed wrongly.
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

/// Whether Docker said that a name is of nothing that there is, of another command than the step wants.
fn is_absent(explanation: &Explanation, last: &RanCommand, facts: &ReplyFacts<'_>) -> bool {
    const KINDS: [&str; 4] = ["no-container", "no-image", "no-volume", "no-such-network"];
    let kind = explanation.key.trim_start_matches("explain-");
    let is_missing = KINDS.iter().any(|begin| kind.starts_with(begin));
    is_missing && facts.next.is_some_and(|next| !are_alike(next, &last.command))
}

/// Whether Docker said that a name or a port is taken.
fn is_taken(explanation: &Explanation) -> bool {
    ["explain-name-taken", "learn-name-", "explain-port-taken"].iter().any(|begin| explanation.key.starts_with(begin))
}

/// A word of the tutor's that was misspelt, or typed where the tutor does not hear it.
fn own_word(explanation: &Explanation) -> Option<Reply<'static>> {
    let key = match explanation.key {
        "explain-program-none" => "learn-word-near",
        "explain-missing-inside" => "learn-word-inside",
        _ => return None,
    };
    let (_, word) = explanation.args.iter().find(|(name, _)| name == "word")?;
    Some(Reply::OwnWord { key, word: word.clone(), near: nearest_name(word)? })
}

/// Which of the mistakes that are `seen` is said: not one that was there `before` the step, and one in the state of the
/// world that was `told` is said no more. As long as that one is still there, those listed after it are not said either.
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

/// The new mistake in the state of the world that the lesson lists before the first new one in what was typed.
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

/// The commands of a step that the learner types, as far as their blocks were `shown`; `left` are those that are still to
/// be typed.
#[must_use]
pub fn printed_commands<'a>(
    step: &'a Step,
    planned: &PlannedStep,
    shown: &[usize],
    left: &[CommandId],
) -> Vec<Printed<'a>> {
    let printed = planned.actions.iter().filter_map(|action| match *action {
        Action::Run { block, command } if shown.contains(&block) => match step.blocks.get(block)? {
            Block::Transcript(fence) if !fence.attrs.hidden => {
                let typed = !left.contains(&CommandId { block, number: command });
                Some(Printed { command: &fence.commands.get(command)?.text, shown: !fence.attrs.solution, typed })
            }
            _ => None,
        },
        _ => None,
    });
    printed.collect()
}

/// Returns the images that the commands of a step name; those of commands still to be typed come first.
#[must_use]
pub(super) fn images_of_step(printed: &[Printed<'_>]) -> Vec<String> {
    let mut printed: Vec<&Printed<'_>> = printed.iter().collect();
    // What the learner is to find gives nothing away here: it is only chosen among names that are near the typed one.
    printed.sort_by_key(|one| (one.typed, !one.shown));
    printed.into_iter().flat_map(|one| images_of_line(one.command)).collect()
}

/// The images that the docker commands of a line take.
fn images_of_line(line: &str) -> Vec<String> {
    let images = docker_commands(line).into_iter().flat_map(|call| {
        let is_image = |at: usize| call.command.is_some_and(|command| command.operand(at) == Operand::Image);
        let images = call.operands().enumerate().filter(|(at, _)| is_image(*at));
        images.map(|(_, image)| image.to_owned()).collect::<Vec<_>>()
    });
    images.collect()
}

/// The images that a lesson asks a registry for only to see them refused.
#[must_use]
pub(super) fn refused_images(lesson: &Lesson) -> Vec<String> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let fences = blocks.filter_map(|block| if let Block::Transcript(fence) = block { Some(fence) } else { None });
    let failing = fences.filter(|fence| !fence.attrs.exit.is_empty() && !fence.attrs.exit.contains(&0));
    let lines = failing.filter_map(|fence| fence.commands.last()).map(|command| command.text.as_str());
    let pulls = |line: &&str| docker_commands(line).iter().any(|call| call.familiar_name() == "pull");
    lines.filter(pulls).flat_map(images_of_line).collect()
}

/// Whether one of these commands of a step is to fail.
#[must_use]
pub fn expects_failure(step: &Step, commands: &[CommandId]) -> bool {
    let fences = commands.iter().filter_map(|id| step.command(*id)).map(|(fence, _)| fence);
    fences.into_iter().any(|fence| !fence.attrs.exit.is_empty() && !fence.attrs.exit.contains(&0))
}
