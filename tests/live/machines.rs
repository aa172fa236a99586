//! Tests unusual machines: without a network, with an old kernel, with a read-only cache, with long paths, or without
//! programs in `PATH`. Also tests `--keep`.

use std::path::Path;
use std::process::Command;

use crate::project::{Project, block, lesson};
use crate::support::TestEngine;

fn one_command(command: &str) -> String {
    lesson(&[("a", &block("console", &format!("$ {command}")))])
}

/// Runs `dermaga test` on a lesson that names `image` in `have:`. The engine cannot reach any registry.
fn test_with_image(image: &str) -> crate::project::Ended {
    let project = Project::new();
    let text = one_command("true").replace("minutes: 1\n", &format!("minutes: 1\nhave: [\"{image}\"]\n"));
    project.write("lesson.md", text);
    let engine = format!("unix://{}", TestEngine::shared().socket().display());
    project.dermaga(["test", "--yes", "--engine", &engine, "lesson.md"]).run()
}

#[test]
fn image_on_the_engine_is_not_pulled() {
    test_with_image("busybox").code(0).is_clean();
    test_with_image("busybox:latest").code(0);
    test_with_image("tidak-ada:1").code(4).says(&["broken"]);
}

#[tokio::test]
async fn image_is_pulled_only_if_the_engine_lacks_it() {
    let engine = TestEngine::shared().connect().await;
    let mut news = 0;
    assert_eq!(engine.pull_missing("busybox", &mut |_| news += 1).await, Ok(false));
    assert_eq!(news, 0);
    assert!(engine.pull_missing("tidak-ada:1", &mut |_| news += 1).await.is_err());
    assert_eq!(news, 1, "a pull is told when it begins");
}

#[test]
fn failed_start_of_the_engine_is_tried_and_reported_once_per_run() {
    for (lang, cause, advice) in [
        ("en", "this kernel lacks something", "Start a newer kernel"),
        ("id", "kernel ini tidak punya sesuatu", "Jalankan kernel yang lebih baru"),
    ] {
        let project = Project::new();
        for name in ["satu.md", "dua.md", "tiga.md"] {
            project.write(name, one_command("true"));
        }
        let program = env!("CARGO_BIN_EXE_dermaga");
        let words = ["test", "--lang", lang, "--junit", "junit.xml", "satu.md", "dua.md", "tiga.md"];
        let ended = project.program("setarch", &["--uname-2.6", program]).args(words).run().code(4).is_clean();
        let ended = ended.complains(&[cause, advice, "Your Linux kernel version 2.6"]);
        assert_eq!(ended.all().matches("Your Linux kernel version").count(), 1, "{}", ended.all());
        assert!(!ended.all().contains("docker info"), "{}", ended.all());
        assert!(project.read("junit.xml").contains(r#"skipped="3""#), "{}", project.read("junit.xml"));
        ended.is_alone();
    }
}

#[test]
fn read_only_cache_folder_is_reported_as_the_reason_for_no_engine() {
    let project = Project::with(&one_command("true"));
    let script = "mount -t tmpfs -o ro none \"$XDG_CACHE_HOME\" && exec \"$0\" test lesson.md";
    let program = env!("CARGO_BIN_EXE_dermaga");
    std::fs::create_dir_all(project.root().join("cache")).unwrap();
    let ended = project.program("unshare", &["--mount", "sh", "-c", script, program]).run().code(4);
    ended.complains(&["is read-only", "XDG_CACHE_HOME"]);
}

#[test]
fn private_engine_starts_if_home_and_tmpdir_have_long_paths() {
    let project = Project::with(&one_command("docker ps -q"));
    let long = project.root().join("a".repeat(90));
    std::fs::create_dir_all(&long).unwrap();
    let long = long.display().to_string();
    let run = project.with_engine(["test", "--yes", "lesson.md"]).env("HOME", &long).env("TMPDIR", &long);
    run.without("XDG_CACHE_HOME").run().code(0).is_alone();
}

#[test]
fn private_engine_starts_if_path_contains_no_programs() {
    let project = Project::with(&one_command("docker ps -q"));
    project.with_engine(["test", "lesson.md"]).env("PATH", "/nowhere").run().code(0);
}

/// After a run with `--keep`, the engine still runs, and the lesson's objects and files still exist.
#[test]
fn keep_leaves_the_engine_and_the_folder_and_prints_where_they_are() {
    let project = Project::new();
    project.write("satu.md", one_command("true"));
    project.write(
        "dua.md",
        one_command("docker volume create tinggal\ntinggal").replace("$ docker", "$ touch tanda\n$ docker"),
    );
    let ended = project.with_engine(["test", "--keep", "satu.md", "dua.md"]).run().code(0);
    let after = |mark: &str, end: char| {
        let (_, rest) = ended.err.split_once(mark).unwrap_or_else(|| panic!("{mark}: {}", ended.all()));
        rest.split(end).next().unwrap().to_owned()
    };
    let (folder, host) = (after("are kept in ", ' '), after("export DOCKER_HOST=", '`'));
    let folder = folder.trim_end_matches('.');
    let kept = Command::new("docker").args(["volume", "ls", "-q"]).env("DOCKER_HOST", host).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&kept.stdout), "tinggal\n");
    assert!(Path::new(folder).join("0.1/work/tanda").exists(), "{folder}");
    project.dermaga(["engine", "stop"]).run().code(0);
    project.dermaga(["engine", "status"]).run().code(4).is_alone();
}
