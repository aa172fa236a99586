//! The learner's shell: an interactive bash whose marks show when the shell is at its prompt and how a command ended.
//!
//! After a command, the shell waits for the tutor before it shows the next prompt, so that the tutor's messages never
//! mix with typed text. The module [`start_up`] creates the shell's start-up file.

mod start_up;

use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use pty_process::Size;
use rustix::process::{Pid, Signal, kill_process_group};
use rustix::termios::{self, LocalModes};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::pipe;
use tokio::time::timeout;

use super::bash::{self, Bash, POLITE};
use super::marks::Piece;
use super::{SessionError, ShellSpec};
use crate::platform;

/// The shell's status after Ctrl-C at its prompt.
const CANCELLED: i32 = 130;

/// The settings of a learner's shell.
#[derive(Debug, Clone)]
pub struct TutoredShellSpec {
    /// The settings that every shell has. The size is the size of the learner's terminal.
    pub shell: ShellSpec,
    /// The file that keeps the shell's history from one session to the next.
    pub history: Option<PathBuf>,
    /// The names of the tutor commands. Each name becomes a shell function, unless a program has the same name.
    pub words: Vec<String>,
    /// Programs, each with a note. The shell prints the note if the program is run without arguments.
    pub notes: Vec<(String, String)>,
}

/// A report about a command that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandReport {
    /// The exit status.
    pub status: i32,
    /// The shell's working directory.
    pub dir: String,
    /// The typed line, if the history has it. `None` after an empty line, a tutor command or `^C` at the prompt.
    pub command: Option<String>,
    /// The tutor command with its arguments, if the learner typed a tutor command.
    pub word: Option<String>,
    /// Whether a command ran.
    pub ran: bool,
}

/// An event of the learner's shell.
#[derive(Debug, PartialEq, Eq)]
pub enum ShellEvent {
    /// Bytes for the terminal.
    Output(Vec<u8>),
    /// A command begins.
    CommandStarted,
    /// A command ended, or the shell read a line without a command. The shell waits for [`TutoredShell::release`].
    CommandEnded(CommandReport),
    /// The shell shows its prompt and reads.
    Prompt,
    /// The shell has hidden its line after [`TutoredShell::pause`], and waits for [`TutoredShell::release`].
    Paused,
    /// The shell has ended, with this status or by a signal.
    Exited(Option<i32>),
}

/// The signal that ends a program in the foreground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndSignal {
    /// `SIGTERM`, which the program may ignore.
    Ask,
    /// `SIGKILL`, which the program cannot ignore.
    Kill,
}

/// An interactive bash for a learner.
pub struct TutoredShell {
    bash: Bash,
    reports: pipe::Receiver,
    /// Keys that the terminal has not taken yet.
    typed: Vec<u8>,
    /// The bytes of the next report that were read so far.
    report: Vec<u8>,
    /// Whether the mark of a command's end was read, but the report about the command was not.
    due: bool,
    /// Whether a command has begun since the last end.
    begun: bool,
    /// The process group that last got `SIGTERM`.
    asked: Option<Pid>,
    /// The number of the last command in the shell's history.
    number: Option<u64>,
    buffer: Vec<u8>,
}

impl TutoredShell {
    /// Starts a shell. The first event of the shell is [`ShellEvent::CommandEnded`], without a command.
    pub fn start(spec: &TutoredShellSpec) -> Result<Self, SessionError> {
        let set_up = |source| SessionError::SetUp { scratch: spec.shell.scratch.clone(), source };
        let startup = |secret: &str, go: &Path, reports: &Path| start_up::file(secret, go, reports, spec);
        let bash = bash::start(&spec.shell, &[], startup)?;
        let reports = bash.reports.reader.try_clone().and_then(pipe::Receiver::from_owned_fd).map_err(set_up)?;
        Ok(Self {
            bash,
            reports,
            typed: Vec::new(),
            report: Vec::new(),
            due: false,
            begun: false,
            asked: None,
            number: None,
            buffer: vec![0; 64 << 10],
        })
    }

    /// Waits for the next event, and types the bytes from [`write`](Self::write). If `read` is false, does not read the
    /// shell's output. Dropping the future loses nothing.
    pub async fn next(&mut self, read: bool) -> ShellEvent {
        loop {
            if self.due {
                if let Some(report) = self.take_report() {
                    self.due = false;
                    return ShellEvent::CommandEnded(report);
                }
            } else if read && let Some(said) = self.digest() {
                return said;
            }
            let mut some = [0; 4096];
            let (mut output, mut keys) = self.bash.pty.split();
            tokio::select! {
                biased;
                got = self.reports.read(&mut some) => {
                    self.report.extend_from_slice(&some[..got.unwrap_or(0)]);
                }
                typed = keys.write(&self.typed), if !self.due && !self.typed.is_empty() => match typed {
                    Ok(length) => drop(self.typed.drain(..length)),
                    Err(_) => return self.exited().await,
                },
                got = output.read(&mut self.buffer), if !self.due && read => match got {
                    Ok(length) if length > 0 => self.bash.marks.push(&self.buffer[..length]),
                    // Linux reports EIO when the last process has closed the terminal.
                    _ => return self.exited().await,
                },
                status = self.bash.child.wait() => {
                    // The terminal still has the last output of the shell.
                    while let Ok(length @ 1..) = rustix::io::read(self.bash.pty.as_fd(), &mut self.buffer[..]) {
                        self.bash.marks.push(&self.buffer[..length]);
                        if let Some(said @ ShellEvent::Output(_)) = self.digest() {
                            return said;
                        }
                    }
                    return ShellEvent::Exited(status.ok().and_then(|status| status.code()));
                }
            }
        }
    }

    /// Removes the marks from the bytes that were read, and returns the next event.
    fn digest(&mut self) -> Option<ShellEvent> {
        Some(match self.bash.marks.next()? {
            Piece::Text(length) => ShellEvent::Output(self.bash.marks.text(length).to_vec()),
            Piece::Begin(_) => {
                self.begun = true;
                self.asked = None;
                ShellEvent::CommandStarted
            }
            Piece::Prompt => ShellEvent::Prompt,
            Piece::Pause => ShellEvent::Paused,
            Piece::End(..) => {
                self.due = true;
                let report = self.take_report()?;
                self.due = false;
                ShellEvent::CommandEnded(report)
            }
        })
    }

    /// Returns the next report, if the whole report was read.
    fn take_report(&mut self) -> Option<CommandReport> {
        let ends: Vec<usize> = memchr::memchr_iter(0, &self.report).take(4).collect();
        let &[status, dir, word, command] = ends.as_slice() else { return None };
        let text = |from: usize, to: usize| String::from_utf8_lossy(&self.report[from..to]).into_owned();
        let word = Some(text(dir + 1, word)).filter(|word| !word.is_empty());
        let (number, text_of) = numbered(&text(ends[2] + 1, command));
        let (status, dir) = (text(0, status).parse().unwrap_or_default(), text(status + 1, dir));
        self.report.drain(..=command);
        let begun = std::mem::take(&mut self.begun);
        let ran = begun && word.is_none();
        // The first report has the last entry of the history from an earlier session.
        let is_new = self.number.is_some() && number != self.number;
        self.number = Some(number.unwrap_or_default());
        // After Ctrl-C at an unfinished line, the history has the beginning of that line.
        let is_cancelled = !begun && status == CANCELLED;
        let command =
            (is_new && word.is_none() && !is_cancelled).then_some(text_of).filter(|text| !text.trim().is_empty());
        Some(CommandReport { status, dir, ran: ran || command.is_some(), command, word })
    }

    async fn exited(&mut self) -> ShellEvent {
        let status = timeout(POLITE, self.bash.child.wait()).await;
        ShellEvent::Exited(status.ok().and_then(Result::ok).and_then(|status| status.code()))
    }

    /// Types these bytes, as a keyboard does. The bytes are sent while [`next`](Self::next) is awaited, as soon as the
    /// terminal accepts them.
    pub fn write(&mut self, bytes: &[u8]) {
        self.typed.extend_from_slice(bytes);
    }

    /// Lets the shell run `code` and then show its prompt or its line again.
    pub fn release(&mut self, code: &str) {
        let mut text = code.as_bytes().to_vec();
        text.push(0);
        // The FIFO is empty, because the shell has read all earlier code.
        let _ = rustix::io::write(&self.bash.input.writer, &text);
    }

    /// Asks a shell at its prompt to hide its line, so that the tutor can print. [`ShellEvent::Paused`] follows.
    pub fn pause(&mut self) {
        self.write(start_up::PAUSE_KEYS);
    }

    /// Whether the terminal turns `^C` into a signal and then discards its pending output.
    #[must_use]
    pub fn passes_interrupts(&self) -> bool {
        termios::tcgetattr(self.bash.pty.as_fd()).is_ok_and(|modes| {
            modes.local_modes.contains(LocalModes::ISIG) && !modes.local_modes.contains(LocalModes::NOFLSH)
        })
    }

    /// Sets the size of the terminal.
    pub fn resize(&self, columns: u16, rows: u16) {
        let _ = self.bash.pty.resize(Size::new(rows, columns));
    }

    /// Ends the program in the foreground, if it is not the shell itself. Sends `SIGTERM` the first time and `SIGKILL`
    /// the second time, because `docker run` passes `SIGTERM` on to a program that may ignore this signal.
    pub fn end_foreground(&mut self) -> Option<EndSignal> {
        let group = self.bash.foreground().filter(|group| Some(*group) != self.bash.leader)?;
        if !self.begun {
            return None;
        }
        let again = self.asked.replace(group) == Some(group);
        let (end, signal) = if again { (EndSignal::Kill, Signal::KILL) } else { (EndSignal::Ask, Signal::TERM) };
        let _ = kill_process_group(group, signal);
        let _ = kill_process_group(group, Signal::CONT);
        Some(end)
    }

    /// Returns the command line of the program in the foreground, if it is not the shell itself.
    #[must_use]
    pub fn foreground_words(&self) -> Option<Vec<String>> {
        let group = self.bash.foreground().filter(|group| Some(*group) != self.bash.leader)?;
        platform::command_line(group.as_raw_pid()).filter(|words| !words.is_empty())
    }

    /// Ends the shell and every process that was started in the shell, even a process that has left the terminal.
    pub async fn close(mut self) {
        if let Some(leader) = self.bash.leader {
            let _ = kill_process_group(leader, Signal::HUP);
        }
        self.bash.end(None).await;
    }
}

static_patterns! {
    /// An entry as `history 1` prints it: `  42  docker ps`. A star marks an entry that was edited.
    static ENTRY = r"(?s)^\s*(\d*)[* ]? *(.*?)\n*$";
}

/// Returns the number and the text of an entry of the history.
fn numbered(text: &str) -> (Option<u64>, String) {
    let entry = ENTRY.captures(text);
    entry.map(|entry| (entry[1].parse().ok(), entry[2].to_owned())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_entry_is_parsed_into_its_number_and_text() {
        assert_eq!(numbered("  501  docker ps\n"), (Some(501), "docker ps".into()));
        assert_eq!(numbered("    7* echo 'a\n  b'\n"), (Some(7), "echo 'a\n  b'".into()));
        assert_eq!(numbered(""), (None, String::new()));
        assert_eq!(numbered("  1  2 apel"), (Some(1), "2 apel".into()));
    }
}
