//! Requests that are known to evade gateways. Some are read differently by two parsers (`readings`), some give a
//! container access to the host, and some change foreign objects.

use serde_json::{Value, json};

use super::raw::request;
use super::readings::{of_http, of_json};
use super::support::TestGateway;

/// The answer that a request must get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The gateway refuses the request.
    No,
    /// The engine answers the request, and the gateway labels the new object.
    Yes,
    /// Any answer is right. The test only checks the objects on the engine.
    Any,
}
use Fate::{Any, No, Yes};

/// A request with its expected answer.
pub(super) struct Attempt {
    pub(super) what: String,
    pub(super) bytes: Vec<u8>,
    pub(super) fate: Fate,
}

/// The body of a request for a container without options.
pub(super) const BODY: &str = r#"{"Image":"busybox","Cmd":["true"]}"#;

/// Returns the head of a request with this request line and these headers.
pub(super) fn head(line: &str, headers: &str) -> String {
    format!("{line}\r\nHost: docker\r\nContent-Type: application/json\r\n{headers}\r\n")
}

/// Returns all requests. `mine`, `image` and `host_network` are the ids of a foreign container, a foreign image and the
/// network `host`.
pub(super) fn attempts(door: &TestGateway<'_>, mine: &str, image: &str, host_network: &str) -> Vec<Attempt> {
    let mut cases = Vec::new();
    of_http(&mut cases);
    of_json(&mut cases);
    of_reach(&mut cases, door, host_network);
    of_foreign(&mut cases, door, mine, image);
    cases
}

/// Adds requests for containers and volumes that have access to the host.
fn of_reach(cases: &mut Vec<Attempt>, door: &TestGateway<'_>, host_network: &str) {
    let dir = door.dir().display().to_string();
    let socket = door.engine.socket().display().to_string();
    let bind = |source: &str| json!({"Mounts": [{"Type": "bind", "Source": source, "Target": "/h"}]});
    let driver = |options: Value| {
        json!({"Mounts": [{"Type": "volume", "Source": "ev-driven", "Target": "/h",
            "VolumeOptions": {"DriverConfig": {"Name": "local", "Options": options}}}]})
    };
    let table = [
        (No, json!({"Privileged": true})),
        (No, json!({"Binds": ["/:/h"]})),
        (No, json!({"Binds": ["/etc:/h:ro"]})),
        (No, json!({"Binds": [format!("{dir}/../..:/h")]})),
        (No, json!({"Binds": [format!("{dir}/out:/h")]})),
        (No, json!({"Binds": [format!("{dir}/out/passwd:/h")]})),
        (No, json!({"Binds": [format!("{dir}x:/h")]})),
        (No, json!({"Binds": [format!("{socket}:/var/run/docker.sock")]})),
        (No, json!({"Binds": [format!("{}:/s", door.gateway.socket().display())]})),
        (No, json!({"Binds": ["//etc:/h"]})),
        (No, json!({"Binds": ["/proc/self/root:/h"]})),
        (No, json!({"Binds": ["mine-data:/h"]})),
        (No, json!({"Mounts": [{"Type": "volume", "Source": "mine-data", "Target": "/h"}]})),
        (No, json!({"mounts": [{"type": "volume", "source": "mine-data", "target": "/h"}]})),
        (No, bind("/")),
        (No, bind("/etc")),
        (No, bind(&format!("{dir}/out"))),
        (No, bind(&socket)),
        (
            No,
            json!({"Mounts": [{"type": "bind", "SOURCE": "/etc", "Target": "/h", "BindOptions": {"Propagation": "rshared"}}]}),
        ),
        (No, driver(json!({"type": "none", "o": "bind", "device": "/etc"}))),
        (No, driver(json!({"Type": "none", "O": "rw,rbind", "Device": "/etc"}))),
        (
            No,
            driver(
                json!({"type": "overlay", "device": "overlay", "o": "lowerdir=/etc,upperdir=/tmp/u,workdir=/tmp/w"}),
            ),
        ),
        (No, driver(json!({"type": "ext4", "device": "/dev/sda1"}))),
        (No, json!({"NetworkMode": "host"})),
        (No, json!({"NetworkMode": host_network})),
        (No, json!({"NetworkMode": &host_network[..12]})),
        (No, json!({"PidMode": "host"})),
        (No, json!({"IpcMode": "host"})),
        (No, json!({"UTSMode": "host"})),
        (No, json!({"UsernsMode": "host"})),
        (No, json!({"CgroupnsMode": "host"})),
        (No, json!({"PidMode": "container:mine"})),
        (No, json!({"IpcMode": "container:mine"})),
        (No, json!({"NetworkMode": "container:mine"})),
        (No, json!({"VolumesFrom": ["mine"]})),
        (No, json!({"VolumesFrom": ["mine:ro"]})),
        (No, json!({"CapAdd": ["ALL"]})),
        (No, json!({"CapAdd": ["cap_sys_admin"]})),
        (No, json!({"CapAdd": ["SYS_PTRACE"]})),
        (No, json!({"CapAdd": ["SYS_MODULE"]})),
        (No, json!({"SecurityOpt": ["seccomp=unconfined"]})),
        (No, json!({"SecurityOpt": ["apparmor=unconfined"]})),
        (No, json!({"SecurityOpt": ["label=disable"]})),
        (No, json!({"SecurityOpt": ["systempaths=unconfined"]})),
        (No, json!({"SecurityOpt": ["seccomp={\"defaultAction\":\"SCMP_ACT_ALLOW\"}"]})),
        (No, json!({"MaskedPaths": []})),
        (No, json!({"ReadonlyPaths": []})),
        (
            No,
            json!({"Devices": [{"PathOnHost": "/dev/mem", "PathInContainer": "/dev/mem", "CgroupPermissions": "rwm"}]}),
        ),
        (No, json!({"Devices": [{"pathonhost": "/dev/mem", "PathInContainer": "/dev/mem", "CgroupPermissions": "r"}]})),
        (No, json!({"DeviceCgroupRules": ["a *:* rwm"]})),
        (No, json!({"DeviceRequests": [{"Driver": "nvidia", "Count": -1, "Capabilities": [["gpu"]]}]})),
        (No, json!({"CgroupParent": "/"})),
        (No, json!({"Runtime": "other"})),
        (Yes, json!({"Sysctls": {"net.ipv4.ip_forward": "1"}})),
        (Yes, json!({"Binds": [format!("{dir}:/h"), "/anonymous", "ev-named:/n"]})),
        (Yes, json!({"Tmpfs": {"/t": ""}, "CapAdd": ["NET_ADMIN"], "SecurityOpt": ["no-new-privileges"]})),
    ];
    for (fate, host) in table {
        let body = json!({"Image": "busybox", "Cmd": ["true"], "HostConfig": host}).to_string();
        let what = format!("reach: {host}");
        cases.push(Attempt { what, bytes: request("POST", "/containers/create", &body), fate });
    }
    let networked = json!({"Image": "busybox", "NetworkingConfig": {"EndpointsConfig": {"host": {}}}}).to_string();
    cases.push(Attempt {
        what: "reach: the host's network beside".into(),
        bytes: request("POST", "/containers/create", &networked),
        fate: No,
    });
    let volumes = json!({"Image": "busybox", "Volumes": {"/a": {}, "/b/": {}}}).to_string();
    cases.push(Attempt {
        what: "reach: anonymous volumes".into(),
        bytes: request("POST", "/containers/create", &volumes),
        fate: Yes,
    });
    for options in [
        json!({"type": "none", "o": "bind", "device": "/etc"}),
        json!({"type": "none", "o": "bind", "device": "../../etc"}),
        json!({"TYPE": "none", "O": "x,bind", "DEVICE": "/"}),
    ] {
        let body = json!({"Name": "ev-volume", "DriverOpts": options}).to_string();
        let what = format!("reach: a volume with {options}");
        cases.push(Attempt { what, bytes: request("POST", "/volumes/create", &body), fate: No });
    }
}

/// Adds requests that change foreign objects.
fn of_foreign(cases: &mut Vec<Attempt>, door: &TestGateway<'_>, mine: &str, image: &str) {
    let short = &mine[..12];
    let mut add = |fate, method: &str, target: &str, body: &str| {
        cases.push(Attempt {
            what: format!("foreign: {method} {target} {body}"),
            bytes: request(method, target, body),
            fate,
        });
    };
    for id in ["mine", mine, short] {
        for verb in ["stop?t=0", "kill", "restart?t=0", "pause", "rename?name=ev-yours", "start"] {
            add(No, "POST", &format!("/containers/{id}/{verb}"), "");
        }
        add(No, "POST", &format!("/containers/{id}/exec"), r#"{"Cmd":["touch","/ev"]}"#);
        add(No, "POST", &format!("/containers/{id}/update"), r#"{"Memory":67108864,"MemorySwap":-1}"#);
        add(No, "DELETE", &format!("/containers/{id}?force=1&v=1"), "");
        add(No, "POST", &format!("/containers/{id}/attach?stream=1&stdin=1"), "");
        add(No, "GET", &format!("/containers/{id}/attach/ws?stream=1&stdin=1"), "");
        add(No, "PUT", &format!("/containers/{id}/archive?path=/"), "");
        add(No, "POST", &format!("/commit?container={id}&repo=ev-commit"), "");
    }
    add(No, "POST", "/containers/mine/start", r#"{"Binds":["/:/h"]}"#);
    add(No, "POST", "/containers/mine/copy", r#"{"Resource":"/etc"}"#);
    add(No, "POST", "/v1.41/containers/mine/kill?signal=KILL", "");
    add(No, "POST", "/networks/mine-net/disconnect", r#"{"Container":"mine","Force":true}"#);
    add(No, "POST", "/networks/mine-net/connect", r#"{"container":"mine"}"#);
    add(No, "POST", "/networks/mine-net/connect", "{\"Contain\u{65}r\":\"mine\",\"CONTAINER\":\"mine\"}");
    add(No, "DELETE", "/networks/mine-net", "");
    add(No, "DELETE", "/volumes/mine-data?force=1", "");
    add(No, "PUT", "/volumes/mine-data", r#"{"Spec":{}}"#);
    for name in ["mine:1", "busybox", "busybox:latest", "docker.io/library/busybox:latest", image, &image[7..19]] {
        add(No, "DELETE", &format!("/images/{name}?force=1"), "");
    }
    add(No, "POST", "/images/busybox/tag?repo=mine&tag=1", "");
    add(No, "POST", "/images/busybox/tag?repo=docker.io/library/mine&tag=1", "");
    add(No, "POST", "/images/busybox/tag?repo=mine:1", "");
    add(No, "POST", "/images/busybox/tag?repo=ev-a&repo=mine&tag=1", "");
    add(No, "POST", "/images/create?fromSrc=-&repo=mine&tag=1", "");
    add(No, "POST", "/build?t=mine:1", "");
    add(No, "POST", "/build?t=ev-a&t=mine:1", "");
    add(No, "POST", "/build?t=ev-a&networkmode=host", "");
    add(No, "POST", "/build?t=ev-a&cgroupparent=/", "");
    add(No, "POST", "/build?t=ev-a&securityopt=[%22seccomp=unconfined%22]", "");
    for kind in ["containers", "networks", "volumes", "images"] {
        for filters in [
            "",
            "?filters={%22until%22:[%221s%22]}",
            "?filters={%22label!%22:[%22dermaga.session%22]}",
            "?filters={%22label%22:{%22mine%22:true}}",
            "?filters={%22dangling%22:[%22false%22]}",
            "?filters={%22dangling%22:{%22false%22:true}}",
            "?filters={%22all%22:[%22true%22]}",
            "?filters={%22label%22:[],%22label%22:[%22x%22]}",
        ] {
            add(Any, "POST", &format!("/{kind}/prune{filters}"), "");
        }
        add(No, "POST", &format!("/{kind}/prune?filters={{}}&filters={{}}"), "");
    }
    add(Yes, "POST", "/build/prune?all=1", "");
    for (method, target) in [
        ("POST", "/swarm/init"),
        ("POST", "/swarm/join"),
        ("POST", "/swarm/leave?force=1"),
        ("POST", "/services/create"),
        ("POST", "/secrets/create"),
        ("POST", "/configs/create"),
        ("DELETE", "/nodes/x"),
        ("POST", "/plugins/pull?remote=x"),
        ("POST", "/plugins/x/enable"),
        ("POST", "/plugins/create?name=x"),
        ("DELETE", "/plugins/x"),
        ("POST", "/debug/x"),
        ("POST", "/nosuch"),
        ("DELETE", "/containers"),
        ("POST", "/containers/mine/nosuch"),
        ("PUT", "/images/mine:1"),
        ("POST", "/libpod/system/prune"),
        ("DELETE", "/libpod/containers/mine?force=1"),
    ] {
        add(No, method, target, "{}");
    }
    let load = door.engine.folder().join("mine.tar");
    door.engine.docker(&["save", "-o", load.to_str().expect("UTF-8"), "mine:1"]);
    let tar = retagged(&std::fs::read(&load).expect("an archive"));
    let mut bytes = head("POST /images/load HTTP/1.1", &format!("Content-Length: {}\r\n", tar.len())).into_bytes();
    bytes.extend(tar);
    cases.push(Attempt { what: "foreign: an archive that has the name".into(), bytes, fate: Any });
}

/// Returns the archive with a changed image configuration. The image keeps its name.
fn retagged(tar: &[u8]) -> Vec<u8> {
    let (old, new) = (b"\"Cmd\":[\"sh\"]".as_slice(), b"\"Cmd\":[\"ls\"]".as_slice());
    let mut bytes = tar.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(old.len()).position(|window| window == old) {
        bytes[at + found..at + found + new.len()].copy_from_slice(new);
        at += found + new.len();
    }
    bytes
}
