//! Determines the identity of an engine, so that a journal of one engine is never used for another.

use std::collections::BTreeMap;

use serde_json::Value;

use super::GatewayError;
use super::error::Rejection;
use super::reference::Images;
use crate::engine::{Endpoint, Reply};

/// Returns the id that journals use for an engine. The id stays the same after a restart of the engine.
///
/// # Errors
/// Fails if the engine does not answer, or does not report an id.
pub async fn identify(endpoint: &Endpoint) -> Result<String, GatewayError> {
    let silent = |detail: String| GatewayError::Silent { endpoint: endpoint.to_string(), detail };
    let info = ask(endpoint, "GET", "/info", None).await?;
    let field = |name: &str| info.body[name].as_str().unwrap_or_default();
    let id = field("ID");
    if !info.is_good() || id.is_empty() {
        return Err(silent(info.message()));
    }
    // Podman reports a different id in every answer, so the host's name and the data folder identify podman.
    let podman = field("ServerVersion").is_empty() || field("DockerRootDir").contains("containers/storage");
    Ok(if podman { format!("podman:{}:{}", field("Name"), field("DockerRootDir")) } else { id.to_owned() })
}

/// Sends a request to an engine.
///
/// # Errors
/// Fails if the engine does not answer.
pub async fn ask(endpoint: &Endpoint, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, GatewayError> {
    endpoint.ask(method, path, body).await.map_err(|error| failure(endpoint, error.into()))
}

/// Returns the names of all images of an engine, each with the id of its image.
///
/// # Errors
/// Fails if the engine does not answer.
pub async fn image_names(endpoint: &Endpoint) -> Result<BTreeMap<String, String>, GatewayError> {
    Ok(Images::list_top(endpoint).await.map_err(|stop| failure(endpoint, stop))?.names)
}

pub(super) fn failure(endpoint: &Endpoint, stop: Rejection) -> GatewayError {
    let silent = |detail: &str| GatewayError::Silent { endpoint: endpoint.to_string(), detail: detail.to_owned() };
    match stop {
        Rejection::Engine(error) => error.into(),
        Rejection::Malformed(_, detail) => silent(detail),
        Rejection::Unresolved(_, detail) => silent(&detail),
        _ => silent("the connection broke off"),
    }
}
