//! The courses and lessons that a command works on, as plain data. The module `store` reads these courses and lessons.

use std::path::PathBuf;

use super::{Course, Lesson, LessonId, Terms};
use crate::text::{Diagnostic, Source};

/// The courses and lessons that the user named.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// Courses, each with all or some of its lessons.
    pub courses: Vec<CourseFiles>,
    /// Lessons outside any course.
    pub singles: Vec<LessonFile>,
    /// Files and directories that were skipped as drafts, because their names begin with `_`.
    pub drafts: Vec<PathBuf>,
    /// The number of mdBook chapters that have no transcript.
    pub plain_chapters: usize,
}

/// A course with the lessons that were read.
#[derive(Debug, Clone)]
pub struct CourseFiles {
    /// The directory that contains `course.toml`.
    pub root: PathBuf,
    /// The contents of `course.toml`.
    pub course: Course,
    /// Mistakes in `course.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// The contents of `terms.toml` and the mistakes in this file, if the file exists.
    pub terms: Option<(Terms, Vec<Diagnostic>)>,
    /// Every lesson file in the directories of the course's languages, including files that were not read.
    pub listed: Vec<Listed>,
    /// The chosen lessons with their translations, in the course's order. For each lesson, the file in the source
    /// language comes first.
    pub lessons: Vec<LessonFile>,
    /// The author's additional pages in every language: Markdown files that are not lessons.
    pub pages: Vec<LessonFile>,
    /// Whether the user named the whole course.
    pub whole: bool,
}

/// A lesson file in a course's directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The language of the file: the name of the language's directory.
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
    /// The directory of the lesson's course or book, as the user named it. Every file that is written for this lesson
    /// is below this directory.
    pub root: Option<PathBuf>,
    /// The path below the language's directory; outside a course, the file's name.
    pub relative: PathBuf,
    /// The lesson's id.
    pub id: LessonId,
    /// The lesson's language: in a course, the language of the directory; outside a course, the value of `lang:`.
    pub lang: Option<String>,
    /// The text of the file.
    pub source: Source,
    /// The path below the folder of chapters, if the lesson is a chapter of an mdBook.
    pub chapter: Option<PathBuf>,
    /// The parsed lesson.
    pub lesson: Lesson,
    /// The mistakes in the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the user named this lesson or a directory that contains it. Other lessons are read only to compare
    /// chosen lessons with them.
    pub chosen: bool,
    /// Whether the user named this file itself.
    pub named: bool,
}

impl Collection {
    /// Returns every chosen lesson, with its course.
    pub fn chosen(&self) -> impl Iterator<Item = (Option<&CourseFiles>, &LessonFile)> {
        let in_courses =
            self.courses.iter().flat_map(|course| course.lessons.iter().map(move |lesson| (Some(course), lesson)));
        in_courses.chain(self.singles.iter().map(|lesson| (None, lesson))).filter(|(_, lesson)| lesson.chosen)
    }
}

impl CourseFiles {
    /// Returns the lessons that were read in `lang`, in the course's order.
    pub fn in_language<'a>(&'a self, lang: &'a str) -> impl Iterator<Item = &'a LessonFile> {
        self.lessons.iter().filter(move |lesson| lesson.lang.as_deref() == Some(lang))
    }

    /// Whether `lesson` is in the course's source language.
    #[must_use]
    pub fn is_source(&self, lesson: &LessonFile) -> bool {
        lesson.lang.as_deref() == self.course.source_language()
    }
}
