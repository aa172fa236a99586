//! Tests the evaluation of claims.

use super::*;
use crate::lesson::{RanPattern, Subject};
use serde_json::json;

fn claim(subject: Subject, asks: &[(&str, Op)]) -> Claim {
    let ask = |(index, (key, op)): (usize, &(&str, Op))| {
        let key = if key.starts_with(char::is_uppercase) {
            AskKey::Inspect(key.split('.').map(|part| PathPart::Key(part.into())).collect())
        } else {
            AskKey::Own((*key).into())
        };
        Ask { key, op: op.clone(), span: Span::new(10 + index, 20) }
    };
    Claim { span: Span::new(1, 2), subject, on: None, absent: false, asks: asks.iter().enumerate().map(ask).collect() }
}

fn is(text: &str) -> Op {
    Op::Is(text.into())
}

fn all(texts: &[&str]) -> Op {
    Op::All(texts.iter().map(|text| (*text).to_owned()).collect())
}

/// Returns the span and the actual value of each failure. If the claim cannot be evaluated, returns the span 0 and
/// the reason.
fn told(claim: &Claim, facts: Facts) -> Vec<(usize, Option<String>)> {
    match decide(claim, &Ok(facts)) {
        Decision::Holds => Vec::new(),
        Decision::Fails(findings) => findings.into_iter().map(|f| (f.span.start, f.found)).collect(),
        Decision::Unknown(trouble) => vec![(0, Some(trouble.detail))],
    }
}

fn at(span: usize, found: &str) -> Vec<(usize, Option<String>)> {
    vec![(span, Some(found.to_owned()))]
}

fn web() -> Subject {
    Subject::Container("web".into())
}

#[test]
fn every_failed_condition_is_reported_with_its_span() {
    let facts = || Facts::Inspect(json!({"State": {"Running": false, "ExitCode": 137}, "Name": "/web"}));
    let three =
        claim(web(), &[("State.Running", is("true")), ("Name", is("/web")), ("State.ExitCode", Op::AtMost(0.into()))]);
    assert_eq!(told(&three, facts()), [(10, Some("false".into())), (12, Some("137".into()))]);
    let Decision::Fails(findings) = decide(&three, &Ok(facts())) else { panic!("it fails") };
    assert_eq!(findings[0].what, "container web · State.Running");
    assert_eq!(findings[0].expected, Expectation::Value(is("true")));
    assert_eq!(findings[0].look.as_deref(), Some("docker inspect web"));
}

#[test]
fn absent_subject_fails_a_claim_of_existence_and_passes_a_claim_of_absence() {
    let exists = claim(web(), &[("State.Running", is("true"))]);
    let absent = Claim { absent: true, ..claim(web(), &[]) };
    assert_eq!(told(&exists, Facts::Absent), [(1, None)]);
    assert_eq!(told(&absent, Facts::Absent), []);
    assert_eq!(told(&absent, Facts::Inspect(json!({"Id": "f00"}))), at(1, "f00"));
    let list = claim(Subject::Containers(Vec::new()), &[]);
    assert_eq!(told(&list, Facts::List(Vec::new())), [(1, None)]);
    assert_eq!(told(&list, Facts::List(vec![json!({})])), []);
    let none = Claim { absent: true, ..list };
    assert_eq!(told(&none, Facts::List(Vec::new())), []);
    assert_eq!(told(&none, Facts::List(vec![json!({}), json!({})])), at(1, "2"));
}

#[test]
fn claim_without_conditions_needs_a_successful_command_or_page() {
    let run = claim(Subject::Run { argv: vec!["true".into()], inside: None }, &[]);
    assert_eq!(told(&run, Facts::Run { exit: 0, stdout: String::new() }), []);
    assert_eq!(told(&run, Facts::Run { exit: 3, stdout: String::new() }), at(1, "3"));
    let page = |status| Facts::Http { status, headers: Vec::new(), body: String::new() };
    let http = claim(Subject::Http("http://x/".into()), &[]);
    assert_eq!(told(&http, page(301)), []);
    assert_eq!(told(&http, page(404)), at(1, "404"));
}

#[test]
fn in_order_condition_allows_other_events_between_the_expected_events() {
    let event = |kind: &str, action: &str| EngineEvent {
        kind: kind.into(),
        action: action.into(),
        id: String::new(),
        attributes: Vec::new(),
    };
    let docker = || Facts::Events(["create", "start", "die"].map(|action| event("container", action)).into());
    let podman = || Facts::Events(["init", "start", "died", "remove"].map(|a| event("container", a)).into());
    let order = |list: &[&str]| claim(Subject::Events(Vec::new()), &[("in_order", all(list))]);
    assert_eq!(told(&order(&["create", "die"]), docker()), []);
    assert_eq!(told(&order(&["die", "create"]), docker()), at(10, "create, start, die"));
    assert_eq!(told(&order(&["start", "start"]), docker()), at(10, "create, start, die"));
    assert_eq!(told(&order(&["start", "die", "destroy"]), podman()), []);
    assert_eq!(told(&order(&["die"]), Facts::Events(vec![event("image", "died")])), at(10, "died"));
    assert_eq!(told(&order(&["die"]), Facts::Events(Vec::new())), [(10, None)]);
}

#[test]
fn in_order_condition_about_a_container_counts_the_events_of_the_last_container_of_that_name() {
    let event = |action: &str, id: &str| EngineEvent {
        kind: "container".into(),
        action: action.into(),
        id: id.into(),
        attributes: Vec::new(),
    };
    let events =
        || Facts::Events(vec![event("start", "1"), event("stop", "1"), event("start", "2"), event("destroy", "2")]);
    let order = |names: &[&str], list: &[&str]| {
        let filter = ("container".to_owned(), names.iter().map(|name| (*name).to_owned()).collect());
        claim(Subject::Events(vec![filter]), &[("in_order", all(list))])
    };
    assert_eq!(told(&order(&["sekoci"], &["start", "destroy"]), events()), []);
    let found = at(10, "start, stop, start, destroy");
    assert_eq!(told(&order(&["sekoci"], &["start", "stop"]), events()), found);
    assert_eq!(told(&order(&["a", "b"], &["start", "stop", "destroy"]), events()), []);
}

#[test]
fn one_typed_command_must_meet_every_condition() {
    let ran = |exit: Option<i32>, output: &str| RanCommand::new("docker ps", exit, output);
    let both =
        claim(Subject::Ran(RanPattern::Command("docker ps".into())), &[("exit", is("0")), ("output", is("web"))]);
    assert_eq!(told(&both, Facts::Ran(vec![ran(Some(0), "x"), ran(Some(1), "web")])), at(10, "1"));
    assert_eq!(told(&both, Facts::Ran(vec![ran(Some(0), "web\n"), ran(Some(1), "x")])), []);
    assert_eq!(told(&both, Facts::Ran(vec![ran(None, "web")])), [(10, None)]);
    assert_eq!(told(&both, Facts::Ran(Vec::new())), [(1, None)]);
}

#[test]
fn text_is_compared_by_substring_by_line_pattern_or_as_a_whole() {
    let text = || Facts::Text("satu\ndua\n".into());
    let logs = |key: &str, op: Op| claim(Subject::Logs("web".into()), &[(key, op)]);
    assert_eq!(told(&logs("contains", is("tu\ndu")), text()), []);
    assert_eq!(told(&logs("contains", all(&["satu", "tiga"])), text()), at(10, "satu\ndua\n"));
    assert_eq!(told(&logs("contains", Op::Matches("^dua$".into())), text()), []);
    assert_eq!(told(&logs("matches", is("^dua$")), text()), []);
    assert_eq!(told(&logs("matches", is("^ua")), text()), at(10, "satu\ndua\n"));
    let run = |op: Op| claim(Subject::Run { argv: Vec::new(), inside: None }, &[("stdout", op)]);
    let out = || Facts::Run { exit: 0, stdout: "satu\ndua\n".into() };
    assert_eq!(told(&run(is("satu\ndua")), out()), []);
    assert_eq!(told(&run(is("dua")), out()), at(10, "satu\ndua"));
    assert_eq!(told(&run(all(&["dua", "sa"])), out()), []);
    assert_eq!(told(&run(Op::Empty(true)), out()), at(10, "satu\ndua"));
}

#[test]
fn digest_condition_compares_only_the_digest_of_the_named_tag() {
    let tags = || Facts::Registry(vec![("1".into(), "sha256:a".into()), ("2".into(), "sha256:b".into())]);
    let ask = |asks: &[(&str, Op)]| claim(Subject::Registry("h/r".into()), asks);
    assert_eq!(told(&ask(&[("digest", is("sha256:b"))]), tags()), []);
    assert_eq!(told(&ask(&[("tag", is("1")), ("digest", is("sha256:b"))]), tags()), at(11, "sha256:a"));
    assert_eq!(told(&ask(&[("tag", Op::Length(2))]), tags()), []);
    assert_eq!(told(&ask(&[("tag", is("3"))]), tags()), at(10, "1, 2"));
}

#[test]
fn header_condition_ignores_case_and_joins_repeated_headers() {
    let headers = vec![("via".to_owned(), "a".to_owned()), ("via".to_owned(), "b".to_owned())];
    let page = || Facts::Http { status: 200, headers: headers.clone(), body: String::new() };
    let ask = |key: &str, op: Op| claim(Subject::Http("http://x/".into()), &[(key, op)]);
    assert_eq!(told(&ask("header.Via", all(&["a", "b"])), page()), []);
    assert_eq!(told(&ask("header.via", is("a")), page()), at(10, "a, b"));
    assert_eq!(told(&ask("header.none", is("a")), page()), [(10, None)]);
}

#[test]
fn claim_that_cannot_be_evaluated_is_unknown() {
    let lost = InfraFailure { kind: InfraFailureKind::EngineGone, detail: "gone".into() };
    assert_eq!(decide(&claim(web(), &[]), &Err(lost.clone())), Decision::Unknown(lost));
    let facts = || Facts::Inspect(json!({"A": "b"}));
    let wrong = told(&claim(web(), &[("count", is("1"))]), facts());
    assert_eq!(wrong, at(0, "`count` cannot be asked of `container web`"));
    let pattern = told(&claim(web(), &[("A", Op::Matches("(".into()))]), facts());
    assert!(pattern[0].0 == 0, "{pattern:?}");
    let order = claim(Subject::Events(Vec::new()), &[("in_order", Op::Length(1))]);
    assert_eq!(told(&order, Facts::Events(Vec::new()))[0].0, 0);
}
