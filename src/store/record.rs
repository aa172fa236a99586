//! Reads and writes the folder `records` of a course. The folder contains one asciicast for each lesson, and one list
//! of proofs.

use std::io;
use std::path::{Path, PathBuf};

use super::error::{FileAction, FileError};
use super::file::read_source;
use super::named::write_named;
use super::output::OutputFolder;
use super::path::directory_of;
use crate::lesson::LessonId;
use crate::record::{Proofs, Recording};

/// Returns the path of a lesson's recording: in `records` of its course, or beside a lesson outside any course.
#[must_use]
pub fn recording_path(course: Option<&Path>, lesson: &Path, id: &LessonId) -> PathBuf {
    let name = format!("{id}.cast");
    course.map_or_else(|| lesson.with_file_name(&name), |root| root.join("records").join(&name))
}

/// Returns the path of a course's proofs.
#[must_use]
pub fn proofs_path(course: &Path) -> PathBuf {
    course.join("records").join("proofs.json")
}

/// Reads the recording at `path`, if it exists.
///
/// # Errors
/// If the file cannot be read or is not a recording.
pub fn read_recording(path: &Path) -> Result<Option<Recording>, FileError> {
    let Some(text) = read(path)? else { return Ok(None) };
    let wrong = |error| FileError::from_io(path, FileAction::Read, io::Error::new(io::ErrorKind::InvalidData, error));
    Recording::from_cast(&text).map(Some).map_err(wrong)
}

/// Reads the proofs of the course at `root`. Returns no proofs if the file does not exist.
///
/// # Errors
/// If the file exists and cannot be read.
pub fn read_proofs(root: &Path) -> Result<Proofs, FileError> {
    Ok(read(&proofs_path(root))?.map(|text| Proofs::from_json(&text)).unwrap_or_default())
}

fn read(path: &Path) -> Result<Option<String>, FileError> {
    match read_source(path) {
        Ok(source) => Ok(Some(source.text().to_owned())),
        Err(FileError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a recording or proofs, and creates the folder for them. Within a course, no link can lead out of the course.
///
/// # Errors
/// If the file cannot be written. The old file is then unchanged.
pub fn write_record(course: Option<&Path>, path: &Path, text: &str) -> Result<(), FileError> {
    let Some(root) = course else { return write_named(path, text.as_bytes()) };
    let folder = OutputFolder::open(root)?;
    let relative = path.strip_prefix(root).unwrap_or(path);
    folder.make_directory(&directory_of(relative))?;
    folder.write(relative, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_recording_gives_none_and_invalid_recording_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = recording_path(Some(dir.path()), Path::new("id/a.md"), &LessonId("a".into()));
        assert_eq!(read_recording(&path).unwrap(), None);
        assert_eq!(read_proofs(dir.path()).unwrap(), Proofs::default());
        write_record(Some(dir.path()), &path, "[]\n").unwrap();
        assert!(read_recording(&path).is_err());
        assert_eq!(recording_path(None, Path::new("x/post.md"), &LessonId("post".into())), Path::new("x/post.cast"));
    }
}
