//! The reasons why an engine cannot be used, with the keys of their messages. Also makes infrastructure failures of
//! the API's own errors.

use std::path::PathBuf;

use crate::claims::{InfraFailure, InfraFailureKind, find_infra_failure};

/// The reason why an engine cannot be used. Each has a message `connect-NAME` in `words`.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no socket.
    #[error("no socket at {}", .path.display())]
    MissingSocket {
        /// The missing path.
        path: PathBuf,
    },
    /// The user may not open the socket.
    #[error("permission denied at {}", .path.display())]
    Permission {
        /// The socket.
        path: PathBuf,
    },
    /// Nobody listens at the address.
    #[error("nothing answers at {endpoint}")]
    Refused {
        /// The address.
        endpoint: String,
    },
    /// The machine cannot be reached.
    #[error("{endpoint} cannot be reached")]
    Unreachable {
        /// The address.
        endpoint: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// The other side accepted the connection and does not answer.
    #[error("{endpoint} does not answer in time")]
    Silent {
        /// The address.
        endpoint: String,
    },
    /// The other side is not a container engine.
    #[error("{endpoint} is not a container engine: {detail}")]
    NotAnEngine {
        /// The address.
        endpoint: String,
        /// The answer.
        detail: String,
    },
    /// The engine's API is too old.
    #[error("API {found} is older than {least}")]
    TooOld {
        /// The engine's newest API version.
        found: String,
        /// The oldest version that is supported.
        least: &'static str,
    },
    /// There is no TLS connection.
    #[error("no TLS with {endpoint}: {detail}")]
    Tls {
        /// The address.
        endpoint: String,
        /// The reason.
        detail: String,
    },
    /// A certificate or a key cannot be read.
    #[error("{} cannot be read: {detail}", .path.display())]
    Keys {
        /// The file.
        path: PathBuf,
        /// The reason.
        detail: String,
    },
    /// There is no connection through `ssh`.
    #[error("no connection to {endpoint}: {detail}")]
    Ssh {
        /// The address.
        endpoint: String,
        /// The error output of `ssh`.
        detail: String,
    },
    /// Podman does not listen at any socket.
    #[error("no podman socket")]
    NoPodman {
        /// Whether root's socket was searched for.
        root: bool,
    },
    /// The address is not valid.
    #[error("`{given}` is no engine's address")]
    Address {
        /// The text that is not an address.
        given: String,
    },
    /// The docker context does not exist or cannot be read.
    #[error("docker context `{name}` cannot be read")]
    Context {
        /// The name of the context.
        name: String,
    },
}

impl EngineError {
    /// The key of the message in `words`; its attribute `next` says what to do.
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
            Self::Keys { .. } => "connect-keys",
            Self::Ssh { .. } => "connect-ssh",
            Self::NoPodman { root: true } => "connect-no-podman-root",
            Self::NoPodman { root: false } => "connect-no-podman",
            Self::Address { .. } => "connect-address",
            Self::Context { .. } => "connect-context",
        }
    }

    /// Returns the infrastructure failure that this error means during a lesson.
    pub(super) fn trouble(&self) -> InfraFailure {
        let kind = match self {
            Self::Permission { .. } => InfraFailureKind::Permission,
            Self::Silent { .. } => InfraFailureKind::Timeout,
            Self::Unreachable { .. } | Self::Ssh { .. } => InfraFailureKind::NoNetwork,
            Self::MissingSocket { .. } | Self::Refused { .. } => InfraFailureKind::EngineGone,
            _ => InfraFailureKind::Other,
        };
        trouble(kind, self)
    }

    /// Returns the values that the message shows, not sanitised.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MissingSocket { path } | Self::Permission { path } => vec![("path", path.display().to_string())],
            Self::Refused { endpoint } | Self::Silent { endpoint } => vec![("endpoint", endpoint.clone())],
            Self::Keys { path, detail } => vec![("path", path.display().to_string()), ("detail", detail.clone())],
            Self::Unreachable { endpoint, source } => {
                vec![("endpoint", endpoint.clone()), ("detail", source.to_string())]
            }
            Self::NotAnEngine { endpoint, detail }
            | Self::Tls { endpoint, detail }
            | Self::Ssh { endpoint, detail } => vec![("endpoint", endpoint.clone()), ("detail", detail.clone())],
            Self::TooOld { found, least } => vec![("found", found.clone()), ("least", (*least).to_owned())],
            Self::NoPodman { .. } => vec![],
            Self::Address { given } => vec![("given", given.clone())],
            Self::Context { name } => vec![("name", name.clone())],
        }
    }
}

impl From<EngineError> for InfraFailure {
    fn from(error: EngineError) -> Self {
        error.trouble()
    }
}

/// Makes an infrastructure failure with the system's or the engine's own message.
pub(super) fn trouble(kind: InfraFailureKind, detail: impl std::fmt::Display) -> InfraFailure {
    InfraFailure { kind, detail: detail.to_string() }
}

/// Makes an infrastructure failure of an engine's refusal. The kind is that of a known failure of the machine or the
/// network, if the message reports one.
pub(super) fn trouble_of_api(message: &str) -> InfraFailure {
    let line = format!("Error response from daemon: {message}");
    find_infra_failure(&[line]).map_or_else(
        || trouble(InfraFailureKind::Other, message),
        |known| InfraFailure { detail: message.to_owned(), ..known },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn every_error_has_a_message_and_advice() {
        let text = || "x".to_owned();
        let errors = [
            EngineError::MissingSocket { path: "/x".into() },
            EngineError::Permission { path: "/x".into() },
            EngineError::Refused { endpoint: text() },
            EngineError::Unreachable { endpoint: text(), source: std::io::ErrorKind::HostUnreachable.into() },
            EngineError::Silent { endpoint: text() },
            EngineError::NotAnEngine { endpoint: text(), detail: text() },
            EngineError::TooOld { found: text(), least: "1.40" },
            EngineError::Tls { endpoint: text(), detail: text() },
            EngineError::Keys { path: "/x".into(), detail: text() },
            EngineError::Ssh { endpoint: text(), detail: text() },
            EngineError::NoPodman { root: false },
            EngineError::NoPodman { root: true },
            EngineError::Address { given: text() },
            EngineError::Context { name: text() },
        ];
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let known = |key: &str, args: &[(&str, &str)]| {
                let said = words.find(key, args).unwrap_or_else(|| panic!("{lang}: {key}"));
                assert!(!said.contains('{'), "{lang}: {key}: {said}");
            };
            for error in &errors {
                let args = error.args();
                let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                known(error.key(), &args);
                known(&format!("{}.next", error.key()), &[]);
            }
            for kind in InfraFailureKind::ALL {
                known(&format!("trouble-{}", kind.name()), &[]);
                known(&format!("trouble-{}.next", kind.name()), &[]);
            }
        }
    }

    #[test]
    fn engines_refusal_keeps_its_words() {
        let full = trouble_of_api("write /var/lib/docker/x: no space left on device");
        assert_eq!(
            (full.kind, full.detail.as_str()),
            (InfraFailureKind::NoSpace, "write /var/lib/docker/x: no space left on device")
        );
        assert_eq!(trouble_of_api("invalid filter 'x'").kind, InfraFailureKind::Other);
    }
}
