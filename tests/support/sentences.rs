//! Finds sentences of one language in the output of the program, which must use the other language.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Parts of messages in one language that are not in the messages of the other language.
#[derive(Debug)]
pub(crate) struct Sentences(Vec<String>);

impl Sentences {
    /// Returns the parts of messages in the language `lang`.
    pub(crate) fn of(lang: &str) -> Self {
        let other = if lang == "id" { "en" } else { "id" };
        let theirs = pieces(other);
        Self(pieces(lang).into_iter().filter(|piece| !theirs.contains(piece)).collect())
    }

    /// Returns the parts of messages in the language that is not `lang`.
    pub(crate) fn of_the_other(lang: &str) -> Self {
        Self::of(if lang == "id" { "en" } else { "id" })
    }

    /// Returns the parts that occur in `text`. Line breaks in `text` count as spaces.
    pub(crate) fn found_in(&self, text: &str) -> impl Iterator<Item = &str> {
        let text = folded(text);
        self.0.iter().map(String::as_str).filter(move |piece| text.contains(*piece))
    }
}

/// Removes control sequences from the text, and replaces all white space by single spaces.
fn folded(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            if chars.next_if_eq(&'[').is_some() {
                while chars.next().is_some_and(|char| !char.is_ascii_alphabetic()) {}
            }
        } else {
            plain.push(char);
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits each message at its placeholders. Returns the parts with at least three words and no code.
fn pieces(lang: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words").join(lang);
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the catalogue").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a file");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let value = line.split_once('=').map_or(line, |(_, value)| value);
            let value = value.trim_start().trim_start_matches(['*', '[']);
            for piece in value.split(['{', '}', ']']) {
                let piece = piece.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_code = piece.contains("->") || piece.starts_with('$') || piece.contains('`');
                if !is_code && piece.split(' ').count() >= 3 && piece.len() >= 14 {
                    found.insert(piece);
                }
            }
        }
    }
    assert!(found.len() > 300, "{lang}: {}", found.len());
    found
}
