//! The gateway before a real engine: transparent to the docker CLI, every made thing marked, nothing foreign touched.

mod support;

use crate::support::TestEngine;
use support::Door;

#[tokio::test]
async fn what_is_made_carries_the_lessons_label() {
    let engine = TestEngine::shared();
    let mut door = Door::open(engine, "thin").await;
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
    let told = door.told();
    assert_eq!(told.made("container"), ["", "thin-web"]);
    assert_eq!(told.made("network"), ["thin-net"]);
    assert_eq!(told.made("volume"), ["thin-data"]);
    assert!(told.failed().iter().any(|failed| failed.contains("404 No such container: nosuch")), "{told:?}");
    assert!(id.len() > 60);
    door.sweep_by_label();
}
