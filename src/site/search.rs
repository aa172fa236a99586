//! The search of a site: pages are cut into passages, and their words make an index that needs no stemmer in the browser.
//!
//! A word is found in three ways, in this order: as it is written, by its stem, by a near spelling. Code is never stemmed:
//! `--rm`, `docker-compose` and `mongo:4.1` are words of their own there.

mod pack;
mod passage;
mod purpose;
mod questions;
mod stem;
mod token;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pack::{Entry, pack};
pub(super) use passage::{PassageKind, Passages, TextKind};
pub(super) use purpose::add_purposes;
use questions::{Asked, answered_by, asked, everyday_synonyms};
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
    purposes: &'a [(String, String)],
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
    purposes: Vec<(String, String)>,
    /// The questions of the table that its text answers.
    answers: Vec<usize>,
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
        let whole: String = passage.runs.iter().map(|(_, run)| run.as_str()).collect();
        let answers = answered_by(&whole);
        Words { found: words.collect(), anchor, heading, text, kind: passage.kind, purposes, answers }
    });
    passages.collect()
}

/// Words that mean the same, term by term: the forms of all languages, those not to use, and the other words.
fn synonyms(terms: &Terms) -> Vec<Vec<String>> {
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
pub(super) fn index(tag: &str, pages: &[Source<'_>], terms: Option<&Terms>) -> String {
    let asked = asked(tag, pages, terms);
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
    let asked_words = asked_words(&asked, tag);
    for (word, spots) in &asked_words {
        words.entry(word).or_insert_with(|| Entry::new(tag)).asked.extend(spots.iter().map(|&spot| (spot, 0)));
    }
    let words: BTreeMap<&str, Entry> = words.into_iter().collect();
    let stems = stems(&words);
    let mut synonyms = terms.map(synonyms).unwrap_or_default();
    synonyms.extend_from_slice(everyday_synonyms());
    pack(tag, pages, &spots, &words, &stems, &synonyms, &asked)
}

/// The words of the questions, with the passages that answer them.
fn asked_words(asked: &[Asked], lang: &str) -> BTreeMap<String, BTreeSet<usize>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for Asked { spots, questions } in asked {
        for question in *questions {
            tokens(question, false, &mut |word| {
                if unstopped(&word, lang) {
                    found.entry(word).or_default().extend(spots);
                }
            });
        }
    }
    found
}
