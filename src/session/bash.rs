//! A bash in a terminal of its own.

use std::io;
use std::os::fd::AsFd;
use std::path::Path;
use std::thread;

use pty_process::{Command, Pts, Pty, Size};
use rustix::process::Pid;
use rustix::termios::{self, InputModes, OptionalActions, Termios};
use tokio::process::Child;
use tokio::runtime::Handle;

use super::members::MARKER;
use super::{SessionError, ShellSpec};
use crate::{platform, signals};

/// A bash that was started.
pub(super) struct Bash {
    pub(super) pty: Pty,
    pub(super) child: Child,
    /// The process we started: bash, or what enters its place. It leads the terminal's session.
    pub(super) leader: Option<Pid>,
    /// The terminal's modes.
    pub(super) modes: Termios,
}

/// Starts a bash with these `options` and this start-up file; the value of the marker is `token`.
pub(super) fn start(spec: &ShellSpec, options: &[&str], startup: &Path, token: &str) -> Result<Bash, SessionError> {
    let set_up = |source| SessionError::SetUp { scratch: spec.scratch.clone(), source };
    signals::reset_for_children().map_err(set_up)?;
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
        .arg(startup)
        .arg("-i")
        .env_clear()
        .env("TERM", "xterm-256color")
        .envs(spec.env.iter().map(|(name, value)| (name, value)))
        .env(MARKER, token)
        .current_dir(&spec.dir)
        .kill_on_drop(true);
    let child =
        command.spawn(terminal).map_err(|error| SessionError::Start { program, source: io::Error::other(error) })?;
    let leader = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    Ok(Bash { pty, child, leader, modes })
}

/// Opens a terminal where the shell will be, so that the shell finds it by its name there.
fn open_terminal(namespaces: Option<&Path>) -> io::Result<(Pty, Pts)> {
    let Some(namespaces) = namespaces else { return pty_process::open().map_err(io::Error::other) };
    let runtime = Handle::current();
    let open = || {
        platform::enter_namespaces(namespaces)?;
        let _inside = runtime.enter();
        pty_process::open().map_err(io::Error::other)
    };
    // A thread of its own enters the namespaces, since the others are to stay here.
    let opened = thread::scope(|scope| scope.spawn(open).join());
    opened.unwrap_or_else(|_| Err(io::Error::other("the thread panicked")))
}

/// The modes of a new terminal. Its echo stays on: what is typed at a program looks as a person would see it, and the
/// echo of our own line to the shell comes before the begin mark.
fn sane_modes(pty: &Pty) -> io::Result<Termios> {
    let mut modes = termios::tcgetattr(pty.as_fd())?;
    modes.input_modes.insert(InputModes::IUTF8);
    termios::tcsetattr(pty.as_fd(), OptionalActions::Now, &modes)?;
    Ok(modes)
}
