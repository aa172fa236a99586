//! An engine that has answered.

use std::path::PathBuf;

use serde_json::Value;
use tracing::debug;

use super::wire::{AskError, Wire};
use super::{Endpoint, EngineError};
use crate::text::redact_message;

/// The oldest API version that supports every claim (podman 3.0 has 1.40, Docker 20.10 has 1.41).
const LEAST_API: &str = "1.40";

/// An engine that has answered. Cloning this value is cheap.
#[derive(Debug, Clone)]
pub struct Engine {
    pub(super) wire: Wire,
    /// Whether the engine is podman.
    pub(super) podman: bool,
    /// The other engines, which claims can name with `on: NAME`.
    pub(super) nodes: Vec<Node>,
}

/// An engine with a name.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) engine: Engine,
    /// The folder `/proc/PID` of a process in that engine's namespaces.
    pub(super) namespaces: PathBuf,
}

impl Engine {
    /// Asks the engine at `endpoint` for its version.
    ///
    /// # Errors
    /// Fails if nothing answers, or if the program that answers is not an engine or is too old.
    pub async fn connect(endpoint: &Endpoint) -> Result<Self, EngineError> {
        let wire = Wire::new(endpoint.clone());
        let no_engine = |detail: String| EngineError::NotAnEngine { endpoint: endpoint.to_string(), detail };
        let version = wire.get("/version").await.map_err(|error| match error {
            AskError::Engine(error) => error,
            AskError::Timeout => EngineError::Silent(endpoint.to_string()),
            // `ssh` or a TLS server may refuse a connection after the request was sent.
            AskError::Broken(error) => refused(endpoint, &error).unwrap_or_else(|| no_engine(error.to_string())),
            other => no_engine(other.to_string()),
        })?;
        let api = version.body["ApiVersion"].as_str();
        match api {
            Some(api) if version.status == 200 => {
                let engine = version.body["Version"].as_str();
                debug!(at = redact_message(&endpoint.to_string()), version = ?engine, api, "engine found");
                if at_least(api, LEAST_API) {
                    Ok(Self { wire, podman: is_podman(&version.body), nodes: Vec::new() })
                } else {
                    Err(EngineError::TooOld { found: api.to_owned(), least: LEAST_API })
                }
            }
            _ => Err(no_engine(version.message())),
        }
    }

    /// Adds another engine, which claims can name with `on: NAME`.
    #[must_use]
    pub fn with_node(mut self, name: &str, engine: Self, namespaces: PathBuf) -> Self {
        self.nodes.push(Node { name: name.to_owned(), engine, namespaces });
        self
    }

    /// Returns the engine of a docker context: the other node with this name, or this engine for the context `default`.
    #[must_use]
    pub fn of_context(&self, context: &str) -> Option<&Self> {
        let node = self.nodes.iter().find(|node| node.name == context);
        node.map(|node| &node.engine).or_else(|| (context == "default").then_some(self))
    }

    /// Returns the other engines with their names. Leaves out a node that is this engine itself.
    pub fn other_nodes(&self) -> impl Iterator<Item = (&str, &Self)> {
        let others = self.nodes.iter().filter(|node| node.engine.endpoint() != self.endpoint());
        others.map(|node| (node.name.as_str(), &node.engine))
    }

    /// Returns the engine's address.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.wire.endpoint()
    }
}

/// Returns the reason why `ssh` or the other side of TLS refused the connection. Returns `None` for connections of
/// other kinds.
fn refused(endpoint: &Endpoint, error: &hyper::Error) -> Option<EngineError> {
    // The error of an unsent request has the connection's error as its source. The refusal is the source of that
    // error.
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let detail = causes.last()?.to_string();
    match endpoint {
        Endpoint::Ssh(url) => Some(EngineError::Ssh { endpoint: url.clone(), detail }),
        Endpoint::Tls(server) => Some(EngineError::Tls { endpoint: server.to_string(), detail }),
        _ => None,
    }
}

/// Whether an answer to `/version` comes from podman.
pub(super) fn is_podman(version: &Value) -> bool {
    let podman = |part: &Value| part["Name"].as_str().is_some_and(|name| name.starts_with("Podman"));
    version["Components"].as_array().is_some_and(|parts| parts.iter().any(podman))
}

/// Whether a dotted version is at least as high as `least`.
fn at_least(version: &str, least: &str) -> bool {
    let numbers = |text: &str| text.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>();
    numbers(version) >= numbers(least)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn versions_are_compared_by_number_and_not_as_text() {
        assert!(at_least("1.41", "1.40") && at_least("1.100", "1.41") && at_least("2.0", "1.40"));
        assert!(!at_least("1.9", "1.40"));
    }
}
