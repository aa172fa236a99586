//! Hints and solutions.

use super::TutorContext;
use crate::lesson::{Action, Block, Subject};
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

    /// The first line of the next command, unless the learner is to find it.
    pub(in crate::learn) fn shown_command(&self) -> Option<String> {
        let command = self.next_command().filter(|_| !self.is_hidden_solution())?;
        command.lines().next().map(str::to_owned)
    }

    /// Prints the step again, as far as it was shown.
    pub(in crate::learn) fn print_task(&mut self) {
        let at = self.state.current_step();
        let Some(step) = self.session.lesson.steps.get(at) else { return };
        let text = self.messages.heading(step, at, self.state.len(), self.state.step_result(at));
        self.print(&text);
        for block in self.state.shown_blocks() {
            let text = self.messages.block(self.session.lesson, &step.blocks[block], self.session.is_task(at, block));
            self.print(&text);
        }
        self.print_note("learn-keys");
    }

    /// Prints the commands that are still to be typed; all of the step if everything was typed and something else came
    /// of it.
    pub(in crate::learn) fn print_solution(&mut self) {
        if self.state.is_step_over() {
            return self.print_message("learn-solution-over");
        }
        let mut todo = self.state.commands_to_type(false);
        let is_again = todo.is_empty();
        if is_again {
            todo = self.step_commands();
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
            return self.print_message("learn-solution-none");
        }
        self.state.solution_shown();
        let key = if is_again { "learn-solution-again" } else { "learn-solution" };
        let head = self.messages.wrapped(key, &[]);
        self.print(&format!("{head}\n{}\n", commands.join("\n")));
    }

    /// Every command of the step that is for the learner to type.
    pub(in crate::learn) fn step_commands(&self) -> Vec<(usize, usize)> {
        let (Some(step), Some(planned)) = (self.step(), self.session.plan.steps.get(self.state.current_step())) else {
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
        let at = self.state.commands_to_type(false);
        let step = self.session.lesson.steps.get(self.state.current_step());
        let block = at.first().zip(step).and_then(|(&(block, _), step)| step.blocks.get(block));
        matches!(block, Some(Block::Transcript(transcript)) if transcript.attrs.solution || transcript.attrs.shuffle)
    }
}
