//! The mounts of a container are checked again when it starts.

use super::support::TestGateway;
use crate::support::TestEngine;

#[tokio::test]
async fn link_in_place_of_a_source_is_found_at_start() {
    let engine = TestEngine::shared();
    let mut door = TestGateway::open(engine, "swapped").await;
    let folder = door.dir();
    let dir = folder.display().to_string();
    let swap = |name: &str| {
        let path = folder.join(name);
        std::fs::remove_dir(&path).expect("an empty folder");
        std::os::unix::fs::symlink("/etc", &path).expect("a link");
    };
    for name in ["bind", "mount", "volume", "running"] {
        std::fs::create_dir(folder.join(name)).expect("a folder");
    }
    door.docker_ok(&["create", "--name", "swapped-bind", "-v", &format!("{dir}/bind:/h"), "busybox", "true"]);
    let mount = format!("type=bind,src={dir}/mount,dst=/h");
    door.docker_ok(&["create", "--name", "swapped-mount", "--mount", &mount, "busybox", "true"]);
    let device = format!("device={dir}/volume");
    door.docker_ok(&["volume", "create", "-o", "type=none", "-o", "o=bind", "-o", &device, "swapped-data"]);
    door.docker_ok(&["create", "--name", "swapped-volume", "-v", "swapped-data:/h", "busybox", "true"]);
    let running = format!("{dir}/running:/h");
    door.docker_ok(&["run", "-d", "--name", "swapped-running", "-v", &running, "busybox", "sleep", "1000"]);
    for name in ["swapped-bind", "swapped-mount", "swapped-volume"] {
        door.docker_ok(&["start", name]);
    }
    door.events();
    for name in ["bind", "mount", "volume"] {
        swap(name);
    }
    // A mounted folder is busy only in the container's own mount namespace.
    swap("running");
    for command in ["start swapped-bind", "start swapped-mount", "start swapped-volume", "restart -t 0 swapped-running"]
    {
        let (_, said, code) = door.docker(&command.split(' ').collect::<Vec<_>>());
        assert!(code == 1 && said.contains("/etc is outside of the lesson's directory"), "{command}: {said}");
    }
    let refused = door.events().refused();
    assert_eq!(refused, ["host-mount /etc"; 4]);
    door.sweep_by_label();
}
