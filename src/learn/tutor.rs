//! The loop: the person's terminal, their shell, the engine's events, and what the walk says of them.

mod act;
mod keys;
mod speak;
mod wrong;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, info, trace};

use super::claim_poller::{ClaimDecisions, ClaimPoller, claim_statuses, describe_decisions};
use super::context::TutorContext;
use super::tty::TtyInput;
use super::undo::Snapshot;
use super::{ExitReason, LessonSession, tutor_commands};
use crate::claims::{Decision, RanCommand};
use crate::engine::{EngineTime, Watch};
use crate::explain;
use crate::gateway::{Rule, Told};
use crate::lesson::Step;
use crate::lesson_state::{Choice, ChoiceResult, CommandMatch, Evaluation, NextAction};
use crate::session::{CommandReport, ScriptedInput, SessionError, ShellEvent, TutoredShell, TutoredShellSpec};
use crate::text::redact_command;
use crate::transcript::Screen;

/// After an event, so long until the claims are looked at: events come in bursts.
const EVENT_DELAY: Duration = Duration::from_millis(30);
/// While claims are waited for, so often it is seen whether a known mistake stands in their way.
const MISTAKE_INTERVAL: Duration = Duration::from_millis(250);
/// The person is not in the middle of a key sequence when no key has come for so long.
const IDLE: Duration = Duration::from_millis(250);

/// Teaches a lesson at the terminal of this process.
///
/// # Errors
/// When there is no terminal, or no shell can be started in it.
pub async fn teach(session: LessonSession<'_>) -> Result<ExitReason, SessionError> {
    let mut tutor = Tutor::new(session)?;
    let exit_reason = tutor.run().await;
    info!(?exit_reason, "tutor ends");
    let Tutor { shell, context, .. } = tutor;
    drop(context);
    shell.close().await;
    exit_reason
}

/// What the learner's shell is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ShellMode {
    /// It waits for our word before a prompt.
    Held,
    /// It is about to show its prompt.
    Coming,
    /// It reads.
    Prompt,
    /// A command runs.
    Running,
}

/// A command that the tutor types.
struct QueuedCommand {
    command: String,
    script: Vec<ScriptedInput>,
    /// How it may end; in any way where none is said.
    statuses: Vec<i32>,
}

pub(super) struct Tutor<'a> {
    context: TutorContext<'a>,
    shell: TutoredShell,
    mode: ShellMode,
    since: EngineTime,
    ran: Vec<RanCommand>,
    /// What the command that runs prints.
    screen: Option<Screen>,
    /// The last key at the prompt was Enter, not Ctrl-C.
    sent_line: bool,
    /// Keys that came while the shell was held.
    keys: Vec<u8>,
    last_key: Instant,
    /// The shell asked for pastes to be marked.
    marks_pastes: bool,
    /// What is put at the next prompt for the learner to send.
    insert: Option<String>,
    /// What the tutor types itself, one a prompt.
    queue: VecDeque<QueuedCommand>,
    /// What is typed while a command of the tutor's runs.
    script: VecDeque<ScriptedInput>,
    /// How the command that the tutor has typed may end.
    statuses: Vec<i32>,
    /// The tutor is doing the step.
    doing: bool,
    free: bool,
    /// Mistakes that were there before the step, once that is known.
    before: BTreeSet<(usize, usize)>,
    knows_before: bool,
    /// What was the lesson's when a step was first met.
    made_before: BTreeMap<usize, Snapshot>,
    /// What the gateway refused the last command.
    refused: Vec<(Rule, String)>,
    /// What an event has led to and has not been said.
    pending: Option<(Evaluation, ClaimDecisions)>,
    /// When the claims are to be looked at because of an event.
    poll_at: Option<Instant>,
    watch: Option<Watch>,
    greeted: bool,
    finished: bool,
    escapes: usize,
    /// So many `^C`, and nothing came of them.
    interrupts: usize,
}

struct Signals {
    window: Signal,
    ends: [Signal; 3],
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            window: signal(SignalKind::window_change())?,
            ends: [signal(SignalKind::terminate())?, signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?],
        })
    }

    async fn end(ends: &mut [Signal; 3]) {
        let [one, two, three] = ends;
        tokio::select! {
            _ = one.recv() => {}
            _ = two.recv() => {}
            _ = three.recv() => {}
        }
    }
}

impl<'a> Tutor<'a> {
    fn new(session: LessonSession<'a>) -> Result<Self, SessionError> {
        let context = TutorContext::new(session)?;
        let shell = start_shell(&context)?;
        Ok(Self {
            context,
            shell,
            mode: ShellMode::Coming,
            since: EngineTime::default(),
            ran: Vec::new(),
            screen: None,
            sent_line: false,
            keys: Vec::new(),
            last_key: Instant::now(),
            marks_pastes: false,
            insert: None,
            queue: VecDeque::new(),
            script: VecDeque::new(),
            statuses: Vec::new(),
            doing: false,
            free: false,
            before: BTreeSet::new(),
            knows_before: false,
            made_before: BTreeMap::new(),
            refused: Vec::new(),
            pending: None,
            poll_at: None,
            watch: None,
            greeted: false,
            finished: false,
            escapes: 0,
            interrupts: 0,
        })
    }

    async fn run(&mut self) -> Result<ExitReason, SessionError> {
        let mut signals = Signals::new()?;
        self.context.tty.enter_raw_mode()?;
        self.watch = self.context.session.env.engine.watch().await.ok();
        loop {
            if let Some(exit_reason) = self.context.exit_reason {
                return Ok(exit_reason);
            }
            let behind = self.context.tty.is_behind();
            tokio::select! {
                biased;
                () = Signals::end(&mut signals.ends) => return Ok(ExitReason::TerminalGone),
                _ = signals.window.recv() => {
                    let (columns, rows) = self.context.update_size();
                    self.shell.resize(columns, rows);
                }
                input = self.context.tty.next_input() => match input {
                    TtyInput::Keys(keys) => self.handle_keys(keys),
                    TtyInput::CaughtUp => {}
                    TtyInput::Gone => return Ok(ExitReason::TerminalGone),
                },
                // Keys go to the shell also while its output has to wait.
                said = self.shell.next(!behind) => self.handle_shell_event(said).await?,
                happened = next_event(&mut self.watch) => self.handle_engine_event(happened.as_deref()),
                () = sleep_until(self.poll_at.unwrap_or_else(Instant::now)), if self.poll_at.is_some() => {
                    self.poll_after_event().await;
                }
            }
        }
    }

    fn claim_poller<'s>(&'s self, step: &'s Step) -> ClaimPoller<'s> {
        self.context.claim_poller(step, self.since, &self.ran)
    }

    /// The shell has said something.
    async fn handle_shell_event(&mut self, said: ShellEvent) -> Result<(), SessionError> {
        match said {
            ShellEvent::Output(bytes) => {
                if let Some(at) = memchr::memmem::rfind(&bytes, b"\x1b[?2004") {
                    self.marks_pastes = bytes.get(at + 7) == Some(&b'h');
                }
                if let Some(screen) = &mut self.screen {
                    screen.feed(&bytes);
                }
                self.context.tty.write_raw(&bytes);
                self.type_scripted_input();
                self.suggest_escape(&bytes);
            }
            ShellEvent::CommandStarted => {
                debug!("command begins");
                let (columns, rows) = self.context.tty.size();
                self.screen = Some(Screen::new(columns, rows));
                self.mode = ShellMode::Running;
                self.interrupts = 0;
            }
            ShellEvent::CommandEnded(report) => {
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
                if let Some((outcome, found)) = self.pending.take() {
                    self.report(outcome, &found, None).await;
                }
                self.release();
                // The line comes back without another mark.
                self.mode = ShellMode::Prompt;
                let keys = std::mem::take(&mut self.keys);
                self.shell.write(&keys);
            }
            ShellEvent::Exited(status) => {
                debug!(?status, "shell ended");
                self.shell_ended().await?;
            }
        }
        Ok(())
    }

    fn release(&mut self) {
        self.mode = ShellMode::Coming;
        let of = self.context.state.len();
        let at = if self.free || of == 0 {
            String::new()
        } else {
            format!("[{}/{of}] ", self.context.state.current_step() + 1)
        };
        self.shell.release(&format!("__dermaga_at='{at}'"));
    }

    /// The prompt is shown: what waited for it goes in.
    fn at_prompt(&mut self) {
        // Readline draws it again where a line grows beyond the terminal's edge.
        let is_new = !matches!(self.mode, ShellMode::Prompt);
        self.mode = ShellMode::Prompt;
        self.screen = None;
        if let Some(typed) = is_new.then(|| self.queue.pop_front()).flatten() {
            self.script = typed.script.into();
            self.statuses = typed.statuses;
            let bytes = self.pasted(&typed.command);
            self.shell.write(&bytes);
            self.shell.write(b"\r");
        } else if let Some(text) = self.insert.take() {
            let bytes = self.pasted(&text);
            self.shell.write(&bytes);
        }
        let keys = std::mem::take(&mut self.keys);
        self.shell.write(&keys);
    }

    /// A command ended, or a word was said.
    async fn handle_command_end(&mut self, report: CommandReport) {
        let lines = self.screen.take().map(|screen| screen.finish().0).unwrap_or_default();
        self.script.clear();
        if !std::mem::replace(&mut self.greeted, true) {
            self.greet().await;
            return;
        }
        if let Some(word) = &report.word {
            debug!(word = redact_command(word), "word to the tutor");
            if let Some((word, rest)) = tutor_commands::parse_command(word) {
                self.run_tutor_command(word, rest).await;
            }
            return;
        }
        if !report.ran {
            if self.sent_line && self.queue.is_empty() && !self.doing && !self.free {
                self.continue_if_step_over().await;
            }
            return;
        }
        let command = report.command.unwrap_or_default();
        debug!(text = redact_command(&command), status = report.status, "command ended");
        self.collect_refusals();
        if self.doing && !self.statuses.is_empty() && !self.statuses.contains(&report.status) {
            self.context.print_command_failure("learn-catch-up-failed", &command, &report.status.to_string());
        }
        if self.context.session.guard.is_some()
            && report.status == 0
            && let Some(past) = explain::past_gateway(&command)
        {
            let text = explain::words(&past, &self.context.messages.words);
            let text = self.context.messages.explanation(&text);
            self.context.print(&text);
        }
        self.ran.push(RanCommand { command, exit: Some(report.status), output: lines.join("\n") });
        if self.doing {
            if self.queue.is_empty() {
                self.doing = false;
                self.step_was_done_for_learner().await;
            }
            return;
        }
        if !self.free {
            self.evaluate_command().await;
        }
    }

    /// What the gateway refused the command that has ended; it told before the command knew.
    fn collect_refusals(&mut self) {
        self.refused.clear();
        let Some(guard) = &mut self.context.session.guard else { return };
        while let Ok(told) = guard.told.try_recv() {
            if let Told::Refused { rule, what } = told
                && !self.refused.iter().any(|(known, _)| *known == rule)
            {
                self.refused.push((rule, what));
            }
        }
    }

    /// Enter alone goes on where nothing is left to do.
    async fn continue_if_step_over(&mut self) {
        if self.finished {
            self.context.exit_reason = Some(ExitReason::Done);
        } else if self.context.state.is_step_over()
            && let ChoiceResult::Go(next) = self.context.state.choose(Choice::Next)
        {
            self.perform_all(next).await;
        }
    }

    /// The last command's verdict.
    async fn evaluate_command(&mut self) {
        let (Some(step), Some(last)) = (self.context.step(), self.ran.last().cloned()) else { return };
        if self.context.state.is_step_over() {
            return self.explain_failure(&last).await;
        }
        self.poll_at = None;
        let command_match =
            self.context.state.command_ended(self.context.session.lesson, &last.command, last.exit.unwrap_or_default());
        let claims = self.context.state.current_claims();
        let mut found = self.claim_poller(step).poll_once(&claims).await;
        let holds = |found: &ClaimDecisions| found.iter().all(|(_, decision)| matches!(decision, Decision::Holds));
        let is_due = (command_match == CommandMatch::Exact && self.context.state.all_commands_typed())
            || (command_match != CommandMatch::Other && holds(&found));
        debug!(?command_match, claims = describe_decisions(&found), is_due, "command judged");
        if is_due && self.claim_poller(step).should_wait(&found) {
            found = self.wait_for_claims(step, &claims, found).await;
        }
        let outcome = self.context.state.evaluate(Some(command_match), &claim_statuses(&found));
        self.report(outcome, &found, Some(&last)).await;
    }

    /// Waits for claims that need a moment; a key ends the wait.
    async fn wait_for_claims(&mut self, step: &'a Step, claims: &[usize], first: ClaimDecisions) -> ClaimDecisions {
        let text = self.context.messages.words.say("learn-waiting", &[]);
        let width = self.context.messages.style.width.saturating_sub(1);
        let text: String = text.chars().take(width).collect();
        self.context.tty.show_transient(&text);
        let claim_poller = ClaimPoller { env: self.context.session.env, step, since: self.since, ran: &self.ran };
        let before = &self.before;
        // A mistake that the lesson knows, seen twice: nothing is waited for that cannot come.
        let mistaken = async {
            let mut seen = false;
            loop {
                tokio::time::sleep(MISTAKE_INTERVAL).await;
                let mistakes = claim_poller.find_mistakes(claims, self.ran.last()).await;
                let is = mistakes.iter().any(|mistake| !before.contains(mistake));
                if is && std::mem::replace(&mut seen, is) {
                    return;
                }
                seen = is;
            }
        };
        debug!(claims = describe_decisions(&first), "waits for claims");
        let found = tokio::select! {
            found = claim_poller.poll_until_met(claims) => found,
            () = mistaken => {
                debug!("a known mistake ends the wait");
                first
            }
            keys = self.context.tty.read_keys() => {
                debug!("a key ends the wait");
                self.keys.extend(keys.unwrap_or_default());
                first
            }
        };
        self.context.tty.clear_transient();
        found
    }

    /// Something happened on the engine.
    fn handle_engine_event(&mut self, action: Option<&str>) {
        let Some(action) = action else {
            debug!("no more events from the engine");
            self.watch = None;
            return;
        };
        trace!(action, "engine event");
        // Looks into a container make events themselves.
        if !action.starts_with("exec_") && action != "top" && !self.free && !self.doing && self.greeted {
            self.poll_at.get_or_insert(Instant::now() + EVENT_DELAY);
        }
    }

    /// Work in another window counts, too.
    async fn poll_after_event(&mut self) {
        self.poll_at = None;
        let claims = self.context.state.current_claims();
        let Some(step) = self.context.step() else { return };
        if self.mode != ShellMode::Prompt
            || self.context.state.is_step_over()
            || claims.is_empty()
            || self.pending.is_some()
        {
            return;
        }
        if self.last_key.elapsed() < IDLE {
            self.poll_at = Some(self.last_key + IDLE);
            return;
        }
        let found = self.claim_poller(step).poll_once(&claims).await;
        trace!(claims = describe_decisions(&found), "looked because of an event");
        let outcome = self.context.state.evaluate(None, &claim_statuses(&found));
        if matches!(outcome, Evaluation::Passed { .. }) {
            self.pending = Some((outcome, found));
            self.shell.pause();
        }
    }

    /// The shell has ended: by `exit`, `^D`, or because something killed it.
    async fn shell_ended(&mut self) -> Result<(), SessionError> {
        let text = self.context.messages.note(&self.context.messages.words.say("learn-shell-ended", &[]));
        self.context.tty.print(&text);
        let ask = self.context.messages.words.say("learn-leave-ask", &[]);
        self.context.tty.print(&ask);
        self.context.tty.write_raw(b" ");
        loop {
            match self.context.tty.read_keys().await.as_deref() {
                Some([b'y' | b'Y' | b'\r' | b'\n' | 3 | 4, ..]) => {
                    self.context.tty.write_raw(b"\r\n");
                    self.context.exit_reason = Some(if self.finished { ExitReason::Done } else { ExitReason::Quit });
                    return Ok(());
                }
                None => {
                    self.context.exit_reason = Some(ExitReason::TerminalGone);
                    return Ok(());
                }
                Some([b't' | b'T' | b'n' | b'N', ..]) => break,
                Some(_) => {}
            }
        }
        self.context.tty.write_raw(b"\r\n");
        self.shell = start_shell(&self.context)?;
        self.mode = ShellMode::Coming;
        Ok(())
    }

    async fn perform_all(&mut self, next: Vec<NextAction>) {
        let mut todo: VecDeque<NextAction> = next.into();
        while self.context.exit_reason.is_none()
            && let Some(next) = todo.pop_front()
        {
            let more = self.perform(next).await;
            for one in more.into_iter().rev() {
                todo.push_front(one);
            }
        }
    }
}

fn start_shell(context: &TutorContext<'_>) -> Result<TutoredShell, SessionError> {
    let (columns, rows) = context.tty.size();
    let env = context.session.env;
    TutoredShell::start(&TutoredShellSpec {
        shell: env.shell(columns, rows),
        history: env.history.clone(),
        words: tutor_commands::command_names(),
    })
}

/// The next event's action; pending for ever without a watch, `None` when the engine has gone.
async fn next_event(watch: &mut Option<Watch>) -> Option<String> {
    match watch {
        Some(watch) => watch.next().await.map(|event| event.action),
        None => std::future::pending().await,
    }
}
