mod needs;
mod order;
mod parts;

use proptest::prelude::*;

use super::*;
use crate::lesson::{Block, Conditions, EngineFamily, LessonId, Transcript, parse, plan};
use crate::text::Source;

const LESSON: &str = "# L\n\nPembuka.\n\n## Satu {#satu}\n\n```console\n$ docker create --name a b\n$ docker ps -a\n```\n\nSesudah.\n\n\
    ```check\ncontainer: a\nhints: [x, y, z]\n```\n\n```console\n$ docker run b tidakada\n```\n\n## Dua {#dua}\n\n```quiz\nask: Apa?\n\
    options:\n  - text: betul\n    right: true\n    why: ya\n  - text: salah\n    why: bukan\n```\n\n```console\n$ echo a\n```\n\n\
    ```console\n$ echo b\n```\n\n```check\ncontainer: c\n```\n\n```check\ncontainer: d\n```\n\n## Tiga {#tiga}\n\nPenutup.\n";

fn lesson_and_state() -> (Lesson, LessonState) {
    let (lesson, wrong) = parse(&Source::new("l.md", LESSON), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    (lesson, state)
}

impl LessonState {
    fn after(&mut self, lesson: &Lesson, command: &str, status: i32, look: ClaimStatus) -> Evaluation {
        let way = self.command_ended(lesson, command, status, "");
        let looks: Vec<(usize, ClaimStatus)> = self.current_claims().into_iter().map(|claim| (claim, look)).collect();
        self.evaluate(Some(&way), &looks)
    }
}

const FIRST: &str = "docker create --name a b";

#[test]
fn claims_that_hold_early_are_passed_and_the_remaining_commands_follow() {
    let (lesson, mut state) = lesson_and_state();
    state.enter_step(0);
    let ticked = state.after(&lesson, FIRST, 0, ClaimStatus::Holds);
    assert!(matches!(&ticked, Evaluation::Passed { claims, untyped: 1, next } if claims.len() == 1 && next.is_empty()));
    assert!(!state.is_step_over());
    let passed = state.after(&lesson, "docker  container ls --all", 0, ClaimStatus::Holds);
    let Evaluation::Passed { claims, untyped: 0, next } = passed else { panic!("{passed:?}") };
    assert!(
        claims.is_empty() && matches!(next[..], [NextAction::Show(_), NextAction::Show(_), NextAction::Await { .. }]),
        "{next:?}"
    );
    // If no claim follows, the commands alone decide.
    let last = state.after(&lesson, "docker run b tidakada", 0, ClaimStatus::Holds);
    assert!(matches!(last, Evaluation::Passed { .. }), "{last:?}");
    assert_eq!(state.step_result(0), Some(StepResult::Passed));
}

#[test]
fn unseen_task_is_passed_only_if_another_task_follows_before_the_claims() {
    let text = "# L\n\n## Satu {#satu}\n\n```console\n$ uname -r\n```\n\nLalu:\n\n```console\n$ docker exec a uname\n```\n\n\
                ```check\nran: docker exec\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    assert!(state.shown_claims().is_empty());
    let next = state.pass_unseen_task().unwrap();
    assert!(matches!(next[..], [NextAction::Show(_), NextAction::Show(_), NextAction::Await { .. }]), "{next:?}");
    // The claim decides whether the task before it is passed.
    assert_eq!((state.pass_unseen_task(), state.shown_claims().len()), (None, 1));
}

#[test]
fn learner_can_leave_a_step_whose_claims_hold_before_typing_all_commands() {
    let (lesson, mut state) = lesson_and_state();
    state.enter_step(0);
    state.after(&lesson, FIRST, 0, ClaimStatus::Holds);
    assert!(matches!(state.choose(Choice::Next), ChoiceResult::Go(next) if !next.is_empty()));
}

#[test]
fn any_command_or_event_passes_the_step_if_the_claims_hold() {
    let (lesson, mut state) = lesson_and_state();
    state.enter_step(0);
    let passed = state.after(&lesson, "docker run --name a b true", 0, ClaimStatus::Holds);
    assert!(matches!(passed, Evaluation::Passed { untyped: 0, .. }), "{passed:?}");
    // A change from another terminal counts too.
    let (_, mut state) = lesson_and_state();
    state.enter_step(0);
    let looks: Vec<_> = state.current_claims().into_iter().map(|claim| (claim, ClaimStatus::Holds)).collect();
    assert!(matches!(state.evaluate(None, &looks), Evaluation::Passed { untyped: 0, .. }));
}

#[test]
fn next_hint_needs_an_attempt_and_third_failed_attempt_offers_help() {
    let (lesson, mut state) = lesson_and_state();
    state.enter_step(0);
    let claim = state.current_claims().first().copied();
    assert_eq!(state.next_hint(), HintResult::Give { claim, level: 0 });
    assert_eq!(state.next_hint(), HintResult::TryFirst { claim, level: 0 });
    for (level, offer) in [(1, false), (2, false), (2, true)] {
        let miss = state.after(&lesson, "docker create --name x b", 0, ClaimStatus::Fails);
        assert_eq!(miss, Evaluation::Miss { claim, offer });
        assert_eq!(state.next_hint(), HintResult::Give { claim, level });
    }
    assert_eq!(state.after(&lesson, "ls", 0, ClaimStatus::Fails), Evaluation::Quiet, "looking around is no miss");
    state.after(&lesson, FIRST, 0, ClaimStatus::Holds);
    state.after(&lesson, "docker ps -a", 0, ClaimStatus::Holds);
    state.after(&lesson, "docker run b tidakada", 0, ClaimStatus::Holds);
    assert_eq!(state.step_result(0), Some(StepResult::Helped), "the exact command was shown");
}

#[test]
fn hints_and_part_commands_belong_to_the_shown_part() {
    let text = "# L\n\n## Satu {#satu}\n\n```console\n$ docker create --name a b\n```\n\nLalu:\n\n```console\n$ docker start a\n```\n\n\
        ```check\ncontainer: a\nhints: [x, y, z]\n```\n\n```console\n$ docker stop a\n```\n\n```check\ncontainer: c\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    let texts = |state: &LessonState| {
        let ids = state.part_commands();
        ids.iter().map(|id| lesson.steps[0].command(*id).unwrap().1.text.clone()).collect::<Vec<_>>()
    };
    // The claim is about the second task, which was not shown yet.
    assert_eq!(state.next_hint(), HintResult::Give { claim: None, level: 0 });
    assert_eq!((state.shown_claims(), texts(&state)), (Vec::new(), vec![FIRST.to_owned()]));
    assert!(matches!(state.parts_to_come()[..], [StepPart::Show(_), StepPart::Task { .. }, ..]));
    state.after(&lesson, FIRST, 0, ClaimStatus::Fails);
    let shown = state.shown_claims();
    assert!(matches!(state.next_hint(), HintResult::Give { claim: Some(claim), .. } if shown == [claim]));
    // All commands of the part were typed, and the claim is still false. The learner types this part again, not the
    // next one.
    state.after(&lesson, "docker start a", 0, ClaimStatus::Fails);
    assert!(state.commands_to_type(false).is_empty());
    assert_eq!(texts(&state), [FIRST, "docker start a"]);
    state.after(&lesson, "docker start a", 0, ClaimStatus::Holds);
    assert_eq!(texts(&state), ["docker stop a"]);
}

#[test]
fn command_typed_before_its_part_is_shown_passes_no_claim_about_typed_commands() {
    let text = "# L\n\n## Satu {#satu}\n\n```console\n$ docker start a\n```\n\n```check\ncontainer: a\n```\n\n\
        ```console\n$ docker exec a cat /b\n```\n\n```check\nran: docker exec\n```\n\n\
        ```console\n$ docker stop a\n```\n\n```check\ncontainer: c\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    let next = |state: &LessonState| {
        let ids = state.commands_to_type(false);
        ids.iter().map(|id| lesson.steps[0].command(*id).unwrap().1.text.clone()).collect::<Vec<_>>()
    };
    let exec = "docker exec a cat /b";
    let early = state.after(&lesson, exec, 0, ClaimStatus::Fails);
    assert!(matches!(early, Evaluation::Progress { done: 0, .. }), "{early:?}");
    // A command with a lasting result counts at any time.
    state.after(&lesson, "docker stop a", 0, ClaimStatus::Fails);
    state.after(&lesson, "docker start a", 0, ClaimStatus::Holds);
    assert_eq!(next(&state), [exec]);
    state.after(&lesson, exec, 0, ClaimStatus::Holds);
    assert!(next(&state).is_empty() && !state.is_step_over());
}

#[test]
fn shuffled_commands_count_only_in_the_right_order() {
    let text = "# L\n\n## Satu {#satu}\n\n```console,shuffle\n$ docker run -d --name a b sleep 600\n$ docker stop a\n$ docker rm a\n\
        ```\n\n```check\nevents: { type: [container], container: [a] }\nin_order: [create, start, stop, destroy]\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    let wrong = state.after(&lesson, "docker run -d --name a b", 0, ClaimStatus::Fails);
    assert!(matches!(wrong, Evaluation::Miss { .. }), "{wrong:?}");
    let done = |state: &mut LessonState, command: &str| match state.after(&lesson, command, 0, ClaimStatus::Fails) {
        Evaluation::Progress { done, of: 3, .. } => (done, state.commands_to_type(false).len()),
        other => panic!("{command}: {other:?}"),
    };
    // These commands only remove the container of the wrong command, so no command of the task is done.
    assert_eq!(done(&mut state, "docker stop a"), (0, 3));
    assert_eq!(done(&mut state, "docker rm a"), (0, 3));
    let run = "docker run -d --name a b sleep 600";
    assert_eq!(done(&mut state, run), (1, 2));
    assert_eq!(done(&mut state, "docker stop a"), (2, 1));
    // A learner who begins again types all commands again, also if the last command was a failed attempt.
    assert_eq!(done(&mut state, run), (1, 2));
    assert_eq!(done(&mut state, "docker stop a"), (2, 1));
    assert!(matches!(state.after(&lesson, "docker rm a", 0, ClaimStatus::Fails), Evaluation::Miss { .. }));
    assert_eq!(done(&mut state, run), (1, 2));
    assert_eq!(done(&mut state, "docker stop a"), (2, 1));
    let passed = state.after(&lesson, "docker rm a", 0, ClaimStatus::Holds);
    assert!(matches!(passed, Evaluation::Passed { .. }), "{passed:?}");
}

#[test]
fn command_with_unknown_claim_status_counts_as_no_attempt() {
    let (lesson, mut state) = lesson_and_state();
    state.enter_step(0);
    for _ in 0..4 {
        assert_eq!(state.after(&lesson, "docker create --name x b", 1, ClaimStatus::Unknown), Evaluation::Unknown);
    }
    let miss = state.after(&lesson, "docker create --name x b", 0, ClaimStatus::Fails);
    assert!(matches!(miss, Evaluation::Miss { offer: false, .. }), "{miss:?}");
}

#[test]
fn step_with_only_a_quiz_is_passed_by_its_answer() {
    let text = "# L\n\n## Satu {#satu}\n\n```quiz\nask: Apa?\noptions:\n  - text: betul\n    right: true\n    why: ya\n\
        \x20 - text: salah\n    why: bukan\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    let next = state.enter_step(0);
    let Some(NextAction::Ask(block)) = next.last() else { panic!("{next:?}") };
    assert_eq!(state.quiz_answered(*block), [NextAction::Done(StepResult::Passed)]);
    assert!(!state.has_commands(0));
    assert!(lesson_and_state().1.has_commands(0));
    // A question that was left counts as answered if the learner answers it later.
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    state.quiz_ended(*block, StepResult::Skipped);
    assert_eq!(state.quiz_answered(*block), [NextAction::Done(StepResult::Skipped)]);
    state.quiz_ended(*block, StepResult::Passed);
    assert_eq!(state.quiz_answered(*block), [NextAction::Done(StepResult::Passed)]);
    state.quiz_ended(*block, StepResult::Helped);
    assert_eq!(state.quiz_answered(*block), [], "the first answer counts");
    assert_eq!(state.step_result(0), Some(StepResult::Passed));
}

/// An action or an event during a lesson.
#[derive(Debug, Clone)]
enum Happening {
    Ran(usize, i32, u8),
    Event(u8),
    Choose(u8),
    Hint,
    Answered,
    First(u8),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        (0..6_usize, prop_oneof![Just(0), Just(1), Just(130)], 0..3_u8).prop_map(|(a, b, c)| Happening::Ran(a, b, c)),
        (0..3_u8).prop_map(Happening::Event),
        (0..8_u8).prop_map(Happening::Choose),
        Just(Happening::Hint),
        Just(Happening::Answered),
        (0..3_u8).prop_map(Happening::First),
    ]
}

proptest! {
    /// No action panics, and the learner can reach the end from every state.
    #[test]
    fn every_state_can_be_left(happenings in prop::collection::vec(happening(), 0..60)) {
        let (lesson, mut state) = lesson_and_state();
        state.enter_step(0);
        let commands = [FIRST, "docker ps -a", "docker run b tidakada", "echo a", "echo b", "docker rm a"];
        for happening in happenings {
            let look = |which: u8| [ClaimStatus::Holds, ClaimStatus::Fails, ClaimStatus::Unknown][usize::from(which) % 3];
            let looks = |state: &LessonState, which| state.current_claims().into_iter().map(|claim| (claim, look(which))).collect::<Vec<_>>();
            match happening {
                Happening::Ran(which, status, found) => {
                    state.after(&lesson, commands[which], status, look(found));
                }
                Happening::Event(found) => {
                    let looks = looks(&state, found);
                    state.evaluate(None, &looks);
                }
                Happening::First(found) => {
                    let looks = looks(&state, found);
                    state.check_before_start(&looks);
                }
                Happening::Hint => {
                    state.next_hint();
                }
                Happening::Answered => {
                    for quiz in state.quizzes() {
                        state.quiz_answered(quiz);
                    }
                }
                Happening::Choose(which) => {
                    let choices = [
                        Choice::Next, Choice::Back, Choice::Goto(1), Choice::Goto(9), Choice::Again, Choice::Skipped,
                        Choice::Reset, Choice::Next,
                    ];
                    state.choose(choices[usize::from(which)]);
                }
            }
            prop_assert!(state.current_step() < lesson.steps.len());
        }
        for _ in 0..40 {
            if state.is_finished() {
                break;
            }
            if state.choose(Choice::Next) == ChoiceResult::NotYet {
                state.choose(Choice::Skipped);
            }
        }
        prop_assert!(state.is_finished());
    }
}

#[test]
fn no_break_space_does_not_separate_words() {
    let (lesson, mut state) = lesson_and_state();
    state.enter_step(0);
    assert_eq!(state.command_ended(&lesson, "docker\u{a0}create --name a b", 127, ""), CommandMatch::Other);
    assert_eq!(state.command_ended(&lesson, "docker create\u{a0}--name a b", 1, ""), CommandMatch::Other);
    assert_eq!(state.command_ended(&lesson, " docker\tcreate  --name a b ;", 0, ""), CommandMatch::Exact);
}

#[test]
fn output_decides_whether_a_read_only_command_counts() {
    let table = "CONTAINER ID   IMAGE    COMMAND   CREATED         STATUS    PORTS     NAMES\n\
                 5f0c1a2b3c4d   alpine   \"true\"    2 seconds ago   Created             kapal";
    let text = format!(
        "# L\n\n## Satu {{#satu}}\n\n```console\n$ docker ps -a\n{table}\n$ docker exec kapal cat /tanda\nhalo dunia\n```\n\n\
         ```check\ncontainer: kapal\n```\n"
    );
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    let mut ran = |command: &str, output: &str| state.command_ended(&lesson, command, 0, output);
    let header = table.lines().next().unwrap();
    assert_eq!(ran("docker ps -a", header), CommandMatch::ExactButNotShown("kapal".into()));
    assert_eq!(ran("docker ps --filter name=kapal -a", header), CommandMatch::Other);
    assert_eq!(ran("docker container ls -a | cat", table), CommandMatch::Exact);
    // A shell in the same container can show the file of the next command, too. A shell in another container cannot.
    assert_eq!(ran("docker exec -it perahu sh", "/ # cat /tanda\nhalo dunia\n/ # exit"), CommandMatch::SameKind);
    assert_eq!(ran("docker exec kapal cat tanda", "halo"), CommandMatch::SameKind);
    assert_eq!(ran("docker exec -it kapal sh", "/ # cat /tanda\nhalo dunia\n/ # exit"), CommandMatch::Exact);
}

#[test]
fn typed_command_with_the_same_output_stands_for_the_next_command() {
    let stands_for = |transcript: &str, typed: &str, status: i32, output: &str| {
        let (lesson, mut state) = state_of_step(transcript);
        let command_match = state.command_ended(&lesson, typed, status, output);
        (command_match, state.stands_for().map(|(_, output)| output))
    };
    let kernel = "```console\n$ docker exec kotak uname -r\n[..]\n```\n\n```check\nran: docker exec kotak uname\n```\n";
    let inside = |output: &str| stands_for(kernel, "docker exec -it kotak sh", 0, output).1;
    assert_eq!(inside("/ # ls\nbin\n/ # uname -r\n6.1.0\n/ # exit").as_deref(), Some("6.1.0"));
    assert_eq!(inside("/ # uname\nLinux\n/ # exit"), None);
    assert_eq!(stands_for(kernel, "docker exec -it lain sh", 0, "/ # uname -r\n6.1.0\n/ # exit").1, None);
    // A failure that the step expects counts as a success.
    let gone = "```console,exit=1\n$ docker -H unix:///tidak/ada.sock version\nfailed to connect[..]\n```\n\n\
        ```check\nran: docker -H\nexit: 1\n```\n";
    let host = "DOCKER_HOST=unix:///tidak/ada.sock docker version";
    let printed = "failed to connect to the docker API";
    assert_eq!(stands_for(gone, host, 1, printed), (CommandMatch::Exact, Some(printed.into())));
    assert_eq!(stands_for(gone, host, 0, printed).1, None);
    assert_eq!(stands_for(gone, "docker version", 1, "permission denied").1, None);
    // The output does not show whether the learner pressed a key. On another node, the same output is about another
    // object.
    let follow = "```console\n$ docker logs -f kabar\nHalo\n^C\n```\n\n```check\nran: docker logs\n```\n";
    assert_eq!(stands_for(follow, "docker logs kabar", 0, "Halo").1, None);
    let node = "```console\n$ docker --context node-b inspect -f '{{.Image}}' a\nsha256:[..]\n```\n\n\
                ```check\nran: docker inspect\n```\n";
    assert_eq!(stands_for(node, "docker inspect -f '{{.Image}}' a", 0, "sha256:0a").1, None);
    let list = "```console\n$ docker ps -a\n... kapal\n```\n\n```check\nran: docker ps.* -a\n```\n";
    assert!(stands_for(list, "docker container ls --all --no-trunc", 0, "0a1b kapal").1.is_some());
    assert_eq!(stands_for(list, "docker ps -all", 0, "0a1b kapal").1, None);
    let pull = "```console,exit=1\n$ docker pull a:9\nError: no a:9\n```\n\n```check\nran: docker pull\nexit: 1\n```\n";
    assert_eq!(stands_for(pull, "docker pull -q a:9", 1, "Error: no a:9").1.as_deref(), Some("Error: no a:9"));
    assert_eq!(stands_for(pull, "docker pull -a a:9", 1, "Error: no a:9").1, None);
}

#[test]
fn learner_who_moves_between_steps_passes_over_notes() {
    let text = "# L\n\n## Satu {#satu}\n\nBaca.\n\n## Catatan {#catatan .notes}\n\nVersi.\n\n## Dua {#dua}\n\nBaca.\n\n\
                ## Sumber {#sumber .notes}\n\nSumber.\n";
    let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    assert!(!state.is_last_step());
    assert!(matches!(state.choose(Choice::Next), ChoiceResult::Go(next) if next[0] == NextAction::Step { step: 2 }));
    assert!(state.is_last_step());
    assert_eq!(state.choose(Choice::Next), ChoiceResult::Go(vec![NextAction::Finish]));
    state.enter_step(2);
    assert!(matches!(state.choose(Choice::Back), ChoiceResult::Go(_)));
    assert_eq!((state.current_step(), state.choose(Choice::Back)), (0, ChoiceResult::NoStep));
}

/// Returns the state at the beginning of a lesson that has one step with these blocks.
fn state_of_step(blocks: &str) -> (Lesson, LessonState) {
    let text = format!("# L\n\n## Satu {{#satu}}\n\n{blocks}");
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
    state.enter_step(0);
    (lesson, state)
}

#[test]
fn command_is_not_done_if_the_claim_that_it_alone_decides_fails() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ kunci=$(docker image inspect a)\n$ echo $kunci\na@sha256\n```\n\n\
         ```check\nran: \"echo .*kunci\"\noutput: { matches: sha256 }\n```\n\n\
         ```console\n$ docker run --name terkunci $kunci\n```\n\n```check\ncontainer: terkunci\n```\n",
    );
    let early = state.after(&lesson, "echo $kunci", 0, ClaimStatus::Fails);
    assert!(matches!(early, Evaluation::Miss { claim: Some(_), .. }), "{early:?}");
    let first = state.after(&lesson, "kunci=$(docker image inspect a)", 0, ClaimStatus::Fails);
    assert!(matches!(first, Evaluation::Progress { done: 1, of: 2, .. }), "{first:?}");
    let second = state.after(&lesson, "echo $kunci", 0, ClaimStatus::Holds);
    assert!(matches!(second, Evaluation::Passed { untyped: 0, .. }), "{second:?}");
}

#[test]
fn failed_claim_about_a_later_command_does_not_undo_an_earlier_command() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ docker run a echo satu\n$ docker run a echo dua\ndua\n```\n\n\
         ```check\nran: \"docker run .*echo\"\noutput: { matches: dua }\n```\n",
    );
    let first = state.after(&lesson, "docker run a echo satu", 0, ClaimStatus::Fails);
    assert!(matches!(first, Evaluation::Progress { done: 1, of: 2, .. }), "{first:?}");
}
