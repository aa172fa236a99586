//! Lists all objects on the engine.

use serde_json::Value;

use super::Engine;
use crate::claims::InfraFailure;
use crate::record::{ContainerState, EngineState, ImageState};

/// The names of the built-in networks of Docker and podman.
pub const BUILT_IN_NETWORKS: [&str; 4] = ["bridge", "host", "none", "podman"];

impl Engine {
    /// Lists containers, networks, volumes, and images with their layers. The site shows this state.
    ///
    /// # Errors
    /// Fails if the engine does not answer. Leaves out objects that disappear between the requests.
    pub async fn state(&self) -> Result<EngineState, InfraFailure> {
        let mut state = EngineState::default();
        for image in self.images().await? {
            let Some(id) = image["Id"].as_str() else { continue };
            state.images.extend(self.image(id).await?.map(|image| ImageState::from_inspect(&image)));
        }
        state.containers = self.containers().await?.iter().map(ContainerState::from_list).collect();
        let name = |value: &Value| value["Name"].as_str().map(str::to_owned);
        state.networks = self.networks().await?.iter().filter_map(name).collect();
        state.networks.retain(|network| !BUILT_IN_NETWORKS.contains(&network.as_str()));
        state.volumes = self.volumes().await?.iter().filter_map(name).collect();
        state.images.sort_by(|a, b| (&a.names, &a.id).cmp(&(&b.names, &b.id)));
        state.containers.sort_by(|a, b| a.name.cmp(&b.name));
        state.networks.sort();
        state.volumes.sort();
        Ok(state)
    }
}
