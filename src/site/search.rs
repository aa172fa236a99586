//! Makes the search index of a site from the words of its passages. The index has the stems, so the browser needs no
//! stemmer.
//!
//! The search finds a word by its written form, by its stem, and by a similar spelling, in this order. Code is never
//! stemmed: in code, `--rm`, `docker-compose` and `mongo:4.1` are whole words.

mod pack;
mod passage;
mod purpose;
mod questions;
mod stem;
mod token;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pack::{Entry, pack};
use passage::Passage;
pub(super) use passage::{PassageKind, Passages, TextKind};
pub(super) use purpose::add_purposes;
use questions::{Asked, answered_by, asked, everyday_synonyms};
use stem::stems;
use token::{tokens, unstopped};

use super::plain_text::plain_text;
use crate::lesson::Terms;

/// A page that the search can find.
pub(super) struct Source<'a> {
    /// The path below the language's prefix.
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    /// The language of the page's text.
    pub(super) lang: &'a str,
    pub(super) passages: &'a [Words],
}

/// The kind of text in which a word of a passage stands. The variants have the same order as the lists of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Standing {
    Prose,
    Code,
    Reason,
    /// The word stands in a question that the passage answers.
    Asked,
}

/// A passage and its words. Each word has a standing and a weight.
pub(super) struct Words {
    passage: Passage,
    /// The numbers of the questions in `questions.toml` that the passage's text answers.
    answers: Vec<usize>,
    found: Vec<(String, Standing, u8)>,
}

/// The weights of a word in a title, in a heading, in a text that has the word often, and in any other text.
const WEIGHTS: [u8; 4] = [3, 2, 1, 0];

/// Returns the words of each passage of a page in the language `lang`.
pub(super) fn words(passages: Passages, lang: &str) -> Vec<Words> {
    let words_of = |passage: Passage| {
        let mut counts: HashMap<(String, Standing), (u32, u8)> = HashMap::new();
        for (kind, text) in &passage.runs {
            let (standing, weight) = match kind {
                TextKind::Title => (Standing::Prose, WEIGHTS[0]),
                TextKind::Heading => (Standing::Prose, WEIGHTS[1]),
                TextKind::Prose => (Standing::Prose, WEIGHTS[3]),
                TextKind::Code => (Standing::Code, WEIGHTS[3]),
                TextKind::Reason => (Standing::Reason, WEIGHTS[3]),
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
        let whole: String = passage.runs.iter().map(|(_, run)| run.as_str()).collect();
        Words { found: words.collect(), answers: answered_by(&whole), passage }
    };
    passages.all.into_iter().map(words_of).collect()
}

/// Returns the passages of all pages, in order, each with the number of its page.
fn all_passages<'a>(pages: &'a [Source<'a>]) -> impl Iterator<Item = (usize, &'a Words)> {
    let numbered = pages.iter().enumerate();
    numbered.flat_map(|(number, page)| page.passages.iter().map(move |passage| (number, passage)))
}

/// Returns a group of synonyms for each term: its forms in all languages, its forbidden words, and its other words.
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

/// Returns the search index for the pages of one language, as a script.
pub(super) fn index(tag: &str, pages: &[Source<'_>], terms: Option<&Terms>) -> String {
    let asked = asked(tag, pages, terms);
    // Fills a hash map first, because filling a sorted map takes five times as long.
    let mut words: HashMap<&str, Entry> = HashMap::new();
    for (spot, (page, passage)) in all_passages(pages).enumerate() {
        for (word, standing, weight) in &passage.found {
            let entry = words.entry(word).or_insert_with(|| Entry::new(pages[page].lang));
            entry.places[*standing as usize].push((spot, *weight));
        }
    }
    let asked_words = asked_words(&asked, tag);
    for (word, spots) in &asked_words {
        let entry = words.entry(word).or_insert_with(|| Entry::new(tag));
        entry.places[Standing::Asked as usize].extend(spots.iter().map(|&spot| (spot, 0)));
    }
    let words: BTreeMap<&str, Entry> = words.into_iter().collect();
    let mut synonyms = terms.map(synonyms).unwrap_or_default();
    synonyms.extend_from_slice(everyday_synonyms());
    pack(tag, pages, &words, &stems(&words), &synonyms, &asked)
}

/// Returns the words of all questions. Each word has the passages that answer the questions with this word.
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
