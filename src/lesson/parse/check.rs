//! Reads a `check` fence.

use super::attrs::Info;
use super::claim;
use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::{Fence, FenceBody};
use super::read;
use super::yaml::{self, Map, YamlValue};
use crate::lesson::{Check, DEFAULT_WITHIN, Mistake};
use crate::text::Span;

/// The keys of a check that do not belong to its claim.
pub(super) const OTHERS: [&str; 5] = ["within", "stays", "already", "hints", "mistakes"];

/// The ability that a check needs if one of its claims names an engine.
const TWO_ENGINES: &str = "two-engines";

/// Reads the keys and values of a YAML fence.
pub(super) fn map_of(fence: &Fence<'_>, name: &str, found: &mut Diagnostics<'_>) -> Option<Map> {
    let body = FenceBody::new(fence.lines.iter().map(|line| (line.text.as_ref(), line.span)));
    if body.text().trim().is_empty() {
        found.report(codes::BLOCK_EMPTY, fence.marker).with("name", name);
        return None;
    }
    let node = yaml::read(&body, fence.marker, found)?;
    match node.value {
        YamlValue::Text { text, .. } if text.is_empty() => {
            found.report(codes::BLOCK_EMPTY, fence.marker).with("name", name);
            None
        }
        _ => read::map(node, name, found),
    }
}

/// Reads a `check` fence. Returns `None` if the fence has no valid claim.
pub(super) fn read(fence: &Fence<'_>, info: &Info, found: &mut Diagnostics<'_>) -> Option<Check> {
    let map = map_of(fence, "check", found)?;
    let claim = claim::read(&map, fence.marker, &OTHERS, found);
    let (mut within, mut stays, mut already) = (DEFAULT_WITHIN, None, false);
    let (mut hints, mut mistakes) = (Vec::new(), Vec::new());
    for (key, value) in map {
        let name = key.value.as_str();
        match name {
            "within" => within = read::duration(&value, name, found).unwrap_or(DEFAULT_WITHIN),
            "stays" => stays = read::duration(&value, name, found),
            "already" => already = read::boolean(&value, name, found).unwrap_or(false),
            "hints" => hints = read::texts(value, name, found),
            "mistakes" => {
                for item in read::list(value, name, "list", found).unwrap_or_default() {
                    let span = item.span;
                    mistakes.extend(read::map(item, name, found).and_then(|map| mistake(map, span, found)));
                }
            }
            _ => {}
        }
    }
    let (span, mut attrs, claim) = (fence.span, info.attrs.clone(), claim?);
    let names_a_node = mistakes.iter().map(|mistake| &mistake.when).chain([&claim]).any(|claim| claim.on.is_some());
    if names_a_node && !attrs.needs.iter().any(|need| need == TWO_ENGINES) {
        attrs.needs.push(TWO_ENGINES.to_owned());
    }
    Some(Check { span, claim, within, stays, already, hints, mistakes, attrs })
}

fn mistake(mut map: Map, span: Span, found: &mut Diagnostics<'_>) -> Option<Mistake> {
    let place = found.source().first_line_of(span);
    let when = read::need(&mut map, "when", place, found);
    let say = read::need(&mut map, "say", place, found).and_then(|node| read::text(node, "say", found));
    for (key, _) in map {
        claim::unknown_key(&key, "mistakes", &["when", "say"], found);
    }
    let when = when.and_then(|node| {
        let place = node.span;
        claim::read(&read::map(node, "when", found)?, place, &[], found)
    });
    Some(Mistake { when: when?, say: say? })
}
