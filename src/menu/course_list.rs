//! Lists the courses and lessons that a person can choose.

use std::path::Path;

use crate::lesson::{CourseFiles, LessonFile};
use crate::store::{FileError, find_course, read_collection};

/// Reads the course at or above the folder `here`, if there is one, and the built-in course at `built_in`.
///
/// # Errors
/// Fails if a file of the courses cannot be read.
pub fn read_courses(here: &Path, built_in: Option<&Path>) -> Result<Vec<CourseFiles>, FileError> {
    let paths: Vec<_> = find_course(here).into_iter().chain(built_in.map(Path::to_owned)).collect();
    if paths.is_empty() { Ok(Vec::new()) } else { Ok(read_collection(&paths)?.courses) }
}

/// Returns the lessons of `courses`, in order, in the language `lang` or else in the course's source language. Leaves
/// out lessons that `course.toml` does not list.
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
