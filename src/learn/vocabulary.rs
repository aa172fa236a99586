//! The words a learner can say at the prompt, in both languages always.

use crate::quiz::Call;

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
    Task,
    Menu,
    Quit,
    Help,
}

/// A word's names, Indonesian first. None of them is a program that people have; a name that is one here stays the
/// program's. `help` and `type` stay bash's own when they have arguments.
pub(super) const VOCABULARY: [(Word, &str, &str); 17] = [
    (Word::Next, "lanjut", "next"),
    (Word::Hint, "petunjuk", "hint"),
    (Word::Type, "ketik", "type"),
    (Word::Solution, "jawaban", "solution"),
    (Word::Skip, "lewati", "skip"),
    (Word::Retry, "ulangi", "retry"),
    (Word::Task, "tugas", "task"),
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

fn plain_names() -> impl Iterator<Item = &'static str> {
    VOCABULARY.iter().flat_map(|(_, id, en)| [*id, *en]).chain(ALSO.iter().map(|(also, _)| *also))
}

/// Every name, also as `Petunjuk` and `PETUNJUK`.
pub(super) fn names() -> Vec<String> {
    let capital = |name: &str| name[..1].to_uppercase() + &name[1..];
    plain_names().flat_map(|name| [name.to_owned(), capital(name), name.to_uppercase()]).collect()
}

/// The name that was meant by one that is not there, also where it is one of ours but nobody hears it.
pub(super) fn nearest_name(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let exact = plain_names().find(|name| *name == lower);
    exact.or_else(|| crate::text::nearest(&lower, plain_names()).filter(|_| lower.len() > 3))
}

/// The word of a line such as `loncat 3`, and its arguments.
pub(super) fn read(line: &str) -> Option<(Word, &str)> {
    let (name, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
    let name = name.to_lowercase();
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(&*name, |(_, name)| name);
    let found = VOCABULARY.iter().find(|(_, id, en)| *id == name || *en == name)?;
    Some((found.0, rest.trim()))
}

/// The word in what was typed where a question waits for an answer: a word alone, in letters of any size.
#[must_use]
pub fn hear(typed: &str) -> Option<Call> {
    let (word, rest) = read(&typed.trim().to_lowercase()).map(|(word, rest)| (word, rest.to_owned()))?;
    let is_alone = rest.is_empty() || (word == Word::Goto && rest.parse::<usize>().is_ok());
    is_alone.then_some(match word {
        Word::Hint => Call::Hint,
        Word::Solution => Call::Solution,
        Word::Next | Word::Skip => Call::Skip,
        Word::Help => Call::Help,
        Word::Menu => Call::Menu,
        Word::Quit => Call::Quit,
        _ => Call::Prompt,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn a_question_hears_a_word_alone() {
        assert_eq!((hear("Petunjuk "), hear("hint")), (Some(Call::Hint), Some(Call::Hint)));
        assert_eq!((hear("lewati"), hear("next")), (Some(Call::Skip), Some(Call::Skip)));
        assert_eq!((hear("keluar"), hear("menu")), (Some(Call::Quit), Some(Call::Menu)));
        assert_eq!((hear("loncat 3"), hear("ulangi")), (Some(Call::Prompt), Some(Call::Prompt)));
        assert_eq!((hear("next step"), hear("loncat ke sana"), hear("docker"), hear("")), (None, None, None, None));
    }

    /// What a question says of the words is true.
    #[test]
    fn a_question_names_words_that_it_hears() {
        for lang in [Lang::Id, Lang::En] {
            let said = Words::new(lang).say("quiz-words", &[]);
            let named: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
            let heard: Vec<Option<Call>> = named.iter().map(|name| hear(name)).collect();
            let all = [Call::Hint, Call::Solution, Call::Skip, Call::Menu, Call::Quit, Call::Help].map(Some);
            assert_eq!(heard, all, "{said}");
        }
    }

    #[test]
    fn a_line_is_a_word_and_its_arguments() {
        assert_eq!(read("loncat 3"), Some((Word::Goto, "3")));
        assert_eq!(read(" next "), Some((Word::Next, "")));
        assert_eq!(read("keluar"), Some((Word::Quit, "")));
        assert_eq!(read("Petunjuk"), Some((Word::Hint, "")));
        assert_eq!((nearest_name("bantaun"), nearest_name("KUIS")), (Some("bantuan"), Some("kuis")));
        assert_eq!((nearest_name("docker"), nearest_name("ls")), (None, None));
        assert_eq!(read("docker ps"), None);
        let mut names = names();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands for one word");
    }
}
