//! Hints and solutions.

use super::Desk;
use crate::lesson::{Action, Block, Subject};
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

    /// The first line of the next command, unless the learner is to find it.
    pub(in crate::learn) fn shown_command(&self) -> Option<String> {
        let command = self.next_command().filter(|_| !self.is_hidden_solution())?;
        command.lines().next().map(str::to_owned)
    }

    /// Shows the step again, as far as it was shown.
    pub(in crate::learn) fn task(&mut self) {
        let at = self.walk.at();
        let Some(step) = self.visit.lesson.steps.get(at) else { return };
        let text = self.voice.heading(step, at, self.walk.len(), self.walk.done(at));
        self.say(&text);
        for block in self.walk.shown_blocks() {
            let text = self.voice.block(self.visit.lesson, &step.blocks[block], self.visit.is_task(at, block));
            self.say(&text);
        }
        self.note("learn-keys");
    }

    /// The commands that are still to be typed; all of the step if everything was typed and something else came of it.
    pub(in crate::learn) fn solution(&mut self) {
        if self.walk.is_over() {
            return self.tell_plainly("learn-solution-over");
        }
        let mut todo = self.walk.to_type(false);
        let is_again = todo.is_empty();
        if is_again {
            todo = self.all_of_step();
        }
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
        let head = self.voice.say(if is_again { "learn-solution-again" } else { "learn-solution" }, &[]);
        self.say(&format!("{head}\n{}\n", commands.join("\n")));
    }

    /// Every command of the step that is for the learner to type.
    pub(in crate::learn) fn all_of_step(&self) -> Vec<(usize, usize)> {
        let (Some(step), Some(planned)) = (self.step(), self.visit.plan.steps.get(self.walk.at())) else {
            return Vec::new();
        };
        let shown = |block: usize| matches!(&step.blocks[block], Block::Transcript(one) if !one.attrs.hidden);
        let commands = planned.actions.iter().filter_map(|action| match *action {
            Action::Run { block, command } if shown(block) => Some((block, command)),
            _ => None,
        });
        commands.collect()
    }

    /// The next command is one that the learner was to find.
    pub(in crate::learn) fn is_hidden_solution(&self) -> bool {
        let at = self.walk.to_type(false);
        let step = self.visit.lesson.steps.get(self.walk.at());
        let block = at.first().zip(step).and_then(|(&(block, _), step)| step.blocks.get(block));
        matches!(block, Some(Block::Transcript(transcript)) if transcript.attrs.solution || transcript.attrs.shuffle)
    }
}
