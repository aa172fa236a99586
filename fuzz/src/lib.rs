//! What the targets share: inputs as people can read them, in parts with a form feed between.

use dermaga::lesson::{Command, Lesson, LessonId, parse};
use dermaga::text::{Diagnostic, Source, Span};

/// Stands between the parts of an input; no lesson holds one.
pub const PART: char = '\u{c}';

/// The input as a lesson's file is read when it is not UTF-8, cut into its parts.
#[must_use]
pub fn parts(data: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(data).split(PART).map(str::to_owned).collect()
}

/// A lesson called `uji`.
#[must_use]
pub fn read(text: &str) -> (Lesson, Vec<Diagnostic>) {
    parse(&Source::new("uji.md", text), LessonId("uji".into()))
}

/// The commands of a lesson with whether their fence is `exact`, in order.
#[must_use]
pub fn commands(lesson: &Lesson) -> Vec<(Command, bool)> {
    lesson
        .transcripts()
        .flat_map(|(_, transcript)| transcript.commands.iter().map(|command| (command.clone(), transcript.attrs.exact)))
        .collect()
}

/// `span` lies in `text` and cuts no character.
#[track_caller]
pub fn lies_in(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
}
