//! Tests commands of other parts of a step, and commands whose object is there or gone already.

use super::*;

#[test]
fn read_only_command_of_a_later_part_is_ignored() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ docker run -d --name kabar a\n```\n\n```check\ncontainer: kabar\n```\n\n\
         ```console\n$ docker logs kabar\n$ docker stop kabar\n```\n",
    );
    for status in [0, 1] {
        assert_eq!(state.after(&lesson, "docker logs kabar", status, ClaimStatus::Fails), Evaluation::Quiet);
    }
    let change = state.after(&lesson, "docker stop kabar", 0, ClaimStatus::Fails);
    assert!(matches!(change, Evaluation::Progress { done: 0, .. }), "{change:?}");
    state.after(&lesson, "docker run -d --name kabar a", 0, ClaimStatus::Holds);
    assert_eq!(state.commands_to_type(false).len(), 1, "the look is still to be typed");
}

#[test]
fn part_with_an_early_typed_command_still_waits_for_its_claims() {
    let (lesson, mut state) = state_of_step(
        "```console\n$ kunci=$(docker image inspect a)\n$ echo $kunci\na@sha256\n```\n\n\
         ```check\nran: \"echo .*kunci\"\noutput: { matches: sha256 }\n```\n\n\
         ```console\n$ docker run --name terkunci $kunci\n```\n\n```check\ncontainer: terkunci\n```\n\n\
         ```quiz\nask: Apa?\noptions:\n  - text: betul\n    right: true\n    why: ya\n  - text: salah\n    why: bukan\n```\n",
    );
    let echoed = state.after(&lesson, "echo $kunci", 0, ClaimStatus::Holds);
    assert!(matches!(echoed, Evaluation::Passed { untyped: 1, .. }), "{echoed:?}");
    // Assume that the container is removed again, so that its claim is false when its part is shown.
    state.after(&lesson, "docker run --name terkunci $kunci", 0, ClaimStatus::Holds);
    let filled = state.after(&lesson, "kunci=$(docker image inspect a)", 0, ClaimStatus::Holds);
    let Evaluation::Passed { next, .. } = filled else { panic!("{filled:?}") };
    assert_eq!(next.last(), Some(&NextAction::Await { look: true }), "{next:?}");
    let claims = state.current_claims();
    assert_eq!(state.check_before_start(&[(claims[0], ClaimStatus::Fails)]), Evaluation::Quiet);
    let looked = state.after(&lesson, "docker ps", 0, ClaimStatus::Fails);
    assert!(matches!(looked, Evaluation::Quiet), "{looked:?}");
    let run = state.after(&lesson, "docker run --name terkunci $kunci", 0, ClaimStatus::Holds);
    assert!(matches!(&run, Evaluation::Passed { next, .. } if matches!(next[..], [NextAction::Ask(_)])), "{run:?}");
}

#[test]
fn part_with_early_typed_commands_passes_when_shown_if_its_claims_hold() {
    let (lesson, mut state) = state_of_step(
        "```console,exit=1\n$ docker pull a:9\n```\n\n```check\nran: \"pull a:9\"\nexit: 1\n```\n\n\
         ```console\n$ docker pull a:3\n```\n\n```check\nimage: \"a:3\"\n```\n\n```console\n$ docker tag a:3 b\n```\n",
    );
    let early = state.after(&lesson, "docker pull a:3", 0, ClaimStatus::Fails);
    assert!(matches!(early, Evaluation::Progress { done: 0, .. }), "{early:?}");
    let Evaluation::Passed { next, .. } = state.after(&lesson, "docker pull a:9", 1, ClaimStatus::Holds) else {
        panic!("not passed")
    };
    assert_eq!(next.last(), Some(&NextAction::Await { look: true }), "{next:?}");
    let claims = state.current_claims();
    let shown = state.check_before_start(&[(claims[0], ClaimStatus::Holds)]);
    let Evaluation::Passed { claims: passed, untyped: 0, next } = shown else { panic!("{shown:?}") };
    assert_eq!(passed, claims);
    assert!(matches!(next[..], [NextAction::Show(_), NextAction::Await { .. }]), "{next:?}");
}

#[test]
fn command_that_should_have_failed_does_not_count_for_a_later_part() {
    let (lesson, mut state) = state_of_step(
        "```console,exit=1\n$ docker rmi a\n```\n\n```check\nran: \"docker rmi a\"\nexit: 1\n```\n\n\
         ```console,shuffle\n$ docker rm c\n$ docker rmi a\n```\n\n```check\nimage: a\nabsent: true\n```\n",
    );
    let removed = state.after(&lesson, "docker rmi a", 0, ClaimStatus::Fails);
    assert!(matches!(removed, Evaluation::Miss { claim: Some(_), .. }), "{removed:?}");
}

#[test]
fn failed_removal_of_an_absent_object_passes_the_part() {
    let (lesson, mut state) =
        state_of_step("```console\n$ docker rmi a\n```\n\n```check\nimage: a\nabsent: true\n```\n");
    let claims = state.current_claims();
    assert_eq!(state.check_before_start(&[(claims[0], ClaimStatus::Holds)]), Evaluation::Already);
    let other = state.after(&lesson, "docker rmi b", 1, ClaimStatus::Holds);
    assert!(matches!(other, Evaluation::Miss { .. }), "{other:?}");
    let passed = state.after(&lesson, "docker rmi a", 1, ClaimStatus::Holds);
    assert!(matches!(passed, Evaluation::Passed { untyped: 0, .. }), "{passed:?}");
    assert!(state.is_step_over());
}

#[test]
fn failed_creation_of_an_existing_object_is_a_failed_attempt() {
    let (lesson, mut state) =
        state_of_step("```console\n$ docker run --name a b\n```\n\n```check\ncontainer: a\n```\n");
    let claims = state.current_claims();
    assert_eq!(state.check_before_start(&[(claims[0], ClaimStatus::Holds)]), Evaluation::Already);
    let failed = state.after(&lesson, "docker run --name a b", 125, ClaimStatus::Holds);
    assert!(matches!(failed, Evaluation::Miss { .. }), "{failed:?}");
    assert!(!state.is_step_over());
}

#[test]
fn line_with_two_commands_counts_for_both_and_similar_command_counts_if_its_claim_holds() {
    let text = "# L\n\n## Satu {#satu}\n\n```console\n$ docker tag a:1 tim/a:1\n$ docker push tim/a:1\n```\n\n\
                ```check\nimage: \"tim/a:1\"\n```\n\n```check\nregistry: tim/a\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let begin = || {
        let mut state = LessonState::new(&lesson, &plan(&lesson, &conditions));
        state.enter_step(0);
        state
    };
    for line in ["docker tag a:1 tim/a:1 && docker push tim/a:1", "docker tag a:1 tim/a:1\ndocker image push tim/a:1"] {
        let passed = begin().after(&lesson, line, 0, ClaimStatus::Holds);
        assert!(matches!(passed, Evaluation::Passed { untyped: 0, .. }), "{passed:?}");
    }
    let mut state = begin();
    let way = state.command_ended(&lesson, "docker tag b:2 tim/a:1", 0, "");
    let claims = state.current_claims();
    let looks = [(claims[0], ClaimStatus::Holds), (claims[1], ClaimStatus::Fails)];
    let next = state.evaluate(Some(&way), &looks);
    assert!(matches!(next, Evaluation::Progress { done: 1, of: 2, .. }), "{next:?}");
}
