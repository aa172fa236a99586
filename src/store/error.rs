//! Reasons why a file could not be read or written, with the values for a message of `words`.

use std::io;
use std::path::{Path, PathBuf};

use super::path::directory_of;
use crate::text::Message;

/// The maximum size of a file that Dermaga reads, in bytes.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// The action that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileAction {
    /// Reading.
    Read,
    /// Writing.
    Write,
}

/// A file that could not be read or written. Each error has a [`message`](FileError::message).
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file does not exist.
    #[error("{0}: no such file or directory")]
    Missing(PathBuf),
    /// The path is a directory, but must be a file.
    #[error("{0} is a directory")]
    Directory(PathBuf),
    /// The path is a pipe, a device or a socket, but must be a file.
    #[error("{0} is not a regular file")]
    Special(PathBuf),
    /// The path to be written is a link, or leads out of the bounding directory through a link.
    #[error("{path} is a link to {target}")]
    Link {
        /// The link.
        path: PathBuf,
        /// The link's target.
        target: PathBuf,
    },
    /// The path leads out of the directory that bounds it.
    #[error("{path} is outside {root}")]
    Outside {
        /// The path.
        path: PathBuf,
        /// The directory.
        root: PathBuf,
    },
    /// The path to be written is a pipe, a device or a socket.
    #[error("{0} is not a regular file and is not written")]
    NotRegular(PathBuf),
    /// The file has more than one name (hard links). Replacing the file would separate its names.
    #[error("{0} has another name")]
    HardLink(PathBuf),
    /// The file is write-protected.
    #[error("{0} is write-protected")]
    WriteProtected(PathBuf),
    /// The file system is read-only.
    #[error("{0} is on a read-only file system")]
    ReadOnlyDisk(PathBuf),
    /// The directory that should hold a file is missing.
    #[error("the directory {0} does not exist")]
    NoDirectory(PathBuf),
    /// A directory is needed, but a file is at the path.
    #[error("{0} is not a directory")]
    NotDirectory(PathBuf),
    /// The system forbids the action.
    #[error("{path}: permission denied")]
    Permission {
        /// The path.
        path: PathBuf,
        /// The action that failed.
        action: FileAction,
    },
    /// The file is not UTF-8.
    #[error("{path} is not UTF-8 at byte {offset}")]
    NotUtf8 {
        /// The path.
        path: PathBuf,
        /// The offset of the first invalid byte, counted from 0.
        offset: usize,
        /// Whether the file is UTF-16.
        wide: bool,
    },
    /// The file has more than [`LIMIT`] bytes.
    #[error("{path} has {size} bytes")]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// The size of the file in bytes. If the system does not report the size, the file may be larger.
        size: u64,
    },
    /// The disk is full.
    #[error("{0}: no space left")]
    NoSpace(PathBuf),
    /// The file changed after Dermaga read it.
    #[error("{0} changed since it was read")]
    Changed(PathBuf),
    /// The file exists and may not be overwritten.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// There is no course in or above this directory.
    #[error("no course in or above {0}")]
    NoCourse(PathBuf),
    /// Any other error of the system.
    #[error("{path}: {source}")]
    Other {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

impl FileError {
    /// Converts an error of the system.
    #[must_use]
    pub fn from_io(path: &Path, action: FileAction, error: io::Error) -> Self {
        let write = action == FileAction::Write;
        if write && error.kind() == io::ErrorKind::NotFound {
            return Self::NoDirectory(directory_of(path));
        }
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotADirectory if write => Self::NotDirectory(path),
            io::ErrorKind::ReadOnlyFilesystem if write => Self::ReadOnlyDisk(path),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing(path),
            io::ErrorKind::IsADirectory => Self::Directory(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Permission { path, action },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace(path),
            io::ErrorKind::AlreadyExists => Self::Exists(path),
            _ => Self::Other { path, source: error },
        }
    }

    /// Whether the content of the file causes the error, not the machine or the command line.
    #[must_use]
    pub fn is_content(&self) -> bool {
        matches!(self, Self::NotUtf8 { .. } | Self::TooLarge { .. })
    }

    /// Whether a wrong path on the command line causes the error.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        let named = matches!(self, Self::Missing(_) | Self::Special(_) | Self::NotRegular(_) | Self::NoDirectory(_));
        named || matches!(self, Self::NotDirectory(_) | Self::Link { .. } | Self::Outside { .. } | Self::HardLink(_))
    }

    /// Returns the key of the message in `words` and the values of the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        let (key, path, more) = match self {
            Self::Missing(path) => ("file-missing", path, vec![]),
            Self::Directory(path) => ("file-directory", path, vec![]),
            Self::Special(path) => ("file-special", path, vec![]),
            Self::Link { path, target } => ("file-link", path, vec![("target", target.display().to_string())]),
            Self::Outside { path, root } => ("file-outside", path, vec![("root", root.display().to_string())]),
            Self::NotRegular(path) => ("file-not-regular", path, vec![]),
            Self::HardLink(path) => ("file-hard-link", path, vec![]),
            Self::WriteProtected(path) => ("file-write-protected", path, vec![]),
            Self::ReadOnlyDisk(path) => ("file-read-only-disk", path, vec![]),
            Self::NoDirectory(path) => ("file-no-directory", path, vec![]),
            Self::NotDirectory(path) => ("file-not-directory", path, vec![]),
            Self::Permission { path, action } => {
                let action = if *action == FileAction::Write { "write" } else { "read" };
                ("file-permission", path, vec![("action", action.to_owned())])
            }
            Self::NotUtf8 { path, offset, wide } => {
                let encoding = if *wide { "utf-16" } else { "other" }.to_owned();
                ("file-not-utf8", path, vec![("offset", (offset + 1).to_string()), ("encoding", encoding)])
            }
            Self::TooLarge { path, size } => {
                ("file-too-large", path, vec![("size", size.to_string()), ("limit", LIMIT.to_string())])
            }
            Self::NoSpace(path) => ("file-no-space", path, vec![]),
            Self::Changed(path) => ("file-changed", path, vec![]),
            Self::Exists(path) => ("file-exists", path, vec![]),
            Self::NoCourse(path) => ("no-course", path, vec![]),
            Self::Other { path, source } => ("file-other", path, vec![("detail", source.to_string())]),
        };
        (key, std::iter::once(("path", path.display().to_string())).chain(more).collect())
    }
}
