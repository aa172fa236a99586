//! Tests commands that need an ability which this engine does not have.

use super::*;

#[test]
fn commands_that_the_engine_cannot_run_are_shown_without_their_exercise() {
    let text = "# L\n\n## Satu {#satu}\n\n```console,blank,needs=private\n$ docker login ____ a.example\n```\n\n\
                ```console,solution,needs=private\n$ docker login -u AWS a.example\n```\n\n\
                ```check,needs=private\nran: docker login\n```\n";
    let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    let blocks = |kind: fn(&Transcript) -> bool| {
        let is_it = |block: &Block| matches!(block, Block::Transcript(one) if kind(one));
        lesson.steps[0].blocks.iter().position(is_it).expect("a fence")
    };
    let (gaps, solution) = (blocks(|one| one.attrs.blank), blocks(|one| one.attrs.solution));
    let begins = |abilities: &[&str]| {
        let abilities = abilities.iter().map(|ability| (*ability).to_owned()).collect();
        let conditions = Conditions { cli_major: 20, family: EngineFamily::Docker, abilities };
        LessonState::new(&lesson, &plan(&lesson, &conditions)).enter_step(0)
    };
    let next = begins(&[]);
    assert!(next.contains(&NextAction::Show(solution)) && !next.contains(&NextAction::Show(gaps)), "{next:?}");
    assert!(begins(&["private"]).contains(&NextAction::Show(gaps)));
}
