//! The courses that can be chosen.

use std::path::Path;

use crate::lesson::{CourseFiles, LessonFile};
use crate::store::{FileError, find_course, read_collection};

/// The course at or above `here`, if there is one, then the built-in one at `built_in`.
///
/// # Errors
/// When a file of theirs cannot be read.
pub fn read_courses(here: &Path, built_in: Option<&Path>) -> Result<Vec<CourseFiles>, FileError> {
    let paths: Vec<_> = find_course(here).into_iter().chain(built_in.map(Path::to_owned)).collect();
    if paths.is_empty() { Ok(Vec::new()) } else { Ok(read_collection(&paths)?.courses) }
}

/// The lessons of courses in `lang`, else in a course's source language, in order; those a course does not name are left
/// out.
#[must_use]
pub fn lessons_in<'a>(courses: impl IntoIterator<Item = &'a CourseFiles>, lang: &str) -> Vec<&'a LessonFile> {
    let mut lessons = Vec::new();
    for course in courses {
        lessons.extend(course.course.lessons().filter_map(|id| {
            let of = |lang: Option<&str>| {
                course.lessons.iter().find(|file| file.id.0 == id.value && file.lang.as_deref() == lang)
            };
            of(Some(lang)).or_else(|| of(course.course.source_language()))
        }));
    }
    lessons
}
