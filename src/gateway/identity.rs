//! Which engine it is, so that what a journal says of one is never done to another.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::Stop;
use super::journal::now;
use super::upstream::Reply;
use super::{GatewayError, upstream};
use crate::engine::Endpoint;

/// An engine, as journals name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The same after a restart.
    pub id: String,
    /// By how many seconds its clock is ahead of this machine's.
    pub ahead: i64,
}

/// Asks an engine who it is.
///
/// # Errors
/// When it does not answer, or not as an engine does.
pub async fn identify(endpoint: &Endpoint) -> Result<Identity, GatewayError> {
    let silent = |detail: String| GatewayError::Silent { endpoint: endpoint.to_string(), detail };
    let info = ask(endpoint, "GET", "/info", None).await?;
    let field = |name: &str| info.body.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = field("ID");
    if !info.is_good() || id.is_empty() {
        return Err(silent(info.message()));
    }
    // Podman makes up another id for every answer.
    let podman = field("ServerVersion").is_empty() || field("DockerRootDir").contains("containers/storage");
    let id = if podman { format!("podman:{}:{}", field("Name"), field("DockerRootDir")) } else { id.to_owned() };
    let clock = field("SystemTime").parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).ok();
    let here = i64::try_from(now()).unwrap_or_default();
    Ok(Identity { id, ahead: clock.map_or(0, |clock| clock - here) })
}

/// Asks an engine something that bollard has no name for.
///
/// # Errors
/// When it does not answer.
pub async fn ask(endpoint: &Endpoint, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, GatewayError> {
    upstream::ask(endpoint, method, path, body).await.map_err(|stop| failure(endpoint, stop))
}

/// Names of all images of an engine, with the image each is for.
///
/// # Errors
/// When it does not answer.
pub async fn image_names(endpoint: &Endpoint) -> Result<BTreeMap<String, String>, GatewayError> {
    super::reference::image_names(endpoint).await.map_err(|stop| failure(endpoint, stop))
}

pub(super) fn failure(endpoint: &Endpoint, stop: Stop) -> GatewayError {
    let silent = |detail: &str| GatewayError::Silent { endpoint: endpoint.to_string(), detail: detail.to_owned() };
    match stop {
        Stop::Engine(error) => error.into(),
        Stop::Malformed(_, detail) => silent(detail),
        Stop::Unresolved(_, detail) => silent(&detail),
        _ => silent("the connection broke off"),
    }
}
