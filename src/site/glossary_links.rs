//! Links terms in a lesson's prose to the glossary. Only the first use of a term in a lesson is a link. When the reader
//! points at the link or focuses it, the page shows the term's meaning. The link also works without scripts and style
//! sheets.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::html::escape;
use super::plain_text::plain_text;
use crate::lesson::{Term, Terms, alternatives, folded};

/// The terms of one language that have a meaning.
pub(super) struct GlossaryTerms<'a> {
    forms: Regex,
    /// The terms with each form, and the meaning of each term. The forms are in lower case.
    terms: HashMap<String, Vec<(&'a Term, String)>>,
}

impl<'a> GlossaryTerms<'a> {
    pub(super) fn new(terms: &'a Terms, lang: &str) -> Option<Self> {
        let mut forms: HashMap<String, Vec<(&Term, String)>> = HashMap::new();
        for term in &terms.terms {
            if let (Some(form), Some(gloss)) = (term.form.get(lang), term.gloss.get(lang)) {
                forms.entry(plain_text(form).to_lowercase()).or_default().push((term, plain_text(gloss)));
            }
        }
        forms.retain(|form, _| !form.trim().is_empty());
        let plural = if lang == "en" { "(?:s|es)?" } else { "" };
        let pattern = format!(r"\b({}){plural}\b", alternatives(forms.keys()));
        let pattern = RegexBuilder::new(&pattern).case_insensitive(true).build().ok()?;
        (!forms.is_empty()).then_some(Self { forms: pattern, terms: forms })
    }

    /// Returns the keys of the terms that a text uses.
    pub(super) fn used_in(&self, text: &str) -> HashSet<&'a str> {
        let forms = self.forms.captures_iter(text).filter_map(|found| found.get(1));
        forms.filter_map(|form| Some(self.term(form.as_str(), None)?.0.key.as_str())).collect()
    }

    /// Returns the term with this form, and its meaning, if the page of `lesson` links the term. If `lesson` is `None`,
    /// the page links every term.
    fn term(&self, form: &str, lesson: Option<&str>) -> Option<(&'a Term, &str)> {
        let is_linked = |(term, _): &&(&Term, String)| match (&term.taught, lesson) {
            (Some(taught), Some(lesson)) => taught.iter().any(|one| one.value == *lesson),
            _ => true,
        };
        self.terms.get(&folded(form))?.iter().rev().find(is_linked).map(|(term, meaning)| (*term, meaning.as_str()))
    }
}

/// Links each term of one lesson once.
pub(super) struct GlossaryLinks<'a> {
    terms: &'a GlossaryTerms<'a>,
    /// The id of the lesson, or `None` for a page that is not a lesson. If some lessons teach a term, the other lessons
    /// do not link the term.
    lesson: Option<&'a str>,
    /// The relative address of the glossary from the page.
    glossary: String,
    linked: RefCell<HashSet<String>>,
}

impl<'a> GlossaryLinks<'a> {
    pub(super) fn new(terms: &'a GlossaryTerms<'a>, lesson: Option<&'a str>, glossary: String) -> Self {
        Self { terms, lesson, glossary, linked: RefCell::default() }
    }

    /// Finds the first linked term at or after the byte `from`. Returns the place in `prose`, the term, and the term's
    /// meaning.
    fn find(&self, prose: &str, mut from: usize) -> Option<(Range<usize>, &'a Term, &'a str)> {
        while let Some(found) = self.terms.forms.captures_at(prose, from) {
            let (whole, form) = (found.get(0)?, found.get(1)?);
            let mut words = form.as_str();
            while !words.is_empty() {
                if let Some((term, meaning)) = self.terms.term(words, self.lesson) {
                    let end = if words == form.as_str() { whole.end() } else { whole.start() + words.len() };
                    return Some((whole.start()..end, term, meaning));
                }
                // If this lesson does not link the term, the term may begin with a linked term, or contain a linked
                // term.
                words = words.rsplit_once(char::is_whitespace).map_or("", |(before, _)| before.trim_end());
            }
            from = whole.start() + prose[whole.start()..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// Renders `prose` as HTML, and links the terms that are not linked yet. Calls `id` for the id of each meaning.
    pub(super) fn link(&self, prose: &str, id: &dyn Fn() -> String) -> String {
        let mut out = String::with_capacity(prose.len() * 2);
        let (mut done, mut from) = (0, 0);
        while let Some((place, Term { key, .. }, meaning)) = self.find(prose, from) {
            from = place.end;
            let joined = prose[..place.start].ends_with(['-', '&', '/']) || prose[place.end..].starts_with(['-', '/']);
            if joined || !self.linked.borrow_mut().insert(key.clone()) {
                continue;
            }
            let id = id();
            out.push_str(&escape(&prose[done..place.start]));
            let (href, id) = (escape(&format!("{}#{key}", self.glossary)), escape(&id));
            out += &format!(
                "<span class=\"has-tip\"><a class=\"term\" href=\"{href}\" aria-describedby=\"{id}\">{}</a>\
                 <span class=\"tip\" role=\"tooltip\" id=\"{id}\">{}</span></span>",
                escape(&prose[place.clone()]),
                escape(meaning)
            );
            done = place.end;
        }
        out.push_str(&escape(&prose[done..]));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::parse_terms;
    use crate::text::Source;

    #[test]
    fn term_is_linked_only_in_lessons_that_teach_it() {
        let text = "[a]\nid = \"kontainer\"\ngloss = { id = \"x\" }\ntaught = [\"satu\"]\n[b]\nid = \"server\"\n\
                    gloss = { id = \"y\" }\ntaught = []\n[c]\nid = \"image\"\ngloss = { id = \"z\" }\n";
        let (terms, mistakes) = parse_terms(&Source::new("terms.toml", text));
        assert_eq!(mistakes, []);
        let terms = GlossaryTerms::new(&terms, "id").unwrap();
        let linked = |lesson, text: &str| {
            let html = GlossaryLinks::new(&terms, lesson, String::new()).link(text, &String::new);
            let keys = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
            keys.map(str::to_owned).collect::<Vec<_>>().concat()
        };
        let text = "Kontainer, server, image";
        assert_eq!([linked(Some("satu"), text), linked(Some("dua"), text), linked(None, text)], ["ac", "c", "abc"]);
        // A longer term that is not linked does not hide a shorter term that is linked.
        let text = "[a]\nid = \"volume\"\ngloss = { id = \"x\" }\n[b]\nid = \"volume bernama\"\ngloss = { id = \"y\" }\n\
                    taught = [\"satu\"]\n[c]\nid = \"bernama baik\"\ngloss = { id = \"z\" }\n";
        let (terms, _) = parse_terms(&Source::new("terms.toml", text));
        let terms = GlossaryTerms::new(&terms, "id").unwrap();
        let linked =
            |lesson| GlossaryLinks::new(&terms, Some(lesson), String::new()).link("volume bernama baik", &String::new);
        assert!(linked("satu").contains(">volume bernama</a>") && !linked("satu").contains("bernama baik</a>"));
        assert!(
            linked("dua").contains(">volume</a>") && linked("dua").contains(">bernama baik</a>"),
            "{}",
            linked("dua")
        );
    }

    #[test]
    fn term_is_linked_once_and_never_as_part_of_a_word() {
        let text = "[volume]\nid = \"volume\"\nen = \"volume\"\ngloss = { id = \"tempat <data>\", en = \"a place\" }\n\n\
                    [named]\nid = \"volume bernama\"\nen = \"named volume\"\ngloss = { id = \"yang punya nama\" }\n\n\
                    [bare]\nid = \"kosong\"\nen = \"bare\"\n";
        let (terms, _) = parse_terms(&Source::new("terms.toml", text));
        let next = std::cell::Cell::new(0);
        let id = || {
            next.set(next.get() + 1);
            format!("t{}", next.get())
        };
        let indonesian = GlossaryTerms::new(&terms, "id").unwrap();
        let links = GlossaryLinks::new(&indonesian, None, "../g.html".to_owned());
        let linked = links.link("volumenya sub-volume Volume\n bernama, Volume dan volume, kosong.", &id);
        assert_eq!(linked.matches("class=\"term\"").count(), 2, "{linked}");
        assert!(linked.contains("href=\"../g.html#named\" aria-describedby=\"t1\">Volume\n bernama</a>"), "{linked}");
        assert!(linked.contains("id=\"t2\">tempat &lt;data&gt;</span></span> dan volume, kosong"), "{linked}");
        assert!(linked.starts_with("volumenya sub-volume <span"), "{linked}");
        assert!(!linked.contains("</a> "), "a space before the punctuation that follows: {linked}");
        assert_eq!(links.link("volume <b>", &id), "volume &lt;b&gt;");
        let english = GlossaryTerms::new(&terms, "en").unwrap();
        assert!(GlossaryLinks::new(&english, None, String::new()).link("Volumes", &id).contains(">Volumes</a>"));
    }
}
