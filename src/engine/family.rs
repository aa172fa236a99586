//! The families of engines.

use serde_json::Value;

use crate::lesson::EngineFamily;

/// Returns the family of an engine, according to its `/version` and its `/info`.
pub(super) fn family(version: &Value, info: &Value) -> EngineFamily {
    // `DriverStatus` is a list of pairs. Only the containerd image store has this pair.
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

/// Whether `/version` is podman's answer.
pub(super) fn is_podman(version: &Value) -> bool {
    let podman = |part: &Value| part["Name"].as_str().is_some_and(|name| name.starts_with("Podman"));
    version["Components"].as_array().is_some_and(|parts| parts.iter().any(podman))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn family_is_read_from_version_and_info() {
        let docker = json!({"Components": [{"Name": "Engine"}, {"Name": "containerd"}]});
        let graph = json!({"DriverStatus": [["Backing Filesystem", "extfs"]]});
        let store = json!({"DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]]});
        assert_eq!(family(&docker, &graph), EngineFamily::Docker);
        assert_eq!(family(&docker, &store), EngineFamily::Containerd);
        assert_eq!(family(&json!({"Components": [{"Name": "Podman Engine"}]}), &graph), EngineFamily::Podman);
        assert_eq!(family(&json!({}), &json!({"DriverStatus": null})), EngineFamily::Docker);
    }
}
