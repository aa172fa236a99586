//! An engine that does not say whose a thing is: the gateway refuses, and passes nothing on that may change anything.

use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use dermaga::engine::Endpoint;
use dermaga::gateway::{Gateway, GatewaySpec};
use serde_json::{Value, json};

use super::raw::{request, status, talk};
use super::support::spec_at;

/// What such an engine says to every question but the first.
#[derive(Clone, Copy, Debug)]
enum Says {
    Status(u16, &'static str),
    Nothing,
}

/// Serves `/info` as an engine does. Returns what it was asked to change.
fn engine(socket: &Path, says: Says) -> Arc<Mutex<Vec<String>>> {
    let changes = Arc::new(Mutex::new(Vec::new()));
    let listener = UnixListener::bind(socket).expect("a socket");
    let seen = Arc::clone(&changes);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let seen = Arc::clone(&seen);
            std::thread::spawn(move || answer(stream, says, &seen));
        }
    });
    changes
}

fn answer(mut stream: UnixStream, says: Says, seen: &Mutex<Vec<String>>) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let first = head.lines().next().unwrap_or_default().to_owned();
    let (code, body) = match says {
        _ if first.starts_with("GET /info ") => (200, r#"{"ID":"fake","ServerVersion":"1"}"#),
        _ if !first.starts_with("GET ") => {
            seen.lock().expect("a lock").push(first);
            (204, "")
        }
        Says::Status(code, body) => (code, body),
        Says::Nothing => return,
    };
    let length = body.len();
    let head = format!("HTTP/1.1 {code} x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

/// Requests that mean something by a name.
fn requests() -> Vec<(&'static str, &'static str, Value)> {
    let create = |host: Value| json!({"Image": "busybox", "HostConfig": host});
    let container = "/containers/create";
    vec![
        ("POST", "/containers/x/start", Value::Null),
        ("POST", "/containers/x/stop", Value::Null),
        ("POST", "/containers/x/rename?name=y", Value::Null),
        ("POST", "/containers/x/resize?h=1&w=1", Value::Null),
        ("POST", "/containers/x/attach?stdin=1", Value::Null),
        ("DELETE", "/containers/x?force=1", Value::Null),
        ("PUT", "/containers/x/archive?path=/", Value::Null),
        ("POST", "/containers/x/exec", json!({"Cmd": ["true"]})),
        ("POST", "/containers/x/update", json!({"Memory": 0})),
        ("POST", "/exec/x/start", json!({"Detach": true})),
        ("POST", "/commit?container=x&repo=y", Value::Null),
        ("DELETE", "/networks/x", Value::Null),
        ("POST", "/networks/x/connect", json!({"Container": "y"})),
        ("POST", "/networks/bridge/disconnect", json!({"Container": "y"})),
        ("DELETE", "/volumes/x", Value::Null),
        ("DELETE", "/images/x", Value::Null),
        ("POST", "/images/x/tag?repo=y", Value::Null),
        ("POST", "/images/create?fromImage=x&tag=1", Value::Null),
        ("POST", "/images/load", Value::Null),
        ("POST", "/images/prune", Value::Null),
        ("POST", "/containers/prune", Value::Null),
        ("POST", "/build?t=x", Value::Null),
        ("POST", "/build?networkmode=container:x", Value::Null),
        ("POST", container, json!({"Image": "busybox"})),
        ("POST", container, create(json!({"NetworkMode": "container:x"}))),
        ("POST", container, create(json!({"NetworkMode": "x"}))),
        ("POST", container, create(json!({"PidMode": "container:x"}))),
        ("POST", container, create(json!({"IpcMode": "container:x"}))),
        ("POST", container, create(json!({"VolumesFrom": ["x"]}))),
        ("POST", container, create(json!({"Links": ["x"]}))),
        ("POST", container, create(json!({"Binds": ["x:/x"]}))),
        ("POST", container, create(json!({"Mounts": [{"Type": "volume", "Source": "x", "Target": "/x"}]}))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn request_is_refused_if_the_engine_does_not_say_whose_a_thing_is() {
    let folder = tempfile::Builder::new().prefix("dmgu").tempdir().expect("a folder");
    let answers = [
        Says::Status(500, r#"{"message":"layer not known"}"#),
        Says::Status(503, ""),
        Says::Status(301, ""),
        Says::Status(200, "nonsense"),
        Says::Status(400, r#"{"message":"bad"}"#),
        Says::Nothing,
    ];
    for (at, says) in answers.into_iter().enumerate() {
        let socket = folder.path().join(format!("{at}.sock"));
        let changes = engine(&socket, says);
        let spec = GatewaySpec { upstream: Endpoint::Unix(socket), ..spec_at(folder.path(), &format!("asks{at}")) };
        let (gateway, _told) = Gateway::start(spec).await.expect("a gateway");
        for (method, target, body) in requests() {
            let body = if body.is_null() { String::new() } else { body.to_string() };
            let answer = talk(gateway.socket(), &request(method, target, &body));
            assert!(status(&answer) >= 400 || status(&answer) == 0, "{says:?}: {method} {target} {body}: {answer}");
            let is_told = answer.contains("the engine does not tell whose")
                || matches!(says, Says::Nothing | Says::Status(400, _));
            assert!(is_told, "{says:?}: {method} {target} {body}: {answer}");
            let changed = changes.lock().expect("a lock").clone();
            assert_eq!(changed, Vec::<String>::new(), "{says:?}: {method} {target} {body}");
        }
        gateway.stop().await;
    }
}
