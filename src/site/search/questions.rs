//! Finds the passages that answer the questions in `questions.toml`. Beginners ask such questions if they do not know a
//! thing's name.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::passage::Passage;
use super::{PassageKind, Source, all_passages};
use crate::lesson::Terms;

static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(include_str!("questions.toml")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct File {
    synonyms: Vec<Vec<String>>,
    question: Vec<Question>,
}

/// Questions with the same answer, and the marks of the passages that give this answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Question {
    commands: Vec<String>,
    texts: Vec<String>,
    terms: Vec<String>,
    id: Vec<String>,
    en: Vec<String>,
}

/// The questions of one entry in one language, and the numbers of the passages that answer these questions.
pub(super) struct Asked {
    pub(super) spots: Vec<usize>,
    pub(super) questions: &'static [String],
}

/// Returns groups of everyday words. The words of a group mean the same.
pub(super) fn everyday_synonyms() -> &'static [Vec<String>] {
    &FILE.synonyms
}

/// Returns the numbers of the entries of `questions.toml` that a passage with this text answers.
pub(super) fn answered_by(text: &str) -> Vec<usize> {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let is_answered = |question: &Question| question.texts.iter().any(|part| text.contains(part));
    let numbered = FILE.question.iter().enumerate().filter(|(_, question)| is_answered(question));
    numbered.map(|(number, _)| number).collect()
}

/// Finds the passages of a site that answer questions in the language `lang`.
pub(super) fn asked(lang: &str, pages: &[Source<'_>], terms: Option<&Terms>) -> Vec<Asked> {
    let commands = commands(pages);
    let asked = FILE.question.iter().enumerate().filter_map(|(number, question)| {
        let questions: &[String] = match lang {
            "en" => &question.en,
            "id" => &question.id,
            _ => &[],
        };
        let known = terms.iter().flat_map(|terms| &terms.terms).filter(|term| question.terms.contains(&term.key));
        let taught = known.flat_map(|term| term.taught.iter().flatten());
        let lessons: HashSet<&str> = taught.map(|lesson| lesson.value.as_str()).collect();
        let mut spots: Vec<usize> = question.commands.iter().flat_map(|key| introductions(key, &commands)).collect();
        for (spot, (page, words)) in all_passages(pages).enumerate() {
            let Passage { kind, anchor, .. } = &words.passage;
            let is_term = *kind == PassageKind::Term && question.terms.contains(anchor);
            let is_beginning = anchor.is_empty() && lessons.contains(lesson_at(pages[page].path));
            if is_term || is_beginning || words.answers.contains(&number) {
                spots.push(spot);
            }
        }
        spots.sort_unstable();
        spots.dedup();
        (!spots.is_empty() && !questions.is_empty()).then_some(Asked { spots, questions })
    });
    asked.collect()
}

/// Returns the id of the lesson whose page is at `path`.
fn lesson_at(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html")
}

/// Returns the commands that have a purpose, each with the number of its passage. A command keeps its options, but
/// loses the words that a reader chooses.
fn commands<'p>(pages: &'p [Source<'_>]) -> Vec<(Vec<&'p str>, usize)> {
    let purposes = all_passages(pages)
        .enumerate()
        .flat_map(|(spot, (_, words))| words.passage.purposes.iter().map(move |(command, _)| (command.as_str(), spot)));
    let fixed = |command: &'p str| -> Vec<&'p str> {
        let first = command.split_whitespace().take_while(|part| !is_name(part));
        let options = command.split_whitespace().skip_while(|part| !is_name(part)).filter(|part| part.starts_with('-'));
        first.chain(options).collect()
    };
    purposes.map(|(command, spot)| (fixed(command), spot)).collect()
}

/// Finds the passages that introduce the command `key`. Their commands contain all words of `key`, and no command
/// contains these words with fewer other words.
fn introductions(key: &str, commands: &[(Vec<&str>, usize)]) -> Vec<usize> {
    let found = || commands.iter().filter(|(parts, _)| key.split_whitespace().all(|part| parts.contains(&part)));
    let least = found().map(|(parts, _)| parts.len()).min();
    found().filter(|(parts, _)| Some(parts.len()) == least).map(|(_, spot)| *spot).collect()
}

/// Whether a word of a command stands for something that the reader chooses, such as `NAME` or `registry:3`.
fn is_name(part: &str) -> bool {
    !part.starts_with('-') && !part.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::{Passages, TextKind, words};
    use super::*;

    #[test]
    fn questions_toml_is_valid_and_its_texts_are_in_lower_case() {
        assert!(FILE.question.len() > 30 && FILE.synonyms.len() > 10);
        for question in &FILE.question {
            assert!(question.texts.iter().all(|text| *text == text.to_lowercase()), "{question:?}");
            assert!(!question.id.is_empty() && !question.en.is_empty(), "{question:?}");
        }
    }

    #[test]
    fn question_leads_to_passages_with_its_command_text_or_term() {
        let mut passages = Passages::of_page("A");
        for (anchor, command, text) in [
            ("all", "docker ps -a", "x"),
            ("plain", "docker ps", "x"),
            ("other", "docker run -d --name NAME", "manifest  unknown"),
        ] {
            passages.begin(anchor, TextKind::Heading, anchor, PassageKind::Step);
            passages.say(TextKind::Code, text);
            passages.add_purpose(anchor, command, "purpose");
        }
        passages.begin("pid-1", TextKind::Heading, "PID 1", PassageKind::Term);
        let passages = words(passages, "en");
        let pages = [Source { path: "g/a.html", title: "A", lang: "en", passages: &passages }];
        let asked = asked("en", &pages, None);
        let at = |part: &str| {
            let found = asked.iter().find(|asked| asked.questions.iter().any(|question| question.contains(part)));
            found.map(|asked| asked.spots.clone())
        };
        assert_eq!(at("including stopped"), Some(vec![1]));
        assert_eq!(at("list active"), Some(vec![2]));
        assert_eq!(at("manifest unknown"), Some(vec![3]));
        assert_eq!(at("exits immediately"), Some(vec![2, 4]));
        assert_eq!(at("upload an image"), None);
    }
}
