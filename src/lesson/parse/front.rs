//! The front matter: YAML between the `---` lines at the very beginning.

use std::borrow::Cow;

use super::codes;
use super::fence::Body;
use super::found::Found;
use super::read::{self, Wanted};
use super::yaml::{self, Map, Node, Value};
use crate::lesson::{FrontMatter, Spanned, Translated};
use crate::text::{Source, Span};

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

/// Keys by which a site generator's front matter is known, none of them ours.
const STRANGERS: [&str; 22] = [
    "layout",
    "published",
    "categories",
    "category",
    "tags",
    "date",
    "permalink",
    "author",
    "authors",
    "excerpt",
    "draft",
    "slug",
    "description",
    "weight",
    "comments",
    "toc",
    "image",
    "redirect_from",
    "last_modified_at",
    "linkTitle",
    "sidebar",
    "terms",
];

/// Where the front matter stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// From the first `---` to the end of the last one.
    pub(super) span: Span,
    /// The lines between.
    inner: Span,
    kind: PlaceKind,
}

impl Place {
    /// Where the lesson's body begins.
    pub(super) fn next_line(&self, text: &str) -> usize {
        let rest = text.get(self.span.end..).unwrap_or_default();
        rest.find('\n').map_or(text.len(), |at| self.span.end + at + 1)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlaceKind {
    Yaml,
    /// Its last `---` is missing.
    Open,
    /// `+++`: TOML, as Hugo and Zola have it.
    Toml,
}

const BOM: char = '\u{feff}';

/// Finds the front matter.
pub(super) fn find(text: &str) -> Option<Place> {
    let begin = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let mut lines = text[begin..].split_inclusive('\n').scan(begin, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    });
    let (_, first) = lines.next()?;
    let kind = match first {
        "---" => PlaceKind::Yaml,
        "+++" => PlaceKind::Toml,
        _ => return None,
    };
    let inner = begin + text[begin..].find('\n')? + 1;
    for (start, line) in lines {
        if line == first {
            return Some(Place { span: Span::new(begin, start + 3), inner: Span::new(inner, start), kind });
        }
    }
    // Without an end it is a line across the page, unless a key follows.
    let keys = |line: &str| {
        let key = line.split(':').next().unwrap_or_default();
        key.len() < line.trim_end().len() && !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let next = text[inner..].lines().next()?;
    let open = kind == PlaceKind::Yaml && keys(next);
    open.then(|| Place { span: Span::new(begin, begin + 3), inner: Span::new(inner, inner), kind: PlaceKind::Open })
}

/// The text with the front matter as blanks, every byte at its old place.
pub(super) fn blanked<'t>(text: &'t str, place: Option<&Place>) -> Cow<'t, str> {
    let end = match place {
        Some(place) => place.span.end,
        None if text.starts_with(BOM) => BOM.len_utf8(),
        None => return Cow::Borrowed(text),
    };
    let mut out = String::with_capacity(text.len());
    out.extend(text[..end].bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
    out.push_str(&text[end..]);
    Cow::Owned(out)
}

/// Reads the front matter.
pub(super) fn read(place: Option<&Place>, found: &mut Found<'_>) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some(place) = place else { return front };
    front.span = place.span;
    match place.kind {
        PlaceKind::Open => {
            found.error(codes::FRONT_OPEN, place.span);
            return front;
        }
        PlaceKind::Toml => {
            found.error(codes::FRONT_STRANGER, first_line(place)).with("known", "`+++`");
            return front;
        }
        PlaceKind::Yaml => {}
    }
    let body = lines(found.source(), place.inner);
    let Some(node) = yaml::read(&body, first_line(place), codes::YAML_BROKEN, found) else { return front };
    let map = match node.value {
        Value::Map(map) => map,
        Value::Text { text, .. } if text.trim().is_empty() => return front,
        _ => {
            found.error(codes::FRONT_NO_KEYS, node.span);
            return front;
        }
    };
    if stranger(&map, place, found) {
        front.title = map
            .into_iter()
            .find(|(key, _)| key.value == "title")
            .and_then(|(key, value)| read::text(value, &key.value, found));
        return front;
    }
    for (key, value) in map {
        take(&mut front, &key, value, found);
    }
    front
}

fn first_line(place: &Place) -> Span {
    Span::new(place.span.start, place.span.start + 3)
}

/// The lines of a part of the source.
fn lines(source: &Source, span: Span) -> Body {
    let mut at = span.start;
    Body::new(source.slice(span).split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        (line, Span::new(start, start + line.len()))
    }))
}

/// Whether the keys are a site generator's; said once, not key by key.
fn stranger(map: &Map, place: &Place, found: &mut Found<'_>) -> bool {
    let ours = map.iter().any(|(key, _)| KEYS[1..7].contains(&key.value.as_str()));
    let theirs: Vec<&str> =
        map.iter().map(|(key, _)| key.value.as_str()).filter(|key| STRANGERS.contains(key)).collect();
    if ours || theirs.is_empty() {
        return false;
    }
    found.error(codes::FRONT_STRANGER, first_line(place)).with("known", super::found::quoted(&theirs));
    true
}

fn take(front: &mut FrontMatter, key: &Spanned<String>, value: Node, found: &mut Found<'_>) {
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
        "lang" => front.lang = read::scalar(&value, name, found).map(|value| Spanned { value, span }),
        "translates" => front.translates = read::scalar(&value, name, found).map(|value| Spanned { value, span }),
        "translated" => front.translated = translated(value, found),
        "size" => match &value.value {
            Value::Text { text, .. } if size(text).is_some() => front.size = size(text),
            _ => read::wrong(&value, name, Wanted::Size, found),
        },
        _ => found.unknown(codes::FRONT_KEY, key.span, name, &KEYS),
    }
}

/// The day of a translation and the digests of the steps it was made from.
fn translated(node: Node, found: &mut Found<'_>) -> Option<Translated> {
    let mut translated = Translated { span: node.span, ..Translated::default() };
    let value = |node: &Node, key: &str, found: &mut Found<'_>| {
        read::scalar(node, key, found).map(|value| Spanned { value, span: node.span })
    };
    for (key, node) in read::map(node, "translated", found)? {
        match key.value.as_str() {
            "date" => match &node.value {
                Value::Text { text, .. } if is_date(text) => translated.date = value(&node, "date", found),
                _ => read::wrong(&node, "date", Wanted::Date, found),
            },
            "steps" => {
                for (step, digest) in read::map(node, "steps", found)? {
                    if let Some(digest) = value(&digest, &step.value, found) {
                        translated.steps.push((step, digest));
                    }
                }
            }
            name => found.unknown(codes::FRONT_KEY, key.span, name, &["date", "steps"]),
        }
    }
    Some(translated)
}

/// `2026-11-24`
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, digits: usize| {
        let part = parts.get(at).filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<u32>().ok()).unwrap_or_default()
    };
    parts.len() == 3 && number(0, 4) > 0 && (1..=12).contains(&number(1, 2)) && (1..=31).contains(&number(2, 2))
}

/// Names in a list.
fn names(node: Node, key: &str, found: &mut Found<'_>) -> Vec<Spanned<String>> {
    let Value::List(items) = node.value else {
        read::wrong(&node, key, Wanted::List, found);
        return Vec::new();
    };
    let name = |item: &Node, found: &mut Found<'_>| {
        read::scalar(item, key, found).map(|value| Spanned { value, span: item.span })
    };
    items.iter().filter_map(|item| name(item, found)).collect()
}

/// `100x200`: columns and rows.
fn size(text: &str) -> Option<(u16, u16)> {
    let (columns, rows) = text.split_once('x')?;
    let side = |text: &str| text.parse::<u16>().ok().filter(|side| (1..=1000).contains(side));
    Some((side(columns)?, side(rows)?))
}
