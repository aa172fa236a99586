//! Reads one lesson.

use std::path::PathBuf;

use super::error::FileError;
use super::file::read_lossy;
use super::path::stem;
use crate::lesson::{LessonFile, LessonId, parse, parse_alone};

/// The reason why a lesson is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadReason {
    /// The user named another lesson, which Dermaga compares with this one.
    Beside,
    /// The user named the lesson's course, or a directory that contains the lesson.
    Asked,
    /// The user named the lesson itself.
    Named,
}

/// Reads a lesson. `lang` is the language of a course's lesson, and `None` for a lesson outside any course.
pub(super) fn read_lesson(
    path: PathBuf,
    relative: PathBuf,
    lang: Option<String>,
    choice: ReadReason,
) -> Result<LessonFile, FileError> {
    let (source, mistake) = read_lossy(&path)?;
    let id = LessonId(stem(&path));
    let (lesson, mut diagnostics) =
        if lang.is_some() { parse(&source, id.clone()) } else { parse_alone(&source, id.clone()) };
    // If the file is not UTF-8, reports only this mistake.
    if let Some(mistake) = mistake {
        diagnostics = vec![mistake];
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
