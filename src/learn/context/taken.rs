//! Finds existing containers whose names a command of the step would give to new containers.

use super::TutorContext;
use super::help::created_containers;
use crate::clean::LessonObject;
use crate::lesson::CommandId;

impl TutorContext<'_> {
    /// Returns the first line of the next command; `None` if the learner has to find the command. If a container of the
    /// lesson already has the name that the next command gives to a new container, returns the command that removes the
    /// existing container.
    pub(in crate::learn) async fn due_command(&mut self) -> Option<String> {
        let next = self.command_texts(&self.state.commands_to_type(false)).into_iter().next()?;
        let removal = self.removal_before(&next).await;
        removal.or_else(|| self.shown_command())
    }

    /// If `command` would give a new container the name of an existing container of the lesson, returns the command
    /// that removes the existing container. Records this removal as advice.
    pub(in crate::learn) async fn removal_before(&mut self, command: &str) -> Option<String> {
        let taken = self.containers_in_the_way(&created_containers([command])).await.into_iter().next()?;
        let removal = self.removal_of(&taken).await;
        self.advice.note_ways_out(&format!("`{removal}`"));
        Some(removal)
    }

    /// Returns the command that removes a container, with `-f` only if the container is running or paused.
    async fn removal_of(&self, thing: &LessonObject) -> String {
        let engine = &self.session.env.engine;
        let node = thing.node.as_deref();
        let engine = engine.other_nodes().find(|(name, _)| Some(*name) == node).map_or(engine, |(_, other)| other);
        let found = engine.container(&thing.id).await.ok().flatten();
        let is_up = found.is_some_and(|one| {
            ["/State/Running", "/State/Paused"].iter().any(|at| one.pointer(at).is_some_and(|is| is == true))
        });
        let (context, force) =
            (node.map_or_else(String::new, |node| format!("--context {node} ")), if is_up { "-f " } else { "" });
        format!("docker {context}rm {force}{}", thing.name)
    }

    /// Whether a command of the step gives this name to a container.
    pub(in crate::learn) fn step_gives(&self, name: &str) -> bool {
        self.gives(&self.step_commands(), name)
    }

    /// Whether one of these commands gives this name to a container.
    pub(in crate::learn) fn gives(&self, commands: &[CommandId], name: &str) -> bool {
        let texts = self.command_texts(commands);
        created_containers(texts.iter().map(String::as_str)).iter().any(|created| created.name == name)
    }
}
