//! Finds the values at a claim's path in JSON, and compares the printed forms of the values.

use std::borrow::Cow;

use regex::Regex;
use serde_json::Value;

use super::Facts;
use crate::image_ref::is_same_image;
use crate::lesson::{Op, PathPart};

static NULL: Value = Value::Null;

/// The values at the end of a path.
#[derive(Debug, Clone, Default)]
pub(super) struct ActualValue<'a> {
    values: Vec<&'a Value>,
    /// Whether the path has a `*`. With a `*`, one matching value is enough. A list of expected texts may also match
    /// the contents of all values together.
    any: bool,
    /// Whether the last key of the path is missing. Engines omit keys with empty values.
    omitted: bool,
}

/// Returns the values at `path` in `root`.
pub(super) fn resolve<'a>(root: &'a Value, path: &[PathPart]) -> ActualValue<'a> {
    let mut found = ActualValue { values: vec![root], ..ActualValue::default() };
    for (index, part) in path.iter().enumerate() {
        let at_end = index + 1 == path.len();
        let mut next = Vec::new();
        for value in found.values {
            match (part, value) {
                (PathPart::Any, Value::Array(list)) => next.extend(list),
                (PathPart::Any, Value::Object(map)) => next.extend(map.values()),
                (PathPart::Key(key), Value::Array(list)) => {
                    next.extend(key.parse::<usize>().ok().and_then(|index| list.get(index)));
                }
                (PathPart::Key(key), Value::Object(map)) => match map.get(key) {
                    Some(value) => next.push(value),
                    None if at_end => {
                        found.omitted = true;
                        next.push(&NULL);
                    }
                    None => {}
                },
                _ => {}
            }
        }
        found.any |= *part == PathPart::Any;
        found.values = next;
    }
    found
}

/// Returns the values at `path` in the result of inspect. Returns no values for other facts and for missing paths.
#[must_use]
pub fn values_at<'a>(facts: &'a Facts, path: &[PathPart]) -> Vec<&'a Value> {
    match facts {
        Facts::Inspect(root) => resolve(root, path).values,
        _ => Vec::new(),
    }
}

impl<'a> ActualValue<'a> {
    /// Wraps a single value. `null` means that there is no value.
    pub(super) fn one(value: &'a Value) -> Self {
        Self { values: vec![value], omitted: value.is_null(), ..Self::default() }
    }

    /// Combines several values. A comparison needs only one matching value.
    pub(super) fn among(values: impl IntoIterator<Item = ActualValue<'a>>) -> Self {
        let mut all = Self { any: true, ..Self::default() };
        for found in values {
            all.omitted |= found.omitted;
            all.values.extend(found.values);
        }
        all
    }

    /// Returns the printed forms of the values, separated by commas; `None` if there are no values.
    pub(super) fn printed(&self) -> Option<String> {
        let mut there = self.values.iter().filter(|value| !(self.omitted && value.is_null())).peekable();
        there.peek()?;
        Some(there.map(|value| print(value)).collect::<Vec<_>>().join(", "))
    }

    /// Whether the values meet the condition `op`.
    ///
    /// # Errors If the pattern in `op` is not a regular expression.
    pub(super) fn meets(&self, op: &Op) -> Result<bool, regex::Error> {
        let pattern = if let Op::Matches(pattern) = op { Some(Regex::new(pattern)?) } else { None };
        let one = self.values.iter().any(|value| match op {
            Op::Is(wanted) => !(self.omitted && value.is_null()) && same(&print(value), wanted),
            Op::All(wanted) => holds_all(&elements(value), wanted),
            Op::Matches(_) => pattern.as_ref().is_some_and(|p| elements(value).iter().any(|text| p.is_match(text))),
            Op::AtLeast(least) => counted(value).is_some_and(|value| least.is_at_most(&value)),
            Op::AtMost(most) => counted(value).is_some_and(|value| most.is_at_least(&value)),
            Op::Length(length) => size(value) == Some(*length),
            Op::Starts(wanted) => starts(value, wanted),
            Op::Empty(empty) => (size(value) == Some(0)) == *empty,
        });
        let together = || match op {
            Op::All(wanted) if self.any => {
                holds_all(&self.values.iter().flat_map(|value| elements(value)).collect::<Vec<_>>(), wanted)
            }
            // In an empty list or object, `*` finds no values.
            Op::Empty(true) | Op::Length(0) => self.any && self.values.is_empty(),
            _ => false,
        };
        Ok(one || together())
    }
}

/// Returns the printed form of a value. A text stays unchanged. Other values become JSON on one line.
pub(crate) fn print(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns the contents of a value: a list's elements, an object's keys, or a scalar itself.
fn elements(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().map(print).collect(),
        Value::Object(map) => map.keys().cloned().collect(),
        Value::Null => Vec::new(),
        scalar => vec![print(scalar)],
    }
}

fn holds_all(there: &[String], wanted: &[String]) -> bool {
    wanted.iter().all(|wanted| there.iter().any(|there| same(there, wanted)))
}

/// Whether two printed values are equal or name the same image. `docker inspect` shows the image of a container under
/// the typed name. Podman prints full names such as `docker.io/library/busybox:latest`, with `localhost/` before the
/// names of its own images.
pub(crate) fn same(there: &str, wanted: &str) -> bool {
    there == wanted || is_same_image(there.strip_prefix("localhost/").unwrap_or(there), wanted)
}

/// Returns a scalar itself, or the size of a list or an object.
fn counted(value: &Value) -> Option<Cow<'_, Value>> {
    match value {
        Value::Array(_) | Value::Object(_) => size(value).map(|size| Cow::Owned(size.into())),
        scalar => Some(Cow::Borrowed(scalar)),
    }
}

/// Returns the number of elements, keys or characters. The size of null is 0. A number or a truth value has no size.
fn size(value: &Value) -> Option<u64> {
    let size = match value {
        Value::Null => 0,
        Value::String(text) => text.chars().count(),
        Value::Array(list) => list.len(),
        Value::Object(map) => map.len(),
        Value::Bool(_) | Value::Number(_) => return None,
    };
    Some(size as u64)
}

fn starts(value: &Value, wanted: &[String]) -> bool {
    match value {
        Value::Array(list) => {
            list.len() >= wanted.len() && list.iter().zip(wanted).all(|(there, wanted)| print(there) == *wanted)
        }
        Value::String(text) => wanted.iter().any(|wanted| text.starts_with(wanted.as_str())),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Amount;
    use serde_json::json;

    fn path(text: &str) -> Vec<PathPart> {
        text.split('.').map(|p| if p == "*" { PathPart::Any } else { PathPart::Key(p.into()) }).collect()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn each_operator_of_a_condition_compares_every_kind_of_value() {
        let world = json!({
            "Podman": "docker.io/library/mongo:4.1",
            "Typed": "hello-world:latest",
            "Podmans": ["localhost/kapal:latest", "docker.io/library/busybox:latest"],
            "Running": true, "Port": 80, "Version": "4.1", "Text": "nginx:1.27", "No": null, "Zero": 0,
            "List": ["a", "b", 3], "Map": {"80/tcp": {}, "443/tcp": null}, "Void": [], "Blank": "",
            "Mounts": [{"Destination": "/a"}, {"Destination": "/b", "Name": "v"}],
        });
        let is = |text: &str| Op::Is(text.into());
        let all = |list: &[&str]| Op::All(texts(list));
        let starts = |list: &[&str]| Op::Starts(texts(list));
        let matches = |text: &str| Op::Matches(text.into());
        let at_least = |text: &str| Op::AtLeast(Amount::parse(text).unwrap());
        let at_most = |text: &str| Op::AtMost(Amount::parse(text).unwrap());
        let cases = [
            ("Running", is("true"), true),
            ("Running", is("yes"), false),
            ("Port", is("80"), true),
            ("Port", is("80.0"), false),
            ("Version", is("4.1"), true),
            ("Version", is("4.10"), false),
            ("No", is("null"), true),
            ("Missing", is("null"), false),
            ("Podman", is("mongo:4.1"), true),
            ("Podman", is("docker.io/library/mongo:4.1"), true),
            ("Podman", is("mongo"), false),
            ("Typed", is("hello-world"), true),
            ("Typed", is("hello-world:linux"), false),
            ("Podmans", all(&["kapal", "busybox:latest"]), true),
            ("Podmans", all(&["localhost:5000/kapal"]), false),
            ("List", is(r#"["a","b",3]"#), true),
            ("List", is("a"), false),
            ("List", all(&["3", "a"]), true),
            ("List", all(&["a", "z"]), false),
            ("Map", all(&["80/tcp"]), true),
            ("Text", all(&["nginx"]), false),
            ("Text", all(&["nginx:1.27"]), true),
            ("Mounts.*.Destination", all(&["/a", "/b"]), true),
            ("Mounts.*.Destination", all(&["/a", "/c"]), false),
            ("Mounts.*.Destination", is("/b"), true),
            ("Mounts.0.Destination", is("/b"), false),
            ("Mounts.1.Name", is("v"), true),
            ("Mounts.9.Name", is("v"), false),
            ("Text", matches("^nginx:"), true),
            ("List", matches("^b$"), true),
            ("Map", matches("^443"), true),
            ("Missing", matches(""), false),
            ("Port", at_least("80"), true),
            ("Port", at_least("80.5"), false),
            ("Version", at_least("4"), true),
            ("Text", at_least("0"), false),
            ("Version", at_least("4.10"), false),
            ("Version", at_most("4.10"), true),
            ("List", at_least("3"), true),
            ("Port", at_most("79"), false),
            ("Zero", at_most("0"), true),
            ("List", Op::Length(3), true),
            ("Map", Op::Length(1), false),
            ("Text", Op::Length(10), true),
            ("No", Op::Length(0), true),
            ("Missing", Op::Length(0), true),
            ("Missing.Deeper", Op::Length(0), false),
            ("Port", Op::Length(2), false),
            ("List", starts(&["a", "b"]), true),
            ("List", starts(&["b"]), false),
            ("Text", starts(&["redis", "nginx"]), true),
            ("Map", starts(&["80/tcp"]), false),
            ("Void", Op::Empty(true), true),
            ("Blank", Op::Empty(true), true),
            ("No", Op::Empty(false), false),
            ("Missing", Op::Empty(true), true),
            ("Missing.Deeper", Op::Empty(true), false),
            ("Zero", Op::Empty(true), false),
            ("List", Op::Empty(false), true),
            ("Void.*.Name", Op::Empty(true), true),
            ("Void.*.Name", Op::Empty(false), false),
        ];
        for (at, op, holds) in cases {
            let path = path(at);
            assert_eq!(resolve(&world, &path).meets(&op).ok(), Some(holds), "{at} {op:?}");
        }
    }

    #[test]
    fn missing_value_has_no_printed_form() {
        let world = json!({"A": [{"N": 1}, {"N": "x"}], "B": null});
        assert_eq!(resolve(&world, &path("A.*.N")).printed().as_deref(), Some("1, x"));
        assert_eq!(resolve(&world, &path("B")).printed().as_deref(), Some("null"));
        assert_eq!(resolve(&world, &path("C")).printed(), None);
        assert_eq!(resolve(&world, &path("A.7")).printed(), None);
    }

    #[test]
    fn invalid_pattern_is_an_error() {
        assert!(ActualValue::one(&NULL).meets(&Op::Matches("(".into())).is_err());
    }
}
