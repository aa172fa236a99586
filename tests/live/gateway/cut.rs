//! Tests what interrupted requests leave.

use std::path::Path;
use std::time::{Duration, Instant};

use dermaga::clean::{leftovers, sweep};

use super::support::TestGateway;
use crate::support::TestEngine;

/// Truncates a journal after its last intent, as if the gateway had been killed then.
fn cut(journal: &Path) {
    let text = std::fs::read_to_string(journal).expect("a journal");
    let intent = text.rfind("\"intent\"").expect("an intent");
    let end = intent + text[intent..].find('\n').expect("a line");
    std::fs::write(journal, &text[..=end]).expect("a journal");
}

/// Waits until the gateway has written the result of its last intent. A client may get its answer earlier, and a write
/// that has begun does not end with the gateway.
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
async fn images_of_an_interrupted_classic_build_are_reported_and_stay() {
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

/// The image of an interrupted `commit` or `import` has the label of its request, but perhaps no name yet.
#[tokio::test]
async fn unnamed_image_belongs_to_its_request() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let root = engine.folder().join("root.tar");
    let root = root.to_str().expect("UTF-8");
    engine.docker(&["create", "--name", "milikku", "busybox"]);
    engine.docker(&["export", "-o", root, "milikku"]);
    let images = || {
        let list = engine.docker(&["images", "-aq", "--no-trunc"]);
        list.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    for (at, name) in ["", "gambarku:1"].into_iter().enumerate() {
        for (verb, from) in [("commit", "kotak"), ("import", root)] {
            let door = TestGateway::open(&engine, &format!("nama{at}{verb}")).await;
            door.docker_ok(&["create", "--name", "kotak", "busybox"]);
            // Somebody else does the same at the same time.
            engine.docker(&[verb, if verb == "commit" { "milikku" } else { from }]);
            engine.docker(&["commit", "kotak"]);
            let before = images();
            let words: Vec<&str> = [verb, from, name].into_iter().filter(|word| !word.is_empty()).collect();
            door.docker_ok(&words);
            let journals = door.folder.path().join("sessions");
            let (folder, session) = (door.folder, door.session);
            wait_for_outcome(&journals.join(format!("{session}.jsonl")));
            drop(door.gateway);
            cut(&journals.join(format!("{session}.jsonl")));
            if !name.is_empty() {
                // The name is removed, as if the image had none yet. A foreign name keeps the image.
                engine.docker(&["tag", name, "lain:1"]);
                engine.docker(&["rmi", name]);
                let left = leftovers(&connected, &journals).await.expect("an engine");
                assert!(left.things.iter().all(|thing| thing.name == "kotak"), "{left:?}");
                engine.docker(&["tag", "busybox", "lain:1"]);
                engine.docker(&["rmi", "lain:1"]);
            }
            let left = leftovers(&connected, &journals).await.expect("an engine");
            assert_eq!(sweep(&connected, &left).await.kept, []);
            assert_eq!(images(), before, "{verb} {name}: {left:?}");
            drop(folder);
        }
    }
}
