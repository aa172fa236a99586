//! Reads one lesson.

use std::path::PathBuf;

use super::error::FileError;
use super::file::{Decoded, read_lossy};
use super::path::stem;
use crate::lesson::lint::NOT_UTF8;
use crate::lesson::{LessonFile, LessonId, parse, parse_alone};
use crate::text::{Diagnostic, Span};

/// The reason why a lesson is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadReason {
    /// To compare it with another lesson.
    Beside,
    /// The user named its course or a directory that contains it.
    Asked,
    /// The user named the lesson itself.
    Named,
}

/// Reads a lesson of the course in `lang`. Without `lang`, reads a lesson outside any course.
pub(super) fn read_lesson(
    path: PathBuf,
    relative: PathBuf,
    lang: Option<String>,
    choice: ReadReason,
) -> Result<LessonFile, FileError> {
    let (source, decoded) = read_lossy(&path)?;
    let id = LessonId(stem(&path));
    let (lesson, mut diagnostics) =
        if lang.is_some() { parse(&source, id.clone()) } else { parse_alone(&source, id.clone()) };
    let not_utf8 = |span, encoding: &str| Diagnostic::error(NOT_UTF8, span).with("encoding", encoding);
    match decoded {
        Decoded::Utf8 => {}
        Decoded::Lossy(span) => diagnostics.push(not_utf8(span, "other")),
        // If the file is not UTF-8, other mistakes do not matter yet.
        Decoded::Utf16 => diagnostics = vec![not_utf8(Span::new(0, 0), "utf-16")],
    }
    let lang = lang.or_else(|| lesson.front.lang.as_ref().map(|lang| lang.value.clone()));
    Ok(LessonFile {
        path,
        root: None,
        relative,
        id,
        lang,
        chapter: None,
        source,
        lesson,
        diagnostics,
        chosen: choice != ReadReason::Beside,
        named: choice == ReadReason::Named,
    })
}
