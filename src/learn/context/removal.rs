//! Removes the objects of a lesson if the learner agrees.

use super::TutorContext;
use crate::clean::LessonObject;
use crate::learn::undo;
use crate::transcript::sanitise;

impl TutorContext<'_> {
    /// Asks whether to remove these objects, and removes them. Returns whether the learner agreed.
    pub(in crate::learn) async fn offer_removal(&mut self, things: Vec<LessonObject>) -> bool {
        if things.is_empty() {
            return true;
        }
        let words = &self.messages.words;
        let name = |thing: &LessonObject| {
            let (kind, name) = thing.kind_and_name(words);
            let node = thing.node.as_ref().map(|node| format!(" (`{}`)", sanitise(node))).unwrap_or_default();
            format!("{kind} `{}`{node}", sanitise(&name))
        };
        let list = things.iter().map(name).collect::<Vec<_>>().join(", ");
        let text = self.messages.wrap("", &words.say("learn-undo", &[("things", &list)]));
        let question = words.say("learn-undo-ask", &[]);
        self.print(&format!("{text}\n"));
        if !self.confirm(&question, true).await {
            return false;
        }
        let swept = undo::remove(self.session.env, things).await;
        let text = self.messages.note(&self.messages.words.count("learn-undone", swept.removed.len(), &[]));
        self.print(&text);
        for (thing, why) in &swept.kept {
            let words = &self.messages.words;
            let (kind, name) = thing.kind_and_name(words);
            let args = [("kind", kind.as_str()), ("name", &sanitise(&name)), ("why", &sanitise(why))];
            let text = self.messages.wrap("", &words.say("clean-kept", &args));
            self.print(&format!("{text}\n"));
        }
        true
    }
}
