//! Tests that images from `BuildKit` belong to the lesson, and that cleaning removes them. This machine's docker CLI
//! builds with `POST /build`. A newer CLI (`scripts/engines`) builds with buildx and `POST /grpc`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use dermaga::clean::{LessonObject, leftovers, sweep};
use regex::Regex;

use super::support::{TestGateway, docker_on, outcome};
use crate::support::{TestEngine, has_buildx};

/// Builds that every client supports. `DIR` stands for the lesson's directory.
const BUILDS: &[&str] = &[
    "build DIR/plain",
    "build -q -t bk-quiet DIR/plain",
    "build -t bk-one:1 -t bk-two:2 DIR/plain",
    "build -t bk-one:1 DIR/plain",
    "build -t bk-one:1 --build-arg A=b --label own=1 DIR/plain",
    "build -t bk-stages DIR/stages",
    "build -t bk-failed DIR/failed",
    "build -t bk-nosuch DIR/nosuch",
    "build -t bk-again --no-cache DIR/plain",
];

/// Builds that need buildx.
const BUILDX: &[&str] = &[
    "build --load -t bk-load DIR/plain",
    "buildx build -t bk-x DIR/plain",
    "buildx build --check DIR/plain",
    "buildx build -o type=local,dest=DIR/out DIR/plain",
    "buildx bake -f DIR/bake.hcl",
    "compose -f DIR/compose.yaml build",
    "buildx ls",
];

fn builds() -> Vec<&'static str> {
    if has_buildx() { [BUILDS, BUILDX].concat() } else { BUILDS.to_vec() }
}

fn write_contexts(dir: &Path) {
    let put = |name: &str, text: &str| {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    put("plain/Dockerfile", "FROM busybox\nARG A=c\nENV B=$A\nRUN touch /a\nCOPY f /f\nCMD [\"cat\", \"/f\"]\n");
    put("plain/f", "isi\n");
    put("stages/Dockerfile", "FROM busybox AS first\nRUN touch /x\nFROM busybox\nCOPY --from=first /x /y\n");
    put("failed/Dockerfile", "FROM busybox\nRUN touch /b\nRUN echo sebelum; exit 9\n");
    put("slow/Dockerfile", "FROM busybox\nRUN echo mulai; touch /c\nRUN sleep 1000\n");
    put(
        "bake.hcl",
        &"target \"default\" {\n context = \"DIR/stages\"\n tags = [\"bk-bake\"]\n}\n"
            .replace("DIR", &dir.display().to_string()),
    );
    put("compose.yaml", "name: bk\nservices:\n  web:\n    build: plain\n    image: bk-web\n  db:\n    build: stages\n");
}

fn words(line: &str, dir: &Path) -> Vec<String> {
    line.split(' ').map(|word| word.replace("DIR", &dir.display().to_string())).collect()
}

fn build_on(socket: &Path, dir: &Path, line: &str) -> Command {
    let words = words(line, dir);
    let mut docker = docker_on(socket, &words.iter().map(String::as_str).collect::<Vec<_>>());
    docker.env("DOCKER_BUILDKIT", "1").env("BUILDKIT_PROGRESS", "plain");
    docker
}

/// Returns the lines of a build's output without times, sizes and ids. The lines have no order, because several build
/// steps print at the same time.
fn plain(text: &str) -> BTreeSet<String> {
    let rules = [
        (r"(sha256:)?[0-9a-f]{64}", "ID"),
        (r"^(#\d+ )?([0-9.]+ )?", ""),
        (r"( [0-9.]+s)?( done)?$", ""),
        (r"\b[0-9.]+s\b", "TIME"),
        (r"\b[0-9.]+[kM]?B\b", "SIZE"),
        // If several stages share a step, `BuildKit` may print the name of any of these stages.
        (r"^\[.*\] (FROM|load metadata)", "$1"),
    ];
    let rules = rules.map(|(rule, by)| (Regex::new(rule).expect("a pattern"), by));
    let line =
        |line: &str| rules.iter().fold(line.to_owned(), |line, (rule, by)| rule.replace(&line, *by).into_owned());
    // A transfer that takes longer prints more progress lines, so they are not compared.
    let is_compared =
        |line: &String| line != "..." && !line.contains("resolve docker.io") && !line.starts_with("transferring ");
    text.lines().map(line).filter(is_compared).collect()
}

/// Returns the names and ids of all images.
fn images(engine: &TestEngine) -> BTreeSet<String> {
    let list = ["images", "-a", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"];
    engine.docker(&list).lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn builds_print_the_same_with_and_without_gateway_and_cleaning_removes_their_images() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let door = TestGateway::open(&engine, "bk").await;
    let dir = door.dir();
    write_contexts(&dir);
    let run = |socket: &Path, line: &str| {
        let (out, err, code) = outcome(&mut build_on(socket, &dir, line));
        (plain(&out), plain(&err), code)
    };
    let clear = |before: &BTreeSet<String>| {
        for image in images(&engine).difference(before) {
            let (name, id) = image.split_once(' ').expect("a name and an id");
            engine.docker(&["rmi", if name.contains("<none>") { id } else { name }]);
        }
    };
    // These builds fill the build cache, so that later builds print `CACHED` for every step.
    let before = images(&engine);
    for line in builds() {
        run(&engine.socket(), line);
    }
    clear(&before);
    let direct: Vec<_> = builds().into_iter().map(|line| run(&engine.socket(), line)).collect();
    clear(&before);
    // This foreign build makes an image from files that the lesson's builds also use.
    run(&engine.socket(), "build -t mine:1 DIR/stages");
    let before = images(&engine);
    assert_eq!(before.len(), 2, "{before:?}");
    for (line, direct) in builds().into_iter().zip(direct) {
        assert_eq!(run(door.gateway.socket(), line), direct, "docker {line}");
    }
    let journals = door.folder.path().join("sessions");
    let folder = door.folder;
    drop(door.gateway);
    let left = leftovers(&connected, &journals).await.expect("an engine");
    assert_eq!(left.doubtful, []);
    assert_eq!(sweep(&connected, &left).await.kept, []);
    assert_eq!(images(&engine), before);
    drop(folder);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn build_cannot_take_a_foreign_tag_without_a_permit() {
    let engine = TestEngine::start();
    let mut door = TestGateway::open(&engine, "bk-foreign").await;
    let dir = door.dir();
    write_contexts(&dir);
    let (_, err, code) = outcome(&mut build_on(&engine.socket(), &dir, "build -t mine:1 DIR/plain"));
    assert_eq!(code, 0, "{err}");
    let before = images(&engine);
    let fails = |line: &str, says: &str| {
        let (out, err, code) = outcome(&mut build_on(door.gateway.socket(), &dir, line));
        assert!(code != 0 && err.contains(says), "docker {line}: {out}{err}");
    };
    fails("build -t mine:1 DIR/plain", "mine:1 was not made by this lesson");
    fails("build -t bk-new -t busybox DIR/plain", "busybox:latest was not made by this lesson");
    fails("build --network host DIR/plain", "--network host");
    fails("build --cgroup-parent /x DIR/plain", "--cgroup-parent /x");
    if has_buildx() {
        fails("buildx build --allow security.insecure DIR/plain", "full power over your computer");
        fails("buildx history rm --all", "what this lesson did not make");
    }
    assert_eq!(images(&engine), before);
    assert!(door.events().refused().contains(&"foreign mine:1".to_owned()));
    door.gateway.allow_once(dermaga::gateway::Rule::Foreign, "mine:1");
    let (_, err, code) = outcome(&mut build_on(door.gateway.socket(), &dir, "build -t mine:1 DIR/plain"));
    assert_eq!(code, 0, "{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prune_commands_of_a_lesson_do_not_empty_the_build_cache() {
    let engine = TestEngine::start();
    let mut door = TestGateway::open(&engine, "bk-prune").await;
    write_contexts(&door.dir());
    let build = |socket: &Path| outcome(&mut build_on(socket, &door.dir(), "build -t bk-cached DIR/plain")).1;
    build(&engine.socket());
    let prune = |line: &str| outcome(&mut build_on(door.gateway.socket(), &door.dir(), line));
    let lines = ["builder prune -af", "system prune -f", "buildx prune -af"];
    for line in lines.into_iter().filter(|line| has_buildx() || !line.contains("buildx")) {
        let (out, err, code) = prune(line);
        assert!(code == 0 && out.contains("0B"), "docker {line}: {out}{err}");
    }
    assert!(build(&engine.socket()).contains("CACHED"), "the cache is the learner's too");
    assert!(door.events().refused().contains(&"prune docker builder prune".to_owned()));
}

/// Starts a build, waits until its slow step is running, and kills the docker CLI.
fn cut_off(socket: &Path, dir: &Path, line: &str) {
    use std::io::{BufRead as _, BufReader};
    let mut docker = build_on(socket, dir, line).stdout(Stdio::null()).spawn().expect("docker");
    let mut lines = BufReader::new(docker.stderr.take().expect("its errors")).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line.contains("RUN sleep 1000"))), "the slow step runs");
    docker.kill().expect("SIGKILL");
    docker.wait().expect("its end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn build_with_a_killed_client_leaves_no_image() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let before = images(&engine);
    let door = TestGateway::open(&engine, "bk-killed").await;
    write_contexts(&door.dir());
    for line in ["build -t bk-slow DIR/slow", "build DIR/slow"] {
        cut_off(door.gateway.socket(), &door.dir(), line);
    }
    assert_eq!(images(&engine), before);
    let (_, err, code) = outcome(&mut build_on(door.gateway.socket(), &door.dir(), "build -t bk-after DIR/plain"));
    assert_eq!(code, 0, "{err}");
    let (folder, dir) = (door.folder, engine.folder().to_owned());
    drop(door.gateway);
    assert!(dir.exists());
    let left = leftovers(&connected, &folder.path().join("sessions")).await.expect("an engine");
    assert_eq!(left.things.iter().map(|thing| thing.id.as_str()).collect::<Vec<_>>(), ["bk-after:latest"]);
    assert_eq!(left.doubtful, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_interrupted_build_only_the_image_with_its_tag_counts_as_the_lessons() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    let door = TestGateway::open(&engine, "bk-open").await;
    let dir = door.dir();
    write_contexts(&dir);
    let build = |socket: &Path, line: &str| {
        let (out, err, code) = outcome(&mut build_on(socket, &dir, line));
        assert_eq!(code, 0, "docker {line}: {err}");
        out.trim().to_owned()
    };
    build(door.gateway.socket(), "build -t bk-open DIR/plain");
    let nameless = build(door.gateway.socket(), "build -q DIR/stages");
    std::fs::write(dir.join("Dockerfile"), "FROM bk-open\nRUN touch /mine\n").expect("a file");
    let mine = build(&engine.socket(), "build -q DIR");
    let folder = door.folder;
    drop(door.gateway);
    let journal = folder.path().join("sessions/bk-open.jsonl");
    let text = std::fs::read_to_string(&journal).expect("a journal");
    let intents: Vec<&str> = text.lines().filter(|line| !line.contains("\"made\"")).collect();
    std::fs::write(&journal, intents.join("\n") + "\n").expect("a journal");
    let left = leftovers(&connected, &folder.path().join("sessions")).await.expect("an engine");
    let ids = |things: &[LessonObject]| things.iter().map(|thing| thing.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&left.things), ["bk-open:latest"]);
    let doubtful: BTreeSet<String> = ids(&left.doubtful).into_iter().collect();
    assert_eq!(doubtful, BTreeSet::from([nameless, mine]), "nobody knows whose images without a name are");
}
