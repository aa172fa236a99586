//! The reasons why a gateway cannot start, and the reasons why a gateway does not pass on a request.

use std::io;
use std::path::PathBuf;

use super::Rule;
use crate::engine::{AskError, EngineError, Reply};
use crate::text::Message;

/// The reason why a gateway cannot start.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The engine cannot be reached.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The engine does not report its identity.
    #[error("{endpoint} does not tell what it is: {detail}")]
    Silent {
        /// The engine's address.
        endpoint: String,
        /// The engine's answer.
        detail: String,
    },
    /// The socket cannot be created.
    #[error("{}: {source}", .path.display())]
    Socket {
        /// The path of the socket.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The journal cannot be written.
    #[error("{}: {source}", .path.display())]
    Journal {
        /// The path of the journal.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl GatewayError {
    /// Returns the key of the error's message in `words`, and the values for the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        let of_file = |path: &PathBuf, source: &io::Error| {
            vec![("path", path.display().to_string()), ("detail", source.to_string())]
        };
        match self {
            Self::Engine(error) => error.message(),
            Self::Silent { endpoint, detail } => {
                ("connect-not-an-engine", vec![("endpoint", endpoint.clone()), ("detail", detail.clone())])
            }
            Self::Socket { path, source } => ("gateway-failed-socket", of_file(path, source)),
            Self::Journal { path, source } => {
                let key = match source.kind() {
                    io::ErrorKind::StorageFull => "gateway-failed-full",
                    io::ErrorKind::ReadOnlyFilesystem => "gateway-failed-read-only",
                    _ => "gateway-failed-journal",
                };
                (key, of_file(path, source))
            }
        }
    }
}

/// The reason why the gateway does not pass a request to the engine.
#[derive(Debug)]
pub(super) enum Rejection {
    /// The request is malformed. Holds the status, and the reason in English for the author of the client.
    Malformed(u16, &'static str),
    /// A rule forbids the request. Holds the rule, and the option, path or name that the rule forbids.
    Rule(Rule, String),
    /// The engine's answer does not show the owner of an object. Holds the object, and the answer.
    Unresolved(String, String),
    /// The gateway answers in the engine's place. Holds the status, and the message.
    Answer(u16, String),
    /// The engine cannot be reached.
    Engine(EngineError),
    /// The journal cannot be written.
    Journal(io::Error),
    /// The client or the engine has disconnected, so the gateway sends no answer.
    Gone,
}

impl Rejection {
    /// Returns the name of the decision for the log.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Malformed(..) => "malformed",
            Self::Rule(rule, _) => rule.name(),
            Self::Unresolved(..) => "owner cannot be found out",
            Self::Answer(..) => "answered in the engine's place",
            Self::Engine(_) => "engine cannot be reached",
            Self::Journal(_) => "journal cannot be written",
            Self::Gone => "one side is gone",
        }
    }

    pub(super) const fn bad(what: &'static str) -> Self {
        Self::Malformed(400, what)
    }

    /// Makes the rejection for an object whose owner cannot be determined.
    pub(super) fn unresolved(what: &str, why: &str) -> Self {
        Self::Unresolved(what.to_owned(), why.to_owned())
    }

    /// Makes the rejection [`unresolved`](Self::unresolved) for an unexpected answer of the engine.
    pub(super) fn unexpected(what: &str, reply: &Reply) -> Self {
        Self::unresolved(what, format!("{} {}", reply.status, reply.words().unwrap_or_default()).trim_end())
    }
}

impl From<EngineError> for Rejection {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl From<hyper::Error> for Rejection {
    fn from(_: hyper::Error) -> Self {
        Self::Gone
    }
}

impl From<AskError> for Rejection {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Engine(error) => Self::Engine(error),
            _ => Self::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn journal_error_gets_the_message_for_its_cause() {
        let cases = [
            (io::ErrorKind::StorageFull, "gateway-failed-full"),
            (io::ErrorKind::ReadOnlyFilesystem, "gateway-failed-read-only"),
            (io::ErrorKind::PermissionDenied, "gateway-failed-journal"),
        ];
        for (kind, key) in cases {
            let error = GatewayError::Journal { path: "/x".into(), source: kind.into() };
            assert_eq!(error.message().0, key);
            assert!(Words::new(Lang::Id).find(&format!("{key}.next"), &[]).is_some());
        }
    }
}
