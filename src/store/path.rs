//! Functions for parts of paths.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Returns the directory of a path, or `.` if the path is only a name.
pub(super) fn directory_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| *parent != OsStr::new("")).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Whether a path is relative and contains no `..`.
pub(super) fn stays_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Returns the parent directory, and keeps a relative path relative: `a/b` → `a` → `.` → `..` → `../..`.
fn above(path: &Path) -> Option<PathBuf> {
    match path.components().next_back() {
        Some(Component::Normal(_)) => {
            let parent = path.parent()?;
            Some(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() })
        }
        Some(Component::RootDir | Component::Prefix(_)) => None,
        Some(Component::CurDir) | None => absolute(path).parent().map(|_| PathBuf::from("..")),
        Some(Component::ParentDir) => absolute(path).parent().map(|_| path.join("..")),
    }
}

/// Returns a path and the directories above it, as [`above`] spells them.
pub(super) fn with_parents(path: &Path) -> impl Iterator<Item = PathBuf> {
    std::iter::successors(Some(path.to_owned()), |at| above(at))
}

/// Returns the canonical form of a path, or the path itself if it does not exist.
pub(super) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether anything exists at this path, even a directory or a dangling link. If the path is no file, a later read
/// gives the error.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Returns `directory/name`, without a leading `./`.
pub(super) fn join(directory: &Path, name: &str) -> PathBuf {
    if directory == Path::new(".") { PathBuf::from(name) } else { directory.join(name) }
}

/// Returns the file's name without its extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_parents_keeps_relative_paths_relative() {
        let chain = |path: &str| with_parents(Path::new(path)).collect::<Vec<_>>();
        assert_eq!(chain("a/b.md")[..4], ["a/b.md", "a", ".", ".."].map(PathBuf::from));
        assert_eq!(chain("/a/b"), ["/a/b", "/a", "/"].map(PathBuf::from));
        assert!(chain(".").len() < 64);
    }
}
