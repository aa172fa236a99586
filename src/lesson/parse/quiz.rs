//! Reads a `quiz` fence.

use std::collections::HashSet;

use super::check::map_of;
use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::Fence;
use super::path;
use super::read;
use super::subject;
use super::yaml::{YamlNode, YamlValue};
use crate::lesson::{FactCompare, FactQuestion, Quiz, QuizAnswer, QuizOption, Spanned};
use crate::text::Span;

pub(super) const KEYS: [&str; 6] = ["ask", "context", "options", "order", "match", "fact"];

/// Reads the fence; `None` if it is not a valid question.
pub(super) fn read(fence: &Fence<'_>, found: &mut Diagnostics<'_>) -> Option<Quiz> {
    let map = map_of(fence, "quiz", found)?;
    let (mut ask, mut context, mut has_ask) = (None, None, false);
    let mut answers: Vec<Option<QuizAnswer>> = Vec::new();
    for (key, value) in map {
        let name = key.value.as_str();
        if name == "ask" {
            has_ask = true;
            ask = read::text(value, name, found);
            continue;
        }
        if name == "context" {
            context = read::text(value, name, found);
            continue;
        }
        if !KEYS.contains(&name) {
            found.unknown(codes::QUIZ_KEY, key.span, name, &KEYS);
            continue;
        }
        if !answers.is_empty() {
            found.report(codes::QUIZ_TWO_ANSWERS, key.span).with("name", name);
        }
        answers.push(match name {
            "options" => options(value, &key, found),
            "order" => order(value, &key, found),
            "match" => pairs(value, &key, found),
            _ => fact(value, found),
        });
    }
    if !has_ask {
        found.report(codes::KEY_MISSING, fence.marker).with("name", "ask");
    }
    if answers.is_empty() {
        found.report(codes::QUIZ_NO_ANSWER, fence.marker);
    }
    Some(Quiz { span: fence.span, ask: ask?, context, answer: answers.into_iter().next()?? })
}

fn few(key: &Spanned<String>, count: usize, found: &mut Diagnostics<'_>) {
    if count < 2 {
        found.report(codes::QUIZ_TOO_FEW, key.span).with("name", key.value.clone());
    }
}

/// Reports each of `texts` that occurs twice.
fn same<'t>(texts: impl Iterator<Item = &'t Spanned<String>>, found: &mut Diagnostics<'_>) {
    let mut seen = HashSet::new();
    for text in texts {
        if !seen.insert(text.value.trim()) {
            found.report(codes::QUIZ_SAME, text.span).with("value", text.value.clone());
        }
    }
}

fn options(node: YamlNode, key: &Spanned<String>, found: &mut Diagnostics<'_>) -> Option<QuizAnswer> {
    let YamlValue::List(items) = node.value else {
        read::wrong(&node, &key.value, "list", found);
        return None;
    };
    few(key, items.len(), found);
    let before = found.len();
    let options: Vec<QuizOption> = items.into_iter().filter_map(|item| option(item, found)).collect();
    // A mistake in an option may hide which one is right.
    if found.len() == before && !options.iter().any(|option| option.right) {
        found.report(codes::QUIZ_NONE_RIGHT, key.span);
    }
    same(options.iter().map(|option| &option.text), found);
    Some(QuizAnswer::Options(options))
}

fn option(node: YamlNode, found: &mut Diagnostics<'_>) -> Option<QuizOption> {
    let span = node.span;
    let (mut text, mut has_text, mut right, mut why) = (None, false, false, None);
    for (key, value) in read::map(node, "options", found)? {
        let name = key.value.as_str();
        match name {
            "text" => {
                has_text = true;
                text = read::text(value, name, found);
            }
            "right" => right = read::boolean(&value, name, found).unwrap_or(false),
            "why" => why = read::text(value, name, found),
            _ => found.unknown(codes::QUIZ_KEY, key.span, name, &["text", "right", "why"]),
        }
    }
    if !has_text {
        found.report(codes::KEY_MISSING, found.source().first_line_of(span)).with("name", "text");
    }
    Some(QuizOption { text: text?, right, why })
}

fn order(node: YamlNode, key: &Spanned<String>, found: &mut Diagnostics<'_>) -> Option<QuizAnswer> {
    if !matches!(node.value, YamlValue::List(_)) {
        read::wrong(&node, &key.value, "texts", found);
        return None;
    }
    let items = read::texts(node, &key.value, found);
    few(key, items.len(), found);
    same(items.iter(), found);
    Some(QuizAnswer::Order(items))
}

fn pairs(node: YamlNode, key: &Spanned<String>, found: &mut Diagnostics<'_>) -> Option<QuizAnswer> {
    let map = read::map(node, &key.value, found)?;
    few(key, map.len(), found);
    let pairs: Vec<_> =
        map.into_iter().filter_map(|(left, right)| Some((left, read::text(right, &key.value, found)?))).collect();
    same(pairs.iter().map(|(_, right)| right), found);
    Some(QuizAnswer::Match(pairs))
}

fn fact(node: YamlNode, found: &mut Diagnostics<'_>) -> Option<QuizAnswer> {
    let place: Span = node.span;
    let map = read::map(node, "fact", found)?;
    let (mut about, mut parts, mut has_path) = (None, None, false);
    let mut compare = Some(FactCompare::Value);
    for (key, value) in &map {
        let name = key.value.as_str();
        match name {
            "path" => {
                has_path = true;
                if let Some(text) = read::scalar(value, name, found) {
                    parts = path::read(&text);
                    if parts.is_none() {
                        found.report(codes::CLAIM_PATH, value.span).with("name", text);
                    }
                }
            }
            "as" => {
                compare = match read::scalar(value, name, found).as_deref() {
                    Some("length") => Some(FactCompare::Length),
                    Some("value") => Some(FactCompare::Value),
                    Some(other) => {
                        found.unknown(codes::QUIZ_KEY, value.span, other, &["length", "value"]);
                        None
                    }
                    None => None,
                }
            }
            _ if subject::has_paths(name) && about.is_none() => about = Some(subject::read(key, value, found)),
            _ if subject::has_paths(name) => {
                found.report(codes::CLAIM_TWO_SUBJECTS, key.span).with("name", name).with("subject", "fact");
            }
            _ => found.unknown(codes::QUIZ_KEY, key.span, name, &FACT_KEYS),
        }
    }
    if about.is_none() {
        found.report(codes::FACT_SUBJECT, found.source().first_line_of(place));
    }
    if !has_path {
        found.report(codes::KEY_MISSING, found.source().first_line_of(place)).with("name", "path");
    }
    Some(QuizAnswer::Fact(FactQuestion { subject: about??, path: parts?, compare: compare? }))
}

pub(super) const FACT_KEYS: [&str; 7] = ["image", "container", "network", "volume", "engine", "path", "as"];
