//! Tests engines whose answers do not show the owner of an object. The gateway must then forward no request that may
//! change an object.

use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use dermaga::engine::Endpoint;
use dermaga::gateway::{Gateway, GatewaySpec};

use super::raw::{request, status, talk};
use super::support::spec_at;

/// The answer of the engine to every GET request except `/info`.
#[derive(Clone, Copy, Debug)]
enum Says {
    Status(u16, &'static str),
    Nothing,
}

/// Starts a simulated engine that answers only `/info` correctly. Returns the list of the changing requests that it
/// receives.
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

/// Requests that refer to an object by name. Each request has a method, a target and sometimes a body.
const REQUESTS: &[&str] = &[
    "POST /containers/x/start",
    "POST /containers/x/stop",
    "POST /containers/x/rename?name=y",
    "POST /containers/x/resize?h=1&w=1",
    "POST /containers/x/attach?stdin=1",
    "DELETE /containers/x?force=1",
    "PUT /containers/x/archive?path=/",
    r#"POST /containers/x/exec {"Cmd": ["true"]}"#,
    r#"POST /containers/x/update {"Memory": 0}"#,
    r#"POST /exec/x/start {"Detach": true}"#,
    "POST /commit?container=x&repo=y",
    "DELETE /networks/x",
    r#"POST /networks/x/connect {"Container": "y"}"#,
    r#"POST /networks/bridge/disconnect {"Container": "y"}"#,
    "DELETE /volumes/x",
    "DELETE /images/x",
    "POST /images/x/tag?repo=y",
    "POST /images/create?fromImage=x&tag=1",
    "POST /images/load",
    "POST /images/prune",
    "POST /containers/prune",
    "POST /build?t=x",
    "POST /build?networkmode=container:x",
    r#"POST /containers/create {"Image": "busybox"}"#,
];

/// Fields of `HostConfig` that refer to an object by name.
const HOST_CONFIGS: &[&str] = &[
    r#""NetworkMode": "container:x""#,
    r#""NetworkMode": "x""#,
    r#""PidMode": "container:x""#,
    r#""IpcMode": "container:x""#,
    r#""VolumesFrom": ["x"]"#,
    r#""Links": ["x"]"#,
    r#""Binds": ["x:/x"]"#,
    r#""Mounts": [{"Type": "volume", "Source": "x", "Target": "/x"}]"#,
];

/// Returns the requests of [`REQUESTS`], and requests for containers with each of [`HOST_CONFIGS`].
fn requests() -> impl Iterator<Item = String> {
    let create = |part: &&str| format!(r#"POST /containers/create {{"Image": "busybox", "HostConfig": {{{part}}}}}"#);
    REQUESTS.iter().map(ToString::to_string).chain(HOST_CONFIGS.iter().map(create))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changing_request_is_refused_if_the_engine_does_not_show_the_objects_owner() {
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
        for asked in requests() {
            let mut words = asked.splitn(3, ' ');
            let [method, target, body] = std::array::from_fn(|_| words.next().unwrap_or_default());
            let answer = talk(gateway.socket(), &request(method, target, body));
            assert!(status(&answer) >= 400 || status(&answer) == 0, "{says:?}: {asked}: {answer}");
            let is_told =
                answer.contains("did not say who made") || matches!(says, Says::Nothing | Says::Status(400, _));
            assert!(is_told, "{says:?}: {asked}: {answer}");
            let changed = changes.lock().expect("a lock").clone();
            assert_eq!(changed, Vec::<String>::new(), "{says:?}: {asked}");
        }
        gateway.stop().await;
    }
}
