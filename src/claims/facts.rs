//! The facts that a claim needs, as plain data. The module `engine` looks up facts, and `decide` compares facts with a
//! claim.

use serde_json::Value;

use crate::lesson::Subject;

/// The facts to look up for a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The subject.
    pub subject: Subject,
    /// The name of the engine to ask, if a lesson has two engines.
    pub on: Option<String>,
}

/// Facts about a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Facts {
    /// The subject does not exist.
    Absent,
    /// The result of inspect. For the engine, the merged results of `/info`, `/version` and `/system/df`.
    Inspect(Value),
    /// The elements of the engine's answer to a list request.
    List(Vec<Value>),
    /// The events since the step began, oldest first.
    Events(Vec<EngineEvent>),
    /// The commands of the current step that match the claim's pattern.
    Ran(Vec<RanCommand>),
    /// A log (standard output and error together), or a file's text.
    Text(String),
    /// Changed paths in the writable layer.
    Changes {
        /// New paths.
        added: Vec<String>,
        /// Changed paths.
        changed: Vec<String>,
        /// Deleted paths.
        deleted: Vec<String>,
    },
    /// The command lines of a container's processes.
    Processes(Vec<String>),
    /// The result of a command that was run for a claim.
    Run {
        /// The exit status.
        exit: i64,
        /// The standard output.
        stdout: String,
    },
    /// An HTTP response.
    Http {
        /// The status code.
        status: u16,
        /// Headers with lower-case names.
        headers: Vec<(String, String)>,
        /// The body as text, at most 1 MiB. Invalid UTF-8 is replaced.
        body: String,
    },
    /// A repository of a registry: tag → manifest digest.
    Registry(Vec<(String, String)>),
}

/// The part of an engine's event that claims use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineEvent {
    /// `container`, `image`, `network`, `volume` …
    pub kind: String,
    /// `create`, `start`, `die`, `exec_start` (without the part after a colon) …
    pub action: String,
    /// The object's id.
    pub id: String,
    /// The attributes of the object, among them `name` and `image`.
    pub attributes: Vec<(String, String)>,
}

/// The part of a typed command's result that claims use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RanCommand {
    /// The typed line, unchanged.
    pub typed: String,
    /// The command that the claims compare: the typed line, or the lesson's command if the typed line stands for that
    /// command.
    pub command: String,
    /// The exit status; `None` if the command did not end.
    pub exit: Option<i32>,
    /// The output as the screen showed it to a person, with lines joined by `\n`.
    pub output: String,
}

impl RanCommand {
    /// Returns a command whose typed line is also the command that the claims compare.
    #[must_use]
    pub fn new(command: impl Into<String>, exit: Option<i32>, output: impl Into<String>) -> Self {
        let command = command.into();
        Self { typed: command.clone(), command, exit, output: output.into() }
    }
}

/// The reason why facts could not be determined. The failure is never the learner's or the author's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfraFailure {
    /// The kind of failure.
    pub kind: InfraFailureKind,
    /// The message of the engine or the system, not sanitised.
    pub detail: String,
}

named_enum! {
    /// The kinds of [`InfraFailure`]. Each kind has two messages in `words`. `trouble-NAME` describes the failure, and
    /// `trouble-NAME.next` tells the reader how to continue.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum InfraFailureKind {
        /// The engine does not answer.
        EngineGone = "engine-gone",
        /// The user may not use the engine's socket.
        Permission = "permission",
        /// The registry's pull limit is reached.
        PullLimit = "pull-limit",
        /// The network does not work: no route, no name resolution, or no answer.
        NoNetwork = "no-network",
        /// The registry answers with a status 5xx or in an unknown form.
        Registry = "registry",
        /// An image that the lesson needs is not in the pack or the registry.
        NoImage = "no-image",
        /// The disk is full.
        NoSpace = "no-space",
        /// The machine has no more memory, processes or open files.
        Exhausted = "exhausted",
        /// A time limit of this program was exceeded.
        Timeout = "timeout",
        /// The lesson's shell ended unexpectedly.
        ShellLost = "shell-lost",
        /// Any other failure.
        Other = "other",
    }
}
