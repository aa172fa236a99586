//! The loop of the tutor over the learner's terminal, the shell and the engine's events.

mod act;
mod evaluate;
mod keys;
mod memory;
mod shell;
mod speak;
mod wrong;

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tracing::{debug, info, trace};

use self::memory::{LearnerInput, Makers, Polling, StepMemory, StepTyping};
use self::shell::start_shell;
use super::claim_poller::ClaimPoller;
use super::context::TutorContext;
use super::signals::{Signals, next_event};
use super::tty::TtyInput;
use super::{ExitReason, LessonSession, tutor_commands};
use crate::claims::RanCommand;
use crate::docker_cli::docker_commands;
use crate::engine::EngineTime;
use crate::explain;
use crate::gateway::{GatewayEvent, Rule};
use crate::lesson::Step;
use crate::lesson_state::{Choice, ChoiceResult, NextAction};
use crate::session::{CommandReport, SessionError, ShellEvent, TutoredShell};
use crate::text::redact_command;
use crate::transcript::Screen;

/// Teaches a lesson at the terminal of this process.
///
/// # Errors
/// If there is no terminal, or no shell can be started.
pub async fn teach(session: LessonSession<'_>) -> Result<ExitReason, SessionError> {
    let mut tutor = Tutor::new(session)?;
    let exit_reason = tutor.run().await;
    info!(?exit_reason, "tutor ends");
    let Tutor { shell, context, .. } = tutor;
    drop(context);
    shell.close().await;
    exit_reason
}

/// The time without output after which the tutor explains a program in the foreground.
const SILENCE: Duration = Duration::from_secs(8);

/// The keys that empty the line of the shell: Ctrl-E, Ctrl-U.
const CLEAR_LINE: &[u8] = b"\x05\x15";

/// The state of the learner's shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ShellMode {
    /// Before a prompt, the shell waits until the tutor releases the shell.
    Held,
    /// The shell is about to show its prompt.
    Coming,
    /// The shell reads a line at its prompt.
    Prompt,
    /// The shell runs a command.
    Running,
}

pub(super) struct Tutor<'a> {
    context: TutorContext<'a>,
    shell: TutoredShell,
    mode: ShellMode,
    /// The output of the running command.
    screen: Option<Screen>,
    /// The time at which the tutor explains a silent program in the foreground.
    silent_at: Option<Instant>,
    /// The engine's time at the beginning of the step. Only later events count.
    since: EngineTime,
    input: LearnerInput,
    step: StepMemory,
    typing: StepTyping,
    polling: Polling,
    makers: Makers,
    /// The shell's directory after the last command.
    dir: String,
    /// The requests of the last command that the gateway refused.
    refused: Vec<(Rule, String)>,
    free: bool,
    greeted: bool,
    finished: bool,
}

/// Returns the command that ran, with its status and output. For `…; echo $?`, returns the command before `echo`, with
/// the status that `echo` printed.
fn ran_command(typed: String, status: i32, mut lines: Vec<String>) -> RanCommand {
    let asks = typed.trim_end().strip_suffix("echo $?").map(str::trim_end);
    let command = asks.and_then(|before| before.strip_suffix([';', '\n'])).map(str::trim).unwrap_or_default();
    let printed = lines.last().and_then(|line| line.trim().parse().ok());
    let Some(status) = printed.filter(|_| !command.is_empty() && status == 0) else {
        return RanCommand::new(typed, Some(status), lines.join("\n"));
    };
    lines.pop();
    RanCommand { typed: typed.clone(), ..RanCommand::new(command, Some(status), lines.join("\n")) }
}

impl<'a> Tutor<'a> {
    fn new(session: LessonSession<'a>) -> Result<Self, SessionError> {
        let context = TutorContext::new(session)?;
        let shell = start_shell(&context)?;
        Ok(Self {
            context,
            shell,
            mode: ShellMode::Coming,
            screen: None,
            silent_at: None,
            since: EngineTime::default(),
            input: LearnerInput::default(),
            step: StepMemory::default(),
            typing: StepTyping::default(),
            polling: Polling::default(),
            makers: Makers::default(),
            dir: String::new(),
            refused: Vec::new(),
            free: false,
            greeted: false,
            finished: false,
        })
    }

    async fn run(&mut self) -> Result<ExitReason, SessionError> {
        let mut signals = Signals::new()?;
        self.context.tty.enter_raw_mode()?;
        self.polling.watch = self.context.session.env.engine.watch().await.ok();
        loop {
            if let Some(exit_reason) = self.context.exit_reason {
                return Ok(exit_reason);
            }
            let behind = self.context.tty.is_behind();
            tokio::select! {
                biased;
                () = signals.exit.recv() => return Ok(ExitReason::TerminalGone),
                _ = signals.resize.recv() => {
                    let (columns, rows) = self.context.update_size();
                    self.shell.resize(columns, rows);
                }
                input = self.context.tty.next_input() => match input {
                    TtyInput::Keys(keys) => self.handle_keys(&keys),
                    TtyInput::CaughtUp => {}
                    TtyInput::Gone => return Ok(ExitReason::TerminalGone),
                },
                // The tutor passes keys to the shell even while the shell's output has to wait.
                said = self.shell.next(!behind) => self.handle_shell_event(said).await?,
                event = next_event(&mut self.polling.watch) => self.handle_engine_event(event.as_ref()),
                () = sleep_until(self.polling.at.unwrap_or_else(Instant::now)), if self.polling.at.is_some() => {
                    self.poll_after_event().await;
                }
                () = sleep_until(self.silent_at.unwrap_or_else(Instant::now)), if self.silent_at.is_some() => {
                    self.explain_silence();
                }
            }
        }
    }

    fn claim_poller<'s>(&'s self, step: &'s Step) -> ClaimPoller<'s> {
        self.context.claim_poller(step, self.since, self.ran_in_part())
    }

    /// Returns the commands that ran after the current part was shown.
    fn ran_in_part(&self) -> &[RanCommand] {
        self.step.ran.get(self.step.part_begin..).unwrap_or_default()
    }

    async fn handle_shell_event(&mut self, said: ShellEvent) -> Result<(), SessionError> {
        match said {
            ShellEvent::Output(bytes) => {
                if let Some(at) = memchr::memmem::rfind(&bytes, b"\x1b[?2004") {
                    self.input.marks_pastes = bytes.get(at + 7) == Some(&b'h');
                }
                if let Some(screen) = &mut self.screen {
                    screen.feed(&bytes);
                }
                self.silent_at = self.silent_at.map(|_| Instant::now() + SILENCE);
                self.context.tty.write_raw(&bytes);
                self.type_scripted_input();
                self.suggest_escape(&bytes);
            }
            ShellEvent::CommandStarted => {
                debug!("command begins");
                let (columns, rows) = self.context.tty.size();
                self.screen = Some(Screen::new(columns, rows));
                self.mode = ShellMode::Running;
                self.context.tty.set_read();
                self.input.interrupts = 0;
                self.input.is_ended_by_escape = false;
                self.silent_at = (!self.typing.is_active).then(|| Instant::now() + SILENCE);
            }
            ShellEvent::CommandEnded(report) => {
                self.silent_at = None;
                self.mode = ShellMode::Held;
                self.context.tty.flush();
                self.handle_command_end(report).await;
                self.release();
            }
            ShellEvent::Prompt => {
                trace!("shell reads");
                self.at_prompt();
            }
            ShellEvent::Paused => {
                self.mode = ShellMode::Held;
                self.context.tty.set_at_line_start();
                if let Some((outcome, found)) = self.polling.pending.take() {
                    self.report(outcome, &found, None).await;
                }
                self.release();
                // The shell shows the line again without another `Prompt` event.
                self.mode = ShellMode::Prompt;
                if let Some(text) = self.input.insert.take() {
                    self.shell.write(CLEAR_LINE);
                    let bytes = self.pasted(&text);
                    self.shell.write(&bytes);
                }
                self.type_waiting_keys();
            }
            ShellEvent::Exited(status) => {
                debug!(?status, "shell ended");
                self.handle_shell_end().await?;
            }
        }
        Ok(())
    }

    fn release(&mut self) {
        self.mode = ShellMode::Coming;
        self.input.waiting.splice(0..0, std::mem::take(&mut self.context.typed_ahead));
        self.insert_found_command();
        let of = self.context.session.lesson.task_count();
        let at = if self.free || of == 0 {
            String::new()
        } else {
            format!("[{}/{of}] ", self.context.session.lesson.task_number(self.context.state.current_step()))
        };
        let more = self.context.messages.words.say("learn-more-lines", &[]).replace('\'', "");
        self.shell.release(&format!("__dermaga_at='{at}' PS2='{more} > '"));
    }

    /// Types the commands and keys that waited for the prompt.
    fn at_prompt(&mut self) {
        // Readline draws the prompt again if a line grows beyond the terminal's edge. Such a prompt is not a new one.
        let is_new = !matches!(self.mode, ShellMode::Prompt);
        self.mode = ShellMode::Prompt;
        self.screen = None;
        self.input.sent_line &= !is_new;
        if let Some(typed) = is_new.then(|| self.typing.queue.pop_front()).flatten() {
            self.typing.script = typed.script.into();
            self.typing.expected_status = typed.status;
            self.typing.expected_claims = typed.claims;
            let bytes = self.pasted(&typed.command);
            self.shell.write(&bytes);
            self.shell.write(b"\r");
        } else if let Some(text) = self.input.insert.take() {
            let bytes = self.pasted(&text);
            self.shell.write(&bytes);
        }
        self.type_waiting_keys();
    }

    /// Handles the end of a command, and runs tutor commands.
    async fn handle_command_end(&mut self, report: CommandReport) {
        let lines = self.screen.take().map(|screen| screen.finish().0).unwrap_or_default();
        self.typing.script.clear();
        if !std::mem::replace(&mut self.greeted, true) {
            self.greet().await;
            return;
        }
        // A permission from the tutor command `allow` is valid for only one line, even if that line fails.
        if let Some(guard) = &self.context.session.guard {
            guard.gateway.end_permits();
        }
        self.dir.clone_from(&report.dir);
        if let Some(word) = &report.word {
            debug!(word = redact_command(word), "word to the tutor");
            if let Some((word, rest)) = tutor_commands::parse_command(word) {
                self.run_tutor_command(word, rest).await;
            }
            return;
        }
        if !report.ran {
            if self.input.sent_line && self.typing.queue.is_empty() && !self.typing.is_active && !self.free {
                self.continue_if_step_over().await;
            }
            return;
        }
        let command = report.command.unwrap_or_default();
        debug!(text = redact_command(&command), status = report.status, "command ended");
        self.collect_refusals();
        let is_expected = self.typing.expected_status.allows(report.status);
        if self.typing.is_active && !is_expected {
            self.typing.done.failed.push((command.clone(), report.status.to_string()));
        }
        if self.context.session.guard.is_some()
            && report.status == 0
            && let Some(past) = explain::past_gateway(&command)
        {
            let text = explain::words(&past, &self.context.messages.words);
            let text = self.context.messages.remark(&text);
            self.context.print(&text);
        }
        if self.is_engine_lost().await && report.status != 0 && !docker_commands(&command).is_empty() {
            self.typing.queue.clear();
            self.typing.is_active = false;
            self.context.print_engine_lost();
            return;
        }
        self.step.ran.push(ran_command(command, report.status, lines));
        if self.typing.is_active {
            self.check_done_command(is_expected).await;
            if self.typing.queue.is_empty() {
                self.typing.is_active = false;
                self.step_was_done_for_learner().await;
            } else {
                self.show_parts_before_command().await;
            }
            return;
        }
        if !self.free {
            self.evaluate_command().await;
        }
    }

    /// Collects the requests of the ended command that the gateway refused.
    fn collect_refusals(&mut self) {
        self.refused.clear();
        let Some(guard) = &mut self.context.session.guard else { return };
        while let Ok(told) = guard.told.try_recv() {
            if let GatewayEvent::Refused { rule, what } = told
                && !self.refused.contains(&(rule, what.clone()))
            {
                self.refused.push((rule, what));
            }
        }
    }

    /// Handles Enter without a command: begins the next step if the current one is over, or leaves a finished lesson.
    async fn continue_if_step_over(&mut self) {
        if self.finished {
            self.context.exit_reason = Some(self.context.finished_exit());
        } else if self.context.state.is_step_over()
            && let ChoiceResult::Go(next) = self.context.state.choose(Choice::Next)
        {
            self.perform_all(next).await;
        }
    }

    async fn perform_all(&mut self, next: Vec<NextAction>) {
        let mut todo: VecDeque<NextAction> = next.into();
        while self.context.exit_reason.is_none()
            && let Some(next) = todo.pop_front()
        {
            if let NextAction::Typed(block) = next
                && self.has_lost_its_effect(block).await
            {
                todo = self.context.state.ask_again(block).into();
                continue;
            }
            let more = self.perform(next).await;
            for one in more.into_iter().rev() {
                todo.push_front(one);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_printed_by_echo_in_the_same_line_counts_as_the_status_of_the_command() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        for (typed, printed, command, status, output) in [
            ("docker run x tidakada; echo $?", "galat\n127", "docker run x tidakada", 127, "galat"),
            ("docker ps ;\n echo $? ", "A\n0", "docker ps", 0, "A"),
            ("echo $?", "3", "echo $?", 0, "3"),
            ("docker ps && echo $?", "A\n0", "docker ps && echo $?", 0, "A\n0"),
            ("docker ps; echo $?", "A", "docker ps; echo $?", 0, "A"),
        ] {
            let ran = ran_command(typed.to_owned(), 0, lines(printed));
            assert_eq!((ran.typed.as_str(), ran.command.as_str()), (typed, command));
            assert_eq!((ran.exit, ran.output.as_str()), (Some(status), output), "{typed}");
        }
    }
}
