//! Sends bytes to a gateway in front of a simulated engine. The gateway must refuse a request, or forward it in a form
//! that another parser reads in the same way.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use dermaga::engine::Endpoint;
use dermaga::gateway::{Gateway, GatewaySpec, SESSION_LABEL, View};
use dermaga::lesson::LessonId;
use dermaga::words::Lang;
use serde_json::{Map, Value};

/// The name of the session in forwarded requests.
const SESSION: &str = "fuzzed";

/// Sends `data` to the gateway. Panics if a request that reaches the engine has a flaw.
pub fn check(data: &[u8]) {
    // Most inputs are not complete requests and get no answer, so the check waits only briefly.
    for request in forward(data, Duration::from_millis(30)) {
        assert_eq!(flaw(&request), None, "{}", String::from_utf8_lossy(&request));
    }
}

/// Sends the bytes to the gateway as a client, and waits for an answer for at most `patience`. Returns the requests
/// that reach the engine, including the gateway's own requests.
#[must_use]
pub fn forward(bytes: &[u8], patience: Duration) -> Vec<Vec<u8>> {
    static RIG: LazyLock<Mutex<Rig>> = LazyLock::new(|| Mutex::new(Rig::start()));
    RIG.lock().unwrap_or_else(PoisonError::into_inner).forward(bytes, patience)
}

/// A gateway in front of a simulated engine that accepts every request.
struct Rig {
    _folder: tempfile::TempDir,
    gateway: Gateway,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Rig {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("dmfz").tempdir().expect("a folder");
        let path = |name: &str| -> PathBuf { folder.path().join(name) };
        let requests = serve(&path("engine.sock"));
        let spec = GatewaySpec {
            upstream: Endpoint::Unix(path("engine.sock")),
            socket: path("gateway.sock"),
            session: SESSION.to_owned(),
            lesson: LessonId("l".into()),
            journal: path("sessions/fuzzed.jsonl"),
            dir: PathBuf::from("/nonexistent"),
            view: View::All,
            lang: Lang::En,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (gateway, _) = runtime.block_on(Gateway::start(spec)).expect("a gateway");
        Self { _folder: folder, gateway, requests }
    }

    fn forward(&self, bytes: &[u8], patience: Duration) -> Vec<Vec<u8>> {
        let taken = || std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner));
        taken();
        let mut client = UnixStream::connect(self.gateway.socket()).expect("the gateway");
        client.set_read_timeout(Some(patience)).expect("a time limit");
        // If the gateway refuses a request, it may close the connection before the client has sent everything.
        let _ = client.write_all(bytes);
        let mut buffer = [0; 4096];
        // If the gateway is silent until the timeout, the request is incomplete, or the connection no longer speaks
        // HTTP.
        while client.read(&mut buffer).is_ok_and(|count| count > 0) {}
        let _ = client.shutdown(Shutdown::Both);
        taken()
    }
}

/// Starts a simulated engine that has one image and accepts every request. Returns the list of its requests.
fn serve(socket: &Path) -> Arc<Mutex<Vec<Vec<u8>>>> {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    let listener = UnixListener::bind(socket).expect("a socket");
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let seen = Arc::clone(&seen);
            std::thread::spawn(move || answer(stream, &seen));
        }
    });
    requests
}

fn answer(mut stream: UnixStream, seen: &Mutex<Vec<Vec<u8>>>) {
    let (mut request, mut buffer) = (Vec::new(), vec![0; 65536]);
    while !is_whole(&request) {
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => request.extend_from_slice(&buffer[..count]),
            // The client has disconnected.
            _ => return,
        }
    }
    let line = String::from_utf8_lossy(request.split(|&byte| byte == b'\r').next().unwrap_or_default()).into_owned();
    seen.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    let body = match line.split(' ').nth(1).unwrap_or_default() {
        "/info" => r#"{"ID":"fake","ServerVersion":"1"}"#,
        path if path.starts_with("/images/json") => "[]",
        path if path.starts_with("/images/") => r#"{"Id":"sha256:00","Config":{}}"#,
        _ => "{}",
    };
    let is_object = line.starts_with("GET /containers/") || line.starts_with("GET /networks/");
    let status = if is_object { "404 Not Found" } else { "200 OK" };
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

/// Whether a request has its whole body.
fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let (head, body) = (String::from_utf8_lossy(&request[..end]).to_ascii_lowercase(), &request[end + 4..]);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    match length {
        Some(length) => body.len() >= length,
        None => !head.contains("transfer-encoding:") || body.ends_with(b"0\r\n\r\n"),
    }
}

/// Returns a flaw of a request that reaches the engine, if it has one. Uses another parser than the gateway.
#[must_use]
pub fn flaw(sent: &[u8]) -> Option<&'static str> {
    let Some(end) = sent.windows(4).position(|window| window == b"\r\n\r\n") else { return Some("no end of the head") };
    let (head, body) = (&sent[..end], &sent[end + 4..]);
    let lines: Vec<&[u8]> = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end).collect();
    let first: Vec<&[u8]> = lines[0].split(|&byte| byte == b' ').collect();
    let &[method, target, b"HTTP/1.1"] = first.as_slice() else { return Some("the request's line") };
    if !target.starts_with(b"/") || target.starts_with(b"//") || !target.is_ascii() {
        return Some("the target");
    }
    let of = |wanted: &str| {
        let name = |line: &&&[u8]| {
            line.split(|&byte| byte == b':').next().is_some_and(|name| name.eq_ignore_ascii_case(wanted.as_bytes()))
        };
        lines[1..].iter().filter(name).map(|line| line[wanted.len() + 1..].trim_ascii()).collect::<Vec<_>>()
    };
    let content = match (of("content-length").as_slice(), of("transfer-encoding").as_slice()) {
        ([], []) if body.is_empty() => Vec::new(),
        ([length], []) => {
            let length = std::str::from_utf8(length).ok().and_then(|length| length.parse::<usize>().ok());
            if length != Some(body.len()) {
                return Some("the body's length");
            }
            body.to_vec()
        }
        ([], [b"chunked"]) => match unchunk(body) {
            Some(content) => content,
            None => return Some("the chunks"),
        },
        _ => return Some("the framing"),
    };
    if of("connection").iter().any(|value| *value != b"Upgrade") || !of("expect").is_empty() {
        return Some("a header of the connection's");
    }
    let path = target.split(|&byte| byte == b'?').next().unwrap_or_default();
    if method == b"POST" && path.ends_with(b"/containers/create") {
        return flaw_of_container(&content);
    }
    None
}

fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).ok()?, 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return if body == b"\r\n" { Some(content) } else { None };
        }
        content.extend_from_slice(body.get(..size)?);
        body = body[size..].strip_prefix(b"\r\n")?;
    }
}

/// Finds a field as Go's JSON parser does. Upper and lower case are equal, and the last field with a name counts.
fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let same = |known: &str| known.to_lowercase().replace('\u{17f}', "s").replace('\u{212a}', "k") == name;
    object.iter().rev().find(|(known, _)| same(known)).map(|(_, value)| value)
}

fn flaw_of_container(content: &[u8]) -> Option<&'static str> {
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(content) else { return Some("the container") };
    let Some(Value::Object(labels)) = field(&body, "labels") else { return Some("no labels") };
    if labels.get(SESSION_LABEL).and_then(Value::as_str) != Some(SESSION) {
        return Some("the label");
    }
    let host = field(&body, "hostconfig").and_then(Value::as_object);
    for part in host.into_iter().chain([&body]) {
        if field(part, "privileged").is_some_and(|value| *value == Value::Bool(true)) {
            return Some("privileged");
        }
        if field(part, "binds").is_some_and(|binds| binds.to_string().contains("\"/:")) {
            return Some("the host's root");
        }
        for mode in ["networkmode", "pidmode", "ipcmode", "utsmode", "usernsmode"] {
            if field(part, mode).and_then(Value::as_str) == Some("host") {
                return Some("a namespace of the host");
            }
        }
    }
    None
}
