//! Measures how long a private engine with a running container takes to start, to be renewed and to stop. Run it as
//! root: `cargo bench --bench sandbox`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use dermaga::sandbox::{DataRoot, ImageSource, Sandbox, SandboxSpec, find_binaries};

const ROUNDS: usize = 4;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_dermaga"));
    let engine = find_binaries(OsStr::new("")).expect("root, and the programs of a private engine");
    let spec = SandboxSpec { program, ..SandboxSpec::new("bench", folder.path(), engine, ImageSource::None) };
    for data in [DataRoot::Disk, DataRoot::Tmpfs { bytes: 1 << 30 }] {
        for _ in 0..ROUNDS {
            let time = Instant::now();
            let mut sandbox = Sandbox::start(SandboxSpec { data, ..spec.clone() }).await.expect("an engine");
            let started = time.elapsed();
            run_inside(&sandbox, IMPORT);
            let time = Instant::now();
            run_inside(&sandbox, "docker run --rm busybox true");
            let run = time.elapsed();
            let time = Instant::now();
            sandbox.renew(false).await.expect("a new engine");
            let renewed = time.elapsed();
            sandbox.warm(false);
            run_inside(&sandbox, IMPORT);
            let time = Instant::now();
            sandbox.renew(false).await.expect("a new engine");
            let warm = time.elapsed();
            run_inside(&sandbox, IMPORT);
            let time = Instant::now();
            sandbox.stop().await.expect("the end");
            let stopped = time.elapsed();
            println!(
                "{data:?}: start {started:?}, docker run {run:?}, renew {renewed:?} (warm {warm:?}), stop {stopped:?}"
            );
        }
    }
}

/// A script that makes an image from the static busybox, and starts a container from this image.
const IMPORT: &str = "mkdir -p /tmp/bench/bin && cp /bin/busybox /tmp/bench/bin/ && \
    ln -sf busybox /tmp/bench/bin/sleep && ln -sf busybox /tmp/bench/bin/true && \
    tar -C /tmp/bench -c . | docker import - busybox && docker run -d busybox sleep 1000";

fn run_inside(sandbox: &Sandbox, script: &str) {
    let words = sandbox.enter_at(Path::new("/tmp"));
    let path = format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", sandbox.cli().display());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).args(["sh", "-c", script]).env("PATH", path).env_remove("DOCKER_HOST");
    let output = command.output().expect("a shell");
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
}
