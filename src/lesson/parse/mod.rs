//! Parses a source into a [`Lesson`]. Reads all valid parts, and reports every mistake with its span.
//!
//! `document` finds headings and fences. `sections` turns headings and fences into steps, and passes each fence to the
//! module for fences of its kind. `variants` and `blanks` compare fences with each other.

mod attrs;
mod blanks;
mod check;
mod claim;
mod diagnostics;
#[cfg(test)]
mod docs_tests;
mod document;
mod elision;
mod endless;
mod fence;
mod file;
#[cfg(test)]
mod fixture_tests;
mod foreground;
#[cfg(test)]
mod foreign_tests;
mod front;
mod path;
mod prompt;
#[cfg(test)]
mod property_tests;
mod quiz;
mod read;
mod sections;
mod subject;
mod suspicious;
mod terminal;
mod transcript;
mod variants;
mod yaml;

pub use attrs::duration;
use diagnostics::Diagnostics;
pub use endless::{Endless, Unended, endless};
pub use prompt::{inner_prompt_len, is_inner_prompt, outer_prompt_len};
pub use suspicious::{Suspicion, looks_written, suspicion};
pub use terminal::{opens_shell, opens_terminal};

use super::{Lesson, LessonId, codes};
use crate::text::{Diagnostic, Source, Span};

/// Reads a lesson of a course. Always returns a lesson. Returns all mistakes in the order of the source.
#[must_use]
pub fn parse(source: &Source, id: LessonId) -> (Lesson, Vec<Diagnostic>) {
    read_in(source, id, Setting::Course)
}

/// Reads a file outside any course. Ignores the front matter of other tools.
#[must_use]
pub fn parse_alone(source: &Source, id: LessonId) -> (Lesson, Vec<Diagnostic>) {
    read_in(source, id, Setting::Alone)
}

/// Whether a file belongs to a course. Outside a course, front matter and fences may belong to another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// The file is in a course: the front matter belongs to a lesson.
    Course,
    /// The file is outside any course.
    Alone,
}

fn read_in(source: &Source, id: LessonId, setting: Setting) -> (Lesson, Vec<Diagnostic>) {
    let mut found = Diagnostics::new(source);
    let place = front::find(source.text(), setting);
    let text = front::blanked(source.text(), place.as_ref());
    let front = front::read(place.as_ref(), setting, &mut found);
    let pieces = document::read(&text, source);
    let begin = place.as_ref().map_or(0, |place| place.next_line(source.text()));
    let mut sections = sections::read(pieces, begin, setting, &mut found);
    variants::group(&mut sections.steps, &mut found);
    blanks::check(&sections.steps, &mut found);
    if place.is_none() && sections.fences.is_empty() {
        let first = source.text().lines().next().unwrap_or_default();
        found.report(codes::NOT_A_LESSON, Span::new(0, first.len()));
    }
    if let Some(at) = source.text().find('\0') {
        found.report(codes::NUL, Span::new(at, at + 1));
    }
    let title = front.title.as_ref().map(|title| title.value.clone()).or(sections.title);
    let lesson = Lesson {
        title: title.unwrap_or_else(|| id.0.clone()),
        id,
        source: source.clone(),
        front,
        steps: sections.steps,
        teacher: sections.teacher,
        opening: sections.opening,
        page_only: sections.page_only,
        fences: sections.fences,
    };
    (lesson, found.finish())
}
