//! Terms in a lesson's prose: at its first use in a lesson a term links to the glossary, and its meaning shows where the
//! reader points at it or comes to it by keyboard. Without scripts or style sheets the link remains.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use regex::{Regex, RegexBuilder};

use super::html::{escape, inline, plain};
use super::tags::{self, Piece};
use crate::lesson::Terms;

/// The terms of one language that have a meaning.
pub(super) struct Tips {
    forms: Regex,
    /// A form in lower case → its key and its meaning as HTML.
    terms: HashMap<String, (String, String)>,
}

/// Elements whose text is no prose, or is a link already.
const CLOSED: &[&str] =
    &["a", "code", "pre", "kbd", "samp", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "button", "label"];

impl Tips {
    pub(super) fn new(terms: &Terms, lang: &str) -> Option<Self> {
        let terms: HashMap<String, (String, String)> = terms
            .terms
            .iter()
            .filter_map(|term| {
                let form = plain(&inline(term.form.get(lang)?)).to_lowercase();
                Some((form, (term.key.clone(), plain(&inline(term.gloss.get(lang)?)))))
            })
            .filter(|(form, _)| !form.trim().is_empty())
            .collect();
        let mut forms: Vec<&String> = terms.keys().collect();
        // The longest first: `named volume` before `volume`.
        forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), *form));
        let forms: Vec<String> =
            forms.into_iter().map(|form| regex::escape(&escape(form)).replace(' ', r"\s+")).collect();
        let plural = if lang == "en" { "(?:s|es)?" } else { "" };
        let forms =
            RegexBuilder::new(&format!(r"\b({}){plural}\b", forms.join("|"))).case_insensitive(true).build().ok()?;
        (!terms.is_empty()).then_some(Self { forms, terms })
    }

    /// `html` with the terms that `seen` does not hold yet; `glossary` leads to that page, `id` makes ids.
    pub(super) fn mark(
        &self,
        html: &str,
        seen: &mut HashSet<String>,
        glossary: &str,
        id: &mut dyn FnMut() -> String,
    ) -> String {
        let mut out = String::with_capacity(html.len() * 2);
        let mut closed = 0_usize;
        let mut in_title = false;
        for piece in tags::pieces(html) {
            match piece {
                Piece::Tag(tag) => {
                    let name = tags::name(tag);
                    if CLOSED.contains(&name) {
                        closed += 1;
                    } else if name.strip_prefix('/').is_some_and(|name| CLOSED.contains(&name)) {
                        closed = closed.saturating_sub(1);
                    }
                    in_title = tag.contains("blockquote-tag-title");
                    out.push_str(tag);
                }
                Piece::Text(text) if closed > 0 || in_title => out.push_str(text),
                Piece::Text(text) => self.text(text, seen, glossary, id, &mut out),
            }
        }
        out
    }

    fn text(
        &self,
        text: &str,
        seen: &mut HashSet<String>,
        glossary: &str,
        id: &mut dyn FnMut() -> String,
        out: &mut String,
    ) {
        let mut done = 0;
        for found in self.forms.captures_iter(text) {
            let (Some(whole), Some(form)) = (found.get(0), found.get(1)) else { continue };
            let folded = form.as_str().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let Some((key, gloss)) = self.terms.get(&super::html::unescape(&folded)) else { continue };
            let joined =
                text[..whole.start()].ends_with(['-', '&', '/']) || text[whole.end()..].starts_with(['-', '/']);
            if joined || !seen.insert(key.clone()) {
                continue;
            }
            let id = id();
            out.push_str(&text[done..whole.start()]);
            let _ = write!(
                out,
                "<span class=\"has-tip\"><a class=\"term\" href=\"{glossary}#{}\" aria-describedby=\"{id}\">{}</a>\
                 <span class=\"tip\" role=\"tooltip\" id=\"{id}\">{}</span></span>",
                escape(key),
                whole.as_str(),
                escape(gloss)
            );
            done = whole.end();
        }
        out.push_str(&text[done..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::parse_terms;
    use crate::text::Source;

    #[test]
    fn a_term_is_told_once_and_only_in_prose() {
        let text = "[volume]\nid = \"volume\"\nen = \"volume\"\ngloss = { id = \"tempat <data>\", en = \"a place\" }\n\n\
                    [named]\nid = \"volume bernama\"\nen = \"named volume\"\ngloss = { id = \"yang punya nama\" }\n\n\
                    [bare]\nid = \"kosong\"\nen = \"bare\"\n";
        let (terms, _) = parse_terms(&Source::new("terms.toml", text));
        let mut next = 0;
        let mut id = || {
            next += 1;
            format!("t{next}")
        };
        let tips = Tips::new(&terms, "id").unwrap();
        let mut seen = HashSet::new();
        let html = "<h2>Volume</h2><p><code>volume</code> <a href=\"x\">volume</a> volumenya sub-volume Volume\n bernama, Volume \
                    dan volume, kosong.</p>";
        let marked = tips.mark(html, &mut seen, "../g.html", &mut id);
        assert_eq!(marked.matches("class=\"term\"").count(), 2, "{marked}");
        assert!(marked.contains("href=\"../g.html#named\" aria-describedby=\"t1\">Volume\n bernama</a>"), "{marked}");
        assert!(marked.contains("id=\"t2\">tempat &lt;data&gt;</span></span> dan volume, kosong"), "{marked}");
        assert!(marked.contains("<h2>Volume</h2><p><code>volume</code> <a href=\"x\">volume</a> volumenya sub-volume"));
        assert_eq!(tips.mark("<p>volume</p>", &mut seen, "", &mut id), "<p>volume</p>");
        let english = Tips::new(&terms, "en").unwrap();
        assert!(english.mark("<p>Volumes</p>", &mut HashSet::new(), "", &mut id).contains(">Volumes</a>"));
    }
}
