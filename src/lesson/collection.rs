//! The courses and lessons that a command works on, as plain data. `store` reads them.

use std::path::PathBuf;

use super::{Course, Lesson, LessonId, Terms};
use crate::text::{Diagnostic, Source};

/// Everything that the user named.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// Courses, or some lessons of them.
    pub courses: Vec<CourseFiles>,
    /// Lessons outside any course.
    pub singles: Vec<LessonFile>,
    /// Files and directories that were skipped as drafts, because their names begin with `_`.
    pub drafts: Vec<PathBuf>,
    /// The number of chapters of mdBooks without a transcript.
    pub plain_chapters: usize,
}

/// A course and the lessons of it that were read.
#[derive(Debug, Clone)]
pub struct CourseFiles {
    /// The directory of `course.toml`.
    pub root: PathBuf,
    /// `course.toml`.
    pub course: Course,
    /// Mistakes in `course.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// `terms.toml` and its mistakes, if there is one.
    pub terms: Option<(Terms, Vec<Diagnostic>)>,
    /// Every lesson file below the course's languages, read or not.
    pub listed: Vec<Listed>,
    /// The chosen lessons in every language, in the course's order, each in its source language first.
    pub lessons: Vec<LessonFile>,
    /// The author's own pages in every language: Markdown files that are not lessons.
    pub pages: Vec<LessonFile>,
    /// Whether the user named the whole course.
    pub whole: bool,
}

/// A lesson file that a course's directory holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The language's directory it is in.
    pub lang: String,
    /// The lesson's id: the file's name without `.md`.
    pub id: LessonId,
    /// The path below the language's directory.
    pub relative: PathBuf,
}

/// A lesson that was read.
#[derive(Debug, Clone)]
pub struct LessonFile {
    /// The file's path as the user named it.
    pub path: PathBuf,
    /// The directory of its course or book, as the user named it. Everything that is written for this lesson stays
    /// below it.
    pub root: Option<PathBuf>,
    /// The path below the language's directory; outside a course, the file's name.
    pub relative: PathBuf,
    /// The lesson's id.
    pub id: LessonId,
    /// The lesson's language: in a course that of its directory, else the value of `lang:`.
    pub lang: Option<String>,
    /// The text of the file.
    pub source: Source,
    /// The path below the folder of chapters, if the lesson is a chapter of an mdBook.
    pub chapter: Option<PathBuf>,
    /// The parsed lesson.
    pub lesson: Lesson,
    /// The mistakes in the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the user named this lesson or a directory that contains it. The chosen lessons are compared with the
    /// others.
    pub chosen: bool,
    /// Whether the user named this file itself.
    pub named: bool,
}

impl Collection {
    /// Every chosen lesson, with its course.
    pub fn chosen(&self) -> impl Iterator<Item = (Option<&CourseFiles>, &LessonFile)> {
        let in_courses =
            self.courses.iter().flat_map(|course| course.lessons.iter().map(move |lesson| (Some(course), lesson)));
        in_courses.chain(self.singles.iter().map(|lesson| (None, lesson))).filter(|(_, lesson)| lesson.chosen)
    }
}

impl CourseFiles {
    /// The lessons that were read in `lang`, in the course's order.
    pub fn in_language<'a>(&'a self, lang: &'a str) -> impl Iterator<Item = &'a LessonFile> {
        self.lessons.iter().filter(move |lesson| lesson.lang.as_deref() == Some(lang))
    }

    /// Whether `lesson` is in the course's source language.
    #[must_use]
    pub fn is_source(&self, lesson: &LessonFile) -> bool {
        lesson.lang.as_deref() == self.course.source_language()
    }
}
