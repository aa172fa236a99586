//! Determines whether a container may have inherited its label from its image.

use serde_json::Value;

use crate::engine::Endpoint;
use crate::gateway::{GatewayError, ask, is_inherited};

/// Whether `container`, an entry in the engine's list, may have inherited its session's label from its image. Anybody
/// may have created such a container.
pub(crate) async fn inherits_label(endpoint: &Endpoint, container: &Value) -> Result<bool, GatewayError> {
    let Some(id) = container["ImageID"].as_str() else { return Ok(false) };
    let image = ask(endpoint, "GET", &format!("/images/{id}/json"), None).await?;
    Ok(is_inherited(&container["Labels"], &image.body["Config"]["Labels"]))
}
