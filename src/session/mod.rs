//! The shell under a pseudo-terminal: one bash that stays, from whose bytes a [`Screen`](crate::transcript::Screen) is drawn.
//!
//! A command's text goes to the shell through a FIFO, never through the terminal (which cuts at 4095 bytes); its begin
//! and end are marks in the terminal's stream that carry a secret. What is typed while it runs ([`ScriptedInput`]) goes through
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
pub use tutored_shell::{CommandReport, ShellEvent, TutoredShell, TutoredShellSpec};

/// What a shell is started with.
#[derive(Debug, Clone)]
pub struct ShellSpec {
    /// Width of the terminal.
    pub columns: u16,
    /// Height of the terminal.
    pub rows: u16,
    /// Where the shell starts.
    pub dir: PathBuf,
    /// Its whole environment; nothing else is inherited.
    pub env: Vec<(String, String)>,
    /// Program and arguments that enter another place (`nsenter …`) and run what follows; may be empty.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process in that place: the terminal is one of the place's own.
    pub room: Option<PathBuf>,
    /// A folder for the shell's FIFOs; its path must be short.
    pub scratch: PathBuf,
}

/// A command, and what is typed while it runs.
#[derive(Clone, Copy)]
pub struct TypedCommand<'a> {
    /// The command, of one or more lines.
    pub text: &'a str,
    /// What is typed, in order.
    pub script: &'a [ScriptedInput],
    /// Whether what must come before the cue of this number has come: it is given the lines above the prompt, or for
    /// a cue without prompt all lines.
    pub is_ready: &'a (dyn Fn(usize, &[String]) -> bool + Sync),
    /// How long a prompt may stand last and nothing come, till its line is typed though what must come before has not.
    pub timeout: Option<Duration>,
    /// What to do about a program that seems to wait for input that the script does not have; [`WaitAction::wait`] if nobody knows.
    pub reply: &'a (dyn Fn(&WaitingProgram<'_>) -> WaitAction + Sync),
}

/// What to do when a program seems to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitAction {
    /// Type this line, with Enter.
    Line(String),
    /// Type the next cue: its prompt stands there, and what should come before it never will.
    SendNext,
    /// Wait on.
    Wait,
    /// Nothing more is to come: end the command.
    End,
}

impl WaitAction {
    /// Always waits on.
    #[must_use]
    pub const fn wait(_: &WaitingProgram<'_>) -> Self {
        Self::Wait
    }
}

impl<'a> TypedCommand<'a> {
    /// A command at which nothing is typed.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, script: &[], is_ready: &|_, _| true, timeout: None, reply: &WaitAction::wait }
    }
}

/// How a command went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOutput {
    /// What a person sees: unwrapped, right-trimmed, without blank lines at the end, with what was typed.
    pub lines: Vec<String>,
    /// There was so much that only the first and the last part were kept.
    pub cut: bool,
    /// How it ended.
    pub end: CommandEnd,
    /// How long it took.
    pub elapsed: Duration,
    /// How many of the cues were typed.
    pub inputs_sent: usize,
    /// What stood before the cursor, in its line, when it was ended while a program read from the terminal.
    pub waits: Option<String>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandEnd {
    /// With this exit status.
    Status(i32),
    /// The shell itself ended, with this status or by a signal. A new session is needed.
    ShellExited(Option<i32>),
    /// It ran into the limit. If it could be stopped, the shell goes on; otherwise all was ended and a new session is
    /// needed.
    TimedOut {
        /// The shell goes on.
        recovered: bool,
    },
    /// It waited for what nobody types, or never ends, and was ended before its limit ([`WaitAction::End`]).
    Aborted {
        /// The shell goes on.
        recovered: bool,
    },
}

/// The shell cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No pseudo-terminal or no FIFO could be made.
    #[error("cannot set up a terminal in {}", scratch.display())]
    SetUp {
        /// The folder for FIFOs.
        scratch: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The program could not be started.
    #[error("cannot start {program}")]
    Start {
        /// The first program of the command line.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It started and never became ready for commands.
    #[error("the shell did not become ready: {output}")]
    NotReady {
        /// What it printed, not yet sanitised.
        output: String,
    },
    /// The terminal failed.
    #[error("the shell's terminal failed")]
    Terminal(#[from] io::Error),
    /// The shell has ended before, or a command of it was abandoned.
    #[error("the shell has ended")]
    Gone,
}
