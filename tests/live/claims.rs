//! Every subject and every operator of a claim, on a real engine: one that holds, and one that fails and says why.

use std::path::Path;
use std::time::Duration;

use dermaga::engine::{Engine, Scene, wait_for};
use dermaga::judge::{Decision, decide, question};
use dermaga::lesson::{Ask, AskKey, Attrs, Check, Claim, Op, PathPart, Subject};
use dermaga::text::Span;

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
    Claim { span: Span::new(1, 9), subject, absent: false, asks: asks.iter().enumerate().map(ask).collect() }
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

/// A finding as one line: where, what was looked at, what is there.
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

async fn judged(engine: &Engine, claim: &Claim, scene: &Scene<'_>) -> Vec<String> {
    told(decide(claim, &engine.facts(&question(claim), scene).await))
}

const HOLDS: [&str; 0] = [];

#[tokio::test]
async fn image() {
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
async fn container_network_and_volume() {
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
            ("Mounts", Op::AtLeast(1.0)),
            ("State.ExitCode", Op::AtMost(0.0)),
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
async fn containers_images_and_engine() {
    let lab = TestEngine::shared();
    let engine = lab.connect().await;
    let mut scene = scene(&engine, Path::new("/")).await;
    for label in ["cie=1", "cie=2"] {
        lab.docker(&["create", "--label", label, "busybox"]);
    }
    let filter = |name: &str, value: &str| vec![(name.to_owned(), vec![value.to_owned()])];
    let two = || Subject::Containers(filter("label", "cie=1"));
    assert_eq!(judged(&engine, &claim(two(), &[("count", is("1")), ("Image", is("busybox"))]), &scene).await, HOLDS);
    let bad = claim(two(), &[("count", Op::AtLeast(2.0))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 containers label=cie=1 · count: 1"]);
    scene.label = Some("cie=2");
    assert_eq!(judged(&engine, &absent(two()), &scene).await, HOLDS, "the other lesson's container does not count");

    let images = || Subject::Images(filter("reference", "busybox"));
    assert_eq!(judged(&engine, &claim(images(), &[("count", is("1"))]), &scene).await, HOLDS);
    assert_eq!(judged(&engine, &absent(images()), &scene).await, ["1 images reference=busybox: 1"]);

    let good = claim(Subject::Engine, &[("ApiVersion", Op::AtLeast(1.0)), ("ServerVersion", Op::Empty(false))]);
    assert_eq!(judged(&engine, &good, &scene).await, HOLDS);
    let bad = claim(Subject::Engine, &[("OSType", is("plan9")), ("LayersSize", Op::AtLeast(1.0))]);
    assert_eq!(judged(&engine, &bad, &scene).await, ["100 engine · OSType: linux"]);
}

#[tokio::test]
async fn waiting_sees_what_becomes_true_and_what_does_not_stay() {
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
