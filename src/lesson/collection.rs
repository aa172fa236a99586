//! What a command was asked to look at: courses with their lessons, and lessons outside any course. Plain data; `store`
//! reads it.

use std::path::PathBuf;

use super::{Course, Lesson, LessonId, Terms};
use crate::text::{Diagnostic, Source};

/// Everything that was asked for.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// Courses, wholly or some of their lessons.
    pub courses: Vec<CourseFiles>,
    /// Lessons outside any course.
    pub singles: Vec<LessonFile>,
}

/// A course and the lessons of it that were read.
#[derive(Debug, Clone)]
pub struct CourseFiles {
    /// The directory of `course.toml`.
    pub root: PathBuf,
    /// `course.toml`.
    pub course: Course,
    /// What is wrong with `course.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// `terms.toml` and what is wrong with it, where there is one.
    pub terms: Option<(Terms, Vec<Diagnostic>)>,
    /// Every lesson file below the course's languages, read or not.
    pub listed: Vec<Listed>,
    /// The chosen lessons in every language, in the course's order, each with its source language first.
    pub lessons: Vec<LessonFile>,
    /// Whether the whole course was asked for.
    pub whole: bool,
}

/// A lesson file that a course's directory holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The language's directory it is in.
    pub lang: String,
    /// Its stem.
    pub id: LessonId,
    /// Its path below the language's directory.
    pub relative: PathBuf,
}

/// A lesson that was read.
#[derive(Debug, Clone)]
pub struct LessonFile {
    /// Where it is, as the person named it.
    pub path: PathBuf,
    /// Its path below the language's directory; the file's name outside a course.
    pub relative: PathBuf,
    /// Its id.
    pub id: LessonId,
    /// Its language: the directory's in a course, else `lang:`.
    pub lang: Option<String>,
    /// Its text.
    pub source: Source,
    /// What it says.
    pub lesson: Lesson,
    /// What its text alone shows to be wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it was asked for; the others were read to be compared with.
    pub chosen: bool,
    /// Whether it was named itself, not only a directory or course that holds it.
    pub named: bool,
}

impl Collection {
    /// Every lesson that was asked for, with its course.
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
