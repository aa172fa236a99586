//! Finds lessons that are neither the person's own nor trusted, and asks before any of them runs.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Failure, Settings, exit};
use crate::lesson::Lesson;
use crate::menu::{self, Dialog};
use crate::store::built_in::is_built_in;
use crate::store::trust::TrustStore;
use crate::transcript::sanitise;
use crate::trust::{Survey, survey};
use crate::words::Words;

/// Opens the store of the lessons that the person trusts.
pub(super) fn trust_store(settings: &Settings) -> TrustStore {
    TrustStore::open(&settings.state.join("trusted"))
}

/// Records that the files in `made` are the person's own. If this fails, Dermaga later asks whether to trust the files.
pub(super) fn remember_own(made: &[PathBuf], settings: &Settings) {
    let mut store = trust_store(settings);
    for path in made {
        let _ = store.remember_own(path);
    }
}

/// A lesson that is not the person's own: its file, its title, and the list of everything that it would run.
pub(super) struct UntrustedLesson<'a> {
    path: &'a Path,
    title: &'a str,
    survey: Survey,
}

/// Returns the lessons that are neither the person's own nor trusted. The person's own lessons are built in, made with
/// `dermaga new`, or tracked by the git repository of the working directory. Skips lessons that run nothing.
pub(super) fn untrusted<'a>(
    lessons: impl IntoIterator<Item = (&'a Path, &'a Lesson)>,
    store: &TrustStore,
) -> Vec<UntrustedLesson<'a>> {
    let lessons = lessons.into_iter().filter(|(_, lesson)| !is_built_in(lesson.source.text()));
    let listed = lessons.map(|(path, lesson)| UntrustedLesson { path, title: &lesson.title, survey: survey([lesson]) });
    let mut untrusted: Vec<(UntrustedLesson, Option<PathBuf>)> = listed
        .filter(|one| !one.survey.items.is_empty() && !store.trusts(&one.survey))
        .map(|one| (one.path.canonicalize().ok(), one))
        .filter(|(real, _)| !real.as_deref().is_some_and(|real| store.is_own(real)))
        .map(|(real, one)| (one, real))
        .collect();
    if !untrusted.is_empty() {
        let tracked = tracked(Path::new("."), untrusted.iter().filter_map(|(_, real)| real.as_deref()));
        untrusted.retain(|(_, real)| !real.as_ref().is_some_and(|real| tracked.contains(real)));
    }
    untrusted.into_iter().map(|(one, _)| one).collect()
}

/// Returns the members of `files` that the git repository around `here` tracks. Returns none if git is missing. git
/// itself refuses a repository of another user.
fn tracked<'a>(here: &Path, files: impl Iterator<Item = &'a Path>) -> BTreeSet<PathBuf> {
    let Some(top) = git(here, &["rev-parse", "--show-toplevel"].map(OsStr::new)) else {
        return BTreeSet::new();
    };
    let top = PathBuf::from(OsStr::from_bytes(top.strip_suffix(b"\n").unwrap_or(&top)));
    let Ok(top) = top.canonicalize() else { return BTreeSet::new() };
    let files: Vec<&OsStr> = files.filter_map(|file| file.strip_prefix(&top).ok()).map(Path::as_os_str).collect();
    if files.is_empty() {
        return BTreeSet::new();
    }
    let listed = git(&top, &[&["--literal-pathspecs", "ls-files", "-z", "--"].map(OsStr::new)[..], &files].concat());
    let listed = listed.unwrap_or_default();
    listed
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| top.join(OsStr::from_bytes(name)))
        .collect()
}

/// Runs git and returns its output, or `None` if git fails or is missing. Turns `core.fsmonitor` off, because a
/// repository can start a program with this setting.
fn git(dir: &Path, words: &[&OsStr]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(dir).args(["-c", "core.fsmonitor=false"]).args(words);
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// Asks at a terminal whether these lessons may run. Fails if there is no terminal.
pub(super) fn may_run(
    untrusted: &[UntrustedLesson<'_>],
    store: &mut TrustStore,
    settings: &Settings,
    words: &Words,
) -> Result<bool, Failure> {
    let Some(first) = untrusted.first() else { return Ok(true) };
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let more = untrusted.len() - 1;
        let key = if more == 0 { "failure-strange" } else { "failure-strange-many" };
        let path = sanitise(&first.path.display().to_string());
        return Err(Failure::new(exit::USAGE, key).with("path", path).with("more", more.to_string()));
    }
    let title = match untrusted {
        [one] => one.title.to_owned(),
        many => words.count("trust-many", many.len(), &[]),
    };
    let surveys: Vec<Survey> = untrusted.iter().map(|one| one.survey.clone()).collect();
    let (mut input, mut output) = (io::stdin().lock(), io::stderr());
    let dialog = &mut Dialog {
        words,
        plain: true,
        color: crate::terminal::Color::None,
        width: settings.width,
        input: &mut input,
        output: &mut output,
    };
    menu::trusts(&surveys, &title, store, dialog).map_err(terminal)
}

/// Returns the failure for a terminal that cannot be read or written.
pub(super) fn terminal(error: io::Error) -> Failure {
    Failure::new(exit::MACHINE, "failure-report").because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracked_returns_only_files_in_the_git_index() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        for name in ["a b.md", "new.md", "*.md"] {
            std::fs::write(root.join(name), "").unwrap();
        }
        let names = ["a b.md", "new.md", "*.md", "/etc/hostname"].map(|name| root.join(name));
        let known = |here: &Path| tracked(here, names.iter().map(PathBuf::as_path));
        assert_eq!(known(&root), BTreeSet::new());
        for words in [&["init", "-q"][..], &["--literal-pathspecs", "add", "--", "a b.md", "*.md"]] {
            assert!(git(&root, &words.iter().map(OsStr::new).collect::<Vec<_>>()).is_some(), "{words:?}");
        }
        std::fs::create_dir(root.join("below")).unwrap();
        let expected = BTreeSet::from([root.join("a b.md"), root.join("*.md")]);
        assert_eq!((known(&root), known(&root.join("below"))), (expected.clone(), expected));
        assert_eq!(known(&root.join("missing")), BTreeSet::new());
    }
}
