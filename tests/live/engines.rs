//! Finding out what an engine is, and that there is none.

use dermaga::engine::{Endpoint, Engine};
use dermaga::lesson::EngineFamily;

use crate::support::TestEngine;

#[tokio::test]
async fn an_engine_says_what_it_is() {
    let engine = TestEngine::shared().connect().await;
    let about = engine.about().await.expect("facts");
    assert_eq!((about.family, about.os.as_str()), (EngineFamily::Docker, "linux"));
    assert!(about.version.contains('.') && about.api.starts_with("1."), "{about:?}");
    let (earlier, later) = (engine.now().await.expect("a time"), engine.now().await.expect("a time"));
    assert!(earlier < later, "{earlier} {later}");
}

#[tokio::test]
async fn no_engine_is_told_apart_from_a_wrong_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| Endpoint::Unix(folder.path().join(name));
    let key = async |endpoint: Endpoint| Engine::connect(&endpoint).await.map_err(|error| error.key()).err();

    assert_eq!(key(at("none.sock")).await, Some("connect-missing-socket"));
    drop(std::os::unix::net::UnixListener::bind(folder.path().join("stale.sock")).expect("a socket"));
    assert_eq!(key(at("stale.sock")).await, Some("connect-refused"));

    let listener = tokio::net::UnixListener::bind(folder.path().join("web.sock")).expect("a socket");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.try_write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello");
        }
    });
    assert_eq!(key(at("web.sock")).await, Some("connect-not-an-engine"));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    assert_eq!(key(Endpoint::Tcp(closed.to_string())).await, Some("connect-refused"));
    assert_eq!(key(Endpoint::Tls("127.0.0.1:1".into())).await, Some("connect-tls"));
}
