//! Hints and solutions.

use super::Desk;
use crate::lesson::{Block, Subject};
use crate::lesson_state::{Hint, LEVELS};
use crate::transcript::sanitise;

impl Desk<'_> {
    pub(in crate::learn) fn hint(&mut self) {
        let (claim, level, again) = match self.walk.hint() {
            Hint::Nothing => return self.tell_plainly("learn-hint-nothing"),
            Hint::Give { claim, level } => (claim, level, false),
            Hint::TryFirst { claim, level } => (claim, level, true),
        };
        let text = self.hint_text(claim, level);
        let (number, of) = ((level + 1).to_string(), LEVELS.to_string());
        let head = self.voice.say("learn-hint", &[("number", &number), ("of", &of)]);
        self.say(&format!("{head}\n{}\n", self.voice.para("  ", text.trim_end())));
        if again {
            self.tell_plainly("learn-hint-try");
        }
    }

    /// The author's hint, else one made of the claim and the commands.
    fn hint_text(&self, claim: Option<usize>, level: usize) -> String {
        let Some(step) = self.visit.lesson.steps.get(self.walk.at()) else { return String::new() };
        let check = claim.and_then(|block| match &step.blocks[block] {
            Block::Check(check) => Some(check),
            _ => None,
        });
        if let Some(check) = check
            && let Some(last) = check.hints.len().checked_sub(1)
        {
            // With fewer than three, the last one is the clearest that there is; the exact command is shown anyway.
            if level < check.hints.len() {
                return self.voice.markdown(&check.hints[level].value);
            }
            if self.walk.to_type(false).is_empty() {
                return self.voice.markdown(&check.hints[last].value);
            }
        }
        let command = self.next_command().unwrap_or_default();
        let first = command.lines().next().unwrap_or_default();
        let kind: Vec<&str> = first.split_whitespace().take(2).collect();
        match (level, check) {
            (0, Some(check)) if !matches!(check.claim.subject, Subject::Ran(_)) => {
                let claim = self.voice.meaning(check);
                self.voice.say("learn-hint-claim", &[("claim", &claim)])
            }
            (0 | 1, _) if !kind.is_empty() => {
                self.voice.say("learn-hint-kind", &[("kind", &sanitise(&kind.join(" ")))])
            }
            _ => self.voice.say("learn-hint-type", &[("command", &sanitise(&command))]),
        }
    }

    pub(in crate::learn) fn command_at(&self, block: usize, number: usize) -> Option<&crate::lesson::Command> {
        match self.visit.lesson.steps.get(self.walk.at())?.blocks.get(block)? {
            Block::Transcript(transcript) => transcript.commands.get(number),
            _ => None,
        }
    }

    pub(in crate::learn) fn next_command(&self) -> Option<String> {
        let &(block, number) = self.walk.to_type(false).first().or(self.walk.to_type(true).first())?;
        self.command_at(block, number).map(|command| command.text.clone())
    }

    pub(in crate::learn) fn solution(&mut self) {
        let todo = self.walk.to_type(false);
        let commands: Vec<String> = todo
            .iter()
            .filter_map(|&(block, number)| self.command_at(block, number))
            .map(|command| {
                let typed = command.expected.iter().filter_map(|line| match &line.kind {
                    crate::lesson::ExpectedKind::Output => None,
                    _ => Some(format!("\n      {}", sanitise(&line.text))),
                });
                format!("    {}{}", sanitise(&command.text).replace('\n', "\n    "), typed.collect::<String>())
            })
            .collect();
        if commands.is_empty() {
            return self.tell_plainly("learn-solution-none");
        }
        self.walk.show_solution();
        let head = self.voice.say("learn-solution", &[]);
        self.say(&format!("{head}\n{}\n", commands.join("\n")));
    }

    /// The next command is one that the learner was to find.
    pub(in crate::learn) fn is_hidden_solution(&self) -> bool {
        let at = self.walk.to_type(false);
        let step = self.visit.lesson.steps.get(self.walk.at());
        let block = at.first().zip(step).and_then(|(&(block, _), step)| step.blocks.get(block));
        matches!(block, Some(Block::Transcript(transcript)) if transcript.attrs.solution || transcript.attrs.shuffle)
    }
}
