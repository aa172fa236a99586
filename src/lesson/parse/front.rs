//! Reads the front matter: YAML between `---` lines at the beginning of a file.

use std::borrow::Cow;

use super::Setting;
use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::FenceBody;
use super::read;
use super::yaml::{self, Map, YamlNode, YamlValue};
use crate::lesson::model::blank_until;
use crate::lesson::{FrontMatter, Spanned, Translated};
use crate::text::{Source, Span, nearest_within};

pub(super) const KEYS: [&str; 12] = [
    "title",
    "minutes",
    "objectives",
    "requires",
    "images",
    "have",
    "needs",
    "source",
    "lang",
    "translates",
    "translated",
    "size",
];

/// Keys that no other tool uses. If one of these keys is present, the front matter belongs to a lesson.
const SIGNS: [&str; 6] = ["objectives", "requires", "have", "needs", "translates", "translated"];

/// The position of the front matter in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrontMatterPlace {
    /// The span from the opening `---` to the end of the closing `---`.
    pub(super) span: Span,
    /// The span of the lines between the markers.
    inner: Span,
    kind: FrontMatterKind,
}

impl FrontMatterPlace {
    /// Returns the byte at which the lesson's body begins.
    pub(super) fn next_line(&self, text: &str) -> usize {
        let rest = text.get(self.span.end..).unwrap_or_default();
        rest.find('\n').map_or(text.len(), |at| self.span.end + at + 1)
    }

    /// Whether the text between the markers is empty or begins with a key. Markers around any other text are horizontal
    /// rules.
    fn has_keys(&self, text: &str) -> bool {
        let mut lines = text[self.inner.start..self.inner.end].lines().map(str::trim_end);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
        match self.kind {
            FrontMatterKind::Toml => first.is_none_or(|line| line.contains('=') || line.starts_with('[')),
            FrontMatterKind::Yaml | FrontMatterKind::Open => {
                first.is_none_or(|line| is_key(line) || line.starts_with('{'))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrontMatterKind {
    Yaml,
    /// The closing `---` is missing.
    Open,
    /// The markers are `+++`, for TOML as in Hugo and Zola.
    Toml,
}

const BOM: char = '\u{feff}';

/// Whether a line begins with a key.
fn is_key(line: &str) -> bool {
    KEY.is_match(line)
}

/// Finds the front matter.
pub(super) fn find(text: &str, setting: Setting) -> Option<FrontMatterPlace> {
    let begin = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let mut lines = text[begin..].split_inclusive('\n').scan(begin, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    });
    let (_, first) = lines.next()?;
    let kind = match first {
        "---" => FrontMatterKind::Yaml,
        "+++" => FrontMatterKind::Toml,
        _ => return None,
    };
    let inner = begin + text[begin..].find('\n')? + 1;
    for (start, line) in lines {
        if line == first {
            let place = FrontMatterPlace { span: Span::new(begin, start + 3), inner: Span::new(inner, start), kind };
            return (setting == Setting::Course || place.has_keys(text)).then_some(place);
        }
    }
    // Without a closing `---`, the opening `---` is a horizontal rule, unless a key follows it.
    let next = text[inner..].lines().next()?;
    let open = kind == FrontMatterKind::Yaml && is_key(next);
    open.then(|| FrontMatterPlace {
        span: Span::new(begin, begin + 3),
        inner: Span::new(inner, inner),
        kind: FrontMatterKind::Open,
    })
}

/// Returns the text with spaces instead of the front matter. All other bytes keep their positions.
pub(super) fn blanked<'t>(text: &'t str, place: Option<&FrontMatterPlace>) -> Cow<'t, str> {
    let end = match place {
        Some(place) => place.span.end,
        None if text.starts_with(BOM) => BOM.len_utf8(),
        None => return Cow::Borrowed(text),
    };
    blank_until(text, end)
}

/// Reads the front matter. Outside a course, another tool may give every key another meaning, so no mistake in the
/// front matter is an error. A mistake is a warning if the front matter clearly belongs to a lesson, or if the front
/// matter cannot be read at all. Every other mistake in the front matter is ignored.
pub(super) fn read(place: Option<&FrontMatterPlace>, setting: Setting, found: &mut Diagnostics<'_>) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some(place) = place else { return front };
    front.span = place.span;
    let before = found.len();
    let keys = keys(place, setting, found);
    let ours = keys.as_ref().is_none_or(|keys| keys.iter().any(|(key, _)| SIGNS.contains(&key.value.as_str())));
    front.is_read = keys.is_some();
    for (key, value) in keys.unwrap_or_default() {
        take(&mut front, &key, value, setting, found);
    }
    if setting == Setting::Alone {
        found.soften(before, ours);
    }
    front
}

/// Reads the keys of the front matter. Returns `None` if the keys cannot be read.
fn keys(place: &FrontMatterPlace, setting: Setting, found: &mut Diagnostics<'_>) -> Option<Map> {
    match place.kind {
        FrontMatterKind::Open => {
            found.report(codes::FRONT_OPEN, place.span);
            return None;
        }
        FrontMatterKind::Toml => {
            if setting == Setting::Course {
                found.report(codes::FRONT_STRANGER, first_line(place));
            }
            return Some(toml_title(found.source().slice(place.inner), place.inner));
        }
        FrontMatterKind::Yaml => {}
    }
    let body = lines(found.source(), place.inner);
    let node = yaml::read(&body, first_line(place), found)?;
    match node.value {
        YamlValue::Map(map) => Some(map),
        YamlValue::Text { text, .. } if text.trim().is_empty() => Some(Map::new()),
        _ => {
            found.report(codes::FRONT_NO_KEYS, node.span);
            None
        }
    }
}

/// Reads only the title of TOML front matter. Such front matter belongs to another tool, and its other keys have other
/// meanings.
fn toml_title(text: &str, span: Span) -> Map {
    let table: Option<toml::Table> = text.parse().ok();
    let title = table.as_ref().and_then(|table| table.get("title")?.as_str());
    let entry = |title: &str| {
        let value = YamlValue::Text { text: title.to_owned(), plain: false };
        (Spanned { value: "title".to_owned(), span }, YamlNode { value, span })
    };
    title.map(entry).into_iter().collect()
}

fn first_line(place: &FrontMatterPlace) -> Span {
    Span::new(place.span.start, place.span.start + 3)
}

/// Returns the lines of a part of the source, with their spans.
fn lines(source: &Source, span: Span) -> FenceBody {
    let mut at = span.start;
    FenceBody::new(source.slice(span).split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        (line, Span::new(start, start + line.len()))
    }))
}

fn take(
    front: &mut FrontMatter,
    key: &Spanned<String>,
    value: YamlNode,
    setting: Setting,
    found: &mut Diagnostics<'_>,
) {
    let name = key.value.as_str();
    let span = value.span;
    match name {
        "title" => front.title = read::text(value, name, found),
        "minutes" => {
            front.minutes = read::number(&value, name, found).map(|value| Spanned { value, span });
        }
        "objectives" => front.objectives = read::texts(value, name, found),
        "requires" => front.requires = names(value, name, found),
        "images" => front.images = names(value, name, found),
        "have" => front.have = names(value, name, found),
        "needs" => front.needs = names(value, name, found),
        "source" => front.source = read::text(value, name, found),
        "lang" => front.lang = self::name(&value, name, found),
        "translates" => front.translates = self::name(&value, name, found),
        "translated" => front.translated = translated(value, found),
        "size" => front.size = read::parsed(&value, name, "size", found, size),
        _ if setting == Setting::Alone => {}
        _ if is_slip(name) => found.unknown(codes::FRONT_KEY, key.span, name, &KEYS),
        _ => drop(found.report(codes::FRONT_OTHER, key.span).with("name", name)),
    }
}

/// Whether an unknown key is probably a misspelling of a known key. The limit of typing mistakes is lower for short
/// keys, because `date` and `name`, which other tools use, are similar to `have`.
fn is_slip(name: &str) -> bool {
    let limit = if name.chars().count() < 7 { 1 } else { 2 };
    nearest_within(name, KEYS, limit).is_some()
}

/// Reads `translated`: the day of the translation, and the digests of the source's steps on that day.
fn translated(node: YamlNode, found: &mut Diagnostics<'_>) -> Option<Translated> {
    let mut translated = Translated { span: node.span, ..Translated::default() };
    for (key, node) in read::map(node, "translated", found)? {
        match key.value.as_str() {
            "date" => {
                let date = |text: &str| DATE.is_match(text).then(|| text.to_owned());
                let date = read::parsed(&node, "date", "date", found, date);
                translated.date = date.map(|value| Spanned { value, span: node.span });
            }
            "steps" => {
                for (step, digest) in read::map(node, "steps", found)? {
                    if let Some(digest) = name(&digest, &step.value, found) {
                        translated.steps.push((step, digest));
                    }
                }
            }
            other => found.unknown(codes::FRONT_KEY, key.span, other, &["date", "steps"]),
        }
    }
    Some(translated)
}

static_patterns! {
    static KEY = r"^[\w-]+:";
    /// Matches a date such as `2026-11-24`.
    static DATE = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$";
}

/// Reads a list of names.
fn names(node: YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Vec<Spanned<String>> {
    let items = read::list(node, key, "list", found).unwrap_or_default();
    items.iter().filter_map(|item| name(item, key, found)).collect()
}

/// Reads a name with its span.
fn name(node: &YamlNode, key: &str, found: &mut Diagnostics<'_>) -> Option<Spanned<String>> {
    read::scalar(node, key, found).map(|value| Spanned { value, span: node.span })
}

/// Reads a screen size such as `100x200`: columns and rows.
fn size(text: &str) -> Option<(u16, u16)> {
    let (columns, rows) = text.split_once('x')?;
    let side = |text: &str| text.parse::<u16>().ok().filter(|side| (1..=1000).contains(side));
    Some((side(columns)?, side(rows)?))
}

#[cfg(test)]
mod tests;
