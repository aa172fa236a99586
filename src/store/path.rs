//! Functions for parts of paths.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Returns the directory of a path; `.` for a bare name.
pub(super) fn directory_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| *parent != OsStr::new("")).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Whether a path has no part that leads upwards or to the root.
pub(super) fn stays_below(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Returns the parent directory, in the person's spelling as far as possible: `a/b` → `a` → `.` → `..` → `../..`.
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

/// Returns the real path; if the path does not exist, the path itself.
pub(super) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether anything exists at this path, even if it is not a file, or is a dangling link. A later read then gives the
/// error.
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
    fn parent_directory_keeps_the_persons_spelling() {
        let chain = |path: &str| with_parents(Path::new(path)).collect::<Vec<_>>();
        assert_eq!(chain("a/b.md")[..4], ["a/b.md", "a", ".", ".."].map(PathBuf::from));
        assert_eq!(chain("/a/b"), ["/a/b", "/a", "/"].map(PathBuf::from));
        assert!(chain(".").len() < 64);
    }
}
