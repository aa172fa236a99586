//! What is left of builds that were cut off is known as the lesson's, and nothing beside it.

use std::path::Path;

use dermaga::clean::{leftovers, sweep};
use serde_json::{Value, json};

use super::support::Door;
use crate::support::TestEngine;

/// The journal as it would be had the gateway been killed before it heard of the last image. Whether it also did not
/// hear of the container is for `deaf` to say.
fn cut(journal: &Path, deaf: bool) {
    let text = std::fs::read_to_string(journal).expect("a journal");
    let mut records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let heard =
        |record: &Value| record["what"] == "heard" && record["images"].as_array().is_some_and(|ids| !ids.is_empty());
    let last = records.iter().rposition(heard).expect("an image");
    records.truncate(last + 1);
    records[last]["images"] = json!([]);
    if deaf {
        let last = records.iter().rposition(|record| record["containers"].is_array());
        if let Some(last) = last {
            records[last].as_object_mut().expect("a record").remove("containers");
        }
    }
    let lines: Vec<String> = records.iter().map(|record| record.to_string() + "\n").collect();
    std::fs::write(journal, lines.concat()).expect("a journal");
}

#[tokio::test]
async fn an_image_that_nobody_heard_of_is_the_builds() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let mine = tempfile::tempdir().expect("a folder");
    std::fs::write(mine.path().join("f"), "f").expect("a file");
    let images = || {
        let list = engine.docker(&["images", "-aq", "--no-trunc"]);
        list.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    let cases = [
        ("FROM busybox\nRUN touch /a\nRUN touch /b\n", false),
        ("FROM busybox\nRUN touch /a\nRUN touch /b\n", true),
        ("FROM busybox\nRUN touch /c\n", true),
        ("FROM busybox\nRUN [\"touch\", \"/d\"]\n", true),
        ("FROM busybox\nCOPY f /\n", false),
        ("FROM busybox\nRUN touch /e\nCOPY f /\n", false),
        ("FROM busybox\nENV a=b\nCMD [\"sh\"]\n", true),
    ];
    for (at, (text, deaf)) in cases.into_iter().enumerate() {
        // Somebody else builds on the same image at the same time, without a name too.
        let others = format!("FROM busybox\nRUN touch /mine-{at}\nWORKDIR /w\n");
        std::fs::write(mine.path().join("Dockerfile"), others).expect("a file");
        engine.docker(&["build", mine.path().to_str().expect("UTF-8")]);
        let before = images();
        let door = Door::open(&engine, &format!("cut{at}")).await;
        std::fs::write(door.dir().join("Dockerfile"), text).expect("a file");
        std::fs::write(door.dir().join("f"), at.to_string()).expect("a file");
        door.docker_ok(&["build", door.dir().to_str().expect("UTF-8")]);
        assert!(images().len() > before.len());
        let journals = door.folder.path().join("sessions");
        let (folder, session) = (door.folder, door.session);
        drop(door.gateway);
        cut(&journals.join(format!("{session}.jsonl")), deaf);
        let left = leftovers(&connected, &journals).await.expect("an engine");
        assert_eq!(left.things.len(), 1, "{text}: {left:?}");
        assert_eq!(sweep(&connected, &left).await.kept, []);
        assert_eq!(images(), before, "{text}");
        drop(folder);
    }
}

/// A `commit` or `import` whose end nobody heard of: the image has its request's label, if not yet its name.
#[tokio::test]
async fn an_image_without_its_name_is_its_requests() {
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
            let door = Door::open(&engine, &format!("nama{at}{verb}")).await;
            door.docker_ok(&["create", "--name", "kotak", "busybox"]);
            // Others do the same at the same time.
            engine.docker(&[verb, if verb == "commit" { "milikku" } else { from }]);
            engine.docker(&["commit", "kotak"]);
            let before = images();
            let words: Vec<&str> = [verb, from, name].into_iter().filter(|word| !word.is_empty()).collect();
            door.docker_ok(&words);
            let journals = door.folder.path().join("sessions");
            let (folder, session) = (door.folder, door.session);
            drop(door.gateway);
            let journal = journals.join(format!("{session}.jsonl"));
            let text = std::fs::read_to_string(&journal).expect("a journal");
            let intent = text.rfind("\"intent\"").expect("an intent");
            let end = intent + text[intent..].find('\n').expect("a line");
            std::fs::write(&journal, &text[..=end]).expect("a journal");
            if !name.is_empty() {
                // As if it had not been named yet; somebody's own name keeps it.
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

#[tokio::test]
async fn a_container_of_a_step_is_the_builds() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let create = |name: &str, words: &[&str]| engine.docker(&[&["create", "--name", name], words].concat());
    let shell = |what: &'static str| ["--log-driver", "none", "busybox", "/bin/sh", "-c", what];
    let told = create("told", &["busybox", "true"]);
    create("of-the-step", &shell("touch /a"));
    create("other-step", &shell("touch /b"));
    create("with-logs", &shell("touch /a")[2..]);
    let base = engine.docker(&["inspect", "-f", "{{.Id}}", "busybox"]);
    let who = engine.docker(&["info", "-f", "{{.ID}}"]);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_secs();
    let folder = tempfile::tempdir().expect("a folder");
    let step = |at: u64| json!({"on": &base[7..19], "text": "RUN touch /a", "at": at});
    let journal = |at: u64| {
        let records = [
            json!({"what": "session", "session": "s", "lesson": "l", "engine": who, "at": at}),
            json!({"what": "intent", "n": 1, "by": "build", "names": [], "at": at}),
            json!({"what": "heard", "n": 1, "images": [], "containers": [&told[..12]], "step": step(at)}),
        ];
        let lines: Vec<String> = records.iter().map(|record| record.to_string() + "\n").collect();
        std::fs::write(folder.path().join("s.jsonl"), lines.concat()).expect("a journal");
    };
    let names = |left: &dermaga::clean::Leftovers| {
        let mut names: Vec<String> = left.things.iter().map(|thing| thing.name.clone()).collect();
        names.sort();
        names
    };
    journal(now - 1000);
    let left = leftovers(&connected, folder.path()).await.expect("an engine");
    assert_eq!(names(&left), ["told"], "of another time");
    journal(now);
    let left = leftovers(&connected, folder.path()).await.expect("an engine");
    assert_eq!(names(&left), ["of-the-step", "told"]);
    assert_eq!(sweep(&connected, &left).await.kept, []);
    let mut there: Vec<String> =
        engine.docker(&["ps", "-a", "--format", "{{.Names}}"]).lines().map(str::to_owned).collect();
    there.sort();
    assert_eq!(there, ["other-step", "with-logs"]);
}
