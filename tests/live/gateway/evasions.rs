//! Sends known evasions to a gateway in front of a real engine. New objects must be labelled and have no access to the
//! host. Foreign objects must not change.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::attempts::Fate::{Any, No};
use super::attempts::{BODY, attempts};
use super::raw::{all, get, request, status, talk};
use super::support::TestGateway;
use crate::support::TestEngine;

/// Describes foreign objects that have changed, and new objects that have no label or have access to the host.
pub(super) fn wrong(
    socket: &Path,
    door: &TestGateway<'_>,
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
async fn known_evasions_change_no_foreign_object_and_do_not_reach_the_host() {
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
    let door = TestGateway::open(&engine, "evade").await;
    std::os::unix::fs::symlink("/etc", door.dir().join("out")).expect("a link");
    let cases = attempts(&door, &mine, &image, &host_network);

    let socket = engine.socket();
    let before = all(&socket);
    // Without the gateway, `wrong` must find unlabelled objects. Otherwise, this test would find no evasion.
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

/// Removes the objects in `now` that are not in `before`.
pub(super) fn tidy(engine: &TestEngine, before: &BTreeMap<String, Value>, now: &BTreeMap<String, Value>) {
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
