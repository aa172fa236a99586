//! Starts a bash in a pseudo-terminal, and ends the bash with all of its processes.

use std::fs;
use std::io;
use std::os::fd::AsFd;
use std::path::Path;
use std::thread;
use std::time::Duration;

use pty_process::{Command, Pts, Pty, Size};
use rustix::process::{Pid, Signal};
use rustix::termios::{self, InputModes, OptionalActions, Termios};
use tempfile::TempDir;
use tokio::process::Child;
use tokio::runtime::Handle;
use tokio::time::timeout;
use tracing::debug;

use super::fifo::Fifo;
use super::marks::Marks;
use super::members::{self, MARKER, Member};
use super::{SessionError, ShellSpec};
use crate::{platform, signals};

/// The time limit for processes to end after `SIGTERM`, or by themselves.
pub(super) const POLITE: Duration = Duration::from_millis(300);
/// The time limit for processes to end after `SIGKILL`.
const KILLED: Duration = Duration::from_millis(500);
/// The maximum number of rounds in which remaining processes are killed. A process that forks without end leaves new
/// processes in each round.
const ROUNDS: usize = 20;

/// The name of the start-up file in a shell's folder.
const STARTUP: &str = "rc";

/// A started bash, with its terminal and its FIFOs.
pub(super) struct Bash {
    pub(super) pty: Pty,
    pub(super) child: Child,
    /// The first process of the session: bash, or a program that starts bash in other namespaces. This process leads
    /// the terminal's session.
    pub(super) leader: Option<Pid>,
    /// The terminal's modes at the start.
    pub(super) modes: Termios,
    pub(super) marks: Marks,
    /// The FIFO from which the shell reads.
    pub(super) input: Fifo,
    /// The FIFO to which the shell writes its reports.
    pub(super) reports: Fifo,
    /// The value of the environment variable [`MARKER`].
    token: String,
    /// The folder of this shell, in the scratch folder.
    folder: TempDir,
}

/// Starts a bash with these `options`. `startup` returns the text of bash's start-up file. The arguments of `startup`
/// are the secret of the marks and the paths of the two FIFOs.
pub(super) fn start(
    spec: &ShellSpec,
    options: &[&str],
    startup: impl FnOnce(&str, &Path, &Path) -> String,
) -> Result<Bash, SessionError> {
    let set_up = |source| SessionError::SetUp { scratch: spec.scratch.clone(), source };
    signals::reset_for_children().map_err(set_up)?;
    let (secret, token) = (random_hex().map_err(set_up)?, random_hex().map_err(set_up)?);
    fs::create_dir_all(&spec.scratch).map_err(set_up)?;
    let folder = tempfile::Builder::new().prefix("s").tempdir_in(&spec.scratch).map_err(set_up)?;
    let [input, reports, file] = ["i", "o", STARTUP].map(|name| folder.path().join(name));
    fs::write(&file, startup(&secret, &input, &reports)).map_err(set_up)?;
    let (input, reports) = (Fifo::make(&input).map_err(set_up)?, Fifo::make(&reports).map_err(set_up)?);
    let (pty, terminal) = open_terminal(spec.namespaces.as_deref()).map_err(set_up)?;
    let modes = sane_modes(&pty).map_err(set_up)?;
    pty.resize(Size::new(spec.rows, spec.columns)).map_err(|error| set_up(io::Error::other(error)))?;
    let bash = platform::bash().to_string_lossy().into_owned();
    let mut words = spec.enter.iter().map(String::as_str).chain([bash.as_str(), "--noprofile"]);
    let program = words.next().unwrap_or(&bash).to_owned();
    let command = Command::new(&program)
        .args(words)
        .args(options)
        .arg("--rcfile")
        .arg(&file)
        .arg("-i")
        .env_clear()
        .env("TERM", "xterm-256color")
        .envs(spec.env.iter().map(|(name, value)| (name, value)))
        .env(MARKER, &token)
        .current_dir(&spec.dir)
        .kill_on_drop(true);
    let child =
        command.spawn(terminal).map_err(|error| SessionError::Start { program, source: io::Error::other(error) })?;
    let leader = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    Ok(Bash { pty, child, leader, modes, marks: Marks::new(&secret), input, reports, token, folder })
}

impl Bash {
    /// Removes the start-up file, which the shell has read.
    pub(super) fn remove_startup_file(&self) {
        let _ = fs::remove_file(self.folder.path().join(STARTUP));
    }

    /// Returns all living processes of the session.
    pub(super) fn members(&self) -> Vec<Member> {
        members::find(self.leader, &self.token)
    }

    /// Returns the process group in the terminal's foreground.
    pub(super) fn foreground(&self) -> Option<Pid> {
        termios::tcgetpgrp(self.pty.as_fd()).ok()
    }

    /// Ends the shell and every process that was started in the shell, even a process that is stopped or has left the
    /// terminal. The other processes first get `SIGTERM`. Then the shell and all remaining processes get `SIGKILL`.
    /// `shell` is the process of bash, if bash is not the leader.
    pub(super) async fn end(&mut self, shell: Option<Pid>) {
        let is_shell = |member: &Member| [self.leader, shell].contains(&Some(member.pid));
        let (mut left, others): (Vec<Member>, Vec<Member>) = self.members().into_iter().partition(is_shell);
        debug!(left_over = others.len(), "shell is ended");
        if !others.is_empty() {
            for signal in [Signal::TERM, Signal::CONT] {
                members::signal(&others, signal);
            }
            let _ = timeout(POLITE, members::all_gone(others)).await;
        }
        for _ in 0..ROUNDS {
            members::signal(&left, Signal::KILL);
            let _ = timeout(KILLED, members::all_gone(left)).await;
            left = self.members();
            if left.is_empty() {
                break;
            }
        }
        let _ = timeout(KILLED, self.child.wait()).await;
    }
}

impl Drop for Bash {
    /// Kills the processes of a session that was not ended.
    fn drop(&mut self) {
        for _ in 0..ROUNDS {
            let left = self.members();
            if left.is_empty() {
                break;
            }
            members::signal(&left, Signal::KILL);
        }
    }
}

fn random_hex() -> io::Result<String> {
    let mut bytes = [0; 16];
    io::Read::read_exact(&mut fs::File::open("/dev/urandom")?, &mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// Opens a terminal in the shell's namespaces, so that the shell finds the terminal there by its name.
fn open_terminal(namespaces: Option<&Path>) -> io::Result<(Pty, Pts)> {
    let Some(namespaces) = namespaces else { return pty_process::open().map_err(io::Error::other) };
    let runtime = Handle::current();
    let open = || {
        platform::enter_namespaces(namespaces)?;
        let _inside = runtime.enter();
        pty_process::open().map_err(io::Error::other)
    };
    // Only a new thread enters the namespaces. All other threads must stay outside.
    let opened = thread::scope(|scope| scope.spawn(open).join());
    opened.unwrap_or_else(|_| Err(io::Error::other("the thread panicked")))
}

/// Sets the modes of a new terminal, and returns them. The echo stays on, so that typed inputs appear in the output as
/// a person would see them. The echo of the line that the session types itself comes before the begin mark, so this
/// echo is no output of the command.
fn sane_modes(pty: &Pty) -> io::Result<Termios> {
    let mut modes = termios::tcgetattr(pty.as_fd())?;
    modes.input_modes.insert(InputModes::IUTF8);
    termios::tcsetattr(pty.as_fd(), OptionalActions::Now, &modes)?;
    Ok(modes)
}
