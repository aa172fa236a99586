//! The words a learner can say at the prompt, in both languages always.

/// What a word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Next,
    Back,
    Goto,
    Hint,
    Solution,
    Type,
    Skip,
    Retry,
    Reset,
    Free,
    Allow,
    Quiz,
    Steps,
    Menu,
    Quit,
    Help,
}

/// A word's names, Indonesian first. None of them is a program that people have; a name that is one here stays the
/// program's. `help` and `type` stay bash's own when they have arguments.
pub(super) const VOCABULARY: [(Word, &str, &str); 16] = [
    (Word::Next, "lanjut", "next"),
    (Word::Hint, "petunjuk", "hint"),
    (Word::Type, "ketik", "type"),
    (Word::Solution, "jawaban", "solution"),
    (Word::Skip, "lewati", "skip"),
    (Word::Retry, "ulangi", "retry"),
    (Word::Back, "kembali", "back"),
    (Word::Goto, "loncat", "goto"),
    (Word::Steps, "langkah", "steps"),
    (Word::Quiz, "kuis", "quiz"),
    (Word::Free, "bebas", "explore"),
    (Word::Reset, "setel", "startover"),
    (Word::Allow, "izinkan", "allow"),
    (Word::Menu, "daftar", "menu"),
    (Word::Quit, "selesai", "quit"),
    (Word::Help, "bantuan", "help"),
];

/// Other names for the same, as people guess them.
const ALSO: [(&str, &str); 4] =
    [("keluar", "selesai"), ("free", "explore"), ("reset", "startover"), ("again", "retry")];

/// Every name.
pub(super) fn names() -> Vec<String> {
    let own = VOCABULARY.iter().flat_map(|(_, id, en)| [*id, *en]);
    own.chain(ALSO.iter().map(|(also, _)| *also)).map(str::to_owned).collect()
}

/// The word of a line such as `loncat 3`, and its arguments.
pub(super) fn read(line: &str) -> Option<(Word, &str)> {
    let (name, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name, |(_, name)| name);
    let found = VOCABULARY.iter().find(|(_, id, en)| *id == name || *en == name)?;
    Some((found.0, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_word_and_its_arguments() {
        assert_eq!(read("loncat 3"), Some((Word::Goto, "3")));
        assert_eq!(read(" next "), Some((Word::Next, "")));
        assert_eq!(read("keluar"), Some((Word::Quit, "")));
        assert_eq!(read("docker ps"), None);
        let mut names = names();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands for one word");
    }
}
