//! Kills the gateway or the engine at random moments. Cleaning must then remove all objects of the lesson, and no
//! others.
//!
//! `bench/gateway-kills` kills more often. `DERMAGA_GATEWAY_KILLS` and `DERMAGA_ENGINE_KILLS` are the numbers of kills.
//! `DERMAGA_KILLS_SEED` is the seed of the random moments.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use dermaga::clean::{leftovers, sweep};
use dermaga::engine::{Endpoint, Engine};
use dermaga::gateway::{Gateway, GatewaySpec, ObjectKind, View};
use dermaga::lesson::LessonId;
use dermaga::words::Lang;
use serde_json::Value;

use super::raw::{all, get};
use super::support::{CrashableEngine, docker_on};
use crate::project::child;
use crate::support::TestEngine;

fn times(name: &str, fewest: u64) -> u64 {
    std::env::var(name).ok().and_then(|times| times.parse().ok()).unwrap_or(fewest)
}

/// A gateway that runs in a child process.
struct Served {
    process: Child,
    socket: PathBuf,
}

impl Served {
    fn start(upstream: &Path, folder: &Path, session: &str) -> Self {
        let test = "gateway::kills::cleaning_finds_everything_that_a_killed_gateway_leaves";
        let mut process = child::command(test, "gateway");
        process.env("DERMAGA_SERVE", upstream).env("DERMAGA_FOLDER", folder).env("DERMAGA_SESSION", session);
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = process.spawn().expect("this binary");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        assert!(lines.any(|line| line.is_ok_and(|line| line.contains("it listens"))), "it does not start");
        Self { process, socket: folder.join(format!("{session}.sock")) }
    }

    fn kill(mut self) {
        self.process.kill().expect("SIGKILL");
        self.process.wait().expect("its end");
    }
}

/// Runs a gateway in the child process, until the test kills this process.
async fn serve() {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).expect(name);
    let (upstream, folder, session) = (of("DERMAGA_SERVE"), of("DERMAGA_FOLDER"), of("DERMAGA_SESSION"));
    let session = session.display().to_string();
    let spec = GatewaySpec {
        upstream: Endpoint::Unix(upstream),
        socket: folder.join(format!("{session}.sock")),
        journal: folder.join(format!("sessions/{session}.jsonl")),
        dir: folder.join("lesson"),
        session,
        lesson: LessonId("lesson".into()),
        view: View::All,
        lang: Lang::En,
    };
    let (gateway, mut told) = Gateway::start(spec).await.expect("a gateway");
    println!("it listens");
    while told.recv().await.is_some() {}
    drop(gateway);
}

/// Commands of a lesson that a kill may interrupt. `N` stands for the number of the round.
const WORK: &[&str] = &[
    "run --rm -v /anon busybox true",
    "run -d --name kN-a -v kN-data:/d -v /anon busybox sleep 1000",
    "run -d --name kN-b kvolume sleep 1000",
    "create --name kN-c -v kN-more:/d kvolume",
    "network create kN-net",
    "volume create kN-vol",
    "tag busybox kN:tag",
    "build -t kN:built DIR",
    "build -t kN:copied -f DIR/Dockerfile.copy DIR",
    "build DIR/other",
    "buildkit build -t kN:kit DIR",
    "buildkit build -t kN:kit-copied -t kN:kit-too -f DIR/Dockerfile.copy DIR",
    "commit kN-a kN:commit",
    "commit mine kN:theirs",
    "import DIR/root.tar kN:import",
    // Without the gateway, these commands would change or remove foreign objects.
    "volume create mine-data",
    "tag busybox mine:1",
    "rm -f mine",
    "volume prune -f",
    "system prune -af --volumes",
];

fn begin_work(socket: &Path, dir: &Path, round: u64, random: &mut fastrand::Rng) -> Vec<Child> {
    let mut lines: Vec<&str> = WORK.to_vec();
    random.shuffle(&mut lines);
    let start = |line: &str| {
        let (kit, line) = line.strip_prefix("buildkit ").map_or(("0", line), |line| ("1", line));
        let line = line.replace("kN", &format!("k{round}")).replace("DIR", &dir.display().to_string());
        let words: Vec<&str> = line.split(' ').collect();
        let mut docker = docker_on(socket, &words);
        docker.env("DOCKER_BUILDKIT", kit).stdout(Stdio::null()).stderr(Stdio::null());
        docker.spawn().expect("docker")
    };
    lines.into_iter().take(6).map(start).collect()
}

fn end_work(work: Vec<Child>) {
    for mut docker in work {
        let begin = Instant::now();
        while docker.try_wait().expect("docker").is_none() {
            if begin.elapsed() > Duration::from_secs(20) {
                docker.kill().expect("SIGKILL");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Waits until the objects on the engine have not changed for 400 ms, and returns them.
fn settled(socket: &Path) -> BTreeMap<String, Value> {
    let mut before = all(socket);
    loop {
        std::thread::sleep(Duration::from_millis(400));
        let now = all(socket);
        if now == before {
            return now;
        }
        before = now;
    }
}

fn prepare(engine: &Path, dir: &Path, tar: &Path) {
    std::fs::create_dir_all(dir).expect("a folder");
    std::fs::copy(tar, dir.join("root.tar")).expect("an archive");
    let put = |name: &str, text: &str| std::fs::write(dir.join(name), text).expect("a file");
    put("Dockerfile", "FROM busybox\nRUN touch /a\nRUN touch /b\nCMD [\"sh\"]\n");
    put("Dockerfile.copy", "FROM busybox\nCOPY Dockerfile /x/\nENV A=b\nWORKDIR /w\nRUN touch c\n");
    std::fs::create_dir_all(dir.join("other")).expect("a folder");
    put("other/Dockerfile", "FROM busybox\nENV A=c\nVOLUME /v\nRUN touch /d\nCMD [\"sh\"]\n");
    put("Dockerfile.volume", "FROM busybox\nVOLUME /v\nVOLUME /w\n");
    let (dir, volume) = (dir.display().to_string(), dir.join("Dockerfile.volume").display().to_string());
    for line in [
        "run -d --name mine -v mine-data:/x -v /anon busybox sleep 100000",
        "create --name mine-too busybox",
        "network create mine-net",
        "volume create mine-unused",
        "tag busybox mine:1",
        &format!("build -q -t kvolume -f {volume} {dir}"),
    ] {
        let mut docker = docker_on(engine, &line.split(' ').collect::<Vec<_>>());
        let output = docker.env("DOCKER_BUILDKIT", "0").output().expect("docker");
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Returns the keys of new objects, and descriptions of changed or removed objects.
fn difference(before: &BTreeMap<String, Value>, now: &BTreeMap<String, Value>) -> (Vec<String>, Vec<String>) {
    let more = now.keys().filter(|key| !before.contains_key(*key)).cloned().collect();
    let touched = before.iter().filter(|(key, value)| now.get(*key) != Some(value));
    let touched = touched.map(|(key, value)| format!("{key}: {value} is {:?}", now.get(key))).collect();
    (more, touched)
}

/// Removes the remains of the session. Then removes the doubtful objects too, like a person who knows that they belong
/// to the lesson.
async fn clean(socket: &Path, journals: &Path) {
    let engine = Engine::connect(&Endpoint::Unix(socket.to_owned())).await.expect("the engine answers");
    let left = leftovers(&engine, journals).await.expect("the engine answers");
    let swept = sweep(&engine, &left).await;
    assert_eq!(swept.kept, []);
    for thing in left.doubtful {
        let remove = if thing.kind == ObjectKind::Container { "rm" } else { "rmi" };
        let _ = docker_on(socket, &[remove, &thing.id]).output().expect("docker");
    }
}

/// Writes an archive with the files of the image `busybox`. Returns the archive's path.
fn root(engine: &TestEngine) -> PathBuf {
    let tar = engine.folder().join("root.tar");
    if !tar.exists() {
        engine.docker(&["create", "--name", "root-of-busybox", "busybox"]);
        engine.docker(&["export", "-o", tar.to_str().expect("UTF-8"), "root-of-busybox"]);
        engine.docker(&["rm", "root-of-busybox"]);
    }
    tar
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cleaning_finds_everything_that_a_killed_gateway_leaves() {
    if child::role().is_some() {
        return serve().await;
    }
    let engine = TestEngine::start();
    let folder = tempfile::Builder::new().prefix("dmgk").tempdir().expect("a folder");
    let dir = folder.path().join("lesson");
    prepare(&engine.socket(), &dir, &root(&engine));
    let before = settled(&engine.socket());
    let rounds = times("DERMAGA_GATEWAY_KILLS", 8);
    let mut random = fastrand::Rng::with_seed(times("DERMAGA_KILLS_SEED", 7));
    let (mut cut, mut made, mut left, mut touched) = (0, 0, Vec::new(), Vec::new());
    for round in 0..rounds {
        let served = Served::start(&engine.socket(), folder.path(), &format!("k{round}"));
        let mut work = begin_work(&served.socket, &dir, round, &mut random);
        std::thread::sleep(Duration::from_millis(random.u64(5..1500)));
        let unfinished = work.iter_mut().any(|docker| docker.try_wait().expect("docker").is_none());
        cut += u64::from(unfinished);
        served.kill();
        end_work(work);
        made += difference(&before, &settled(&engine.socket())).0.len();
        clean(&engine.socket(), &folder.path().join("sessions")).await;
        let now = settled(&engine.socket());
        let (more, changed) = difference(&before, &now);
        touched.extend(changed.into_iter().map(|what| format!("round {round}: {what}")));
        for key in more {
            left.push(format!("round {round}: {key}"));
            let (kind, id) = key.split_once(' ').expect("two words");
            let remove: &[&str] = match kind {
                "container" => &["rm", "-fv", id],
                "image" | "name" => &["rmi", "-f", id],
                kind => &[kind, "rm", id],
            };
            let _ = docker_on(&engine.socket(), remove).output();
        }
        assert!(touched.is_empty(), "{touched:#?}");
    }
    println!("{rounds} kills, {cut} while something ran, {made} things made, {} left, 0 foreign touched", left.len());
    assert!(left.is_empty(), "{left:#?}");
    assert!(made > 0 && cut > 0, "nothing was cut off");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cleaning_removes_all_objects_of_a_lesson_after_the_engine_was_killed() {
    let folder = tempfile::Builder::new().prefix("dmgk").tempdir().expect("a folder");
    let mut engine = CrashableEngine::start();
    let dir = folder.path().join("lesson");
    let shared = TestEngine::shared();
    let tar = root(shared);
    let import = ["import", "-c", "CMD [\"sh\"]", tar.to_str().expect("UTF-8"), "busybox:latest"];
    assert!(docker_on(&engine.socket(), &import).output().expect("docker").status.success());
    prepare(&engine.socket(), &dir, &tar);
    engine.restart();
    // The death of the engine also stops foreign containers, so these fields are not compared.
    let state = |mut things: BTreeMap<String, Value>| {
        for (_, thing) in things.iter_mut().filter(|(key, _)| key.starts_with("container ")) {
            for field in ["State", "RestartCount", "NetworkSettings", "HostsPath", "HostnamePath", "GraphDriver"] {
                thing[field] = Value::Null;
            }
        }
        for (_, thing) in things.iter_mut().filter(|(key, _)| key.starts_with("network ")) {
            thing["Containers"] = Value::Null;
        }
        // After each start, the engine creates its default networks again, with new ids.
        things.retain(|key, thing| {
            !key.starts_with("network ")
                || !["bridge", "host", "none"].contains(&thing["Name"].as_str().unwrap_or_default())
        });
        things
    };
    let before = state(settled(&engine.socket()));
    let rounds = times("DERMAGA_ENGINE_KILLS", 3);
    let mut random = fastrand::Rng::with_seed(times("DERMAGA_KILLS_SEED", 11));
    let (mut left, mut touched, mut made) = (Vec::new(), Vec::new(), 0);
    for round in 0..rounds {
        let served = Served::start(&engine.socket(), folder.path(), &format!("d{round}"));
        let work = begin_work(&served.socket, &dir, 10_000 + round, &mut random);
        std::thread::sleep(Duration::from_millis(random.u64(5..1500)));
        engine.restart();
        end_work(work);
        served.kill();
        made += difference(&before, &state(settled(&engine.socket()))).0.len();
        clean(&engine.socket(), &folder.path().join("sessions")).await;
        let (more, changed) = difference(&before, &state(settled(&engine.socket())));
        touched.extend(changed.into_iter().map(|what| format!("round {round}: {what}")));
        for key in more {
            let (kind, id) = key.split_once(' ').expect("two words");
            let told = match kind {
                "volume" => get(&engine.socket(), &format!("/volumes/{id}"))["Labels"].clone(),
                "image" => {
                    let image = get(&engine.socket(), &format!("/images/{id}/json"));
                    ["Comment", "Container", "Parent", "ContainerConfig"]
                        .iter()
                        .map(|name| image[*name].clone())
                        .collect()
                }
                _ => Value::Null,
            };
            left.push(format!("round {round}: {key} {told}"));
            let remove: &[&str] = match kind {
                "container" => &["rm", "-fv", id],
                "image" | "name" => &["rmi", "-f", id],
                kind => &[kind, "rm", id],
            };
            let _ = docker_on(&engine.socket(), remove).output();
        }
    }
    println!("{rounds} kills, {made} things made, left: {left:#?}");
    assert!(touched.is_empty(), "{touched:#?}");
    // If the engine dies before it has stored a volume's label, the volume's owner is unknown. So cleaning only reports
    // this volume.
    left.retain(|key| !key.contains(": volume "));
    assert!(left.is_empty(), "{left:#?}");
}
