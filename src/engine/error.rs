//! The reasons why an engine cannot be used, with the keys of their messages. Also turns errors of the API into
//! infrastructure failures.

use std::path::{Path, PathBuf};

use crate::claims::{InfraFailure, InfraFailureKind, find_infra_failure};
use crate::text::Message;

/// The reason why an engine cannot be used. Each reason has a message `connect-NAME` in `words`.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no socket at this path.
    #[error("no socket at {}", .0.display())]
    MissingSocket(PathBuf),
    /// The user may not open this socket.
    #[error("permission denied at {}", .0.display())]
    Permission(PathBuf),
    /// Nobody listens at this address.
    #[error("nothing answers at {0}")]
    Refused(String),
    /// The machine cannot be reached.
    #[error("{endpoint} cannot be reached")]
    Unreachable {
        /// The address.
        endpoint: String,
        /// The system's error.
        source: std::io::Error,
    },
    /// The other side accepts the connection but does not answer. The text is the address.
    #[error("{0} does not answer in time")]
    Silent(String),
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
    /// The TLS connection failed.
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
    /// The connection through `ssh` failed.
    #[error("no connection to {endpoint}: {detail}")]
    Ssh {
        /// The address.
        endpoint: String,
        /// The error output of `ssh`.
        detail: String,
    },
    /// Podman has no socket. The flag is true if the user is root.
    #[error("no podman socket")]
    NoPodman(bool),
    /// This text is not an address.
    #[error("`{0}` is no engine's address")]
    Address(String),
    /// The docker context with this name does not exist or cannot be read.
    #[error("docker context `{0}` cannot be read")]
    Context(String),
}

/// Whether a socket belonged to a lesson or to a private engine. Such a socket is in a folder with the program's name.
fn is_dermagas(socket: &Path) -> bool {
    let mut names = socket.components().filter_map(|component| component.as_os_str().to_str());
    names.any(|name| name == "dermaga" || name.starts_with("dermaga-"))
}

impl EngineError {
    /// Returns the key of the error's message in `words`, and the values for the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        let address = |endpoint: &str| ("endpoint", endpoint.to_owned());
        let shown = |path: &PathBuf| ("path", path.display().to_string());
        let detail = |detail: &str| ("detail", detail.to_owned());
        match self {
            Self::MissingSocket(path) if is_dermagas(path) => ("connect-ended-socket", vec![shown(path)]),
            Self::MissingSocket(path) => ("connect-missing-socket", vec![shown(path)]),
            Self::Permission(path) => ("connect-permission", vec![shown(path)]),
            Self::Refused(endpoint) => ("connect-refused", vec![address(endpoint)]),
            Self::Unreachable { endpoint, source } => {
                ("connect-unreachable", vec![address(endpoint), detail(&source.to_string())])
            }
            Self::Silent(endpoint) => ("connect-silent", vec![address(endpoint)]),
            Self::NotAnEngine { endpoint, detail: why } => {
                ("connect-not-an-engine", vec![address(endpoint), detail(why)])
            }
            Self::TooOld { found, least } => {
                ("connect-too-old", vec![("found", found.clone()), ("least", (*least).to_owned())])
            }
            Self::Tls { endpoint, detail: why } => ("connect-tls", vec![address(endpoint), detail(why)]),
            Self::Keys { path, detail: why } => ("connect-keys", vec![shown(path), detail(why)]),
            Self::Ssh { endpoint, detail: why } => ("connect-ssh", vec![address(endpoint), detail(why)]),
            Self::NoPodman(true) => ("connect-no-podman-root", vec![]),
            Self::NoPodman(false) => ("connect-no-podman", vec![]),
            Self::Address(given) => ("connect-address", vec![("given", given.clone())]),
            Self::Context(name) => ("connect-context", vec![("name", name.clone())]),
        }
    }

    /// Returns the key of the message in `words`. The attribute `next` of the message says what to do.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.message().0
    }

    /// Returns this error as an infrastructure failure of a lesson.
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
}

impl From<EngineError> for InfraFailure {
    fn from(error: EngineError) -> Self {
        error.trouble()
    }
}

/// Makes an infrastructure failure with the message of the system or the engine.
pub(super) fn trouble(kind: InfraFailureKind, detail: impl std::fmt::Display) -> InfraFailure {
    InfraFailure { kind, detail: detail.to_string() }
}

/// Makes an infrastructure failure from an engine's refusal. If the message reports a known failure of the machine or
/// the network, the result has the kind of that failure.
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
    fn every_engine_error_has_a_message_and_advice_in_every_language() {
        let text = || "x".to_owned();
        let errors = [
            EngineError::MissingSocket("/x".into()),
            EngineError::Permission("/x".into()),
            EngineError::Refused(text()),
            EngineError::Unreachable { endpoint: text(), source: std::io::ErrorKind::HostUnreachable.into() },
            EngineError::Silent(text()),
            EngineError::NotAnEngine { endpoint: text(), detail: text() },
            EngineError::TooOld { found: text(), least: "1.40" },
            EngineError::Tls { endpoint: text(), detail: text() },
            EngineError::Keys { path: "/x".into(), detail: text() },
            EngineError::Ssh { endpoint: text(), detail: text() },
            EngineError::NoPodman(false),
            EngineError::NoPodman(true),
            EngineError::Address(text()),
            EngineError::Context(text()),
        ];
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let known = |key: &str, args: &[(&str, &str)]| {
                let said = words.find(key, args).unwrap_or_else(|| panic!("{lang}: {key}"));
                assert!(!said.contains('{'), "{lang}: {key}: {said}");
            };
            for error in &errors {
                let (key, values) = error.message();
                let args: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                known(key, &args);
                known(&format!("{key}.next"), &[]);
            }
            for kind in InfraFailureKind::ALL {
                known(&format!("trouble-{}", kind.name()), &[]);
                known(&format!("trouble-{}.next", kind.name()), &[]);
            }
        }
    }

    #[test]
    fn failure_from_the_api_keeps_the_engines_words() {
        let full = trouble_of_api("write /var/lib/docker/x: no space left on device");
        assert_eq!(
            (full.kind, full.detail.as_str()),
            (InfraFailureKind::NoSpace, "write /var/lib/docker/x: no space left on device")
        );
        assert_eq!(trouble_of_api("invalid filter 'x'").kind, InfraFailureKind::Other);
    }
}
