//! The facts that a claim needs: plain data, made by `engine`, read by `decide`.

use serde_json::Value;

use crate::lesson::{Filters, Subject};

/// What must be looked up to decide a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The subject.
    pub subject: Subject,
    /// Which of two engines is asked.
    pub on: Option<String>,
}

/// Facts about a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Facts {
    /// The subject does not exist.
    Absent,
    /// The result of inspect; for the engine, `/info`, `/version` and `/system/df` merged into one object.
    Inspect(Value),
    /// The elements of a list call.
    List(Vec<Value>),
    /// Events since the step began, oldest first: `{ "type", "action", "name", "attributes" }` each.
    Events(Vec<EngineEvent>),
    /// Commands of this step that match the claim's pattern.
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
        /// Its exit status.
        exit: i64,
        /// What it printed on standard output.
        stdout: String,
    },
    /// An HTTP answer.
    Http {
        /// The status code.
        status: u16,
        /// Headers with lower-case names.
        headers: Vec<(String, String)>,
        /// The body, at most 1 MiB, lossily as text.
        body: String,
    },
    /// A repository of a registry: tag → manifest digest.
    Registry(Vec<(String, String)>),
}

/// An engine's event, as far as claims use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineEvent {
    /// `container`, `image`, `network`, `volume` …
    pub kind: String,
    /// `create`, `start`, `die`, `exec_start` (without the part after a colon) …
    pub action: String,
    /// The object's id.
    pub id: String,
    /// The actor's attributes, among them `name`, `image`.
    pub attributes: Vec<(String, String)>,
}

/// A command that was typed, as far as claims use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RanCommand {
    /// Its text.
    pub command: String,
    /// Its exit status; `None` if it did not end.
    pub exit: Option<i32>,
    /// The output as a person saw it, lines joined by `\n`.
    pub output: String,
}

/// Why something could not be found out. Never the learner's or the author's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfraFailure {
    /// What kind.
    pub kind: InfraFailureKind,
    /// The machine's own words, not yet sanitised.
    pub detail: String,
}

/// Kinds of [`InfraFailure`]; each has a message `trouble-NAME`, and what to do in `trouble-NAME.next`, in `words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InfraFailureKind {
    /// The engine does not answer.
    EngineGone,
    /// The engine's socket may not be used.
    Permission,
    /// The registry's pull limit.
    PullLimit,
    /// No route, no name resolution, no answer.
    NoNetwork,
    /// The registry answers with 5xx or with nonsense.
    Registry,
    /// An image that the lesson needs is not in the pack or the registry.
    NoImage,
    /// No space left on a device.
    NoSpace,
    /// The machine has no more memory, processes or open files.
    Exhausted,
    /// A time limit of ours ran out.
    Timeout,
    /// The shell was lost.
    ShellLost,
    /// Anything else.
    Other,
}

impl InfraFailureKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::EngineGone,
        Self::Permission,
        Self::PullLimit,
        Self::NoNetwork,
        Self::Registry,
        Self::NoImage,
        Self::NoSpace,
        Self::Exhausted,
        Self::Timeout,
        Self::ShellLost,
        Self::Other,
    ];

    /// A stable name for reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EngineGone => "engine-gone",
            Self::Permission => "permission",
            Self::PullLimit => "pull-limit",
            Self::NoNetwork => "no-network",
            Self::Registry => "registry",
            Self::NoImage => "no-image",
            Self::NoSpace => "no-space",
            Self::Exhausted => "exhausted",
            Self::Timeout => "timeout",
            Self::ShellLost => "shell-lost",
            Self::Other => "other",
        }
    }
}

impl Question {
    /// The filters, if it asks for a list.
    #[must_use]
    pub fn filters(&self) -> Option<&Filters> {
        match &self.subject {
            Subject::Containers(filters) | Subject::Images(filters) | Subject::Events(filters) => Some(filters),
            _ => None,
        }
    }
}
