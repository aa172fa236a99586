//! Sends HTTP requests as bytes, and lists the objects on an engine.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

/// Sends bytes. Returns the answer up to the moment when the other side closes the connection or is silent for seconds.
/// Keeps its own side of the connection open, because an engine would otherwise cancel the request.
pub(super) fn talk(socket: &Path, bytes: &[u8]) -> String {
    let mut stream = UnixStream::connect(socket).expect("somebody listens");
    let mut sender = stream.try_clone().expect("a socket");
    let bytes = bytes.to_vec();
    // If the server refuses the request early, it may not read all bytes.
    let sending = std::thread::spawn(move || drop(sender.write_all(&bytes)));
    let mut answer = Vec::new();
    let mut piece = vec![0; 65536];
    for patience in [2, 20] {
        stream.set_read_timeout(Some(Duration::from_secs(patience))).expect("a time-out");
        let closed = loop {
            match stream.read(&mut piece) {
                Ok(0) => break true,
                Ok(count) => answer.extend_from_slice(&piece[..count]),
                Err(error) => break !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
            }
        };
        if closed || stream.shutdown(std::net::Shutdown::Write).is_err() {
            break;
        }
    }
    drop(stream);
    sending.join().expect("the sender");
    String::from_utf8_lossy(&answer).into_owned()
}

/// Returns the bytes of a request with a body.
pub(super) fn request(method: &str, target: &str, body: &str) -> Vec<u8> {
    let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    let length = body.len();
    format!("{method} {target} HTTP/1.1\r\nHost: docker\r\n{kind}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// Returns the status code of an answer, or 0 if there is no answer.
pub(super) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// Sends a GET request to an engine, and returns the JSON in the answer.
pub(super) fn get(socket: &Path, target: &str) -> Value {
    let answer = talk(socket, format!("GET {target} HTTP/1.0\r\n\r\n").as_bytes());
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{target}: {error}: {answer}"))
}

/// Returns the objects on an engine by kind and id, with every property that a request could change.
pub(super) fn all(socket: &Path) -> BTreeMap<String, Value> {
    let mut things = BTreeMap::new();
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    for container in get(socket, "/containers/json?all=1").as_array().expect("a list") {
        let id = text(container, "Id");
        let mut seen = get(socket, &format!("/containers/{id}/json"));
        // Parts of these properties change even if no request changes the container, so they are not compared.
        for part in ["State", "ExecIDs", "ResolvConfPath"] {
            let keep = if part == "State" {
                serde_json::json!([seen["State"]["Status"], seen["State"]["StartedAt"]])
            } else if part == "ExecIDs" {
                seen[part].clone()
            } else {
                Value::Null
            };
            seen[part] = keep;
        }
        if let Some(mounts) = seen["Mounts"].as_array_mut() {
            mounts.sort_by_key(Value::to_string);
        }
        things.insert(format!("container {id}"), seen);
    }
    for network in get(socket, "/networks").as_array().expect("a list") {
        let seen = get(socket, &format!("/networks/{}", text(network, "Id")));
        let members: Vec<_> = seen["Containers"].as_object().into_iter().flatten().map(|(id, _)| id.clone()).collect();
        let seen = serde_json::json!({"Name": seen["Name"], "Labels": seen["Labels"], "Containers": members});
        things.insert(format!("network {}", text(network, "Id")), seen);
    }
    for volume in get(socket, "/volumes")["Volumes"].as_array().into_iter().flatten() {
        things.insert(format!("volume {}", text(volume, "Name")), volume.clone());
    }
    for image in get(socket, "/images/json").as_array().expect("a list") {
        things.insert(format!("image {}", text(image, "Id")), Value::Null);
        for tag in image["RepoTags"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if tag != "<none>:<none>" {
                things.insert(format!("name {tag}"), image["Id"].clone());
            }
        }
    }
    things
}
