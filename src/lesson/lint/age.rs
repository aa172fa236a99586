//! Finds out whether a translation is out of date. The front matter of a translation names the version of the source
//! from which the translation was made.

use std::fmt::Write as _;

use super::rules::title_place;
use super::{Findings, carry, codes, prose_digest, step_digests};
use crate::lesson::{Lesson, LessonFile};
use crate::text::Edit;

/// The parts of a translation that are older than its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Age {
    /// No part is older, or the front matter does not name a version.
    Current,
    /// Some part is older, but the front matter does not record the digests of steps.
    Somewhere,
    /// The parts with these step ids are older. [`OPENING`](crate::lesson::OPENING) comes first. The list is empty if
    /// only the sections for teachers changed.
    Steps(Vec<String>),
}

/// Returns the parts of the translation `own` that are older than `source`.
#[must_use]
pub fn age(own: &Lesson, source: &Lesson) -> Age {
    age_of(own, source, &prose_digest(source))
}

fn age_of(own: &Lesson, source: &Lesson, digest: &str) -> Age {
    if own.front.translates.as_ref().is_none_or(|written| written.value == digest) {
        return Age::Current;
    }
    let known = own.front.translated.iter().flat_map(|translated| &translated.steps);
    if known.clone().next().is_none() {
        return Age::Somewhere;
    }
    let same = |(step, digest): &(String, String)| {
        known.clone().any(|(known, written)| known.value == *step && written.value == *digest)
    };
    let now = step_digests(source);
    let mut old: Vec<String> = now.iter().filter(|step| !same(step)).map(|(step, _)| step.clone()).collect();
    // Steps that the source no longer has are out of date too.
    let gone = known.clone().filter(|(step, _)| now.iter().all(|(there, _)| *there != step.value));
    old.extend(gone.map(|(step, _)| step.value.clone()));
    Age::Steps(old)
}

/// Reports `file` if it is older than `source`. `digest` is the digest of the source's prose.
pub(super) fn check(
    file: &LessonFile,
    source: &LessonFile,
    digest: String,
    today: Option<&str>,
    found: &mut Findings<'_>,
) {
    let lesson = &file.lesson;
    let Some(written) = &lesson.front.translates else {
        let whole = file.named && lesson.front.translated.is_none();
        let steps = if whole { translated(&source.lesson, today) } else { String::new() };
        let edits = carry::front_line(lesson, &format!("translates: {digest}\n{steps}"));
        found.push_with(codes::NO_DIGEST.at(title_place(lesson)).with("digest", digest), edits);
        return;
    };
    let steps = match age_of(lesson, &source.lesson, &digest) {
        Age::Current => return,
        Age::Somewhere => "unknown".to_owned(),
        Age::Steps(steps) if steps.is_empty() => "teacher".to_owned(),
        Age::Steps(steps) => steps.iter().map(|step| format!("`{step}`")).collect::<Vec<_>>().join(", "),
    };
    // Only a person can confirm that the translation is up to date. A user who names the file on the command line
    // confirms this.
    let edits = if file.named {
        let whole = Edit { span: written.span, text: digest.clone() };
        let steps = carry::front_entry(lesson, "translated", "translates", &translated(&source.lesson, today));
        std::iter::once(whole).chain(steps).collect()
    } else {
        Vec::new()
    };
    let diagnostic = codes::OLD_TRANSLATION.at(written.span).with("steps", steps);
    let path = file.path.display().to_string();
    found.push_with(diagnostic.with("digest", digest).with("path", path), edits);
}

/// Returns the lines of the key `translated` for an up-to-date translation. Returns an empty text if a step of the
/// source has no written id.
#[must_use]
pub fn translated(source: &Lesson, today: Option<&str>) -> String {
    if source.steps.iter().any(|step| !step.id_written && !step.id.is_opening()) {
        return String::new();
    }
    let mut lines = "translated:\n".to_owned();
    if let Some(today) = today {
        let _ = writeln!(lines, "  date: {today}");
    }
    lines.push_str("  steps:\n");
    for (step, digest) in step_digests(source) {
        let _ = writeln!(lines, "    {step}: {digest}");
    }
    lines
}
