//! Links from a lesson's prose to the glossary: a term links there at its first use in a lesson, and its meaning shows
//! when the reader points at it or focuses it. Without scripts and style sheets the link remains.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use regex::{Regex, RegexBuilder};

use super::html::escape;
use super::plain_text::plain_text;
use crate::lesson::{Term, Terms, alternatives, folded};

/// The terms of one language that have a meaning.
pub(super) struct GlossaryTerms {
    forms: Regex,
    /// A form in lower case → the term's key and its meaning.
    terms: HashMap<String, (String, String)>,
}

impl GlossaryTerms {
    /// The terms that the lesson `lesson` underlines; all terms without a lesson.
    pub(super) fn new(terms: &Terms, lang: &str, lesson: Option<&str>) -> Option<Self> {
        let is_taught = |term: &&Term| match (&term.taught, lesson) {
            (Some(taught), Some(lesson)) => taught.iter().any(|one| one.value == *lesson),
            _ => true,
        };
        let terms: HashMap<String, (String, String)> = terms
            .terms
            .iter()
            .filter(is_taught)
            .filter_map(|term| {
                let form = plain_text(term.form.get(lang)?).to_lowercase();
                Some((form, (term.key.clone(), plain_text(term.gloss.get(lang)?))))
            })
            .filter(|(form, _)| !form.trim().is_empty())
            .collect();
        let plural = if lang == "en" { "(?:s|es)?" } else { "" };
        let forms = format!(r"\b({}){plural}\b", alternatives(terms.keys()));
        let forms = RegexBuilder::new(&forms).case_insensitive(true).build().ok()?;
        (!terms.is_empty()).then_some(Self { forms, terms })
    }

    /// The keys of the terms that a text uses.
    pub(super) fn used_in(&self, text: &str) -> HashSet<&str> {
        let forms = self.forms.captures_iter(text).filter_map(|found| found.get(1));
        forms.filter_map(|form| Some(self.terms.get(&folded(form.as_str()))?.0.as_str())).collect()
    }
}

/// Links the terms of one lesson, each once.
pub(super) struct GlossaryLinks<'a> {
    terms: &'a GlossaryTerms,
    /// The glossary's address, as seen from the page.
    glossary: String,
    linked: RefCell<HashSet<String>>,
}

impl<'a> GlossaryLinks<'a> {
    pub(super) fn new(terms: &'a GlossaryTerms, glossary: String) -> Self {
        Self { terms, glossary, linked: RefCell::default() }
    }

    /// `prose` as HTML, with the terms that are not linked yet; `id` makes ids.
    pub(super) fn link(&self, prose: &str, id: &dyn Fn() -> String) -> String {
        let mut out = String::with_capacity(prose.len() * 2);
        let mut done = 0;
        for found in self.terms.forms.captures_iter(prose) {
            let (Some(whole), Some(form)) = (found.get(0), found.get(1)) else { continue };
            let Some((key, meaning)) = self.terms.terms.get(&folded(form.as_str())) else { continue };
            let joined =
                prose[..whole.start()].ends_with(['-', '&', '/']) || prose[whole.end()..].starts_with(['-', '/']);
            if joined || !self.linked.borrow_mut().insert(key.clone()) {
                continue;
            }
            let id = id();
            out.push_str(&escape(&prose[done..whole.start()]));
            let (href, id) = (escape(&format!("{}#{key}", self.glossary)), escape(&id));
            out += &format!(
                "<span class=\"has-tip\"><a class=\"term\" href=\"{href}\" aria-describedby=\"{id}\">{}</a>\
                 <span class=\"tip\" role=\"tooltip\" id=\"{id}\">{}</span></span>",
                escape(whole.as_str()),
                escape(meaning)
            );
            done = whole.end();
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
    fn term_is_linked_only_where_it_is_taught() {
        let text = "[a]\nid = \"kontainer\"\ngloss = { id = \"x\" }\ntaught = [\"satu\"]\n[b]\nid = \"server\"\n\
                    gloss = { id = \"y\" }\ntaught = []\n[c]\nid = \"image\"\ngloss = { id = \"z\" }\n";
        let (terms, mistakes) = parse_terms(&Source::new("terms.toml", text));
        assert_eq!(mistakes, []);
        let used = |lesson| {
            let terms = GlossaryTerms::new(&terms, "id", lesson).unwrap();
            let mut keys: Vec<String> =
                terms.used_in("Kontainer, server, image").iter().map(|&key| key.to_owned()).collect();
            keys.sort();
            keys.concat()
        };
        assert_eq!([used(Some("satu")), used(Some("dua")), used(None)], ["ac", "c", "abc"]);
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
        let indonesian = GlossaryTerms::new(&terms, "id", None).unwrap();
        let links = GlossaryLinks::new(&indonesian, "../g.html".to_owned());
        let linked = links.link("volumenya sub-volume Volume\n bernama, Volume dan volume, kosong.", &id);
        assert_eq!(linked.matches("class=\"term\"").count(), 2, "{linked}");
        assert!(linked.contains("href=\"../g.html#named\" aria-describedby=\"t1\">Volume\n bernama</a>"), "{linked}");
        assert!(linked.contains("id=\"t2\">tempat &lt;data&gt;</span></span> dan volume, kosong"), "{linked}");
        assert!(linked.starts_with("volumenya sub-volume <span"), "{linked}");
        assert!(!linked.contains("</a> "), "a space before the punctuation that follows: {linked}");
        assert_eq!(links.link("volume <b>", &id), "volume &lt;b&gt;");
        let english = GlossaryTerms::new(&terms, "en", None).unwrap();
        assert!(GlossaryLinks::new(&english, String::new()).link("Volumes", &id).contains(">Volumes</a>"));
    }
}
