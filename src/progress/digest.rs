//! Computes the digest of a step. An earlier pass of the step is valid as long as the digest stays the same. The digest
//! covers the step's commands, files, claims and quizzes, but not its prose and output.

use std::fmt::Write as _;

use crate::lesson::{AskKey, Attrs, Block, Claim, Quiz, QuizAnswer, Step, Subject};
use crate::text::fingerprint;

/// Returns the digest of the task of `step`: 32 hexadecimal digits, the same in every language. Changes of commands,
/// claims or right answers change the digest. Changes of prose, hints, output or quiz texts do not.
#[must_use]
pub fn step_digest(step: &Step) -> String {
    fingerprint(content(step).as_bytes())
}

/// Returns the text of which the digest is computed, with one line for each item of the task.
fn content(step: &Step) -> String {
    let mut text = String::new();
    for block in &step.blocks {
        match block {
            Block::Prose(_) => {}
            Block::Transcript(transcript) => {
                attrs(&mut text, &transcript.attrs);
                for command in &transcript.commands {
                    let _ = writeln!(text, "$ {:?}", command.text);
                }
            }
            Block::File(file) => {
                attrs(&mut text, &file.attrs);
                let _ = writeln!(text, "file {:?} {:?}", file.path.value, file.content);
            }
            Block::Check(check) => {
                attrs(&mut text, &check.attrs);
                claim(&mut text, &check.claim);
                let _ = writeln!(text, "stays {:?}", check.stays);
            }
            Block::Quiz(one) => quiz(&mut text, one),
        }
    }
    text
}

/// Writes the attributes that change the task.
fn attrs(text: &mut String, attrs: &Attrs) {
    let Attrs { exit, hidden, blank, solution, shuffle, needs, since, until, engine, .. } = attrs;
    let flags = [("hidden", hidden), ("blank", blank), ("solution", solution), ("shuffle", shuffle)];
    let flags: Vec<&str> = flags.iter().filter(|(_, on)| **on).map(|(name, _)| *name).collect();
    let engine = engine.map(crate::lesson::EngineFamily::name);
    let _ = writeln!(text, "fence {exit:?} {flags:?} {needs:?} {since:?} {until:?} {engine:?}");
}

fn claim(text: &mut String, claim: &Claim) {
    let subject = match &claim.subject {
        Subject::Ran(pattern) => format!("Ran({:?})", pattern.text()),
        subject => format!("{subject:?}"),
    };
    let _ = writeln!(text, "claim {subject} absent={}", claim.absent);
    if let Some(on) = &claim.on {
        let _ = writeln!(text, "  on {on}");
    }
    for ask in &claim.asks {
        let key = match &ask.key {
            AskKey::Inspect(path) => format!("{path:?}"),
            AskKey::Own(word) => word.clone(),
        };
        let _ = writeln!(text, "  {key} {:?}", ask.op);
    }
}

/// Writes the structure of a quiz without its texts, because the texts differ between languages.
fn quiz(text: &mut String, quiz: &Quiz) {
    let _ = match &quiz.answer {
        QuizAnswer::Options(options) => {
            writeln!(text, "options {:?}", options.iter().map(|option| option.right).collect::<Vec<_>>())
        }
        QuizAnswer::Order(list) => writeln!(text, "order {}", list.len()),
        QuizAnswer::Match(pairs) => writeln!(text, "match {}", pairs.len()),
        QuizAnswer::Fact(fact) => writeln!(text, "fact {:?} {:?} {:?}", fact.subject, fact.path, fact.compare),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    const LESSON: &str = "# Judul\n\n## Satu {#satu}\n\nAda kata.\n\n```console\n$ docker ps\nCONTAINER ID\n```\n\n\
        ```check\ncontainer: web\nState.Running: true\nhints:\n  - \"Lihat.\"\n```\n\n\
        ```quiz\nask: \"Apa?\"\noptions:\n  - text: \"Ya\"\n    right: true\n  - text: \"Bukan\"\n    why: \"Salah.\"\n```\n";

    fn digest(text: &str) -> String {
        let (lesson, _) = parse(&Source::new("a.md", text), LessonId("a".into()));
        step_digest(&lesson.steps[0])
    }

    #[test]
    fn digest_changes_with_the_task_but_not_with_prose_hints_or_output() {
        let first = digest(LESSON);
        for (from, to) in [("Ada kata", "Lain"), ("CONTAINER ID", "NAMES"), ("Lihat", "Baca"), ("Apa?", "What?")] {
            assert_eq!(digest(&LESSON.replace(from, to)), first, "{from}");
        }
        for (from, to) in [
            ("docker ps", "docker ps -a"),
            ("container: web", "container: api"),
            ("Running: true", "Running: false"),
            ("console", "console,exit=1"),
            ("    right: true\n  - text: \"Bukan\"\n", "    why: x\n  - text: \"Bukan\"\n    right: true\n"),
        ] {
            assert_ne!(digest(&LESSON.replacen(from, to, 1)), first, "{from}");
        }
    }

    #[test]
    fn digest_stays_the_same_in_every_version() {
        // The digest of an unchanged step must stay the same. If this assertion fails, every pass of every learner
        // would count as outdated.
        assert_eq!(digest(LESSON), "cfccd092febd09b47408ddadead55113");
    }
}
