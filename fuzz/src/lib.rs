//! The checks of all fuzz targets, and their common code. An input is readable text, with a form feed between its
//! parts. The tests of the program run the same checks on the stored corpus without a fuzzer.

pub mod edits;
pub mod matching;
pub mod parse;
pub mod screen;

use dermaga::lesson::{Command, Lesson, LessonId, parse};
use dermaga::text::{Diagnostic, Source, Span};

/// The character between the parts of an input. No lesson contains this character.
pub const PART: char = '\u{c}';

/// Splits an input into its parts. Replaces bytes that are not UTF-8, as the program does when it reads a lesson.
#[must_use]
pub fn parts(data: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(data).split(PART).map(str::to_owned).collect()
}

/// Returns the inputs in a pack that `fuzz/keep` has written, or `None` if the pack is incomplete.
#[must_use]
pub fn unpack(mut pack: &[u8]) -> Option<Vec<&[u8]>> {
    let mut inputs = Vec::new();
    while let Some((len, rest)) = pack.split_first_chunk::<4>() {
        let (input, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*len)).ok()?)?;
        inputs.push(input);
        pack = rest;
    }
    pack.is_empty().then_some(inputs)
}

/// Parses a lesson with the id `uji`.
#[must_use]
pub fn read(text: &str) -> (Lesson, Vec<Diagnostic>) {
    parse(&Source::new("uji.md", text), LessonId("uji".into()))
}

/// Returns the commands of a lesson in order, each with a flag. The flag says whether the command's fence is `exact`.
#[must_use]
pub fn commands(lesson: &Lesson) -> Vec<(Command, bool)> {
    lesson
        .transcripts()
        .flat_map(|(_, transcript)| transcript.commands.iter().map(|command| (command.clone(), transcript.attrs.exact)))
        .collect()
}

/// Asserts that `span` is within `text` and splits no character.
#[track_caller]
pub fn lies_in(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
}
