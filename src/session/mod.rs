//! Runs one command after another in a bash in a pseudo-terminal. A [`Screen`](crate::transcript::Screen) shows the
//! output.
//!
//! The shell gets a command's text through a FIFO, because the terminal cuts lines at 4095 bytes. Marks with a secret
//! in the terminal's output show where the output of a command begins and ends. Inputs for a running command
//! ([`ScriptedInput`]) go through the terminal, as a person's typing does.

mod bash;
mod command;
mod expect;
mod fifo;
mod marks;
mod members;
mod shell;
mod terminal_reader;
mod termination;
mod tutored_shell;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

pub use expect::{Keystrokes, ScriptedInput, WaitingProgram, is_prompt};
pub use shell::ShellSession;
pub use terminal_reader::TerminalReader;
pub use tutored_shell::{CommandReport, EndSignal, ShellEvent, TutoredShell, TutoredShellSpec};

/// The settings of a shell.
#[derive(Debug, Clone)]
pub struct ShellSpec {
    /// The width of the terminal.
    pub columns: u16,
    /// The height of the terminal.
    pub rows: u16,
    /// The working directory.
    pub dir: PathBuf,
    /// All environment variables. The shell inherits no others.
    pub env: Vec<(String, String)>,
    /// A command that enters namespaces and starts the shell there: `nsenter …`. May be empty.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process in the shell's namespaces. The terminal is opened in these namespaces.
    pub namespaces: Option<PathBuf>,
    /// A folder for the shell's FIFOs. The path of this folder must be short.
    pub scratch: PathBuf,
}

/// A command and the inputs that are typed while it runs.
#[derive(Clone, Copy)]
pub struct TypedCommand<'a> {
    /// The command, of one or more lines.
    pub text: &'a str,
    /// The inputs, in order.
    pub script: &'a [ScriptedInput],
    /// Whether the expected output before the input with this number has been printed. The function gets the lines
    /// above the input's prompt, or all lines if the input has no prompt.
    pub is_ready: &'a (dyn Fn(usize, &[String]) -> bool + Sync),
    /// The quiet time after which the session types the line for a shown prompt, even if the expected output before the
    /// prompt is missing. With `None`, only [`WaitAction::SendNext`] types the line in this case.
    pub timeout: Option<Duration>,
    /// Decides about a program that seems to wait for input that the script does not have. [`WaitAction::wait`] is a
    /// reply that always keeps waiting.
    pub reply: &'a (dyn Fn(&WaitingProgram<'_>) -> WaitAction + Sync),
}

/// The action for a program that seems to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitAction {
    /// Type this line, with Enter.
    Line(String),
    /// Type the next input, because its prompt is shown and the expected lines before the prompt can no longer come.
    SendNext,
    /// Keep waiting.
    Wait,
    /// End the command.
    End,
}

impl WaitAction {
    /// Returns [`WaitAction::Wait`] for every program.
    #[must_use]
    pub const fn wait(_: &WaitingProgram<'_>) -> Self {
        Self::Wait
    }
}

impl CommandOutput {
    /// Returns the exit status of the command, or of the shell if the command ended the shell.
    #[must_use]
    pub const fn status(&self) -> Option<i32> {
        match self.end {
            CommandEnd::Status(status) => Some(status),
            CommandEnd::ShellExited(status) => status,
            CommandEnd::TimedOut { .. } | CommandEnd::Aborted { .. } => None,
        }
    }
}

impl CommandEnd {
    /// Whether the shell is gone, so that a new shell is needed.
    #[must_use]
    pub const fn has_lost_shell(self) -> bool {
        matches!(self, Self::ShellExited(_) | Self::TimedOut { recovered: false } | Self::Aborted { recovered: false })
    }
}

impl<'a> TypedCommand<'a> {
    /// Creates a command without inputs.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, script: &[], is_ready: &|_, _| true, timeout: None, reply: &WaitAction::wait }
    }
}

/// The output of a command, and how the command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOutput {
    /// The lines of the screen, with the typed inputs. Wrapped lines are joined. Spaces at line ends and blank lines at
    /// the end are removed.
    pub lines: Vec<String>,
    /// Whether the output was so long that only its first and last parts were kept.
    pub cut: bool,
    /// How the command ended.
    pub end: CommandEnd,
    /// The duration of the run.
    pub elapsed: Duration,
    /// The number of inputs that were typed.
    pub inputs_sent: usize,
    /// The text before the cursor, if the command was ended while a program read from the terminal.
    pub waits: Option<String>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandEnd {
    /// The command ended by itself, with this exit status.
    Status(i32),
    /// The shell itself ended, with this status or by a signal. A new shell is needed.
    ShellExited(Option<i32>),
    /// The command reached the time limit. If the command could not be interrupted, the shell was ended, and a new
    /// shell is needed.
    TimedOut {
        /// Whether the shell can run another command.
        recovered: bool,
    },
    /// The command was ended ([`WaitAction::End`]) because the command waited for input that the script does not have,
    /// or because the command never ends by itself.
    Aborted {
        /// Whether the shell can run another command.
        recovered: bool,
    },
}

/// The reason why a shell cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The pseudo-terminal or a FIFO could not be created.
    #[error("cannot set up a terminal in {}", scratch.display())]
    SetUp {
        /// The folder for FIFOs.
        scratch: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The program could not be started.
    #[error("cannot start {program}")]
    Start {
        /// The first program of the command line.
        program: String,
        /// The system's error.
        source: io::Error,
    },
    /// The shell started, but did not become ready for commands.
    #[error("the shell did not become ready: {output}")]
    NotReady {
        /// The output of the shell, not yet sanitised.
        output: String,
    },
    /// The terminal failed.
    #[error("the shell's terminal failed")]
    Terminal(#[from] io::Error),
    /// The shell has ended, or a command in it was abandoned.
    #[error("the shell has ended")]
    Gone,
}
