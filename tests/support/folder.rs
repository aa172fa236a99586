//! A temporary folder with a home, a cache and a working directory for the program. The program's environment contains
//! only a few variables.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::process::{Ended, finish};

/// The time limit of a run.
const LIMIT: Duration = Duration::from_secs(150);

/// The folder of one test, which is removed when the test ends.
#[derive(Debug)]
pub(crate) struct Project {
    root: tempfile::TempDir,
}

impl Project {
    /// Makes the folder of a test. The program treats the lessons in this folder as the person's own.
    pub(crate) fn new() -> Self {
        let root = tempfile::Builder::new().prefix("dm").tempdir().expect("a folder");
        for name in ["home", "cache", "tmp", "work"] {
            fs::create_dir(root.path().join(name)).expect("a folder");
        }
        let project = Self { root };
        let work = project.root().join("work").canonicalize().expect("a folder");
        fs::create_dir_all(project.trusted().parent().expect("a folder")).expect("a folder");
        fs::write(project.trusted(), format!("own {}\n", work.display())).expect("a file");
        project
    }

    /// Returns the path of the program's file with the trusted lessons and the person's own folders.
    pub(crate) fn trusted(&self) -> PathBuf {
        self.root.path().join("home/.local/state/dermaga/trusted")
    }

    /// Makes a folder with one lesson, `lesson.md`, which the program treats as somebody else's.
    pub(crate) fn with_a_strangers(text: &str) -> Self {
        let project = Self::with(text);
        project.disown();
        project
    }

    /// Makes the program treat the lessons in this folder as somebody else's.
    pub(crate) fn disown(&self) {
        let trusted = fs::read_to_string(self.trusted()).unwrap_or_default();
        let others: String =
            trusted.lines().filter(|line| !line.starts_with("own ")).map(|l| format!("{l}\n")).collect();
        fs::write(self.trusted(), others).expect("a file");
    }

    /// Makes a folder with one lesson, `lesson.md`.
    pub(crate) fn with(text: &str) -> Self {
        let project = Self::new();
        project.write("lesson.md", text);
        project
    }

    /// Makes a folder with a copy of the built-in course in `lessons`.
    pub(crate) fn with_our_lessons() -> Self {
        let project = Self::new();
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let copied = Command::new("cp").arg("-r").arg(ours).arg(project.path("lessons")).status();
        assert!(copied.expect("cp").success());
        project
    }

    /// Returns the path of `name` in the working directory of the program.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("work").join(name)
    }

    /// Returns the folder that contains the home, the cache, the temporary files and the working directory.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// Writes a file below the working directory, and creates its parent folders. Returns the file's path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(&path, content).expect("a file");
        path
    }

    /// Returns the content of a file below the working directory.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    /// Prepares a run of the program with these arguments.
    pub(crate) fn dermaga<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Dermaga {
        self.program(env!("CARGO_BIN_EXE_dermaga"), &[]).args(words)
    }

    /// Prepares a run of another program, such as `setpriv` or `sh`, whose first arguments are `words`.
    pub(crate) fn program(&self, name: &str, words: &[&str]) -> Dermaga {
        let at = |folder: &str| self.root.path().join(folder);
        // The tests may ignore some signals, for example under `nohup`. The tests' children must get all signals, such
        // as SIGINT.
        dermaga::signals::reset_for_children().expect("signals");
        let mut command = Command::new(name);
        command.args(words).env_clear().current_dir(at("work")).stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").expect("a PATH"));
        command.env("HOME", at("home")).env("XDG_CACHE_HOME", at("cache")).env("TMPDIR", at("tmp"));
        command.env("LANG", "en_US.UTF-8");
        if let Some(pack) = std::env::var_os("DERMAGA_PACK").or_else(usual_pack) {
            command.env("DERMAGA_PACK", pack);
        }
        Dermaga { command, mark: self.root.path().to_owned(), limit: LIMIT }
    }

    /// Prepares a run of the program that needs an engine. Panics if the pack of images is missing, so that no test is
    /// skipped silently.
    pub(crate) fn with_engine<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Dermaga {
        let pack = std::env::var_os("DERMAGA_PACK").or_else(usual_pack).map(PathBuf::from).unwrap_or_default();
        assert!(
            pack.join("oci-layout").exists(),
            "these tests need the pack of images, which is not at {}: run `make pack`",
            pack.display()
        );
        self.dermaga(words)
    }

    /// Returns the sorted paths of the lessons below `lessons`, relative to the working directory.
    pub(crate) fn lessons_written(&self) -> Vec<String> {
        let mut found = Vec::new();
        files_below(&self.path("lessons"), &mut found);
        let here = format!("{}/", self.path("").display().to_string().trim_end_matches('/'));
        found.retain(|path| Path::new(path).extension().is_some_and(|extension| extension == "md"));
        let mut found: Vec<String> =
            found.iter().filter_map(|path| path.strip_prefix(&here)).map(str::to_owned).collect();
        // The path of a lesson is `lessons/LANG/GROUP/LESSON.md`. Other Markdown files are pages.
        found.retain(|path| path.split('/').count() == 4);
        found.sort();
        found
    }

    /// Returns the paths of the files that runs have left in the cache and in the folder for temporary files.
    pub(crate) fn left(&self) -> Vec<String> {
        let mut found = Vec::new();
        files_below(&self.root.path().join("tmp"), &mut found);
        files_below(&self.root.path().join("cache"), &mut found);
        found
    }
}

fn files_below(dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            files_below(&entry.path(), found);
        } else {
            found.push(entry.path().display().to_string());
        }
    }
}

fn usual_pack() -> Option<std::ffi::OsString> {
    let home = std::env::var_os("HOME")?;
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(|| Path::new(&home).join(".cache"), PathBuf::from);
    Some(cache.join("dermaga/pack").into_os_string())
}

/// A run that is being prepared.
#[derive(Debug)]
pub(crate) struct Dermaga {
    command: Command,
    mark: PathBuf,
    limit: Duration,
}

impl Dermaga {
    #[must_use]
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, words: impl IntoIterator<Item = S>) -> Self {
        self.command.args(words);
        self
    }

    #[must_use]
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Removes an environment variable.
    #[must_use]
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Sets the time limit of the run.
    #[must_use]
    pub(crate) fn within(mut self, seconds: u64) -> Self {
        self.limit = Duration::from_secs(seconds);
        self
    }

    /// Runs the program to its end. The program's standard output goes to `out`.
    pub(crate) fn into_pipe(mut self, out: Stdio) -> Ended {
        let child = self.command.stdout(out).stderr(Stdio::piped()).spawn().expect("the program");
        finish(child, &self.mark, self.limit, |_, _| {})
    }

    /// Starts the program and does not wait for its end.
    pub(crate) fn spawn(&mut self) -> Child {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program")
    }

    /// Runs the program to its end.
    pub(crate) fn run(self) -> Ended {
        self.run_with(|_, _| {})
    }

    /// Runs the program to its end. `heard` gets each line of the program's standard output, and the process id.
    pub(crate) fn run_with(mut self, heard: impl FnMut(&str, u32)) -> Ended {
        let child = self.spawn();
        finish(child, &self.mark, self.limit, heard)
    }
}
