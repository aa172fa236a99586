//! Tests the reply to each command.

use super::*;
use crate::lesson::{Block, Conditions, EngineFamily, LessonId, parse, plan};
use crate::lesson_state::LessonState;
use crate::text::Source;

fn ran(command: &str, exit: i32) -> RanCommand {
    RanCommand::new(command, Some(exit), "")
}

fn explanation(key: &'static str) -> Explanation {
    Explanation { key, args: Vec::new(), show: None }
}

#[test]
fn reply_about_the_command_comes_before_reply_about_the_state() {
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
    assert!(matches!(decide_reply(&ran("docker ps", 0), &facts), Reply::Explained(slip) if slip.key.contains("slip")));
}

#[test]
fn tidying_up_is_not_called_a_slip() {
    let printed = [
        Printed { command: "docker rm coba", shown: true, typed: true },
        Printed { command: "docker rmi busybox:1.35", shown: true, typed: false },
    ];
    let facts = |printed| ReplyFacts { is_due: true, printed, ..ReplyFacts::default() };
    assert_eq!(decide_reply(&ran("docker rm cuba", 0), &facts(&printed[..1])), Reply::AnotherCommand);
    for (command, exit) in [("docker rm cuba", 1), ("docker rmi busybox:1.36", 0)] {
        assert!(matches!(decide_reply(&ran(command, exit), &facts(&printed)), Reply::Explained(_)), "{command}");
    }
}

#[test]
fn expected_failure_is_not_explained_but_a_typing_mistake_is() {
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
    let (early, gone) = (ran("docker rm gagal", 1), explanation("explain-no-container-gone"));
    let facts = |next| ReplyFacts { next: Some(next), ..facts(&gone) };
    assert_eq!(decide_reply(&early, &facts("docker run --name gagal alpine")), Reply::Explained(gone.clone()));
    assert_ne!(decide_reply(&early, &facts("docker rm lain")), Reply::Explained(gone.clone()));
}

#[test]
fn exit_status_of_a_client_ended_with_ctrl_bracket_is_not_explained() {
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
fn failure_of_a_command_in_a_nested_shell_is_not_explained_when_that_shell_ends() {
    let denied = explanation("explain-image-unknown");
    let facts = ReplyFacts { explanation: Some(&denied), ..ReplyFacts::default() };
    for (line, exit, is_silent) in
        [("node-a", 1, true), (" bash ", 127, true), ("node-a docker pull x", 1, false), ("sh -c 'x'", 1, false)]
    {
        assert_eq!(decide_reply(&ran(line, exit), &facts) == Reply::Nothing, is_silent, "{line}");
    }
}

#[test]
fn printed_commands_come_only_from_shown_blocks() {
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
fn refused_images_are_the_images_of_pulls_that_have_to_fail() {
    let fence = |attrs: &str, text: &str| format!("```console{attrs}\n{text}\n```\n\n");
    let failing = fence(",exit=1", "$ docker pull gcr.io/a/pause:3.2\n$ docker pull gcr.io/a/pause:9");
    let other = fence(",exit=1", "$ docker rmi gcr.io/a/pause:3.2");
    let text = format!("# K\n\n## s {{#s}}\n\n{failing}{other}{}", fence("", "$ docker pull alpine:3.21"));
    let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert_eq!(refused_images(&lesson), ["gcr.io/a/pause:9"]);
}

#[test]
fn images_of_untyped_commands_come_before_images_of_typed_commands() {
    let one = |command, shown, typed| Printed { command, shown, typed };
    let printed = [
        one("docker pull alpine:3.21", true, true),
        one("docker run -d --name kapal alpine:3.20 sleep 600", true, false),
        one("docker tag mongo:4.1 latihan:1", false, false),
    ];
    assert_eq!(images_of_step(&printed), ["alpine:3.20", "mongo:4.1", "latihan:1", "alpine:3.21"]);
}

#[test]
fn request_for_help_gets_no_reply() {
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
fn known_mistake_comes_before_the_explanation_of_a_typing_mistake() {
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
fn space_instead_of_a_hyphen_is_explained_before_dockers_message() {
    let printed = [Printed { command: "docker run --name sapa-lagi hello-world", shown: false, typed: false }];
    let (second, last) = (explanation("explain-prompt-typed"), ran("docker run --name sapa lagi hello-world", 125));
    let facts = ReplyFacts { printed: &printed, explanation: Some(&second), ..ReplyFacts::default() };
    let Reply::Explained(told) = decide_reply(&last, &facts) else { panic!("not explained") };
    assert_eq!(told.key, "explain-hyphen-missing");
    assert!(told.args.contains(&("together".into(), "sapa-lagi".into())), "{told:?}");
}

#[test]
fn read_only_command_gets_no_reply() {
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
fn mistake_in_the_state_is_reported_after_the_mistakes_before_it_are_corrected() {
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

#[test]
fn successful_advised_command_is_not_called_a_mistake() {
    let typing = explanation("explain-flag-unknown");
    let facts = ReplyFacts {
        is_advised: true,
        mistakes: KnownMistakes { typed: Some("typed"), state: Some("state") },
        explanation: Some(&typing),
        ..ReplyFacts::default()
    };
    assert_eq!(decide_reply(&ran("docker rmi busybox:latest", 0), &facts), Reply::AdviceFollowed);
    assert_eq!(decide_reply(&ran("docker rmi busybox:latest", 1), &facts), Reply::Mistake("typed"));
    let say = "`/tanda` is not there. Go in with `docker start -ai kotak`, then write it.";
    let facts = ReplyFacts { mistakes: KnownMistakes { typed: Some(say), state: None }, explanation: None, ..facts };
    assert_eq!(decide_reply(&ran("docker start -ai kotak", 0), &facts), Reply::Mistake(say));
}

#[test]
fn command_that_makes_a_claim_true_in_its_own_way_is_not_compared_with_the_step() {
    let printed = [Printed { command: "docker tag alpine:3.20 web:1", shown: false, typed: false }];
    let facts = ReplyFacts { printed: &printed, is_due: true, ..ReplyFacts::default() };
    let last = ran("docker tag lain:1 web:1", 0);
    assert!(matches!(decide_reply(&last, &facts), Reply::Explained(_)));
    for is_due in [true, false] {
        let facts = ReplyFacts { has_advanced: true, is_due, ..facts.clone() };
        assert_eq!(decide_reply(&last, &facts), Reply::AdviceFollowed);
    }
}

#[test]
fn in_case_of_a_clash_only_typing_mistakes_are_explained() {
    let printed = [Printed { command: "docker create --name kapal alpine:3.20", shown: true, typed: false }];
    let (typing, taken) = (explanation("explain-image-as-name"), explanation("explain-name-taken-stopped"));
    let facts = |explanation| ReplyFacts {
        is_clash: true,
        is_due: true,
        printed: &printed,
        mistakes: KnownMistakes { typed: Some("docker rm kapal"), state: Some("state") },
        explanation,
        ..ReplyFacts::default()
    };
    let wrong = ran("docker create kapal alpine:3.20", 1);
    assert_eq!(decide_reply(&wrong, &facts(Some(&typing))), Reply::Explained(typing.clone()));
    let unnamed = ran("docker create alpine:3.20", 0);
    assert!(
        matches!(decide_reply(&unnamed, &facts(None)), Reply::Explained(slip) if slip.key.contains("flag-missing"))
    );
    let right = ran("docker create --name kapal alpine:3.20", 1);
    assert_eq!(decide_reply(&right, &facts(Some(&taken))), Reply::Clash);
}

#[test]
fn failure_is_explained_if_the_claims_hold_but_none_is_about_the_command() {
    let of = |fence: &str, check: &str| {
        let text = format!(
            "# K\n\n## s {{#s}}\n\n```{fence}\n$ docker run -d --name kabar b\n```\n\n```check\n{check}\n```\n"
        );
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        lesson
    };
    let is_unwanted = |lesson: &crate::lesson::Lesson, exit, command_match| {
        let last = ran("docker run -d --name kabar c", exit);
        let commands = [CommandId { block: 0, number: 0 }];
        is_failure_unwanted(&lesson.steps[0], &commands, &[1], &last, &command_match)
    };
    let logs = of("console", "logs: kabar\ncontains: Halo");
    for (command_match, told) in [
        (CommandMatch::SameKind, true),
        (CommandMatch::ExactButFailed, true),
        (CommandMatch::Other, true),
        (CommandMatch::Exact, false),
    ] {
        assert_eq!(is_unwanted(&logs, 125, command_match.clone()), told, "{command_match:?}");
        assert!(!is_unwanted(&logs, 0, command_match));
    }
    let failing = of("console,exit=1", "container: kabar");
    let typed = of("console", "ran: \"docker run .*kabar\"\nexit: 1");
    assert!(!is_unwanted(&failing, 1, CommandMatch::SameKind) && !is_unwanted(&typed, 1, CommandMatch::SameKind));
}

#[test]
fn changed_container_of_a_passed_part_is_reported_before_a_missing_name() {
    let findings: &[ClaimFailure] = &[];
    let text = "# K\n\n## s {#s}\n\n```check\nran: docker ps\noutput: { matches: x }\n```\n";
    let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
    let Some(Block::Check(check)) = lesson.steps[0].blocks.first() else { panic!("no check") };
    let facts = |is_passed_part_changed, is_due| ReplyFacts {
        is_due,
        is_passed_part_changed,
        not_shown: is_due.then_some("kapal"),
        unmet: Some((&check.claim, findings)),
        ..ReplyFacts::default()
    };
    let look = ran("docker ps -a", 0);
    assert_eq!(decide_reply(&look, &facts(true, true)), Reply::PassedPartChanged);
    assert_eq!(decide_reply(&look, &facts(false, true)), Reply::NotShown("kapal"));
    assert_eq!(decide_reply(&look, &facts(true, false)), Reply::Nothing);
    assert_eq!(decide_reply(&ran("docker start kapal", 0), &facts(true, false)), Reply::PassedPartChanged);
    assert_ne!(decide_reply(&ran("docker stop x", 1), &facts(true, false)), Reply::PassedPartChanged);
}

#[test]
fn mistake_in_the_state_is_found_if_the_lesson_lists_it_before_the_typed_mistake() {
    let text = "# K\n\n## s {#s}\n\n```check\nran: docker rmi\nmistakes:\n  - when: { ran: docker rmi -f }\n    say: f\n  \
        - when: { container: coba, absent: true }\n    say: gone\n  - when: { ran: docker rmi }\n    say: rmi\n```\n";
    let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
    let id = |number| MistakeId { block: 0, number };
    let first = |seen: &[MistakeId], before: &[MistakeId]| {
        state_before_typed(&lesson.steps[0], seen, &before.iter().copied().collect())
    };
    assert_eq!(first(&[id(1), id(2)], &[]), Some(id(1)));
    assert_eq!(first(&[id(1), id(2)], &[id(1)]), None);
    assert_eq!(first(&[id(1), id(0)], &[]), None);
    assert_eq!(first(&[id(1)], &[]), None);
}

#[test]
fn advised_command_that_prints_an_error_does_not_count_as_followed_advice() {
    let facts = ReplyFacts {
        is_advised: true,
        mistakes: KnownMistakes { typed: Some("another node"), state: None },
        ..ReplyFacts::default()
    };
    let removes = ran("docker rm -f salam", 0);
    assert_eq!(decide_reply(&removes, &facts), Reply::AdviceFollowed);
    let output = "Error response from daemon: No such container: salam".to_owned();
    assert_eq!(decide_reply(&RanCommand { output, ..removes }, &facts), Reply::Mistake("another node"));
}

#[test]
fn command_ended_by_ctrl_c_is_not_compared_with_the_lessons_commands() {
    let printed = [Printed { command: "docker pull alpine:3.20", shown: true, typed: false }];
    let facts = ReplyFacts { printed: &printed, next: Some("docker pull alpine:3.20"), ..ReplyFacts::default() };
    assert!(matches!(decide_reply(&ran("docker pul alpine:3.20", 1), &facts), Reply::Explained(_)));
    assert_eq!(decide_reply(&ran("docker pul alpine:3.20", 130), &facts), Reply::Nothing);
}

#[test]
fn exit_status_of_an_interactive_shell_in_a_container_counts_as_zero() {
    let (missing, taken) = (explanation("explain-missing-inside"), explanation("explain-name-taken"));
    for (command, status, explanation, judged) in [
        ("docker run -it --name kotak alpine:3.20 sh", 1, None, 0),
        ("docker run -ti --name kotak alpine:3.20", 127, Some(&missing), 0),
        ("docker exec -it kotak /bin/ash", 130, None, 0),
        ("docker start -ai kotak", 2, None, 0),
        ("docker run -it --name kotak alpine:3.20 sh", 125, None, 125),
        ("docker run -it --name kotak alpine:3.20 sh", 127, Some(&taken), 127),
        ("docker run -it alpine:3.20 cat /tanda", 1, None, 1),
        ("docker run --name kotak alpine:3.20 sh", 3, None, 3),
        ("docker start -a kotak", 3, None, 3),
        ("docker run -it alpine:3.20 sh -c 'exit 3'", 3, None, 3),
    ] {
        let found = without_inner_status(&ran(command, status), explanation);
        assert_eq!(found.exit, Some(judged), "{command}");
    }
}

#[test]
fn reply_names_the_node_to_which_docker_context_use_sent_the_command() {
    let facts = ReplyFacts { chosen_node: Some("node-b"), is_due: true, ..ReplyFacts::default() };
    assert_eq!(decide_reply(&ran("docker run -d --name salam x", 0), &facts), Reply::OtherNode("node-b"));
    assert_eq!(decide_reply(&ran("docker rm salam", 1), &facts), Reply::OtherNode("node-b"));
    let looks = ReplyFacts { is_due: false, ..facts };
    assert_eq!(decide_reply(&ran("docker ps", 0), &looks), Reply::Nothing);
    for (line, goes) in [
        ("docker run x", true),
        ("docker --context node-a run x", false),
        ("docker -H unix:///x ps", false),
        ("docker context use default", false),
        ("ls", false),
    ] {
        assert_eq!(goes_to_chosen_node(line), goes, "{line}");
    }
}
