//! Finds the stems of words with Snowball, and corrects known mistakes of Snowball in Indonesian.
//!
//! Snowball does not restore the letter that a nasal prefix replaced (`menulis` → `ulis`). This module restores the
//! letter if the whole root occurs in the book. Snowball also takes the beginning of some roots for a prefix (`terima`
//! → `ima`). A list of roots corrects this.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use pagefind_stem::{Algorithm, Stemmer};

use super::pack::Entry;

/// Roots that seem to have a prefix or a suffix, and roots that a nasal prefix changes.
const ROOTS: &str = include_str!("roots.txt");

static KNOWN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| ROOTS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect());

/// Returns the stem of every word of prose whose stem differs from the word.
pub(super) fn stems<'w>(words: &BTreeMap<&'w str, Entry>) -> HashMap<&'w str, String> {
    let indonesian = Stemmer::create(Algorithm::Indonesian);
    let english = Stemmer::create(Algorithm::English);
    let prose =
        || words.iter().filter(|(word, entry)| entry.is_prose() && word.chars().all(|c| c.is_ascii_lowercase()));
    let attested: HashSet<&str> = prose().map(|(word, _)| *word).collect();
    let mut found = HashMap::new();
    for (&word, entry) in prose() {
        let stem = if entry.english {
            english.stem(word).into_owned()
        } else {
            root(word, &attested, |word| indonesian.stem(word).into_owned())
        };
        if stem != word && stem.len() > 1 {
            found.insert(word, stem);
        }
    }
    found
}

fn root(word: &str, attested: &HashSet<&str>, snowball: impl Fn(&str) -> String) -> String {
    if let Some(known) = candidates(word).into_iter().find(|candidate| KNOWN.contains(candidate.as_str())) {
        return known;
    }
    // If the word is an English plural and the singular also occurs, returns the root of the singular.
    if let Some(one) = word.strip_suffix('s').filter(|one| one.len() > 2 && attested.contains(one)) {
        return root(one, attested, snowball);
    }
    let stem = snowball(word);
    if stem.len() < 3 {
        return word.to_owned();
    }
    let nasal = ["meng", "peng", "men", "pen", "mem", "pem"].iter().any(|prefix| word.starts_with(prefix));
    if nasal && stem.starts_with(['a', 'e', 'i', 'o', 'u']) && !attested.contains(stem.as_str()) {
        let whole = ["t", "k", "p"].map(|letter| format!("{letter}{stem}"));
        if let Some(whole) = whole.into_iter().find(|whole| attested.contains(whole.as_str())) {
            return whole;
        }
    }
    stem
}

/// Removes every possible combination of suffixes and prefixes from the word. Returns the longest results first.
/// `theme/js/search-words.js` does the same for words that are not in the book.
fn candidates(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    for endings in [&["lah", "kah", "pun"][..], &["nya", "ku", "mu"], &["kan", "an", "i"]] {
        let shorter = found.iter().flat_map(|word| endings.iter().filter_map(|ending| word.strip_suffix(ending)));
        let shorter: Vec<String> = shorter.map(str::to_owned).collect();
        found.extend(shorter);
    }
    for _ in 0..2 {
        let shorter: Vec<String> = found.iter().flat_map(|word| without_prefix(word)).collect();
        found.extend(shorter);
    }
    found.retain(|word| word.len() > 2);
    found.sort_by_key(|word| std::cmp::Reverse(word.len()));
    found.dedup();
    found
}

fn without_prefix(word: &str) -> Vec<String> {
    /// Prefixes, each with the letters of the root that the prefix may have replaced.
    const PREFIXES: &[(&str, &[&str])] = &[
        ("di ke se ber be bel ter te per pe pel me", &[""]),
        ("mem pem", &["", "p"]),
        ("men pen", &["", "t"]),
        ("meng peng", &["", "k"]),
        ("meny peny", &["s"]),
    ];
    let mut found = Vec::new();
    for (prefixes, letters) in PREFIXES {
        for rest in prefixes.split(' ').filter_map(|prefix| word.strip_prefix(prefix)) {
            found.extend(letters.iter().map(|letter| format!("{letter}{rest}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_root_have_the_same_stem() {
        let groups = [
            ("jalan", "jalankan dijalankan menjalankan berjalan jalannya"),
            ("tulis", "tulis menulis ditulis tulisan penulisan"),
            ("terima", "terima menerima diterima penerimaan"),
            ("pakai", "pakai memakai dipakai pakailah pemakaian"),
            ("perintah", "perintah perintahnya perintahmu"),
            ("kirim", "kirim mengirim dikirim mengirimkan"),
        ];
        let all: String = groups.iter().map(|(_, forms)| format!("{forms} ")).collect();
        let mut words = BTreeMap::new();
        for word in all.split_whitespace() {
            let mut entry = Entry::new("id");
            entry.places[0].push((0, 0));
            words.insert(word, entry);
        }
        let stems = stems(&words);
        for (root, forms) in groups {
            for form in forms.split(' ') {
                assert_eq!(stems.get(form).map_or(form, String::as_str), root, "{form}");
            }
        }
    }
}
