//! Lists all objects on the engine.

use serde_json::Value;

use super::Engine;
use crate::claims::{Facts, InfraFailure};
use crate::record::{ContainerState, EngineState, ImageState};
use crate::text::percent;

/// Networks that every engine has.
const BUILT_IN: [&str; 4] = ["bridge", "host", "none", "podman"];

impl Engine {
    /// Lists images with their layers, containers, networks and volumes, for a drawing of the engine.
    ///
    /// # Errors
    /// If the engine does not answer. Objects that disappear meanwhile are left out.
    pub async fn state(&self) -> Result<EngineState, InfraFailure> {
        let mut state = EngineState::default();
        for image in self.every("/images/json").await? {
            let Some(id) = image.get("Id").and_then(Value::as_str) else { continue };
            if let Facts::Inspect(image) = self.inspect(&format!("/images/{}/json", percent::encode_path(id))).await? {
                state.images.push(ImageState::from_inspect(&image));
            }
        }
        state.containers =
            self.every("/containers/json?all=true").await?.iter().map(ContainerState::from_list).collect();
        let name = |value: &Value| Some(value.get("Name")?.as_str()?.to_owned());
        state.networks = self.every("/networks").await?.iter().filter_map(name).collect();
        state.networks.retain(|network| !BUILT_IN.contains(&network.as_str()));
        let volumes = self.wire.get("/volumes").await?;
        let volumes = volumes.body.get("Volumes").and_then(Value::as_array).cloned().unwrap_or_default();
        state.volumes = volumes.iter().filter_map(name).collect();
        state.images.sort_by(|a, b| (&a.names, &a.id).cmp(&(&b.names, &b.id)));
        state.containers.sort_by(|a, b| a.name.cmp(&b.name));
        state.networks.sort();
        state.volumes.sort();
        Ok(state)
    }

    async fn every(&self, path: &str) -> Result<Vec<Value>, InfraFailure> {
        match self.list(path).await? {
            Facts::List(list) => Ok(list),
            _ => Ok(Vec::new()),
        }
    }
}
