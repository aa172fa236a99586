//! Every way that is known to get past a gateway, against a real engine: nothing unmarked may come into being, nothing
//! that reaches out of the lesson, and nothing that was there before may change.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::raw::{all, get, request, status, talk};
use super::support::Door;
use crate::support::TestEngine;

/// What has to come of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is refused.
    No,
    /// It is answered, and what it makes is marked.
    Yes,
    /// Either; only what is on the engine counts.
    Any,
}
use Fate::{Any, No, Yes};

struct Case {
    what: String,
    bytes: Vec<u8>,
    fate: Fate,
}

const BODY: &str = r#"{"Image":"busybox","Cmd":["true"]}"#;

fn head(line: &str, headers: &str) -> String {
    format!("{line}\r\nHost: docker\r\nContent-Type: application/json\r\n{headers}\r\n")
}

/// A request that makes a container, after something that hides it.
fn hidden() -> String {
    String::from_utf8(request("POST", "/containers/create", BODY)).expect("ASCII")
}

/// Heads and bodies that two readers could read in two ways.
fn of_http(cases: &mut Vec<Case>) {
    let mut add = |what: &str, fate, text: String| {
        cases.push(Case { what: format!("http: {what}"), bytes: text.into_bytes(), fate });
    };
    let create = "POST /containers/create HTTP/1.1";
    let length = BODY.len();
    let chunked = format!("{length:x}\r\n{BODY}\r\n0\r\n\r\n");
    let hidden = hidden();
    add(
        "upgrade on a ping",
        Any,
        format!("{}{hidden}", head("GET /_ping HTTP/1.1", "Connection: Upgrade\r\nUpgrade: tcp\r\n")),
    );
    add(
        "upgrade on an exec that is not there",
        Any,
        format!(
            "{}{{}}{hidden}",
            head("POST /exec/nope/start HTTP/1.1", "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 2\r\n")
        ),
    );
    add(
        "upgrade on an attach that is not there",
        Any,
        format!(
            "{}{hidden}",
            head("POST /containers/nope/attach?stream=1 HTTP/1.1", "Connection: Upgrade\r\nUpgrade: tcp\r\n")
        ),
    );
    add(
        "h2c on a create",
        Any,
        format!(
            "{}{BODY}{hidden}",
            head(
                create,
                &format!(
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nContent-Length: {length}\r\n"
                )
            )
        ),
    );
    add("HTTP/2 from the start", No, format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{hidden}"));
    add("a second request behind the first", Any, format!("{}{hidden}", head("GET /_ping HTTP/1.1", "")));
    add(
        "a second request in a body that is not told",
        Any,
        format!("{}{hidden}", head("GET /version HTTP/1.1", "Connection: keep-alive\r\n")),
    );
    add("length 0 and a body", Any, format!("{}{BODY}", head(create, "Content-Length: 0\r\n")));
    add("no length and a body", Any, format!("{}{BODY}", head(create, "")));
    add(
        "a create by keep-alive",
        Yes,
        format!("{}{BODY}", head(create, &format!("Connection: keep-alive\r\nContent-Length: {length}\r\n"))),
    );
    add("chunks", Yes, format!("{}{chunked}", head(create, "Transfer-Encoding: chunked\r\n")));
    add(
        "chunks with an extension and a trailer",
        Yes,
        format!(
            "{}{length:x};a=\"\r\n{BODY}\r\n0\r\nContent-Length: 0\r\n\r\n",
            head(create, "Transfer-Encoding: chunked\r\nTrailer: Content-Length\r\n")
        ),
    );
    add("chunks, then a request", Yes, format!("{}{chunked}{hidden}", head(create, "Transfer-Encoding: chunked\r\n")));
    for (what, headers) in [
        ("length and chunks", format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n")),
        ("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n".to_owned()),
        ("two lengths", format!("Content-Length: {length}\r\nContent-Length: 0\r\n")),
        ("the same length twice", format!("Content-Length: {length}\r\nContent-Length: {length}\r\n")),
        ("a list of lengths", format!("Content-Length: {length}, {length}\r\n")),
        ("a length with a sign", format!("Content-Length: +{length}\r\n")),
        ("a negative length", "Content-Length: -1\r\n".to_owned()),
        ("a hexadecimal length", format!("Content-Length: 0x{length:x}\r\n")),
        ("a length that overflows", format!("Content-Length: 18446744073709551{length}\r\n")),
        ("a space before the colon", format!("Content-Length : {length}\r\n")),
        ("a folded header", format!("X: y\r\n Content-Length: {length}\r\nTransfer-Encoding:\r\n chunked\r\n")),
        ("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".to_owned()),
        ("chunked in a list", "Transfer-Encoding: identity, chunked\r\n".to_owned()),
        ("another coding", "Transfer-Encoding: gzip\r\n".to_owned()),
        ("nearly chunked", "Transfer-Encoding: xchunked\r\n".to_owned()),
        ("chunked behind a control character", "Transfer-Encoding: \x0bchunked\r\n".to_owned()),
        ("a body in gzip", format!("Content-Encoding: gzip\r\nContent-Length: {length}\r\n")),
        ("an expectation", format!("Expect: 200-ok\r\nContent-Length: {length}\r\n")),
        ("two expectations", format!("Expect: 100-continue\r\nExpect: x\r\nContent-Length: {length}\r\n")),
        ("two hosts", format!("Host: other\r\nContent-Length: {length}\r\n")),
        ("a NUL in a header", format!("X: a\0b\r\nContent-Length: {length}\r\n")),
        ("a bare CR in a header", format!("X: a\rTransfer-Encoding: chunked\r\nContent-Length: {length}\r\n")),
        ("many headers", format!("{}Content-Length: {length}\r\n", "X: y\r\n".repeat(500))),
        ("a huge header", format!("X: {}\r\nContent-Length: {length}\r\n", "y".repeat(200_000))),
        ("a form", format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n")),
    ] {
        let text = if headers.contains("hunked") {
            format!("{}{chunked}", head(create, &headers))
        } else {
            format!("{}{BODY}", head(create, &headers))
        };
        add(what, No, text);
    }
    add(
        "a word before the body",
        Yes,
        format!("{}{BODY}", head(create, &format!("Expect: 100-continue\r\nContent-Length: {length}\r\n"))),
    );
    add(
        "the length called the connection's",
        Yes,
        format!(
            "{}{BODY}",
            head(create, &format!("Connection: Content-Length, Content-Type\r\nContent-Length: {length}\r\n"))
        ),
    );
    add(
        "another method in a header",
        Any,
        format!(
            "{}{BODY}",
            head(
                "GET /containers/create HTTP/1.1",
                &format!("X-HTTP-Method-Override: POST\r\nContent-Length: {length}\r\n")
            )
        ),
    );
    add(
        "lines that end in LF",
        Any,
        format!("{}{BODY}", head(create, &format!("Content-Length: {length}\r\n")).replace("\r\n", "\n")),
    );
    add("an empty line first", Any, format!("\r\n{hidden}"));
    add("a space first", No, format!(" {hidden}"));
    add(
        "old HTTP with chunks",
        No,
        format!("{}{chunked}", head("POST /containers/create HTTP/1.0", "Transfer-Encoding: chunked\r\n")),
    );
    for size in ["-3", "+22", "0x22", " 22", "22 3", "fffffffffffffffff", "", "22\t;\n0"] {
        add(
            "a chunk's size",
            No,
            format!("{}{size}\r\n{BODY}\r\n0\r\n\r\n", head(create, "Transfer-Encoding: chunked\r\n")),
        );
    }
    add(
        "a chunk that ends in LF",
        No,
        format!("{}{length:x}\n{BODY}\n0\n\n", head(create, "Transfer-Encoding: chunked\r\n")),
    );
    let long = format!(r#"{{"pad":"{}","Image":"busybox"}}"#, "x".repeat(5 << 20));
    add(
        "a body that is too long to be read",
        No,
        String::from_utf8(request("POST", "/containers/create", &long)).expect("ASCII"),
    );
    for line in [
        "POST http://docker/containers/create HTTP/1.1",
        "POST //containers/create HTTP/1.1",
        "POST /containers//create HTTP/1.1",
        "POST /./containers/create HTTP/1.1",
        "POST /x/../containers/create HTTP/1.1",
        "POST /containers/create/ HTTP/1.1",
        "POST /containers%2Fcreate HTTP/1.1",
        "POST /contain%65rs/create HTTP/1.1",
        "POST /%63ontainers/create HTTP/1.1",
        "POST /containers/create%2f HTTP/1.1",
        "POST /containers/create%3fa=b HTTP/1.1",
        "POST /containers/create#x HTTP/1.1",
        "POST /containers\\create HTTP/1.1",
        "POST /v1.23/containers/create HTTP/1.1",
        "POST /v1.41//containers/create HTTP/1.1",
        "POST /v1.41/v1.41/containers/create HTTP/1.1",
        "POST /V1.41/containers/create HTTP/1.1",
        "POST /v01.41/../containers/create HTTP/1.1",
        "POST /Containers/Create HTTP/1.1",
        "POST containers/create HTTP/1.1",
        "POST * HTTP/1.1",
        "post /containers/create HTTP/1.1",
        "POST\t/containers/create HTTP/1.1",
        "POST  /containers/create HTTP/1.1",
        "POST /containers/create HTTP/1.1 HTTP/1.1",
        "POST /containers/create HTTP/9.9",
        "PATCH /containers/create HTTP/1.1",
        "CONNECT docker:80 HTTP/1.1",
        "PUT /containers/create HTTP/1.1",
        "POST /libpod/containers/create HTTP/1.1",
        "POST /v4.0.0/libpod/containers/create HTTP/1.1",
        "POST /containers/create?name=a;name=b HTTP/1.1",
        "POST /containers/create?name=a&name=b HTTP/1.1",
        "POST /containers/create?name=%zz HTTP/1.1",
    ] {
        add(line, No, format!("{}{BODY}", head(line, &format!("Content-Length: {length}\r\n"))));
    }
    add(
        "a version of the API",
        Yes,
        format!(
            "{}{BODY}",
            head("POST /v1.41/containers/create?platform= HTTP/1.1", &format!("Content-Length: {length}\r\n"))
        ),
    );
}

/// Bodies that say something twice, or in another spelling.
fn of_json(cases: &mut Vec<Case>) {
    let long_s = "\u{17f}";
    let kelvin = "\u{212a}";
    let mine = r#"{"dermaga.session":"other"}"#;
    let table: Vec<(Fate, String)> = vec![
        (Yes, format!(r#"{{"Image":"busybox","Labels":{mine}}}"#)),
        (Yes, format!(r#"{{"Image":"busybox","lAbElS":{mine}}}"#)),
        (Yes, format!(r#"{{"Image":"busybox","Label{long_s}":{mine}}}"#)),
        (Yes, r#"{"Image":"busybox","Labels":null}"#.to_owned()),
        (No, format!(r#"{{"Image":"busybox","Labels":{{}},"labels":{mine}}}"#)),
        (No, format!(r#"{{"Image":"busybox","Labels":{{}},"Label{long_s}":{mine}}}"#)),
        (No, format!(r#"{{"Image":"busybox","Labels":{{}},"Labels":{mine}}}"#)),
        (No, r#"{"Image":"busybox","Labels":["dermaga.session=other"]}"#.to_owned()),
        (No, r#"{"Image":"busybox","Labels":"x"}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":true},"hostconfig":{}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":false,"privileged":true}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"\u0050rivileged":true}}"#.to_owned()),
        (No, r#"{"Image":"busybox","Ho\u0073tConfig":{"PRIVILEGED":true}}"#.to_owned()),
        (No, format!(r#"{{"Image":"busybox","Ho{long_s}tConfig":{{"Privileged":true}}}}"#)),
        (No, format!(r#"{{"Image":"busybox","HostConfig":{{"Networ{kelvin}Mode":"host"}}}}"#)),
        (No, r#"{"Image":"busybox","Privileged":true}"#.to_owned()),
        (No, r#"{"Image":"busybox","Binds":["/:/h"]}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":null,"Binds":["/:/h"]}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":1}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":"true"}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":[{"Privileged":true}]}"#.to_owned()),
        (No, format!("\u{feff}{BODY}")),
        (No, format!(r#"{BODY}{{"Image":"busybox","HostConfig":{{"Privileged":true}}}}"#)),
        (No, format!("{BODY}]")),
        (No, format!("[{BODY}]")),
        (No, "null".to_owned()),
        (No, format!(r#"{{"Image":"busybox","x":{}{}}}"#, "[".repeat(5000), "]".repeat(5000))),
    ];
    for (fate, body) in table {
        let what = format!("json: {}", body.chars().take(90).collect::<String>());
        cases.push(Case { what, bytes: request("POST", "/containers/create", &body), fate });
    }
    let mut broken = request("POST", "/containers/create", r#"{"Image":"busybox","a":"??"}"#);
    for byte in broken.iter_mut().filter(|byte| **byte == b'?') {
        *byte = 0xff;
    }
    cases.push(Case { what: "json: broken UTF-8".into(), bytes: broken, fate: No });
}

/// Containers that reach out of the lesson.
fn of_reach(cases: &mut Vec<Case>, door: &Door<'_>, host_network: &str) {
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
        cases.push(Case { what, bytes: request("POST", "/containers/create", &body), fate });
    }
    let networked = json!({"Image": "busybox", "NetworkingConfig": {"EndpointsConfig": {"host": {}}}}).to_string();
    cases.push(Case {
        what: "reach: the host's network beside".into(),
        bytes: request("POST", "/containers/create", &networked),
        fate: No,
    });
    let volumes = json!({"Image": "busybox", "Volumes": {"/a": {}, "/b/": {}}}).to_string();
    cases.push(Case {
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
        cases.push(Case { what, bytes: request("POST", "/volumes/create", &body), fate: No });
    }
}

/// Whatever was there before.
fn of_foreign(cases: &mut Vec<Case>, door: &Door<'_>, mine: &str, image: &str) {
    let short = &mine[..12];
    let mut add = |fate, method: &str, target: &str, body: &str| {
        cases.push(Case {
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
        ] {
            add(Any, "POST", &format!("/{kind}/prune{filters}"), "");
        }
        add(No, "POST", &format!("/{kind}/prune?filters={{}}&filters={{}}"), "");
        add(No, "POST", &format!("/{kind}/prune?filters={{%22label%22:[],%22label%22:[%22x%22]}}"), "");
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
    cases.push(Case { what: "foreign: an archive that has the name".into(), bytes, fate: Any });
}

/// The archive with an image of another configuration under the same name.
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

/// What of what is new must not be: unmarked, or reaching out.
fn wrong(
    socket: &Path,
    door: &Door<'_>,
    before: &BTreeMap<String, Value>,
    now: &BTreeMap<String, Value>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, value) in before {
        if now.get(key) != Some(value) {
            wrong.push(format!("{key} was {value}, is {:?}", now.get(key)));
        }
    }
    let dir = door.dir().canonicalize().expect("a folder").display().to_string();
    for (key, thing) in now.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let labels = if thing["Config"].is_object() { &thing["Config"]["Labels"] } else { &thing["Labels"] };
        if !key.starts_with("image ") && !key.starts_with("name ") && labels["dermaga.session"] != *door.session {
            wrong.push(format!("{key} is not marked: {labels}"));
        }
        if key.starts_with("volume ") && !thing["Options"].is_null() && thing["Options"] != json!({}) {
            wrong.push(format!("{key} has options: {}", thing["Options"]));
        }
        let Some(host) = thing.get("HostConfig") else { continue };
        let empty =
            |name: &str| host[name].is_null() || host[name] == json!([]) || host[name] == "" || host[name] == false;
        for field in [
            "Privileged",
            "PidMode",
            "UTSMode",
            "UsernsMode",
            "CgroupParent",
            "Devices",
            "DeviceCgroupRules",
            "DeviceRequests",
            "VolumesFrom",
        ] {
            if !empty(field) {
                wrong.push(format!("{key} has {field} {}", host[field]));
            }
        }
        for (field, bad) in [("NetworkMode", "host"), ("IpcMode", "host")] {
            if host[field] == bad || host[field].as_str().is_some_and(|mode| mode.starts_with("container:")) {
                wrong.push(format!("{key} has {field} {}", host[field]));
            }
        }
        if let Some(capabilities) = host["CapAdd"].as_array() {
            wrong.extend(capabilities.iter().filter(|cap| **cap != "NET_ADMIN").map(|cap| format!("{key} has {cap}")));
        }
        if host["SecurityOpt"].to_string().contains("unconfined") || host["MaskedPaths"] == json!([]) {
            wrong.push(format!("{key} is not confined"));
        }
        for mount in thing["Mounts"].as_array().into_iter().flatten() {
            let source = mount["Source"].as_str().unwrap_or_default();
            if mount["Type"] == "bind" && !source.starts_with(&dir) || mount["Name"] == "mine-data" {
                wrong.push(format!("{key} mounts {source}"));
            }
        }
        let networks = get(socket, &format!("/containers/{}/json", key.trim_start_matches("container ")));
        if networks["NetworkSettings"]["Networks"].get("host").is_some() {
            wrong.push(format!("{key} is in the host's network"));
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_gets_past_it() {
    let engine = TestEngine::start();
    engine.docker(&[
        "run",
        "-d",
        "--name",
        "mine",
        "-v",
        "mine-data:/x",
        "--stop-timeout",
        "1",
        "busybox",
        "sleep",
        "10000",
    ]);
    engine.docker(&["create", "--name", "mine-too", "-v", "/anonymous", "busybox"]);
    engine.docker(&["network", "create", "mine-net"]);
    engine.docker(&["network", "connect", "mine-net", "mine"]);
    engine.docker(&["tag", "busybox", "mine:1"]);
    let mine = engine.docker(&["inspect", "-f", "{{.Id}}", "mine"]);
    let image = engine.docker(&["inspect", "-f", "{{.Id}}", "mine:1"]);
    let host_network = engine.docker(&["network", "inspect", "-f", "{{.Id}}", "host"]);
    let door = Door::open(&engine, "evade").await;
    std::os::unix::fs::symlink("/etc", door.dir().join("out")).expect("a link");
    let mut cases = Vec::new();
    of_http(&mut cases);
    of_json(&mut cases);
    of_reach(&mut cases, &door, &host_network);
    of_foreign(&mut cases, &door, &mine, &image);

    let socket = engine.socket();
    let before = all(&socket);
    // What judges must be able to see: the same requests to the engine itself.
    for body in [BODY, r#"{"Image":"busybox","HostConfig":{"Privileged":true,"Binds":["/:/h"]}}"#] {
        talk(&socket, &request("POST", "/containers/create?name=seen", body));
        assert!(wrong(&socket, &door, &before, &all(&socket)).iter().any(|wrong| wrong.contains("not marked")));
        engine.docker(&["rm", "-f", "seen"]);
    }
    let mut evasions = Vec::new();
    let mut surprises = Vec::new();
    let count = cases.len();
    for case in cases {
        let answer = talk(door.gateway.socket(), &case.bytes);
        let now = all(&socket);
        if now != before {
            evasions.extend(
                wrong(&socket, &door, &before, &now).into_iter().map(|wrong| format!("{}: {wrong}", case.what)),
            );
            tidy(&engine, &before, &now);
        }
        let first = answer.split("HTTP/1.1 100 Continue\r\n\r\n").last().unwrap_or_default();
        let refused = !(200..300).contains(&status(first));
        if case.fate != Any && refused != (case.fate == No) {
            surprises.push(format!("{}: {}", case.what, answer.chars().take(400).collect::<String>()));
        }
    }
    assert!(evasions.is_empty(), "{} evasions:\n{}", evasions.len(), evasions.join("\n"));
    assert!(surprises.is_empty(), "{} of {count} otherwise than expected:\n{}", surprises.len(), surprises.join("\n"));
    assert!(count > 250, "{count}");
}

/// Removes what is new.
fn tidy(engine: &TestEngine, before: &BTreeMap<String, Value>, now: &BTreeMap<String, Value>) {
    for key in now.keys().filter(|key| !before.contains_key(*key)) {
        let (kind, id) = key.split_once(' ').expect("two words");
        match kind {
            "container" => drop(engine.docker(&["rm", "-fv", id])),
            "network" => drop(engine.docker(&["network", "rm", id])),
            "image" => drop(engine.docker(&["rmi", "-f", id])),
            _ => {}
        }
    }
    for volume in engine.docker(&["volume", "ls", "-q"]).lines() {
        if !before.contains_key(&format!("volume {volume}")) {
            engine.docker(&["volume", "rm", volume]);
        }
    }
}
