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
    /// A pipe, a device or a socket lies in its place.
    Special,
    /// A newer version of the program has it.
    Newer {
        /// The version of its shape.
        found: i64,
        /// The program that can write it, where it is known.
        needs: Option<String>,
    },
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
    /// The file was broken; it was moved aside, and progress restored from backup and log.
    Restored {
        /// Where the broken one is now.
        aside: PathBuf,
        /// Entries there are again.
        entries: usize,
    },
    /// The file was gone, or a crash came between, and the log had more.
    Replayed {
        /// Entries taken from the log.
        entries: usize,
    },
    /// It lies on a network file system and is kept in a plain file.
    Network {
        /// `NFS`, `SMB` …
        kind: &'static str,
        /// That file.
        path: PathBuf,
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
            Self::Special => "special",
            Self::Newer { .. } => "newer",
            Self::Other(_) => "other",
        }
    }

    fn args(&self, args: &mut Vec<(&'static str, String)>) {
        args.push(("reason", self.name().to_owned()));
        let (detail, needs) = match self {
            Self::Other(detail) => (detail.clone(), String::new()),
            Self::Newer { found, needs } => {
                (found.to_string(), needs.clone().unwrap_or_else(|| format!("> {}", env!("CARGO_PKG_VERSION"))))
            }
            _ => (String::new(), String::new()),
        };
        args.push(("detail", detail));
        args.push(("needs", needs));
    }
}

impl Notice {
    /// The key of its message in `words`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Memory { .. } => "progress-memory",
            Self::Restored { .. } => "progress-restored",
            Self::Replayed { .. } => "progress-replayed",
            Self::Network { .. } => "progress-network",
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
            Self::Replayed { entries } => args.push(("entries", entries.to_string())),
            Self::Network { kind, path } => {
                args.push(("kind", (*kind).to_owned()));
                args.push(("path", path.display().to_string()));
            }
            Self::Unsaved { reason } => reason.args(&mut args),
            Self::SavedAgain => {}
        }
        args
    }
}
