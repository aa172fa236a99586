//! Why an engine cannot be used, with its message's key; and how the API's own errors become troubles.

use std::path::PathBuf;

use crate::judge::{Trouble, TroubleKind, trouble_in};

/// Why there is no talking to an engine. Each has a message `connect-NAME` in `words`.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// No file at the socket's path.
    #[error("no socket at {}", .path.display())]
    MissingSocket {
        /// Where it should be.
        path: PathBuf,
    },
    /// The socket may not be opened.
    #[error("permission denied at {}", .path.display())]
    Permission {
        /// The socket.
        path: PathBuf,
    },
    /// Nobody listens there.
    #[error("nothing answers at {endpoint}")]
    Refused {
        /// Where.
        endpoint: String,
    },
    /// The machine cannot be reached.
    #[error("{endpoint} cannot be reached")]
    Unreachable {
        /// Where.
        endpoint: String,
        /// Why.
        source: std::io::Error,
    },
    /// It took the connection and says nothing.
    #[error("{endpoint} does not answer in time")]
    Silent {
        /// Where.
        endpoint: String,
    },
    /// What answers is no container engine.
    #[error("{endpoint} is not a container engine: {detail}")]
    NotAnEngine {
        /// Where.
        endpoint: String,
        /// What it said instead.
        detail: String,
    },
    /// Its API is older than what we ask of it.
    #[error("API {found} is older than {least}")]
    TooOld {
        /// Its newest API version.
        found: String,
        /// What is needed.
        least: &'static str,
    },
    /// An endpoint behind TLS, which this version does not speak.
    #[error("{endpoint} needs TLS")]
    Tls {
        /// Where.
        endpoint: String,
    },
    /// An endpoint over SSH, which this version does not speak.
    #[error("{endpoint} needs SSH")]
    Ssh {
        /// Where.
        endpoint: String,
    },
    /// Text that is no endpoint.
    #[error("`{given}` is no engine's address")]
    Address {
        /// The text.
        given: String,
    },
    /// A docker context that is not there or cannot be read.
    #[error("docker context `{name}` cannot be read")]
    Context {
        /// Its name.
        name: String,
    },
}

impl EngineError {
    /// The message's key in `words`; its attribute `help` says what to do.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::MissingSocket { .. } => "connect-missing-socket",
            Self::Permission { .. } => "connect-permission",
            Self::Refused { .. } => "connect-refused",
            Self::Unreachable { .. } => "connect-unreachable",
            Self::Silent { .. } => "connect-silent",
            Self::NotAnEngine { .. } => "connect-not-an-engine",
            Self::TooOld { .. } => "connect-too-old",
            Self::Tls { .. } => "connect-tls",
            Self::Ssh { .. } => "connect-ssh",
            Self::Address { .. } => "connect-address",
            Self::Context { .. } => "connect-context",
        }
    }

    /// The values its message shows, not sanitised.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MissingSocket { path } | Self::Permission { path } => vec![("path", path.display().to_string())],
            Self::Refused { endpoint }
            | Self::Silent { endpoint }
            | Self::Tls { endpoint }
            | Self::Ssh { endpoint } => vec![("endpoint", endpoint.clone())],
            Self::Unreachable { endpoint, source } => {
                vec![("endpoint", endpoint.clone()), ("detail", source.to_string())]
            }
            Self::NotAnEngine { endpoint, detail } => vec![("endpoint", endpoint.clone()), ("detail", detail.clone())],
            Self::TooOld { found, least } => vec![("found", found.clone()), ("least", (*least).to_owned())],
            Self::Address { given } => vec![("given", given.clone())],
            Self::Context { name } => vec![("name", name.clone())],
        }
    }
}

impl From<EngineError> for Trouble {
    fn from(error: EngineError) -> Self {
        let kind = match error {
            EngineError::Permission { .. } => TroubleKind::Permission,
            EngineError::Silent { .. } => TroubleKind::Timeout,
            EngineError::Unreachable { .. } => TroubleKind::NoNetwork,
            EngineError::MissingSocket { .. } | EngineError::Refused { .. } => TroubleKind::EngineGone,
            _ => TroubleKind::Other,
        };
        Self { kind, detail: error.to_string() }
    }
}

/// A trouble of `kind` in the machine's own words.
pub(super) fn trouble(kind: TroubleKind, detail: impl std::fmt::Display) -> Trouble {
    Trouble { kind, detail: detail.to_string() }
}

/// What an engine's refusal says about the machine or the network; otherwise just its words.
pub(super) fn trouble_of_api(message: &str) -> Trouble {
    let line = format!("Error response from daemon: {message}");
    trouble_in(&[line])
        .map_or_else(|| trouble(TroubleKind::Other, message), |known| Trouble { detail: message.to_owned(), ..known })
}
