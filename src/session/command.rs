//! Runs a command: sends the command's text to the shell, reads the terminal, types the inputs, and detects the end.

use std::io;
use std::mem;
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::termios::{self, LocalModes};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep_until, timeout};
use tracing::{Level, debug, enabled};

use super::expect::{InputScript, ScriptAction};
use super::marks::Piece;
use super::shell::{LINE, ShellSession, framed};
use super::{CommandEnd, CommandOutput, SessionError, TerminalReader, TypedCommand, terminal_reader};
use crate::transcript::Screen;

/// The time limit for a shell to become ready.
const START: Duration = Duration::from_secs(20);
/// The time limit for a write to the terminal.
const WRITE: Duration = Duration::from_secs(2);
/// The time limit for reading the last output of a shell that has ended. Other processes may keep the terminal of the
/// shell open.
const LAST_WORDS: Duration = Duration::from_millis(50);
/// The time limit for an empty command after an interrupt.
const SYNC: Duration = Duration::from_secs(1);

/// The time after which the log first says that a command still runs. The time until each further message doubles.
const LOG_AFTER: Duration = Duration::from_secs(5);

/// The reason why reading stopped.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum StopReason {
    /// The command ended.
    Status(i32),
    /// The shell ended.
    Exited(Option<i32>),
    /// The time limit was reached.
    Time,
    /// The command waits for input that the script does not have.
    Waits,
}

/// A command that is running.
pub(super) struct RunningCommand<'a> {
    pub(super) screen: Screen,
    live: &'a mut (dyn FnMut(&[u8]) + Send),
    /// Whether the begin mark was read, so that the output belongs to the command.
    pub(super) begun: bool,
    /// Whether the command is being ended, so that its output is no longer shown.
    pub(super) late: bool,
    /// The text for the FIFO. `fed` is the number of bytes of `text` that were written.
    text: Vec<u8>,
    fed: usize,
    script: InputScript<'a>,
}

impl<'a> RunningCommand<'a> {
    pub(super) fn new(
        session: &ShellSession,
        text: &str,
        script: InputScript<'a>,
        live: &'a mut (dyn FnMut(&[u8]) + Send),
    ) -> Self {
        let screen = Screen::new(session.columns, session.rows);
        let text = framed(text, session.turn);
        Self { screen, live, begun: false, late: false, text, fed: 0, script }
    }

    /// Removes the text for the FIFO.
    pub(super) fn without_text(mut self) -> Self {
        self.text.clear();
        self
    }

    fn show(&mut self, bytes: &[u8]) {
        if self.begun && !self.late {
            self.screen.feed(bytes);
            self.script.see(bytes);
            (self.live)(bytes);
        }
    }
}

impl ShellSession {
    /// Waits for the first prompt, which ends turn 0.
    pub(super) async fn wait_ready(&mut self) -> Result<(), SessionError> {
        let mut ignore = |_: &[u8]| {};
        let mut job = RunningCommand::new(self, "", InputScript::new(None), &mut ignore).without_text();
        job.begun = true;
        if let StopReason::Status(_) = self.advance(&mut job, Instant::now() + START).await? {
            self.shell = self.bash.foreground();
            self.ready = true;
            return Ok(());
        }
        self.end_all().await;
        let (lines, _) = job.screen.finish();
        Err(SessionError::NotReady { output: lines.join("\n") })
    }

    /// Runs a command, and ends the command at the time limit. Calls `live` with the bytes of the output as soon as
    /// they arrive.
    ///
    /// If the future is dropped, later commands fail with [`SessionError::Gone`]. The session must still be closed.
    pub async fn run(
        &mut self,
        input: TypedCommand<'_>,
        limit: Duration,
        live: &mut (dyn FnMut(&[u8]) + Send),
    ) -> Result<CommandOutput, SessionError> {
        if !mem::take(&mut self.ready) {
            return Err(SessionError::Gone);
        }
        let start = Instant::now();
        self.turn += 1;
        let mut job = RunningCommand::new(self, input.text, InputScript::new(Some(input)), live);
        let ended = match self.command(&mut job, start + limit).await {
            Ok(stop) => stop,
            Err(error) => {
                self.end_all().await;
                return Err(error.into());
            }
        };
        let elapsed = start.elapsed();
        let waits = matches!(ended, StopReason::Time | StopReason::Waits).then(|| self.waits_behind(&job)).flatten();
        let (lines, cut) = mem::replace(&mut job.screen, Screen::new(1, 1)).finish();
        let end = match ended {
            StopReason::Status(status) => {
                self.ready = !job.script.pressed_keys() || self.sync().await;
                CommandEnd::Status(status)
            }
            StopReason::Exited(status) => CommandEnd::ShellExited(status),
            StopReason::Time => {
                job.late = true;
                debug!(?limit, waits_for = ?job.script.awaited(), "time limit is reached");
                self.ready = self.interrupt(&mut job).await? && self.sync().await;
                CommandEnd::TimedOut { recovered: self.ready }
            }
            StopReason::Waits => {
                job.late = true;
                self.ready = self.leave(&mut job).await? && self.sync().await;
                CommandEnd::Aborted { recovered: self.ready }
            }
        };
        if !self.ready {
            self.end_all().await;
        }
        Ok(CommandOutput { lines, cut, end, elapsed, inputs_sent: job.script.sent, waits })
    }

    async fn command(&mut self, job: &mut RunningCommand<'_>, until: Instant) -> io::Result<StopReason> {
        self.restore_terminal()?;
        self.drain_texts();
        self.feed_text(job)?;
        self.write(LINE.as_bytes()).await?;
        self.advance(job, until).await
    }

    /// Runs an empty command after an interrupt, so that a late signal hits the empty command and not the next command.
    async fn sync(&mut self) -> bool {
        for _ in 0..2 {
            self.turn += 1;
            let mut ignore = |_: &[u8]| {};
            let mut job = RunningCommand::new(self, "", InputScript::new(None), &mut ignore);
            match self.command(&mut job, Instant::now() + SYNC).await {
                Ok(StopReason::Status(_)) => return true,
                Ok(StopReason::Time | StopReason::Waits) => {}
                Ok(StopReason::Exited(_)) | Err(_) => return false,
            }
        }
        false
    }

    /// Types `bytes` into the terminal.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        timeout(WRITE, self.bash.pty.write_all(bytes)).await.map_err(io::Error::from)?
    }

    /// Writes as much of the text as the FIFO takes.
    fn feed_text(&mut self, job: &mut RunningCommand<'_>) -> io::Result<()> {
        while job.fed < job.text.len() {
            match rustix::io::write(&self.feed, &job.text[job.fed..]) {
                Ok(length) => job.fed += length,
                Err(rustix::io::Errno::AGAIN) => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Empties the FIFO, in which an interrupted shell may have left text.
    fn drain_texts(&mut self) {
        while rustix::io::read(&self.bash.input.reader, &mut self.buffer[..]).is_ok_and(|length| length > 0) {}
    }

    /// Reads output and types inputs until the command of this turn ends, or until the time `until`.
    pub(super) async fn advance(&mut self, job: &mut RunningCommand<'_>, until: Instant) -> io::Result<StopReason> {
        let time = sleep_until(until);
        tokio::pin!(time);
        let begun = Instant::now();
        let mut news = enabled!(Level::DEBUG).then(|| begun + LOG_AFTER);
        let mut awaited = None;
        loop {
            if let Some(status) = self.digest(job) {
                return Ok(StopReason::Status(status));
            }
            let mut pause = None;
            if job.begun && !job.late && job.script.listens() {
                if job.script.has_more() && self.read_now() && !job.script.is_overdue() && Instant::now() < until {
                    continue;
                }
                let group = self.bash.foreground();
                let next = job.script.look(&job.screen, group != self.shell, || self.reader());
                if !matches!(next, ScriptAction::Type(_)) && job.script.has_more() && awaited != Some(job.script.sent) {
                    awaited = Some(job.script.sent);
                    debug!(cue = job.script.sent, waits_for = ?job.script.awaited(), "waits to type");
                }
                match next {
                    ScriptAction::Rest => {}
                    ScriptAction::End => return Ok(StopReason::Waits),
                    ScriptAction::LookAt(at) => pause = Some(at),
                    ScriptAction::Type(bytes) => {
                        debug!(cue = job.script.sent - 1, after = ?begun.elapsed(), "typed");
                        self.write(&bytes).await?;
                        continue;
                    }
                }
            }
            tokio::select! {
                biased;
                () = &mut time => return Ok(StopReason::Time),
                read = self.bash.pty.read(&mut self.buffer) => match read {
                    Ok(length) if length > 0 => self.bash.marks.push(&self.buffer[..length]),
                    // Linux reports EIO when the last process has closed the terminal.
                    _ => return self.exited(job).await,
                },
                _ = self.bash.child.wait() => return self.exited(job).await,
                writable = self.feed.writable(), if job.fed < job.text.len() => {
                    writable?;
                    self.feed_text(job)?;
                },
                () = sleep_until(pause.unwrap_or(until)), if pause.is_some() => {}
                () = sleep_until(news.unwrap_or(until)), if news.is_some() => {
                    debug!(since = ?begun.elapsed(), begun = job.begun, waits_for = ?job.script.awaited(), "still runs");
                    news = Some(Instant::now() + begun.elapsed());
                }
            }
        }
    }

    /// Finds out whether and how a program reads from the terminal.
    fn reader(&self) -> TerminalReader {
        self.bash.foreground().map_or(TerminalReader::Unknown, |group| {
            terminal_reader::find_reader(group.as_raw_nonzero().get(), self.is_by_line())
        })
    }

    /// Whether the terminal delivers whole lines to programs.
    pub(super) fn is_by_line(&self) -> bool {
        termios::tcgetattr(self.bash.pty.as_fd()).is_ok_and(|modes| modes.local_modes.contains(LocalModes::ICANON))
    }

    /// Returns the text before the cursor, if a program reads from the terminal.
    fn waits_behind(&self, job: &RunningCommand<'_>) -> Option<String> {
        let before = Some(job.screen.caret()).filter(|caret| caret.last)?.before;
        (!before.trim().is_empty() && matches!(self.reader(), TerminalReader::Line | TerminalReader::Keys))
            .then_some(before)
    }

    /// Removes the marks from the bytes that were read, and shows the rest. Returns the command's status if the command
    /// has ended.
    fn digest(&mut self, job: &mut RunningCommand<'_>) -> Option<i32> {
        while let Some(piece) = self.bash.marks.next() {
            match piece {
                Piece::Text(length) => job.show(self.bash.marks.text(length)),
                Piece::Begin(turn) if turn == self.turn => job.begun = true,
                Piece::End(turn, status) if turn == self.turn => return Some(status),
                Piece::Begin(_) | Piece::End(..) | Piece::Prompt | Piece::Pause => {}
            }
        }
        None
    }

    /// Reads without waiting. Returns whether something was read.
    fn read_now(&mut self) -> bool {
        match rustix::io::read(self.bash.pty.as_fd(), &mut self.buffer[..]) {
            Ok(length) if length > 0 => {
                self.bash.marks.push(&self.buffer[..length]);
                true
            }
            _ => false,
        }
    }

    /// Shows the last output of a shell that has ended, and returns the exit status of the shell.
    async fn exited(&mut self, job: &mut RunningCommand<'_>) -> io::Result<StopReason> {
        let deadline = Instant::now() + LAST_WORDS;
        while let Ok(Ok(length)) = tokio::time::timeout_at(deadline, self.bash.pty.read(&mut self.buffer)).await {
            if length == 0 {
                break;
            }
            self.bash.marks.push(&self.buffer[..length]);
            self.digest(job);
        }
        job.show(self.bash.marks.rest());
        let status = timeout(WRITE, self.bash.child.wait()).await;
        Ok(StopReason::Exited(status.ok().transpose()?.and_then(|status| status.code())))
    }
}
