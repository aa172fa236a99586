//! Tests how cleaning treats the images of interrupted requests.

use std::path::Path;
use std::time::{Duration, Instant};

use dermaga::clean::{leftovers, sweep};

use super::support::TestGateway;
use crate::support::TestEngine;

/// Truncates a journal after its last intent, the record that precedes a request. The journal then looks as if the
/// gateway had been killed during this request.
fn cut(journal: &Path) {
    let text = std::fs::read_to_string(journal).expect("a journal");
    let intent = text.rfind("\"intent\"").expect("an intent");
    let end = intent + text[intent..].find('\n').expect("a line");
    std::fs::write(journal, &text[..=end]).expect("a journal");
}

/// Waits until the journal contains the result of the last request. The client may get its answer before the gateway
/// writes this result.
fn wait_for_outcome(journal: &Path) {
    let begun = Instant::now();
    loop {
        let text = std::fs::read_to_string(journal).expect("a journal");
        let intent = text.rfind("\"intent\"").expect("an intent");
        if text[intent..].matches('\n').count() > 1 {
            return;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing follows the last intent: {text}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[tokio::test]
async fn cleaning_reports_and_keeps_images_of_an_interrupted_classic_build() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let door = TestGateway::open(&engine, "cut").await;
    let dir = door.dir().display().to_string();
    std::fs::write(door.dir().join("Dockerfile"), "FROM busybox\nRUN touch /a\nRUN touch /b\n").expect("a file");
    let mut build = door.command(&["build", "-q", &dir]);
    let built = build.env("DOCKER_BUILDKIT", "0").output().expect("docker");
    let built = String::from_utf8_lossy(&built.stdout).trim().to_owned();
    engine.docker(&["create", "--name", "langkah", "--log-driver", "none", "busybox", "true"]);
    engine.docker(&["create", "--name", "milikku", "busybox", "true"]);
    let journals = door.folder.path().join("sessions");
    let folder = door.folder;
    wait_for_outcome(&journals.join("cut.jsonl"));
    drop(door.gateway);
    cut(&journals.join("cut.jsonl"));
    let left = leftovers(&connected, &journals).await.expect("an engine");
    assert_eq!(left.things, []);
    let step = engine.docker(&["inspect", "-f", "{{.Id}}", "langkah"]);
    let mut doubtful: Vec<&str> = left.doubtful.iter().map(|thing| thing.id.as_str()).collect();
    doubtful.sort_unstable();
    let mut expected = [built.as_str(), &step];
    expected.sort_unstable();
    assert_eq!(doubtful, expected);
    assert_eq!(sweep(&connected, &left).await.removed, []);
    assert!(engine.docker(&["images", "-q", "--no-trunc"]).contains(&built));
    drop(folder);
}

#[tokio::test]
async fn cleaning_reports_and_keeps_an_untagged_image_of_an_interrupted_request() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let root = engine.folder().join("root.tar");
    let root = root.to_str().expect("UTF-8");
    engine.docker(&["create", "--name", "milikku", "busybox"]);
    engine.docker(&["export", "-o", root, "milikku"]);
    for (verb, from) in [("commit", "kotak"), ("import", root)] {
        let door = TestGateway::open(&engine, verb).await;
        door.docker_ok(&["create", "--name", "kotak", "busybox"]);
        let made = door.docker(&[verb, from]).0.trim().to_owned();
        let journals = door.folder.path().join("sessions");
        let folder = door.folder;
        wait_for_outcome(&journals.join(format!("{verb}.jsonl")));
        drop(door.gateway);
        cut(&journals.join(format!("{verb}.jsonl")));
        let left = leftovers(&connected, &journals).await.expect("an engine");
        assert!(left.things.iter().all(|thing| thing.name == "kotak"), "{left:?}");
        assert!(left.doubtful.iter().any(|thing| thing.id == made), "{made} of {left:?}");
        assert_eq!(sweep(&connected, &left).await.kept, []);
        assert!(engine.docker(&["images", "-q", "--no-trunc"]).contains(&made), "{verb}");
        drop(folder);
    }
}
