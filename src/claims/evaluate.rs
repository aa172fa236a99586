//! Evaluates claims in two pure steps: [`question`] returns the facts to look up, and [`decide`] compares these facts
//! with the claim.

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::value::{ActualValue, print, resolve};
use super::wording::{claim_text, key_text, look_at_claim, subject_text};
use super::{EngineEvent, Facts, InfraFailure, InfraFailureKind, Question, RanCommand};
use crate::lesson::{Ask, AskKey, Claim, Op, PathPart, Subject};
use crate::text::Span;

/// The result of evaluating a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// The claim is true.
    Holds,
    /// The claim is false. The list has the failed conditions in the order of the claim, and is never empty.
    Fails(Vec<ClaimFailure>),
    /// The facts could not be determined.
    Unknown(InfraFailure),
}

/// A failed condition of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimFailure {
    /// The span of the condition, or of the claim's subject if no single condition failed.
    pub span: Span,
    /// The subject and the key: `container web · State.Status`.
    pub what: String,
    /// The expected value.
    pub expected: Expectation,
    /// The printed form of the actual value, not sanitised; `None` if there is no value.
    pub found: Option<String>,
    /// A command that shows the value, not sanitised.
    pub look: Option<String>,
}

/// The expected fact of a failed condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// The subject exists (or the event happened, or the server answers).
    Exists,
    /// The subject does not exist.
    Absent,
    /// The value meets this condition.
    Value(Op),
    /// The value contains all of these texts.
    Contains(Vec<String>),
    /// These events happened in this order. Other events may have happened between the expected events.
    InOrder(Vec<String>),
}

/// Returns the question whose answer decides `claim`.
#[must_use]
pub fn question(claim: &Claim) -> Question {
    Question { subject: claim.subject.clone(), on: claim.on.clone() }
}

/// Evaluates `claim` with the given facts.
#[must_use]
pub fn decide(claim: &Claim, facts: &Result<Facts, InfraFailure>) -> Decision {
    let facts = match facts {
        Ok(facts) => facts,
        Err(trouble) => return Decision::Unknown(trouble.clone()),
    };
    let judge = Judge { claim };
    match judge.findings(facts) {
        Ok(findings) if findings.is_empty() => Decision::Holds,
        Ok(findings) => Decision::Fails(findings),
        Err(detail) => Decision::Unknown(InfraFailure { kind: InfraFailureKind::Other, detail }),
    }
}

/// The reason why a claim cannot be evaluated, in plain words.
type ClaimError = String;

struct Judge<'a> {
    claim: &'a Claim,
}

impl Judge<'_> {
    fn findings(&self, facts: &Facts) -> Result<Vec<ClaimFailure>, ClaimError> {
        if self.claim.absent {
            return Ok(existing_value(facts)
                .map(|found| self.subject(Expectation::Absent, found))
                .into_iter()
                .collect());
        }
        match facts {
            Facts::Absent => return Ok(vec![self.subject(Expectation::Exists, None)]),
            Facts::Ran(commands) => return self.ran(commands),
            _ => {}
        }
        if self.claim.asks.is_empty() {
            return Ok(self.without_asks(facts));
        }
        let mut findings = Vec::new();
        for ask in &self.claim.asks {
            findings.extend(self.ask(ask, facts)?);
        }
        Ok(findings)
    }

    /// Evaluates a claim without conditions. Such a claim is true if its subject exists, its command succeeded, or its
    /// server returned the page.
    fn without_asks(&self, facts: &Facts) -> Vec<ClaimFailure> {
        let finding = match facts {
            Facts::List(list) if list.is_empty() => self.subject(Expectation::Exists, None),
            Facts::Events(events) if events.is_empty() => self.subject(Expectation::Exists, None),
            Facts::Run { exit, .. } if *exit != 0 => ClaimFailure {
                what: self.what("exit"),
                ..self.subject(Expectation::Value(Op::Is("0".into())), Some(exit.to_string()))
            },
            Facts::Http { status, .. } if *status >= 400 => ClaimFailure {
                what: self.what("status"),
                ..self.subject(Expectation::Value(Op::AtMost(399.into())), Some(status.to_string()))
            },
            _ => return Vec::new(),
        };
        vec![finding]
    }

    /// Evaluates a claim about typed commands. At least one command must meet all conditions. If no command does so,
    /// returns the failures of the last command.
    fn ran(&self, commands: &[RanCommand]) -> Result<Vec<ClaimFailure>, ClaimError> {
        let mut last = vec![self.subject(Expectation::Exists, None)];
        for command in commands {
            let mut findings = Vec::new();
            for ask in &self.claim.asks {
                let finding = match key_text(&ask.key).as_str() {
                    "exit" => self.value(ask, &command.exit.map_or(Value::Null, Value::from))?,
                    "output" => self.text(ask, &command.output)?,
                    "contains" => self.contains(ask, &command.output)?,
                    _ => return Err(self.unknown(ask)),
                };
                findings.extend(finding);
            }
            if findings.is_empty() {
                return Ok(findings);
            }
            last = findings;
        }
        Ok(last)
    }

    fn ask(&self, ask: &Ask, facts: &Facts) -> Result<Option<ClaimFailure>, ClaimError> {
        let word = match &ask.key {
            AskKey::Inspect(path) => {
                return match facts {
                    Facts::Inspect(value) => self.found(ask, &resolve(value, path)),
                    Facts::List(list) => {
                        self.found(ask, &ActualValue::among(list.iter().map(|value| resolve(value, path))))
                    }
                    _ => Err(self.unknown(ask)),
                };
            }
            AskKey::Own(word) => word.as_str(),
        };
        match (word, facts) {
            ("count", Facts::List(list)) => self.value(ask, &Value::from(list.len())),
            ("count", Facts::Events(events)) => self.value(ask, &Value::from(events.len())),
            ("in_order", Facts::Events(events)) => self.in_order(ask, events),
            ("contains", Facts::Text(text) | Facts::Http { body: text, .. }) => self.contains(ask, text),
            ("contains", Facts::Processes(lines)) => self.contains(ask, &lines.join("\n")),
            ("matches", Facts::Text(text) | Facts::Http { body: text, .. }) => self.pattern(ask, text),
            ("added", Facts::Changes { added: paths, .. })
            | ("changed", Facts::Changes { changed: paths, .. })
            | ("deleted", Facts::Changes { deleted: paths, .. }) => self.list(ask, paths.clone()),
            ("exit", Facts::Run { exit, .. }) => self.value(ask, &Value::from(*exit)),
            ("stdout", Facts::Run { stdout, .. }) => self.text(ask, stdout),
            ("status", Facts::Http { status, .. }) => self.value(ask, &Value::from(*status)),
            (header, Facts::Http { headers, .. }) if header.starts_with("header.") => {
                let name = header["header.".len()..].to_ascii_lowercase();
                let values: Vec<&str> = headers.iter().filter(|(n, _)| *n == name).map(|(_, v)| v.as_str()).collect();
                if values.is_empty() { self.value(ask, &Value::Null) } else { self.text(ask, &values.join(", ")) }
            }
            ("tag", Facts::Registry(tags)) => self.list(ask, tags.iter().map(|(tag, _)| tag.clone()).collect()),
            ("digest", Facts::Registry(tags)) => {
                let asked = self.asked_tags();
                let of = |tag: &String| asked.is_empty() || asked.contains(tag);
                self.list(ask, tags.iter().filter(|(tag, _)| of(tag)).map(|(_, digest)| digest.clone()).collect())
            }
            _ => Err(self.unknown(ask)),
        }
    }

    /// Returns the tags in the claim's conditions. A condition about a digest compares only the digests of these tags.
    fn asked_tags(&self) -> &[String] {
        let tag = self.claim.asks.iter().find(|ask| ask.key == AskKey::Own("tag".into()));
        tag.and_then(|ask| ask.op.texts()).unwrap_or_default()
    }

    fn found(&self, ask: &Ask, found: &ActualValue<'_>) -> Result<Option<ClaimFailure>, ClaimError> {
        let holds = found.meets(&ask.op).map_err(|error| error.to_string())?;
        Ok((!holds).then(|| self.finding(ask, Expectation::Value(ask.op.clone()), found.printed())))
    }

    /// Compares a single value with a condition. `null` means that there is no value.
    fn value(&self, ask: &Ask, value: &Value) -> Result<Option<ClaimFailure>, ClaimError> {
        self.found(ask, &ActualValue::one(value))
    }

    /// Compares a list with a condition. For a condition of equality, one equal element of the list is enough. The
    /// other conditions compare the whole list, for example its length.
    fn list(&self, ask: &Ask, list: Vec<String>) -> Result<Option<ClaimFailure>, ClaimError> {
        let list = Value::from(list);
        let (whole, elements) = (ActualValue::one(&list), resolve(&list, &[PathPart::Any]));
        let failure = self.found(ask, if matches!(ask.op, Op::Is(_)) { &elements } else { &whole })?;
        Ok(failure.map(|failure| ClaimFailure { found: elements.printed(), ..failure }))
    }

    /// Compares printed text with a condition, without line ends at the end of the text. If the condition has a list,
    /// each text of the list must occur in the printed text.
    fn text(&self, ask: &Ask, text: &str) -> Result<Option<ClaimFailure>, ClaimError> {
        match &ask.op {
            Op::All(_) => self.contains(ask, text),
            Op::Matches(_) => self.pattern(ask, text),
            _ => self.value(ask, &Value::from(text.trim_end_matches(['\n', '\r']))),
        }
    }

    fn contains(&self, ask: &Ask, text: &str) -> Result<Option<ClaimFailure>, ClaimError> {
        let wanted = match ask.op.texts() {
            Some(wanted) => wanted,
            None if matches!(ask.op, Op::Matches(_)) => return self.pattern(ask, text),
            None => return self.value(ask, &Value::from(text)),
        };
        let missing = !wanted.iter().all(|wanted| text.contains(wanted.trim_end_matches('\n')));
        Ok(missing.then(|| self.finding(ask, Expectation::Contains(wanted.to_vec()), some(text))))
    }

    /// Searches a text of several lines for the pattern of a condition. `^` and `$` match at the beginning and the end
    /// of each line.
    fn pattern(&self, ask: &Ask, text: &str) -> Result<Option<ClaimFailure>, ClaimError> {
        let (Op::Is(pattern) | Op::Matches(pattern)) = &ask.op else { return Err(self.unknown(ask)) };
        let regex: Regex = RegexBuilder::new(pattern).multi_line(true).build().map_err(|error| error.to_string())?;
        let expected = || Expectation::Value(Op::Matches(pattern.clone()));
        Ok((!regex.is_match(text)).then(|| self.finding(ask, expected(), some(text))))
    }

    fn in_order(&self, ask: &Ask, events: &[EngineEvent]) -> Result<Option<ClaimFailure>, ClaimError> {
        let wanted = ask.op.texts().ok_or_else(|| self.unknown(ask))?;
        // A name may belong to several containers one after the other. One of them must have all events.
        let is_of_one = self.is_about_one_container() && !wanted.is_empty();
        let holds = if is_of_one {
            events.iter().any(|first| is_ordered(events.iter().filter(|event| event.id == first.id), wanted))
        } else {
            is_ordered(events.iter(), wanted)
        };
        let actions: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
        Ok((!holds).then(|| self.finding(ask, Expectation::InOrder(wanted.to_vec()), some(&actions.join(", ")))))
    }

    fn is_about_one_container(&self) -> bool {
        let Subject::Events(filters) = &self.claim.subject else { return false };
        let mut objects = filters.iter().filter(|(kind, _)| !matches!(kind.as_str(), "type" | "event"));
        matches!((objects.next(), objects.next()), (Some((kind, names)), None) if kind == "container" && names.len() == 1)
    }

    fn what(&self, key: &str) -> String {
        format!("{} · {key}", claim_text(self.claim))
    }

    fn finding(&self, ask: &Ask, expected: Expectation, found: Option<String>) -> ClaimFailure {
        let look = look_at_claim(self.claim, true);
        ClaimFailure { span: ask.span, what: self.what(&key_text(&ask.key)), expected, found, look }
    }

    fn subject(&self, expected: Expectation, found: Option<String>) -> ClaimFailure {
        let look = look_at_claim(self.claim, expected != Expectation::Exists);
        ClaimFailure { span: self.claim.span, what: claim_text(self.claim), expected, found, look }
    }

    fn unknown(&self, ask: &Ask) -> ClaimError {
        format!("`{}` cannot be asked of `{}`", key_text(&ask.key), subject_text(&self.claim.subject))
    }
}

fn is_ordered<'e>(mut events: impl Iterator<Item = &'e EngineEvent>, wanted: &[String]) -> bool {
    wanted.iter().all(|wanted| events.any(|event| same_action(event, wanted)))
}

/// Whether the action of `event` is `action`. For containers, older podman versions print `died` for `die` and `remove`
/// for `destroy`.
fn same_action(event: &EngineEvent, action: &str) -> bool {
    event.action == action
        || (event.kind == "container"
            && matches!((event.action.as_str(), action), ("died", "die") | ("remove", "destroy")))
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns the value of a subject that should be absent but exists. Returns `Some(None)` if the subject exists without
/// a value to show, and `None` if the subject does not exist.
#[expect(clippy::option_option, reason = "there or not, and shown or not, are two questions")]
fn existing_value(facts: &Facts) -> Option<Option<String>> {
    match facts {
        Facts::Absent => None,
        Facts::List(list) => (!list.is_empty()).then(|| Some(list.len().to_string())),
        Facts::Events(events) => {
            (!events.is_empty()).then(|| Some(events.iter().map(|e| e.action.as_str()).collect::<Vec<_>>().join(", ")))
        }
        Facts::Ran(commands) => commands.last().map(|command| Some(command.command.clone())),
        Facts::Inspect(value) => Some(value.get("Id").or_else(|| value.get("Name")).map(print)),
        Facts::Http { status, .. } => Some(Some(status.to_string())),
        Facts::Registry(tags) => Some(Some(tags.iter().map(|(tag, _)| tag.as_str()).collect::<Vec<_>>().join(", "))),
        _ => Some(None),
    }
}

#[cfg(test)]
mod tests {
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
        Claim {
            span: Span::new(1, 2),
            subject,
            on: None,
            absent: false,
            asks: asks.iter().enumerate().map(ask).collect(),
        }
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
        let three = claim(
            web(),
            &[("State.Running", is("true")), ("Name", is("/web")), ("State.ExitCode", Op::AtMost(0.into()))],
        );
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
    fn in_order_condition_about_a_container_counts_the_events_of_one_container() {
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
        assert_eq!(told(&order(&["sekoci"], &["start", "stop"]), events()), []);
        let found = at(10, "start, stop, start, destroy");
        assert_eq!(told(&order(&["sekoci"], &["start", "stop", "destroy"]), events()), found);
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
}
