//! What a person should know about where their progress is kept.

use std::path::PathBuf;

/// Why something is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The disk is full.
    Full,
    /// The file or folder may not be written.
    Forbidden,
    /// Other terminals did not let go of it.
    Busy,
    /// It is broken and could not be restored.
    Damaged,
    /// A newer version of the program has it.
    Newer,
    /// Anything else, in the system's words, not sanitised.
    Other(String),
}

/// Something to say once; each has a message under [`key`](Self::key).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Nothing can be written there; everything is kept in memory until the program ends.
    Memory {
        /// Where it should have been.
        path: PathBuf,
        /// Why not.
        reason: Reason,
    },
    /// The file could not be read; it was moved aside, and a new one has what could be read of it and of its copy.
    Restored {
        /// Where the damaged one is now.
        aside: PathBuf,
        /// How many entries the new one has.
        entries: usize,
    },
    /// The file had fewer entries than its copy.
    FromCopy {
        /// Entries taken from the copy.
        entries: usize,
    },
    /// The last entries are not written yet.
    Unsaved {
        /// Why not.
        reason: Reason,
    },
    /// They are now.
    SavedAgain,
}

impl Reason {
    /// The word that chooses the sentence.
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

    fn args(&self, args: &mut Vec<(&'static str, String)>) {
        args.push(("reason", self.name().to_owned()));
        let detail = if let Self::Other(detail) = self { detail.clone() } else { String::new() };
        args.push(("detail", detail));
    }
}

impl Notice {
    /// The key of its message in `words`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Memory { .. } => "progress-memory",
            Self::Restored { .. } => "progress-restored",
            Self::FromCopy { .. } => "progress-from-copy",
            Self::Unsaved { .. } => "progress-unsaved",
            Self::SavedAgain => "progress-saved-again",
        }
    }

    /// The values of its message; not yet sanitised.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = Vec::new();
        match self {
            Self::Memory { path, reason } => {
                args.push(("path", path.display().to_string()));
                reason.args(&mut args);
            }
            Self::Restored { aside, entries } => {
                args.push(("path", aside.display().to_string()));
                args.push(("entries", entries.to_string()));
            }
            Self::FromCopy { entries } => args.push(("entries", entries.to_string())),
            Self::Unsaved { reason } => reason.args(&mut args),
            Self::SavedAgain => {}
        }
        args
    }
}
