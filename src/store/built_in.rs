//! Contains the built-in course. The course is a part of the program, so `learn` works without any lesson files.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{FileAction, FileError, write_atomic};

/// Every file of the built-in course: its path within the course, and its bytes.
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// Whether this text equals a built-in lesson, byte for byte. A built-in lesson needs no trust.
#[must_use]
pub fn is_built_in(text: &str) -> bool {
    FILES.iter().any(|(path, bytes)| has_extension(path, "md") && *bytes == text.as_bytes())
}

/// Writes the built-in course below `folder`, which is Dermaga's cache, and returns the root of the course. Writes only
/// files that are missing or changed.
///
/// # Errors
/// If a file cannot be written.
pub fn unpack(folder: &Path) -> Result<PathBuf, FileError> {
    // Each version has its own folder, so that programs of two versions do not overwrite each other's files.
    let root = folder.join("lessons").join(&name()[..16]);
    for (name, bytes) in FILES {
        let path = root.join(name);
        if fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| FileError::from_io(parent, FileAction::Write, error))?;
        }
        write_atomic(&path, bytes)?;
    }
    Ok(root)
}

fn name() -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in FILES {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    format!("{:x}", hash.finalize())
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpack_writes_the_built_in_course_and_restores_changed_files() {
        let dir = tempfile::tempdir().unwrap();
        let root = unpack(dir.path()).unwrap();
        assert!(root.join("course.toml").is_file());
        let lesson = FILES.iter().find(|(path, _)| path.starts_with("id/")).unwrap();
        let path = root.join(lesson.0);
        let text = fs::read_to_string(&path).unwrap();
        assert!(is_built_in(&text));
        assert!(!is_built_in(&format!("{text} ")));
        fs::write(&path, "something else").unwrap();
        assert_eq!(unpack(dir.path()).unwrap(), root);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
