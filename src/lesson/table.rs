//! Reads TOML files. Reports every mistake with its span, not only the first mistake.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::codes;
use crate::text::{Diagnostic, Source, Span, Spanned, nearest};

type TomlValue<'a> = toml::Spanned<DeValue<'a>>;

/// A text in several languages, by language tag.
pub type Localized = BTreeMap<String, String>;

/// A TOML table that is being read. The caller takes keys by name. Keys that the caller did not take are unknown.
pub(super) struct TomlTable<'a, 'm> {
    entries: &'a DeTable<'a>,
    place: Span,
    known: Vec<&'static str>,
    mistakes: &'m mut Vec<Diagnostic>,
}

/// Parses `source`, or reports its first syntax error. Later errors are often only consequences of the first.
pub(super) fn document<'a>(source: &'a Source, mistakes: &mut Vec<Diagnostic>) -> Option<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let Some(error) = errors.into_iter().min_by_key(|error| error.span().map(|span| span.start)) else {
        return Some(table.into_inner());
    };
    let span = error.span().map_or_else(Span::default, |range| source.fit(range.into()));
    mistakes.push(codes::TOML_SYNTAX.at(span).with("detail", error.message()));
    None
}

impl<'a, 'm> TomlTable<'a, 'm> {
    /// Begins to read `entries`. `place` is the span of the table's header or braces.
    pub(super) fn new(entries: &'a DeTable<'a>, place: Span, mistakes: &'m mut Vec<Diagnostic>) -> Self {
        Self { entries, place, known: Vec::new(), mistakes }
    }

    /// Returns the value of `key`, if there is one.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'a TomlValue<'a>> {
        self.known.push(key);
        self.entries.get(key)
    }

    /// Reports `key` if it is missing.
    pub(super) fn require(&mut self, key: &'static str) {
        if !self.entries.contains_key(key) {
            self.mistakes.push(codes::MISSING_KEY.at(self.place).with("key", key));
        }
    }

    /// Returns the text of `key`.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.get(key).and_then(|value| text(value, self.mistakes))
    }

    /// Returns the text of `key`. If `is_good` refuses the text, reports the text and returns `None`. `kind` is the
    /// kind of thing that the text should name.
    pub(super) fn name(
        &mut self,
        key: &'static str,
        kind: &'static str,
        is_good: impl Fn(&str) -> bool,
    ) -> Option<Spanned<String>> {
        let name = self.text(key)?;
        if !is_good(&name.value) {
            self.mistakes.push(bad_name(&name, kind));
            return None;
        }
        Some(name)
    }

    /// Returns the texts in the list of `key`.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        self.get(key).and_then(|value| texts(value, self.mistakes))
    }

    /// Returns the texts of `key`, by language.
    pub(super) fn localized(&mut self, key: &'static str) -> Option<Spanned<Localized>> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else { return wrong_kind(value, "languages", self.mistakes) };
        let texts = table
            .iter()
            .filter_map(|(lang, value)| Some((lang.get_ref().to_string(), text(value, self.mistakes)?.value)))
            .collect();
        Some(Spanned { value: texts, span: value.span().into() })
    }

    /// Returns the table of `key`, with its span.
    pub(super) fn table(&mut self, key: &'static str) -> Option<(&'a DeTable<'a>, Span)> {
        let value = self.get(key)?;
        Some((table(value, self.mistakes)?, value.span().into()))
    }

    /// Returns the entries whose keys are language tags.
    pub(super) fn languages(&self) -> impl Iterator<Item = (&'a str, &'a TomlValue<'a>)> {
        self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), value)).filter(|(key, _)| is_language(key))
    }

    /// Returns the mistakes that were found so far.
    pub(super) fn mistakes(&mut self) -> &mut Vec<Diagnostic> {
        self.mistakes
    }

    /// Reports every key that was not taken and that `also` does not accept. The message names the nearest known key.
    pub(super) fn finish(self, also: impl Fn(&str) -> bool) {
        for key in self.entries.keys().filter(|key| !self.known.contains(&key.get_ref().as_ref())) {
            if also(key.get_ref()) {
                continue;
            }
            let meant = nearest(key.get_ref(), self.known.iter().copied()).unwrap_or("none");
            let mistake = codes::UNKNOWN_KEY.at(key.span().into()).with("key", key.get_ref().as_ref());
            self.mistakes.push(mistake.with("nearest", meant).with("known", self.known.join(", ")));
        }
    }
}

/// Returns the text in `value`. Reports a value of another kind.
pub(super) fn text(value: &TomlValue<'_>, mistakes: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Spanned { value: text.clone().into_owned(), span: value.span().into() }),
        _ => wrong_kind(value, "text", mistakes),
    }
}

/// Returns the texts in the list `value`. Reports and skips elements that are not texts.
pub(super) fn texts(value: &TomlValue<'_>, mistakes: &mut Vec<Diagnostic>) -> Option<Vec<Spanned<String>>> {
    match value.get_ref() {
        DeValue::Array(list) => Some(list.iter().filter_map(|element| text(element, mistakes)).collect()),
        _ => wrong_kind(value, "list", mistakes),
    }
}

/// Returns the table in `value`. Reports a value of another kind.
pub(super) fn table<'v>(value: &'v TomlValue<'v>, mistakes: &mut Vec<Diagnostic>) -> Option<&'v DeTable<'v>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => wrong_kind(value, "table", mistakes),
    }
}

/// Reports that `value` is not of the kind `expected`. The message has a text for each kind.
pub(super) fn wrong_kind<T>(
    value: &TomlValue<'_>,
    expected: &'static str,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<T> {
    let found = match value.get_ref() {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "list",
        DeValue::Table(_) => "table",
    };
    mistakes.push(codes::WRONG_KIND.at(value.span().into()).with("expected", expected).with("found", found));
    None
}

/// Whether `tag` has the form of a language tag, such as `id`, `en` or `pt-BR`.
pub(super) fn is_language(tag: &str) -> bool {
    LANGUAGE.is_match(tag)
}

static_patterns! {
    static LANGUAGE = "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$";
}

/// Whether `name` can be an id. Ids become file names and parts of addresses. So an id begins with a letter or digit,
/// and has only letters, digits, `-`, `_` and `.`.
pub(super) fn is_id(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Reports that `name` cannot be the name of a thing of the kind `kind`. The message has a text for each kind.
pub(super) fn bad_name(name: &Spanned<String>, kind: &'static str) -> Diagnostic {
    codes::BAD_NAME.at(name.span).with("name", &name.value).with("kind", kind)
}
