//! Hints and solutions.

use super::TutorContext;
use crate::lesson::{Block, Subject};
use crate::lesson_state::{HINT_LEVELS, HintResult};
use crate::transcript::sanitise;

impl TutorContext<'_> {
    pub(in crate::learn) fn print_hint(&mut self) {
        let (claim, level, again) = match self.state.next_hint() {
            HintResult::Nothing => return self.print_message("learn-hint-nothing"),
            HintResult::Give { claim, level } => (claim, level, false),
            HintResult::TryFirst { claim, level } => (claim, level, true),
        };
        let text = self.hint_text(claim, level);
        let (number, of) = ((level + 1).to_string(), HINT_LEVELS.to_string());
        let head = self.messages.wrapped("learn-hint", &[("number", &number), ("of", &of)]);
        self.print(&format!("{head}\n{}\n", self.messages.wrap("  ", text.trim_end())));
        if again {
            self.print_message("learn-hint-try");
        }
    }

    /// The author's hint, else one made of the claim and the commands.
    fn hint_text(&self, claim: Option<usize>, level: usize) -> String {
        let Some(step) = self.session.lesson.steps.get(self.state.current_step()) else { return String::new() };
        let check = claim.and_then(|block| match &step.blocks[block] {
            Block::Check(check) => Some(check),
            _ => None,
        });
        if let Some(check) = check
            && let Some(last) = check.hints.len().checked_sub(1)
        {
            // With fewer than three, the last one is the clearest that there is; the exact command is shown anyway.
            if level < check.hints.len() {
                return self.messages.markdown(&check.hints[level].value);
            }
            if self.state.commands_to_type(false).is_empty() {
                return self.messages.markdown(&check.hints[last].value);
            }
        }
        let command = self.next_command().unwrap_or_default();
        let first = command.lines().next().unwrap_or_default();
        let kind: Vec<&str> = first.split_whitespace().take(2).collect();
        match (level, check) {
            (0, Some(check)) if !matches!(check.claim.subject, Subject::Ran(_)) => {
                let claim = self.messages.claim_description(check);
                self.messages.wrapped("learn-hint-claim", &[("claim", &claim)])
            }
            (0 | 1, _) if !kind.is_empty() => {
                self.messages.wrapped("learn-hint-kind", &[("kind", &sanitise(&kind.join(" ")))])
            }
            _ => self.messages.wrapped("learn-hint-type", &[("command", &sanitise(&command))]),
        }
    }

    pub(in crate::learn) fn command_at(&self, block: usize, number: usize) -> Option<&crate::lesson::Command> {
        match self.session.lesson.steps.get(self.state.current_step())?.blocks.get(block)? {
            Block::Transcript(transcript) => transcript.commands.get(number),
            _ => None,
        }
    }

    pub(in crate::learn) fn next_command(&self) -> Option<String> {
        let &(block, number) =
            self.state.commands_to_type(false).first().or(self.state.commands_to_type(true).first())?;
        self.command_at(block, number).map(|command| command.text.clone())
    }

    pub(in crate::learn) fn print_solution(&mut self) {
        let todo = self.state.commands_to_type(false);
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
            return self.print_message("learn-solution-none");
        }
        self.state.solution_shown();
        let head = self.messages.wrapped("learn-solution", &[]);
        self.print(&format!("{head}\n{}\n", commands.join("\n")));
    }

    /// The next command is one that the learner was to find.
    pub(in crate::learn) fn is_hidden_solution(&self) -> bool {
        let at = self.state.commands_to_type(false);
        let step = self.session.lesson.steps.get(self.state.current_step());
        let block = at.first().zip(step).and_then(|(&(block, _), step)| step.blocks.get(block));
        matches!(block, Some(Block::Transcript(transcript)) if transcript.attrs.solution || transcript.attrs.shuffle)
    }
}
