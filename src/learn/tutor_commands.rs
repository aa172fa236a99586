//! The tutor's commands, which a learner types at the prompt. The names of both languages are always valid.

use crate::quiz::QuizCommand;
use crate::text::nearest_within;

/// A command for the tutor.
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
    Task,
    Notes,
    Menu,
    Quit,
    Help,
}

/// The commands with their Indonesian and English names. If a program has the same name, the name runs the program.
/// With arguments, `help` and `type` run the commands of bash.
pub(super) const TUTOR_COMMANDS: [(TutorCommand, &str, &str); 18] = [
    (TutorCommand::Next, "lanjut", "next"),
    (TutorCommand::Hint, "petunjuk", "hint"),
    (TutorCommand::Type, "ketik", "type"),
    (TutorCommand::Solution, "jawaban", "solution"),
    (TutorCommand::Skip, "lewati", "skip"),
    (TutorCommand::Retry, "ulangi", "retry"),
    (TutorCommand::Task, "tugas", "task"),
    (TutorCommand::Back, "kembali", "back"),
    (TutorCommand::Goto, "loncat", "goto"),
    (TutorCommand::Steps, "langkah", "steps"),
    (TutorCommand::Quiz, "kuis", "quiz"),
    (TutorCommand::Notes, "catatan", "notes"),
    (TutorCommand::Free, "bebas", "explore"),
    (TutorCommand::Reset, "setel", "startover"),
    (TutorCommand::Allow, "izinkan", "allow"),
    (TutorCommand::Menu, "daftar", "menu"),
    (TutorCommand::Quit, "selesai", "quit"),
    (TutorCommand::Help, "bantuan", "help"),
];

/// Other names of tutor commands that people may guess, each with the proper name.
const ALIASES: [(&str, &str); 6] = [
    ("keluar", "selesai"),
    ("free", "explore"),
    ("reset", "startover"),
    ("again", "retry"),
    ("undo", "retry"),
    ("redo", "retry"),
];

fn plain_names() -> impl Iterator<Item = &'static str> {
    TUTOR_COMMANDS.iter().flat_map(|(_, id, en)| [*id, *en]).chain(ALIASES.iter().map(|(also, _)| *also))
}

/// Returns all names of tutor commands, each also in the forms `Petunjuk` and `PETUNJUK`.
pub(super) fn command_names() -> Vec<String> {
    let capital = |name: &str| name[..1].to_uppercase() + &name[1..];
    plain_names().flat_map(|name| [name.to_owned(), capital(name), name.to_uppercase()]).collect()
}

/// The names of the tutor commands that leave the lesson.
const LEAVING: [&str; 5] = ["selesai", "quit", "keluar", "daftar", "menu"];

/// Returns the name of a tutor command that equals or resembles `word`. Never guesses a command that leaves the lesson.
pub(super) fn nearest_name(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let exact = plain_names().find(|name| *name == lower);
    let guessed = || plain_names().filter(|name| !LEAVING.contains(name));
    let slips = if lower.len() > 8 { 2 } else { 1 };
    exact.or_else(|| nearest_within(&lower, guessed(), slips).filter(|_| lower.len() > 4))
}

/// Parses a line such as `loncat 3` into a command and its arguments.
pub(super) fn parse_command(line: &str) -> Option<(TutorCommand, &str)> {
    let (name, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
    let name = name.to_lowercase();
    let name = ALIASES.iter().find(|(also, _)| *also == name).map_or(&*name, |(_, name)| name);
    let found = TUTOR_COMMANDS.iter().find(|(_, id, en)| *id == name || *en == name)?;
    Some((found.0, rest.trim()))
}

/// Parses an answer to a question as a tutor command: a name in upper or lower case, without arguments.
#[must_use]
pub fn parse_question_command(typed: &str) -> Option<QuizCommand> {
    let (word, rest) = parse_command(&typed.trim().to_lowercase()).map(|(word, rest)| (word, rest.to_owned()))?;
    let is_alone = rest.is_empty() || (word == TutorCommand::Goto && rest.parse::<usize>().is_ok());
    is_alone.then_some(match word {
        TutorCommand::Hint => QuizCommand::Hint,
        TutorCommand::Solution => QuizCommand::Solution,
        TutorCommand::Next | TutorCommand::Skip => QuizCommand::Skip,
        TutorCommand::Help => QuizCommand::Help,
        TutorCommand::Menu => QuizCommand::Menu,
        TutorCommand::Quit => QuizCommand::Quit,
        _ => QuizCommand::Prompt,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn question_accepts_tutor_commands_without_arguments() {
        assert_eq!(
            (parse_question_command("Petunjuk "), parse_question_command("hint")),
            (Some(QuizCommand::Hint), Some(QuizCommand::Hint))
        );
        assert_eq!(
            (parse_question_command("lewati"), parse_question_command("next")),
            (Some(QuizCommand::Skip), Some(QuizCommand::Skip))
        );
        assert_eq!(
            (parse_question_command("keluar"), parse_question_command("menu")),
            (Some(QuizCommand::Quit), Some(QuizCommand::Menu))
        );
        assert_eq!(
            (parse_question_command("loncat 3"), parse_question_command("ulangi")),
            (Some(QuizCommand::Prompt), Some(QuizCommand::Prompt))
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

    #[test]
    fn question_accepts_every_tutor_command_that_its_text_names() {
        for lang in [Lang::Id, Lang::En] {
            let said = Words::new(lang).say("quiz-words", &[]);
            let named: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
            let heard: Vec<Option<QuizCommand>> = named.iter().map(|name| parse_question_command(name)).collect();
            let all = [
                QuizCommand::Hint,
                QuizCommand::Solution,
                QuizCommand::Skip,
                QuizCommand::Menu,
                QuizCommand::Quit,
                QuizCommand::Help,
            ]
            .map(Some);
            assert_eq!(heard, all, "{said}");
        }
    }

    #[test]
    fn line_is_parsed_into_a_tutor_command_and_its_arguments() {
        assert_eq!(parse_command("loncat 3"), Some((TutorCommand::Goto, "3")));
        assert_eq!(parse_command(" next "), Some((TutorCommand::Next, "")));
        assert_eq!(parse_command("keluar"), Some((TutorCommand::Quit, "")));
        assert_eq!(parse_command("undo"), Some((TutorCommand::Retry, "")));
        assert_eq!(parse_command("Petunjuk"), Some((TutorCommand::Hint, "")));
        assert_eq!((nearest_name("bantaun"), nearest_name("KUIS")), (Some("bantuan"), Some("kuis")));
        assert_eq!((nearest_name("xyzzy"), nearest_name("ls")), (None, None));
        // A very different name is no typing mistake, and no guess leaves the lesson.
        assert_eq!((nearest_name("pelajar"), nearest_name("kelauar"), nearest_name("mennu")), (None, None, None));
        assert_eq!((nearest_name("keluar"), nearest_name("solutoin")), (Some("keluar"), Some("solution")));
        assert_eq!(parse_command("docker ps"), None);
        let mut names = command_names();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands for one word");
    }
}
