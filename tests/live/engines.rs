//! Tests how the program connects to an engine, detects its properties and pulls images, and how it classifies errors.

use dermaga::claims::{InfraFailureKind, Question, find_infra_failure};
use dermaga::engine::{Endpoint, Engine};
use dermaga::lesson::{EngineFamily, Subject};

use crate::support::{TestEngine, TestRegistry, scene};

#[tokio::test]
async fn engine_reports_its_family_version_and_time() {
    let engine = TestEngine::shared().connect().await;
    let about = engine.about().await.expect("facts");
    assert_eq!(about.family, EngineFamily::Docker);
    assert!(about.version.contains('.') && about.api.starts_with("1."), "{about:?}");
    let (earlier, later) = (engine.now().await.expect("a time"), engine.now().await.expect("a time"));
    assert!(earlier < later, "{earlier} {later}");
}

#[tokio::test]
async fn missing_engine_refused_connection_and_other_program_have_different_errors() {
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
}

#[tokio::test]
async fn pull_reports_its_progress_or_the_reason_of_its_failure() {
    let lab = TestEngine::start();
    let engine = lab.connect().await;
    let pull = async |image: &str| {
        let mut news = Vec::new();
        let done = engine.pull(image, &mut |progress| news.push(progress)).await;
        done.map(|()| news).map_err(|trouble| trouble.kind)
    };
    assert_eq!(pull("hello-world").await, Err(InfraFailureKind::NoNetwork), "a private engine has no way out");
    assert_eq!(pull("Bukan Nama").await, Err(InfraFailureKind::NoImage));

    let registry = TestRegistry::start(&lab);
    lab.docker(&["tag", "busybox", "localhost:5000/toko/kapal:1"]);
    registry.wait_until_ready().await;
    lab.docker(&["push", "localhost:5000/toko/kapal:1"]);
    lab.docker(&["rmi", "-f", "localhost:5000/toko/kapal:1", "busybox"]);
    let news = pull("localhost:5000/toko/kapal:1").await.expect("it is there");
    assert!(news.iter().any(|news| news.status == "Pull complete" && news.id.is_some()), "{news:?}");
    assert!(news.iter().any(|news| news.total.is_some_and(|total| total > 0)), "{news:?}");
    assert_eq!(lab.docker(&["images", "-q", "localhost:5000/toko/kapal:1"]).len(), 12);
    assert_eq!(
        pull("localhost:5000/toko/kapal").await,
        Err(InfraFailureKind::NoImage),
        "no `latest`, and not every tag"
    );
    assert_eq!(pull("localhost:5000/toko/perahu:1").await, Err(InfraFailureKind::NoImage));

    drop(lab);
    let gone = engine.now().await.map_err(|trouble| trouble.kind);
    assert_eq!(gone, Err(InfraFailureKind::EngineGone));
}

#[tokio::test]
async fn messages_of_the_docker_cli_distinguish_infra_failures_from_mistakes() {
    let lab = TestEngine::shared();
    let kind = |arguments: &[&str]| find_infra_failure(&lab.docker_fails(arguments)).map(|trouble| trouble.kind);
    assert_eq!(kind(&["-H", "unix:///nonexistent/d.sock", "ps"]), Some(InfraFailureKind::EngineGone));
    assert_eq!(kind(&["pull", "hello-world"]), Some(InfraFailureKind::NoNetwork));
    assert_eq!(kind(&["run", "--rm", "hello-world"]), Some(InfraFailureKind::NoNetwork));
    assert_eq!(kind(&["pull", "127.0.0.1:5999/kapal"]), None, "the lesson's own registry is not started");
    assert_eq!(kind(&["run", "--rm", "busybox", "tidakada"]), None);
    assert_eq!(kind(&["rm", "tidakada"]), None);
    assert_eq!(kind(&["pull", "Bukan-Nama"]), None);
}

/// To see the times of 200 inspections, run `cargo test --test live -- --nocapture
/// image_is_inspected_in_less_than_100_ms`.
#[tokio::test]
async fn image_is_inspected_in_less_than_100_ms() {
    let engine = TestEngine::shared().connect().await;
    let scene = scene(&engine, std::path::Path::new("/")).await;
    let question = Question { subject: Subject::Image("busybox:latest".into()), on: None };
    let mut times = Vec::new();
    for _ in 0..200 {
        let begin = std::time::Instant::now();
        engine.facts(&question, &scene).await.expect("facts");
        times.push(begin.elapsed());
    }
    times.sort();
    println!("inspect: p50 {:?}, p99 {:?}", times[100], times[198]);
    assert!(times[100] < std::time::Duration::from_millis(100), "{:?}", times[100]);
}
