//! The rules for the bodies of requests. The lists in `known.toml` contain the allowed values. The gateway refuses any
//! other value unless the learner allows it.

use serde_json::{Map, Value};

use super::Rule;
use super::container::{Container, is_container};
use super::error::Rejection;
use super::json;
use super::known;
use super::mounts::{self, Paths};
use super::rule::Want;

/// Fields of a host configuration that may have only listed values. Each entry has the field, the rule that refuses
/// other values, the option for the message, and the list of allowed values.
const VALUES: [(&str, Rule, &str, &str); 8] = [
    ("PidMode", Rule::HostNamespace, "--pid", "own-namespace"),
    ("IpcMode", Rule::HostNamespace, "--ipc", "ipc-modes"),
    ("UTSMode", Rule::HostNamespace, "--uts", "own-namespace"),
    ("UsernsMode", Rule::HostNamespace, "--userns", "own-namespace"),
    ("CgroupnsMode", Rule::HostNamespace, "--cgroupns", "own-namespace"),
    ("VolumeDriver", Rule::Option, "--volume-driver", "volume-drivers"),
    ("Isolation", Rule::Option, "--isolation", "isolations"),
    ("Runtime", Rule::Confinement, "--runtime", "runtimes"),
];

/// Fields that must be empty in new containers and in updates. Each entry has the field, the rule, and the option for
/// the message.
const EMPTY: [(&str, Rule, &str); 5] = [
    ("DeviceCgroupRules", Rule::Device, "--device-cgroup-rule"),
    ("DeviceRequests", Rule::Device, "--gpus"),
    ("CgroupParent", Rule::Confinement, "--cgroup-parent"),
    ("CpuRealtimePeriod", Rule::Option, "--cpu-rt-period"),
    ("CpuRealtimeRuntime", Rule::Option, "--cpu-rt-runtime"),
];

/// Lists the settings of a new container that the rules forbid.
pub(super) fn of_container(container: &Container, paths: &Paths<'_>) -> Result<Vec<Want>, Rejection> {
    let host = container.host();
    let mut wants = of_unknown(&container.unknown);
    if json::flag(&host, "Privileged")? {
        wants.push((Rule::Privileged, "--privileged".to_owned()));
    }
    wants.extend(mounts::of_host(&host, paths)?);
    wants.extend(of_modes(&host, container)?);
    for name in json::texts(&host, "CapAdd")?.into_iter().chain(json::texts(&host, "Capabilities")?) {
        let upper = name.trim().to_ascii_uppercase();
        if !known::has("capabilities", upper.strip_prefix("CAP_").unwrap_or(&upper)) {
            wants.push((Rule::Capability, upper));
        }
    }
    for option in json::texts(&host, "SecurityOpt")? {
        if loosens(option) {
            wants.push((Rule::Confinement, format!("--security-opt {}", shorten(option))));
        }
    }
    // Any list, even an empty list, replaces the engine's own list of protected paths.
    if ["MaskedPaths", "ReadonlyPaths"].iter().any(|field| host.get(*field).is_some_and(|list| !list.is_null())) {
        wants.push((Rule::Confinement, "--security-opt systempaths=unconfined".to_owned()));
    }
    wants.extend(of_logging(&host)?);
    let option = |option: &str, name: &str| (Rule::Option, format!("{option} {name}"));
    for name in json::names(&host, "Sysctls")? {
        if !(name.starts_with("net.") || name.starts_with("fs.mqueue.") || known::has("sysctls", name)) {
            wants.push(option("--sysctl", name));
        }
    }
    wants.extend(
        json::names(&host, "StorageOpt")?.filter(|name| *name != "size").map(|name| option("--storage-opt", name)),
    );
    wants.extend(json::names(&host, "Annotations")?.map(|name| option("--annotation", name)));
    for settings in container.endpoints().filter_map(|(_, settings)| settings) {
        wants.extend(of_endpoint(settings)?);
    }
    if let Some(score) = host.get("OomScoreAdj").and_then(Value::as_f64).filter(|score| *score < 0.0) {
        wants.push(option("--oom-score-adj", &score.to_string()));
    }
    if json::flag(&host, "OomKillDisable")? && host.get("Memory").and_then(Value::as_f64).unwrap_or(0.0) <= 0.0 {
        wants.push((Rule::Option, "--oom-kill-disable (without --memory)".to_owned()));
    }
    wants.extend(of_resources(&host)?);
    Ok(wants)
}

/// Lists all of `fields` as forbidden, because the gateway does not know these fields.
pub(super) fn of_unknown(fields: &[String]) -> Vec<Want> {
    fields.iter().map(|field| (Rule::Option, field.clone())).collect()
}

/// Lists the namespaces, drivers and runtimes of a new container that the rules forbid.
fn of_modes(host: &Map<String, Value>, container: &Container) -> Result<Vec<Want>, Rejection> {
    let mut wants = Vec::new();
    for (field, rule, option, known) in VALUES {
        let value = json::text(host, field)?;
        if !known::has_or_none(known, value) && !is_container(value) {
            wants.push((rule, format!("{option} {value}")));
        }
    }
    let network = json::text(host, "NetworkMode")?;
    // Podman also accepts the path of a namespace.
    if network == "host" || network.starts_with("ns:") || container.endpoints().any(|(name, _)| name == "host") {
        let network = if network.is_empty() { "host" } else { network };
        wants.push((Rule::HostNamespace, format!("--network {network}")));
    }
    Ok(wants)
}

fn of_logging(host: &Map<String, Value>) -> Result<Vec<Want>, Rejection> {
    let Some(log) = host.get("LogConfig").and_then(Value::as_object) else { return Ok(Vec::new()) };
    let driver = json::text(log, "Type")?;
    if !known::has_or_none("log-drivers", driver) {
        return Ok(vec![(Rule::Option, format!("--log-driver {driver}"))]);
    }
    let unknown = json::names(log, "Config")?.filter(|name| !known::has("log-options", name));
    Ok(unknown.map(|name| (Rule::Option, format!("--log-opt {name}"))).collect())
}

/// Lists the settings of a network's endpoint that the rules forbid.
pub(super) fn of_endpoint(settings: &Map<String, Value>) -> Result<Vec<Want>, Rejection> {
    let unknown = json::names(settings, "DriverOpts")?.filter(|name| !known::has("endpoint-options", name));
    Ok(unknown.map(|name| (Rule::Option, format!("driver-opt {name}"))).collect())
}

/// Lists the devices and resource settings that the rules forbid in a new container or an update.
pub(super) fn of_resources(host: &Map<String, Value>) -> Result<Vec<Want>, Rejection> {
    let mut wants = Vec::new();
    for device in host.get("Devices").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        wants.push((Rule::Device, json::text(device, "PathOnHost")?.to_owned()));
    }
    for (field, rule, option) in EMPTY {
        let value = host.get(field).unwrap_or(&Value::Null);
        let what = match value {
            Value::Null => continue,
            Value::Array(list) if list.is_empty() => continue,
            Value::String(text) if text.is_empty() => continue,
            Value::Number(number) if number.as_f64() == Some(0.0) => continue,
            Value::Array(list) => list[0].as_str().map(|first| format!("{option} {first}")),
            Value::String(text) => Some(format!("{option} {text}")),
            _ => None,
        };
        wants.push((rule, what.unwrap_or_else(|| option.to_owned())));
    }
    Ok(wants)
}

/// Whether a `--security-opt` may weaken the confinement of a container.
pub(super) fn loosens(option: &str) -> bool {
    let option = option.trim().to_ascii_lowercase();
    let (name, value) = option.split_once(['=', ':']).unwrap_or((&option, ""));
    let keeps = match name {
        "no-new-privileges" => matches!(value, "" | "true" | "false"),
        "seccomp" => matches!(value, "default" | "builtin"),
        "apparmor" => value == "docker-default",
        "label" => value.starts_with("level:"),
        _ => false,
    };
    !keeps
}

/// Shortens an option for a message, because a seccomp profile is a whole file.
fn shorten(option: &str) -> String {
    if option.len() <= 60 { option.to_owned() } else { format!("{}…", option.chars().take(40).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::path::{Path, PathBuf};

    fn wants(host: &Value) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().canonicalize().unwrap();
        std::fs::create_dir(dir.join("sub")).unwrap();
        std::os::unix::fs::symlink("/etc", dir.join("out")).unwrap();
        let text = json!({ "HostConfig": host }).to_string().replace("DIR", dir.to_str().unwrap());
        let container = Container::read(text.as_bytes()).unwrap();
        let sockets = [PathBuf::from("/var/run/docker.sock")];
        let wants = of_container(&container, &Paths { dir: &dir, sockets: &sockets }).unwrap();
        wants.into_iter().map(|(rule, what)| format!("{}: {what}", rule.name())).collect()
    }

    #[test]
    fn container_with_harmless_options_breaks_no_rule() {
        let host = json!({
            "Binds": ["DIR:/a", "DIR/sub:/b:ro,z", "DIR/none/yet:/c", "data:/d:nocopy", "/anonymous"],
            "Mounts": [{"Type": "bind", "Source": "DIR/sub", "Target": "/e", "BindOptions": {"Propagation": "rprivate"}},
                {"Type": "tmpfs", "Target": "/f"},
                {"Type": "volume", "Source": "v", "Target": "/g",
                 "VolumeOptions": {"DriverConfig": {"Options": {"type": "tmpfs", "device": "tmpfs"}}}}],
            "NetworkMode": "bridge", "PidMode": "", "IpcMode": "private", "CapAdd": ["NET_ADMIN", "cap_chown"],
            "SecurityOpt": ["no-new-privileges", "seccomp=builtin"], "Runtime": "runc", "CgroupParent": "",
            "Privileged": false, "Devices": [], "DeviceRequests": null, "MaskedPaths": null, "CpuRealtimePeriod": 0,
            "LogConfig": {"Type": "json-file", "Config": {"max-size": "1m"}}, "Sysctls": {"net.core.somaxconn": "9"},
            "StorageOpt": {"size": "1G"}, "OomKillDisable": true, "Memory": 9, "OomScoreAdj": 500, "Isolation": "",
            "Annotations": {}, "UsernsMode": "", "RestartPolicy": {"Name": "always"}, "Ulimits": [{"Name": "nofile"}],
        });
        assert_eq!(wants(&host), Vec::<String>::new());
    }

    #[test]
    fn container_option_that_reaches_the_host_breaks_its_rule() {
        let cases = [
            (json!({"Privileged": true}), "privileged: --privileged"),
            (json!({"privileged": true}), "privileged: --privileged"),
            (json!({"Binds": ["/:/h"]}), "host-mount: /"),
            (json!({"Binds": ["DIR/../..:/h"]}), "host-mount: /"),
            (json!({"Binds": ["/etc/:/h:ro"]}), "host-mount: /etc"),
            (json!({"Binds": ["DIR/out:/h"]}), "host-mount: /etc"),
            (json!({"Binds": ["DIR/out/new:/h"]}), "host-mount: /etc/new"),
            (json!({"Binds": "/etc:/h"}), "host-mount: /etc"),
            (json!({"Binds": ["DIR:/h:rshared"]}), "option: --volume …:rshared"),
            (json!({"Binds": ["v:/h:ro,shared"]}), "option: --volume …:shared"),
            (json!({"Mounts": [{"Type": "bind", "Source": "/etc", "Target": "/h"}]}), "host-mount: /etc"),
            (json!({"mounts": [{"type": "bind", "source": "/etc", "target": "/h"}]}), "host-mount: /etc"),
            (
                json!({"Mounts": [{"Type": "bind", "Source": "DIR", "BindOptions": {"propagation": "shared"}}]}),
                "option: bind-propagation=shared",
            ),
            (json!({"Mounts": [{"Type": "npipe", "Source": "DIR"}]}), "option: --mount type=npipe"),
            (
                json!({"Mounts": [{"Type": "volume", "Target": "/h", "VolumeOptions": {"DriverConfig": {"Options":
                {"type": "none", "o": "bind", "device": "/etc"}}}}]}),
                "host-mount: /etc",
            ),
            (
                json!({"Mounts": [{"Type": "volume", "VolumeOptions": {"DriverConfig": {"Name": "nfs"}}}]}),
                "option: --driver nfs",
            ),
            (json!({"NetworkMode": "host"}), "host-namespace: --network host"),
            (json!({"PidMode": "host"}), "host-namespace: --pid host"),
            (json!({"IpcMode": "host"}), "host-namespace: --ipc host"),
            (json!({"UTSMode": "host"}), "host-namespace: --uts host"),
            (json!({"UsernsMode": "host"}), "host-namespace: --userns host"),
            (json!({"CgroupnsMode": "host"}), "host-namespace: --cgroupns host"),
            (json!({"PidMode": "ns:/proc/1/ns/pid"}), "host-namespace: --pid ns:/proc/1/ns/pid"),
            (json!({"CapAdd": ["sys_admin"]}), "capability: SYS_ADMIN"),
            (json!({"CapAdd": "ALL"}), "capability: ALL"),
            (json!({"CapAdd": ["CAP_SYS_PTRACE"]}), "capability: CAP_SYS_PTRACE"),
            (json!({"CapAdd": ["CAP_NEW"]}), "capability: CAP_NEW"),
            (json!({"SecurityOpt": ["seccomp=unconfined"]}), "confinement: --security-opt seccomp=unconfined"),
            (json!({"SecurityOpt": ["apparmor:unconfined"]}), "confinement: --security-opt apparmor:unconfined"),
            (json!({"SecurityOpt": ["label=disable"]}), "confinement: --security-opt label=disable"),
            (json!({"SecurityOpt": ["writable-cgroups=true"]}), "confinement: --security-opt writable-cgroups=true"),
            (json!({"MaskedPaths": []}), "confinement: --security-opt systempaths=unconfined"),
            (json!({"MaskedPaths": ["/x"]}), "confinement: --security-opt systempaths=unconfined"),
            (json!({"ReadonlyPaths": ["/x"]}), "confinement: --security-opt systempaths=unconfined"),
            (json!({"Devices": [{"PathOnHost": "/dev/sda"}]}), "device: /dev/sda"),
            (json!({"devices": [{"pathonhost": "/dev/sda"}]}), "device: /dev/sda"),
            (json!({"DeviceCgroupRules": ["a *:* rwm"]}), "device: --device-cgroup-rule a *:* rwm"),
            (json!({"DeviceRequests": [{"Count": -1}]}), "device: --gpus"),
            (json!({"CgroupParent": "/"}), "confinement: --cgroup-parent /"),
            (json!({"Runtime": "sysbox-runc"}), "confinement: --runtime sysbox-runc"),
            (json!({"NetworkMode": "ns:/proc/1/ns/net"}), "host-namespace: --network ns:/proc/1/ns/net"),
            (json!({"LogConfig": {"Type": "syslog"}}), "option: --log-driver syslog"),
            (
                json!({"LogConfig": {"Type": "local", "Config": {"syslog-address": "x"}}}),
                "option: --log-opt syslog-address",
            ),
            (json!({"Sysctls": {"kernel.core_pattern": "x"}}), "option: --sysctl kernel.core_pattern"),
            (json!({"StorageOpt": {"dm.basesize": "1"}}), "option: --storage-opt dm.basesize"),
            (json!({"Annotations": {"a": "b"}}), "option: --annotation a"),
            (json!({"OomScoreAdj": -500}), "option: --oom-score-adj -500"),
            (json!({"OomKillDisable": true}), "option: --oom-kill-disable (without --memory)"),
            (json!({"CpuRealtimeRuntime": 9}), "option: --cpu-rt-runtime"),
            (json!({"VolumeDriver": "nfs"}), "option: --volume-driver nfs"),
            (json!({"Isolation": "hyperv"}), "option: --isolation hyperv"),
            (json!({"Later": []}), "option: HostConfig.Later"),
        ];
        for (host, expected) in cases {
            assert_eq!(wants(&host), [expected], "{host}");
        }
        let paths = Paths { dir: Path::new("/nonexistent"), sockets: &[] };
        for (body, expected) in [
            (r#"{"Privileged":true}"#, (Rule::Option, "Privileged")),
            (r#"{"NetworkingConfig":{"EndpointsConfig":{"host":{}}}}"#, (Rule::HostNamespace, "--network host")),
            (
                r#"{"NetworkingConfig":{"EndpointsConfig":{"n":{"DriverOpts":{"parent":"eth0"}}}}}"#,
                (Rule::Option, "driver-opt parent"),
            ),
        ] {
            let container = Container::read(body.as_bytes()).unwrap();
            assert_eq!(of_container(&container, &paths).unwrap(), [(expected.0, expected.1.to_owned())], "{body}");
        }
    }
}
