//! Compares the reference for authors, `docs/lessons.md` and its Indonesian version, with the parser.

use std::path::Path;

use super::{attrs, check, claim, front, quiz, subject};
use crate::lesson::{Block, Lesson, LessonId, parse, parse_course, parse_terms};
use crate::text::Source;

/// A fenced block of a document: its info string and its content.
type Example = (String, String);

fn documents() -> [(&'static str, String); 2] {
    ["docs/lessons.md", "docs/lessons.id.md"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        (name, std::fs::read_to_string(path).unwrap())
    })
}

/// Splits a document into its prose and its fenced blocks.
fn cut(text: &str) -> (String, Vec<Example>) {
    let (mut prose, mut examples) = (String::new(), Vec::new());
    let mut open: Option<(String, Example)> = None;
    for line in text.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match &mut open {
            Some((marker, example)) if line == marker => {
                examples.push(std::mem::take(example));
                open = None;
            }
            Some((_, (_, body))) => body.extend([line, "\n"]),
            None if ticks >= 3 => open = Some((line[..ticks].to_owned(), (line[ticks..].to_owned(), String::new()))),
            None => prose.extend([line, "\n"]),
        }
    }
    assert!(open.is_none(), "a block is left open");
    (prose, examples)
}

/// Whether `prose` contains `name` in backquotes, alone or before a value.
fn names(prose: &str, name: &str) -> bool {
    let code = prose.split('`').skip(1).step_by(2);
    code.into_iter().any(|code| {
        let code = code.strip_prefix("{ ").unwrap_or(code);
        code.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '=']) || name.ends_with('.'))
    })
}

fn read(text: &str) -> Lesson {
    let (lesson, found) = parse(&Source::new("docs.md", text), LessonId("docs".into()));
    assert!(found.is_empty(), "{text}\n{found:#?}");
    lesson
}

/// Returns the example without comments and without quoted texts of several words, because comments and such texts are
/// translated.
fn without_words(example: &str) -> String {
    let quoted = |line: &str| {
        let mut parts: Vec<&str> = line.split('"').collect();
        for part in parts.iter_mut().skip(1).step_by(2).filter(|part| part.contains(' ')) {
            *part = "";
        }
        parts.join("\"")
    };
    example.lines().map(|line| quoted(line.split(" # ").next().unwrap_or_default()) + "\n").collect()
}

#[test]
fn docs_name_every_key_and_attribute_of_the_lesson_format() {
    let own = subject::ALL.iter().flat_map(|subject| subject::own_keys(subject));
    let words = [
        &front::KEYS[..],
        &attrs::KNOWN,
        &attrs::OURS,
        &subject::ALL,
        &claim::OPERATORS,
        &check::OTHERS,
        &quiz::KEYS,
        &quiz::FACT_KEYS,
        &["date", "steps", "opening", "when", "say", "text", "right", "why"],
        // The keys of `course.toml` and `terms.toml`.
        &["title", "languages", "engine", "group", "id", "lessons", "gloss", "forbidden", "also", "taught", "note"],
    ];
    for (document, text) in documents() {
        let (prose, _) = cut(&text);
        assert_eq!(prose.matches('`').count() % 2, 0, "{document}: a code is left open");
        for word in words.iter().copied().flatten().chain(own.clone()) {
            assert!(names(&prose, word), "{document} does not name `{word}`");
        }
    }
}

#[test]
fn docs_have_the_same_structure_in_both_languages() {
    let [(_, english), (_, indonesian)] = documents();
    let ((here, ours), (there, theirs)) = (cut(&english), cut(&indonesian));
    let outline = |prose: &str| {
        let marks = prose.lines().filter_map(|line| {
            let mark = line.split(' ').next().unwrap_or_default();
            matches!(mark, "#" | "##" | "###" | "|" | "-").then(|| mark.to_owned())
        });
        marks.collect::<Vec<_>>()
    };
    assert_eq!(outline(&here), outline(&there), "headings, rows of tables, items of lists");
    assert_eq!(ours.len(), theirs.len(), "blocks");
    for ((info, example), (other, translation)) in ours.iter().zip(&theirs) {
        assert_eq!(info, other);
        if !example.starts_with("---\n") {
            assert_eq!(without_words(example), without_words(translation));
            continue;
        }
        let blocks = |text: &str| {
            let lesson = read(text);
            let shown = |block: &Block| match block {
                Block::Prose(_) => "prose".to_owned(),
                Block::Transcript(transcript) => lesson.source.slice(transcript.span).to_owned(),
                Block::File(file) => lesson.source.slice(file.span).to_owned(),
                Block::Check(check) => format!("{:?} {}", check.claim.subject, check.claim.asks.len()),
                Block::Quiz(_) => "quiz".to_owned(),
            };
            let step =
                |step: &crate::lesson::Step| (step.id.0.clone(), step.blocks.iter().map(shown).collect::<Vec<_>>());
            lesson.steps.iter().map(step).collect::<Vec<_>>()
        };
        assert_eq!(blocks(example), blocks(translation));
    }
}

#[test]
fn every_example_in_the_docs_is_valid() {
    for (document, text) in documents() {
        let (_, examples) = cut(&text);
        assert!(examples.iter().any(|(_, example)| example.starts_with("---\n")), "{document}: no whole lesson");
        for (info, example) in examples {
            match info.as_str() {
                "markdown" => drop(read(&example)),
                "yaml" if example.starts_with("translates") => drop(read(&format!("---\n{example}---\n"))),
                "yaml" => {
                    let kind = if example.lines().any(|line| line.starts_with("ask:")) { "quiz" } else { "check" };
                    read(&format!("## A {{#a}}\n\n```{kind}\n{example}```\n"));
                }
                "text" if example.starts_with("$ ") => {
                    drop(read(&format!("## A {{#a}}\n\n```console\n{example}```\n")));
                }
                "toml" => {
                    let source = Source::new("docs.toml", &example);
                    let course = example.contains("[[group]]");
                    let found = if course { parse_course(&source).1 } else { parse_terms(&source).1 };
                    assert!(found.is_empty(), "{document}: {example}\n{found:#?}");
                }
                other => panic!("{document}: nobody reads an example of `{other}`"),
            }
        }
    }
}
