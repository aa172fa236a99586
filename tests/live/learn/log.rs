//! Tests the tutor's log. The log contains the requests that the gateway handled, and no secret that the learner typed.

use super::small::{project, trust};
use crate::log::assert_no_secret;
use crate::person::Person;
use crate::support::TestEngine;

#[tokio::test]
async fn tutors_log_contains_docker_requests_and_no_secret() {
    let engine = TestEngine::shared();
    let project = project("busybox:latest");
    let host = format!("unix://{}", engine.socket().display());
    let words = ["learn", "kecil.md", "--engine", &host, "--log", "log.txt"];
    let mut person = Person::start_with(&project, &words, &[("DERMAGA_LOG", "trace")]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    person.types("docker login -u u -p geheim localhost:1").await;
    person.prompt().await;
    person.types("docker run -e TOKEN=geheim --privileged busybox").await;
    person.prompt().await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
    let log = project.read("log.txt");
    for shown in [
        "lesson{id=kecil}",
        "text=\"docker login -u *** -p *** ***\"",
        "request ended decision=\"privileged\"",
        "path=\"/v1.41/containers/create\"",
        "tutor ends",
    ] {
        assert!(log.contains(shown), "no `{shown}` in\n{log}");
    }
    assert_no_secret(&log);
}
