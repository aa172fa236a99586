//! Runs the hidden set-up of a step, and runs the set-up again if one of its objects is gone.

use std::collections::BTreeSet;

use super::TutorContext;
use super::help::created_containers;
use super::prepare::{RunProblem, SHOW_AFTER};
use crate::clean::LessonObject;
use crate::driver::write_lesson_file;
use crate::gateway::ObjectKind;
use crate::learn::undo;
use crate::lesson::{Block, Step, Transcript};

/// The node, kind and name of an object on the engines.
type ObjectName = (Option<String>, ObjectKind, String);

/// The result of a step's set-up.
#[derive(Debug, Default)]
pub(super) struct Setup {
    /// Whether all commands of the set-up succeeded.
    is_complete: bool,
    /// The objects that the set-up created.
    made: BTreeSet<ObjectName>,
}

impl<'a> TutorContext<'a> {
    /// Runs the hidden set-up of a step, unless the set-up has succeeded in this session and all of its objects still
    /// exist.
    pub(in crate::learn) async fn ensure_setup(&mut self, step: &'a Step, at: usize) {
        let commands = hidden_commands(step);
        self.write_hidden_files(step);
        if commands.is_empty() {
            return;
        }
        let there = self.lesson_things().await;
        let names: BTreeSet<ObjectName> = there.iter().filter_map(object_name).collect();
        let earlier = self.setups.get(&at);
        if earlier.is_some_and(|setup| setup.is_complete && setup.made.is_subset(&names)) {
            return;
        }
        // Objects that are left from an earlier set-up would make the commands of the new set-up fail.
        let made = self.setups.remove(&at).unwrap_or_default().made;
        let texts = commands.iter().map(|(transcript, number)| transcript.commands[*number].text.as_str());
        let created = created_containers(texts);
        let is_left = |thing: &LessonObject| {
            object_name(thing).is_some_and(|name| made.contains(&name))
                || thing.kind == ObjectKind::Container
                    && created.iter().any(|one| one.name == thing.name && one.node == thing.node)
        };
        let (left, kept): (Vec<_>, Vec<_>) = there.into_iter().partition(is_left);
        if !left.is_empty() {
            undo::remove(self.session.env, left).await;
        }
        let before: BTreeSet<ObjectName> = kept.iter().filter_map(object_name).collect();
        let is_complete = self.run_setup(&commands).await;
        let after = self.lesson_things().await;
        let made = after.iter().filter_map(object_name).filter(|name| !before.contains(name)).collect();
        self.setups.insert(at, Setup { is_complete, made });
    }

    /// Forgets the set-ups of all steps after the lesson's objects were removed, so that each set-up runs again.
    pub(in crate::learn) fn forget_setups(&mut self) {
        self.setups.clear();
    }

    /// Records the set-up of a step as complete, because the tutor runs the whole step.
    pub(super) fn note_setup(&mut self, at: usize) {
        self.setups.insert(at, Setup { is_complete: true, made: BTreeSet::new() });
    }

    fn write_hidden_files(&self, step: &Step) {
        let dir = &self.session.env.dir;
        for block in &step.blocks {
            if let Block::File(file) = block
                && file.attrs.hidden
                && !dir.join(&file.path.value).exists()
            {
                let _ = write_lesson_file(dir, file);
            }
        }
    }

    /// Runs hidden commands in a separate shell. Stops at the first failure, and prints the reason. Returns whether all
    /// commands succeeded.
    async fn run_setup(&mut self, commands: &[(&'a Transcript, usize)]) -> bool {
        let Some(mut shell) = self.start_side_shell().await else { return false };
        let note = self.messages.words.say("learn-setting-up", &[]);
        let mut problem = None;
        for &(transcript, number) in commands {
            if let Err(found) = self.run_watched(&mut shell, transcript, number, &note, SHOW_AFTER).await {
                problem = Some((found, &transcript.commands[number].text));
                break;
            }
        }
        shell.close().await;
        let Some((problem, command)) = problem else { return true };
        match problem {
            RunProblem::Stopped => self.print_message("learn-setup-stopped"),
            RunProblem::Late => self.print_command_failure("learn-setup-late", command, ""),
            RunProblem::Status(status) => self.print_command_failure("learn-setup-failed", command, &status),
        }
        self.print_message("learn-setup-again");
        false
    }
}

fn hidden_commands(step: &Step) -> Vec<(&Transcript, usize)> {
    let hidden = step.blocks.iter().filter_map(|block| match block {
        Block::Transcript(transcript) if transcript.attrs.hidden => Some(transcript),
        _ => None,
    });
    hidden.flat_map(|one| (0..one.commands.len()).map(move |number| (one, number))).collect()
}

/// Returns the node, kind and name of an object. These values stay the same if the object is removed and created again.
/// Returns `None` for an anonymous volume.
fn object_name(thing: &LessonObject) -> Option<ObjectName> {
    let is_id = thing.name.len() == 64 && thing.name.bytes().all(|byte| byte.is_ascii_hexdigit());
    (thing.kind != ObjectKind::Volume || !is_id).then(|| (thing.node.clone(), thing.kind, thing.name.clone()))
}
