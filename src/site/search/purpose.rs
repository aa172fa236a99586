//! Lessons end with a table of their commands: a command and its purpose in a row. The purpose is what a reader asks for who
//! does not know the command, so the search also finds it at the step that first runs the command.

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::Passages;
use crate::lesson::{Block, Lesson, Step};

/// Adds the purposes of a lesson's commands to the passages of its steps. `body` is the lesson's Markdown.
pub(in crate::site) fn add_purposes(passages: &mut Passages, lesson: &Lesson, body: &str) {
    for (command, purpose) in rows(body) {
        if let Some(step) = lesson.steps.iter().find(|step| runs(step, &command)) {
            passages.add_purpose(&step.id.0, &command, &purpose);
        }
    }
}

/// The rows of two cells whose first cell is code alone.
fn rows(body: &str) -> Vec<(String, String)> {
    let (mut rows, mut cells) = (Vec::new(), Vec::new());
    for event in new_cmark_parser(body, &MarkdownOptions::default()) {
        match event {
            Event::Start(Tag::TableRow) => cells.clear(),
            Event::Start(Tag::TableCell) => cells.push((String::new(), String::new())),
            Event::Code(text) => cells.last_mut().into_iter().for_each(|(code, _)| code.push_str(&text)),
            Event::Text(text) => cells.last_mut().into_iter().for_each(|(_, prose)| prose.push_str(&text)),
            Event::End(TagEnd::TableRow) => {
                if let [(command, beside), (_, purpose)] = cells.as_slice()
                    && !command.is_empty()
                    && beside.trim().is_empty()
                {
                    rows.push((command.clone(), purpose.clone()));
                }
                cells.clear();
            }
            _ => {}
        }
    }
    rows
}

/// Whether a step runs the command: its first words and its options occur in one of the step's commands, in this order.
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
    use super::super::TextKind;
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    #[test]
    fn purpose_of_a_command_goes_to_the_step_that_first_runs_it() {
        let text = "# A\n\n## B {#b}\n\n```console\n$ docker run -d --name a x\n```\n\n## C {#c}\n\n```console\n$ docker exec -it a sh\n\
                    ```\n\n## D {#d}\n\n```console\n$ docker exec a ls\n```\n\n| command | purpose |\n| --- | --- |\n\
                    | `docker exec NAME` | runs a command in it |\n| `docker run -it NAME` | never here |\n| docker `x` | no |\n";
        let (lesson, _) = parse(&Source::new("a.md", text), LessonId("a".into()));
        let mut passages = Passages::of_page("A");
        for id in ["b", "c", "d"] {
            passages.begin(id, TextKind::Heading, id);
        }
        add_purposes(&mut passages, &lesson, text);
        let purposes =
            passages.all.iter().flat_map(|one| one.purposes.iter().map(|(_, purpose)| (&*one.anchor, &**purpose)));
        let purposes: Vec<_> = purposes.collect();
        assert_eq!(purposes, [("c", "runs a command in it")]);
    }
}
