//! The parts of an engine's state that the site shows.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The images, containers, networks and volumes of an engine. Each list is sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EngineState {
    /// Images.
    pub images: Vec<ImageState>,
    /// Containers, running or not.
    pub containers: Vec<ContainerState>,
    /// Networks, without `bridge`, `host` and `none`.
    pub networks: Vec<String>,
    /// Volumes. The name of an anonymous volume is an id of 64 digits.
    pub volumes: Vec<String>,
}

/// An image.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageState {
    /// The names, such as `mongo:4.1`. The list is empty if the image has no name.
    pub names: Vec<String>,
    /// The first 12 digits of the image's id.
    pub id: String,
    /// The first 12 digits of each layer's digest, lowest layer first.
    pub layers: Vec<String>,
    /// The size in bytes.
    pub size: u64,
}

/// A container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContainerState {
    /// The name of the container.
    pub name: String,
    /// The name of the container's image.
    pub image: String,
    /// The state: `running`, `exited`, `created`, `paused` …
    pub state: String,
    /// The status as the engine prints it: `Exited (0) …`, `Up …`.
    pub status: String,
    /// The container's networks.
    pub networks: Vec<String>,
    /// The published ports, such as `8080->80/tcp`.
    pub ports: Vec<String>,
    /// The volumes with their mount points, such as `data:/var/lib`.
    pub mounts: Vec<String>,
}

/// Returns the first 12 digits of an id.
fn short(id: &str) -> String {
    id.trim_start_matches("sha256:").chars().take(12).collect()
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl ImageState {
    /// Reads an image from the engine's answer to an inspect request.
    #[must_use]
    pub fn from_inspect(image: &Value) -> Self {
        let mut names = texts(image.get("RepoTags"));
        names.retain(|name| !name.contains("<none>"));
        names.sort();
        Self {
            names,
            id: short(&text(image, "Id")),
            layers: texts(image.pointer("/RootFS/Layers")).iter().map(|layer| short(layer)).collect(),
            size: image.get("Size").and_then(Value::as_u64).unwrap_or_default(),
        }
    }
}

impl ContainerState {
    /// Reads a container from an entry of the engine's container list.
    #[must_use]
    pub fn from_list(container: &Value) -> Self {
        let name = texts(container.get("Names")).into_iter().next().unwrap_or_default();
        let networks = container.pointer("/NetworkSettings/Networks").and_then(Value::as_object);
        let mut networks: Vec<String> = networks.map(|map| map.keys().cloned().collect()).unwrap_or_default();
        networks.sort();
        let entries = |key: &str| container.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut ports: Vec<String> = entries("Ports").iter().filter_map(port).collect();
        ports.sort();
        ports.dedup();
        let mounted = |mount: &Value| {
            (text(mount, "Type") == "volume").then(|| format!("{}:{}", text(mount, "Name"), text(mount, "Destination")))
        };
        let mut mounts: Vec<String> = entries("Mounts").iter().filter_map(mounted).collect();
        mounts.sort();
        Self {
            name: name.trim_start_matches('/').to_owned(),
            image: text(container, "Image"),
            state: text(container, "State"),
            status: text(container, "Status"),
            networks,
            ports,
            mounts,
        }
    }
}

/// Returns a published port in the form `8080->80/tcp`, or `None` for a port that is not published.
fn port(port: &Value) -> Option<String> {
    let public = port.get("PublicPort")?.as_u64()?;
    let private = port.get("PrivatePort")?.as_u64()?;
    Some(format!("{public}->{private}/{}", text(port, "Type")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn container_is_read_from_the_engines_list() {
        let state = ContainerState::from_list(&json!({
            "Names": ["/web"], "Image": "nginx:1.27", "State": "running", "Status": "Up 2 seconds",
            "Ports": [{"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
                      {"IP": "::", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
                      {"PrivatePort": 443, "Type": "tcp"}],
            "NetworkSettings": {"Networks": {"toko": {}, "bridge": {}}},
            "Mounts": [{"Type": "volume", "Name": "data", "Destination": "/data"}, {"Type": "bind", "Source": "/x"}],
        }));
        assert_eq!((state.name.as_str(), state.state.as_str()), ("web", "running"));
        assert_eq!(state.networks, ["bridge", "toko"]);
        assert_eq!(state.ports, ["8080->80/tcp"]);
        assert_eq!(state.mounts, ["data:/data"]);
        assert_eq!(ContainerState::from_list(&json!(7)), ContainerState::default());
    }

    #[test]
    fn untagged_image_has_an_empty_list_of_names() {
        let image = ImageState::from_inspect(&json!({
            "Id": "sha256:0123456789abcdef", "RepoTags": ["<none>:<none>"], "Size": 7,
            "RootFS": {"Layers": ["sha256:aaaaaaaaaaaaaaaa"]},
        }));
        let expected =
            ImageState { names: vec![], id: "0123456789ab".into(), layers: vec!["aaaaaaaaaaaa".into()], size: 7 };
        assert_eq!(image, expected);
    }
}
