//! Determines whether a container has its label from its image.

use serde_json::Value;

use crate::engine::Endpoint;
use crate::gateway::{GatewayError, ask, is_inherited};

/// Whether `container`, from a list, may have its session's label only from its image. Anybody may have created such a
/// container.
pub(crate) async fn inherits_label(endpoint: &Endpoint, container: &Value) -> Result<bool, GatewayError> {
    let Some(id) = container["ImageID"].as_str() else { return Ok(false) };
    let image = ask(endpoint, "GET", &format!("/images/{id}/json"), None).await?;
    Ok(is_inherited(&container["Labels"], &image.body["Config"]["Labels"]))
}
