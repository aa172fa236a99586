//! The two word lists of Docker's generated container names: `adjective_surname`.
//!
//! moby froze both lists in 2022. The last words of each list come from older releases, because old transcripts contain
//! these words.

use crate::text::WordList;

const LEFT: WordList = WordList(include_str!("random_names/left.txt"));
const RIGHT: WordList = WordList(include_str!("random_names/right.txt"));

/// Whether `word` may be a name that Docker generated, such as `admiring_turing` or `admiring_turing3`, but not
/// `admiring_adoring`.
pub(super) fn is_random_name(word: &str) -> bool {
    let word = word.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(word);
    let Some((left, right)) = word.split_once('_') else { return false };
    LEFT.has(left) && RIGHT.has(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_name_is_an_adjective_and_a_surname_of_the_lists() {
        for name in ["admiring_turing", "zen_wu", "nervous_mcclintock7", "condescending_proskuriakova"] {
            assert!(is_random_name(name), "{name}");
        }
        for name in ["admiring_ryan", "server_rumah", "admiring", "_turing", "admiring_", "admiring_turing33", "web"] {
            assert!(!is_random_name(name), "{name}");
        }
    }
}
