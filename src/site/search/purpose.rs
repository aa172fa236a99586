//! Adds the purposes of commands to the search. Lessons end with a table of commands and their purposes. A reader who
//! does not know a command searches for its purpose, and finds the step that first runs the command.

use super::Passages;
use crate::lesson::{Block, Lesson, Step};

/// Adds the purposes of a lesson's commands to the passages of its steps.
pub(in crate::site) fn add_purposes(passages: &mut Passages, lesson: &Lesson) {
    for (command, purpose) in std::mem::take(&mut passages.rows) {
        if let Some(step) = lesson.steps.iter().find(|step| runs(step, &command)) {
            passages.add_purpose(&step.id.0, &command, &purpose);
        }
    }
}

/// Whether a step runs `command`. A command of the step must have the first words and the options of `command`, in the
/// same order.
fn runs(step: &Step, command: &str) -> bool {
    let is_word = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let first = command.split_whitespace().take_while(is_word);
    let options = command.split_whitespace().filter(|word| word.starts_with('-'));
    let wanted: Vec<&str> = first.chain(options).collect();
    let has_all = |line: &str| {
        let mut words = line.split_whitespace();
        wanted.len() > 1 && wanted.iter().all(|one| words.any(|word| word == *one))
    };
    step.blocks.iter().any(|block| match block {
        Block::Transcript(one) if !one.attrs.hidden => one.commands.iter().any(|command| has_all(&command.text)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{PassageKind, TextKind};
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    #[test]
    fn purpose_of_a_command_goes_to_the_step_that_first_runs_it() {
        let text = "# A\n\n## B {#b}\n\n```console\n$ docker run -d --name a x\n```\n\n## C {#c}\n\n```console\n$ docker exec -it a sh\n\
                    ```\n\n## D {#d}\n\n```console\n$ docker exec a ls\n```\n";
        let (lesson, _) = parse(&Source::new("a.md", text), LessonId("a".into()));
        let mut passages = Passages::of_page("A");
        for id in ["b", "c", "d"] {
            passages.begin(id, TextKind::Heading, id, PassageKind::Step);
        }
        let cell = |code: &str, prose: &str| (code.to_owned(), prose.to_owned());
        passages.row(&[cell("docker exec NAME", " "), cell("", "runs a command in it ")]);
        passages.row(&[cell("docker run -it NAME", ""), cell("", "never here")]);
        passages.row(&[cell("x", "docker "), cell("", "no")]);
        add_purposes(&mut passages, &lesson);
        let purposes =
            passages.all.iter().flat_map(|one| one.purposes.iter().map(|(_, purpose)| (&*one.anchor, &**purpose)));
        let purposes: Vec<_> = purposes.collect();
        assert_eq!(purposes, [("c", "runs a command in it")]);
    }
}
