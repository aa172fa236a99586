//! What kind of engine answers.

use serde_json::Value;

use super::Engine;
use super::error::trouble;
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::lesson::EngineFamily;

/// An engine's description of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// `20.10.24+dfsg1`
    pub version: String,
    /// Newest API version.
    pub api: String,
    /// Oldest API version.
    pub min_api: String,
    /// `linux`
    pub os: String,
    /// `amd64`
    pub arch: String,
    /// Docker, Docker with the containerd image store, or podman.
    pub family: EngineFamily,
    /// The kernel's version.
    pub kernel: String,
}

impl Engine {
    /// What it is.
    ///
    /// # Errors
    /// When it does not answer.
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
    let text = |key: &str| version.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    About {
        version: text("Version"),
        api: text("ApiVersion"),
        min_api: text("MinAPIVersion"),
        os: text("Os"),
        arch: text("Arch"),
        family: family(version, info),
        kernel: text("KernelVersion"),
    }
}

fn family(version: &Value, info: &Value) -> EngineFamily {
    // `DriverStatus` is a list of pairs; only the containerd image store has this one.
    let store = |pair: &Value| {
        pair.get(0).and_then(Value::as_str) == Some("driver-type")
            && pair.get(1).and_then(Value::as_str).is_some_and(|kind| kind.starts_with("io.containerd.snapshotter"))
    };
    if is_podman(version) {
        EngineFamily::Podman
    } else if list(info, "DriverStatus").iter().any(store) {
        EngineFamily::Containerd
    } else {
        EngineFamily::Docker
    }
}

/// Whether `/version` is podman's.
pub(super) fn is_podman(version: &Value) -> bool {
    let podman = |part: &Value| part.get("Name").and_then(Value::as_str).is_some_and(|name| name.starts_with("Podman"));
    list(version, "Components").iter().any(podman)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_family_is_read_from_what_engines_say() {
        let docker = json!({"Components": [{"Name": "Engine"}, {"Name": "containerd"}]});
        let graph = json!({"DriverStatus": [["Backing Filesystem", "extfs"]]});
        let store = json!({"DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]]});
        assert_eq!(family(&docker, &graph), EngineFamily::Docker);
        assert_eq!(family(&docker, &store), EngineFamily::Containerd);
        assert_eq!(family(&json!({"Components": [{"Name": "Podman Engine"}]}), &graph), EngineFamily::Podman);
        assert_eq!(family(&json!({}), &json!({"DriverStatus": null})), EngineFamily::Docker);
    }
}
