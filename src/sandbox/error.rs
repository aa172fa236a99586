//! The reasons why a private engine could not be started or stopped, with their messages.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::Message;

/// A missing program that the private engine needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingProgram {
    /// The program's name, such as `iptables`.
    pub program: &'static str,
    /// The Debian package that contains the program.
    pub package: &'static str,
}

/// The reason why the private engine could not be started or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The system with this name is not Linux, so it has no namespaces.
    #[error("the private engine needs Linux, this is {0}")]
    NotLinux(&'static str),
    /// The user is not root.
    #[error("the private engine needs root")]
    NotRoot,
    /// Programs are missing.
    #[error("missing programs: {}", names(.programs))]
    Missing {
        /// All missing programs.
        programs: Vec<MissingProgram>,
        /// Whether apt can install the programs on this system.
        apt: bool,
    },
    /// The folder for another system does not contain a complete engine.
    #[error("{} lacks {}", .root.display(), .missing.join(", "))]
    BadRoot {
        /// The folder.
        root: PathBuf,
        /// The missing files.
        missing: Vec<String>,
    },
    /// This name cannot be used for a folder, a cgroup and a command line.
    #[error("not a good engine name: {0}")]
    BadName(String),
    /// The socket's path would be too long.
    #[error("{} is {over} bytes too long for a socket", .path.display())]
    LongPath {
        /// The engine's folder.
        path: PathBuf,
        /// The number of bytes by which the socket's path is too long.
        over: usize,
    },
    /// An engine with this name is already running.
    #[error("engine {0} is already running")]
    Busy(String),
    /// No engine with this name is running.
    #[error("no engine {0} is running")]
    NotRunning(String),
    /// A step of the set-up failed.
    #[error("could not prepare the engine: {step}: {error}\n{tail}")]
    Setup {
        /// The step.
        step: String,
        /// The system's error.
        error: String,
        /// The last lines of the engine's log.
        tail: String,
    },
    /// dockerd ended before it answered.
    #[error("dockerd ended ({status}) before it was ready\n{tail}")]
    Died {
        /// The exit status or the signal.
        status: String,
        /// The last lines of the engine's log.
        tail: String,
    },
    /// dockerd did not answer in time.
    #[error("dockerd was not ready after {seconds} s\n{tail}")]
    NotReady {
        /// The time limit, in seconds.
        seconds: u64,
        /// The last lines of the engine's log.
        tail: String,
    },
    /// The disk with this folder, which contains the engine's data, is full.
    #[error("{}: no space left on device", .0.display())]
    NoSpace(PathBuf),
    /// A file or program of the private engine could not be used.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// The name of the step that mounts an overlay over the machine's root.
pub(super) const OVERLAY: &str = "overlay /";

/// The status of a process that the system or a person killed.
const KILLED: &str = "signal 9";

/// Returns the key of the message for a known cause of a failure. Recognises a cause by messages of the kernel,
/// iptables and dockerd in `text`.
fn known_cause(text: &str) -> Option<&'static str> {
    const CAUSES: [(&str, &[&str]); 6] = [
        ("sandbox-chroot", &["cannot change root filesystem propagation"]),
        (
            "sandbox-limits",
            &["too many open files", "resource temporarily unavailable", "failed to create new os thread"],
        ),
        ("sandbox-memory", &["cannot allocate memory", "out of memory", "failed to reserve page summary"]),
        ("sandbox-kernel", &["linux kernel version", "can't initialize iptables", "function not implemented"]),
        ("sandbox-read-only", &["read-only file system"]),
        ("sandbox-forbidden", &["operation not permitted", "permission denied", "must be root"]),
    ];
    let text = text.to_lowercase();
    CAUSES.iter().find(|(_, words)| words.iter().any(|words| text.contains(words))).map(|(key, _)| *key)
}

fn names(programs: &[MissingProgram]) -> String {
    programs.iter().map(|missing| missing.program).collect::<Vec<_>>().join(", ")
}

impl SandboxError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// Returns the key of the error's message in `words`, and the values for the message.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::NotLinux(os) => ("sandbox-not-linux", vec![("os", (*os).to_owned())]),
            Self::NotRoot => ("sandbox-not-root", vec![]),
            Self::Missing { programs, apt } => {
                let mut packages: Vec<_> = programs.iter().map(|missing| missing.package).collect();
                packages.sort_unstable();
                packages.dedup();
                let key = if *apt { "sandbox-missing-apt" } else { "sandbox-missing" };
                (key, vec![("programs", names(programs)), ("packages", packages.join(" "))])
            }
            Self::BadRoot { root, missing } => {
                ("sandbox-bad-root", vec![("root", root.display().to_string()), ("files", missing.join(", "))])
            }
            Self::BadName(name) => ("sandbox-bad-name", vec![("name", name.clone())]),
            Self::LongPath { path, over } => {
                ("sandbox-long-path", vec![("path", path.display().to_string()), ("over", over.to_string())])
            }
            Self::Busy(name) => ("sandbox-busy", vec![("name", name.clone())]),
            Self::NotRunning(name) => ("sandbox-not-running", vec![("name", name.clone())]),
            Self::Setup { step, error, tail } => (
                if step == OVERLAY {
                    "sandbox-overlay"
                } else {
                    known_cause(&format!("{error}\n{tail}")).unwrap_or("sandbox-setup")
                },
                vec![
                    ("step", step.clone()),
                    ("error", error.clone()),
                    ("tail", tail.clone()),
                    ("detail", format!("{step}: {error}\n{tail}").trim_end().to_owned()),
                ],
            ),
            Self::Died { status, tail } => (
                known_cause(tail).unwrap_or(if status == KILLED { "sandbox-killed" } else { "sandbox-died" }),
                vec![("status", status.clone()), ("tail", tail.clone()), ("detail", tail.clone())],
            ),
            Self::NotReady { seconds, tail } => (
                known_cause(tail).unwrap_or("sandbox-not-ready"),
                vec![("seconds", seconds.to_string()), ("tail", tail.clone()), ("detail", tail.clone())],
            ),
            Self::Io { path, source } if source.kind() == io::ErrorKind::ReadOnlyFilesystem => {
                ("sandbox-read-only", vec![("detail", path.display().to_string())])
            }
            Self::NoSpace(path) => ("sandbox-no-space", vec![("path", path.display().to_string())]),
            Self::Io { path, source } => {
                ("sandbox-io", vec![("path", path.display().to_string()), ("error", source.to_string())])
            }
        }
    }
}
