//! Which lessons a person trusts: digests of what they would run, in the person's own state folder and nowhere else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::file::directory_of;
use super::{FileError, create_private_folder, read_source, write_private};
use crate::trust::Survey;

/// The digest of exactly what would run: `sha256:` and 64 hexadecimal digits.
#[must_use]
pub fn trust_digest(survey: &Survey) -> String {
    let hash = Sha256::digest(survey.bytes());
    format!("sha256:{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// What a person said yes to.
#[derive(Debug)]
pub struct TrustStore {
    path: PathBuf,
    trusted: BTreeSet<String>,
}

impl TrustStore {
    /// Reads the file at `path`; one that is missing or cannot be read trusts nothing.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        let mut store = Self { path: path.to_owned(), trusted: BTreeSet::new() };
        store.read();
        store
    }

    fn read(&mut self) {
        let Ok(source) = read_source(&self.path) else { return };
        let digests = source.text().lines().filter_map(|line| line.split_whitespace().next());
        self.trusted.extend(digests.filter(|digest| is_digest(digest)).map(str::to_owned));
    }

    /// Whether the person said yes to exactly this.
    #[must_use]
    pub fn trusts(&self, survey: &Survey) -> bool {
        self.trusted.contains(&trust_digest(survey))
    }

    /// Remembers the person's yes.
    ///
    /// # Errors
    /// When the file cannot be written; it holds until the program ends all the same.
    pub fn remember(&mut self, survey: &Survey) -> Result<(), FileError> {
        self.trusted.insert(trust_digest(survey));
        // Another terminal may have remembered something since.
        self.read();
        create_private_folder(&directory_of(&self.path))
            .map_err(|error| FileError::from_io(&self.path, super::Action::Write, error))?;
        let text: String = self.trusted.iter().map(|digest| format!("{digest}\n")).collect();
        write_private(&self.path, text.as_bytes())
    }
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
