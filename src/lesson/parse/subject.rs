//! Reads the subjects of claims. Lists the names of all subjects and their keys.

use super::codes;
use super::diagnostics::Diagnostics;
use super::file;
use super::read;
use super::yaml::{YamlNode, YamlValue};
use crate::lesson::{Filters, NODES, RanPattern, Spanned, Subject};
use crate::text::WordList;

/// The names of all subjects.
pub(super) const ALL: [&str; 16] = [
    "image",
    "container",
    "network",
    "volume",
    "containers",
    "images",
    "events",
    "ran",
    "logs",
    "changes",
    "top",
    "run",
    "http",
    "registry",
    "file",
    "engine",
];

/// Returns the keys that a subject can have. `header.` means any `header.NAME`.
pub(super) fn own_keys(subject: &str) -> &'static [&'static str] {
    match subject {
        "image" | "container" | "network" | "volume" => &["absent"],
        "containers" | "images" => &["count"],
        "events" => &["count", "in_order"],
        "ran" => &["exit", "output"],
        "logs" => &["contains", "matches"],
        "changes" => &["added", "changed", "deleted"],
        "top" => &["contains"],
        "run" => &["in", "exit", "stdout"],
        "http" => &["status", "contains", "header."],
        "registry" => &["tag", "digest", "absent"],
        "file" => &["contains", "matches", "absent"],
        _ => &[],
    }
}

/// Whether a claim about this subject may have the key `on`. Such a subject can differ between two engines.
pub(super) fn is_on_a_node(subject: &str) -> bool {
    !matches!(subject, "ran" | "file")
}

/// Reads the value of `on`: the name of one of two engines.
pub(super) fn node(node: &YamlNode, found: &mut Diagnostics<'_>) -> Option<String> {
    let name = read::scalar(node, "on", found)?;
    if !NODES.contains(&name.as_str()) {
        found.report(codes::CLAIM_NAME, node.span).with("name", "on").with("value", name);
        return None;
    }
    Some(name)
}

/// Whether a subject can have inspect paths.
pub(super) fn has_paths(subject: &str) -> bool {
    matches!(subject, "image" | "container" | "network" | "volume" | "engine")
}

/// Whether a claim that has only this subject can be false.
pub(super) fn says_enough(subject: &str) -> bool {
    !matches!(subject, "logs" | "changes" | "top" | "engine")
}

/// Returns the filters that the Engine API accepts in a list request for a subject.
fn filters_of(subject: &str) -> WordList {
    WordList(match subject {
        "containers" => {
            "ancestor before exited expose health id is-task isolation label name network publish since status volume"
        }
        "images" => "before dangling label reference since until",
        _ => "config container daemon event image label network node plugin scope secret service type volume",
    })
}

/// Reads the value of `ran`: `docker ps -a`, a pattern, or `{ matches: PATTERN }`.
fn ran(node: &YamlNode, found: &mut Diagnostics<'_>) -> Option<RanPattern> {
    if let YamlValue::Map(map) = &node.value
        && let [(key, value)] = map.as_slice()
        && key.value == "matches"
    {
        let text = read::scalar(value, "matches", found)?;
        return read::pattern(text, value.span, found).map(RanPattern::Matches);
    }
    let text = read::scalar(node, "ran", found)?;
    if RanPattern::is_command(&text) {
        return Some(RanPattern::Command(text));
    }
    read::pattern(text, node.span, found).map(RanPattern::Matches)
}

static_patterns! {
    static WEB_ADDRESS = "^https?://[^/]";
}

/// Reads a subject from its key and value.
pub(super) fn read(key: &Spanned<String>, node: &YamlNode, found: &mut Diagnostics<'_>) -> Option<Subject> {
    let name = key.value.as_str();
    match name {
        "containers" => return filters(name, node, found).map(Subject::Containers),
        "images" => return filters(name, node, found).map(Subject::Images),
        "events" => return filters(name, node, found).map(Subject::Events),
        "ran" => return ran(node, found).map(Subject::Ran),
        "run" => {
            let argv = read::scalars(node, name, found);
            return (!argv.is_empty()).then_some(Subject::Run { argv, inside: None });
        }
        "engine" => {
            if !matches!(&node.value, YamlValue::Text { text, .. } if text.is_empty()) {
                read::wrong(node, name, "nothing", found);
            }
            return Some(Subject::Engine);
        }
        _ => {}
    }
    let value = read::scalar(node, name, found)?;
    let good = match name {
        "http" => WEB_ADDRESS.is_match(&value),
        "registry" => value.split_once('/').is_some_and(|(host, name)| !host.is_empty() && !name.is_empty()),
        "file" => return file::path(&value, node.span, found).then_some(Subject::File(value)),
        _ => true,
    };
    if !good || value.contains(char::is_whitespace) {
        found.report(codes::CLAIM_NAME, node.span).with("name", name).with("value", value);
        return None;
    }
    Some(match name {
        "image" => Subject::Image(value),
        "container" => Subject::Container(value),
        "network" => Subject::Network(value),
        "volume" => Subject::Volume(value),
        "logs" => Subject::Logs(value),
        "changes" => Subject::Changes(value),
        "top" => Subject::Top(value),
        "http" => Subject::Http(value),
        _ => Subject::Registry(value),
    })
}

fn filters(subject: &str, node: &YamlNode, found: &mut Diagnostics<'_>) -> Option<Filters> {
    let map = match &node.value {
        YamlValue::Map(map) => map,
        // `containers:` without filters means all containers.
        YamlValue::Text { text, plain: true } if text.is_empty() => return Some(Vec::new()),
        _ => {
            read::wrong(node, subject, "map", found);
            return None;
        }
    };
    let known = filters_of(subject);
    let mut filters = Vec::new();
    for (key, value) in map {
        if !known.has(&key.value) {
            found.unknown(codes::FILTER, key.span, &key.value, &known.words().collect::<Vec<_>>());
            continue;
        }
        let values = match &value.value {
            YamlValue::List(_) => read::scalars(value, &key.value, found),
            _ => read::scalar(value, &key.value, found).into_iter().collect(),
        };
        filters.push((key.value.clone(), values));
    }
    Some(filters)
}
