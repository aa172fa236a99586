//! Reads a `quiz` fence.

use std::collections::HashSet;

use super::check::map_of;
use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::Fence;
use super::path;
use super::read;
use super::subject;
use super::yaml::YamlNode;
use crate::lesson::{FactCompare, FactQuestion, Quiz, QuizAnswer, QuizOption, Spanned};

pub(super) const KEYS: [&str; 6] = ["ask", "context", "options", "order", "match", "fact"];

/// Reads a `quiz` fence. Returns `None` if the fence has no valid question.
pub(super) fn read(fence: &Fence<'_>, found: &mut Diagnostics<'_>) -> Option<Quiz> {
    let mut map = map_of(fence, "quiz", found)?;
    let ask = read::need(&mut map, "ask", fence.marker, found).and_then(|node| read::text(node, "ask", found));
    let context = read::take(&mut map, "context").and_then(|node| read::text(node, "context", found));
    let mut answers: Vec<Option<QuizAnswer>> = Vec::new();
    for (key, value) in map {
        let name = key.value.as_str();
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

/// Reports each text that is equal to an earlier text.
fn same<'t>(texts: impl Iterator<Item = &'t Spanned<String>>, found: &mut Diagnostics<'_>) {
    let mut seen = HashSet::new();
    for text in texts {
        if !seen.insert(text.value.trim()) {
            found.report(codes::QUIZ_SAME, text.span).with("value", text.value.clone());
        }
    }
}

fn options(node: YamlNode, key: &Spanned<String>, found: &mut Diagnostics<'_>) -> Option<QuizAnswer> {
    let items = read::list(node, &key.value, "list", found)?;
    few(key, items.len(), found);
    let before = found.len();
    let options: Vec<QuizOption> = items.into_iter().filter_map(|item| option(item, found)).collect();
    // An option with a mistake may be the right option. So the parser reports the lack of a right option only if no
    // option has a mistake.
    if found.len() == before && !options.iter().any(|option| option.right) {
        found.report(codes::QUIZ_NONE_RIGHT, key.span);
    }
    same(options.iter().map(|option| &option.text), found);
    Some(QuizAnswer::Options(options))
}

fn option(node: YamlNode, found: &mut Diagnostics<'_>) -> Option<QuizOption> {
    let place = found.source().first_line_of(node.span);
    let mut map = read::map(node, "options", found)?;
    let text = read::need(&mut map, "text", place, found).and_then(|node| read::text(node, "text", found));
    let right = read::take(&mut map, "right").and_then(|node| read::boolean(&node, "right", found));
    let why = read::take(&mut map, "why").and_then(|node| read::text(node, "why", found));
    for (key, _) in map {
        found.unknown(codes::QUIZ_KEY, key.span, &key.value, &["text", "right", "why"]);
    }
    Some(QuizOption { text: text?, right: right.unwrap_or(false), why })
}

fn order(node: YamlNode, key: &Spanned<String>, found: &mut Diagnostics<'_>) -> Option<QuizAnswer> {
    let items = read::list(node, &key.value, "texts", found)?;
    let items: Vec<_> = items.into_iter().filter_map(|item| read::text(item, &key.value, found)).collect();
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
    let place = found.source().first_line_of(node.span);
    let mut map = read::map(node, "fact", found)?;
    let parts = read::need(&mut map, "path", place, found).and_then(|node| {
        let text = read::scalar(&node, "path", found)?;
        let parts = path::read(&text);
        if parts.is_none() {
            found.report(codes::CLAIM_PATH, node.span).with("name", text);
        }
        parts
    });
    let compare = read::take(&mut map, "as").map_or(Some(FactCompare::Value), |node| {
        match read::scalar(&node, "as", found)?.as_str() {
            "length" => Some(FactCompare::Length),
            "value" => Some(FactCompare::Value),
            other => {
                found.unknown(codes::QUIZ_KEY, node.span, other, &["length", "value"]);
                None
            }
        }
    });
    let mut about = None;
    for (key, value) in &map {
        let name = key.value.as_str();
        match about {
            _ if !subject::has_paths(name) => found.unknown(codes::QUIZ_KEY, key.span, name, &FACT_KEYS),
            None => about = Some(subject::read(key, value, found)),
            Some(_) => {
                found.report(codes::CLAIM_TWO_SUBJECTS, key.span).with("name", name).with("subject", "fact");
            }
        }
    }
    if about.is_none() {
        found.report(codes::FACT_SUBJECT, place);
    }
    Some(QuizAnswer::Fact(FactQuestion { subject: about??, path: parts?, compare: compare? }))
}

pub(super) const FACT_KEYS: [&str; 7] = ["image", "container", "network", "volume", "engine", "path", "as"];
