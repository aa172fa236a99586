//! A connection to an engine that is known to answer.

use std::path::PathBuf;

use serde_json::Value;
use tracing::debug;

use super::about::is_podman;
use super::wire::{Wire, WireError};
use super::{Endpoint, EngineError};
use crate::text::redact_message;

/// Older engines lack what claims ask for (podman 3.0 has 1.40, Docker 20.10 has 1.41).
const LEAST_API: &str = "1.40";

/// An engine that answered. Cheap to clone; holds no connection open.
#[derive(Debug, Clone)]
pub struct Engine {
    pub(super) wire: Wire,
    /// It is podman.
    pub(super) podman: bool,
    /// Engines that claims ask by name.
    pub(super) nodes: Vec<Node>,
}

/// An engine with a name, and where it is.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) engine: Engine,
    /// The folder `/proc/PID` of a process there.
    pub(super) room: PathBuf,
}

impl Engine {
    /// Asks what is at `endpoint` whether it is a container engine we can talk to.
    ///
    /// # Errors
    /// When nothing answers there, or what does is no engine or too old a one.
    pub async fn connect(endpoint: &Endpoint) -> Result<Self, EngineError> {
        let wire = Wire::new(endpoint.clone());
        let no_engine = |detail: String| EngineError::NotAnEngine { endpoint: endpoint.to_string(), detail };
        let version = wire.get("/version").await.map_err(|error| match error {
            WireError::Engine(error) => error,
            WireError::Timeout => EngineError::Silent { endpoint: endpoint.to_string() },
            // Who is refused at the other end learns of it only with the answer.
            WireError::Broken(error) => refused(endpoint, &error).unwrap_or_else(|| no_engine(error.to_string())),
            other => no_engine(other.to_string()),
        })?;
        let api = version.body.get("ApiVersion").and_then(Value::as_str);
        match api {
            Some(api) if version.status == 200 => {
                let engine = version.body.get("Version").and_then(Value::as_str);
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

    /// Gives an engine a name by which claims ask it (`on: node-b`).
    #[must_use]
    pub fn with_node(mut self, name: &str, engine: Self, room: PathBuf) -> Self {
        self.nodes.push(Node { name: name.to_owned(), engine, room });
        self
    }

    /// Where it is.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.wire.endpoint()
    }
}

/// What `ssh` said at its end, or the other side of TLS.
fn refused(endpoint: &Endpoint, error: &hyper::Error) -> Option<EngineError> {
    // A request that was never sent names the connection's error, which names what is behind it.
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let detail = causes.last()?.to_string();
    match endpoint {
        Endpoint::Ssh(url) => Some(EngineError::Ssh { endpoint: url.clone(), detail }),
        Endpoint::Tls(server) => Some(EngineError::Tls { endpoint: server.to_string(), detail }),
        _ => None,
    }
}

/// Whether a dotted version is at least another one.
fn at_least(version: &str, least: &str) -> bool {
    let numbers = |text: &str| text.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>();
    numbers(version) >= numbers(least)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn versions_compare_by_number() {
        assert!(at_least("1.41", "1.40") && at_least("1.100", "1.41") && at_least("2.0", "1.40"));
        assert!(!at_least("1.9", "1.40"));
    }
}
