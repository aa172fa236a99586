//! Describes claims in plain words, for learners who do not know the engine's field names.

use super::claim::{describe, what};
use crate::claims::{claim_text, key_text};
use crate::lesson::{Ask, Claim, Filters, Op, Subject};
use crate::transcript::sanitise;
use crate::words::Words;

/// Describes a claim in a sentence without field names and patterns. Uses general words if there are no special ones
/// for this claim.
#[must_use]
pub fn plain_claim(claim: &Claim, words: &Words) -> String {
    if let Some(said) = describe_claim(claim, words) {
        return said;
    }
    match &claim.subject {
        Subject::Ran(_) => words.say("learn-claim-typed-some", &[]),
        // Filters are written as `key=value`.
        Subject::Events(_) | Subject::Containers(_) | Subject::Images(_) => words.say("claim-as-asked", &[]),
        _ if claim.absent || claim.asks.is_empty() => describe(claim, words),
        _ => words.say("claim-as-asked-of", &[("subject", &what(&claim_text(claim), words))]),
    }
}

/// Describes a claim in plain words; `None` if there are none for it.
#[must_use]
pub fn describe_claim(claim: &Claim, words: &Words) -> Option<String> {
    if claim.absent {
        let (kind, name) = match &claim.subject {
            Subject::Container(name) => ("container", name),
            Subject::Image(name) => ("image", name),
            Subject::Network(name) => ("network", name),
            Subject::Volume(name) => ("volume", name),
            _ => return None,
        };
        let kind = words.say(&format!("clean-{kind}"), &[]);
        return Some(on_node(claim, words.say("means-gone", &[("kind", &kind), ("name", &sanitise(name))])));
    }
    let (kind, name) = match &claim.subject {
        Subject::Container(name) => ("container", name.as_str()),
        Subject::Image(name) => ("image", name.as_str()),
        Subject::Events(filters) => match sole_filter_value(filters, "container") {
            Some(name) => ("events", name),
            None => ("event", single_value(filters, "event")?),
        },
        Subject::Containers(filters) => ("containers", sole_filter_value(filters, "ancestor")?),
        Subject::Images(filters) => {
            sole_filter_value(filters, "dangling").filter(|only| *only == "true").map(|_| ("dangling", ""))?
        }
        Subject::Logs(name) => ("logs", name.as_str()),
        Subject::Changes(name) => ("changes", name.as_str()),
        Subject::Top(name) => ("top", name.as_str()),
        Subject::Engine => ("engine", ""),
        Subject::File(path) => ("file", path.as_str()),
        Subject::Http(url) => ("http", url.as_str()),
        Subject::Registry(name) => ("registry", name.as_str()),
        _ => return None,
    };
    let parts: Option<Vec<String>> = claim.asks.iter().map(|ask| describe_ask(kind, ask, words)).collect();
    // Equal parts are listed once.
    let mut parts = parts?;
    parts.dedup();
    let parts = parts.join(", ");
    let name = sanitise(name);
    let said = if parts.is_empty() {
        words.find(&format!("means-{kind}-there"), &[("name", &name)])?
    } else {
        words.say(&format!("means-{kind}"), &[("name", &name), ("what", &parts)])
    };
    Some(on_node(claim, said))
}

/// Returns the description with the node that the claim is about.
fn on_node(claim: &Claim, said: String) -> String {
    match &claim.on {
        Some(on) => format!("`{on}` · {said}"),
        None => said,
    }
}

/// Describes the events of a container as a story: created, started, then ended. Returns `None` if there is no word
/// for one of them.
fn story(events: &[String], words: &Words) -> Option<String> {
    let told: Option<Vec<String>> = events.iter().map(|event| words.find(&format!("means-did-{event}"), &[])).collect();
    let mut told = told?;
    let last = told.pop()?;
    Some(if told.is_empty() { last } else { words.say("means-did", &[("before", &told.join(", ")), ("last", &last)]) })
}

/// Describes a condition, by a message for this key and value, or by the message for the key.
fn describe_ask(kind: &str, ask: &Ask, words: &Words) -> Option<String> {
    let key = key_text(&ask.key).to_lowercase().replace('.', "-");
    let (form, values) = match &ask.op {
        Op::Is(value) => ("", vec![value.clone()]),
        Op::All(values) => ("", values.clone()),
        Op::AtLeast(amount) => ("-least", vec![amount.to_string()]),
        Op::Empty(false) => ("-some", Vec::new()),
        Op::Starts(words) => ("", vec![words.join(" ")]),
        Op::Matches(pattern) if pattern.ends_with("@sha256:[0-9a-f]{64}$") => ("-digest", Vec::new()),
        Op::Matches(pattern) => ("", vec![literal_text(pattern)?]),
        _ => return None,
    };
    if kind == "events" && key == "in_order" {
        let told = story(&values, words);
        if told.is_some() {
            return told;
        }
    }
    let value = values.iter().map(|value| format!("`{}`", sanitise(value))).collect::<Vec<_>>().join(", ");
    let exact = match values.as_slice() {
        [only] if only.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            words.find(&format!("means-{kind}-{key}-{}", only.to_lowercase()), &[])
        }
        _ => None,
    };
    exact.or_else(|| words.find(&format!("means-{kind}-{key}{form}"), &[("value", &value)]))
}

/// Returns the literal text that a pattern matches, if there is only one. Leaves out anchors.
fn literal_text(pattern: &str) -> Option<String> {
    let line = pattern.strip_prefix('^').unwrap_or(pattern);
    let line = line.strip_suffix('$').unwrap_or(line);
    // Leaves out an optional end.
    let line = line.strip_suffix(")?").and_then(|line| line.rsplit_once('(')).map_or(line, |(line, _)| line);
    let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '-' | '_' | ':'));
    let pieces: Vec<&str> = line.split("[.]").flat_map(|piece| piece.split("\\.")).collect();
    pieces.iter().all(|piece| plain(piece)).then(|| pieces.join("."))
}

/// Returns the value of a filter if it is the only one, and if there are no other filters except the type.
fn sole_filter_value<'a>(filters: &'a Filters, name: &str) -> Option<&'a str> {
    let others = filters.iter().any(|(one, _)| one != name && one != "type");
    if others { None } else { single_value(filters, name) }
}

/// Returns the value of a filter if it is the only one.
fn single_value<'a>(filters: &'a Filters, name: &str) -> Option<&'a str> {
    match filters.iter().find(|(one, _)| one == name) {
        Some((_, values)) if values.len() == 1 => values.first().map(String::as_str),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use super::*;
    use crate::lesson::{Block, LessonId, parse};
    use crate::text::Source;
    use crate::words::Lang;

    fn claims(text: &str) -> Vec<Claim> {
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.iter().all(|one| one.severity != crate::text::Severity::Error), "{wrong:?}");
        let blocks = lesson.steps.into_iter().flat_map(|step| step.blocks);
        blocks.filter_map(|block| if let Block::Check(check) = block { Some(check.claim) } else { None }).collect()
    }

    fn of(check: &str) -> Option<String> {
        let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}\n```\n");
        describe_claim(claims(&text).first().expect("a claim"), &Words::new(Lang::Id))
    }

    #[test]
    fn claims_are_described_in_plain_words() {
        for (check, said) in [
            (
                "container: sapa\nConfig.Image: hello-world\nState.Status: exited\nState.ExitCode: 0",
                "kontainer `sapa`: dibuat dari image `hello-world`, sudah selesai, status keluarnya `0`",
            ),
            ("container: kapal\nState.Running: true\nState.Status: running", "kontainer `kapal`: sedang berjalan"),
            (
                "events: { type: [container], container: [sapa] }\nin_order: [create, start, die]",
                "`sapa` dibuat, dijalankan, lalu selesai",
            ),
            (
                "top: perahu\ncontains: { matches: \"^sleep 600$\" }",
                "proses di dalam `perahu`: `sleep 600` sedang berjalan",
            ),
            ("containers: { ancestor: [mongo] }\ncount: 0", "kontainer dari image `mongo`: tidak ada"),
            (
                "container: terkunci\nConfig.Image: { matches: \"@sha256:[0-9a-f]{64}$\" }",
                "kontainer `terkunci`: dikunci pada satu digest",
            ),
            ("logs: bukti\nmatches: \"^3\\\\.20\"", "log kontainer `bukti` memuat `3.20`"),
            ("image: alpine:3.20", "image `alpine:3.20` ada"),
            ("container: a\nabsent: true", "kontainer `a` sudah tidak ada"),
            ("events: { type: [image], event: [load] }\ncount: { at_least: 1 }", "peristiwa `load`: tercatat"),
            ("container: web\non: node-b\nState.Running: true", "`node-b` · kontainer `web`: sedang berjalan"),
        ] {
            assert_eq!(of(check).as_deref(), Some(said));
        }
        for other in ["container: a\nNetworkSettings.Ports: x", "volume: a", "top: a\ncontains: { matches: \"^a.*$\" }"]
        {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn claim_without_words_of_its_own_shows_no_pattern_and_no_field() {
        for (check, said) in [
            ("container: a\nabsent: true", "kontainer `a` sudah tidak ada"),
            ("container: a\nNetworkSettings.Ports: x", "kontainer `a` seperti yang diminta langkah ini"),
            ("volume: a", "volume `a` ada"),
            ("ran: \"docker (ps|container ls).* (-a|--all)\"\nexit: 0", "perintah yang diminta sudah dijalankan"),
            ("events: { label: [a=b] }\ncount: 2", "keadaan mesin Docker seperti yang diminta langkah ini"),
        ] {
            let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}\n```\n");
            let claim = claims(&text).remove(0);
            assert_eq!(plain_claim(&claim, &Words::new(Lang::Id)), said);
        }
    }

    /// Claims about absence have the general wording.
    #[test]
    fn every_claim_of_the_built_in_lessons_has_a_description() {
        let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let (mut seen, mut without) = (0, String::new());
        for (lang, folder) in [(Lang::Id, "id"), (Lang::En, "en")] {
            let words = Words::new(lang);
            let files = ["dasar", "image", "registri", "tentang"].map(|group| lessons.join(folder).join(group));
            for file in files.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten()) {
                let Some("md") = file.path().extension().and_then(|extension| extension.to_str()) else { continue };
                for claim in claims(&std::fs::read_to_string(file.path()).unwrap()) {
                    let is_plain = claim.absent || matches!(claim.subject, Subject::Ran(_));
                    if !is_plain && describe_claim(&claim, &words).is_none() {
                        let _ = writeln!(without, "{}: {:?} {:?}", file.path().display(), claim.subject, claim.asks);
                    }
                    seen += 1;
                }
            }
        }
        assert!(seen > 50 && without.is_empty(), "{seen}, without words:\n{without}");
    }
}
