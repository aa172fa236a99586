//! Notices to the person about problems with saving their progress.

use std::path::PathBuf;

use crate::text::Message;

/// The reason why progress is not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The disk is full.
    Full,
    /// The file or folder may not be written.
    Forbidden,
    /// Other terminals kept the file locked.
    Busy,
    /// The file is damaged and could not be restored.
    Damaged,
    /// A newer version of the program has written the file.
    Newer,
    /// Any other reason: the system's message, not sanitised.
    Other(String),
}

/// A notice that is shown once. Each has a [`message`](Self::message).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Nothing can be written at the path. Everything is kept in memory until the program ends.
    Memory {
        /// The path of the database.
        path: PathBuf,
        /// The reason.
        reason: Reason,
    },
    /// The file could not be read and was moved aside. A new file has every entry that could be read from the old file
    /// and its copy.
    Restored {
        /// The new path of the damaged file.
        aside: PathBuf,
        /// The number of entries in the new file.
        entries: usize,
    },
    /// The file had fewer entries than its copy.
    FromCopy {
        /// The number of entries taken from the copy.
        entries: usize,
    },
    /// The last entries are not written yet.
    Unsaved {
        /// The reason.
        reason: Reason,
    },
    /// The last entries are written now.
    SavedAgain,
}

impl Reason {
    /// Returns the word that selects the variant of the message.
    const fn name(&self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Forbidden => "forbidden",
            Self::Busy => "busy",
            Self::Damaged => "damaged",
            Self::Newer => "newer",
            Self::Other(_) => "other",
        }
    }

    fn values(&self) -> [(&'static str, String); 2] {
        let detail = if let Self::Other(detail) = self { detail.clone() } else { String::new() };
        [("reason", self.name().to_owned()), ("detail", detail)]
    }
}

impl Notice {
    /// Returns the key of the message in `words` and the values of the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        let shown = |path: &PathBuf| ("path", path.display().to_string());
        let count = |entries: &usize| ("entries", entries.to_string());
        match self {
            Self::Memory { path, reason } => {
                ("progress-memory", std::iter::once(shown(path)).chain(reason.values()).collect())
            }
            Self::Restored { aside, entries } => ("progress-restored", vec![shown(aside), count(entries)]),
            Self::FromCopy { entries } => ("progress-from-copy", vec![count(entries)]),
            Self::Unsaved { reason } => ("progress-unsaved", reason.values().into()),
            Self::SavedAgain => ("progress-saved-again", vec![]),
        }
    }
}
