//! An engine's description of itself.

use serde_json::Value;

use super::Engine;
use super::connect::is_podman;
use super::error::trouble;
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::lesson::EngineFamily;

/// An engine's description of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The version, such as `20.10.24+dfsg1`.
    pub version: String,
    /// The newest API version that the engine supports.
    pub api: String,
    /// The oldest API version that the engine supports.
    pub min_api: String,
    /// The architecture, such as `amd64`.
    pub arch: String,
    /// The family: Docker, Docker with the containerd image store, or podman.
    pub family: EngineFamily,
    /// The kernel's version.
    pub kernel: String,
}

impl Engine {
    /// Asks the engine for its description.
    ///
    /// # Errors
    /// Fails if the engine does not answer.
    pub async fn about(&self) -> Result<About, InfraFailure> {
        let version = self.wire.get("/version").await?.body;
        let info = self.wire.get("/info").await?;
        if info.status != 200 {
            return Err(trouble(InfraFailureKind::Other, info.message()));
        }
        Ok(describe(&version, &info.body))
    }
}

fn describe(version: &Value, info: &Value) -> About {
    let text = |key: &str| version[key].as_str().unwrap_or_default().to_owned();
    About {
        version: text("Version"),
        api: text("ApiVersion"),
        min_api: text("MinAPIVersion"),
        arch: text("Arch"),
        family: family(version, info),
        kernel: text("KernelVersion"),
    }
}

/// Returns the family of an engine, according to its `/version` and its `/info`.
fn family(version: &Value, info: &Value) -> EngineFamily {
    // `DriverStatus` is a list of pairs. Only the containerd image store has a pair such as `["driver-type",
    // "io.containerd.snapshotter.v1"]`.
    let is_store = |kind: &str| kind.starts_with("io.containerd.snapshotter");
    let store = |pair: &Value| pair[0] == "driver-type" && pair[1].as_str().is_some_and(is_store);
    if is_podman(version) {
        EngineFamily::Podman
    } else if info["DriverStatus"].as_array().is_some_and(|pairs| pairs.iter().any(store)) {
        EngineFamily::Containerd
    } else {
        EngineFamily::Docker
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn engine_family_is_read_from_version_and_info() {
        let docker = json!({"Components": [{"Name": "Engine"}, {"Name": "containerd"}]});
        let graph = json!({"DriverStatus": [["Backing Filesystem", "extfs"]]});
        let store = json!({"DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]]});
        assert_eq!(family(&docker, &graph), EngineFamily::Docker);
        assert_eq!(family(&docker, &store), EngineFamily::Containerd);
        assert_eq!(family(&json!({"Components": [{"Name": "Podman Engine"}]}), &graph), EngineFamily::Podman);
        assert_eq!(family(&json!({}), &json!({"DriverStatus": null})), EngineFamily::Docker);
    }
}
