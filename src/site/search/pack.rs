//! The index as text that is small and quickly read: words share their beginnings, places are differences.

use std::collections::{BTreeMap, HashMap};

use super::questions::Asked;
use super::token::stopped;
use super::{Source, Spot};

/// Where a word stands: passage and weight, in prose, in code, in the reasons of answers, and in questions.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) prose: Vec<(usize, u8)>,
    pub(super) code: Vec<(usize, u8)>,
    pub(super) reason: Vec<(usize, u8)>,
    pub(super) asked: Vec<(usize, u8)>,
    /// The language it was first seen in.
    pub(super) english: bool,
}

impl Entry {
    pub(super) fn new(lang: &str) -> Self {
        Self { english: lang == "en", ..Self::default() }
    }

    /// Whether the word stands in prose or in a question, so that its forms belong together.
    pub(super) fn is_prose(&self) -> bool {
        !self.prose.is_empty() || !self.asked.is_empty()
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn pack(
    tag: &str,
    pages: &[Source<'_>],
    spots: &[Spot<'_>],
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
        let all = [&entry.prose, &entry.code, &entry.reason, &entry.asked].map(|found| numbers(found)).join(".");
        places.push(all.trim_end_matches('.').to_owned());
    }
    let purposes =
        spots.iter().enumerate().flat_map(|(at, spot)| spot.purposes.iter().map(move |(_, purpose)| (at, purpose)));
    let data = serde_json::json!({
        "language": tag,
        "stopped": stopped(tag),
        "pages": pages.iter().map(|page| (page.path, page.title)).collect::<Vec<_>>(),
        "spots": spots.iter().map(|spot| (spot.page, spot.anchor, spot.heading, spot.kind as u8)).collect::<Vec<_>>(),
        "texts": spots.iter().map(|spot| spot.text).collect::<Vec<_>>(),
        "purposes": purposes.collect::<Vec<_>>(),
        "synonyms": synonyms,
        "asked": asked.iter().map(|asked| (&asked.spots, asked.questions)).collect::<Vec<_>>(),
        "forms": forms.join("\n"),
        "stems": roots.join("\n"),
        "places": places.join(" "),
    });
    format!("self.dermagaIndex={data};\n")
}

/// A stem, as the place in its word where it begins and its length, where it is a part of it.
fn root(word: &str, stem: &str) -> String {
    match word.find(stem) {
        Some(at) if at < 36 && stem.len() < 36 && word.is_ascii() => format!("{}{}", digit(at), digit(stem.len())),
        _ => format!("={stem}"),
    }
}

fn digit(number: usize) -> char {
    u32::try_from(number).ok().and_then(|number| char::from_digit(number, 36)).unwrap_or('0')
}

/// Each place as its distance from the one before, with its weight, in five bits a letter.
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
