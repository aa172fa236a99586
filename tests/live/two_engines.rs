//! Tests lessons on two engines in one network: their docker contexts, their host names, and claims about each engine.

use crate::project::{Project, block, lesson};

/// Returns a lesson whose front matter requires two engines.
fn on_two(steps: &[(&str, &str)]) -> String {
    let lesson = lesson(steps);
    let lesson = lesson.strip_prefix("---\n").unwrap_or(&lesson);
    format!("---\nneeds: [two-engines]\n{lesson}")
}

fn registry() -> String {
    block("console,hidden", "$ docker --context node-a pull -q registry:3\n$ docker pull -q busybox")
        + &block("console", "$ docker --context node-a run -d -p 5000:5000 --name registri registry:3\n...")
        + &block("check", "container: registri\non: node-a\nState.Running: true")
        + &block("check", "container: registri\non: node-b\nabsent: true\nalready: true")
        + &block("check", "http: http://node-a:5000/v2/\non: node-b\nwithin: 30s")
}

#[test]
fn each_node_has_its_own_localhost_and_reaches_the_other_node_by_name() {
    let own = block(
        "console",
        "$ docker tag busybox localhost:5000/kelas/alat:1\n$ docker push localhost:5000/kelas/alat:1\n...",
    ) + &block("check", "registry: localhost:5000/kelas/alat\non: node-a\ntag: \"1\"")
        + &block("check", "registry: node-a:5000/kelas/alat\non: node-b\ntag: \"1\"")
        + &block(
            "console,exit=1",
            "$ docker --context node-b pull localhost:5000/kelas/alat:1\n[..]connection refused",
        )
        + &block(
            "console,exit=1",
            "$ docker --context node-b pull node-a:5000/kelas/alat:1\n[..]server gave HTTP response to HTTPS client",
        );
    let configured =
        block(
            "console",
            "$ node-b sh -c 'echo \"{\\\"insecure-registries\\\": [\\\"node-a:5000\\\"]}\" > /etc/docker/daemon.json'\n\
         $ node-b sh -c 'kill -HUP $(cat /run/docker.pid)'",
        ) + &block("check", "engine:\non: node-b\nRegistryConfig.IndexConfigs.\"node-a:5000\".Secure: false")
            + &block("console", "$ docker --context node-b pull node-a:5000/kelas/alat:1\n...")
            + &block("check", "image: node-a:5000/kelas/alat:1\non: node-b");
    let secure = block(
        "console",
        "$ docker tag busybox registri.lan/kelas/alat:1\n$ docker push registri.lan/kelas/alat:1\n...\n\
         $ docker context use node-b\nnode-b\nCurrent context is now \"node-b\"\n\
         $ docker run -d --name kerja registri.lan/kelas/alat:1 sleep 600\n...\n\
         $ docker info -f '{{.Name}}'\nnode-b\n$ hostname\nnode-a",
    ) + &block("check", "container: kerja\non: node-b\nState.Running: true")
        + &block("check", "containers: {}\non: node-a\ncount: 1\nalready: true");
    let project = Project::with(&on_two(&[
        ("registry", &registry()),
        ("own", &own),
        ("configured", &configured),
        ("secure", &secure),
    ]));
    project.with_engine(["test", "lesson.md"]).run().code(0);
}

#[test]
fn failed_claim_suggests_a_command_for_its_engine() {
    let wrong = block("console", "$ docker --context node-b run -d --name kerja busybox sleep 600\n...")
        + &block("check", "container: kerja\non: node-b\nState.Running: false\nwithin: 100ms")
        + &block("check", "container: kerja\non: node-a\nState.Running: true\nwithin: 100ms");
    let project = Project::with(&lesson(&[("kerja", &wrong)]));
    let ended = project.with_engine(["test", "--lang", "en", "lesson.md"]).run().code(1);
    // This lesson does not require two engines, but the key `on` in a check starts the second engine.
    assert!(ended.out.contains("docker --context node-b inspect kerja"), "{}", ended.all());
    assert!(ended.out.contains("docker --context node-a ps -a"), "{}", ended.all());
}

#[test]
fn lesson_that_needs_two_engines_is_skipped_on_the_learners_engine() {
    let project = Project::with(&on_two(&[("kerja", &block("console", "$ docker context use node-b\n..."))]));
    let engine = crate::support::TestEngine::shared();
    let host = format!("unix://{}", engine.socket().display());
    let ended = project.dermaga(["test", "--lang", "en", "--yes", "--engine", &host, "lesson.md"]).run();
    assert!(ended.out.contains("two-engines"), "{}", ended.all());
}
