//! Values of the kinds that lessons ask for, out of YAML.

use std::time::Duration;

use super::attrs;
use super::codes;
use super::diagnostics::Diagnostics;
use super::yaml::{Map, Node, Value};
use crate::lesson::Spanned;
use crate::text::Span;

/// What a value should have been; `.label` and `.help` of the message choose their words by it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    Text,
    Texts,
    Number,
    Bool,
    Map,
    List,
    Duration,
    Size,
    Date,
    Scalar,
    Nothing,
}

impl Wanted {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Map => "map",
            Self::List => "list",
            Self::Duration => "duration",
            Self::Size => "size",
            Self::Date => "date",
            Self::Scalar => "scalar",
            Self::Nothing => "nothing",
        }
    }
}

/// Says that `node`, the value of `key`, is not what is wanted.
pub(super) fn wrong(node: &Node, key: &str, wanted: Wanted, found: &mut Diagnostics<'_>) {
    found.report(codes::VALUE_KIND, node.span).with("name", key).with("wanted", wanted.name());
}

/// A text that people will read. What looks as if YAML cut it is said.
pub(super) fn text(node: Node, key: &str, found: &mut Diagnostics<'_>) -> Option<Spanned<String>> {
    let span = node.span;
    match node.value {
        Value::Text { text, .. } if text.trim().is_empty() => {
            found.report(codes::KEY_MISSING, span).with("name", key);
            None
        }
        Value::Text { text, plain } => {
            if let Some(end) = comment_after(span, found).filter(|_| plain) {
                found.report(codes::YAML_QUOTE, Span::new(span.start, end)).with("why", "hash");
            }
            Some(Spanned { value: text, span })
        }
        Value::Map(_) | Value::List(_) => {
            // `[1] first` and `Name: it` are texts to people and not to YAML.
            let bracket = found.source().slice(span).starts_with(['[', '{']);
            if bracket || matches!(node.value, Value::Map(_)) {
                let why = if bracket { "bracket" } else { "colon" };
                found.report(codes::YAML_QUOTE, span).with("why", why);
            } else {
                wrong(&node, key, Wanted::Text, found);
            }
            None
        }
    }
}

/// Where a comment ends that cut a plain text with its ` #`.
fn comment_after(span: Span, found: &Diagnostics<'_>) -> Option<usize> {
    let rest = found.source().text().get(span.end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    (line.starts_with([' ', '\t']) && line.trim_start().starts_with('#')).then_some(span.end + line.len())
}

/// A list of texts that people will read.
pub(super) fn texts(node: Node, key: &str, found: &mut Diagnostics<'_>) -> Vec<Spanned<String>> {
    let Value::List(items) = node.value else {
        wrong(&node, key, Wanted::Texts, found);
        return Vec::new();
    };
    items.into_iter().filter_map(|item| text(item, key, found)).collect()
}

/// A scalar that machines read: a name, a pattern, an address. It may be followed by a comment.
pub(super) fn scalar(node: &Node, key: &str, found: &mut Diagnostics<'_>) -> Option<String> {
    match &node.value {
        Value::Text { text, .. } if !text.trim().is_empty() => Some(text.clone()),
        Value::Text { .. } => {
            found.report(codes::KEY_MISSING, node.span).with("name", key);
            None
        }
        _ => {
            wrong(node, key, Wanted::Scalar, found);
            None
        }
    }
}

/// Scalars in a list.
pub(super) fn scalars(node: &Node, key: &str, found: &mut Diagnostics<'_>) -> Vec<String> {
    let Value::List(items) = &node.value else {
        wrong(node, key, Wanted::List, found);
        return Vec::new();
    };
    let item = |item: &Node| match &item.value {
        // An empty argument is an argument.
        Value::Text { text, plain: false } => Some(text.clone()),
        _ => scalar(item, key, found),
    };
    items.iter().filter_map(item).collect()
}

/// `true` or `false`.
pub(super) fn boolean(node: &Node, key: &str, found: &mut Diagnostics<'_>) -> Option<bool> {
    let value = match &node.value {
        Value::Text { text, plain: true } => text.parse().ok(),
        _ => None,
    };
    if value.is_none() {
        wrong(node, key, Wanted::Bool, found);
    }
    value
}

/// A whole number, not negative.
pub(super) fn number<T: std::str::FromStr>(node: &Node, key: &str, found: &mut Diagnostics<'_>) -> Option<T> {
    let value = match &node.value {
        Value::Text { text, .. } => text.parse().ok(),
        _ => None,
    };
    if value.is_none() {
        wrong(node, key, Wanted::Number, found);
    }
    value
}

/// `10s`, `1m30s`.
pub(super) fn duration(node: &Node, key: &str, found: &mut Diagnostics<'_>) -> Option<Duration> {
    let value = match &node.value {
        Value::Text { text, .. } => attrs::duration(text),
        _ => None,
    };
    if value.is_none() {
        wrong(node, key, Wanted::Duration, found);
    }
    value
}

/// Keys with values.
pub(super) fn map(node: Node, key: &str, found: &mut Diagnostics<'_>) -> Option<Map> {
    if let Value::Map(map) = node.value {
        return Some(map);
    }
    wrong(&node, key, Wanted::Map, found);
    None
}

/// A regular expression that can be read.
///
/// Its syntax is enough: making the matcher takes fifty times as long, and only a counted repetition can make one too
/// large.
pub(super) fn pattern(text: String, span: Span, found: &mut Diagnostics<'_>) -> Option<String> {
    // Most are plain words, and reading a pattern takes longer than all else of a quiz.
    if text.chars().all(|c| c.is_alphanumeric() || " -_/:,=".contains(c)) {
        return Some(text);
    }
    let detail = match regex_syntax::parse(&text) {
        Ok(_) if !text.contains('{') || regex::Regex::new(&text).is_ok() => return Some(text),
        Ok(_) => "too large".to_owned(),
        Err(regex_syntax::Error::Parse(error)) => error.kind().to_string(),
        Err(regex_syntax::Error::Translate(error)) => error.kind().to_string(),
        Err(error) => error.to_string(),
    };
    found.report(codes::REGEX, span).with("detail", detail);
    None
}
