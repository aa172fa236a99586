//! Writes the index as a small text. A word omits the beginning that it shares with the word before, and a position is
//! stored as the difference from the position before.

use std::collections::{BTreeMap, HashMap};

use super::questions::Asked;
use super::token::stopped;
use super::{Source, Standing, all_passages};

/// The positions of a word.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The passage and the weight of each occurrence, by [`Standing`].
    pub(super) places: [Vec<(usize, u8)>; 4],
    /// Whether the first text with the word is English.
    pub(super) english: bool,
}

impl Entry {
    pub(super) fn new(lang: &str) -> Self {
        Self { english: lang == "en", ..Self::default() }
    }

    /// Whether the word stands in prose or in a question. Only such a word has a stem.
    pub(super) fn is_prose(&self) -> bool {
        [Standing::Prose, Standing::Asked].iter().any(|&standing| !self.places[standing as usize].is_empty())
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn pack(
    tag: &str,
    pages: &[Source<'_>],
    words: &BTreeMap<&str, Entry>,
    stems: &HashMap<&str, String>,
    synonyms: &[Vec<String>],
    asked: &[Asked],
) -> String {
    let (mut forms, mut roots, mut places) = (Vec::new(), Vec::new(), Vec::new());
    let mut before = "";
    for (word, entry) in words {
        let shared = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count().min(35);
        let rest: String = word.chars().skip(shared).collect();
        forms.push(format!("{}{rest}", digit(shared)));
        before = word;
        roots.push(stems.get(*word).map(|stem| root(word, stem)).unwrap_or_default());
        let all = entry.places.each_ref().map(|found| numbers(found)).join(".");
        places.push(all.trim_end_matches('.').to_owned());
    }
    let passages = || all_passages(pages).map(|(page, words)| (page, &words.passage));
    let spots = passages().map(|(page, one)| (page, &one.anchor, &one.heading, one.kind as u8));
    let purposes =
        passages().enumerate().flat_map(|(at, (_, one))| one.purposes.iter().map(move |(_, purpose)| (at, purpose)));
    let data = serde_json::json!({
        "language": tag,
        "stopped": stopped(tag),
        "pages": pages.iter().map(|page| (page.path, page.title)).collect::<Vec<_>>(),
        "spots": spots.collect::<Vec<_>>(),
        "texts": passages().map(|(_, one)| one.text()).collect::<Vec<_>>(),
        "purposes": purposes.collect::<Vec<_>>(),
        "synonyms": synonyms,
        "asked": asked.iter().map(|asked| (&asked.spots, asked.questions)).collect::<Vec<_>>(),
        "forms": forms.join("\n"),
        "stems": roots.join("\n"),
        "places": places.join(" "),
    });
    format!("self.dermagaIndex={data};\n")
}

/// Encodes a stem as its position in the word and its length, or as `=` and the stem if the word does not contain the
/// stem.
fn root(word: &str, stem: &str) -> String {
    match word.find(stem) {
        Some(at) if at < 36 && stem.len() < 36 && word.is_ascii() => format!("{}{}", digit(at), digit(stem.len())),
        _ => format!("={stem}"),
    }
}

fn digit(number: usize) -> char {
    u32::try_from(number).ok().and_then(|number| char::from_digit(number, 36)).unwrap_or('0')
}

/// Encodes each place as its weight and its distance from the place before. A letter stands for five bits.
fn numbers(places: &[(usize, u8)]) -> String {
    let mut out = String::new();
    let mut before = 0;
    for &(at, weight) in places {
        let mut number = (at - before) * 4 + usize::from(weight);
        before = at;
        while number >= 32 {
            out.push(char::from(DIGITS[32 + number % 32]));
            number /= 32;
        }
        out.push(char::from(DIGITS[number]));
    }
    out
}
