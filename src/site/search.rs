//! The search of a site: pages are cut into passages, and their words make an index that needs no stemmer in the browser.
//!
//! A word is found in three ways, in this order: as it is written, by its stem, by a near spelling. Code is never stemmed:
//! `--rm`, `docker-compose` and `mongo:4.1` are words of their own there.

mod pack;
mod passage;
mod purpose;
mod stem;
mod token;

use std::collections::{BTreeMap, HashMap};

use pack::{Entry, pack};
pub(super) use passage::{PassageKind, Passages, TextKind};
pub(super) use purpose::add_purposes;
use stem::stems;
use token::{tokens, unstopped};

use super::plain_text::plain_text;
use crate::lesson::Terms;

/// A page to be found.
pub(super) struct Source<'a> {
    /// Below the language's prefix.
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    /// The language it is written in.
    pub(super) lang: &'a str,
    pub(super) passages: &'a [Words],
}

/// Where a passage begins.
struct Spot<'a> {
    page: usize,
    anchor: &'a str,
    heading: &'a str,
    text: &'a str,
    kind: PassageKind,
    purposes: &'a [String],
}

/// Where a word of a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Standing {
    Prose,
    Code,
    Reason,
}

/// A passage as its words: each with where it stands, and its weight.
pub(super) struct Words {
    anchor: String,
    heading: String,
    text: String,
    kind: PassageKind,
    purposes: Vec<String>,
    found: Vec<(String, Standing, u8)>,
}

/// The weight of a word in a title, in a heading, and in text with many or few occurrences.
const WEIGHTS: [u8; 4] = [3, 2, 1, 0];

/// The words of a page's passages in the language `lang`.
pub(super) fn words(passages: &Passages, lang: &str) -> Vec<Words> {
    let passages = passages.iter().map(|passage| {
        let mut counts: HashMap<(String, Standing), (u32, u8)> = HashMap::new();
        for (kind, text) in &passage.runs {
            let weight = match kind {
                TextKind::Title => WEIGHTS[0],
                TextKind::Heading => WEIGHTS[1],
                TextKind::Prose | TextKind::Code | TextKind::Reason => WEIGHTS[3],
            };
            let standing = match kind {
                TextKind::Code => Standing::Code,
                TextKind::Reason => Standing::Reason,
                _ => Standing::Prose,
            };
            tokens(text, standing == Standing::Code, &mut |word| {
                let found = counts.entry((word, standing)).or_default();
                found.0 += 1;
                found.1 = found.1.max(weight);
            });
        }
        let is_known = |word: &str, standing| standing == Standing::Code || unstopped(word, lang);
        let known = counts.into_iter().filter(|((word, standing), _)| is_known(word, *standing));
        let words = known.map(|((word, standing), (count, weight))| {
            (word, standing, if weight == WEIGHTS[3] && count > 2 { WEIGHTS[2] } else { weight })
        });
        let (anchor, heading) = (passage.anchor.clone(), passage.heading.clone());
        let (text, purposes) = (passage.text(), passage.purposes.clone());
        Words { found: words.collect(), anchor, heading, text, kind: passage.kind, purposes }
    });
    passages.collect()
}

/// Words that mean the same, term by term: the forms of all languages, those not to use, and the other words.
pub(super) fn synonyms(terms: &Terms) -> Vec<Vec<String>> {
    let groups = terms.terms.iter().map(|term| {
        let forbidden = term.forbidden.values().flatten().map(|word| &word.value);
        let mut group: Vec<String> = Vec::new();
        for word in term.form.values().chain(forbidden).chain(&term.also) {
            let word = plain_text(word).to_lowercase();
            if !group.contains(&word) {
                group.push(word);
            }
        }
        group
    });
    groups.filter(|group| group.len() > 1).collect()
}

/// The index of the pages of one language, as a script.
pub(super) fn index(tag: &str, pages: &[Source<'_>], synonyms: &[Vec<String>]) -> String {
    let mut spots = Vec::new();
    let mut words: HashMap<&str, Entry> = HashMap::new();
    for (page, source) in pages.iter().enumerate() {
        for passage in source.passages {
            let at = spots.len();
            for (word, standing, weight) in &passage.found {
                let entry = words.entry(word).or_insert_with(|| Entry::new(source.lang));
                let places = match standing {
                    Standing::Prose => &mut entry.prose,
                    Standing::Code => &mut entry.code,
                    Standing::Reason => &mut entry.reason,
                };
                places.push((at, *weight));
            }
            let Words { anchor, heading, text, kind, purposes, .. } = passage;
            spots.push(Spot { page, anchor, heading, text, kind: *kind, purposes });
        }
    }
    let words: BTreeMap<&str, Entry> = words.into_iter().collect();
    let stems = stems(&words);
    pack(tag, pages, &spots, &words, &stems, synonyms)
}
