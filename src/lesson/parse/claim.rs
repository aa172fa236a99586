//! Reads claims: the subject of a claim, and the conditions on the subject.

use super::codes;
use super::diagnostics::{Diagnostics, quoted};
use super::path;
use super::read;
use super::subject;
use super::yaml::{Map, YamlNode, YamlValue};
use crate::lesson::{Amount, Ask, AskKey, Claim, Op, Spanned, Subject};
use crate::text::{Span, nearest};

pub(super) const OPERATORS: [&str; 6] = ["matches", "at_least", "at_most", "length", "starts", "empty"];

/// Reads a claim from the entries of a map. Skips the keys in `others`, which belong to the check.
pub(super) fn read(map: &Map, place: Span, others: &[&str], found: &mut Diagnostics<'_>) -> Option<Claim> {
    let mine: Vec<&(Spanned<String>, YamlNode)> =
        map.iter().filter(|(key, _)| !others.contains(&key.value.as_str())).collect();
    let Some((key, node)) = mine.iter().find(|(key, _)| is_subject(&key.value)) else {
        no_subject(&mine, place, found);
        return None;
    };
    if map.first().is_some_and(|(first, _)| first.span != key.span) {
        found.report(codes::SUBJECT_FIRST, key.span).with("name", key.value.clone());
    }
    let mut subject = subject::read(key, node, found);
    let (mut absent, mut on) = (None, None);
    let mut asks = Vec::new();
    for (other, value) in mine {
        let name = other.value.as_str();
        if other.span == key.span {
            continue;
        }
        let span = other.span.to(value.span);
        if is_subject(name) && !subject::own_keys(&key.value).contains(&name) {
            found.report(codes::CLAIM_TWO_SUBJECTS, other.span).with("name", name).with("subject", key.value.clone());
        } else if name == "in" && key.value == "run" {
            if let (Some(container), Some(Subject::Run { inside, .. })) =
                (read::scalar(value, name, found), &mut subject)
            {
                *inside = Some(container);
            }
        } else if name == "on" && subject::is_on_a_node(&key.value) {
            on = subject::node(value, found).or(on);
        } else if name == "absent" && subject::own_keys(&key.value).contains(&name) {
            absent = read::boolean(value, name, found).filter(|absent| *absent).map(|_| other.span).or(absent);
        } else if let Some(ask) = ask_key(other, &key.value, others, found) {
            let operations = operations(&ask, name, value, found);
            asks.extend(operations.into_iter().map(|op| Ask { key: ask.clone(), op, span }));
        }
    }
    if let (Some(span), false) = (absent, asks.is_empty()) {
        found.report(codes::ABSENT_AND_MORE, span);
    }
    if asks.is_empty()
        && absent.is_none()
        && map.len() == 1 + usize::from(on.is_some()) + others_in(map, others)
        && !subject::says_enough(&key.value)
    {
        let known = asked(&key.value);
        found.report(codes::CLAIM_ASKS_NOTHING, key.span).with("subject", key.value.clone()).with("known", known);
    }
    if absent.is_some() {
        asks.clear();
    }
    Some(Claim { span: key.span.to(node.span), subject: subject?, on, absent: absent.is_some(), asks })
}

fn others_in(map: &Map, others: &[&str]) -> usize {
    map.iter().filter(|(key, _)| others.contains(&key.value.as_str())).count()
}

fn is_subject(name: &str) -> bool {
    subject::ALL.contains(&name)
}

/// Returns the keys that a subject can have, for messages.
fn asked(subject: &str) -> String {
    if subject::has_paths(subject) {
        "`ServerVersion`, `Driver`".to_owned()
    } else {
        quoted(subject::own_keys(subject))
    }
}

fn no_subject(mine: &[&(Spanned<String>, YamlNode)], place: Span, found: &mut Diagnostics<'_>) {
    let Some((key, _)) = mine.first() else {
        found
            .report(codes::CLAIM_SUBJECT, place)
            .with("name", "none")
            .with("near", "none")
            .with("known", quoted(&subject::ALL));
        return;
    };
    found.unknown(codes::CLAIM_SUBJECT, key.span, &key.value, &subject::ALL);
}

/// Reads a key of a claim that is not its subject. Returns the value that the key selects for comparison.
fn ask_key(key: &Spanned<String>, subject: &str, others: &[&str], found: &mut Diagnostics<'_>) -> Option<AskKey> {
    let name = key.value.as_str();
    if name.starts_with(|first: char| first.is_uppercase() || matches!(first, '"' | '*')) {
        if !subject::has_paths(subject) {
            let known = quoted(subject::own_keys(subject));
            found
                .report(codes::CLAIM_PATH_HERE, key.span)
                .with("name", name)
                .with("subject", subject)
                .with("known", known);
            return None;
        }
        let parts = path::read(name);
        if parts.is_none() {
            found.report(codes::CLAIM_PATH, key.span).with("name", name);
        }
        return parts.map(AskKey::Inspect);
    }
    let known = subject::own_keys(subject);
    match name.strip_prefix("header.") {
        Some(header) if subject == "http" && !header.is_empty() => {
            return Some(AskKey::Own(format!("header.{}", header.to_ascii_lowercase())));
        }
        _ if known.contains(&name) && name != "header." => return Some(AskKey::Own(name.to_owned())),
        _ => {}
    }
    let known: Vec<&str> = known.iter().chain(others).copied().collect();
    unknown_key(key, subject, &known, found);
    None
}

/// Reports a key that `subject` cannot have.
pub(super) fn unknown_key(key: &Spanned<String>, subject: &str, known: &[&str], found: &mut Diagnostics<'_>) {
    let near = nearest(&key.value, known.iter().copied()).unwrap_or("none");
    let paths = if subject::has_paths(subject) { "yes" } else { "no" };
    let listed = if known.is_empty() { "–".to_owned() } else { quoted(known) };
    found
        .report(codes::CLAIM_KEY, key.span)
        .with("name", key.value.clone())
        .with("near", near)
        .with("known", listed)
        .with("subject", subject)
        .with("paths", paths);
}

/// Reads the conditions on a value: one for each operator.
fn operations(key: &AskKey, name: &str, node: &YamlNode, found: &mut Diagnostics<'_>) -> Vec<Op> {
    let own = match key {
        AskKey::Own(name) => name.as_str(),
        AskKey::Inspect(_) => "",
    };
    match &node.value {
        YamlValue::Map(map) if map.is_empty() => {
            found.report(codes::CLAIM_OPERAND, node.span).with("name", name).with("wanted", "operator");
            Vec::new()
        }
        YamlValue::Map(map) => map.iter().filter_map(|(key, value)| operator(key, value, found)).collect(),
        YamlValue::List(_) => match own {
            "count" | "exit" | "status" => {
                read::wrong(node, own, "number", found);
                Vec::new()
            }
            _ => vec![Op::All(read::scalars(node, name, found))],
        },
        YamlValue::Text { text, plain } => match own {
            "count" | "exit" | "status" => {
                read::number::<u32>(node, own, found).map(|number| Op::Is(number.to_string())).into_iter().collect()
            }
            "in_order" => {
                read::wrong(node, own, "list", found);
                Vec::new()
            }
            "matches" => read::pattern(text.clone(), node.span, found).map(Op::Matches).into_iter().collect(),
            _ if text.is_empty() && *plain => {
                found.report(codes::KEY_MISSING, node.span).with("name", name);
                Vec::new()
            }
            _ => vec![Op::Is(text.clone())],
        },
    }
}

fn operator(key: &Spanned<String>, node: &YamlNode, found: &mut Diagnostics<'_>) -> Option<Op> {
    let name = key.value.as_str();
    match name {
        "matches" => read::pattern(read::scalar(node, name, found)?, node.span, found).map(Op::Matches),
        "at_least" => read::parsed(node, name, "number", found, Amount::parse).map(Op::AtLeast),
        "at_most" => read::parsed(node, name, "number", found, Amount::parse).map(Op::AtMost),
        "length" => read::number(node, name, found).map(Op::Length),
        "empty" => read::parsed(node, name, "bool", found, |text| text.parse().ok()).map(Op::Empty),
        "starts" => match &node.value {
            YamlValue::List(_) => Some(Op::Starts(read::scalars(node, name, found))),
            _ => read::scalar(node, name, found).map(|text| Op::Starts(vec![text])),
        },
        _ => {
            found.unknown(codes::CLAIM_OPERATOR, key.span, name, &OPERATORS);
            None
        }
    }
}
