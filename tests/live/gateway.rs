//! Tests the gateway in front of a real engine. The docker CLI prints the same as without the gateway. The gateway
//! labels the objects of a lesson and protects all other objects.

mod attempts;
mod buildkit;
mod cut;
mod evasions;
mod grpc;
mod hostile;
mod kills;
mod legitimate;
mod matrix;
mod options;
mod own;
mod raw;
mod readings;
mod references;
mod support;
mod unanswered;

use crate::support::TestEngine;
use support::TestGateway;

#[tokio::test]
async fn gateway_labels_new_objects_with_session_and_lesson() {
    let engine = TestEngine::shared();
    let mut door = TestGateway::open(engine, "thin").await;
    assert_eq!(door.docker(&["run", "--rm", "busybox", "echo", "halo"]).0, "halo\n");
    let id = door.docker(&["create", "--name", "thin-web", "busybox"]).0;
    door.docker(&["network", "create", "thin-net"]);
    door.docker(&["volume", "create", "thin-data"]);
    let (_, said, code) = door.docker(&["start", "nosuch"]);
    assert!(code == 1 && said.contains("No such container: nosuch"), "{said}");
    let label = "{{index .Config.Labels \"dermaga.session\"}} {{index .Config.Labels \"dermaga.lesson\"}}";
    assert_eq!(engine.docker(&["inspect", "-f", label, "thin-web"]), format!("{} lesson", door.session));
    for kind in ["network", "volume"] {
        let name = if kind == "network" { "thin-net" } else { "thin-data" };
        let label = engine.docker(&[kind, "inspect", "-f", "{{index .Labels \"dermaga.session\"}}", name]);
        assert_eq!(label, door.session);
    }
    let told = door.events();
    assert!(told.failed().iter().any(|failed| failed.contains("404 No such container: nosuch")), "{told:?}");
    assert!(id.len() > 60);
    door.sweep_by_label();
}

#[tokio::test]
async fn gateway_protects_foreign_objects_except_for_one_permitted_request() {
    let engine = TestEngine::start();
    engine.docker(&["run", "-d", "--name", "mine", "-v", "mine-data:/x", "busybox", "sleep", "1000"]);
    engine.docker(&["create", "--name", "mine-too", "-v", "/anonymous", "busybox"]);
    engine.docker(&["network", "create", "mine-net"]);
    engine.docker(&["tag", "busybox", "mine:1"]);
    let all = || {
        [
            "ps -aq --no-trunc",
            "volume ls -q",
            "network ls -q",
            "images -aq",
            "images --format {{.Repository}}:{{.Tag}}={{.ID}}",
        ]
        .map(|list| engine.docker(&list.split(' ').collect::<Vec<_>>()))
        .map(|list| list.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>())
    };
    let before = all();
    let mut door = TestGateway::open(&engine, "destroyer").await;
    let ids = door.docker(&["ps", "-aq"]).0;
    let ids: Vec<&str> = ids.lines().collect();
    door.docker(&[&["rm", "-f"][..], &ids].concat());
    for line in [
        "system prune -af --volumes",
        "volume prune -f",
        "container prune -f",
        "network prune -f",
        "image prune -af",
        "stop mine",
        "kill mine",
        "restart mine",
        "rename mine yours",
        "exec mine true",
        "volume rm mine-data",
        "network rm mine-net",
        "rmi -f mine:1",
        "tag mine:1 busybox:latest",
        "run --rm -v mine-data:/y busybox true",
        "run --rm --privileged busybox true",
        "run --rm -v /:/h busybox true",
        "run --rm --pid host busybox true",
        "run --rm --volumes-from mine busybox true",
        "swarm init",
        "commit mine mine:1",
    ] {
        door.docker(&line.split(' ').collect::<Vec<_>>());
    }
    assert_eq!(all(), before);
    let refused = door.events().refused();
    assert!(refused.iter().any(|refused| refused == "foreign mine"), "{refused:?}");
    assert!(refused.iter().any(|refused| refused == "privileged --privileged"), "{refused:?}");
    let (_, said, _) = door.docker(&["rm", "-f", "mine-too"]);
    assert!(said.contains("Dermaga: mine-too was not made by this lesson"), "{said}");
    door.gateway.allow_once(dermaga::gateway::Rule::Foreign, "mine-too");
    door.gateway.end_permits();
    assert_eq!(door.docker(&["rm", "-f", "mine-too"]).2, 1, "the permit had ended");
    door.gateway.allow_once(dermaga::gateway::Rule::Foreign, "mine-too");
    assert_eq!(door.docker(&["rm", "-f", "mine"]).2, 1, "the permit is for something else");
    door.docker_ok(&["rm", "-f", "mine-too"]);
    assert_eq!(door.docker(&["rm", "-f", "mine"]).2, 1);
}

#[tokio::test]
async fn cleaning_removes_the_lessons_objects_and_no_others() {
    let engine = TestEngine::start();
    engine.docker(&["run", "-d", "--name", "mine", "-v", "mine-data:/x", "busybox", "sleep", "1000"]);
    engine.docker(&["tag", "busybox", "mine:1"]);
    let all = || {
        ["ps -aq --no-trunc", "volume ls -q", "network ls -q", "images --format {{.Repository}}:{{.Tag}}={{.ID}}"]
            .map(|list| engine.docker(&list.split(' ').collect::<Vec<_>>()))
            .map(|list| list.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>())
    };
    let before = all();
    let door = TestGateway::open(&engine, "clean").await;
    door.docker_ok(&["run", "-d", "--name", "web", "-v", "/anonymous", "-v", "data:/d", "busybox", "sleep", "1000"]);
    door.docker_ok(&["network", "create", "net"]);
    door.docker_ok(&["tag", "busybox", "lesson:1"]);
    door.docker_ok(&["commit", "web", "made:1"]);
    std::fs::write(door.dir().join("Dockerfile"), "FROM busybox\nVOLUME /v\nRUN touch /a\n").expect("a file");
    door.docker_ok(&["build", "-t", "built", door.dir().to_str().expect("UTF-8")]);
    door.docker_ok(&["create", "--name", "vol", "built"]);
    door.docker_ok(&["rm", "vol"]);
    let label = engine.docker(&["inspect", "-f", "{{index .Config.Labels \"dermaga.session\"}}", "made:1"]);
    assert_eq!(label, "", "an image does not carry the session");
    let journals = door.folder.path().join("sessions");
    let connected = engine.connect().await;
    assert!(dermaga::clean::leftovers(&connected, &journals).await.expect("an engine").is_empty(), "it still runs");
    let folder = door.folder;
    drop(door.gateway);
    let left = dermaga::clean::leftovers(&connected, &journals).await.expect("an engine");
    assert_eq!(left.things.len(), 1 + 3 + 1 + 3, "{left:?}");
    let swept = dermaga::clean::sweep(&connected, &left).await;
    assert_eq!(swept.kept, [], "{swept:?}");
    assert_eq!(all(), before);
    assert!(dermaga::clean::leftovers(&connected, &journals).await.expect("an engine").is_empty());
    drop(folder);
}
