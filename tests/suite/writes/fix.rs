//! Tests that `lint --fix`, `test --update` and `new` write only below the course.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{MENDABLE, check, link};
use crate::project::Project;

const FIX: &[&str] = &["lint", "--fix"];

#[test]
fn fix_update_and_new_change_nothing_outside_the_course() {
    check(
        FIX,
        2,
        &[
            ("a lesson is a link", |p| link(p, "en/g/satu.md", "../../../victim/satu.md"), "satu.md is a link"),
            ("an absolute link", |p| link(p, "en/g/satu.md", &outside(p, "satu.md")), "satu.md is a link"),
            ("a language is a link", |p| link(p, "en", "../victim"), "en is a link to ../victim"),
            ("a language is an absolute link", |p| link(p, "en", &outside(p, "")), "en is a link"),
            ("a lesson has a second name", second_name, "hard link"),
        ],
    );
    check(
        &["lint", "--fix", "en/g/satu.md"],
        2,
        &[("a named lesson is a link", |p| link(p, "en/g/satu.md", "../../../victim/satu.md"), "satu.md is a link")],
    );
    check(
        &["lint", "--fix", "en/g/satu.md"],
        0,
        &[("a lesson is named by way of a link", |p| link(p, "en/g", "../../victim/g"), "")],
    );
    check(FIX, 4, &[("a lesson is write-protected", protect, "`chmod u+w en/g/satu.md`")]);
    check(
        &["test", "--yes", "--update"],
        2,
        &[("an updated lesson is a link", |p| link(p, "id/g/satu.md", "../../../victim/satu.md"), "satu.md is a link")],
    );
    check(
        &["test", "--yes", "--update", "x.md"],
        2,
        &[("an updated post is a link", |p| link(p, "x.md", "../victim/satu.md"), "x.md is a link")],
    );
    check(
        &["test", "--yes", "--update", "book"],
        2,
        &[
            (
                "an updated book lies behind a link",
                |p| {
                    p.write("book/book.toml", "[book]\n");
                    link(p, "book/src", "../../victim");
                    fs::write(p.root().join("victim/SUMMARY.md"), "# Summary\n\n- [A](satu.md)\n").unwrap();
                },
                "book/src is a link",
            ),
            (
                "an updated book lies outside",
                |p| {
                    p.write("book/book.toml", "[book]\nsrc = \"../../victim\"\n");
                    fs::write(p.root().join("victim/SUMMARY.md"), "# Summary\n\n- [A](satu.md)\n").unwrap();
                },
                "is not inside",
            ),
        ],
    );
    check(&["new", "lesson", "../x"], 2, &[("a new lesson above", |_| {}, "no group `..`")]);
    check(
        &["new", "lesson", "baru"],
        2,
        &[
            ("a new lesson behind a link", |p| link(p, "id/g", "../../victim/empty"), "id/g is a link"),
            ("course.toml is a link", |p| link(p, "course.toml", "../victim/course.toml"), "course.toml is a link"),
        ],
    );
    check(
        &["new", "course", "c"],
        2,
        &[
            ("a new course is a link", |p| link(p, "c", "../victim/empty"), "c is a link"),
            ("a new course in a link to nothing", |p| link(p, "c/id", "../../victim/new"), "c/id is a link"),
        ],
    );
    check(
        &["new", "course", "c/d"],
        2,
        &[("a new course behind a link", |p| link(p, "c", "../victim"), "c is a link")],
    );
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
