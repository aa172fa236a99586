//! What every target holds, and what they share: inputs as people can read them, in parts with a form feed between.
//! The tests of the program hold the same for the kept corpus, so nothing here needs a fuzzer.

pub mod edits;
pub mod matching;
pub mod parse;
pub mod screen;

use dermaga::lesson::{Command, Lesson, LessonId, parse};
use dermaga::text::{Diagnostic, Source, Span};

/// Stands between the parts of an input; no lesson holds one.
pub const PART: char = '\u{c}';

/// The input as a lesson's file is read when it is not UTF-8, cut into its parts.
#[must_use]
pub fn parts(data: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(data).split(PART).map(str::to_owned).collect()
}

/// The inputs of a pack that `fuzz/keep` wrote; `None` if it is cut off.
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
