//! The hidden set-up of a step: runs it, and runs it again if something that it made is gone.

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

/// What became of a step's set-up.
#[derive(Debug, Default)]
pub(super) struct Setup {
    /// Whether all of its commands succeeded.
    is_complete: bool,
    /// The objects that it made.
    made: BTreeSet<ObjectName>,
}

impl<'a> TutorContext<'a> {
    /// Runs the hidden set-up of a step, unless it has run in this session and all that it made is still there.
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
        // What is left of an earlier set-up would be in the way.
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

    /// Notes that all that the lesson made was removed: each set-up is due again.
    pub(in crate::learn) fn forget_setups(&mut self) {
        self.setups.clear();
    }

    /// Notes that the set-up of a step has run with the rest of the step.
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

    /// Runs hidden commands in a shell of their own. Returns whether all of them succeeded; if not, it said why.
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

/// The name by which an object is found again if it was made anew; `None` for a volume that has only an id.
fn object_name(thing: &LessonObject) -> Option<ObjectName> {
    let is_id = thing.name.len() == 64 && thing.name.bytes().all(|byte| byte.is_ascii_hexdigit());
    (thing.kind != ObjectKind::Volume || !is_id).then(|| (thing.node.clone(), thing.kind, thing.name.clone()))
}
