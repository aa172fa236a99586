//! What is done for the learner: images fetched, hidden commands run, the results of former visits made again.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::Desk;
use crate::lesson::{Action, Block, Command, Step, Transcript};
use crate::run::{Dialogue, write_file};
use crate::session::{End, Input, Session, Waiting};
use crate::transcript::sanitise;

/// The time limit of a command whose fence gives none.
const LIMIT: Duration = Duration::from_mins(2);

impl<'a> Desk<'a> {
    /// What the lesson finds on its engine at the start.
    pub(in crate::learn) async fn fetch_images(&mut self) {
        for image in &self.visit.lesson.front.have {
            let name = sanitise(&image.value);
            // The words cannot go where the pull tells of its progress.
            let line = self.voice.words.say("learn-pulling", &[("image", &name), ("progress", "{}")]);
            let terminal = &mut self.terminal;
            let mut shown = Instant::now();
            let mut layers: HashMap<String, (u64, u64)> = HashMap::new();
            let mut most = 0;
            let mut show = |progress: crate::engine::PullProgress| {
                if let (Some(id), Some(now), Some(all)) = (progress.id, progress.current, progress.total) {
                    // What is unpacked has been downloaded.
                    let now = if progress.status == "Downloading" { now } else { all };
                    let layer = layers.entry(id).or_default();
                    *layer = (layer.0.max(now), layer.1.max(all));
                }
                if shown.elapsed().as_millis() < 100 {
                    return;
                }
                shown = Instant::now();
                let (now, all) = layers.values().fold((0, 0), |(now, all), layer| (now + layer.0, all + layer.1));
                // It does not go back when a layer more is heard of.
                most = (now * 100).checked_div(all).unwrap_or_default().max(most);
                let text = if all == 0 { String::new() } else { format!(": {most}%") };
                terminal.unsay();
                terminal.say_for_now(&line.replace("{}", &text));
            };
            let pulled = self.visit.place.engine.pull_missing(&image.value, &mut show).await;
            self.terminal.unsay();
            match pulled {
                Ok(false) => {}
                Ok(true) => {
                    let text = self.voice.note(&self.voice.words.say("learn-pulled", &[("image", &name)]));
                    self.say(&text);
                }
                Err(trouble) => self.trouble(&trouble),
            }
        }
    }

    /// Runs the step's hidden commands in a shell beside the learner's.
    pub(in crate::learn) async fn set_up(&mut self, step: &'a Step) {
        let mut commands = Vec::new();
        for block in &step.blocks {
            match block {
                Block::Transcript(hidden) if hidden.attrs.hidden => {
                    commands.extend(hidden.commands.iter().map(|command| (hidden, command)));
                }
                Block::File(file) if file.attrs.hidden && !self.visit.place.dir.join(&file.path.value).exists() => {
                    let _ = write_file(&self.visit.place.dir, file);
                }
                _ => {}
            }
        }
        if commands.is_empty() {
            return;
        }
        let Some(mut session) = self.side_shell().await else { return };
        for (hidden, command) in commands {
            let status = run(&mut session, hidden, command, hidden.attrs.timeout.unwrap_or(LIMIT)).await;
            if status != "0" {
                self.tell_failed("learn-setup-failed", &command.text, &status);
                break;
            }
        }
        session.close().await;
    }

    /// Where a lesson goes on without what its earlier steps have left: makes that again, and says so.
    pub(in crate::learn) async fn catch_up(&mut self) {
        let to = self.visit.begin;
        let is_needed = to > 0 && self.is_bare().await;
        if !is_needed {
            return;
        }
        let steps = &self.visit.plan.steps[..to.min(self.visit.plan.steps.len())];
        let runs = |action: &Action| matches!(action, Action::Run { .. });
        if !steps.iter().any(|step| step.actions.iter().any(runs)) {
            return;
        }
        // On an engine of their own the learner is asked.
        if self.visit.guard.is_some() {
            let question = self.voice.words.count("learn-catch-up-ask", to, &[]);
            if !self.yes(&question, true).await {
                return;
            }
        }
        let text = self.voice.para("", &self.voice.words.count("learn-catch-up", to, &[]));
        self.say(&format!("{text}\n"));
        let Some(mut session) = self.side_shell().await else { return };
        let (lesson, plan) = (self.visit.lesson, self.visit.plan);
        for planned in plan.steps.iter().take(to) {
            self.do_actions(&mut session, &lesson.steps[planned.step], &planned.actions).await;
        }
        session.close().await;
        self.note("learn-caught-up");
    }

    /// Does the rest of the step beside the learner's shell.
    pub(in crate::learn) async fn do_rest(&mut self, step: &'a Step) {
        let rest = self.walk.to_type(true);
        let is_rest = |action: &&Action| match **action {
            Action::Run { block, command } => rest.contains(&(block, command)),
            Action::Write { .. } => true,
            Action::Judge { .. } => false,
        };
        let planned = self.visit.plan.steps.get(self.walk.at());
        let actions: Vec<Action> =
            planned.into_iter().flat_map(|planned| &planned.actions).filter(is_rest).copied().collect();
        if actions.is_empty() {
            return self.tell_plainly("learn-skip-nothing");
        }
        self.tell_plainly("learn-skip");
        let Some(mut session) = self.side_shell().await else { return };
        self.do_actions(&mut session, step, &actions).await;
        session.close().await;
    }

    /// Writes files where there are none, and runs commands.
    async fn do_actions(&mut self, session: &mut Session, step: &Step, actions: &[Action]) {
        for action in actions {
            let (Action::Write { block } | Action::Run { block, .. } | Action::Judge { block }) = *action;
            match (*action, &step.blocks[block]) {
                (Action::Write { .. }, Block::File(file)) if !self.visit.place.dir.join(&file.path.value).exists() => {
                    let _ = write_file(&self.visit.place.dir, file);
                }
                (Action::Run { command, .. }, Block::Transcript(transcript)) => {
                    let one = &transcript.commands[command];
                    let line = sanitise(one.text.lines().next().unwrap_or_default());
                    let width = self.voice.style.width.saturating_sub(4);
                    let line: String = line.chars().take(width).collect();
                    self.terminal.say_for_now(&format!("  $ {line}"));
                    let limit = transcript.attrs.timeout.unwrap_or(LIMIT);
                    let status = run(session, transcript, one, limit).await;
                    self.terminal.unsay();
                    let last = command + 1 == transcript.commands.len();
                    let expected = if last { transcript.attrs.exit.as_slice() } else { &[] };
                    let is_well = crate::matcher::has_interrupt(&one.expected)
                        || (expected.is_empty() && status == "0")
                        || expected.iter().any(|one| one.to_string() == status);
                    if !is_well {
                        self.tell_failed("learn-catch-up-failed", &one.text, &status);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether nothing of the lesson is on the engine.
    async fn is_bare(&self) -> bool {
        let (lesson, place) = (self.visit.lesson, self.visit.place);
        let things = crate::learn::undo::things(lesson, place, self.visit.guard.as_deref()).await;
        things.is_ok_and(|things| things.is_empty())
    }

    pub(in crate::learn) fn tell_failed(&mut self, key: &str, command: &str, status: &str) {
        let command = sanitise(command);
        let text = self.voice.words.say(key, &[("command", &command), ("status", status)]);
        let text = self.voice.para("", &text);
        self.say(&format!("{text}\n"));
    }

    async fn side_shell(&self) -> Option<Session> {
        Session::start(self.visit.place.shell(100, 200)).await.ok()
    }
}

/// Runs a command with what is typed into it; how it ended, `?` where nobody knows.
async fn run(session: &mut Session, transcript: &Transcript, command: &Command, limit: Duration) -> String {
    let dialogue = Dialogue::new(transcript, command);
    let reply = |waiting: &Waiting<'_>| dialogue.reply(waiting, |_, _| true);
    let input = Input { text: &command.text, cues: &dialogue.cues, come: &|_, _| true, patience: None, reply: &reply };
    match session.run(input, limit, &mut |_| {}).await {
        Ok(ran) => match ran.end {
            End::Status(status) => status.to_string(),
            _ => "?".into(),
        },
        Err(_) => "?".into(),
    }
}
