//! Tests which explanation a message gets.

mod cases;

pub(crate) use cases::all_cases;

use super::recognise::recognise;
use super::{Explanation, Failure, ask, words};
use crate::words::{Lang, Words};

/// Returns the lines of a text. `E:` stands for the daemon's prefix.
fn lines(said: &str) -> Vec<String> {
    said.lines().map(|line| line.replace("E:", "Error response from daemon:")).collect()
}

fn told(command: &str, status: i32, said: &str) -> Option<Explanation> {
    let lines = lines(said);
    let known =
        ["nginx:alpine", "nginx:latest", "busybox:1.35", "hello-world", "public.ecr.aws/docker/library/busybox:latest"];
    let known = known.map(str::to_owned);
    let failure = Failure { command, status, lines: &lines, engine: None, known: &known, ..Failure::default() };
    ask::without_engine(&recognise(command, status, &lines)?, &failure)
}

#[test]
fn every_sample_message_gets_its_explanation() {
    let mut wrong = String::new();
    let english = Words::new(Lang::En);
    for (command, status, said, key, piece) in all_cases() {
        match told(command, *status, said) {
            Some(told) if told.key == format!("explain-{key}") => {
                let text = words(&told, &english);
                if !text.contains(piece) || text.contains(['{', '}']) {
                    wrong += &format!("{command}\n  {said}\n  `{piece}` is not in: {text}\n");
                }
            }
            other => wrong += &format!("{command}\n  {said}\n  is not {key}: {other:?}\n"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Tests output of other programs, missing output, and messages that need no explanation.
#[test]
fn uncertain_cause_gives_no_explanation() {
    let quiet: &[(&str, i32, &str)] = &[
        ("ls", 2, "ls: cannot access 'x': No such file or directory"),
        ("cat x", 1, "cat: x: No such file or directory"),
        ("docker run --rm busybox ls /x", 1, "ls: /x: No such file or directory"),
        ("docker run --rm busybox false", 1, ""),
        ("docker run --rm busybox sleep 100", 130, ""),
        ("docker run --rm nginx", 1, "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"),
        ("grep x y", 1, ""),
        ("python3 app.py", 1, "Error: No such container: wep"),
        ("docker logs web", 0, "dial tcp: all is well"),
        ("docker logs registri", 0, "Error: unknown shorthand flag: 'p' in -p"),
        ("docker run --rm alpine:3.20 cat log", 0, "Error response from daemon: No such container: kapal"),
        ("docker ps", 0, "CONTAINER ID   IMAGE   COMMAND"),
    ];
    for (command, status, said) in quiet {
        assert_eq!(told(command, *status, said), None, "{command}: {said}");
    }
}

#[test]
fn unquoted_template_is_suggested_with_quotes() {
    let command = "docker image inspect --format {{json .RepoTags}} alpine:3.20";
    let told = told(command, 1, "template parsing error: template: :1: unclosed action").expect("told");
    assert!(told.key == "explain-template-unquoted" && told.is_exact(), "{told:?}");
    let text = words(&told, &Words::new(Lang::En));
    assert!(text.contains("`docker image inspect --format '{{json .RepoTags}}' alpine:3.20`"), "{text}");
}

#[test]
fn template_without_its_option_is_suggested_with_it() {
    let said = "Error: No such object: {{.State.ExitCode}}";
    for typed in ["docker inspect '{{.State.ExitCode}}' gagal", "docker inspect format '{{.State.ExitCode}}' gagal"] {
        let told = told(typed, 1, said).expect("told");
        let text = words(&told, &Words::new(Lang::En));
        assert!(text.contains("`docker inspect --format '{{.State.ExitCode}}' gagal`"), "{text}");
    }
}

#[test]
fn private_engine_blames_the_host_not_a_missing_network() {
    for (host, key) in [("registri.lain", "explain-host-unreached"), ("public.erc.aws", "explain-host-unknown-near")] {
        for said in ["connect: network is unreachable", "lookup {} on 127.0.0.53:53: server misbehaving"] {
            let said = format!("Error response from daemon: Get \"https://{host}/v2/\": dial tcp: {said}");
            let lines = [said.replace("{}", host)];
            let (command, known) = (format!("docker pull {host}/a/b:1"), ["public.ecr.aws/x".to_owned()]);
            let failure = Failure {
                command: &command,
                status: 1,
                lines: &lines,
                known: &known,
                apart: true,
                ..Failure::default()
            };
            let told = recognise(&command, 1, &lines).and_then(|cause| ask::without_engine(&cause, &failure));
            assert_eq!(told.map(|told| told.key), Some(key), "{lines:?}");
        }
    }
}

#[test]
fn every_rule_is_a_valid_regular_expression() {
    for (kind, pattern) in super::rules::RULES {
        if let Err(error) = regex::Regex::new(pattern) {
            panic!("{kind:?}: {error}");
        }
    }
}

/// Checks that every message exists in both languages and has at most three short lines.
#[test]
fn explanations_are_short_in_both_languages() {
    for lang in Lang::ALL {
        let catalogue = Words::new(lang);
        for (command, status, said, ..) in all_cases() {
            let Some(told) = told(command, *status, said) else { continue };
            let text = words(&told, &catalogue);
            assert!(!text.starts_with("explain-"), "{lang}: {}", told.key);
            assert!(text.lines().count() <= 3, "{lang}: {text}");
            for line in text.lines() {
                assert!(line.chars().count() <= 200, "{lang}: {line}");
            }
        }
    }
}

#[test]
fn program_of_the_step_after_docker_gets_its_own_advice() {
    let lines = ["docker: 'curl' is not a docker command.".to_owned()];
    let printed = [super::Printed { command: "curl -s localhost:5000/v2/_catalog", shown: true, typed: false }];
    let command = "docker curl -s localhost:5000/v2/_catalog";
    let cause = recognise(command, 1, &lines).expect("recognised");
    let key = |printed| {
        ask::without_engine(&cause, &Failure { command, status: 1, printed, ..Failure::default() }).map(|it| it.key)
    };
    assert_eq!(key(&printed), Some("explain-command-program-here"));
    assert_eq!(key(&[]), Some("explain-command-program"));
}

#[tokio::test]
async fn sudo_is_explained_after_success_only_if_the_change_is_lost() {
    let told = async |command: &str, status: i32| {
        let failure = Failure { command, status, apart: true, ..Failure::default() };
        super::explain(&failure).await.map(|told| told.key)
    };
    assert_eq!(told("echo x | sudo docker login ghcr.io", 0).await, Some("explain-sudo-apart"));
    assert_eq!(told("sudo docker rm kapal", 0).await, None);
    assert_eq!(told("sudo docker frobnicate", 1).await, Some("explain-sudo-apart"));
}

#[test]
fn push_without_a_registry_is_told_that_the_step_pushes_to_another_one() {
    let lines = ["denied: requested access to the resource is denied".to_owned()];
    let key = |command: &str, step: &str| {
        let printed = [super::Printed { command: step, shown: true, typed: false }];
        let cause = recognise(command, 1, &lines).expect("recognised");
        let failure = Failure { command, status: 1, printed: &printed, ..Failure::default() };
        ask::without_engine(&cause, &failure).map(|it| it.key)
    };
    let step = "docker push registri.lan/tim/salam:1";
    assert_eq!(key("docker push tim/salam:1", step), Some("explain-push-other-registry"));
    assert_eq!(key("docker push budi/tim/salam:1", step), Some("explain-push-other-registry"));
    assert_eq!(key("docker push ghcr.io/tim/salam:1", step), Some("explain-push-denied"));
    assert_eq!(key("docker push tim/salam:1", "docker push budi/salam:1"), Some("explain-push-denied"));
}

#[test]
fn spaces_in_a_template_are_corrected_by_the_command_of_the_step() {
    let step = "docker info --format '{{.OSType}}/{{.Architecture}}'";
    let printed = [super::Printed { command: step, shown: true, typed: false }];
    let command = "docker info --format {{.OSType}} / {{.Architecture}}";
    let cause = recognise(command, 1, &[]).expect("recognised");
    let told = ask::without_engine(&cause, &Failure { command, status: 1, printed: &printed, ..Failure::default() });
    let near = told.and_then(|told| told.args.into_iter().find(|(name, _)| name == "near"));
    assert_eq!(near.map(|(_, near)| near).as_deref(), Some(step));
}

#[tokio::test]
async fn option_behind_the_image_is_the_reason_why_the_program_ended() {
    let printed = [super::Printed {
        command: "docker run -d --init --name perahu alpine:3.20 sleep 600",
        shown: false,
        typed: false,
    }];
    for (command, status, said, key) in [
        (
            "docker run --init --name perahu alpine:3.20 sleep 600 -d",
            1,
            "sleep: invalid number '-d'",
            Some("slip-flag-behind"),
        ),
        ("docker run -d --name perahu alpine:3.20 sleep 600 --init", 0, "5859", Some("slip-flag-behind")),
        ("docker run -d --init alpine:3.20 sh -c 'sleep 9' --name x", 0, "5859", Some("slip-flag-behind")),
        ("docker run -d --init --name perahu alpine:3.20 sleep 600", 0, "5859", None),
        (
            "docker run --init alpin:3.20 -d",
            125,
            "docker: E: pull access denied for alpin, repository does not exist",
            Some("image-unknown-near"),
        ),
    ] {
        let (lines, known) = (lines(said), ["alpine:3.20".to_owned()]);
        let failure =
            Failure { command, status, lines: &lines, known: &known, printed: &printed, ..Failure::default() };
        let told = super::explain(&failure).await;
        let key = key.map(|key| format!("explain-{key}"));
        assert_eq!(told.as_ref().map(|told| told.key.to_owned()), key, "{command}");
        assert!(told.is_none_or(|told| told.is_exact() || told.key.ends_with("-near")), "{command}");
    }
}

#[test]
fn suggestion_for_a_refused_image_has_the_typed_tag() {
    let said = "docker: Error response from daemon: pull access denied for registri, repository does not exist or may require 'docker login': denied";
    let known = ["registry:3".to_owned()];
    let lines = [said.to_owned()];
    let command = "docker run -d registri:3";
    let failure = Failure { command, status: 125, known: &known, ..Failure::default() };
    let told = ask::without_engine(&recognise(command, 125, &lines).expect("recognised"), &failure).expect("told");
    assert!(told.args.contains(&("near".to_owned(), "registry:3".to_owned())), "{told:?}");
}

#[test]
fn control_characters_in_output_are_sanitised() {
    let told = told("docker logs x", 1, "Error: No such container: a\u{1b}[31m`\u{202e}").expect("told");
    let text = words(&told, &Words::new(Lang::Id));
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}

#[test]
fn cause_in_long_output_is_found_within_five_seconds() {
    let mut lines = vec!["a".repeat(100_000); 50];
    lines.extend(vec!["x: y".to_owned(); 100_000]);
    lines.push("Error: No such container: wep".to_owned());
    let begin = std::time::Instant::now();
    assert!(recognise("docker logs wep", 1, &lines).is_some());
    assert!(begin.elapsed() < std::time::Duration::from_secs(5), "{:?}", begin.elapsed());
}
