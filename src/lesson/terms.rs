//! Reads `terms.toml`, the source of the glossary, the tooltips and the check for forbidden words.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::table::{self, Localized, TomlTable};
use crate::text::{Diagnostic, Source, Span, Spanned};

/// The contents of `terms.toml`.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The text of the file.
    pub source: Source,
    /// The terms, in the order of their keys.
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Debug, Clone)]
pub struct Term {
    /// The name of the term's table.
    pub key: String,
    /// The span of the name.
    pub span: Span,
    /// The form that authors should use, by language.
    pub form: Localized,
    /// The meaning, by language.
    pub gloss: Localized,
    /// Forms to avoid, by language. The key is `None` for a plain list, which applies to the course's source language.
    pub forbidden: BTreeMap<Option<String>, Vec<Spanned<String>>>,
    /// Other words for the term, in any language, that readers may type into the search.
    pub also: Vec<String>,
    /// The lessons that teach the term. The site underlines the term only in these lessons; the list is empty for an
    /// everyday word. Without a list, the site underlines the term in every lesson.
    pub taught: Option<Vec<Spanned<String>>>,
    /// A remark for authors.
    pub note: Option<String>,
}

impl Terms {
    /// Returns each forbidden form in `lang`, with the form to use instead, if the term has such a form.
    pub fn forbidden_in<'a>(
        &'a self,
        lang: &'a str,
        source_language: Option<&'a str>,
    ) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
        self.terms.iter().flat_map(move |term| {
            let form = term.form.get(lang).map(String::as_str);
            term.forbidden
                .iter()
                .filter(move |(key, _)| key.as_deref().or(source_language) == Some(lang))
                .flat_map(|(_, words)| words)
                .map(move |word| (word.value.as_str(), form))
        })
    }
}

/// Reads as much of `terms.toml` as possible, and reports every mistake.
#[must_use]
pub fn parse_terms(source: &Source) -> (Terms, Vec<Diagnostic>) {
    let mut mistakes = Vec::new();
    let document = table::document(source, &mut mistakes);
    let mut terms = Vec::new();
    for (key, value) in document.iter().flatten() {
        if let Some(entries) = table::table(value, &mut mistakes) {
            let place = Span::from(key.span());
            let mut entries = TomlTable::new(entries, place, &mut mistakes);
            terms.push(read_term(&mut entries, key.get_ref(), place));
            entries.finish(table::is_language);
        }
    }
    mistakes.sort_by_key(|mistake| (mistake.span, mistake.code));
    (Terms { source: source.clone(), terms }, mistakes)
}

fn read_term(entries: &mut TomlTable<'_, '_>, key: &str, span: Span) -> Term {
    let gloss = entries.localized("gloss").map(|gloss| gloss.value).unwrap_or_default();
    let also = entries.texts("also").unwrap_or_default().into_iter().map(|word| word.value).collect();
    let taught = entries.texts("taught");
    let note = entries.text("note").map(|note| note.value);
    let forbidden = match entries.get("forbidden").map(|value| (value, value.get_ref())) {
        Some((_, DeValue::Table(by_language))) => by_language
            .iter()
            .filter_map(|(lang, words)| {
                Some((Some(lang.get_ref().to_string()), table::texts(words, entries.mistakes())?))
            })
            .collect(),
        Some((value, _)) => table::texts(value, entries.mistakes()).map(|words| (None, words)).into_iter().collect(),
        None => BTreeMap::new(),
    };
    let languages: Vec<_> = entries.languages().map(|(lang, value)| (lang.to_owned(), value)).collect();
    let form = languages
        .into_iter()
        .filter_map(|(lang, value)| Some((lang, table::text(value, entries.mistakes())?.value)))
        .collect();
    Term { key: key.to_owned(), span, form, gloss, forbidden, also, taught, note }
}

/// Returns a pattern that matches any of these forms. The longest form comes first, so that `named volume` is tried
/// before `volume`.
pub fn alternatives<'f>(forms: impl IntoIterator<Item = &'f String>) -> String {
    let mut forms: Vec<&String> = forms.into_iter().collect();
    forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), *form));
    let forms: Vec<String> = forms.into_iter().map(|form| regex::escape(form).replace(' ', r"\s+")).collect();
    forms.join("|")
}

/// Returns `form` in lower case with single spaces.
#[must_use]
pub fn folded(form: &str) -> String {
    form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_is_forbidden_in_its_language_only() {
        let source = Source::new(
            "terms.toml",
            r#"
[registry]
id = "registri"
en = "registry"
gloss = { id = "tempat image disimpan dan dibagikan" }
forbidden = ["gudang image"]
[file]
id = "berkas"
forbidden = { id = ["file"], en = ["archive"] }
"#,
        );
        let (terms, mistakes) = parse_terms(&source);
        assert_eq!(mistakes, []);
        let of = |lang| terms.forbidden_in(lang, Some("id")).collect::<Vec<_>>();
        assert_eq!(of("id"), [("file", Some("berkas")), ("gudang image", Some("registri"))]);
        assert_eq!(of("en"), [("archive", None)]);
    }

    #[test]
    fn mistake_for_a_misspelt_key_names_the_nearest_known_key() {
        let source = Source::new("terms.toml", "[a]\nid = \"b\"\nforbiden = []\n[c]\ngloss = 3\n");
        let (_, mistakes) = parse_terms(&source);
        assert_eq!(mistakes.iter().map(|m| m.code.0).collect::<Vec<_>>(), ["L101", "L103"]);
        assert!(mistakes[0].args.contains(&("nearest", "forbidden".into())));
    }
}
