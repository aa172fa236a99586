//! Divides the text of a page into passages for the search. A passage is the text under one address. The modules that
//! write pages fill the passages.

use super::super::plain_text::{plain_text, text_runs};
use crate::lesson::{Block, Expected, ExpectedKind, QuizAnswer};
use crate::words::Words;

/// The kind of a text in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum TextKind {
    /// A page's title.
    Title,
    /// The heading of a passage.
    Heading,
    Prose,
    /// Commands, outputs and names, which are never stemmed.
    Code,
    /// The reasons of a question's answers. The page shows the reasons after the reader has answered.
    Reason,
}

/// The kind of a passage. A step answers a question that begins with "how", and a term answers a question that begins
/// with "what".
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum PassageKind {
    /// The beginning of a page, or a section without anything to do.
    #[default]
    Text,
    Step,
    /// A term of the glossary.
    Term,
}

/// The text under one address.
#[derive(Debug, Default)]
pub(super) struct Passage {
    /// The id on the page. The id is empty for the beginning of the page.
    pub(super) anchor: String,
    pub(super) heading: String,
    pub(super) kind: PassageKind,
    pub(super) runs: Vec<(TextKind, String)>,
    /// The commands of the passage and their purposes, from the lesson's table of commands.
    pub(super) purposes: Vec<(String, String)>,
}

/// The length in bytes to which the text of a passage is cut. Search results show parts of this text.
const SHOWN: usize = 500;

impl Passage {
    /// Returns the text below the heading. A long text is cut between two words.
    pub(super) fn text(&self) -> String {
        let below = self.runs.iter().filter(|(kind, _)| matches!(kind, TextKind::Prose | TextKind::Code));
        let text: String = below.map(|(_, run)| run.as_str()).collect();
        let mut shown = String::new();
        for word in text.split_whitespace() {
            if shown.len() + word.len() > SHOWN {
                shown.push('…');
                break;
            }
            if !shown.is_empty() {
                shown.push(' ');
            }
            shown.push_str(word);
        }
        shown
    }
}

/// The passages of a page.
#[derive(Debug, Default)]
pub(in crate::site) struct Passages {
    pub(super) all: Vec<Passage>,
    /// Commands and their purposes, from the page's tables.
    pub(super) rows: Vec<(String, String)>,
}

impl Passages {
    /// Begins the first passage of a page with this title.
    pub(in crate::site) fn of_page(title: &str) -> Self {
        let mut passages = Self::default();
        passages.begin("", TextKind::Title, title, PassageKind::Text);
        passages
    }

    /// Begins a passage. `heading` is Markdown.
    pub(in crate::site) fn begin(&mut self, anchor: &str, text: TextKind, heading: &str, kind: PassageKind) {
        let heading = plain_text(heading);
        let runs = vec![(text, format!("{heading} "))];
        self.all.push(Passage { anchor: anchor.to_owned(), heading, kind, runs, ..Passage::default() });
    }

    /// Adds text to the last passage.
    pub(in crate::site) fn say(&mut self, kind: TextKind, text: &str) {
        let Some(now) = self.all.last_mut() else { return };
        match now.runs.last_mut() {
            Some((last, run)) if *last == kind => run.push_str(text),
            _ => now.runs.push((kind, text.to_owned())),
        }
    }

    /// Keeps a table row if its cells are a command and the purpose of the command. Each element of `cells` has the
    /// cell's code and the cell's prose.
    pub(in crate::site) fn row(&mut self, cells: &[(String, String)]) {
        if let [(command, beside), (_, purpose)] = cells
            && !command.is_empty()
            && beside.trim().is_empty()
        {
            self.rows.push((command.clone(), purpose.trim().to_owned()));
        }
    }

    /// Adds a command and its purpose to the passage at `anchor`.
    pub(super) fn add_purpose(&mut self, anchor: &str, command: &str, purpose: &str) {
        if let Some(passage) = self.all.iter_mut().find(|passage| passage.anchor == anchor) {
            passage.purposes.push((command.to_owned(), purpose.to_owned()));
        }
    }

    /// Adds a short Markdown text.
    pub(in crate::site) fn markdown(&mut self, text: &str) {
        text_runs(text, &mut |code, run| self.say(if code { TextKind::Code } else { TextKind::Prose }, run));
        self.say(TextKind::Prose, " ");
    }

    fn reason(&mut self, text: &str) {
        self.say(TextKind::Reason, &plain_text(text));
        self.say(TextKind::Reason, " ");
    }

    /// Adds the visible text of a block, without prompts and without the right answers.
    pub(in crate::site) fn block(&mut self, block: &Block, words: &Words) {
        let gap = words.say("book-gap", &[]);
        match block {
            Block::Prose(_) => {}
            Block::Transcript(one) if one.attrs.hidden => {}
            Block::File(one) if one.attrs.hidden => {}
            Block::Transcript(one) => {
                if one.attrs.shuffle {
                    self.prose(&words.say("book-shuffle-commands", &[]));
                }
                for command in &one.commands {
                    self.code(&command.text.replace("____", &gap));
                    let shown = if one.attrs.blank || one.attrs.shuffle { &[] } else { command.expected.as_slice() };
                    for line in shown {
                        self.output(line);
                    }
                }
            }
            Block::File(file) if file.attrs.shuffle => {
                self.prose(&words.say("book-shuffle-lines", &[("file", &file.path.value)]));
                self.code(&file.content);
            }
            Block::File(file) => {
                self.code(&file.path.value);
                self.code(&file.content.replace("____", &gap));
            }
            Block::Check(check) => check.hints.iter().for_each(|hint| self.markdown(&hint.value)),
            Block::Quiz(quiz) => {
                self.markdown(&quiz.ask.value);
                match &quiz.answer {
                    QuizAnswer::Options(options) => {
                        for option in options {
                            self.markdown(&option.text.value);
                        }
                        for why in options.iter().filter_map(|option| option.why.as_ref()) {
                            self.reason(&why.value);
                        }
                    }
                    QuizAnswer::Order(items) => items.iter().for_each(|item| self.markdown(&item.value)),
                    QuizAnswer::Match(pairs) => pairs.iter().for_each(|(left, _)| self.markdown(&left.value)),
                    QuizAnswer::Fact(_) => {}
                }
            }
        }
    }

    fn prose(&mut self, text: &str) {
        self.say(TextKind::Prose, text);
        self.say(TextKind::Prose, " ");
    }

    fn code(&mut self, text: &str) {
        self.say(TextKind::Code, text);
        self.say(TextKind::Code, "\n");
    }

    fn output(&mut self, line: &Expected) {
        match &line.kind {
            ExpectedKind::Output if line.text.trim() == "..." => {}
            ExpectedKind::Output => self.code(&line.text.replace("[..]", " ")),
            ExpectedKind::Typed { input, .. } => self.code(input),
            ExpectedKind::Key(key) => self.code(key.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;
    use crate::words::Lang;

    #[test]
    fn passage_has_commands_and_outputs_without_prompts_and_elisions() {
        let text = "# A\n\n## B\n\n```console\n$ docker run \\\n> --rm a\nx [..] y\n...\n```\n\n```console,hidden\n$ secret\n```\n\n\
                    ```quiz\nask: Apa `itu`?\noptions:\n  - text: ini\n    right: true\n    why: karena\n  - text: lain\n```\n";
        let (lesson, _) = parse(&Source::new("a.md", text), LessonId("a".into()));
        let words = Words::new(Lang::Id);
        let mut passages = Passages::of_page("Judul `x`");
        lesson.steps.iter().flat_map(|step| &step.blocks).for_each(|block| passages.block(block, &words));
        let passage = passages.all.first().unwrap();
        assert_eq!(passage.heading, "Judul x");
        let of =
            |wanted| passage.runs.iter().filter(|(kind, _)| *kind == wanted).map(|(_, run)| run.as_str()).collect();
        let (code, prose): (String, String) = (of(TextKind::Code), of(TextKind::Prose));
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(spaced(&code), "docker run \\ --rm a x y itu");
        assert_eq!(spaced(&prose), "Apa ? ini lain");
    }
}
