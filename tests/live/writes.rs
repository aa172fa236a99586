//! Tests that a run writes only below its course. If a lesson or a recording is a symbolic link, the run does not
//! change the target of the link.

use std::fs;
use std::os::unix::fs::symlink;

use crate::project::{Project, block, lesson};

const COURSE: &str = "title = { id = \"Uji\" }\nlanguages = [\"id\"]\n\n[[group]]\nid = \"dasar\"\ntitle = { id = \"Dasar\" }\n\
                      lessons = [\"uji\"]\n";

/// Creates a course with one lesson, whose written output is `output`, and files outside the course.
fn course(output: &str) -> Project {
    let project = Project::new();
    let text = lesson(&[("a", &block("console", &format!("$ echo satu\n{output}")))]);
    project.write("course.toml", COURSE);
    project.write("id/dasar/uji.md", &text);
    project.write("../victim/uji.md", &text);
    project.write("../victim/profile", "mine");
    project
}

fn link(project: &Project, name: &str, target: &str) {
    let at = project.path(name);
    fs::create_dir_all(at.parent().expect("a folder")).expect("a folder");
    let _ = fs::remove_file(&at);
    symlink(target, at).expect("a link");
}

#[test]
fn update_does_not_write_through_a_link() {
    for (name, target, asked) in [
        ("id/dasar/uji.md", "../../../victim/uji.md", "."),
        ("post.md", "../victim/uji.md", "post.md"),
        ("posts/uji.md", "../../victim/uji.md", "posts"),
        ("book/src", "../../victim", "book"),
    ] {
        let project = course("SATU");
        link(&project, name, target);
        if asked == "book" {
            project.write("book/book.toml", "[book]\n");
            project.write("../victim/SUMMARY.md", "# Summary\n\n- [A](uji.md)\n");
        }
        if asked == "posts" {
            fs::remove_file(project.path("course.toml")).expect("a file");
        }
        let before = project.read("../victim/uji.md");
        let ended = project.with_engine(["test", "--yes", "--update", "--lang", "en", asked]).run().code(2);
        let ended = ended.complains(&[&format!("{name} is a link to {target}")]).is_clean().is_alone();
        assert!(!ended.all().contains("Rewritten"), "{}", ended.all());
        assert_eq!(project.read("../victim/uji.md"), before, "{name}");
    }
}

#[test]
fn record_does_not_write_through_a_link() {
    for (name, target) in [
        ("records", "../victim"),
        ("records/uji.cast", "../../victim/profile"),
        ("records/uji.cast", "../../victim/new"),
        ("records/proofs.json", "../../victim/profile"),
    ] {
        let project = course("satu");
        link(&project, name, target);
        let ended = project.with_engine(["test", "--record", "--lang", "en", "."]).run().code(2);
        ended.complains(&[&format!("{name} is a link to {target}")]).is_clean();
        assert_eq!(project.read("../victim/profile"), "mine", "{name}");
        assert_eq!(fs::read_dir(project.path("../victim")).expect("a folder").count(), 2, "{name}");
    }
}

#[test]
fn new_junit_report_replaces_the_whole_old_report() {
    let project = course("satu");
    project.write("hasil.xml", "old");
    project.with_engine(["test", "--junit", "hasil.xml", "."]).run().code(0);
    let report = project.read("hasil.xml");
    assert!(report.starts_with("<?xml") && report.ends_with("</testsuites>\n"), "{report}");
    let ended = project.with_engine(["test", "--junit", "-", "."]).run().code(0);
    assert!(ended.out.starts_with("<?xml"), "{}", ended.all());
}
