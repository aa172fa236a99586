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
        // A name may belong to several containers one after the other. The last one counts.
        let last = events.last().filter(|_| self.is_about_one_container());
        let holds = is_ordered(events.iter().filter(|event| last.is_none_or(|last| event.id == last.id)), wanted);
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
mod tests;
