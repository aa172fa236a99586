//! Runs commands for the learner in a separate shell: the set-up of a step, earlier steps, or the rest of a step.

use std::time::Duration;

use super::{DoneCommands, TutorContext};
use crate::claims::RanCommand;
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::driver::{self, CommandScript, time_limit, write_lesson_file};
use crate::engine::EngineTime;
use crate::learn::earlier::LastingClaim;
use crate::lesson::{Action, Block, Check, CommandId, Step, Subject, Transcript};
use crate::lesson_state::only_looks;
use crate::session::{CommandEnd, ShellSession};
use crate::shell;
use crate::transcript::sanitise;

/// The time limit of a read-only command.
const LOOK_LIMIT: Duration = Duration::from_secs(5);

/// The time after which the tutor announces that a set-up is running.
pub(super) const SHOW_AFTER: Duration = Duration::from_secs(1);

/// Ctrl-C and Ctrl-], the keys with which the learner stops a command that the tutor runs.
const STOP_KEYS: [u8; 2] = [3, 0x1d];

/// The reason why a command of the lesson did not succeed.
#[derive(Debug)]
pub(super) enum RunProblem {
    /// The command ended with this exit status.
    Status(String),
    /// The command reached its time limit.
    Late,
    /// The learner stopped the command.
    Stopped,
}

impl RunProblem {
    /// Returns the exit status as text; `?` if there is none.
    fn status(self) -> String {
        match self {
            Self::Status(status) => status,
            // A program that Ctrl-C ends has the exit status 130.
            Self::Stopped => "130".to_owned(),
            Self::Late => "?".to_owned(),
        }
    }
}

impl<'a> TutorContext<'a> {
    /// Runs the steps before the first step of this session again if the engine has no object of the lesson.
    pub(in crate::learn) async fn rebuild_earlier_steps(&mut self) {
        let to = self.session.begin;
        // Steps without commands do not need the objects of earlier steps.
        let has_work = (to..self.session.lesson.steps.len()).any(|step| self.state.has_commands(step));
        let is_needed = to > 0 && has_work && self.has_made_nothing().await;
        if !is_needed {
            return;
        }
        let steps = &self.session.plan.steps[..to.min(self.session.plan.steps.len())];
        let runs = |action: &Action| matches!(action, Action::Run { .. });
        if !steps.iter().any(|step| step.actions.iter().any(runs)) {
            return;
        }
        // On the learner's own engine, ask before the tutor runs commands.
        if self.session.guard.is_some() {
            let question = self.messages.words.count("learn-catch-up-ask", to, &[]);
            if !self.confirm(&question, true).await {
                return;
            }
        }
        self.run_steps_before(to, "learn-catch-up").await;
        self.print_note("learn-caught-up");
    }

    /// Reports that the object of the claim `gone` no longer exists. Asks whether to do the earlier steps again.
    pub(in crate::learn) async fn confirm_earlier_steps(&mut self, gone: &LastingClaim) -> bool {
        let words = &self.messages.words;
        let (kind, name) = gone.object().unwrap_or_default();
        let kind = words.say(&format!("clean-{kind}"), &[]);
        let text = self.messages.wrapped("learn-retry-gone", &[("kind", &kind), ("name", &sanitise(name))]);
        let before = self.session.lesson.task_number(self.state.current_step().saturating_sub(1));
        let question = words.count("learn-retry-ask", before, &[]);
        self.print(&format!("{text}\n"));
        self.confirm(&question, true).await
    }

    /// Removes the lesson's objects if the learner agrees, and runs the steps before the current one again. Returns
    /// `false` if the learner does not agree.
    pub(in crate::learn) async fn redo_earlier_steps(&mut self) -> bool {
        let things = self.lesson_things().await;
        if !things.is_empty() && !self.offer_removal(things).await {
            return false;
        }
        self.forget_setups();
        self.run_steps_before(self.state.current_step(), "learn-redo-earlier").await;
        true
    }

    /// Runs the steps before `to` in a separate shell.
    async fn run_steps_before(&mut self, to: usize, key: &str) {
        let count = self.session.lesson.task_number(to.saturating_sub(1));
        let text = self.messages.wrap("", &self.messages.words.count(key, count, &[]));
        self.print(&format!("{text}\n"));
        self.restore_begin().await;
        let Some(mut shell) = self.start_side_shell().await else { return };
        let (lesson, plan) = (self.session.lesson, self.session.plan);
        for planned in plan.steps.iter().take(to) {
            self.note_setup(planned.step);
            let failed = self.run_actions(&mut shell, &lesson.steps[planned.step], &planned.actions).await;
            self.print_done_commands(&DoneCommands { failed, result: None });
        }
        shell.close().await;
    }

    /// Runs the rest of the step in a separate shell.
    pub(in crate::learn) async fn run_rest_of_step(&mut self, step: &'a Step, since: EngineTime) {
        let rest = self.state.commands_to_type(true);
        let is_rest = |action: &&Action| match **action {
            Action::Run { block, command } => rest.contains(&CommandId { block, number: command }),
            Action::Write { .. } => true,
            Action::Judge { .. } => false,
        };
        let planned = self.session.plan.steps.get(self.state.current_step());
        let actions: Vec<Action> =
            planned.into_iter().flat_map(|planned| &planned.actions).filter(is_rest).copied().collect();
        if actions.is_empty() {
            return self.print_message("learn-skip-nothing");
        }
        // If an object of the learner has a name from the step, the tutor skips the step without running its commands.
        if self.print_clash_of_step().await {
            return;
        }
        self.ensure_setup(step, self.state.current_step()).await;
        self.print_message("learn-skip");
        let Some(mut shell) = self.start_side_shell().await else { return };
        let mut done = DoneCommands { failed: self.run_actions(&mut shell, step, &actions).await, result: None };
        shell.close().await;
        if !done.failed.is_empty()
            && let Some(last) = rest.last()
        {
            // A claim about typed commands is about the learner's shell, not about this separate shell.
            let is_typed = |check: &Check| matches!(check.claim.subject, Subject::Ran(_));
            let claims = self.claims_after(*last).into_iter();
            let claims: Vec<usize> = claims.filter(|&block| !step.check(block).is_none_or(is_typed)).collect();
            let found = self.claim_poller(step, since, &[]).poll_until_met(&claims).await;
            done.add_claims(&found);
        }
        self.print_done_commands(&done);
    }

    /// Runs the commands of the part again in a separate shell, and returns their results. Returns an empty list if a
    /// command changes something, does not end, uses a variable or runs another program than docker. The separate shell
    /// does not have the learner's variables and working directory.
    pub(in crate::learn) async fn look_again(&mut self, step: &Step) -> Vec<RanCommand> {
        let commands: Vec<_> = self.state.part_commands().iter().filter_map(|id| step.command(*id)).collect();
        let asks_engine = |text: &str| {
            let programs = shell::read(text).all_commands();
            !text.contains('$') && docker_commands(text).len() == programs.len() && only_looks(text)
        };
        if commands.is_empty() || !commands.iter().all(|(_, command)| asks_engine(&command.text)) {
            return Vec::new();
        }
        let Some(mut shell) = self.start_side_shell().await else { return Vec::new() };
        let mut ran = Vec::new();
        for (transcript, command) in &commands {
            let script = CommandScript::new(transcript, command);
            let output = driver::run_command(&mut shell, &script, LOOK_LIMIT, None, &mut |_| {}).await;
            let Ok(output) = output else { break };
            let CommandEnd::Status(status) = output.end else { break };
            ran.push(RanCommand::new(&command.text, Some(status), output.lines.join("\n")));
        }
        shell.close().await;
        if ran.len() == commands.len() { ran } else { Vec::new() }
    }

    /// Runs the commands in `actions`, and writes the files in `actions` that do not exist. Returns the commands that
    /// failed, with their exit statuses.
    async fn run_actions(
        &mut self,
        shell: &mut ShellSession,
        step: &Step,
        actions: &[Action],
    ) -> Vec<(String, String)> {
        let mut failed = Vec::new();
        for action in actions {
            match *action {
                Action::Write { block } => {
                    let Block::File(file) = &step.blocks[block] else { continue };
                    if !self.session.env.dir.join(&file.path.value).exists() {
                        let _ = write_lesson_file(&self.session.env.dir, file);
                    }
                }
                Action::Run { block, command: number } => {
                    let Some((transcript, command)) = step.command(CommandId { block, number }) else { continue };
                    let line = sanitise(command.text.lines().next().unwrap_or_default());
                    let width = self.messages.style.width.saturating_sub(4);
                    let line: String = line.chars().take(width).collect();
                    let note = format!("  $ {line}");
                    let result = self.run_watched(shell, transcript, number, &note, Duration::ZERO).await;
                    if let Err(problem) = result {
                        let is_stopped = matches!(problem, RunProblem::Stopped);
                        failed.push((command.text.clone(), problem.status()));
                        if is_stopped {
                            break;
                        }
                    }
                }
                Action::Judge { .. } => {}
            }
        }
        failed
    }

    /// Runs a command of the lesson. If the command still runs after `delay`, shows `note` until the command ends.
    /// Ctrl-C and Ctrl-] stop the command. After such a stop, the caller must close `shell`. Keeps other keys for the
    /// learner's shell.
    pub(super) async fn run_watched(
        &mut self,
        shell: &mut ShellSession,
        transcript: &Transcript,
        number: usize,
        note: &str,
        delay: Duration,
    ) -> Result<(), RunProblem> {
        let run = run_command(shell, transcript, number);
        let shows = tokio::time::sleep(delay);
        tokio::pin!(run, shows);
        let mut is_shown = false;
        let result = loop {
            tokio::select! {
                result = &mut run => break result,
                () = &mut shows, if !is_shown => {
                    is_shown = true;
                    self.tty.show_transient(note);
                }
                keys = self.tty.read_keys() => match keys {
                    Some(keys) if !keys.iter().any(|key| STOP_KEYS.contains(key)) => self.typed_ahead.extend(keys),
                    _ => break Err(RunProblem::Stopped),
                },
            }
        };
        if is_shown {
            self.tty.clear_transient();
        }
        result
    }

    /// Reports the commands that failed, and whether the claims after these commands hold nevertheless.
    pub(in crate::learn) fn print_done_commands(&mut self, done: &DoneCommands) {
        let key = if done.result == Some(true) { "learn-skip-there" } else { "learn-catch-up-failed" };
        // What a removal has not removed was gone already, or the claims show that it is still there.
        let removes = |call: &DockerCommand| matches!(call.familiar_name(), "rm" | "rmi" | "volume rm" | "network rm");
        for (command, status) in &done.failed {
            let calls = docker_commands(command);
            if calls.is_empty() || !calls.iter().all(removes) {
                self.print_command_failure(key, command, status);
            }
        }
    }

    /// Whether the engine has no object of the lesson.
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

    /// Starts a shell beside the learner's shell. Unless the lesson itself chooses a docker context, this shell uses
    /// the lesson's own engine, even if the learner has chosen another context.
    pub(super) async fn start_side_shell(&self) -> Option<ShellSession> {
        let mut spec = self.session.env.shell(100, 200);
        if !self.session.lesson.steps.iter().any(chooses_context) {
            spec.env.push(("DOCKER_CONTEXT".to_owned(), "default".to_owned()));
        }
        ShellSession::start(spec).await.ok()
    }
}

/// Whether a step contains `docker context use`, which chooses the context of the commands after it.
fn chooses_context(step: &Step) -> bool {
    let transcripts = step.blocks.iter().filter_map(|block| match block {
        Block::Transcript(transcript) => Some(transcript),
        _ => None,
    });
    transcripts.flat_map(|transcript| &transcript.commands).any(|command| command.text.contains("docker context use"))
}

/// Runs a command of the lesson until it ends or reaches its time limit.
async fn run_command(shell: &mut ShellSession, transcript: &Transcript, number: usize) -> Result<(), RunProblem> {
    let script = CommandScript::new(transcript, &transcript.commands[number]);
    let output = driver::run_command(shell, &script, time_limit(transcript, None), None, &mut |_| {}).await;
    let status = match output.map(|output| output.end) {
        Ok(CommandEnd::Status(status)) => Some(status),
        _ => None,
    };
    if transcript.expected_status(number).allows(status) {
        return Ok(());
    }
    Err(status.map_or(RunProblem::Late, |status| RunProblem::Status(status.to_string())))
}
