//! Describes claims in words, and explains conditions that are not met.

use std::fmt::Write as _;

use crate::claims::{ClaimFailure, Expectation, claim_text, key_text};
use crate::lesson::{Claim, Op, Subject};
use crate::report::wrap::clip;
use crate::transcript::sanitise;
use crate::words::Words;

/// The maximum length of an actual value within a sentence, in characters.
const INLINE: usize = 72;
/// The maximum length of a line of an actual value below a sentence, in characters.
const WIDE: usize = 96;
/// The maximum length of an actual value below a sentence, in lines.
const LINES: usize = 12;

/// Describes a claim on one line: ``image `mongo:4.1` ada``, ``container `web`: `State.Running` `true` ``.
#[must_use]
pub fn describe(claim: &Claim, words: &Words) -> String {
    let subject = what(&claim_text(claim), words);
    if claim.absent {
        return words.say("claim-absent", &[("subject", &subject)]);
    }
    if claim.asks.is_empty() {
        let key = match claim.subject {
            Subject::Http(_) => "claim-answers",
            Subject::Run { .. } => "claim-succeeds",
            Subject::Ran(_) => "claim-was-run",
            Subject::Events(_) => "claim-happened",
            _ => "claim-exists",
        };
        return words.say(key, &[("subject", &subject)]);
    }
    let ask = |ask: &crate::lesson::Ask| {
        let key = key_text(&ask.key);
        let texts = ask.op.texts().unwrap_or_default().to_vec();
        let expected = match (key.as_str(), &ask.op) {
            ("contains", Op::Is(_) | Op::All(_)) => Expectation::Contains(texts),
            ("in_order", Op::Is(_) | Op::All(_)) => Expectation::InOrder(texts),
            ("matches", Op::Is(pattern)) => Expectation::Value(Op::Matches(pattern.clone())),
            (_, op) => Expectation::Value(op.clone()),
        };
        let said = expectation(&expected, words);
        if KEYS_IN_SENTENCE.contains(&key.as_str()) { said } else { format!("{} {said}", code(&key)) }
    };
    format!("{subject}: {}", claim.asks.iter().map(ask).collect::<Vec<_>>().join("; "))
}

/// Returns one paragraph for each unmet condition, then the commands with which a person can check the values.
#[must_use]
pub fn explain_findings(findings: &[ClaimFailure], words: &Words) -> String {
    let mut text = String::new();
    let mut looks: Vec<&String> = Vec::new();
    for finding in findings {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&explain(finding, words));
        looks.extend(finding.look.as_ref().filter(|look| !looks.contains(look)));
    }
    for look in looks {
        let _ = write!(text, "\n→ {}", words.say("claim-next", &[("command", &code(look))]));
    }
    text
}

fn explain(finding: &ClaimFailure, words: &Words) -> String {
    let what = what(&finding.what, words);
    let expected = expectation(&finding.expected, words);
    let args = [("what", what.as_str()), ("expected", expected.as_str())];
    let found = match (&finding.found, &finding.expected) {
        (found, Expectation::Absent) => {
            let there = words.say("claim-still-there", &args);
            return match found.as_deref().map(|found| code(&clip(found, INLINE))) {
                Some(found) => format!("{there} ({found})"),
                None => there,
            };
        }
        (None, _) => {
            // Claims of the kinds `ran` and `http` have their own messages for a missing result.
            let kind = finding.what.split(' ').next().filter(|_| !finding.what.contains(" · "));
            let own = kind.and_then(|kind| words.find(&format!("claim-nothing-{kind}"), &args));
            return own.unwrap_or_else(|| words.say("claim-found-nothing", &args));
        }
        (Some(found), _) => found,
    };
    let found = sanitise(found.trim_end_matches(['\n', '\r']));
    if !found.contains('\n') && found.chars().count() <= INLINE {
        let found = code(&found);
        return words.say("claim-found", &[args[0], args[1], ("found", &found)]);
    }
    let mut text = words.say("claim-found-below", &args);
    for line in found.lines().take(LINES) {
        let _ = write!(text, "\n  | {}", clip(line, WIDE));
    }
    if found.lines().nth(LINES).is_some() {
        let _ = write!(text, "\n  | …");
    }
    text
}

/// Describes an expectation, so that the text can follow the word "expected".
fn expectation(expected: &Expectation, words: &Words) -> String {
    let say = |key: &str, value: &str| words.say(key, &[("value", value)]);
    match expected {
        Expectation::Exists => words.say("claim-is-there", &[]),
        Expectation::Absent => words.say("claim-is-absent", &[]),
        Expectation::Contains(texts) => say("claim-contains", &codes(texts)),
        Expectation::InOrder(actions) => say("claim-in-order", &codes(actions)),
        Expectation::Value(Op::Is(text)) => code(text),
        Expectation::Value(Op::All(texts)) => say("claim-all", &codes(texts)),
        Expectation::Value(Op::Matches(pattern)) => say("claim-matches", &code(pattern)),
        Expectation::Value(Op::AtLeast(least)) => say("claim-at-least", &least.to_string()),
        Expectation::Value(Op::AtMost(most)) => say("claim-at-most", &most.to_string()),
        Expectation::Value(Op::Length(length)) => say("claim-length", &length.to_string()),
        Expectation::Value(Op::Starts(texts)) => say("claim-starts", &codes(texts)),
        Expectation::Value(Op::Empty(true)) => words.say("claim-empty", &[]),
        Expectation::Value(Op::Empty(false)) => words.say("claim-not-empty", &[]),
    }
}

/// The keys that a description omits, because its sentence already expresses them: `in order create, start`.
const KEYS_IN_SENTENCE: [&str; 3] = ["contains", "in_order", "matches"];

/// Returns the kind of the subject in the reader's language, and its name as code.
pub(super) fn what(text: &str, words: &Words) -> String {
    let mut parts = text.split(" · ");
    let subject = parts.next().unwrap_or(text);
    let (word, name) = subject.split_once(' ').map_or((subject, None), |(kind, name)| (kind, Some(name)));
    let mut said = match (word, name) {
        ("events", Some(filters)) => match happened_to(filters) {
            Some((kind, name)) => words.say("claim-events-of", &[("subject", &named(kind, name, words))]),
            None => named(word, name, words),
        },
        _ => named(word, name, words),
    };
    for part in parts.filter(|part| !KEYS_IN_SENTENCE.contains(part)) {
        said = match part.strip_prefix("in ").filter(|_| word == "run") {
            Some(container) => words.say("claim-inside", &[("subject", &said), ("container", &code(container))]),
            None => format!("{said} · {}", code(part)),
        };
    }
    said
}

fn named(kind: &str, name: Option<&str>, words: &Words) -> String {
    let kind = words.find(&format!("claim-kind-{kind}"), &[]).unwrap_or_else(|| sanitise(kind));
    name.map_or_else(|| kind.clone(), |name| format!("{kind} {}", code(name)))
}

/// Returns the kind and name of the object in event filters: `type=container container=web`. Returns `None` unless the
/// filters have one kind and at most one name.
fn happened_to(filters: &str) -> Option<(&str, Option<&str>)> {
    let (first, second) = filters.split_once(' ').map_or((filters, None), |(first, second)| (first, Some(second)));
    let (key, value) = first.split_once('=')?;
    let one = |value: &str| !value.contains([',', ' ', '=']);
    match (key, second) {
        ("type", None) => one(value).then_some((value, None)),
        ("type", Some(second)) => {
            let name = second.strip_prefix(value)?.strip_prefix('=')?;
            (one(value) && one(name)).then_some((value, Some(name)))
        }
        ("container" | "network" | "volume" | "image", None) => one(value).then_some((key, Some(value))),
        _ => None,
    }
}

fn code(text: &str) -> String {
    if text.is_empty() { "\"\"".to_owned() } else { format!("`{}`", sanitise(text).replace('\n', " ⏎ ")) }
}

fn codes(texts: &[String]) -> String {
    texts.iter().map(|text| code(text)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Ask, AskKey, PathPart};
    use crate::text::Span;
    use crate::words::Lang;

    fn claim(subject: Subject, asks: &[(AskKey, Op)]) -> Claim {
        let ask = |(key, op): &(AskKey, Op)| Ask { key: key.clone(), op: op.clone(), span: Span::default() };
        Claim { span: Span::default(), subject, on: None, absent: false, asks: asks.iter().map(ask).collect() }
    }

    fn own(word: &str) -> AskKey {
        AskKey::Own(word.into())
    }

    #[test]
    fn claim_is_described_on_one_line() {
        let mongo = || Subject::Image("mongo:4.1".into());
        let os = AskKey::Inspect(vec![PathPart::Key("Os".into())]);
        let layers = AskKey::Inspect(vec![PathPart::Key("RootFS".into()), PathPart::Key("Layers".into())]);
        let (id, en) = (Words::new(Lang::Id), Words::new(Lang::En));
        let cases = [
            (claim(mongo(), &[]), "image `mongo:4.1` ada", "image `mongo:4.1` exists"),
            (
                Claim { absent: true, ..claim(mongo(), &[]) },
                "image `mongo:4.1` tidak ada",
                "image `mongo:4.1` does not exist",
            ),
            (
                claim(mongo(), &[(os, Op::Is("linux".into())), (layers, Op::AtLeast(2.into()))]),
                "image `mongo:4.1`: `Os` `linux`; `RootFS.Layers` paling sedikit 2",
                "image `mongo:4.1`: `Os` `linux`; `RootFS.Layers` at least 2",
            ),
            (
                claim(Subject::Http("http://localhost/".into()), &[]),
                "alamat `http://localhost/` menjawab dengan baik",
                "address `http://localhost/` answers well",
            ),
            (
                claim(
                    Subject::Logs("web".into()),
                    &[(own("contains"), Op::Is("siap".into())), (own("matches"), Op::Is("^ok".into()))],
                ),
                "log `web`: teks `siap`; sesuatu yang cocok dengan `^ok`",
                "log of `web`: the text `siap`; something that matches `^ok`",
            ),
        ];
        for (claim, indonesian, english) in cases {
            assert_eq!(describe(&claim, &id), indonesian);
            assert_eq!(describe(&claim, &en), english);
        }
    }

    #[test]
    fn description_names_the_object_of_events_and_the_container_of_a_command() {
        let cases = [
            (
                "events type=container container=sapa · in_order",
                "peristiwa kontainer `sapa`",
                "events of container `sapa`",
            ),
            ("events container=sapa", "peristiwa kontainer `sapa`", "events of container `sapa`"),
            ("events type=network", "peristiwa jaringan", "events of network"),
            ("events type=image container=x", "peristiwa `type=image container=x`", "events `type=image container=x`"),
            ("events container=a,b", "peristiwa `container=a,b`", "events `container=a,b`"),
            ("run id -u · in web", "perintah `id -u` di kontainer `web`", "command `id -u` in container `web`"),
            ("container web · State.Status", "kontainer `web` · `State.Status`", "container `web` · `State.Status`"),
        ];
        for (text, indonesian, english) in cases {
            assert_eq!(what(text, &Words::new(Lang::Id)), indonesian);
            assert_eq!(what(text, &Words::new(Lang::En)), english);
        }
    }

    #[test]
    fn explanation_has_expected_value_actual_value_and_a_command_to_check() {
        let finding = |what: &str, expected: Expectation, found: Option<&str>| ClaimFailure {
            span: Span::default(),
            what: what.into(),
            expected,
            found: found.map(str::to_owned),
            look: Some("docker inspect web".into()),
        };
        let running = Expectation::Value(Op::Is("running".into()));
        let findings = [
            finding("container web · State.Status", running.clone(), Some("exited")),
            finding("container web · State.Health", Expectation::Value(Op::Empty(false)), None),
            finding("container web", Expectation::Absent, Some("f00")),
            finding("ran ^docker run", Expectation::Exists, None),
            finding("http http://localhost:8080/", Expectation::Exists, None),
            finding("http http://localhost:8080/ · header.server", Expectation::Value(Op::Is("nginx".into())), None),
            finding("logs web · contains", Expectation::Contains(vec!["siap".into()]), Some("a\n\u{1b}[2Jb\n")),
        ];
        let expected = "\
kontainer `web` · `State.Status`: diharapkan `running`, ditemukan `exited`.
kontainer `web` · `State.Health`: diharapkan tidak kosong, tetapi tidak ada apa-apa di situ.
kontainer `web` seharusnya tidak ada, tetapi masih ada. (`f00`)
perintah `^docker run`: diharapkan di langkah ini, tetapi tidak ada perintah seperti itu yang dijalankan.
alamat `http://localhost:8080/`: diharapkan ada jawaban, tetapi tidak ada yang menjawab di situ.
alamat `http://localhost:8080/` · `header.server`: diharapkan `nginx`, tetapi tidak ada apa-apa di situ.
log `web`: diharapkan teks `siap`, ditemukan ini:
  | a
  | ␛[2Jb
→ Lihat sendiri dengan `docker inspect web`.";
        assert_eq!(explain_findings(&findings, &Words::new(Lang::Id)), expected);
        let long = "x\n".repeat(99);
        let text = explain_findings(&[finding("file a", running, Some(&long))], &Words::new(Lang::En));
        assert_eq!(text.lines().count(), 1 + LINES + 1 + 1, "{text}");
    }
}
