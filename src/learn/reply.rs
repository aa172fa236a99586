//! Decides what is said of a command that passed nothing, by what that command did: it was refused, it failed, it made a
//! mistake that the lesson knows, it printed something else; only then what the step still waits for. Pure functions.

use std::collections::BTreeSet;

use super::claim_poller::find_matching_command;
use super::tutor_commands::nearest_name;
use crate::claims::{ClaimFailure, RanCommand};
use crate::docker_cli::{DockerCommand, Operand, are_alike, docker_commands};
use crate::explain::{self, Explanation, Printed, missing_hyphen, slip};
use crate::lesson::{Action, Block, Claim, CommandId, MistakeId, NODES, PlannedStep, Step, Subject};
use crate::lesson_state::only_looks;

/// The status of a command that Ctrl-Z has stopped: 128 and the signal's number.
const SUSPENDED: i32 = 148;

/// What is known of a command that passed nothing.
#[derive(Debug, Clone, Default)]
pub struct ReplyFacts<'a> {
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
    let differs = || slip(&last.command, facts.printed).map(Reply::Explained);
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
    if let Some(reply) = facts.explanation.and_then(own_word) {
        return reply;
    }
    if failed && let Some(torn) = missing_hyphen(&last.command, facts.printed) {
        return Reply::Explained(torn);
    }
    if let Some(explanation) = facts.explanation.filter(|explanation| explanation.is_exact()) {
        return Reply::Explained(explanation.clone());
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
    if let Some(name) = facts.not_shown.filter(|_| !failed) {
        return Reply::NotShown(name);
    }
    // The command has made the mistake that is seen now; one that only looks has not.
    let state =
        facts.mistakes.state.filter(|_| failed || facts.is_due || !only_looks(&last.command)).map(Reply::Mistake);
    if !failed && let Some(mistake) = state.clone() {
        return mistake;
    }
    if !failed && facts.is_passed_part_undone && !only_looks(&last.command) {
        return Reply::PassedPartUndone;
    }
    // Where the step wants a failure, only a slip of the keyboard is explained by what Docker said.
    if failed
        && facts.expects_failure
        && !facts.explanation.is_some_and(is_about_typing)
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
            _ => Reply::Unmet(claim, findings),
        },
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

/// Whether the line only opens a shell on this machine or on a node, where the tutor does not see the commands.
fn opens_shell(line: &str) -> bool {
    const SHELLS: [&str; 4] = ["bash", "sh", "dash", "zsh"];
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], [program] if NODES.contains(&program) || SHELLS.contains(&program))
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

/// Returns the images that the shown commands of a step name; those of commands still to be typed come first.
#[must_use]
pub(super) fn images_of_step(printed: &[Printed<'_>]) -> Vec<String> {
    let mut shown: Vec<&Printed<'_>> = printed.iter().filter(|one| one.shown).collect();
    shown.sort_by_key(|one| one.typed);
    let calls = shown.into_iter().flat_map(|one| docker_commands(one.command));
    let images = calls.flat_map(|call| {
        let is_image = |at: usize| call.command.is_some_and(|command| command.operand(at) == Operand::Image);
        let images = call.arguments.iter().enumerate().filter(|(at, _)| is_image(*at));
        images.map(|(_, image)| image.clone()).collect::<Vec<_>>()
    });
    images.collect()
}

/// Whether one of these commands of a step is to fail.
#[must_use]
pub fn expects_failure(step: &Step, commands: &[CommandId]) -> bool {
    let fences = commands.iter().filter_map(|id| step.command(*id)).map(|(fence, _)| fence);
    fences.into_iter().any(|fence| !fence.attrs.exit.is_empty() && !fence.attrs.exit.contains(&0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Conditions, EngineFamily, LessonId, parse, plan};
    use crate::lesson_state::LessonState;
    use crate::text::Source;

    fn ran(command: &str, exit: i32) -> RanCommand {
        RanCommand { command: command.into(), exit: Some(exit), output: String::new() }
    }

    fn explanation(key: &'static str) -> Explanation {
        Explanation { key, args: Vec::new(), show: None }
    }

    #[test]
    fn what_the_command_did_comes_before_what_the_step_waits_for() {
        let printed = [Printed { command: "docker ps -a", shown: true, typed: false }];
        let (exact, other) = (explanation("explain-typed-dash"), explanation("explain-no-container"));
        let all = ReplyFacts {
            is_refused: true,
            is_due: true,
            printed: &printed,
            mistakes: KnownMistakes { typed: Some("typed"), state: Some("state") },
            explanation: Some(&exact),
            is_earlier_step_undone: true,
            not_shown: Some("sapa"),
            ..ReplyFacts::default()
        };
        let failed = ran("docker rm x", 1);
        assert_eq!(decide_reply(&failed, &all), Reply::Refused);
        let facts = ReplyFacts { is_refused: false, ..all.clone() };
        assert_eq!(decide_reply(&ran("docker ps", 148), &facts), Reply::Suspended);
        assert_eq!(decide_reply(&failed, &facts), Reply::Explained(exact.clone()));
        let facts = ReplyFacts { explanation: Some(&other), ..facts };
        assert_eq!(decide_reply(&failed, &facts), Reply::EarlierStepUndone);
        let facts = ReplyFacts { is_earlier_step_undone: false, ..facts };
        assert_eq!(decide_reply(&failed, &facts), Reply::Mistake("typed"));
        let facts = ReplyFacts { mistakes: KnownMistakes { typed: None, state: Some("state") }, ..facts };
        assert_eq!(decide_reply(&failed, &facts), Reply::Explained(other.clone()));
        let facts = ReplyFacts { explanation: None, ..facts };
        assert_eq!(decide_reply(&failed, &facts), Reply::Mistake("state"));
        let other = ReplyFacts { is_earlier_object_other: true, ..facts.clone() };
        assert_eq!(decide_reply(&failed, &other), Reply::Mistake("state"));
        let other = ReplyFacts { mistakes: KnownMistakes::default(), ..other };
        assert_eq!(decide_reply(&failed, &other), Reply::EarlierObjectOther);
        let undone = ReplyFacts { is_passed_part_undone: true, not_shown: None, ..other };
        assert_eq!(decide_reply(&ran("docker rm x", 0), &undone), Reply::PassedPartUndone);
        assert_eq!(decide_reply(&ran("docker ps -a", 0), &facts), Reply::NotShown("sapa"));
        let facts = ReplyFacts { not_shown: None, ..facts };
        assert_eq!(decide_reply(&ran("docker start x", 0), &facts), Reply::Mistake("state"));
        let facts = ReplyFacts { mistakes: KnownMistakes::default(), ..facts };
        assert!(
            matches!(decide_reply(&ran("docker ps", 0), &facts), Reply::Explained(slip) if slip.key.contains("slip"))
        );
    }

    #[test]
    fn wanted_failure_is_not_explained_but_a_slip_of_the_keyboard_is() {
        let printed = [Printed { command: "docker run alpine:3.20 tidakada", shown: true, typed: false }];
        let (runtime, typing) = (explanation("explain-exec-missing"), explanation("explain-flag-unknown"));
        let near = explanation("explain-no-container-near");
        let facts = |explanation| ReplyFacts {
            is_due: true,
            expects_failure: true,
            printed: &printed,
            explanation: Some(explanation),
            ..ReplyFacts::default()
        };
        let last = ran("docker run alpine:3.20 lain", 127);
        assert!(matches!(decide_reply(&last, &facts(&runtime)), Reply::Explained(said) if said.key.contains("slip")));
        assert_eq!(decide_reply(&last, &facts(&typing)), Reply::Explained(typing.clone()));
        assert_eq!(decide_reply(&last, &facts(&near)), Reply::Explained(near.clone()));
    }

    #[test]
    fn status_of_a_client_that_was_ended_says_nothing_of_its_container() {
        let (signal, running) = (explanation("explain-ended-137"), explanation(explain::STILL_RUNNING));
        let facts = |explanation, state| ReplyFacts {
            is_ended_by_escape: true,
            is_due: true,
            mistakes: KnownMistakes { typed: None, state },
            explanation,
            ..ReplyFacts::default()
        };
        let run = ran("docker run alpine:3.20 sleep 600", 137);
        assert_eq!(decide_reply(&run, &facts(Some(&signal), None)), Reply::ClientEnded);
        assert_eq!(decide_reply(&run, &facts(Some(&running), None)), Reply::Explained(running.clone()));
        assert_eq!(decide_reply(&run, &facts(Some(&running), Some("without -d"))), Reply::Mistake("without -d"));
        assert_eq!(decide_reply(&ran("docker logs -f kabar", 143), &facts(None, None)), Reply::Nothing);
        let by_itself = ReplyFacts { is_ended_by_escape: false, ..facts(Some(&signal), None) };
        assert_eq!(decide_reply(&run, &by_itself), Reply::Explained(signal.clone()));
    }

    #[test]
    fn failure_inside_of_a_shell_is_not_explained_when_the_shell_ends() {
        let denied = explanation("explain-image-unknown");
        let facts = ReplyFacts { explanation: Some(&denied), ..ReplyFacts::default() };
        for (line, exit, is_silent) in
            [("node-a", 1, true), (" bash ", 127, true), ("node-a docker pull x", 1, false), ("sh -c 'x'", 1, false)]
        {
            assert_eq!(decide_reply(&ran(line, exit), &facts) == Reply::Nothing, is_silent, "{line}");
        }
    }

    #[test]
    fn only_what_was_shown_is_among_the_printed_commands() {
        let fence = |text: &str| format!("```console\n$ {text}\n```\n\n");
        let failing = "```console,exit=1\n$ docker rm kapal\n```\n\n";
        let text = format!("# K\n\n## s {{#s}}\n\n{}{}{failing}", fence("docker ps"), fence("docker start kapal"));
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
        let plan = plan(&lesson, &conditions);
        let mut state = LessonState::new(&lesson, &plan);
        state.enter_step(0);
        let printed = |state: &LessonState| {
            let left = state.commands_to_type(false);
            let all = printed_commands(&lesson.steps[0], &plan.steps[0], &state.shown_blocks(), &left);
            all.into_iter().map(|one| one.command.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(printed(&state), ["docker ps"]);
        assert!(!expects_failure(&lesson.steps[0], &state.part_commands()));
        for command in ["docker ps", "docker start kapal"] {
            let command_match = state.command_ended(&lesson, command, 0, "");
            state.evaluate(Some(&command_match), &[]);
        }
        assert_eq!(printed(&state), ["docker ps", "docker start kapal", "docker rm kapal"]);
        assert!(expects_failure(&lesson.steps[0], &state.part_commands()));
    }

    #[test]
    fn images_of_the_next_command_come_first() {
        let one = |command, shown, typed| Printed { command, shown, typed };
        let printed = [
            one("docker pull alpine:3.21", true, true),
            one("docker run -d --name kapal alpine:3.20 sleep 600", true, false),
            one("docker pull mongo:4.1", false, false),
        ];
        assert_eq!(images_of_step(&printed), ["alpine:3.20", "alpine:3.21"]);
    }

    #[test]
    fn request_for_help_is_never_judged() {
        let printed = [Printed { command: "docker images", shown: true, typed: false }];
        let facts = ReplyFacts {
            is_due: true,
            printed: &printed,
            next: Some("docker images"),
            mistakes: KnownMistakes { typed: Some("typed"), state: Some("state") },
            ..ReplyFacts::default()
        };
        for line in ["docker images --help", "docker images -h", "docker help images", "docker --help", "docker help"] {
            assert_eq!(decide_reply(&ran(line, 0), &facts), Reply::Nothing, "{line}");
        }
        assert_eq!(decide_reply(&ran("docker images --halp", 125), &facts), Reply::Mistake("typed"));
        assert_eq!(decide_reply(&ran("docker run -h rumah x", 0), &facts), Reply::Mistake("typed"));
        assert_eq!(decide_reply(&ran("docker -h unix:///x version", 0), &facts), Reply::Mistake("typed"));
    }

    #[test]
    fn mistake_that_the_lesson_knows_comes_before_advice_about_the_order_of_words() {
        for key in ["explain-flag-after-image", "explain-image-second", "explain-shell-missing"] {
            let told = explanation(key);
            let mistakes = KnownMistakes { typed: Some("typed"), state: None };
            let facts = ReplyFacts { mistakes, explanation: Some(&told), ..ReplyFacts::default() };
            assert_eq!(decide_reply(&ran("docker run x", 125), &facts), Reply::Mistake("typed"), "{key}");
            let facts = ReplyFacts { mistakes: KnownMistakes::default(), expects_failure: true, ..facts };
            assert_eq!(decide_reply(&ran("docker run x", 125), &facts), Reply::Explained(told.clone()), "{key}");
        }
    }

    #[test]
    fn blank_in_place_of_a_hyphen_is_told_before_what_docker_made_of_it() {
        let printed = [Printed { command: "docker run --name sapa-lagi hello-world", shown: false, typed: false }];
        let (second, last) = (explanation("explain-prompt-typed"), ran("docker run --name sapa lagi hello-world", 125));
        let facts = ReplyFacts { printed: &printed, explanation: Some(&second), ..ReplyFacts::default() };
        let Reply::Explained(told) = decide_reply(&last, &facts) else { panic!("not explained") };
        assert_eq!(told.key, "explain-hyphen-missing");
        assert!(told.args.contains(&("together".into(), "sapa-lagi".into())), "{told:?}");
    }

    #[test]
    fn looking_around_is_met_with_silence() {
        let printed = [Printed { command: "docker run x", shown: true, typed: false }];
        let facts = ReplyFacts {
            printed: &printed,
            next: Some("docker run x"),
            mistakes: KnownMistakes { typed: None, state: Some("state") },
            ..ReplyFacts::default()
        };
        assert_eq!(decide_reply(&ran("docker ps", 0), &facts), Reply::Nothing);
        assert_eq!(decide_reply(&ran("docker create y", 0), &facts), Reply::Mistake("state"));
    }

    #[test]
    fn mistake_in_the_state_that_was_seen_but_not_told_is_told_later() {
        let mistake = |when: &str, say: &str| format!("  - when: {{ {when} }}\n    say: \"{say}\"\n");
        let text = format!(
            "# K\n\n## s {{#s}}\n\n```check\ncontainer: perahu\nmistakes:\n{}{}{}```\n",
            mistake("ran: \"docker rm\"", "typed"),
            mistake("container: perahu, State.Running: false", "stopped"),
            mistake("container: perahu, HostConfig.Init: false", "no init"),
        );
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        let [typed, stopped, no_init] = [0, 1, 2].map(|number| MistakeId { block: 0, number });
        let state = |seen: &[MistakeId], before: &[MistakeId], told: &[MistakeId]| {
            let set = |ids: &[MistakeId]| ids.iter().copied().collect();
            new_mistakes(&lesson.steps[0], seen, &set(before), &set(told)).state
        };
        assert_eq!(state(&[typed, stopped, no_init], &[], &[]), Some("stopped"));
        assert_eq!(state(&[stopped, no_init], &[], &[stopped]), None, "what was told first is not mended yet");
        assert_eq!(state(&[no_init], &[], &[stopped]), Some("no init"));
        assert_eq!(state(&[no_init], &[], &[stopped, no_init]), None);
        assert_eq!(state(&[stopped, no_init], &[stopped], &[]), Some("no init"));
    }
}
