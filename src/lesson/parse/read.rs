//! Reads YAML values as the types that lessons need.

use std::time::Duration;

use super::attrs;
use super::codes;
use super::diagnostics::Diagnostics;
use super::yaml::{Map, YamlNode, YamlValue};
use crate::lesson::Spanned;
use crate::text::Span;

/// Reports that `node`, the value of `key`, is not of the kind `wanted`. The message has a text for each kind.
pub(super) fn wrong(node: &YamlNode, key: &str, wanted: &'static str, found: &mut Diagnostics<'_>) {
    found.report(codes::VALUE_KIND, node.span).with("name", key).with("wanted", wanted);
}

/// Reads a text for people. Reports the text if a YAML comment probably cuts it off.
pub(super) fn text(node: YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<Spanned<String>> {
    let span = node.span;
    match node.value {
        YamlValue::Text { text, .. } if text.trim().is_empty() => {
            found.report(codes::KEY_MISSING, span).with("name", key);
            None
        }
        YamlValue::Text { text, plain } => {
            if let Some(end) = comment_after(span, found).filter(|_| plain) {
                found.report(codes::YAML_QUOTE, Span::new(span.start, end)).with("why", "hash");
            }
            Some(Spanned { value: text, span })
        }
        YamlValue::Map(_) | YamlValue::List(_) => {
            // `[1] first` and `Name: it` are texts for people, but a list and a map in YAML.
            let bracket = found.source().slice(span).starts_with(['[', '{']);
            if bracket || matches!(node.value, YamlValue::Map(_)) {
                let why = if bracket { "bracket" } else { "colon" };
                found.report(codes::YAML_QUOTE, span).with("why", why);
            } else {
                wrong(&node, key, "text", found);
            }
            None
        }
    }
}

/// Returns the end of a comment that cuts off a plain text at ` #`.
fn comment_after(span: Span, found: &Diagnostics<'_>) -> Option<usize> {
    let rest = found.source().text().get(span.end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    (line.starts_with([' ', '\t']) && line.trim_start().starts_with('#')).then_some(span.end + line.len())
}

/// Reads a list. Reports a value of another kind; the message says that `wanted` is expected.
pub(super) fn list(
    node: YamlNode,
    key: &str,
    wanted: &'static str,
    found: &mut Diagnostics<'_>,
) -> Option<Vec<YamlNode>> {
    if let YamlValue::List(items) = node.value {
        return Some(items);
    }
    wrong(&node, key, wanted, found);
    None
}

/// Reads a list of texts for people.
pub(super) fn texts(node: YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Vec<Spanned<String>> {
    let items = list(node, key, "texts", found).unwrap_or_default();
    items.into_iter().filter_map(|item| text(item, key, found)).collect()
}

/// Reads a scalar for programs: a name, a pattern, an address. A comment may follow the scalar.
pub(super) fn scalar(node: &YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<String> {
    match &node.value {
        YamlValue::Text { text, .. } if !text.trim().is_empty() => Some(text.clone()),
        YamlValue::Text { .. } => {
            found.report(codes::KEY_MISSING, node.span).with("name", key);
            None
        }
        _ => {
            wrong(node, key, "scalar", found);
            None
        }
    }
}

/// Reads the scalars in a list.
pub(super) fn scalars(node: &YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Vec<String> {
    let YamlValue::List(items) = &node.value else {
        wrong(node, key, "list", found);
        return Vec::new();
    };
    let item = |item: &YamlNode| match &item.value {
        // An argument in quotes may be empty.
        YamlValue::Text { text, plain: false } => Some(text.clone()),
        _ => scalar(item, key, found),
    };
    items.iter().filter_map(item).collect()
}

/// Reads a scalar with `parse`. Reports a value that `parse` refuses; the message says that `wanted` is expected.
pub(super) fn parsed<T>(
    node: &YamlNode,
    key: &str,
    wanted: &'static str,
    found: &mut Diagnostics<'_>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let value = match &node.value {
        YamlValue::Text { text, .. } => parse(text),
        _ => None,
    };
    if value.is_none() {
        wrong(node, key, wanted, found);
    }
    value
}

/// Reads `true` or `false`, without quotes.
pub(super) fn boolean(node: &YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<bool> {
    let is_plain = matches!(node.value, YamlValue::Text { plain: true, .. });
    parsed(node, key, "bool", found, |text| text.parse().ok().filter(|_| is_plain))
}

/// Reads a whole number that is not negative.
pub(super) fn number<T: std::str::FromStr>(node: &YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<T> {
    parsed(node, key, "number", found, |text| text.parse().ok())
}

/// Reads a duration such as `10s` or `1m30s`.
pub(super) fn duration(node: &YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<Duration> {
    parsed(node, key, "duration", found, attrs::duration)
}

/// Reads a map: keys with their values.
pub(super) fn map(node: YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<Map> {
    if let YamlValue::Map(map) = node.value {
        return Some(map);
    }
    wrong(&node, key, "map", found);
    None
}

/// Removes a key from a map, and returns its value.
pub(super) fn take(map: &mut Map, key: &str) -> Option<YamlNode> {
    let (mut taken, rest): (Map, Map) = std::mem::take(map).into_iter().partition(|(name, _)| name.value == key);
    *map = rest;
    taken.pop().map(|(_, node)| node)
}

/// Removes a key from a map, and returns its value. Reports a missing key at `place`, the span of the map.
pub(super) fn need(map: &mut Map, key: &str, place: Span, found: &mut Diagnostics<'_>) -> Option<YamlNode> {
    let node = take(map, key);
    if node.is_none() {
        found.report(codes::KEY_MISSING, place).with("name", key);
    }
    node
}

/// Returns `text` if it is a valid regular expression.
///
/// Checks only the syntax, because compiling takes fifty times as long. Compiles only patterns with a counted
/// repetition, because no other pattern can be too large.
pub(super) fn pattern(text: String, span: Span, found: &mut Diagnostics<'_>) -> Option<String> {
    // Most patterns are plain words, and parsing a pattern takes longer than reading the rest of a quiz.
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
