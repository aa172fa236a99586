//! `dermaga new`: creates a course, or a lesson in the course here. Both pass `lint` and `test` without a change.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::NewWhat;
use super::own::remember_own;
use super::record::today;
use super::{Failure, Settings, exit};
use crate::lesson::CourseFiles;
use crate::lesson::scaffold::{self, NewFile, ScaffoldError};
use crate::shell::quoted;
use crate::store::{FileError, OutputFolder, find_course, read_collection, replace, write_all_new};
use crate::text::apply;
use crate::transcript::sanitise;
use crate::words::Words;

impl From<ScaffoldError> for Failure {
    fn from(error: ScaffoldError) -> Self {
        let kind = match error {
            ScaffoldError::BrokenCourse => exit::SOURCE,
            _ => exit::USAGE,
        };
        Self::with_values(kind, error.message())
    }
}

/// Runs `dermaga new`.
pub(super) fn new(what: NewWhat, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let err = &mut *settings.notes();
    match what {
        NewWhat::Course { dir } => {
            new_course(&dir, words, err)?;
            remember_own(&[dir], settings);
        }
        NewWhat::Lesson { name } => {
            let made = new_lesson(Path::new("."), &name, words, err)?;
            remember_own(&made, settings);
        }
    }
    Ok(exit::MET)
}

/// Creates a course in `dir`. Never overwrites a file.
///
/// # Errors
/// If a file of the course exists or cannot be written. In this case, no new file remains.
pub fn new_course(dir: &Path, words: &Words, err: &mut dyn Write) -> Result<(), Failure> {
    let files = scaffold::new_course(&today());
    write_all_new(dir, &files)?;
    say_made(dir, &files, words, err);
    let dir = quoted(&sanitise(&dir.display().to_string()));
    let _ = writeln!(err, "{}", words.say("scaffold-next", &[("path", &dir)]));
    Ok(())
}

/// Creates a lesson called `name` in the course at or above `here`, in every language, and adds it to `course.toml`.
/// Returns the new files.
///
/// # Errors
/// If there is no course, if the name is invalid or taken, or if a file exists or cannot be written. In these cases, no
/// new file remains.
pub fn new_lesson(here: &Path, name: &str, words: &Words, err: &mut dyn Write) -> Result<Vec<PathBuf>, Failure> {
    let root = find_course(here).ok_or_else(|| FileError::NoCourse(here.to_owned()))?;
    let toml = root.join("course.toml");
    let collection = read_collection(std::slice::from_ref(&toml))?;
    let files: &CourseFiles = collection.courses.first().ok_or_else(|| FileError::NoCourse(here.to_owned()))?;
    let lesson = scaffold::new_lesson(files, name, &today())?;
    let source = &files.course.source;
    let after = apply(source.text(), lesson.edit.as_slice()).map_err(|_| ScaffoldError::BrokenCourse)?;
    write_all_new(&root, &lesson.files)?;
    if let Err(error) = replace(Some(&root), &toml, source.text(), &after) {
        let folder = OutputFolder::open(&root)?;
        for (path, _) in &lesson.files {
            let _ = folder.remove(path);
        }
        return Err(error.into());
    }
    say_made(&root, &lesson.files, words, err);
    let path = lesson.files.first().map_or_else(|| root.clone(), |(path, _)| root.join(path));
    let path = quoted(&shown(&path));
    let _ = writeln!(err, "{}", words.say("scaffold-next-lesson", &[("path", &path)]));
    Ok(lesson.files.iter().map(|(path, _)| root.join(path)).collect())
}

fn say_made(root: &Path, files: &[NewFile], words: &Words, err: &mut dyn Write) {
    for (path, _) in files {
        let _ = writeln!(err, "{}", words.say("scaffold-made", &[("path", &shown(&root.join(path)))]));
    }
}

/// Returns a path for a person, without the `./` of the working directory.
fn shown(path: &Path) -> String {
    sanitise(&path.strip_prefix(".").unwrap_or(path).display().to_string())
}
