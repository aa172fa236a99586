//! Tests that an engine with a frozen container ends in every case. A killed runtime may leave a container frozen, and
//! a frozen process cannot die.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dermaga::sandbox::{Sandbox, list, recover};

use super::kill::{PATIENCE, cgroups, kill, processes, start_busy_owner};
use super::{Shell, block, busybox, serve, spec};

/// Freezes every container in a cgroup whose name begins with `prefix`, and waits until all are frozen.
fn freeze(prefix: &str) {
    let mut frozen = 0;
    for folder in cgroups(prefix) {
        for container in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            // In cgroups version 1, the freezer controller freezes a container. In version 2, every cgroup has a file
            // for this. If both versions exist, Docker uses version 1.
            for (file, word) in [("freezer.state", "FROZEN"), ("cgroup.freeze", "1")] {
                let file = container.join(file);
                let is_used = !fs::read_to_string(container.join("cgroup.procs")).unwrap_or_default().is_empty();
                if file.exists() && is_used {
                    fs::write(&file, word).unwrap();
                    let start = Instant::now();
                    while fs::read_to_string(&file).unwrap().trim() != word {
                        assert!(start.elapsed() < PATIENCE, "{} does not freeze", file.display());
                        std::thread::sleep(Duration::from_millis(2));
                    }
                    frozen += 1;
                }
            }
        }
    }
    assert!(frozen > 0, "there was nothing to freeze");
}

/// Waits until no process of the engines under `state` is running.
fn is_gone(state: &Path) {
    let state = state.display().to_string();
    let start = Instant::now();
    while let Some(process) = processes().into_iter().find(|process| process.command.contains(&state)) {
        assert!(start.elapsed() < PATIENCE, "still there: {process:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn engine_with_a_frozen_container_stops() {
    let state = tempfile::tempdir().unwrap();
    busybox(state.path());
    block(async {
        let sandbox = Sandbox::start(spec(state.path(), "beku")).await.unwrap();
        let shell = Shell::new(&sandbox);
        shell.run(&format!("docker import {} busybox", state.path().join("busybox.tar").display()));
        shell.run(&serve("web"));
        freeze("dermaga-beku-");
        let stopped = tokio::time::timeout(PATIENCE, sandbox.stop()).await;
        stopped.expect("it ends").unwrap();
    });
    is_gone(state.path());
    assert_eq!(cgroups("dermaga-beku-"), Vec::<PathBuf>::new());
    assert_eq!(list(state.path()), []);
}

#[test]
fn engine_of_a_killed_owner_ends_with_its_frozen_container() {
    let state = tempfile::tempdir().unwrap();
    busybox(state.path());
    let owner = start_busy_owner(state.path(), "membeku");
    freeze("dermaga-membeku-");
    kill(owner, state.path());
    assert_eq!(cgroups("dermaga-membeku-"), Vec::<PathBuf>::new());
    recover(state.path()).unwrap();
}

/// If process 1 of the engine is killed too, it cannot thaw the container. The next start thaws it.
#[test]
fn next_start_thaws_and_removes_the_frozen_container_of_a_killed_engine() {
    let state = tempfile::tempdir().unwrap();
    busybox(state.path());
    let mut owner = start_busy_owner(state.path(), "tertidur");
    freeze("dermaga-tertidur-");
    for engine in list(state.path()) {
        let killed = Command::new("kill").args(["-KILL", &engine.pid.to_string()]).status().unwrap();
        assert!(killed.success());
    }
    owner.kill().unwrap();
    let _ = owner.wait();
    recover(state.path()).unwrap();
    is_gone(state.path());
    assert_eq!(cgroups("dermaga-tertidur-"), Vec::<PathBuf>::new());
}

/// The engine runs longer than `dermaga engine start`. Then `dermaga engine stop` must stop the engine.
#[test]
fn detached_engine_with_a_frozen_container_stops() {
    let cache = tempfile::tempdir().unwrap();
    busybox(cache.path());
    let state: PathBuf = cache.path().join("dermaga/e");
    let dermaga = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dermaga"));
        command.args(words).env("XDG_CACHE_HOME", cache.path()).stderr(Stdio::null());
        assert!(command.stdout(Stdio::null()).status().unwrap().success(), "{words:?}");
    };
    dermaga(&["engine", "start"]);
    let engine = list(&state).remove(0);
    let docker = |words: &[&str]| {
        let host = format!("unix://{}", engine.socket().display());
        let mut command = Command::new(engine.cli().join("docker"));
        assert!(command.args(["-H", &host]).args(words).stdout(Stdio::null()).status().unwrap().success(), "{words:?}");
    };
    docker(&["import", cache.path().join("busybox.tar").to_str().unwrap(), "busybox"]);
    docker(&["run", "-d", "busybox", "sleep", "1000"]);
    let cgroup = format!("dermaga-{}-{}", engine.name, engine.dir.file_name().unwrap().to_string_lossy());
    freeze(&cgroup);
    dermaga(&["engine", "stop"]);
    is_gone(&state);
    assert_eq!(cgroups(&cgroup), Vec::<PathBuf>::new());
}
