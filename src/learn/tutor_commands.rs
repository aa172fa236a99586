//! The words a learner can say at the prompt, in both languages always.

use crate::quiz::Call;

/// What a word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TutorCommand {
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
pub(super) const TUTOR_COMMANDS: [(TutorCommand, &str, &str); 16] = [
    (TutorCommand::Next, "lanjut", "next"),
    (TutorCommand::Hint, "petunjuk", "hint"),
    (TutorCommand::Type, "ketik", "type"),
    (TutorCommand::Solution, "jawaban", "solution"),
    (TutorCommand::Skip, "lewati", "skip"),
    (TutorCommand::Retry, "ulangi", "retry"),
    (TutorCommand::Back, "kembali", "back"),
    (TutorCommand::Goto, "loncat", "goto"),
    (TutorCommand::Steps, "langkah", "steps"),
    (TutorCommand::Quiz, "kuis", "quiz"),
    (TutorCommand::Free, "bebas", "explore"),
    (TutorCommand::Reset, "setel", "startover"),
    (TutorCommand::Allow, "izinkan", "allow"),
    (TutorCommand::Menu, "daftar", "menu"),
    (TutorCommand::Quit, "selesai", "quit"),
    (TutorCommand::Help, "bantuan", "help"),
];

/// Other names for the same, as people guess them.
const ALIASES: [(&str, &str); 4] =
    [("keluar", "selesai"), ("free", "explore"), ("reset", "startover"), ("again", "retry")];

/// Every name.
pub(super) fn command_names() -> Vec<String> {
    let own = TUTOR_COMMANDS.iter().flat_map(|(_, id, en)| [*id, *en]);
    own.chain(ALIASES.iter().map(|(also, _)| *also)).map(str::to_owned).collect()
}

/// The word of a line such as `loncat 3`, and its arguments.
pub(super) fn parse_command(line: &str) -> Option<(TutorCommand, &str)> {
    let (name, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
    let name = ALIASES.iter().find(|(also, _)| *also == name).map_or(name, |(_, name)| name);
    let found = TUTOR_COMMANDS.iter().find(|(_, id, en)| *id == name || *en == name)?;
    Some((found.0, rest.trim()))
}

/// The word in what was typed where a question waits for an answer: a word alone, in letters of any size.
#[must_use]
pub fn parse_question_command(typed: &str) -> Option<Call> {
    let (word, rest) = parse_command(&typed.trim().to_lowercase()).map(|(word, rest)| (word, rest.to_owned()))?;
    let is_alone = rest.is_empty() || (word == TutorCommand::Goto && rest.parse::<usize>().is_ok());
    is_alone.then_some(match word {
        TutorCommand::Hint => Call::Hint,
        TutorCommand::Solution => Call::Solution,
        TutorCommand::Next | TutorCommand::Skip => Call::Skip,
        TutorCommand::Help => Call::Help,
        TutorCommand::Menu => Call::Menu,
        TutorCommand::Quit => Call::Quit,
        _ => Call::Prompt,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn a_question_hears_a_word_alone() {
        assert_eq!(
            (parse_question_command("Petunjuk "), parse_question_command("hint")),
            (Some(Call::Hint), Some(Call::Hint))
        );
        assert_eq!(
            (parse_question_command("lewati"), parse_question_command("next")),
            (Some(Call::Skip), Some(Call::Skip))
        );
        assert_eq!(
            (parse_question_command("keluar"), parse_question_command("menu")),
            (Some(Call::Quit), Some(Call::Menu))
        );
        assert_eq!(
            (parse_question_command("loncat 3"), parse_question_command("ulangi")),
            (Some(Call::Prompt), Some(Call::Prompt))
        );
        assert_eq!(
            (
                parse_question_command("next step"),
                parse_question_command("loncat ke sana"),
                parse_question_command("docker"),
                parse_question_command("")
            ),
            (None, None, None, None)
        );
    }

    /// What a question says of the words is true.
    #[test]
    fn a_question_names_words_that_it_hears() {
        for lang in [Lang::Id, Lang::En] {
            let said = Words::new(lang).say("quiz-words", &[]);
            let named: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
            let heard: Vec<Option<Call>> = named.iter().map(|name| parse_question_command(name)).collect();
            let all = [Call::Hint, Call::Solution, Call::Skip, Call::Menu, Call::Quit, Call::Help].map(Some);
            assert_eq!(heard, all, "{said}");
        }
    }

    #[test]
    fn a_line_is_a_word_and_its_arguments() {
        assert_eq!(parse_command("loncat 3"), Some((TutorCommand::Goto, "3")));
        assert_eq!(parse_command(" next "), Some((TutorCommand::Next, "")));
        assert_eq!(parse_command("keluar"), Some((TutorCommand::Quit, "")));
        assert_eq!(parse_command("docker ps"), None);
        let mut names = command_names();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands for one word");
    }
}
