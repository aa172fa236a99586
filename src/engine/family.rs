//! The families of engines.

use serde_json::Value;

use crate::lesson::EngineFamily;

/// Returns the family of an engine, according to its `/version` and its `/info`.
pub(super) fn family(version: &Value, info: &Value) -> EngineFamily {
    // `DriverStatus` is a list of pairs. Only the containerd image store has this pair.
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

/// Whether `/version` is podman's answer.
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
