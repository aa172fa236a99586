//! Tests every subject and every operator of a claim on a real engine. For each, one claim holds and another fails with
//! a reason.

use std::path::Path;
use std::time::Duration;

use dermaga::claims::{Decision, decide, question};
use dermaga::engine::{ClaimContext, Engine, wait_for};
use dermaga::lesson::{Ask, AskKey, Attrs, Check, Claim, Op, PathPart, RanPattern, Subject};
use dermaga::text::Span;

use crate::project::{Project, block, lesson};
use crate::support::{TestEngine, scene};

fn key(text: &str) -> AskKey {
    let ours = text.starts_with(|c: char| c.is_lowercase());
    if ours {
        return AskKey::Own(text.into());
    }
    let part = |part: &str| if part == "*" { PathPart::Any } else { PathPart::Key(part.replace('|', ".")) };
    AskKey::Inspect(text.split('.').map(part).collect())
}

fn claim(subject: Subject, asks: &[(&str, Op)]) -> Claim {
    let ask = |(index, (at, op)): (usize, &(&str, Op))| Ask {
        key: key(at),
        op: op.clone(),
        span: Span::new(100 + index, 200),
    };
    Claim { span: Span::new(1, 9), subject, on: None, absent: false, asks: asks.iter().enumerate().map(ask).collect() }
}

fn absent(subject: Subject) -> Claim {
    Claim { absent: true, ..claim(subject, &[]) }
}

fn check(claim: Claim, within: u64, stays: Option<u64>) -> Check {
    Check {
        span: Span::default(),
        claim,
        within: Duration::from_millis(within),
        stays: stays.map(Duration::from_millis),
        already: false,
        hints: Vec::new(),
        mistakes: Vec::new(),
        attrs: Attrs::default(),
    }
}

fn is(text: &str) -> Op {
    Op::Is(text.into())
}

fn all(texts: &[&str]) -> Op {
    Op::All(texts.iter().map(|text| (*text).to_owned()).collect())
}

/// Returns one line per finding: the position in the lesson, the subject with its key, and the actual value.
fn told(decision: Decision) -> Vec<String> {
    match decision {
        Decision::Holds => Vec::new(),
        Decision::Fails(findings) => findings
            .into_iter()
            .map(|finding| {
                let found = finding.found.unwrap_or_else(|| "nothing".into());
                format!("{} {}: {found}", finding.span.start, finding.what)
            })
            .collect(),
        Decision::Unknown(trouble) => vec![format!("{trouble:?}")],
    }
}

async fn judged(engine: &Engine, claim: &Claim, scene: &ClaimContext<'_>) -> Vec<String> {
    told(decide(claim, &engine.facts(&question(claim), scene).await))
}

const HOLDS: [&str; 0] = [];

#[tokio::test]
async fn image_claims_hold_or_fail_with_the_actual_value() {
    let engine = TestEngine::shared().connect().await;
    let scene = scene(&engine, Path::new("/")).await;
    let image = || Subject::Image("busybox:latest".into());
    let good = claim(image(), &[("Os", is("linux")), ("RepoTags", all(&["busybox:latest"]))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let bad = claim(image(), &[("Os", is("linux")), ("RootFS.Layers", Op::Length(2))]);
    let told = judged(&engine, &bad, &scene).await;
    assert!(told[0].starts_with("101 image busybox:latest · RootFS.Layers: [\"sha256:"), "{told:?}");
    let none = Subject::Image("nosuch:1".into());
    assert_eq!(judged(&engine, &claim(none.clone(), &[]), &scene).await, ["1 image nosuch:1: nothing"]);
    assert_eq!(judged(&engine, &absent(none), &scene).await, HOLDS);
    assert!(judged(&engine, &absent(image()), &scene).await[0].starts_with("1 image busybox:latest: sha256:"));
    let never = Subject::Image("Not A Name?".into());
    assert_eq!(judged(&engine, &absent(never), &scene).await, HOLDS);
}

#[tokio::test]
async fn container_network_and_volume_claims_hold_or_fail_with_the_actual_value() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let scene = scene(&engine, Path::new("/")).await;
    lab.docker(&["network", "create", "--label", "a=b", "cnv-net"]);
    lab.docker(&["volume", "create", "cnv-vol"]);
    let run = ["run", "-d", "--name", "cnv-web", "--network", "cnv-net", "-v", "cnv-vol:/data", "-p", "8081:80"];
    lab.docker(&[&run[..], &["busybox", "sleep", "600"]].concat());

    let container = || Subject::Container("cnv-web".into());
    let good = claim(
        container(),
        &[
            ("State.Running", is("true")),
            ("HostConfig.PortBindings.80/tcp.0.HostPort", is("8081")),
            ("NetworkSettings.Networks", all(&["cnv-net"])),
            ("Mounts.*.Destination", is("/data")),
            ("Mounts", Op::AtLeast(1.into())),
            ("State.ExitCode", Op::AtMost(0.into())),
            ("Config.Cmd", Op::Starts(vec!["sleep".into()])),
            ("State.Error", Op::Empty(true)),
            ("Id", Op::Matches("^[0-9a-f]{64}$".into())),
        ],
    );
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let bad = claim(
        container(),
        &[("State.Status", is("exited")), ("State.Running", is("true")), ("Mounts.*.Destination", all(&["/x"]))],
    );
    let expected =
        ["100 container cnv-web · State.Status: running", "102 container cnv-web · Mounts.*.Destination: /data"];
    assert_eq!(judged(&engine, &bad, &scene).await, expected);

    let network = || Subject::Network("cnv-net".into());
    assert_eq!(judged(&engine, &claim(network(), &[("Labels.a", is("b"))]), &scene).await, HOLDS);
    let bad = claim(network(), &[("Driver", is("overlay"))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 network cnv-net · Driver: bridge"]);
    let volume = || Subject::Volume("cnv-vol".into());
    assert_eq!(judged(&engine, &claim(volume(), &[("Driver", is("local"))]), &scene).await, HOLDS);
    assert_eq!(judged(&engine, &absent(volume()), &scene).await, ["1 volume cnv-vol: cnv-vol"]);

    lab.docker(&["rm", "-f", "cnv-web"]);
    lab.docker(&["network", "rm", "cnv-net"]);
    lab.docker(&["volume", "rm", "cnv-vol"]);
    for gone in [container(), network(), volume()] {
        assert_eq!(judged(&engine, &absent(gone), &scene).await, HOLDS);
    }
}

#[tokio::test]
async fn claims_about_lists_and_the_engine_hold_or_fail_with_the_actual_value() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let mut scene = scene(&engine, Path::new("/")).await;
    for label in ["cie=1", "cie=2"] {
        lab.docker(&["create", "--label", label, "busybox"]);
    }
    let filter = |name: &str, value: &str| vec![(name.to_owned(), vec![value.to_owned()])];
    let two = || Subject::Containers(filter("label", "cie=1"));
    assert_eq!(judged(&engine, &claim(two(), &[("count", is("1")), ("Image", is("busybox"))]), &scene).await, HOLDS);
    let bad = claim(two(), &[("count", Op::AtLeast(2.into()))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 containers label=cie=1 · count: 1"]);
    scene.label = Some("cie=2");
    assert_eq!(judged(&engine, &absent(two()), &scene).await, HOLDS, "the other lesson's container does not count");

    let images = || Subject::Images(filter("reference", "busybox"));
    assert_eq!(judged(&engine, &claim(images(), &[("count", is("1"))]), &scene).await, HOLDS);
    assert_eq!(judged(&engine, &absent(images()), &scene).await, ["1 images reference=busybox: 1"]);

    let good = claim(Subject::Engine, &[("ApiVersion", Op::AtLeast(1.into())), ("ServerVersion", Op::Empty(false))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let bad = claim(Subject::Engine, &[("OSType", is("plan9")), ("LayersSize", Op::AtLeast(1.into()))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 engine · OSType: linux"]);
}

#[tokio::test]
async fn wait_for_a_claim_notices_when_the_claim_becomes_true_or_false() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let scene = scene(&engine, Path::new("/")).await;
    let running = |name: &str| claim(Subject::Container(name.into()), &[("State.Running", is("true"))]);

    let soon = check(running("wait-soon"), 20_000, None);
    let start = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        tokio::task::spawn_blocking(|| {
            TestEngine::shared().docker(&["run", "-d", "--rm", "--name", "wait-soon", "busybox", "sleep", "600"])
        })
        .await
    };
    let (decision, _) = tokio::join!(wait_for(&engine, &soon, &scene), start);
    assert_eq!(told(decision), HOLDS);
    lab.docker(&["rm", "-f", "wait-soon"]);

    let never = check(running("wait-never"), 100, None);
    let begin = std::time::Instant::now();
    assert_eq!(told(wait_for(&engine, &never, &scene).await), ["1 container wait-never: nothing"]);
    assert!(begin.elapsed() < Duration::from_secs(5));

    lab.docker(&["run", "-d", "--name", "wait-crash", "busybox", "sleep", "1"]);
    let crash = check(running("wait-crash"), 1_000, Some(3_000));
    assert_eq!(told(wait_for(&engine, &crash, &scene).await), ["100 container wait-crash · State.Running: false"]);
    lab.docker(&["rm", "wait-crash"]);
}

#[tokio::test]
async fn container_that_ends_after_100_ms_does_not_count_as_running() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let scene = scene(&engine, Path::new("/")).await;
    let running = claim(Subject::Container("brief".into()), &[("State.Running", is("true"))]);
    lab.docker(&["run", "-d", "--name", "brief", "busybox", "sleep", "0.1"]);
    assert_eq!(judged(&engine, &running, &scene).await, ["100 container brief · State.Running: false"]);
    lab.docker(&["rm", "brief"]);
}

/// Waits until a claim holds, or until its time limit has passed. Returns the findings of the failed claim.
async fn settled(engine: &Engine, claim: Claim, scene: &ClaimContext<'_>) -> Vec<String> {
    told(wait_for(engine, &check(claim, 10_000, None), scene).await)
}

#[tokio::test]
async fn event_claims_count_only_events_of_the_step_and_the_lesson() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    lab.docker(&["create", "--name", "ev-before", "busybox"]);
    let mut scene = scene(&engine, Path::new("/")).await;
    lab.docker(&["run", "--rm", "--name", "ev-now", "--label", "whose=ours", "busybox", "true"]);
    let of = |name: &str| {
        Subject::Events(vec![("type".into(), vec!["container".into()]), ("container".into(), vec![name.into()])])
    };
    let life = claim(of("ev-now"), &[("in_order", all(&["create", "start", "die", "destroy"]))]);
    assert_eq!(settled(&engine, life, &scene).await, HOLDS);
    let wrong = claim(of("ev-now"), &[("in_order", all(&["start", "create"])), ("count", Op::AtMost(1.into()))]);
    let told = judged(&engine, &wrong, &scene).await;
    let subject = "events type=container container=ev-now";
    assert!(told[0].starts_with(&format!("100 {subject} · in_order: create, ")), "{told:?}");
    assert!(told[1].starts_with(&format!("101 {subject} · count: ")), "{told:?}");
    assert_eq!(judged(&engine, &absent(of("ev-before")), &scene).await, HOLDS, "that was before the step");
    scene.label = Some("whose=theirs");
    assert_eq!(judged(&engine, &absent(of("ev-now")), &scene).await, HOLDS, "that was another lesson's");
    scene.label = Some("whose=ours");
    assert_eq!(judged(&engine, &claim(of("ev-now"), &[]), &scene).await, HOLDS);
    lab.docker(&["rm", "ev-before"]);
}

#[tokio::test]
async fn claims_about_typed_commands_use_the_last_matching_command() {
    let engine = TestEngine::shared().connect().await;
    let command =
        |command: &str, exit: i32, output: &str| dermaga::claims::RanCommand::new(command, Some(exit), output);
    let ran = [
        command("docker pull mongo:4.1", 1, "Error"),
        command("docker pull mongo:4.1", 0, "4.1: Pulling\nStatus: Downloaded newer image"),
    ];
    let scene = ClaimContext { ran: &ran, ..scene(&engine, Path::new("/")).await };
    let pulls = || Subject::Ran(RanPattern::Matches("docker (image )?pull".into()));
    let good = claim(pulls(), &[("exit", is("0")), ("output", Op::Matches("^Status: Downloaded".into()))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let bad = claim(pulls(), &[("exit", is("2")), ("output", all(&["Status"]))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 ran docker (image )?pull · exit: 0"]);
    assert_eq!(judged(&engine, &absent(Subject::Ran(RanPattern::Command("docker rm".into()))), &scene).await, HOLDS);
    assert_eq!(
        judged(&engine, &claim(Subject::Ran(RanPattern::Matches("^docker ps".into())), &[]), &scene).await,
        ["1 ran ^docker ps: nothing"]
    );
}

#[tokio::test]
async fn log_change_and_process_claims_hold_or_fail_with_the_actual_value() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let scene = scene(&engine, Path::new("/")).await;
    let work = "echo satu; echo dua >&2; touch /baru; rm /www/index.html; echo x >/etc/isi; exec sleep 599";
    lab.docker(&["run", "-d", "--name", "lct", "busybox", "sh", "-c", work]);
    lab.docker(&["run", "-t", "--name", "lct-tty", "busybox", "echo", "dari terminal"]);

    let logs = |name: &str| Subject::Logs(name.into());
    let good = claim(logs("lct"), &[("contains", all(&["satu", "dua"])), ("matches", is("^dua$"))]);
    assert_eq!(settled(&engine, good, &scene).await, HOLDS);
    assert_eq!(judged(&engine, &claim(logs("lct-tty"), &[("matches", is("^dari terminal$"))]), &scene).await, HOLDS);
    let bad = claim(logs("lct-tty"), &[("contains", is("satu")), ("matches", is("^terminal"))]);
    assert_eq!(
        judged(&engine, &bad, &scene).await,
        ["100 logs lct-tty · contains: dari terminal\n", "101 logs lct-tty · matches: dari terminal\n"]
    );
    assert_eq!(judged(&engine, &claim(logs("lct-none"), &[]), &scene).await, ["1 logs lct-none: nothing"]);

    let changes = || Subject::Changes("lct".into());
    let good = [
        ("added", all(&["/baru", "/etc/isi"])),
        ("changed", is("/etc")),
        ("deleted", is("/www/index.html")),
        ("deleted", Op::Length(1)),
    ];
    assert_eq!(settled(&engine, claim(changes(), &good), &scene).await, HOLDS);
    let bad = claim(changes(), &[("deleted", is("/bin/sh")), ("deleted", Op::Empty(true))]);
    let expected = ["100 changes lct · deleted: /www/index.html", "101 changes lct · deleted: /www/index.html"];
    assert_eq!(judged(&engine, &bad, &scene).await, expected);

    let top = |name: &str| Subject::Top(name.into());
    assert_eq!(settled(&engine, claim(top("lct"), &[("contains", is("sleep 599"))]), &scene).await, HOLDS);
    let bad = claim(top("lct"), &[("contains", is("nginx"))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 top lct · contains: sleep 599"]);
    let ended = claim(top("lct-tty"), &[("contains", is("echo"))]);
    assert_eq!(judged(&engine, &ended, &scene).await, ["100 top lct-tty · contains: nothing"]);
    lab.docker(&["rm", "-f", "lct", "lct-tty"]);
}

#[tokio::test]
async fn run_claims_execute_commands_in_a_container_or_in_the_lessons_directory() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let lesson = tempfile::tempdir().expect("a folder");
    std::fs::write(lesson.path().join("catatan.txt"), "isi\n").expect("a file");
    let namespaces = lab.namespaces();
    let scene = ClaimContext { namespaces: Some(&namespaces), ..scene(&engine, lesson.path()).await };
    lab.docker(&["run", "-d", "--name", "rio", "busybox", "sleep", "600"]);
    let run = |argv: &[&str], inside: Option<&str>| Subject::Run {
        argv: argv.iter().map(|word| (*word).to_owned()).collect(),
        inside: inside.map(str::to_owned),
    };

    let good = claim(run(&["echo", "a  b"], Some("rio")), &[("stdout", is("a  b")), ("exit", is("0"))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let shell = claim(run(&["echo out; echo err >&2; exit 3"], Some("rio")), &[("stdout", is("err"))]);
    assert_eq!(
        judged(&engine, &shell, &scene).await,
        ["100 run echo out; echo err >&2; exit 3 · in rio · stdout: out"]
    );
    let failing = claim(run(&["sh", "-c", "exit 3"], Some("rio")), &[]);
    assert_eq!(judged(&engine, &failing, &scene).await, ["1 run sh -c exit 3 · in rio · exit: 3"]);
    let none = claim(run(&["tidakada"], Some("rio")), &[("exit", Op::AtMost(1.into()))]);
    let told = judged(&engine, &none, &scene).await;
    assert!(told[0].ends_with("exit: 126") || told[0].ends_with("exit: 127"), "{told:?}");
    assert_eq!(
        judged(&engine, &claim(run(&["true"], Some("rio-none")), &[]), &scene).await,
        ["1 run true · in rio-none: nothing"]
    );
    lab.docker(&["rm", "-f", "rio"]);

    let good = claim(run(&["cat", "catatan.txt"], None), &[("stdout", is("isi"))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let clean = claim(run(&["env | cut -d= -f1 | sort | tr '\\n' ' '"], None), &[("stdout", is(""))]);
    assert_eq!(
        judged(&engine, &clean, &scene).await,
        ["100 run env | cut -d= -f1 | sort | tr '\\n' ' ' · stdout: DOCKER_HOST HOME LANG PATH PWD "]
    );
    let speaks = claim(run(&["docker image inspect busybox >/dev/null && echo ada"], None), &[("stdout", is("ada"))]);
    assert_eq!(judged(&engine, &speaks, &scene).await, HOLDS);
    let inside = claim(run(&["ip -o link show docker0 | wc -l"], None), &[("stdout", is("1"))]);
    assert_eq!(judged(&engine, &inside, &scene).await, HOLDS, "it runs in the engine's network");
    assert_eq!(judged(&engine, &claim(run(&["tidak-ada"], None), &[]), &scene).await, ["1 run tidak-ada · exit: 127"]);
}

#[tokio::test]
async fn http_and_registry_claims_hold_or_fail_with_the_actual_value() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let namespaces = lab.namespaces();
    let scene = ClaimContext { namespaces: Some(&namespaces), ..scene(&engine, Path::new("/")).await };
    let page = |path: &str| Subject::Http(format!("http://localhost:8085{path}"));
    assert_eq!(judged(&engine, &claim(page("/"), &[]), &scene).await, ["1 http http://localhost:8085/: nothing"]);
    let serve = ["run", "-d", "--name", "har", "-p", "8085:80", "busybox", "httpd", "-f", "-p", "80", "-h", "/www"];
    lab.docker(&serve);
    let good =
        [("status", is("200")), ("contains", is("Halo")), ("header.Content-Type", Op::Starts(vec!["text/".into()]))];
    assert_eq!(settled(&engine, claim(page("/"), &good), &scene).await, HOLDS);
    let bad = [("status", is("404")), ("contains", is("Selamat")), ("header.x-none", Op::Empty(false))];
    let subject = "http http://localhost:8085/";
    assert_eq!(
        judged(&engine, &claim(page("/"), &bad), &scene).await,
        [
            format!("100 {subject} · status: 200"),
            format!("101 {subject} · contains: Halo dari dermaga\n"),
            format!("102 {subject} · header.x-none: nothing"),
        ]
    );
    assert_eq!(
        judged(&engine, &claim(page("/none"), &[]), &scene).await,
        ["1 http http://localhost:8085/none · status: 404"]
    );
    let outside = ClaimContext { namespaces: None, ..scene };
    assert_eq!(judged(&engine, &absent(page("/")), &outside).await, HOLDS, "the port is the private engine's");
    lab.docker(&["rm", "-f", "har"]);

    let repository = |name: &str| Subject::Registry(format!("localhost:5000/{name}"));
    assert_eq!(judged(&engine, &absent(repository("toko")), &scene).await, HOLDS);
    let _registry = crate::support::TestRegistry::start(lab);
    assert_eq!(settled(&engine, claim(Subject::Http("http://localhost:5000/v2/".into()), &[]), &scene).await, HOLDS);
    lab.docker(&["tag", "busybox", "localhost:5000/toko:1"]);
    let pushed = lab.docker(&["push", "localhost:5000/toko:1"]);
    let digest = pushed.split_whitespace().find(|word| word.starts_with("sha256:")).expect("a digest");
    let good = [("tag", is("1")), ("digest", is(digest))];
    assert_eq!(judged(&engine, &claim(repository("toko"), &good), &scene).await, HOLDS);
    let bad = claim(repository("toko"), &[("tag", all(&["1", "2"])), ("digest", is("sha256:0"))]);
    let subject = "registry localhost:5000/toko";
    assert_eq!(
        judged(&engine, &bad, &scene).await,
        [format!("100 {subject} · tag: 1"), format!("101 {subject} · digest: {digest}")]
    );
    assert_eq!(judged(&engine, &absent(repository("toko")), &scene).await, [format!("1 {subject}: 1")]);
    assert_eq!(judged(&engine, &absent(repository("lain")), &scene).await, HOLDS);
}

#[tokio::test]
async fn file_claims_hold_or_fail_with_the_actual_content() {
    let engine = TestEngine::shared().connect().await;
    let lesson = tempfile::tempdir().expect("a folder");
    std::fs::write(lesson.path().join("Dockerfile"), "FROM busybox\nCMD [\"sh\"]\n").expect("a file");
    let scene = scene(&engine, lesson.path()).await;
    let file = |path: &str| Subject::File(path.into());
    let good = claim(file("Dockerfile"), &[("contains", is("FROM busybox")), ("matches", is("^CMD"))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let bad = claim(file("Dockerfile"), &[("contains", is("EXPOSE"))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 file Dockerfile · contains: FROM busybox\nCMD [\"sh\"]\n"]);
    assert_eq!(judged(&engine, &absent(file("none")), &scene).await, HOLDS);
    assert_eq!(judged(&engine, &absent(file("Dockerfile")), &scene).await, ["1 file Dockerfile: nothing"]);
}

/// `wait_for` checks a claim so often that it notices most changes within 80 ms, even after the first second.
#[tokio::test]
async fn wait_for_a_claim_ends_soon_after_the_change() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let scene = scene(&engine, Path::new("/")).await;
    let waits = (0..8_u64).map(|index| {
        let (engine, scene, name) = (&engine, &scene, format!("wakes-{index}"));
        async move {
            let check = check(claim(Subject::Volume(name.clone()), &[]), 20_000, None);
            let create = tokio::task::spawn_blocking(move || {
                std::thread::sleep(Duration::from_millis(1_300 + 137 * index));
                lab.create_volume(&name);
                std::time::Instant::now()
            });
            assert_eq!(told(wait_for(engine, &check, scene).await), HOLDS);
            let decided = std::time::Instant::now();
            decided.saturating_duration_since(create.await.expect("a volume"))
        }
    });
    let late = futures_util::future::join_all(waits).await;
    let soon = late.iter().filter(|late| **late < Duration::from_millis(80)).count();
    assert!(soon >= 6, "{late:?}");
}

/// `registri.lan` answers only over TLS, with a certificate that only the private engine trusts.
#[test]
fn registry_and_http_claims_connect_over_tls() {
    let steps = [
        block(
            "console",
            "$ docker pull -q busybox\ndocker.io/library/busybox:latest\n$ docker tag busybox registri.lan/tim/a:1\n$ docker push -q registri.lan/tim/a:1\nregistri.lan/tim/a:1",
        ),
        block("check", "registry: registri.lan/tim/a\ntag: \"1\""),
        block("check", "http: https://registri.lan/v2/tim/a/tags/list\ncontains: '\"1\"'"),
        block("check", "registry: registri.lan/tim/b\nabsent: true"),
    ];
    Project::with(&lesson(&[("a", &steps.concat())])).with_engine(["test", "lesson.md"]).run().code(0).is_clean();
}
