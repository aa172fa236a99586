//! Tests how the gateway and cleaning decide who owns an object, in difficult cases.

use dermaga::clean::{leftovers, leftovers_with_pulled, sweep};
use dermaga::gateway::{GatewaySpec, View};
use serde_json::json;

use super::raw::{request, status, talk};
use super::support::TestGateway;
use crate::support::{TestEngine, TestRegistry};

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[tokio::test]
async fn error_in_an_answer_with_status_200_is_reported() {
    let mut door = TestGateway::open(TestEngine::shared(), "streams").await;
    std::fs::write(door.dir().join("Dockerfile"), "FROM busybox\nRUN exit 9\n").expect("a file");
    let dir = door.dir().display().to_string();
    let mut build = door.command(&["build", "-t", "streams", &dir]);
    assert_eq!(build.env("DOCKER_BUILDKIT", "0").status().expect("docker").code(), Some(9));
    door.docker(&["tag", "busybox", "localhost:1/streams"]);
    assert_eq!(door.docker(&["push", "localhost:1/streams"]).2, 1);
    let told = door.events();
    let failed = told.failed();
    assert!(failed.iter().any(|failed| failed.contains("200 The command '/bin/sh -c exit 9'")), "{failed:?}");
    assert!(failed.iter().any(|failed| failed.starts_with("200 ") && failed.contains("localhost:1")), "{failed:?}");
    door.docker_ok(&["rmi", "localhost:1/streams"]);
    door.sweep_by_label();
}

#[tokio::test]
async fn lists_in_lesson_view_show_only_the_lessons_objects() {
    let engine = TestEngine::start();
    engine.docker(&["run", "-d", "--name", "mine", "-v", "mine-data:/x", "busybox", "sleep", "1000"]);
    engine.docker(&["network", "create", "mine-net"]);
    engine.docker(&["tag", "busybox", "mine:1"]);
    engine.docker(&["commit", "mine", "mine:2"]);
    let door = TestGateway::open_with(&engine, "view", |spec| GatewaySpec { view: View::Lesson, ..spec }).await;
    for list in [&["ps", "-aq"][..], &["volume", "ls", "-q"], &["images", "-q"]] {
        assert_eq!(door.docker_ok(list), "", "{list:?}");
    }
    door.docker_ok(&["run", "-d", "--name", "web", "-v", "web-data:/x", "busybox", "sleep", "1000"]);
    door.docker_ok(&["network", "create", "web-net"]);
    door.docker_ok(&["tag", "busybox", "web:1"]);
    assert_eq!(door.docker_ok(&["ps", "-a", "--format", "{{.Names}}"]), "web");
    assert_eq!(door.docker_ok(&["volume", "ls", "-q"]), "web-data");
    let networks = door.docker_ok(&["network", "ls", "--format", "{{.Name}}"]);
    assert_eq!(sorted(&networks), ["bridge", "host", "none", "web-net"]);
    let images = door.docker_ok(&["images", "--format", "{{.Repository}}:{{.Tag}}"]);
    assert_eq!(sorted(&images), ["busybox:latest", "mine:1", "web:1"], "one image has three names");
    let counts = door.docker_ok(&["system", "df", "--format", "{{.Type}} {{.TotalCount}}"]);
    assert_eq!(counts, "Images 1\nContainers 1\nLocal Volumes 1\nBuild Cache 0");
}

#[tokio::test]
async fn session_label_from_an_image_gives_the_lesson_no_ownership() {
    let engine = TestEngine::start();
    let mut door = TestGateway::open(&engine, "spoof").await;
    let dir = door.dir().display().to_string();
    std::fs::write(door.dir().join("Dockerfile"), "FROM busybox\nLABEL dermaga.session=spoof\n").expect("a file");
    let mut build = door.command(&["build", "-t", "spoof", &dir]);
    assert!(build.env("DOCKER_BUILDKIT", "0").status().expect("docker").success());
    engine.docker(&["run", "--name", "mine", "spoof", "true"]);
    door.docker_ok(&["run", "--name", "web", "spoof", "true"]);
    door.docker_ok(&["run", "--name", "plain", "busybox", "true"]);
    assert_eq!(door.docker(&["rm", "-f", "mine"]).2, 1);
    assert_eq!(door.docker(&["container", "prune", "-f"]).2, 1, "it would prune mine too");
    assert!(door.events().refused().iter().any(|refused| refused == "foreign mine"));
    let connected = engine.connect().await;
    let (folder, journals) = (door.folder, dir.replace("lesson", "sessions"));
    drop(door.gateway);
    let left = leftovers(&connected, journals.as_ref()).await.expect("an engine");
    let names: Vec<&str> = left.things.iter().map(|thing| thing.name.as_str()).collect();
    assert_eq!(sorted(&names.join("\n")), ["plain", "spoof:latest", "web"]);
    engine.docker(&["rename", "plain", "other"]);
    let swept = sweep(&connected, &left).await;
    // `mine` uses the image, so cleaning keeps the image. Cleaning also keeps the renamed container, because nobody has
    // agreed to remove `other`.
    assert_eq!((swept.removed.len(), swept.kept.len()), (1, 1), "{swept:?}");
    assert_eq!(sorted(&engine.docker(&["ps", "-a", "--format", "{{.Names}}"])), ["mine", "other"]);
    drop(folder);
}

#[tokio::test]
async fn intent_in_the_journal_gives_ownership_of_a_tag_only_if_image_and_time_match() {
    let engine = TestEngine::start();
    let folder = tempfile::tempdir().expect("a folder");
    let journals = folder.path().to_owned();
    let connected = engine.connect().await;
    let id = engine.docker(&["inspect", "-f", "{{.Id}}", "busybox"]);
    let who = engine.docker(&["info", "-f", "{{.ID}}"]);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_secs();
    let intent = |n: u64, by: &str, name: &str, image: Option<&str>, at: u64| {
        json!({"what": "intent", "n": n, "by": by, "names": [name], "image": image, "at": at}).to_string()
    };
    for name in ["named:1", "old:1", "other:1", "pulled:1", "failed:1", "moved:1"] {
        engine.docker(&["tag", "busybox", name]);
    }
    let records = [
        json!({"what": "session", "session": "s", "lesson": "l", "engine": who, "at": now}).to_string(),
        // This request set the tag, and then the gateway was interrupted.
        intent(1, "tag", "named:1", Some(&id), now),
        // The session does not own these tags. `old:1` was set much later, `other:1` belongs to another image, and
        // `pulled:1` comes from a pull.
        intent(2, "build", "old:1", None, now - 100_000),
        intent(3, "tag", "other:1", Some("sha256:00"), now),
        intent(4, "pull", "pulled:1", None, now),
        // This request failed and set no tag. Somebody else has set the tag later.
        intent(5, "tag", "failed:1", Some(&id), now),
        json!({"what": "failed", "n": 5}).to_string(),
        // This tag belonged to the session, but now it refers to another image.
        intent(6, "build", "moved:1", None, now),
        json!({"what": "made", "n": 6, "names": [["moved:1", "sha256:00"]], "images": [], "at": now}).to_string(),
        intent(7, "tag", "not-there:1", None, now),
    ];
    std::fs::write(journals.join("s.jsonl"), records.join("\n") + "\n{\"what\":\"int").expect("a journal");
    let left = leftovers_with_pulled(&connected, &journals).await.expect("an engine");
    assert_eq!(left.things.iter().map(|thing| thing.id.as_str()).collect::<Vec<_>>(), ["named:1"]);
    let swept = sweep(&connected, &left).await;
    assert_eq!((swept.removed.len(), swept.kept.len()), (1, 0), "{swept:?}");
    assert!(!engine.docker(&["images", "--format", "{{.Repository}}"]).contains("named"));
}

#[tokio::test]
async fn cleaning_keeps_a_tag_or_volume_that_somebody_else_has_replaced() {
    let engine = TestEngine::start();
    let door = TestGateway::open(&engine, "agreed").await;
    door.docker_ok(&["tag", "busybox", "agreed:1"]);
    door.docker_ok(&["tag", "busybox", "agreed:2"]);
    door.docker_ok(&["volume", "create", "agreed"]);
    door.docker_ok(&["create", "--name", "web", "busybox"]);
    engine.docker(&["commit", "web", "mine:1"]);
    let journals = door.folder.path().join("sessions");
    let connected = engine.connect().await;
    let folder = door.folder;
    drop(door.gateway);
    let left = leftovers(&connected, &journals).await.expect("an engine");
    assert_eq!(left.things.len(), 4, "{left:?}");
    engine.docker(&["tag", "mine:1", "agreed:1"]);
    engine.docker(&["volume", "rm", "agreed"]);
    engine.docker(&["volume", "create", "agreed"]);
    let swept = sweep(&connected, &left).await;
    assert_eq!((swept.removed.len(), swept.kept.len()), (2, 0), "{swept:?}");
    assert_eq!(engine.docker(&["volume", "ls", "-q"]), "agreed");
    let images = engine.docker(&["images", "--format", "{{.Repository}}:{{.Tag}}"]);
    assert_eq!(sorted(&images), ["agreed:1", "busybox:latest", "mine:1"]);
    drop(folder);
}

#[tokio::test]
async fn prune_and_cleaning_remove_only_the_lessons_images() {
    let engine = TestEngine::start();
    let registry = TestRegistry::start(&engine);
    registry.wait_until_ready().await;
    engine.docker(&["create", "--name", "mine", "busybox"]);
    engine.docker(&["commit", "mine", "mine:1"]);
    engine.docker(&["commit", "mine", "localhost:5000/pulled:1"]);
    engine.docker(&["push", "localhost:5000/pulled:1"]);
    engine.docker(&["rmi", "localhost:5000/pulled:1"]);
    // This image has no tag, but it is foreign, so `prune` must keep it.
    engine.docker(&["commit", "mine"]);
    let all = || {
        let list = engine.docker(&["images", "-a", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"]);
        sorted(&list).join("\n")
    };
    let before = all();
    let door = TestGateway::open(&engine, "prune").await;
    let dir = door.dir().display().to_string();
    let build = |text: &str, code: i32| {
        std::fs::write(door.dir().join("Dockerfile"), text).expect("a file");
        let mut build = door.command(&["build", "-t", "lesson", &dir]);
        assert_eq!(build.env("DOCKER_BUILDKIT", "0").status().expect("docker").code(), Some(code));
    };
    build("FROM busybox\nRUN touch /a\nRUN touch /b\n", 0);
    build("FROM busybox\nRUN touch /c\nRUN touch /d\n", 0);
    let said = door.docker_ok(&["image", "prune", "-f"]);
    assert!(said.contains("deleted: sha256:"), "the first build's image has no name any more: {said}");
    build("FROM busybox\nRUN touch /c\nRUN touch /e\nRUN exit 3\n", 3);
    door.docker_ok(&["pull", "localhost:5000/pulled:1"]);
    assert_eq!(door.docker(&["rmi", "mine:1"]).2, 1);
    door.docker_ok(&["system", "prune", "-f"]);
    let journals = door.folder.path().join("sessions");
    let connected = engine.connect().await;
    let folder = door.folder;
    drop(door.gateway);
    let left = leftovers(&connected, &journals).await.expect("an engine");
    assert!(left.things.iter().all(|thing| !thing.name.contains("pulled")), "{left:?}");
    let size: u64 =
        engine.docker(&["image", "inspect", "-f", "{{.Size}}", "localhost:5000/pulled:1"]).parse().expect("a size");
    assert_eq!((left.pulled.as_slice(), left.pulled_bytes), (&["localhost:5000/pulled:1".to_owned()][..], size));
    let swept = sweep(&connected, &left).await;
    assert_eq!(swept.kept, []);
    assert!(engine.docker(&["images", "-q", "localhost:5000/pulled"]).lines().count() == 1, "it is a cache");
    let left = leftovers_with_pulled(&connected, &journals).await.expect("an engine");
    assert!(left.things.iter().any(|thing| thing.name == "localhost:5000/pulled:1"), "{left:?}");
    assert_eq!((left.pulled.len(), left.pulled_bytes), (0, 0), "they are among the things");
    let swept = sweep(&connected, &left).await;
    assert_eq!(swept.kept, []);
    assert_eq!(all(), before);
    drop(folder);
}

#[tokio::test]
async fn new_volumes_are_labelled_while_another_client_prunes_volumes() {
    let engine = TestEngine::start();
    let door = TestGateway::open(&engine, "race").await;
    let socket = door.gateway.socket();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let pruner = scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let answer = talk(socket, &request("POST", "/volumes/prune", ""));
                assert!([200, 409].contains(&status(&answer)), "{answer}");
            }
        });
        let makers = ["a", "b", "c"].map(|maker| {
            scope.spawn(move || {
                for at in 0..15 {
                    let body = json!({"Image": "busybox", "HostConfig": {"Binds": [format!("race-{maker}{at}:/d")]}});
                    let answer = talk(socket, &request("POST", "/containers/create", &body.to_string()));
                    assert_eq!(status(&answer), 201, "{answer}");
                }
            })
        });
        for maker in makers {
            maker.join().expect("it makes all");
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        pruner.join().expect("it prunes all the time");
    });
    let marked = engine.docker(&["volume", "ls", "-q", "--filter", "label=dermaga.session=race"]);
    assert_eq!(engine.docker(&["volume", "ls", "-q"]), marked);
    assert_eq!(marked.lines().count(), 45);
}

#[tokio::test]
async fn pull_does_not_move_a_foreign_tag() {
    let engine = TestEngine::start();
    let registry = TestRegistry::start(&engine);
    registry.wait_until_ready().await;
    let name = "localhost:5000/x:1";
    engine.docker(&["create", "--name", "mine", "busybox", "echo", "new"]);
    engine.docker(&["commit", "mine", name]);
    engine.docker(&["push", name]);
    engine.docker(&["rmi", name]);
    engine.docker(&["tag", "busybox", name]);
    let id = |name: &str| engine.docker(&["inspect", "-f", "{{.Id}}", name]);
    let mut door = TestGateway::open(&engine, "pull").await;
    door.docker_ok(&["pull", name]);
    assert_eq!(id(name), id("busybox"));
    assert_eq!(door.events().refused(), [format!("foreign {name}")]);
    // After the foreign tag was removed, the lesson can pull the same tag.
    engine.docker(&["rmi", name]);
    door.docker_ok(&["pull", name]);
    assert_ne!(id(name), id("busybox"));
    assert_eq!(door.events().refused(), [""; 0]);
}
