//! Tests that commands write only into the course, into the site, or to a named file. The tests use hostile courses and
//! hostile paths. Nothing may change in a directory beside the working directory.

mod build;
mod fix;
mod named;
mod special;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;

use crate::project::Project;

const COURSE: &str = "title = { id = \"Kursus\", en = \"Course\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"G\", en = \"G\" }\nlessons = [\"satu\"]\n";
/// A translation whose command differs from its source. `--fix` replaces this command by the source's command.
const MENDABLE: &str = "# Title\n\n## See {#lihat}\n\n```console\n$ docker images\n```\n";

/// Creates a good course in the working directory. Beside it, creates the directory `victim` with a site, a course and
/// an empty folder.
fn world() -> Project {
    let project = Project::new();
    project.write("course.toml", COURSE);
    for lang in ["id", "en"] {
        project.write(&format!("{lang}/g/satu.md"), lesson(""));
    }
    let victim = project.root().join("victim");
    fs::create_dir_all(victim.join("empty")).unwrap();
    fs::create_dir_all(victim.join("g")).unwrap();
    for (name, text) in [
        ("index.html", "mine"),
        ("profile", "mine"),
        ("authorized_keys", "mine"),
        ("satu.md", MENDABLE),
        ("g/satu.md", MENDABLE),
        ("course.toml", COURSE),
    ] {
        fs::write(victim.join(name), text).unwrap();
    }
    project
}

fn lesson(text: &str) -> String {
    format!("# Judul\n\n{text}\n\n## Lihat {{#lihat}}\n\n```console\n$ docker ps\n```\n")
}

/// Returns the type, the mode and the content of every entry below a directory, by path.
fn picture(root: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        let mode = fs::symlink_metadata(&path).unwrap().mode();
        let content = if kind.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        let link = fs::read_link(&path).unwrap_or_default();
        let content = String::from_utf8_lossy(&content).into_owned();
        all.insert(path.display().to_string(), format!("{mode:o} {} {content}", link.display()));
        if kind.is_dir() {
            all.extend(picture(&path));
        }
    }
    all
}

fn link(project: &Project, name: &str, target: &str) {
    let at = project.path(name);
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    let _ = fs::remove_file(&at);
    let _ = fs::remove_dir_all(&at);
    symlink(target, at).unwrap();
}

fn pipe(project: &Project, name: &str) {
    let at = project.path(name);
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    let _ = fs::remove_file(&at);
    rustix::fs::mkfifoat(rustix::fs::CWD, at, rustix::fs::Mode::RWXU).unwrap();
}

/// A function that prepares a hostile directory.
type Prepare = fn(&Project);
/// The name of a case, the function that prepares it, and a part of the expected message.
type Case<'a> = (&'a str, Prepare, &'a str);

/// Runs the program with `words` in each case. Asserts that it exits with `code`, prints the message, and changes
/// nothing outside the working directory.
fn check(words: &[&str], code: i32, cases: &[Case<'_>]) {
    for (name, prepare, says) in cases {
        let project = world();
        prepare(&project);
        let victim = project.root().join("victim");
        let before = picture(&victim);
        let course = picture(&project.path(""));
        let ended = project.dermaga(["--lang", "en"]).args(words).within(20).run();
        assert_eq!(ended.code, code, "{name}: {}", ended.all());
        assert!(ended.all().contains(says), "{name}: `{says}` is not said\n{}", ended.all());
        let ended = ended.is_clean();
        assert_eq!(picture(&victim), before, "{name}: changed outside\n{}", ended.all());
        if code == 3 {
            assert_eq!(picture(&project.path("")), course, "{name}: wrote in spite of mistakes\n{}", ended.all());
        }
        assert_eq!(fs::read_dir(project.root()).unwrap().count(), 5, "{name}: something is new outside");
    }
}

const BUILD: &[&str] = &["build"];
