//! After a lesson on the person's own engine, asks whether to remove the objects that the lesson made.

use std::io::{self, Write as _};

use super::LearnSession;
use crate::clean::{leftovers_of, sweep};
use crate::cli::clean::{agreed, conclude, list};
use crate::engine::Engine;
use crate::gateway::journals;
use crate::lesson::LessonFile;

impl LearnSession<'_> {
    /// After a finished lesson, asks whether to remove the objects that the lesson made. After an unfinished lesson,
    /// keeps the objects, so that the learner can continue.
    pub(super) async fn tidy(&self, engine: &Engine, file: &LessonFile, done: bool) {
        let of_it = |session: &crate::gateway::Session| session.lesson == file.id.0;
        let Ok(left) = leftovers_of(engine, &journals(&self.settings.state), of_it).await else { return };
        if left.is_empty() {
            sweep(engine, &left).await;
            return;
        }
        let words = &self.words;
        let mut out = io::stdout();
        if !done {
            let _ = self.dialog(|dialog| dialog.count("learn-kept", left.things.len()));
            return;
        }
        let _ = writeln!(out, "\n{}\n{}", words.say("learn-tidy", &[]), list(&left, words));
        if agreed(words) {
            conclude(&sweep(engine, &left).await, &self.settings, words);
        } else {
            let _ = self.dialog(|dialog| dialog.count("learn-kept", left.things.len()));
        }
    }
}
