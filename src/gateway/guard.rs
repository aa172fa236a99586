//! What the rules say of a request's body.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::Rule;
use super::container::{Container, clean};
use super::error::Stop;
use super::json;

/// A rule with what it is about.
pub(super) type Want = (Rule, String);

/// What of the host may be mounted.
#[derive(Debug, Clone)]
pub(super) struct Paths<'a> {
    /// The lesson's directory, resolved.
    pub(super) dir: &'a Path,
    /// The engine's sockets.
    pub(super) sockets: &'a [PathBuf],
}

/// Capabilities with which a container can change the host, or look into it.
const CAPABILITIES: [&str; 14] = [
    "ALL",
    "BPF",
    "DAC_READ_SEARCH",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "PERFMON",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
];

/// Runtimes that confine a container as lessons expect.
const RUNTIMES: [&str; 5] = ["", "runc", "crun", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"];

/// What a new container wants that rules forbid.
pub(super) fn of_container(container: &Container, paths: &Paths<'_>) -> Result<Vec<Want>, Stop> {
    let host = container.host();
    let mut wants = Vec::new();
    if json::flag(&host, "Privileged")? {
        wants.push((Rule::Privileged, "--privileged".to_owned()));
    }
    for bind in json::texts(&host, "Binds")? {
        if let Some((source, _)) = bind.split_once(':').filter(|(source, _)| source.starts_with('/')) {
            wants.extend(of_path(source, paths));
        }
    }
    for mount in host.get("Mounts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        match json::text(mount, "Type")? {
            "bind" => wants.extend(of_path(json::text(mount, "Source")?, paths)),
            "volume" => {
                let driver = mount.get("VolumeOptions").and_then(|options| options.get("DriverConfig"));
                let options = driver.and_then(|driver| driver.get("Options")).and_then(Value::as_object);
                if let Some(options) = options {
                    wants.extend(of_driver(options, paths)?);
                }
            }
            _ => {}
        }
    }
    let modes = [
        ("NetworkMode", "--network"),
        ("PidMode", "--pid"),
        ("IpcMode", "--ipc"),
        ("UTSMode", "--uts"),
        ("UsernsMode", "--userns"),
        ("CgroupnsMode", "--cgroupns"),
    ];
    for (field, option) in modes {
        let mode = json::text(&host, field)?;
        // Podman takes a namespace by its path too.
        if mode == "host" || mode.starts_with("ns:") {
            wants.push((Rule::HostNamespace, format!("{option} {mode}")));
        }
    }
    if container.networks().contains(&"host") {
        wants.push((Rule::HostNamespace, "--network host".to_owned()));
    }
    for name in json::texts(&host, "CapAdd")?.into_iter().chain(json::texts(&host, "Capabilities")?) {
        let upper = name.trim().to_ascii_uppercase();
        if CAPABILITIES.contains(&upper.strip_prefix("CAP_").unwrap_or(&upper)) {
            wants.push((Rule::Capability, upper));
        }
    }
    for option in json::texts(&host, "SecurityOpt")? {
        if loosens(option) {
            wants.push((Rule::Confinement, format!("--security-opt {}", shorten(option))));
        }
    }
    for field in ["MaskedPaths", "ReadonlyPaths"] {
        if host.get(field).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            wants.push((Rule::Confinement, "--security-opt systempaths=unconfined".to_owned()));
            break;
        }
    }
    let runtime = json::text(&host, "Runtime")?;
    if !RUNTIMES.contains(&runtime) {
        wants.push((Rule::Confinement, format!("--runtime {runtime}")));
    }
    wants.extend(of_devices(&host));
    Ok(wants)
}

/// What of devices and cgroups rules forbid, also for a container that is there.
pub(super) fn of_devices(host: &Map<String, Value>) -> Vec<Want> {
    let list = |name: &str| host.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let path = |device: &Value| {
        let fields = device.as_object()?;
        let path = fields.iter().find(|(name, _)| json::fold(name) == "pathonhost")?.1;
        path.as_str().map(str::to_owned)
    };
    let devices = list("Devices").iter().map(|device| path(device).unwrap_or_else(|| "--device".to_owned()));
    let rules = list("DeviceCgroupRules").iter().map(|rule| rule.as_str().unwrap_or("--device-cgroup-rule").to_owned());
    let requests = list("DeviceRequests").iter().map(|_| "--gpus".to_owned());
    let mut wants: Vec<Want> = devices.chain(rules).chain(requests).map(|what| (Rule::Device, what)).collect();
    if let Some(parent) = host.get("CgroupParent").and_then(Value::as_str).filter(|parent| !parent.is_empty()) {
        wants.push((Rule::Confinement, format!("--cgroup-parent {parent}")));
    }
    wants
}

/// What a volume's driver options reach of the host.
pub(super) fn of_driver(options: &Map<String, Value>, paths: &Paths<'_>) -> Result<Vec<Want>, Stop> {
    let of = |name: &str| {
        let value = options.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        match value {
            None | Some(Value::Null) => Ok(""),
            Some(value) => value.as_str().ok_or(json::WRONG_TYPE),
        }
    };
    let (device, flags) = (of("device")?, of("o")?);
    let mut wants = Vec::new();
    if device.starts_with('/') {
        wants.extend(of_path(device, paths));
    }
    for flag in flags.split(',') {
        if let Some((name, path)) = flag.split_once('=')
            && name.ends_with("dir")
        {
            wants.extend(path.split(':').filter_map(|path| of_path(path, paths)));
        }
    }
    let binds = flags.split(',').any(|flag| matches!(flag.trim(), "bind" | "rbind"));
    if binds && !device.starts_with('/') {
        // A path that is not absolute begins in the engine's own directory.
        wants.push((Rule::HostMount, device.to_owned()));
    }
    Ok(wants)
}

fn of_path(path: &str, paths: &Paths<'_>) -> Option<Want> {
    let path = resolve(Path::new(&clean(path)));
    let what = path.display().to_string();
    if paths.sockets.iter().any(|socket| resolve(socket) == path) {
        return Some((Rule::EngineSocket, what));
    }
    if path.starts_with(paths.dir) { None } else { Some((Rule::HostMount, what)) }
}

/// A path behind its links; what is not there yet stays as it is.
fn resolve(path: &Path) -> PathBuf {
    for (depth, ancestor) in path.ancestors().enumerate() {
        if let Ok(real) = ancestor.canonicalize() {
            let rest: Vec<_> = path.components().rev().take(depth).collect();
            return rest.into_iter().rev().fold(real, |path, part| path.join(part));
        }
    }
    path.to_owned()
}

/// Whether a `--security-opt` takes away what confines a container.
pub(super) fn loosens(option: &str) -> bool {
    let option = option.trim().to_ascii_lowercase();
    let (name, value) = option.split_once(['=', ':']).unwrap_or((&option, ""));
    match name {
        "seccomp" => !matches!(value, "default" | "builtin"),
        "apparmor" | "systempaths" | "proc-opts" => value == "unconfined",
        "label" => value == "disable" || value.ends_with("spc_t"),
        // Windows' credentials and the kernel's "no new privileges" take nothing away.
        _ => option.contains("unconfined"),
    }
}

/// A seccomp profile comes as its whole text.
fn shorten(option: &str) -> String {
    if option.len() <= 60 { option.to_owned() } else { format!("{}…", option.chars().take(40).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
    fn what_stays_in_the_lesson_is_not_forbidden() {
        let host = json!({
            "Binds": ["DIR:/a", "DIR/sub:/b:ro", "DIR/none/yet:/c", "data:/d", "/anonymous"],
            "Mounts": [{"Type": "bind", "Source": "DIR/sub", "Target": "/e"}, {"Type": "tmpfs", "Target": "/f"},
                {"Type": "volume", "Source": "v", "Target": "/g",
                 "VolumeOptions": {"DriverConfig": {"Options": {"type": "tmpfs", "device": "tmpfs"}}}}],
            "NetworkMode": "bridge", "PidMode": "", "IpcMode": "private", "CapAdd": ["NET_ADMIN", "cap_chown"],
            "SecurityOpt": ["no-new-privileges", "seccomp=builtin"], "Runtime": "runc", "CgroupParent": "", "Privileged": false, "Devices": [],
            "MaskedPaths": null,
        });
        assert_eq!(wants(&host), Vec::<String>::new());
    }

    #[test]
    fn every_way_out_of_the_lesson_is_seen() {
        let cases = [
            (json!({"Privileged": true}), "privileged: --privileged"),
            (json!({"privileged": true}), "privileged: --privileged"),
            (json!({"Binds": ["/:/h"]}), "host-mount: /"),
            (json!({"Binds": ["DIR/../..:/h"]}), "host-mount: /"),
            (json!({"Binds": ["/etc/:/h:ro"]}), "host-mount: /etc"),
            (json!({"Binds": ["DIR/out:/h"]}), "host-mount: /etc"),
            (json!({"Binds": ["DIR/out/new:/h"]}), "host-mount: /etc/new"),
            (json!({"Binds": "/etc:/h"}), "host-mount: /etc"),
            (json!({"Mounts": [{"Type": "bind", "Source": "/etc", "Target": "/h"}]}), "host-mount: /etc"),
            (json!({"mounts": [{"type": "bind", "source": "/etc", "target": "/h"}]}), "host-mount: /etc"),
            (
                json!({"Mounts": [{"Type": "volume", "Target": "/h", "VolumeOptions": {"DriverConfig": {"Options":
                {"type": "none", "o": "bind", "device": "/etc"}}}}]}),
                "host-mount: /etc",
            ),
            (json!({"NetworkMode": "host"}), "host-namespace: --network host"),
            (json!({"PidMode": "host"}), "host-namespace: --pid host"),
            (json!({"IpcMode": "host"}), "host-namespace: --ipc host"),
            (json!({"UTSMode": "host"}), "host-namespace: --uts host"),
            (json!({"UsernsMode": "host"}), "host-namespace: --userns host"),
            (json!({"CgroupnsMode": "host"}), "host-namespace: --cgroupns host"),
            (json!({"CapAdd": ["sys_admin"]}), "capability: SYS_ADMIN"),
            (json!({"CapAdd": "ALL"}), "capability: ALL"),
            (json!({"CapAdd": ["CAP_SYS_PTRACE"]}), "capability: CAP_SYS_PTRACE"),
            (json!({"SecurityOpt": ["seccomp=unconfined"]}), "confinement: --security-opt seccomp=unconfined"),
            (json!({"SecurityOpt": ["apparmor:unconfined"]}), "confinement: --security-opt apparmor:unconfined"),
            (json!({"SecurityOpt": ["label=disable"]}), "confinement: --security-opt label=disable"),
            (json!({"MaskedPaths": []}), "confinement: --security-opt systempaths=unconfined"),
            (json!({"Devices": [{"PathOnHost": "/dev/sda"}]}), "device: /dev/sda"),
            (json!({"DeviceCgroupRules": ["a *:* rwm"]}), "device: a *:* rwm"),
            (json!({"DeviceRequests": [{"Count": -1}]}), "device: --gpus"),
            (json!({"CgroupParent": "/"}), "confinement: --cgroup-parent /"),
            (json!({"Runtime": "sysbox-runc"}), "confinement: --runtime sysbox-runc"),
            (json!({"NetworkMode": "ns:/proc/1/ns/net"}), "host-namespace: --network ns:/proc/1/ns/net"),
        ];
        for (host, expected) in cases {
            assert_eq!(wants(&host), [expected], "{host}");
        }
        let beside = Container::read(br#"{"Privileged":true}"#).unwrap();
        let paths = Paths { dir: Path::new("/nonexistent"), sockets: &[] };
        assert_eq!(of_container(&beside, &paths).unwrap()[0].0, Rule::Privileged);
    }

    #[test]
    fn the_engines_socket_is_named_for_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().canonicalize().unwrap();
        let socket = dir.join("d.sock");
        std::fs::write(&socket, "").unwrap();
        std::os::unix::fs::symlink(&socket, dir.join("alias.sock")).unwrap();
        let paths = Paths { dir: &dir, sockets: std::slice::from_ref(&socket) };
        let path = dir.join("alias.sock");
        assert_eq!(of_path(path.to_str().unwrap(), &paths).map(|want| want.0), Some(Rule::EngineSocket));
    }

    #[test]
    fn a_volume_may_not_reach_the_host_by_its_options() {
        let paths = Paths { dir: Path::new("/lesson"), sockets: &[] };
        let of = |options: Value| of_driver(options.as_object().unwrap(), &paths).unwrap().len();
        assert_eq!(of(json!({"type": "none", "o": "bind", "device": "/etc"})), 1);
        assert_eq!(of(json!({"TYPE": "none", "O": "rw,rbind", "Device": "/etc"})), 1);
        assert_eq!(of(json!({"type": "ext4", "device": "/dev/sda1"})), 1);
        assert_eq!(
            of(json!({"type": "overlay", "o": "lowerdir=/etc:/usr,upperdir=/lesson/u", "device": "overlay"})),
            2
        );
        assert_eq!(of(json!({"type": "none", "o": "bind", "device": "../x"})), 1);
        assert_eq!(of(json!({"type": "none", "o": "bind", "device": "/lesson/data"})), 0);
        assert_eq!(of(json!({"type": "nfs", "o": "addr=10.0.0.1,rw", "device": ":/export"})), 0);
        assert!(of_driver(json!({"device": 1}).as_object().unwrap(), &paths).is_err());
    }
}
