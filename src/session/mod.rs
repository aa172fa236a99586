//! The shell under a pseudo-terminal: one bash that stays, from whose bytes a [`Screen`](crate::transcript::Screen) is drawn.
//!
//! A command's text goes to the shell through a FIFO, never through the terminal (which cuts at 4095 bytes); its begin
//! and end are marks in the terminal's stream that carry a secret. What is typed while it runs ([`Cue`]) goes through
//! the terminal, as a person's typing does.

mod bash;
mod cues;
mod drive;
mod ending;
mod fifo;
mod marks;
mod members;
mod reading;
mod shell;
mod tutored;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

pub use cues::{Cue, Send, Waiting, is_prompt};
pub use reading::Reader;
pub use shell::Session;
pub use tutored::{Report, Said, Tutored, TutoredSpec};

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
pub struct Input<'a> {
    /// The command, of one or more lines.
    pub text: &'a str,
    /// What is typed, in order.
    pub cues: &'a [Cue],
    /// Whether what must come before the cue of this number has come: it is given the lines above the prompt, or for
    /// a cue without prompt all lines.
    pub come: &'a (dyn Fn(usize, &[String]) -> bool + Sync),
    /// How long a prompt may stand last and nothing come, till its line is typed though what must come before has not.
    pub patience: Option<Duration>,
    /// What to do about a program that seems to wait for what no cue says; [`Reply::wait`] where nobody knows.
    pub reply: &'a (dyn Fn(&Waiting<'_>) -> Reply + Sync),
}

/// What to do when a program seems to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Type this line, with Enter.
    Line(String),
    /// Type the next cue: its prompt stands there, and what should come before it never will.
    Cue,
    /// Wait on.
    Wait,
    /// Nothing more is to come: end the command.
    End,
}

impl Reply {
    /// Always waits on.
    #[must_use]
    pub const fn wait(_: &Waiting<'_>) -> Self {
        Self::Wait
    }
}

impl<'a> Input<'a> {
    /// A command at which nothing is typed.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Self { text, cues: &[], come: &|_, _| true, patience: None, reply: &Reply::wait }
    }
}

/// How a command went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// What a person sees: unwrapped, right-trimmed, without blank lines at the end, with what was typed.
    pub lines: Vec<String>,
    /// There was so much that only the first and the last part were kept.
    pub cut: bool,
    /// How it ended.
    pub end: End,
    /// How long it took.
    pub elapsed: Duration,
    /// How many of the cues were typed.
    pub cues_sent: usize,
    /// What stood before the cursor, in its line, when it was ended while a program read from the terminal.
    pub waits: Option<String>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
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
    /// It waited for what nobody types, or never ends, and was ended before its limit ([`Reply::End`]).
    Ended {
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
