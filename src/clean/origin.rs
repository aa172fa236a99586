//! Determines whether a container has its label from its image.

use std::collections::HashMap;

use serde_json::Value;

use crate::engine::Endpoint;
use crate::gateway::{GatewayError, ask, is_inherited};

/// The labels of images from which containers were created. Each image is inspected only once.
#[derive(Debug)]
pub(crate) struct Origins<'a> {
    endpoint: &'a Endpoint,
    labels: HashMap<String, Value>,
}

impl<'a> Origins<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint) -> Self {
        Self { endpoint, labels: HashMap::new() }
    }

    /// Whether a container in a list has its session's label only from its image, so that anybody may have created it.
    pub(crate) async fn inherits(&mut self, container: &Value) -> Result<bool, GatewayError> {
        let Some(id) = container["ImageID"].as_str() else { return Ok(false) };
        if !self.labels.contains_key(id) {
            let image = ask(self.endpoint, "GET", &format!("/images/{id}/json"), None).await?;
            self.labels.insert(id.to_owned(), image.body["Config"]["Labels"].clone());
        }
        Ok(is_inherited(&container["Labels"], &self.labels[id]))
    }
}
