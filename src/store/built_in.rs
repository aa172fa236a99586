//! The course that is inside the program, so that `learn` works anywhere.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{FileAction, FileError, write_atomic};

/// Every file of the built-in course: its path below the course, and its bytes.
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// Whether this text is, byte for byte, a lesson that the program carries: it needs nobody's trust.
#[must_use]
pub fn is_built_in(text: &str) -> bool {
    FILES.iter().any(|(path, bytes)| has_extension(path, "md") && *bytes == text.as_bytes())
}

/// Lays the built-in course out below `folder` (our cache) and answers its root. A file there that is not as it should
/// be is written anew.
///
/// # Errors
/// When a file cannot be written.
pub fn unpack(folder: &Path) -> Result<PathBuf, FileError> {
    // One folder a version, so that programs of two versions do not overwrite each other's.
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
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_course_is_laid_out_and_repaired() {
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
