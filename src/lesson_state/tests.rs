use proptest::prelude::*;

use super::*;
use crate::lesson::{Conditions, EngineFamily, LessonId, parse, plan};
use crate::text::Source;

const LESSON: &str = "# L\n\nPembuka.\n\n## Satu {#satu}\n\n```console\n$ docker create --name a b\n$ docker ps -a\n```\n\nSesudah.\n\n\
    ```check\ncontainer: a\nhints: [x, y, z]\n```\n\n```console\n$ docker run b tidakada\n```\n\n## Dua {#dua}\n\n```quiz\nask: Apa?\n\
    options:\n  - text: betul\n    right: true\n    why: ya\n  - text: salah\n    why: bukan\n```\n\n```console\n$ echo a\n```\n\n\
    ```console\n$ echo b\n```\n\n```check\ncontainer: c\n```\n\n```check\ncontainer: d\n```\n\n## Tiga {#tiga}\n\nPenutup.\n";

fn walk() -> (Lesson, Walk) {
    let (lesson, wrong) = parse(&Source::new("l.md", LESSON), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let walk = Walk::new(&lesson, &plan(&lesson, &conditions));
    (lesson, walk)
}

impl Walk {
    fn after(&mut self, lesson: &Lesson, command: &str, status: i32, look: Look) -> Outcome {
        let way = self.ran(lesson, command, status);
        let looks: Vec<(usize, Look)> = self.claims().into_iter().map(|claim| (claim, look)).collect();
        self.judged(Some(way), &looks)
    }
}

const FIRST: &str = "docker create --name a b";

#[test]
fn claims_that_hold_early_are_ticked_and_the_rest_of_the_fence_follows() {
    let (lesson, mut walk) = walk();
    walk.enter(0);
    let ticked = walk.after(&lesson, FIRST, 0, Look::Holds);
    assert!(matches!(&ticked, Outcome::Passed { claims, untyped: 1, next } if claims.len() == 1 && next.is_empty()));
    assert!(!walk.is_over());
    let passed = walk.after(&lesson, "docker  container ls --all", 0, Look::Holds);
    let Outcome::Passed { claims, untyped: 0, next } = passed else { panic!("{passed:?}") };
    assert!(claims.is_empty() && matches!(next[..], [Next::Show(_), Next::Show(_), Next::Await { .. }]), "{next:?}");
    // Where no claim follows, the commands alone decide.
    let last = walk.after(&lesson, "docker run b tidakada", 0, Look::Holds);
    assert!(matches!(last, Outcome::Passed { .. }), "{last:?}");
    assert_eq!(walk.done(0), Some(Done::Passed));
}

#[test]
fn what_was_ticked_may_be_left_at_once() {
    let (lesson, mut walk) = walk();
    walk.enter(0);
    walk.after(&lesson, FIRST, 0, Look::Holds);
    assert!(matches!(walk.choose(Choice::Next), Answer::Go(next) if !next.is_empty()));
}

#[test]
fn another_command_that_makes_the_claims_true_passes() {
    let (lesson, mut walk) = walk();
    walk.enter(0);
    let passed = walk.after(&lesson, "docker run --name a b true", 0, Look::Holds);
    assert!(matches!(passed, Outcome::Passed { untyped: 0, .. }), "{passed:?}");
    // So does what happens elsewhere.
    let (_, mut walk) = self::walk();
    walk.enter(0);
    let looks: Vec<_> = walk.claims().into_iter().map(|claim| (claim, Look::Holds)).collect();
    assert!(matches!(walk.judged(None, &looks), Outcome::Passed { untyped: 0, .. }));
}

#[test]
fn hints_come_with_tries_between_and_help_is_offered_after_three_misses() {
    let (lesson, mut walk) = walk();
    walk.enter(0);
    let claim = walk.claims().first().copied();
    assert_eq!(walk.hint(), Hint::Give { claim, level: 0 });
    assert_eq!(walk.hint(), Hint::TryFirst { claim, level: 0 });
    for (level, offer) in [(1, false), (2, false), (2, true)] {
        let miss = walk.after(&lesson, "docker create --name x b", 0, Look::Fails);
        assert_eq!(miss, Outcome::Miss { claim, offer });
        assert_eq!(walk.hint(), Hint::Give { claim, level });
    }
    assert_eq!(walk.after(&lesson, "ls", 0, Look::Fails), Outcome::Quiet, "looking around is no miss");
    walk.after(&lesson, FIRST, 0, Look::Holds);
    walk.after(&lesson, "docker ps -a", 0, Look::Holds);
    walk.after(&lesson, "docker run b tidakada", 0, Look::Holds);
    assert_eq!(walk.done(0), Some(Done::Helped), "the exact command was shown");
}

#[test]
fn what_cannot_be_found_out_is_no_miss() {
    let (lesson, mut walk) = walk();
    walk.enter(0);
    for _ in 0..4 {
        assert_eq!(walk.after(&lesson, "docker create --name x b", 1, Look::Unknown), Outcome::Unknown);
    }
    let miss = walk.after(&lesson, "docker create --name x b", 0, Look::Fails);
    assert!(matches!(miss, Outcome::Miss { offer: false, .. }), "{miss:?}");
}

#[test]
fn a_step_of_a_question_alone_is_passed_by_its_answer() {
    let text = "# L\n\n## Satu {#satu}\n\n```quiz\nask: Apa?\noptions:\n  - text: betul\n    right: true\n    why: ya\n\
        \x20 - text: salah\n    why: bukan\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities: Vec::new() };
    let mut walk = Walk::new(&lesson, &plan(&lesson, &conditions));
    let next = walk.enter(0);
    let Some(Next::Ask(block)) = next.last() else { panic!("{next:?}") };
    assert_eq!(walk.answered(*block), [Next::Done(Done::Passed)]);
}

/// Anything that can happen to a walk.
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
    /// Nothing panics, and from every place the learner can go on to the end.
    #[test]
    fn there_is_a_way_out_of_everything(happenings in prop::collection::vec(happening(), 0..60)) {
        let (lesson, mut walk) = walk();
        walk.enter(0);
        let commands = [FIRST, "docker ps -a", "docker run b tidakada", "echo a", "echo b", "docker rm a"];
        for happening in happenings {
            let look = |which: u8| [Look::Holds, Look::Fails, Look::Unknown][usize::from(which) % 3];
            let looks = |walk: &Walk, which| walk.claims().into_iter().map(|claim| (claim, look(which))).collect::<Vec<_>>();
            match happening {
                Happening::Ran(which, status, found) => {
                    walk.after(&lesson, commands[which], status, look(found));
                }
                Happening::Event(found) => {
                    let looks = looks(&walk, found);
                    walk.judged(None, &looks);
                }
                Happening::First(found) => {
                    let looks = looks(&walk, found);
                    walk.looked_first(&looks);
                }
                Happening::Hint => {
                    walk.hint();
                }
                Happening::Answered => {
                    for quiz in walk.quizzes() {
                        walk.answered(quiz);
                    }
                }
                Happening::Choose(which) => {
                    let choices = [
                        Choice::Next, Choice::Back, Choice::Goto(1), Choice::Goto(9), Choice::Again, Choice::Skipped,
                        Choice::Reset, Choice::Next,
                    ];
                    walk.choose(choices[usize::from(which)]);
                }
            }
            prop_assert!(walk.at() < walk.len());
        }
        for _ in 0..40 {
            if walk.is_finished() {
                break;
            }
            if walk.choose(Choice::Next) == Answer::NotYet {
                walk.choose(Choice::Skipped);
            }
        }
        prop_assert!(walk.is_finished());
    }
}

#[test]
fn a_no_break_space_is_no_space() {
    let (lesson, mut walk) = walk();
    walk.enter(0);
    assert_eq!(walk.ran(&lesson, "docker\u{a0}create --name a b", 127), Way::Other);
    assert_eq!(walk.ran(&lesson, "docker create\u{a0}--name a b", 1), Way::Other);
    assert_eq!(walk.ran(&lesson, " docker\tcreate  --name a b ;", 0), Way::Printed);
}
