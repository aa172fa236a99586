//! Writing stays where it belongs: commands in hostile courses and on hostile paths, and a directory beside them of
//! which nothing may change.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use crate::project::Project;

const COURSE: &str = "title = { id = \"Kursus\", en = \"Course\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"G\", en = \"G\" }\nlessons = [\"satu\"]\n";
/// A translation whose command is another: `--fix` carries the source's over.
const MENDABLE: &str = "# Title\n\n## See {#lihat}\n\n```console\n$ docker images\n```\n";

/// A good course in the working directory, and `victim` beside it: a site, a course, a folder that is empty.
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

/// Everything below a directory: kind, mode and content.
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

/// Prepares a hostile world.
type Prepare = fn(&Project);
/// Its name, what is prepared, the command, its exit code, and what it says.
type Case = (&'static str, Prepare, &'static [&'static str], i32, &'static str);

fn check(cases: &[Case]) {
    for (name, prepare, words, code, says) in cases {
        let project = world();
        prepare(&project);
        let victim = project.root().join("victim");
        let before = picture(&victim);
        let course = picture(&project.path(""));
        let ended = project.dermaga(["--lang", "en"]).args(*words).within(20).run();
        assert_eq!(ended.code, *code, "{name}: {}", ended.all());
        assert!(ended.all().contains(says), "{name}: `{says}` is not said\n{}", ended.all());
        let ended = ended.is_clean();
        assert_eq!(picture(&victim), before, "{name}: changed outside\n{}", ended.all());
        if *code == 3 {
            assert_eq!(picture(&project.path("")), course, "{name}: wrote in spite of mistakes\n{}", ended.all());
        }
        assert_eq!(fs::read_dir(project.root()).unwrap().count(), 5, "{name}: something is new outside");
    }
}

/// A site of somebody's in `site`, with these paths in its list.
fn site(project: &Project, listed: &str) {
    project.write("site/.dermaga-site", listed);
}

const BUILD: &[&str] = &["build"];
const FIX: &[&str] = &["lint", "--fix"];

#[test]
fn build_changes_nothing_outside_its_site() {
    check(&[
        ("the site is a link", |p| link(p, "site", "../victim/empty"), BUILD, 2, "site is a link to ../victim/empty"),
        ("a link to nothing", |p| link(p, "site", "../victim/new"), BUILD, 2, "is a link"),
        ("a link to a link", |p| (link(p, "a", "../victim/empty"), link(p, "site", "a")).1, BUILD, 2, "is a link"),
        ("a link on the way", |p| link(p, "out", "../victim"), &["build", "--dest", "out/empty"], 2, "out is a link"),
        ("a link on a new way", |p| link(p, "out", "../victim"), &["build", "--dest", "out/a/b"], 2, "out is a link"),
        ("an absolute link on the way", |p| link(p, "out", "/etc"), &["build", "--dest", "out/x"], 2, "link to /etc"),
        ("the site is a pipe", |p| pipe(p, "site"), BUILD, 2, "site is a file"),
        ("the site is a file", |p| drop(p.write("site", "")), BUILD, 2, "site is a file"),
        ("foreign files", |p| drop(p.write("site/letter", "")), BUILD, 2, "holds other files"),
        ("the course itself", |_| {}, &["build", "--dest", "."], 2, "holds other files"),
        ("a language of the course", |_| {}, &["build", "--dest", "id"], 2, "holds other files"),
        ("the directory above", |_| {}, &["build", "--dest", ".."], 2, "holds other files"),
        (
            "a page is a link",
            |p| (site(p, "index.html\n"), link(p, "site/index.html", "../../victim/profile")).1,
            BUILD,
            2,
            "site/index.html is a link",
        ),
        (
            "a page is a link to nothing",
            |p| (site(p, "index.html\n"), link(p, "site/index.html", "../../victim/new")).1,
            BUILD,
            2,
            "is a link",
        ),
        (
            "a directory of pages is a link",
            |p| (site(p, "g/satu.html\n"), link(p, "site/g", "../../victim")).1,
            BUILD,
            2,
            "site/g is a link",
        ),
        (
            "an old page lies behind a link",
            |p| (site(p, "x/authorized_keys\n"), link(p, "site/x", "../../victim")).1,
            BUILD,
            0,
            "",
        ),
        ("an old page above", |p| site(p, "../course.toml\n../../victim/profile\n"), BUILD, 0, ""),
        (
            "a picture of the root",
            |p| drop(p.write("id/g/satu.md", lesson("![x](/etc/passwd)"))),
            BUILD,
            0,
            "another site",
        ),
        ("a picture by a URL", |p| drop(p.write("id/g/satu.md", lesson("![x](file:///etc/passwd)"))), BUILD, 0, ""),
        ("an old page of the root", |p| site(p, "/etc/hostname\n"), BUILD, 0, ""),
        ("the list is a link", |p| link(p, "site/.dermaga-site", "../../victim/profile"), BUILD, 2, "is a link"),
        ("the list is a pipe", |p| pipe(p, "site/.dermaga-site"), BUILD, 2, "is a pipe"),
        ("the list is a directory", |p| drop(p.write("site/.dermaga-site/x", "")), BUILD, 4, "is a directory"),
        ("a page is a pipe", |p| (site(p, "index.html\n"), pipe(p, "site/index.html")).1, BUILD, 2, "is a pipe"),
        (
            "a page is a directory",
            |p| (site(p, "index.html\n"), drop(p.write("site/index.html/x", ""))).1,
            BUILD,
            4,
            "is a directory",
        ),
        (
            "a page is somebody's file",
            |p| (site(p, "a\n"), drop(p.write("site/index.html", "mine"))).1,
            BUILD,
            2,
            "site/index.html is not of an earlier build",
        ),
        (
            "a page has a second name",
            |p| {
                site(p, "index.html\n");
                fs::hard_link(p.root().join("victim/profile"), p.path("site/index.html")).unwrap();
            },
            BUILD,
            2,
            "second name",
        ),
        (
            "a page is write-protected",
            |p| {
                site(p, "index.html\n");
                let page = p.write("site/index.html", "");
                fs::set_permissions(page, fs::Permissions::from_mode(0o444)).unwrap();
            },
            BUILD,
            4,
            "write-protected",
        ),
    ]);
}

#[test]
fn build_of_a_course_with_mistakes_writes_nothing() {
    check(&[
        ("a group above", |p| drop(p.write("course.toml", COURSE.replace("\"g\"", "\"../v\""))), BUILD, 3, "[L105]"),
        (
            "a group of the root",
            |p| drop(p.write("course.toml", COURSE.replace("\"g\"", "\"/v\""))),
            BUILD,
            3,
            "[L105]",
        ),
        (
            "a lesson above",
            |p| drop(p.write("course.toml", COURSE.replace("satu", "../satu"))),
            BUILD,
            3,
            "nothing was",
        ),
        ("an empty id", |p| drop(p.write("course.toml", COURSE.replace("satu", ""))), BUILD, 3, "nothing was"),
        (
            "a NUL in an id",
            |p| drop(p.write("course.toml", COURSE.replace("satu", "a\\u0000"))),
            BUILD,
            3,
            "nothing was",
        ),
        (
            "a step id above",
            |p| drop(p.write("id/g/satu.md", lesson("").replace("#lihat", "#../x"))),
            BUILD,
            3,
            "[L009]",
        ),
        ("a picture above", |p| drop(p.write("id/g/satu.md", lesson("![x](../../../x)"))), BUILD, 3, "[L161]"),
        ("a dead link", |p| drop(p.write("id/g/satu.md", lesson("[x](none.md)"))), BUILD, 3, "[L160]"),
        ("a lesson that is missing", |p| fs::remove_file(p.path("id/g/satu.md")).unwrap(), BUILD, 3, "nothing was"),
        (
            "a picture outside",
            |p| {
                p.write("id/g/satu.md", lesson("![x](p.svg)"));
                link(p, "id/g/p.svg", "../../../victim/profile");
            },
            BUILD,
            3,
            "[B101]",
        ),
        (
            "a picture that is a pipe",
            |p| (p.write("id/g/satu.md", lesson("![x](p.svg)")), pipe(p, "id/g/p.svg")).1,
            BUILD,
            3,
            "[B103]",
        ),
        (
            "a picture that is a directory",
            |p| drop((p.write("id/g/satu.md", lesson("![x](p.svg)")), p.write("id/g/p.svg/x", ""))),
            BUILD,
            3,
            "[B103]",
        ),
    ]);
}

#[test]
fn pipe_or_device_is_not_read() {
    check(&[
        ("a lesson", |p| pipe(p, "id/g/satu.md"), BUILD, 2, "id/g/satu.md is a pipe"),
        ("a lesson of no course", |p| pipe(p, "id/g/x.md"), &["lint"], 2, "is a pipe"),
        ("a named lesson", |p| pipe(p, "x.md"), &["lint", "x.md"], 2, "x.md is a pipe"),
        ("a device", |_| {}, &["lint", "/dev/zero"], 2, "is a pipe, a device"),
        ("a link to a device", |p| link(p, "id/g/satu.md", "/dev/zero"), &["test"], 2, "is a pipe, a device"),
        (
            "a directory",
            |p| drop((fs::remove_file(p.path("id/g/satu.md")), link(p, "id/g/satu.md", "."))),
            BUILD,
            4,
            "dir",
        ),
        (
            "a socket",
            |p| {
                fs::remove_file(p.path("id/g/satu.md")).unwrap();
                drop(UnixListener::bind(p.path("id/g/satu.md")).unwrap());
            },
            BUILD,
            2,
            "is a pipe, a device or a socket",
        ),
        ("the course", |p| pipe(p, "course.toml"), BUILD, 2, "course.toml is a pipe"),
        ("the named course", |p| pipe(p, "course.toml"), &["lint", "course.toml"], 2, "course.toml is a pipe"),
        ("the terms", |p| pipe(p, "terms.toml"), &["lint"], 2, "terms.toml is a pipe"),
        ("a record", |p| pipe(p, "records/satu.cast"), BUILD, 2, "satu.cast is a pipe"),
        ("the proofs", |p| pipe(p, "records/proofs.json"), BUILD, 2, "proofs.json is a pipe"),
        (
            "an include",
            |p| {
                p.write("book/book.toml", "[book]\n");
                p.write("book/src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
                p.write("book/src/a.md", lesson("{{#include b.md}}"));
                p.write("book/src/b.md", "{{ #include pipe:3:4 }}");
                pipe(p, "book/src/pipe");
            },
            &["lint", "book"],
            2,
            "src/pipe is a pipe",
        ),
        (
            "a chapter",
            |p| {
                p.write("book/book.toml", "[book]\n");
                p.write("book/src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
                pipe(p, "book/src/a.md");
            },
            &["lint", "book"],
            2,
            "src/a.md is a pipe",
        ),
    ]);
}

#[test]
fn fix_and_new_change_nothing_outside() {
    check(&[
        ("a lesson is a link", |p| link(p, "en/g/satu.md", "../../../victim/satu.md"), FIX, 2, "satu.md is a link"),
        ("an absolute link", |p| link(p, "en/g/satu.md", &outside(p, "satu.md")), FIX, 2, "satu.md is a link"),
        ("a language is a link", |p| link(p, "en", "../victim"), FIX, 2, "en is a link to ../victim"),
        ("a language is an absolute link", |p| link(p, "en", &outside(p, "")), FIX, 2, "en is a link"),
        (
            "a named lesson is a link",
            |p| link(p, "en/g/satu.md", "../../../victim/satu.md"),
            &["lint", "--fix", "en/g/satu.md"],
            2,
            "satu.md is a link",
        ),
        (
            "a lesson is named by way of a link",
            |p| link(p, "en/g", "../../victim/g"),
            &["lint", "--fix", "en/g/satu.md"],
            0,
            "",
        ),
        ("a lesson has a second name", second_name, FIX, 2, "second name"),
        ("a lesson is write-protected", protect, FIX, 4, "`chmod u+w en/g/satu.md`"),
        (
            "an updated lesson is a link",
            |p| link(p, "id/g/satu.md", "../../../victim/satu.md"),
            &["test", "--yes", "--update"],
            2,
            "satu.md is a link",
        ),
        (
            "an updated post is a link",
            |p| link(p, "x.md", "../victim/satu.md"),
            &["test", "--yes", "--update", "x.md"],
            2,
            "x.md is a link",
        ),
        (
            "an updated book lies behind a link",
            |p| {
                p.write("book/book.toml", "[book]\n");
                link(p, "book/src", "../../victim");
                fs::write(p.root().join("victim/SUMMARY.md"), "# Summary\n\n- [A](satu.md)\n").unwrap();
            },
            &["test", "--yes", "--update", "book"],
            2,
            "book/src is a link",
        ),
        (
            "an updated book lies outside",
            |p| {
                p.write("book/book.toml", "[book]\nsrc = \"../../victim\"\n");
                fs::write(p.root().join("victim/SUMMARY.md"), "# Summary\n\n- [A](satu.md)\n").unwrap();
            },
            &["test", "--yes", "--update", "book"],
            2,
            "is not inside",
        ),
        ("a new lesson above", |_| {}, &["new", "lesson", "../x"], 2, "no group `..`"),
        (
            "a new lesson behind a link",
            |p| link(p, "id/g", "../../victim/empty"),
            &["new", "lesson", "baru"],
            2,
            "id/g is a link",
        ),
        (
            "course.toml is a link",
            |p| link(p, "course.toml", "../victim/course.toml"),
            &["new", "lesson", "baru"],
            2,
            "course.toml is a link",
        ),
        ("a new course is a link", |p| link(p, "c", "../victim/empty"), &["new", "course", "c"], 2, "c is a link"),
        ("a new course behind a link", |p| link(p, "c", "../victim"), &["new", "course", "c/d"], 2, "c is a link"),
        (
            "a new course in a link to nothing",
            |p| link(p, "c/id", "../../victim/new"),
            &["new", "course", "c"],
            2,
            "c/id is a link",
        ),
    ]);
}

fn outside(project: &Project, name: &str) -> String {
    project.root().join("victim").join(name).display().to_string()
}

fn second_name(project: &Project) {
    fs::remove_file(project.path("en/g/satu.md")).unwrap();
    fs::hard_link(project.root().join("victim/satu.md"), project.path("en/g/satu.md")).unwrap();
}

fn protect(project: &Project) {
    let lesson = project.write("en/g/satu.md", MENDABLE);
    fs::set_permissions(lesson, fs::Permissions::from_mode(0o444)).unwrap();
}

const EXPORT: &[&str] = &["progress", "--export", "x"];

#[test]
fn named_file_is_a_regular_file_or_left_alone() {
    let junit: &[&str] = &["test", "--junit", "x"];
    let log: &[&str] = &["lint", "--log", "x"];
    for words in [EXPORT, junit, log] {
        let mut cases: Vec<Case> = vec![
            ("a link", |p| link(p, "x", "../victim/profile"), words, 2, "x is a link to ../victim/profile"),
            ("a link to nothing", |p| link(p, "x", "../victim/new"), words, 2, "x is a link"),
            ("a link to a device", |p| link(p, "x", "/dev/null"), words, 2, "x is a link to /dev/null"),
            ("a pipe", |p| pipe(p, "x"), words, 2, "x is a pipe"),
            ("a directory", |p| drop(p.write("x/y", "")), words, 4, "x is a directory"),
            (
                "a second name",
                |p| fs::hard_link(p.root().join("victim/profile"), p.path("x")).unwrap(),
                words,
                2,
                "x has a second name",
            ),
        ];
        let below: Vec<&'static str> = words.iter().map(|word| if *word == "x" { "a/x" } else { word }).collect();
        let below: &'static [&'static str] = below.leak();
        cases.push((
            "a missing directory",
            |_| {},
            below,
            2,
            "The directory a does not exist. Make it first: `mkdir -p a`",
        ));
        cases.push(("a link on the way", |p| link(p, "a", "../victim"), below, 2, "a is a link to ../victim"));
        cases.push(("a file on the way", |p| drop(p.write("a", "")), below, 2, "a is a file; a directory is expected"));
        let device: Vec<&'static str> =
            words.iter().map(|word| if *word == "x" { "/dev/full" } else { word }).collect();
        cases.push(("a device", |_| {}, device.leak(), 2, "/dev/full is a pipe, a device or a socket"));
        check(&cases);
    }
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[test]
fn export_writes_to_standard_output_under_each_of_its_names() {
    let project = world();
    let expected = project.dermaga(["progress", "--export", "-"]).run().code(0).out;
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let ended = project.dermaga(["progress", "--export", name]).run().code(0);
        assert_eq!((ended.out.lines().count(), ended.err.as_str()), (expected.lines().count(), ""), "{name}");
    }
    assert!(expected.contains("dermaga"), "{expected}");
}

#[test]
fn full_disk_leaves_the_old_export() {
    let project = world();
    project.write("mount/x", "old");
    let disk = project.path("mount").display().to_string();
    for (lang, words) in [("id", "diska sudah penuh"), ("en", "no space left")] {
        let script = format!(
            "mount -t tmpfs -o size=8k tmpfs {disk} && cd {disk} && echo old > x && head -c 4096 /dev/zero > y; \
             {} --lang {lang} progress --export x; echo code $?; cat x",
            env!("CARGO_BIN_EXE_dermaga")
        );
        let ended = project.program("unshare", &["-m", "sh", "-c", &script]).run().code(0);
        ended.says(&["code 4\nold\n"]).complains(&[words]);
    }
}

#[test]
fn name_that_is_no_text_is_written() {
    let project = world();
    let name = OsStr::from_bytes(b"x-\xff.jsonl");
    project.dermaga([OsStr::new("progress"), OsStr::new("--export"), name]).run().code(0).is_clean();
    assert!(project.path("").join(name).is_file());
}

#[test]
fn site_is_written_again_over_one_that_was_stopped_half_way() {
    let project = world();
    project.dermaga(BUILD).run().code(0);
    let whole = picture(&project.path("site"));
    fs::remove_dir_all(project.path("site/en")).unwrap();
    project.write("site/index.html", "half");
    project.write("site/letter", "mine");
    project.dermaga(BUILD).run().code(0);
    fs::remove_file(project.path("site/letter")).unwrap();
    assert_eq!(picture(&project.path("site")), whole);
}
