//! What is done for the learner: images fetched, hidden commands run, the results of former visits made again.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::TutorContext;
use crate::lesson::{Action, Block, Command, Step, Transcript};
use crate::run::{CommandScript, write_file};
use crate::session::{CommandEnd, ShellSession, TypedCommand, WaitingProgram};
use crate::transcript::sanitise;

/// The time limit of a command whose fence gives none.
const LIMIT: Duration = Duration::from_mins(2);

impl<'a> TutorContext<'a> {
    /// What the lesson finds on its engine at the start.
    pub(in crate::learn) async fn fetch_images(&mut self) {
        for image in &self.session.lesson.front.have {
            let name = sanitise(&image.value);
            // The words cannot go where the pull tells of its progress.
            let line = self.messages.words.say("learn-pulling", &[("image", &name), ("progress", "{}")]);
            let terminal = &mut self.tty;
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
                terminal.clear_transient();
                terminal.show_transient(&line.replace("{}", &text));
            };
            let pulled = self.session.env.engine.pull_missing(&image.value, &mut show).await;
            self.tty.clear_transient();
            match pulled {
                Ok(false) => {}
                Ok(true) => {
                    let text = self.messages.note(&self.messages.words.say("learn-pulled", &[("image", &name)]));
                    self.print(&text);
                }
                Err(trouble) => self.print_infra_failure(&trouble),
            }
        }
    }

    /// Runs the step's hidden commands in a shell beside the learner's.
    pub(in crate::learn) async fn run_setup(&mut self, step: &'a Step) {
        let mut commands = Vec::new();
        for block in &step.blocks {
            match block {
                Block::Transcript(hidden) if hidden.attrs.hidden => {
                    commands.extend(hidden.commands.iter().map(|command| (hidden, command)));
                }
                Block::File(file) if file.attrs.hidden && !self.session.env.dir.join(&file.path.value).exists() => {
                    let _ = write_file(&self.session.env.dir, file);
                }
                _ => {}
            }
        }
        if commands.is_empty() {
            return;
        }
        let Some(mut session) = self.start_side_shell().await else { return };
        for (hidden, command) in commands {
            let status = run(&mut session, hidden, command, hidden.attrs.timeout.unwrap_or(LIMIT)).await;
            if status != "0" {
                self.print_command_failure("learn-setup-failed", &command.text, &status);
                break;
            }
        }
        session.close().await;
    }

    /// Where a lesson goes on without what its earlier steps have left: makes that again, and says so.
    pub(in crate::learn) async fn rebuild_earlier_steps(&mut self) {
        let to = self.session.begin;
        let is_needed = to > 0 && self.has_made_nothing().await;
        if !is_needed {
            return;
        }
        let steps = &self.session.plan.steps[..to.min(self.session.plan.steps.len())];
        let runs = |action: &Action| matches!(action, Action::Run { .. });
        if !steps.iter().any(|step| step.actions.iter().any(runs)) {
            return;
        }
        // On an engine of their own the learner is asked.
        if self.session.guard.is_some() {
            let question = self.messages.words.count("learn-catch-up-ask", to, &[]);
            if !self.confirm(&question, true).await {
                return;
            }
        }
        let text = self.messages.wrap("", &self.messages.words.count("learn-catch-up", to, &[]));
        self.print(&format!("{text}\n"));
        let Some(mut session) = self.start_side_shell().await else { return };
        let (lesson, plan) = (self.session.lesson, self.session.plan);
        for planned in plan.steps.iter().take(to) {
            self.run_actions(&mut session, &lesson.steps[planned.step], &planned.actions).await;
        }
        session.close().await;
        self.print_note("learn-caught-up");
    }

    /// Does the rest of the step beside the learner's shell.
    pub(in crate::learn) async fn run_rest_of_step(&mut self, step: &'a Step) {
        let rest = self.state.commands_to_type(true);
        let is_rest = |action: &&Action| match **action {
            Action::Run { block, command } => rest.contains(&(block, command)),
            Action::Write { .. } => true,
            Action::Judge { .. } => false,
        };
        let planned = self.session.plan.steps.get(self.state.current_step());
        let actions: Vec<Action> =
            planned.into_iter().flat_map(|planned| &planned.actions).filter(is_rest).copied().collect();
        if actions.is_empty() {
            return self.print_message("learn-skip-nothing");
        }
        self.print_message("learn-skip");
        let Some(mut session) = self.start_side_shell().await else { return };
        self.run_actions(&mut session, step, &actions).await;
        session.close().await;
    }

    /// Writes files where there are none, and runs commands.
    async fn run_actions(&mut self, session: &mut ShellSession, step: &Step, actions: &[Action]) {
        for action in actions {
            let (Action::Write { block } | Action::Run { block, .. } | Action::Judge { block }) = *action;
            match (*action, &step.blocks[block]) {
                (Action::Write { .. }, Block::File(file)) if !self.session.env.dir.join(&file.path.value).exists() => {
                    let _ = write_file(&self.session.env.dir, file);
                }
                (Action::Run { command, .. }, Block::Transcript(transcript)) => {
                    let one = &transcript.commands[command];
                    let line = sanitise(one.text.lines().next().unwrap_or_default());
                    let width = self.messages.style.width.saturating_sub(4);
                    let line: String = line.chars().take(width).collect();
                    self.tty.show_transient(&format!("  $ {line}"));
                    let limit = transcript.attrs.timeout.unwrap_or(LIMIT);
                    let status = run(session, transcript, one, limit).await;
                    self.tty.clear_transient();
                    let last = command + 1 == transcript.commands.len();
                    let expected = if last { transcript.attrs.exit.as_slice() } else { &[] };
                    let is_well = crate::matcher::has_interrupt(&one.expected)
                        || (expected.is_empty() && status == "0")
                        || expected.iter().any(|one| one.to_string() == status);
                    if !is_well {
                        self.print_command_failure("learn-catch-up-failed", &one.text, &status);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether nothing of the lesson is on the engine.
    async fn has_made_nothing(&self) -> bool {
        let (lesson, env) = (self.session.lesson, self.session.env);
        let things = crate::learn::undo::things(lesson, env, self.session.guard.as_deref()).await;
        things.is_ok_and(|things| things.is_empty())
    }

    pub(in crate::learn) fn print_command_failure(&mut self, key: &str, command: &str, status: &str) {
        let command = sanitise(command);
        let text = self.messages.words.say(key, &[("command", &command), ("status", status)]);
        let text = self.messages.wrap("", &text);
        self.print(&format!("{text}\n"));
    }

    async fn start_side_shell(&self) -> Option<ShellSession> {
        ShellSession::start(self.session.env.shell(100, 200)).await.ok()
    }
}

/// Runs a command with what is typed into it; how it ended, `?` where nobody knows.
async fn run(session: &mut ShellSession, transcript: &Transcript, command: &Command, limit: Duration) -> String {
    let script = CommandScript::new(transcript, command);
    let reply = |waiting: &WaitingProgram<'_>| script.reply(waiting, |_, _| true);
    let input = TypedCommand {
        text: &command.text,
        script: &script.inputs,
        is_ready: &|_, _| true,
        timeout: None,
        reply: &reply,
    };
    match session.run(input, limit, &mut |_| {}).await {
        Ok(ran) => match ran.end {
            CommandEnd::Status(status) => status.to_string(),
            _ => "?".into(),
        },
        Err(_) => "?".into(),
    }
}
