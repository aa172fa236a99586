//! Starts the shell for a lesson's commands, with its terminal, its FIFOs and its start-up file.

use std::io;
use std::os::fd::AsFd;
use std::path::Path;

use pty_process::Size;
use rustix::process::Pid;
use rustix::termios::{self, OptionalActions};
use tokio::net::unix::pipe;
use tokio::time::Instant;
use tracing::debug;

use super::bash::{self, Bash};
use super::marks;
use super::{SessionError, ShellSpec};

/// A bash that runs one command after another.
pub struct ShellSession {
    pub(super) columns: u16,
    pub(super) rows: u16,
    pub(super) bash: Bash,
    /// Bash's process group.
    pub(super) shell: Option<Pid>,
    /// The writing end of the FIFO for the texts of commands.
    pub(super) feed: pipe::Sender,
    /// The number of the current command.
    pub(super) turn: u64,
    /// Whether no command is running and no command was abandoned.
    pub(super) ready: bool,
    pub(super) buffer: Vec<u8>,
}

impl ShellSession {
    /// Starts a shell, and waits until the shell is ready.
    pub async fn start(spec: ShellSpec) -> Result<Self, SessionError> {
        let begun = Instant::now();
        let set_up = |source| SessionError::SetUp { scratch: spec.scratch.clone(), source };
        let bash = bash::start(&spec, &["--noediting"], startup_file)?;
        let feed = bash.input.writer.try_clone().and_then(pipe::Sender::from_owned_fd).map_err(set_up)?;
        let mut session = Self {
            columns: spec.columns,
            rows: spec.rows,
            bash,
            shell: None,
            feed,
            turn: 0,
            ready: false,
            buffer: vec![0; 64 << 10],
        };
        session.wait_ready().await?;
        debug!(took = ?begun.elapsed(), "shell is ready");
        session.bash.remove_startup_file();
        Ok(session)
    }

    /// Restores the terminal's modes and size, which the last command may have changed.
    pub(super) fn restore_terminal(&self) -> io::Result<()> {
        termios::tcsetattr(self.bash.pty.as_fd(), OptionalActions::Now, &self.bash.modes)?;
        let size = termios::tcgetwinsize(self.bash.pty.as_fd())?;
        if (size.ws_row, size.ws_col) != (self.rows, self.columns) {
            self.bash.pty.resize(Size::new(self.rows, self.columns)).map_err(io::Error::other)?;
        }
        Ok(())
    }
}

/// The line that the session types for each command. The shell takes the command's text from the FIFO and evaluates the
/// text at top level. So `declare`, `return`, `$?` and errors work as if the text had been typed. The redirections hide
/// Dermaga's own functions from `set -x`.
pub(super) const LINE: &str =
    "{ \\__dermaga_take; } 2>/dev/null; \\eval \"$__dermaga_text\"; { \\__dermaga_arm; } 2>/dev/null\n";

/// The line that restores Dermaga's marks after a command has removed these marks.
pub(super) const ARM: &str = "{ \\__dermaga_arm; } 2>/dev/null\n";

/// Puts the begin mark before a command's text. The shell evaluates the mark and the text together, so that a trace of
/// the evaluation comes before the mark.
pub(super) fn framed(text: &str, turn: u64) -> Vec<u8> {
    let mut framed = format!("{{ \\__dermaga_begin {turn}; }} 2>/dev/null\n").into_bytes();
    framed.extend(text.bytes().filter(|&byte| byte != 0));
    framed.push(0);
    framed
}

/// Returns bash's start-up file. The shell writes marks directly to the terminal, so that no mark is lost after
/// `exec >file` in a lesson. The shell opens FIFOs for each use, so that no program inherits them. A `^D` that comes too late
/// does not end the shell.
fn startup_file(secret: &str, texts: &Path, _reports: &Path) -> String {
    include_str!("startup.sh")
        .replace("@OPENING@", &marks::opening(secret).replace('\x1b', "\\e"))
        .replace("@TEXTS@", &quoted(texts))
}

pub(super) fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
