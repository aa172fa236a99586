//! Prints hints and solutions, and finds the commands of the step that the learner still has to type.

use super::TutorContext;
use crate::clean::LessonObject;
use crate::docker_cli::{are_same_lines, docker_commands};
use crate::gateway::ObjectKind;
use crate::lesson::{Action, Block, CommandId, ExpectedKind, NODES, Subject};
use crate::lesson_state::{HINT_LEVELS, HintResult};
use crate::transcript::sanitise;

impl TutorContext<'_> {
    pub(in crate::learn) async fn print_hint(&mut self) {
        if !self.state.is_step_over() && self.print_clash_of_part().await {
            return;
        }
        let (claim, level, again) = match self.state.next_hint() {
            HintResult::Nothing => return self.print_message("learn-hint-nothing"),
            HintResult::Give { claim, level } => (claim, level, false),
            HintResult::TryFirst { claim, level } => (claim, level, true),
        };
        let text = self.hint_text(claim, level);
        if let Some(hint) = claim.and_then(|block| self.check(block)).and_then(|check| check.hints.get(level)) {
            self.advice.note(&hint.value);
        }
        let (number, of) = ((level + 1).to_string(), HINT_LEVELS.to_string());
        let head = self.messages.wrapped("learn-hint", &[("number", &number), ("of", &of)]);
        self.print(&format!("{head}\n{}\n", self.messages.wrap("  ", text.trim_end())));
        if again {
            self.print_message("learn-hint-try");
        }
    }

    /// Returns the author's hint for the claim. If the author gave no hint, composes a hint from the claim and the
    /// commands.
    fn hint_text(&self, claim: Option<usize>, level: usize) -> String {
        let check = claim.and_then(|block| self.check(block));
        if let Some(check) = check
            && let Some(last) = check.hints.len().checked_sub(1)
        {
            // If the author gave fewer than three hints, the next command is the last hint. If there is no next
            // command, repeat the author's last hint.
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

    /// Returns the next command to type. If the learner has typed all commands of the part, returns the first command
    /// of the part again. Never returns a command of a later part.
    pub(in crate::learn) fn next_command(&self) -> Option<String> {
        let id = *self.state.commands_to_type(false).first().or(self.state.part_commands().first())?;
        Some(self.step()?.command(id)?.1.text.clone())
    }

    /// Returns the first line of the next command in the shown part; `None` if the learner has to find the command.
    pub(in crate::learn) fn shown_command(&self) -> Option<String> {
        let id = *self.state.commands_to_type(false).first().filter(|_| !self.is_hidden_solution())?;
        self.step()?.command(id)?.1.text.lines().next().map(str::to_owned)
    }

    /// Prints how to remove the lesson's containers that have the name and the node of a container in `created`.
    pub(in crate::learn) async fn print_in_the_way(&mut self, created: &[CreatedContainer]) {
        for thing in self.containers_in_the_way(created).await {
            let context = thing.node.map_or_else(String::new, |node| format!("--context {node} "));
            let name = sanitise(&thing.name);
            let args = [("name", name.as_str()), ("context", &context)];
            self.advice.note(&self.messages.text("learn-in-the-way", &args));
            let text = self.messages.wrapped("learn-in-the-way", &args);
            self.print(&format!("{text}\n"));
        }
    }

    /// Returns the lesson's containers that have the name and the node of a container in `created`.
    pub(in crate::learn) async fn containers_in_the_way(&self, created: &[CreatedContainer]) -> Vec<LessonObject> {
        if created.is_empty() {
            return Vec::new();
        }
        let is_created =
            |one: &LessonObject| created.iter().any(|created| created.name == one.name && created.node == one.node);
        let mut things = self.lesson_things().await;
        things.retain(|one| one.kind == ObjectKind::Container && is_created(one));
        things
    }

    /// Prints again the heading of the step and the blocks that were shown so far.
    pub(in crate::learn) async fn print_task(&mut self) {
        let at = self.state.current_step();
        let Some(step) = self.session.lesson.steps.get(at) else { return };
        let text = self.messages.heading(self.session.lesson, step, at, self.state.step_result(at));
        self.print(&text);
        for block in self.state.shown_blocks() {
            self.print_block(step, block).await;
        }
        self.print_note("learn-keys");
    }

    /// Prints the commands that the learner still has to type. If the learner has typed all of them without success,
    /// prints the commands of the part again.
    pub(in crate::learn) async fn print_solution(&mut self) {
        let Some(step) = self.step() else { return };
        if self.state.is_step_over() {
            return self.print_message("learn-solution-over");
        }
        let mut todo = self.state.commands_to_type(false);
        let is_again = todo.is_empty();
        if is_again {
            todo = self.state.part_commands();
        }
        let commands: Vec<String> = todo
            .iter()
            .filter_map(|id| step.command(*id))
            .map(|(_, command)| {
                let typed = command.expected.iter().filter_map(|line| match &line.kind {
                    ExpectedKind::Output => None,
                    _ => Some(format!("\n      {}", sanitise(&line.text))),
                });
                format!("    {}{}", sanitise(&command.text).replace('\n', "\n    "), typed.collect::<String>())
            })
            .collect();
        if commands.is_empty() {
            return self.print_message("learn-solution-none");
        }
        self.state.solution_shown();
        let texts = self.command_texts(&todo);
        // After a mistake, the advised commands come first. The step's own commands may not suffice.
        let mut left: Vec<(String, String)> = texts.iter().cloned().zip(commands).collect();
        let mut commands = Vec::new();
        for advised in self.advice.rest() {
            let own = left.iter().position(|(text, _)| are_same_lines(text, advised)).map(|at| left.remove(at).1);
            commands.push(own.unwrap_or_else(|| format!("    {}", sanitise(advised))));
        }
        commands.extend(left.into_iter().map(|(_, command)| command));
        self.print_in_the_way(&created_containers(texts.iter().map(String::as_str))).await;
        let key = if is_again { "learn-solution-again" } else { "learn-solution" };
        let head = self.messages.wrapped(key, &[]);
        self.print(&format!("{head}\n{}\n", commands.join("\n")));
    }

    /// Returns the texts of these commands of the step.
    pub(in crate::learn) fn command_texts(&self, commands: &[CommandId]) -> Vec<String> {
        let step = self.step();
        commands.iter().filter_map(|id| Some(step?.command(*id)?.1.text.clone())).collect()
    }

    /// Returns the next command if the learner has found this command by filling gaps. Returns each command only once.
    pub(in crate::learn) fn take_found_command(&mut self) -> Option<String> {
        let next = self.command_texts(&self.state.commands_to_type(false)).into_iter().next()?;
        let at = self.found_commands.iter().position(|found| *found == next)?;
        self.found_commands.drain(..=at).next_back()
    }

    /// Returns all commands of the step that the learner types.
    pub(in crate::learn) fn step_commands(&self) -> Vec<CommandId> {
        let (Some(step), Some(planned)) = (self.step(), self.session.plan.steps.get(self.state.current_step())) else {
            return Vec::new();
        };
        let shown = |block: usize| matches!(&step.blocks[block], Block::Transcript(one) if !one.attrs.hidden);
        let commands = planned.actions.iter().filter_map(|action| match *action {
            Action::Run { block, command } if shown(block) => Some(CommandId { block, number: command }),
            _ => None,
        });
        commands.collect()
    }

    /// Returns the blocks of the claims between this command of the step and the next command.
    pub(in crate::learn) fn claims_after(&self, id: CommandId) -> Vec<usize> {
        let planned = self.session.plan.steps.get(self.state.current_step());
        let actions = planned.map(|planned| planned.actions.as_slice()).unwrap_or_default().iter();
        let is_command = |action: &&Action| matches!(**action, Action::Run { block, command } if CommandId { block, number: command } == id);
        let rest = actions.skip_while(|action| !is_command(action)).skip(1);
        let claims =
            rest.take_while(|action| !matches!(action, Action::Run { .. })).filter_map(|action| match *action {
                Action::Judge { block } => Some(block),
                _ => None,
            });
        claims.collect()
    }

    /// Whether the lesson hides the next command, so that the learner has to find it.
    pub(in crate::learn) fn is_hidden_solution(&self) -> bool {
        let next = self.state.commands_to_type(false).first().copied();
        let command = next.zip(self.step()).and_then(|(id, step)| step.command(id));
        command.is_some_and(|(transcript, _)| transcript.attrs.solution || transcript.attrs.shuffle)
    }
}

/// A container that a command creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::learn) struct CreatedContainer {
    pub(in crate::learn) name: String,
    /// The node of the container; `None` for the lesson's first node.
    pub(in crate::learn) node: Option<String>,
}

/// Returns the named containers that these commands create. Leaves out a container if an earlier command removes a
/// container with the same name.
pub(in crate::learn) fn created_containers<'c>(commands: impl IntoIterator<Item = &'c str>) -> Vec<CreatedContainer> {
    let (mut created, mut removed) = (Vec::new(), Vec::new());
    for call in commands.into_iter().flat_map(docker_commands) {
        let node = call.context().filter(|context| *context != NODES[0] && *context != "default").map(str::to_owned);
        let container = |name: &str| CreatedContainer { name: name.to_owned(), node: node.clone() };
        match call.familiar_name() {
            "rm" => removed.extend(call.operands().map(container)),
            "run" | "create" => {
                created.extend(call.value("name").map(container).filter(|it| !removed.contains(it)));
            }
            _ => {}
        }
    }
    created
}

#[cfg(test)]
mod tests {
    use super::created_containers;

    #[test]
    fn container_name_that_an_earlier_command_removes_is_not_listed() {
        for (commands, created) in [
            (&["docker run -d --name kabar a", "docker ps"][..], &[("kabar", None)][..]),
            (&["docker container create --name=a b", "docker run --name c d"], &[("a", None), ("c", None)]),
            (&["docker rm -f kabar", "docker run --name kabar a"], &[]),
            (&["docker run --rm a", "docker start kabar"], &[]),
            (&["docker rm -f a", "docker --context node-b run --name a b"], &[("a", Some("node-b"))]),
            (&["docker --context node-a run --name a b"], &[("a", None)]),
        ] {
            let found = created_containers(commands.iter().copied());
            let found: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.node.as_deref())).collect();
            assert_eq!(found, created, "{commands:?}");
        }
    }
}
