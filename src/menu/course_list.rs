//! The courses that can be chosen.

use std::path::Path;

use crate::lesson::{CourseFiles, LessonFile};
use crate::store::{FileError, find_course, read_collection};

/// Courses in the order they are offered.
#[derive(Debug, Clone, Default)]
pub struct CourseList {
    /// The course of the working directory first, then the built-in course.
    pub courses: Vec<CourseFiles>,
}

impl CourseList {
    /// The course at or above `here`, if there is one, and the built-in one at `built_in`.
    ///
    /// # Errors
    /// When a file of theirs cannot be read.
    pub fn read(here: &Path, built_in: Option<&Path>) -> Result<Self, FileError> {
        let mut paths = Vec::new();
        paths.extend(find_course(here));
        paths.extend(built_in.map(Path::to_owned));
        if paths.is_empty() {
            return Ok(Self::default());
        }
        let collection = read_collection(&paths)?;
        Ok(Self { courses: collection.courses })
    }

    /// The lessons of a course in `lang`, else in its source language, in order; those it does not name are left out.
    #[must_use]
    pub fn lessons<'a>(course: &'a CourseFiles, lang: &str) -> Vec<&'a LessonFile> {
        let source = course.course.source_language();
        let named = course.course.lessons().filter_map(|id| {
            let of = |lang: Option<&str>| {
                course.lessons.iter().find(|file| file.id.0 == id.value && file.lang.as_deref() == lang)
            };
            of(Some(lang)).or_else(|| of(source))
        });
        named.collect()
    }
}
