//! A bash in a pseudo-terminal that runs one command after another. A [`Screen`](crate::transcript::Screen) shows its output.
//!
//! A command's text goes to the shell through a FIFO, for the terminal cuts lines at 4095 bytes. Marks with a secret in the
//! terminal's output show where the output of a command begins and ends. What is typed while it runs ([`ScriptedInput`]) goes through
//! the terminal, as a person's typing does.

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

/// How a shell is started.
#[derive(Debug, Clone)]
pub struct ShellSpec {
    /// Width of the terminal.
    pub columns: u16,
    /// Height of the terminal.
    pub rows: u16,
    /// The working directory.
    pub dir: PathBuf,
    /// All environment variables; nothing else is inherited.
    pub env: Vec<(String, String)>,
    /// A command that enters namespaces (`nsenter …`) and runs what follows; may be empty.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process in those namespaces. The terminal is made there.
    pub namespaces: Option<PathBuf>,
    /// A folder for the shell's FIFOs; its path must be short.
    pub scratch: PathBuf,
}

/// A command and the inputs that are typed while it runs.
#[derive(Clone, Copy)]
pub struct TypedCommand<'a> {
    /// The command, of one or more lines.
    pub text: &'a str,
    /// The inputs, in order.
    pub script: &'a [ScriptedInput],
    /// Whether what must come before the cue of this number has come: it is given the lines above the prompt, or for
    /// a cue without prompt all lines.
    pub is_ready: &'a (dyn Fn(usize, &[String]) -> bool + Sync),
    /// How long a prompt may stand last and nothing come, till its line is typed though what must come before has not.
    pub timeout: Option<Duration>,
    /// What to do about a program that seems to wait for input that the script does not have; [`WaitAction::wait`] if nobody knows.
    pub reply: &'a (dyn Fn(&WaitingProgram<'_>) -> WaitAction + Sync),
}

/// What to do about a program that seems to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitAction {
    /// Type this line, with Enter.
    Line(String),
    /// Type the next input: its prompt is shown, and the lines that should come before it never will.
    SendNext,
    /// Keep waiting.
    Wait,
    /// End the command.
    End,
}

impl WaitAction {
    /// Always keeps waiting.
    #[must_use]
    pub const fn wait(_: &WaitingProgram<'_>) -> Self {
        Self::Wait
    }
}

impl CommandOutput {
    /// The exit status of the command, or of the shell if the command ended that.
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
    /// Whether the shell is gone and a new one is needed.
    #[must_use]
    pub const fn has_lost_shell(self) -> bool {
        matches!(self, Self::ShellExited(_) | Self::TimedOut { recovered: false } | Self::Aborted { recovered: false })
    }
}

impl<'a> TypedCommand<'a> {
    /// A command without inputs.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, script: &[], is_ready: &|_, _| true, timeout: None, reply: &WaitAction::wait }
    }
}

/// What a command printed, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOutput {
    /// The lines of the screen, with the typed inputs: unwrapped, without spaces at their ends or blank lines at the end.
    pub lines: Vec<String>,
    /// Whether the output was so long that only its first and last parts were kept.
    pub cut: bool,
    /// How it ended.
    pub end: CommandEnd,
    /// The time it took.
    pub elapsed: Duration,
    /// The number of inputs that were typed.
    pub inputs_sent: usize,
    /// The text before the cursor, if the command was ended while a program read from the terminal.
    pub waits: Option<String>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandEnd {
    /// By itself, with this exit status.
    Status(i32),
    /// The shell itself ended, with this status or by a signal. A new shell is needed.
    ShellExited(Option<i32>),
    /// It reached the time limit. If it could not be interrupted, the shell was ended and a new one is needed.
    TimedOut {
        /// Whether the shell can run another command.
        recovered: bool,
    },
    /// It waited for input that the script does not have, or never ends by itself, and was ended ([`WaitAction::End`]).
    Aborted {
        /// Whether the shell can run another command.
        recovered: bool,
    },
}

/// Why a shell cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No pseudo-terminal or no FIFO could be made.
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
    /// The shell started and did not become ready for commands.
    #[error("the shell did not become ready: {output}")]
    NotReady {
        /// What it printed, not yet sanitised.
        output: String,
    },
    /// The terminal failed.
    #[error("the shell's terminal failed")]
    Terminal(#[from] io::Error),
    /// The shell has ended, or a command in it was abandoned.
    #[error("the shell has ended")]
    Gone,
}
