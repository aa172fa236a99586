//! The private engine: starts fast, touches nothing of the host, leaves nothing.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dermaga::sandbox::{ImageSource, Sandbox, SandboxSpec, find_binaries};

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_dermaga"))
}

fn spec(state: &Path, name: &str) -> SandboxSpec {
    let engine = find_binaries(OsStr::new("/usr/sbin:/usr/bin:/sbin:/bin")).expect("the programs of a private engine");
    SandboxSpec { program: program(), ..SandboxSpec::new(name, state, engine, ImageSource::None) }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

fn sh(words: &[String], command: &str) -> Output {
    let (first, rest) = words.split_first().unwrap();
    Command::new(first).args(rest).args(["sh", "-c", command]).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A busybox root to `docker import`.
fn busybox(folder: &Path) -> PathBuf {
    let bin = folder.join("root/bin");
    fs::create_dir_all(&bin).unwrap();
    fs::copy("/bin/busybox", bin.join("busybox")).expect("busybox-static");
    for applet in ["sh", "echo", "sleep", "httpd", "cat", "ls", "true"] {
        symlink("busybox", bin.join(applet)).unwrap();
    }
    let tar = folder.join("busybox.tar");
    assert!(
        Command::new("tar")
            .args(["-C"])
            .arg(folder.join("root"))
            .arg("-cf")
            .arg(&tar)
            .arg(".")
            .status()
            .unwrap()
            .success()
    );
    tar
}

#[test]
fn a_container_runs_and_its_port_answers_inside() {
    runtime().block_on(async {
        let state = tempfile::tempdir().unwrap();
        let tar = busybox(state.path());
        let sandbox = Sandbox::start(spec(state.path(), "satu")).await.unwrap();
        assert!(sandbox.running().version.starts_with("20."), "{:?}", sandbox.running());
        let enter = sandbox.enter_at(state.path());
        let docker = sandbox.cli().join("docker").display().to_string();
        let run = |command: &str| sh(&enter, &command.replace("docker", &docker));

        let imported = run(&format!("docker import {} busybox:latest", tar.display()));
        assert!(imported.status.success(), "{}", text(&imported));
        let hello = run("docker run --rm busybox echo halo");
        assert_eq!(text(&hello), "halo\n");
        let served = run("docker run -d -p 8080:80 busybox httpd -f -h /bin && sleep 0.2 && curl -sf http://127.0.0.1:8080/busybox | wc -c");
        assert!(served.status.success(), "{}", text(&served));
        assert!(text(&served).lines().last().unwrap().trim().parse::<u32>().unwrap() > 100_000, "{}", text(&served));
        sandbox.stop().await.unwrap();
        assert!(!state.path().join("satu").exists());
    });
}

/// Prints what start, renew and stop take; run by hand.
#[test]
#[ignore = "a measurement"]
fn measure() {
    runtime().block_on(async {
        let state = tempfile::tempdir().unwrap();
        for _ in 0..5 {
            let start = std::time::Instant::now();
            let mut sandbox = Sandbox::start(spec(state.path(), "ukur")).await.unwrap();
            let started = start.elapsed();
            let start = std::time::Instant::now();
            sandbox.renew().await.unwrap();
            let renewed = start.elapsed();
            let log = sandbox.log_tail();
            let start = std::time::Instant::now();
            sandbox.stop().await.unwrap();
            println!("start {started:?}, renew {renewed:?}, stop {:?}", start.elapsed());
            if std::env::var_os("LOG").is_some() {
                println!("{log}");
            }
        }
    });
}

#[test]
#[ignore = "hold"]
fn hold() {
    runtime().block_on(async {
        let sandbox = Sandbox::start(spec(Path::new("/tmp/sbxhold"), "tahan")).await.unwrap();
        fs::write("/tmp/sbxhold/enter", sandbox.enter().join("\n")).unwrap();
        tokio::time::sleep(std::time::Duration::from_secs(std::env::var("HOLD").unwrap().parse().unwrap())).await;
        sandbox.stop().await.unwrap();
    });
}
