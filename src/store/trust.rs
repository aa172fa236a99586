//! Records the trusted lessons in a file of the person's state folder. The file contains digests of the commands that
//! lessons would run, and paths of files made with `dermaga new`.
//!
//! ```text
//!  sha256:64 DIGITS
//!  own PATH
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::path::directory_of;
use super::{FileError, create_private_folder, read_source, write_private};
use crate::trust::Survey;

/// Returns the digest of everything that a lesson would run: `sha256:` and 64 hexadecimal digits.
#[must_use]
pub fn trust_digest(survey: &Survey) -> String {
    format!("sha256:{:x}", Sha256::digest(survey.bytes()))
}

/// The word before a path in the file.
const OWN: &str = "own ";

/// The digests that a person trusts, and the paths of the person's own files.
#[derive(Debug)]
pub struct TrustStore {
    path: PathBuf,
    lines: BTreeSet<String>,
}

impl TrustStore {
    /// Reads the file at `path`. If the file is missing or cannot be read, nothing is trusted.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        let mut store = Self { path: path.to_owned(), lines: BTreeSet::new() };
        store.read();
        store
    }

    fn read(&mut self) {
        let Ok(source) = read_source(&self.path) else { return };
        self.lines.extend(source.text().lines().map(str::to_owned));
    }

    /// Whether the person trusted exactly this list of commands.
    #[must_use]
    pub fn trusts(&self, survey: &Survey) -> bool {
        self.lines.contains(&trust_digest(survey))
    }

    /// Remembers that the person trusts this list of commands.
    ///
    /// # Errors
    /// If the file cannot be written. The trust is then valid until the program ends.
    pub fn remember(&mut self, survey: &Survey) -> Result<(), FileError> {
        self.lines.insert(trust_digest(survey));
        self.write()
    }

    /// Whether the person made this file, or a folder that contains the file. `path` must be canonical.
    #[must_use]
    pub fn is_own(&self, path: &Path) -> bool {
        self.lines.iter().filter_map(|line| line.strip_prefix(OWN)).any(|own| path.starts_with(own))
    }

    /// Remembers that the person made this file or folder.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn remember_own(&mut self, path: &Path) -> Result<(), FileError> {
        let path = path.canonicalize().map_err(|error| FileError::from_io(path, super::FileAction::Read, error))?;
        // A path that is not a single line of text cannot be stored, so the person is asked again.
        let path = path.to_str().filter(|path| !path.contains(['\n', '\r']));
        self.lines.extend(path.map(|path| format!("{OWN}{path}")));
        self.write()
    }

    fn write(&mut self) -> Result<(), FileError> {
        // Another terminal may have added lines to the file in the meantime.
        self.read();
        create_private_folder(&directory_of(&self.path))
            .map_err(|error| FileError::from_io(&self.path, super::FileAction::Write, error))?;
        let text: String = self.lines.iter().map(|line| format!("{line}\n")).collect();
        write_private(&self.path, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_below_a_folder_that_the_person_made_counts_as_own() {
        let root = tempfile::tempdir().unwrap();
        let (file, course) = (root.path().join("state/trusted"), root.path().join("a course"));
        std::fs::create_dir(&course).unwrap();
        let course = course.canonicalize().unwrap();
        TrustStore::open(&file).remember(&Survey::default()).unwrap();
        TrustStore::open(&file).remember_own(&course).unwrap();
        let store = TrustStore::open(&file);
        assert!(store.is_own(&course.join("id/satu.md")) && store.trusts(&Survey::default()));
        assert!(!store.is_own(&root.path().join("a course 2/satu.md")) && !store.is_own(root.path()));
        assert!(TrustStore::open(&file).remember_own(&root.path().join("missing")).is_err());
    }
}
