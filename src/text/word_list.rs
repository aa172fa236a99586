//! Defines [`WordList`], a table of words in the program's own code.

/// A table of words, written as one text. Spaces or line ends separate the words.
#[derive(Debug, Clone, Copy)]
pub struct WordList(pub &'static str);

impl WordList {
    /// Lists the words.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        self.0.split_whitespace()
    }

    /// Whether the table has this word.
    #[must_use]
    pub fn has(self, word: &str) -> bool {
        self.words().any(|known| known == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_list_has_each_whole_word_but_no_part_of_a_word() {
        let list = WordList(
            "satu dua \
             tiga",
        );
        assert!(["satu", "dua", "tiga"].iter().all(|word| list.has(word)));
        assert!(["", "sat", "satu dua", "empat"].iter().all(|word| !list.has(word)));
    }
}
