//! Tests commands that are typed in another order than in the lesson, or replaced by other commands with the same
//! effect.

use super::*;

const REMOVALS: &str = "```console,shuffle\n$ docker rm coba\n$ docker rmi busybox:1.35\n```\n\n\
    ```check\ncontainer: coba\nabsent: true\n```\n\n```check\nimage: \"busybox:1.35\"\nabsent: true\n```\n";

/// Evaluates a command. `holds` says whether each current claim holds after the command.
fn after(state: &mut LessonState, lesson: &Lesson, command: &str, holds: &[bool]) -> Evaluation {
    let command_match = state.command_ended(lesson, command, 0, "");
    let status = |holds: &bool| if *holds { ClaimStatus::Holds } else { ClaimStatus::Fails };
    let looks: Vec<_> = state.current_claims().into_iter().zip(holds.iter().map(status)).collect();
    state.evaluate(Some(&command_match), &looks)
}

#[test]
fn removals_in_another_order_are_done_when_all_claims_hold() {
    for commands in [
        ["docker rmi busybox:1.35", "docker rm coba"],
        ["docker rm -f coba", "docker rmi busybox:1.35"],
        ["docker image rm --force busybox:1.35", "docker rm coba"],
        ["docker rmi busybox:1.35", "docker rm -f coba"],
    ] {
        let (lesson, mut state) = state_of_step(REMOVALS);
        let is_container_gone = commands[0].contains("coba");
        let first = after(&mut state, &lesson, commands[0], &[is_container_gone, !is_container_gone]);
        assert!(!matches!(first, Evaluation::Passed { .. }), "{commands:?}: {first:?}");
        let last = after(&mut state, &lesson, commands[1], &[true, true]);
        assert!(matches!(last, Evaluation::Passed { untyped: 0, .. }), "{commands:?}: {last:?}");
        assert!(state.is_step_over(), "{commands:?}");
    }
}

#[test]
fn similar_command_does_not_count_for_a_read_only_command_or_a_command_without_a_claim() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ docker run --rm b echo satu\n$ docker run --name a b\n$ docker ps -a\n```\n\n```check\ncontainer: a\n```\n",
    );
    after(&mut state, &lesson, "docker run --rm b echo dua", &[false]);
    let run = after(&mut state, &lesson, "docker run --name a b", &[true]);
    assert!(matches!(run, Evaluation::Passed { untyped: 2, .. }), "{run:?}");
}

#[test]
fn command_of_a_later_fence_that_was_typed_early_is_not_requested_again() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ uname -r\n```\n\nSekarang di dalam:\n\n```console,blank\n$ docker ____ kotak uname -r\n```\n\n\
         ```console,solution\n$ docker exec kotak uname -r\n```\n\nSama.\n\n\
         ```check\nran: \"docker exec .*kotak uname\"\n```\n\nPenutup.\n",
    );
    let exec = after(&mut state, &lesson, "docker exec kotak uname -r", &[true]);
    assert!(matches!(&exec, Evaluation::Passed { untyped: 1, next, .. } if next.is_empty()), "{exec:?}");
    let uname = after(&mut state, &lesson, "uname -r", &[true]);
    let Evaluation::Passed { untyped: 0, next, .. } = uname else { panic!("{uname:?}") };
    let typed = next.iter().filter(|next| matches!(next, NextAction::Typed(_))).count();
    let shown: Vec<usize> =
        next.iter().filter_map(|next| if let NextAction::Show(block) = next { Some(*block) } else { None }).collect();
    let is_prose = |block: &usize| matches!(lesson.steps[0].blocks[*block], crate::lesson::Block::Prose(_));
    assert!(typed == 1 && shown.len() == 3 && shown.iter().all(is_prose), "{next:?}");
    assert_eq!(next.last(), Some(&NextAction::Done(StepResult::Passed)));
}

#[test]
fn task_is_not_requested_if_another_command_made_its_claims_true() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ docker create --name a b\n```\n\n```console,blank\n$ docker ____ a\n```\n\n\
         ```console,solution\n$ docker start a\n```\n\n```check\ncontainer: a\n```\n",
    );
    let run = after(&mut state, &lesson, "docker run -d --name a b", &[true]);
    let Evaluation::Passed { next, .. } = run else { panic!("{run:?}") };
    assert!(matches!(next[..], [NextAction::Typed(_), NextAction::Done(_)]), "{next:?}");
}

#[test]
fn command_typed_too_early_is_asked_for_again_if_its_claim_is_false_by_now() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ docker run --name a b\n```\n\n```check\ncontainer: a\n```\n\nHentikan.\n\n\
         ```console\n$ docker stop a\n```\n\n```check\ncontainer: a\nState.Running: false\n```\n",
    );
    after(&mut state, &lesson, "docker stop a", &[false]);
    let run = after(&mut state, &lesson, "docker run --name a b", &[true]);
    let Evaluation::Passed { next, .. } = run else { panic!("{run:?}") };
    let Some(NextAction::Typed(block)) = next.iter().find(|next| matches!(next, NextAction::Typed(_))) else {
        panic!("{next:?}")
    };
    assert!(state.all_commands_typed());
    let again = state.ask_again(*block);
    assert_eq!(again, [NextAction::Show(*block), NextAction::Await { look: true }]);
    let stop = after(&mut state, &lesson, "docker stop a", &[true]);
    assert!(matches!(stop, Evaluation::Passed { untyped: 0, .. }), "{stop:?}");
}
