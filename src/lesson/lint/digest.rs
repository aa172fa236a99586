//! Computes the digest of a lesson's prose. A translation records the digest of its source. If the source changes, the
//! digests differ, and the translation is out of date.

use super::prose::{self, Prose};
use crate::lesson::{Lesson, OPENING, Spanned};
use crate::text::{Fnv64, Span};

/// Returns the digest of a lesson's prose: 16 hexadecimal digits. Translations of the lesson record this digest under
/// `translates:`.
///
/// The digest is FNV-1a (64 bits) over these pieces, in this order: the Markdown text without markup, every piece of
/// code that is not run, the title, the objectives, and the texts of checks and quizzes. Before hashing, each piece
/// gets single spaces between its words and a zero byte at its end. So the digest stays the same if the author wraps
/// lines differently, or changes commands, outputs or claims. `lint` compares commands, outputs and claims directly.
#[must_use]
pub fn prose_digest(lesson: &Lesson) -> String {
    of(lesson, &prose::read(lesson))
}

pub(super) fn of(lesson: &Lesson, prose: &Prose) -> String {
    digest(prose, &prose::texts(lesson))
}

/// Returns the digests of a lesson's parts, by the same rule as [`prose_digest`]. [`OPENING`] covers the title, the
/// objectives and the part before the first `##`. Each step has its own digest. Sections for teachers have no digest.
#[must_use]
pub fn step_digests(lesson: &Lesson) -> Vec<(String, String)> {
    let headings = lesson.steps.iter().filter(|step| !step.heading.is_empty()).map(|step| step.span.start);
    let teacher = lesson.teacher.iter().map(|span| span.start);
    let begin = lesson.front.span.end;
    let end = headings.chain(teacher).min().unwrap_or(lesson.source.text().len()).max(begin);
    let of_front = lesson.front.title.iter().chain(&lesson.front.objectives);
    let opening = lesson.steps.iter().filter(|step| step.heading.is_empty()).flat_map(|step| &step.blocks);
    let texts: Vec<_> = of_front.chain(prose::block_texts(opening)).collect();
    let mut digests = vec![(OPENING.to_owned(), digest(&prose::read_part(lesson, Span::new(begin, end)), &texts))];
    for step in lesson.steps.iter().filter(|step| !step.heading.is_empty()) {
        let texts: Vec<_> = prose::block_texts(&step.blocks).collect();
        digests.push((step.id.0.clone(), digest(&prose::read_part(lesson, step.span), &texts)));
    }
    digests
}

fn digest(prose: &Prose, texts: &[&Spanned<String>]) -> String {
    let pieces = std::iter::once(prose.text.as_str())
        .chain(prose.code.iter().map(String::as_str))
        .chain(texts.iter().map(|text| text.value.as_str()));
    let mut hash = Fnv64::default();
    for piece in pieces {
        for (index, word) in piece.split_whitespace().enumerate() {
            if index > 0 {
                hash.write(b" ");
            }
            hash.write(word.as_bytes());
        }
        hash.write(&[0]);
    }
    format!("{:016x}", hash.finish())
}

#[cfg(test)]
mod tests {
    use super::super::prose::tests::file;
    use super::*;

    const LESSON: &str =
        "# Judul\n\n## Satu {#satu}\n\nAda dua\nbaris dengan `kode`.\n\n```console\n$ echo a\na\n```\n";

    #[test]
    fn digest_changes_with_words_but_not_with_wrapping_or_outputs() {
        let digest = |text: &str| prose_digest(&file(text).lesson);
        let first = digest(LESSON);
        assert_eq!(first.len(), 16);
        assert_eq!(digest(&LESSON.replace("dua\nbaris", "dua baris")), first);
        assert_eq!(digest(&LESSON.replace('\n', "\r\n")), first);
        assert_eq!(digest(&LESSON.replace("\na\n", "\nb\n")), first);
        assert_ne!(digest(&LESSON.replace("dua", "tiga")), first);
        assert_ne!(digest(&LESSON.replace("`kode`", "`kodenya`")), first);
        assert_ne!(digest(&LESSON.replace("Judul", "Judul baru")), first);
    }
}
