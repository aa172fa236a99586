//! Sends gRPC calls to `BuildKit` through the gateway, as buildx does. Checks which calls the gateway relays, answers
//! itself or refuses.

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper::{HeaderMap, Request};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

use super::support::TestGateway;
use crate::support::TestEngine;

type Calls = SendRequest<Full<Bytes>>;

/// Opens a connection and upgrades it from HTTP/1 to HTTP/2.
async fn upgrade(socket: &std::path::Path) -> Calls {
    let mut stream = UnixStream::connect(socket).await.expect("the gateway");
    let request = b"POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    stream.write_all(request).await.expect("a request");
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.expect("an answer"));
    }
    assert!(answer.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&answer));
    let (calls, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream)).await.expect("HTTP/2");
    tokio::spawn(connection);
    calls
}

/// Makes a gRPC call. Returns its status code, its error message, and the length of the answer in bytes.
async fn call(calls: &Calls, path: &str, build: Option<&str>, message: &[u8]) -> (String, String, usize) {
    let length = u32::try_from(message.len()).expect("a short message").to_be_bytes();
    let body = [&[0], &length[..], message].concat();
    let mut request = Request::post(format!("http://localhost/{path}")).header("content-type", "application/grpc");
    if let Some(build) = build {
        request = request.header("buildkit-controlapi-buildid", build);
    }
    let request = request.header("te", "trailers").body(Full::new(body.into())).expect("a request");
    let (head, body) = calls.clone().send_request(request).await.expect("an answer").into_parts();
    let body = body.collect().await.expect("a whole answer");
    let ended: HeaderMap = body.trailers().cloned().unwrap_or(head.headers);
    let text = |name: &str| ended.get(name).map(|value| value.to_str().expect("ASCII").to_owned()).unwrap_or_default();
    (text("grpc-status"), text("grpc-message").replace("%20", " ").replace("%3A", ":"), body.to_bytes().len())
}

/// Encodes a request for a build whose frontend exists in no engine. `build` is the build's id, and `name` is the tag
/// of the image.
fn solve(build: &str, exporter: &str, name: &str) -> Vec<u8> {
    let field = |number: u8, bytes: &[u8]| {
        let length = u8::try_from(bytes.len()).expect("a short field");
        [&[number << 3 | 2, length], bytes].concat()
    };
    let attribute = [field(1, b"name"), field(2, name.as_bytes())].concat();
    // Without a frontend, the engine would wait for instructions from the client.
    [field(1, build.as_bytes()), field(3, exporter.as_bytes()), field(4, &attribute), field(6, b"nosuch.v0")].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_call_to_buildkit_is_relayed_answered_or_refused() {
    let engine = TestEngine::shared();
    let mut door = TestGateway::open(engine, "grpc").await;
    let calls = upgrade(door.gateway.socket()).await;
    let (status, message, length) = call(&calls, "moby.buildkit.v1.Control/ListWorkers", None, &[]).await;
    assert!(status == "0" && length > 20, "{status} {message} {length}");

    let (status, _, length) = call(&calls, "moby.buildkit.v1.Control/Prune", None, &[]).await;
    assert_eq!((status.as_str(), length), ("0", 0), "nothing is pruned");

    let foreign = solve("b1", "moby", "docker.io/library/busybox:latest");
    let refused = call(&calls, "moby.buildkit.v1.Control/Solve", None, &foreign).await;
    assert!(refused.0 == "7" && refused.1.contains("busybox:latest was not made by this lesson"), "{refused:?}");
    let within = call(&calls, "moby.buildkit.v1.frontend.LLBBridge/Ping", Some("b1"), &[]).await;
    assert_eq!(within, refused, "what belongs to a refused build is refused alike");
    let (status, _, length) = call(&calls, "moby.buildkit.v1.Control/Status", None, &solve("b1", "", "")).await;
    assert_eq!((status.as_str(), length), ("0", 0), "it makes no progress");

    for (path, message, expected) in [
        ("moby.buildkit.v1.Control/Nosuch", &[][..], "7"),
        ("containerd.services.content.v1.Content/Delete", &[], "7"),
        ("moby.buildkit.v1.Control/Solve", &[0xff], "3"),
    ] {
        assert_eq!(call(&calls, path, None, message).await.0, expected, "{path}");
    }

    let journal = std::fs::read_to_string(door.folder.path().join("sessions/grpc.jsonl")).expect("a journal");
    assert_eq!(journal.lines().count(), 1, "nothing was begun: {journal}");
    let told = door.events();
    assert_eq!(told.refused()[..2], ["prune docker builder prune", "foreign busybox:latest"]);
    assert!(told.failed().is_empty(), "{told:?}");
}
