//! Reports objects of the learner on the learner's own engine that have names or ports from the lesson.

use super::TutorContext;
use crate::clean::LessonObject;
use crate::explain::{self, Explanation};
use crate::gateway::ObjectKind;
use crate::learn::clash::{
    TakenPort, UsedObjects, find_clashes, objects_of_claim, objects_of_commands, objects_of_lesson, objects_of_step,
    taken_ports,
};
use crate::learn::earlier::is_made_before;
use crate::lesson::Check;
use crate::transcript::sanitise;

impl TutorContext<'_> {
    /// Reports, before the first step, the learner's objects that have names or ports from the lesson. Returns whether
    /// there are any. The lesson then does not begin: its steps would be about the learner's objects.
    pub(super) async fn has_clash(&mut self) -> bool {
        // Without the tutor's shell, the objects of an earlier visit have no label, so the tutor would report them as
        // objects of the learner.
        if self.messages.beside && self.session.begin > 0 {
            return false;
        }
        let clashes = self.clashes(&objects_of_lesson(self.session.lesson)).await;
        let ports = match self.session.guard.as_deref() {
            Some(guard) => taken_ports(self.session.lesson, self.session.env, guard).await.unwrap_or_default(),
            None => Vec::new(),
        };
        if clashes.is_empty() && ports.is_empty() {
            return false;
        }
        if !clashes.is_empty() {
            // Not the text of `watch`: nobody has worked without its `export` line yet.
            let text = self.messages.words.say("learn-clash", &[("things", &self.list_objects(&clashes))]);
            // The ways out follow below, with the lesson's own commands.
            let text = self.messages.wrap("", text.lines().next().unwrap_or_default());
            self.print(&format!("{text}\n"));
        }
        for taken in &ports {
            let args = [("port", &*taken.port.to_string()), ("name", &*sanitise(&taken.container))];
            let text = self.messages.wrapped("learn-clash-port", &args);
            self.print(&format!("{text}\n"));
        }
        self.print_declined(&clashes, &ports);
        true
    }

    /// Reports that the lesson does not begin, and how to free each name and port.
    fn print_declined(&mut self, clashes: &[LessonObject], ports: &[TakenPort]) {
        let verb = if self.messages.beside { "watch" } else { "learn" };
        let args = [("verb", verb), ("lesson", &*sanitise(&self.session.lesson.id.0))];
        let mut text = self.messages.wrapped("learn-clash-declined", &args);
        // A container can get another name, and a port can be freed. Other objects cannot make way.
        if clashes.iter().all(|thing| thing.kind == ObjectKind::Container) {
            text.push_str(&format!("\n{}", self.messages.wrapped("learn-clash-free", &[])));
        }
        for thing in clashes {
            let key = format!("learn-clash-free-{}", thing.kind.name());
            let line = self.messages.words.say(&key, &[("name", &sanitise(&thing.name))]);
            text.push_str(&format!("\n{}", self.messages.wrap("    ", &line)));
        }
        for taken in ports {
            let args = [("port", &*taken.port.to_string()), ("name", &*sanitise(&taken.container))];
            let line = self.messages.words.say("learn-clash-free-port", &args);
            text.push_str(&format!("\n{}", self.messages.wrap("    ", &line)));
        }
        self.print(&format!("{text}\n"));
    }

    /// Reports the learner's objects that have names from the current step. Returns whether there are such objects.
    pub(in crate::learn) async fn print_clash_of_step(&mut self) -> bool {
        let Some(step) = self.step() else { return false };
        self.print_clash_of(objects_of_step(step)).await
    }

    /// Returns the learner's objects that have the same kind and name as the object of `check`.
    pub(in crate::learn) async fn clashes_of_claim(&self, check: Option<&Check>) -> Vec<LessonObject> {
        self.clashes(&check.map(|check| objects_of_claim(&check.claim)).unwrap_or_default()).await
    }

    /// Reports the learner's objects that have names from the shown claims and commands. Returns whether there are such
    /// objects. If there are, the caller gives no hint, because the hint would be about the wrong object.
    pub(in crate::learn) async fn print_clash_of_part(&mut self) -> bool {
        let claims = self.state.shown_claims();
        let checks = claims.iter().filter_map(|&block| self.check(block));
        let mut used: UsedObjects = checks.flat_map(|check| objects_of_claim(&check.claim)).collect();
        let commands = self.command_texts(&self.state.part_commands());
        used.extend(objects_of_commands(commands.iter().map(String::as_str)));
        self.print_clash_of(used).await
    }

    /// Reports which objects of these passed claims do not belong to the lesson.
    pub(in crate::learn) async fn print_foreign_objects(&mut self, claims: &[usize]) {
        let checks = claims.iter().filter_map(|&block| self.check(block)).filter(|check| !check.claim.absent);
        let used = checks.flat_map(|check| objects_of_claim(&check.claim)).collect();
        let foreign = self.clashes(&used).await;
        if foreign.is_empty() {
            return;
        }
        let text = self.messages.text("learn-foreign", &[("things", &self.list_objects(&foreign))]);
        let text = self.messages.remark(&text);
        self.print(&text);
    }

    async fn print_clash_of(&mut self, used: UsedObjects) -> bool {
        let clashes = self.clashes(&used).await;
        self.print_clashes(&clashes);
        !clashes.is_empty()
    }

    async fn clashes(&self, used: &UsedObjects) -> Vec<LessonObject> {
        let Some(guard) = self.session.guard.as_deref().filter(|_| !used.is_empty()) else { return Vec::new() };
        find_clashes(self.session.lesson, self.session.env, guard, used).await.unwrap_or_default()
    }

    pub(in crate::learn) fn print_clashes(&mut self, clashes: &[LessonObject]) {
        if clashes.is_empty() {
            return;
        }
        let text = self.messages.wrapped("learn-clash", &[("things", &self.list_objects(clashes))]);
        self.print(&format!("{text}\n"));
    }

    /// Reports that a container already has this name. If the container belongs to the learner, or the lesson needs it,
    /// does not suggest removing the container.
    pub(in crate::learn) async fn print_taken_name(&mut self, name: &str) {
        let clashes = self.clashes(&UsedObjects::from([(ObjectKind::Container, name.to_owned())])).await;
        if !clashes.is_empty() {
            return self.print_clashes(&clashes);
        }
        let (lesson, at) = (self.session.lesson, self.state.current_step());
        let is_needed = !self.step_gives(name) && is_made_before(lesson, at, "container", name);
        let key = if is_needed { "learn-name-needed" } else { "explain-name-taken" };
        let taken = Explanation { key, args: vec![("name".to_owned(), name.to_owned())], show: None };
        let text = self.messages.remark(&explain::words(&taken, &self.messages.words));
        self.print(&text);
    }

    fn list_objects(&self, things: &[LessonObject]) -> String {
        let name = |thing: &LessonObject| {
            let (kind, name) = thing.kind_and_name(&self.messages.words);
            format!("{kind} `{}`", sanitise(&name))
        };
        things.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}
