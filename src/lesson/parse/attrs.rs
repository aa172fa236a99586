//! Reads a fence's info string: its first word and its attributes.

use std::time::Duration;

use super::Setting;
use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::Fence;
use crate::lesson::{Attrs, EngineFamily, Spanned};
use crate::text::{Span, nearest};

/// The kind of a fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FenceKind {
    /// A `console` fence.
    Transcript,
    /// A fence with `file=`.
    File,
    /// A `check` fence.
    Check,
    /// A `quiz` fence.
    Quiz,
    /// Any other fence. The site shows such a fence, but Dermaga does not read it.
    Other,
}

/// A parsed info string.
#[derive(Debug)]
pub(super) struct Info {
    pub(super) kind: FenceKind,
    /// The first word.
    pub(super) word: String,
    pub(super) attrs: Attrs,
    /// The value of `file=`.
    pub(super) file: Option<Spanned<String>>,
    /// The span of each attribute that was read.
    places: Vec<(&'static str, Span)>,
}

impl Info {
    /// Returns the span of an attribute.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.places.iter().find(|(known, _)| *known == name).map(|&(_, span)| span)
    }
}

pub(super) const OURS: [&str; 3] = ["console", "check", "quiz"];
pub(super) const KNOWN: [&str; 13] = [
    "exit", "timeout", "hidden", "blank", "solution", "shuffle", "prompt", "needs", "since", "until", "engine",
    "exact", "file",
];

/// Returns the attributes that a fence of this kind may have.
fn allowed(kind: FenceKind) -> &'static [&'static str] {
    match kind {
        FenceKind::Transcript => &KNOWN[..12],
        FenceKind::File => &["file", "hidden", "blank", "solution", "shuffle", "needs", "since", "until", "engine"],
        FenceKind::Check => &["needs", "since", "until", "engine"],
        FenceKind::Quiz | FenceKind::Other => &[],
    }
}

/// One attribute as written.
struct WrittenAttr<'a> {
    name: &'a str,
    name_span: Span,
    value: Option<(&'a str, Span)>,
    span: Span,
    /// Whether the attribute is well-formed: white space occurs only in quotes, and nothing follows a closing quote.
    sound: bool,
}

/// Reads the info string of `fence`.
pub(super) fn read(fence: &Fence<'_>, setting: Setting, found: &mut Diagnostics<'_>) -> Info {
    let source = found.source();
    let text = source.slice(fence.info);
    let text = if setting == Setting::Alone { own_part(text) } else { text };
    let word_len = text.find([',', ' ', '\t']).unwrap_or(text.len());
    let word = &text[..word_len];
    let word_span = Span::new(fence.info.start, fence.info.start + word_len);
    let split = split(&text[word_len..], fence.info.start + word_len);
    let kind = match word {
        "console" => FenceKind::Transcript,
        "check" => FenceKind::Check,
        "quiz" => FenceKind::Quiz,
        _ if split.items.iter().any(|item| item.name == "file") => FenceKind::File,
        _ => FenceKind::Other,
    };
    let mut info = Info { kind, word: word.to_owned(), attrs: Attrs::default(), file: None, places: Vec::new() };
    if kind == FenceKind::Other {
        stranger(word, word_span, &split.items, found);
        return info;
    }
    if let Some(span) = split.broken {
        found.report(codes::ATTR_SYNTAX, span);
    }
    for item in split.items.iter().filter(|item| item.sound) {
        info.take(item, found);
    }
    info.conflicts(found);
    info
}

/// Returns the info string without the text for another tool at its end, such as `title="…"`, `{1,3}` or
/// `showLineNumbers`. If a known attribute follows a space, returns the whole info string, so that the parser reports
/// the space as a mistake.
fn own_part(text: &str) -> &str {
    let end = OWN_PART.find(text).map_or(0, |own| own.end());
    if end == text.len() {
        return text;
    }
    let rest = text[end..].trim_start();
    let next = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    if rest.starts_with(',') || KNOWN.contains(&next) { text } else { &text[..end] }
}

/// Reports a fence that is not in the lesson format but probably should be. Ignores every other fence.
fn stranger(word: &str, span: Span, items: &[WrittenAttr<'_>], found: &mut Diagnostics<'_>) {
    if let Some(near) = nearest(word, OURS) {
        found.report(codes::FENCE_WORD, span).with("name", word).with("near", near);
        return;
    }
    for item in items {
        if KNOWN.contains(&item.name) {
            found.report(codes::ATTR_MISPLACED, item.span).with("name", item.name).with("fence", word);
        } else if item.value.is_some() && nearest(item.name, ["file"]).is_some() {
            found.unknown(codes::ATTR_UNKNOWN, item.name_span, item.name, &["file"]);
        }
    }
}

/// The attributes of a fence, and the span of the first malformed one.
struct Split<'a> {
    items: Vec<WrittenAttr<'a>>,
    broken: Option<Span>,
}

static_patterns! {
    /// Matches a well-formed attribute, with its name and its value.
    static ATTRIBUTE =
        r#"^(?P<name>[^\s=]+)\s*(?:=\s*(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<bare>(?:[^\s'"]\S*)?)))?$"#;
    /// Matches the text up to white space or a `{` outside quotes.
    static OWN_PART = r#"^(?:'[^']*'?|"[^"]*"?|[^\s{])*"#;
    /// Matches an attribute: the text up to a comma outside quotes.
    static ITEM = r#"(?:[= ]'[^']*'|[= ]"[^"]*"|[^,])+"#;
}

/// Splits the attributes at commas outside quotes.
fn split(text: &str, offset: usize) -> Split<'_> {
    let place = |range: std::ops::Range<usize>| Span::new(offset + range.start, offset + range.end);
    let leading = text.len() - text.trim_start().len();
    let items: Vec<_> = ITEM.find_iter(text).filter_map(|part| item(part.as_str(), offset + part.start())).collect();
    // Attributes without a comma before them, such as `console exit=1`, are broken, because the site could not read
    // them.
    let unmarked = !matches!(text[leading..].chars().next(), None | Some(','));
    let unsound = items.iter().find(|item| !item.sound).map(|item| item.span);
    let broken = if unmarked { Some(place(leading..text.len())) } else { unsound };
    Split { items, broken }
}

fn item(part: &str, offset: usize) -> Option<WrittenAttr<'_>> {
    let begin = part.len() - part.trim_start().len();
    let part = part.trim();
    if part.is_empty() {
        return None;
    }
    let span = Span::new(offset + begin, offset + begin + part.len());
    let Some(found) = ATTRIBUTE.captures(part) else {
        let name = part.split('=').next().unwrap_or_default().trim_end();
        return Some(WrittenAttr { name, name_span: span, value: None, span, sound: false });
    };
    let place = |found: regex::Match<'_>| Span::new(span.start + found.start(), span.start + found.end());
    let name = found.name("name")?;
    let value = ["single", "double", "bare"].iter().find_map(|quotes| found.name(quotes));
    let value = value.map(|value| (value.as_str(), place(value)));
    Some(WrittenAttr { name: name.as_str(), name_span: place(name), value, span, sound: true })
}

impl Info {
    fn take(&mut self, item: &WrittenAttr<'_>, found: &mut Diagnostics<'_>) {
        let Some(&name) = KNOWN.iter().find(|known| **known == item.name) else {
            found.unknown(codes::ATTR_UNKNOWN, item.name_span, item.name, allowed(self.kind));
            return;
        };
        if !allowed(self.kind).contains(&name) {
            found.report(codes::ATTR_MISPLACED, item.span).with("name", name).with("fence", self.word.clone());
            return;
        }
        if self.place(name).is_some() {
            found.report(codes::ATTR_TWICE, item.span).with("name", name);
            return;
        }
        self.places.push((name, item.span));
        if self.set(name, item).is_none() {
            let span = item.value.map_or(item.span, |(_, span)| if span.is_empty() { item.span } else { span });
            let value = item.value.map(|(value, _)| value).filter(|value| !value.is_empty());
            found.report(codes::ATTR_VALUE, span).with("name", name).with("value", value.unwrap_or("none"));
        }
    }

    /// Sets one attribute. Returns `None` if the value is invalid.
    fn set(&mut self, name: &'static str, item: &WrittenAttr<'_>) -> Option<()> {
        let attrs = &mut self.attrs;
        let value = item.value.map(|(value, _)| value);
        let flag = match name {
            "hidden" => Some(&mut attrs.hidden),
            "blank" => Some(&mut attrs.blank),
            "solution" => Some(&mut attrs.solution),
            "shuffle" => Some(&mut attrs.shuffle),
            "exact" => Some(&mut attrs.exact),
            _ => None,
        };
        if let Some(flag) = flag {
            *flag = true;
            return value.is_none().then_some(());
        }
        let (value, span) = item.value.filter(|(value, _)| !value.is_empty())?;
        match name {
            "exit" => attrs.exit = list(value, '|', |part| part.parse::<u8>().ok().map(i32::from))?,
            "timeout" => attrs.timeout = Some(duration(value)?),
            "prompt" => attrs.prompt = Some(value.to_owned()),
            "needs" => attrs.needs = list(value, '+', ability)?,
            "since" => attrs.since = Some(value.parse().ok()?),
            "until" => attrs.until = Some(value.parse().ok()?),
            "engine" => {
                attrs.engine = Some(EngineFamily::from_name(value)?);
            }
            _ => self.file = Some(Spanned { value: value.to_owned(), span }),
        }
        Some(())
    }

    /// Reports attributes that exclude each other.
    fn conflicts(&self, found: &mut Diagnostics<'_>) {
        for (one, other) in [("blank", "solution"), ("blank", "hidden"), ("blank", "exit"), ("hidden", "shuffle")] {
            if let (Some(_), Some(span)) = (self.place(one), self.place(other)) {
                found.report(codes::ATTR_CONFLICT, span).with("one", one).with("other", other);
            }
        }
        if let (Some(since), Some(until)) = (self.attrs.since, self.attrs.until)
            && since > until
        {
            let span = self.place("until").unwrap_or_default();
            found.report(codes::VARIANT_RANGE, span).with("since", since.to_string()).with("until", until.to_string());
        }
    }
}

fn list<T>(value: &str, separator: char, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(separator).map(|part| parse(part.trim())).collect()
}

/// Returns `name` if it can be the name of an ability, such as `compose` or `two-engines`.
pub(super) fn ability(name: &str) -> Option<String> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (!name.is_empty() && name.chars().all(good)).then(|| name.to_owned())
}

/// Reads a duration such as `10m`, `90s`, `1m30s` or `500ms`. A duration is more than zero and at most a day.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest.get(..digits)?.parse().ok()?;
        rest = &rest[digits..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let milliseconds = match &rest[..letters] {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => return None,
        };
        rest = &rest[letters..];
        total = total.checked_add(Duration::from_millis(number.checked_mul(milliseconds)?))?;
    }
    (!total.is_zero() && total <= Duration::from_hours(24)).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_is_read_in_every_unit() {
        assert_eq!(duration("10m"), Some(Duration::from_mins(10)));
        assert_eq!(duration("90s"), Some(Duration::from_secs(90)));
        assert_eq!(duration("1m30s"), Some(Duration::from_secs(90)));
        assert_eq!(duration("250ms"), Some(Duration::from_millis(250)));
        for bad in ["", "10", "m", "0s", "1d", "-1s", "1.5s", "99999999999999999999s", "25h", "1 m"] {
            assert_eq!(duration(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn comma_in_quotes_does_not_separate_attributes() {
        let text = ", exit=1|255 ,prompt='a, b? ' , exact";
        let split = split(text, 0);
        let items: Vec<_> = split.items.iter().map(|item| (item.name, item.value.map(|(value, _)| value))).collect();
        assert_eq!(items, [("exit", Some("1|255")), ("prompt", Some("a, b? ")), ("exact", None)]);
        assert_eq!(split.broken, None);
        let (_, span) = split.items[1].value.unwrap();
        assert_eq!(&text[span.start..span.end], "a, b? ");
    }

    #[test]
    fn malformed_attribute_is_reported_as_broken() {
        assert!(super::split(" exit=1", 0).broken.is_some());
        assert!(super::split(",prompt='a", 0).broken.is_some());
        assert!(super::split(",exact exit=1", 0).broken.is_some());
        assert!(super::split(",", 0).broken.is_none());
    }
}
