//! Tests that `dermaga build` writes only to its site.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{BUILD, COURSE, check, lesson, link, picture, pipe, world};
use crate::project::Project;

/// Makes the directory `site` look like a built site, with the paths `listed` in its list of files.
fn site(project: &Project, listed: &str) {
    project.write("site/.dermaga-site", listed);
}

#[test]
fn build_changes_nothing_outside_its_site() {
    check(
        BUILD,
        2,
        &[
            ("the site is a link", |p| link(p, "site", "../victim/empty"), "site is a link to ../victim/empty"),
            ("a link to nothing", |p| link(p, "site", "../victim/new"), "is a link"),
            ("a link to a link", |p| (link(p, "a", "../victim/empty"), link(p, "site", "a")).1, "is a link"),
            ("the site is a pipe", |p| pipe(p, "site"), "site is a file"),
            ("the site is a file", |p| drop(p.write("site", "")), "site is a file"),
            ("foreign files", |p| drop(p.write("site/letter", "")), "holds other files"),
            (
                "a page is a link",
                |p| (site(p, "index.html\n"), link(p, "site/index.html", "../../victim/profile")).1,
                "site/index.html is a link",
            ),
            (
                "a page is a link to nothing",
                |p| (site(p, "index.html\n"), link(p, "site/index.html", "../../victim/new")).1,
                "is a link",
            ),
            (
                "a directory of pages is a link",
                |p| (site(p, "g/satu.html\n"), link(p, "site/g", "../../victim")).1,
                "site/g is a link",
            ),
            ("the list is a link", |p| link(p, "site/.dermaga-site", "../../victim/profile"), "is a link"),
            ("the list is a pipe", |p| pipe(p, "site/.dermaga-site"), "is a pipe"),
            ("a page is a pipe", |p| (site(p, "index.html\n"), pipe(p, "site/index.html")).1, "is a pipe"),
            (
                "a page is somebody's file",
                |p| (site(p, "a\n"), drop(p.write("site/index.html", "mine"))).1,
                "site/index.html is not of an earlier build",
            ),
            (
                "a page has a second name",
                |p| {
                    site(p, "index.html\n");
                    fs::hard_link(p.root().join("victim/profile"), p.path("site/index.html")).unwrap();
                },
                "hard link",
            ),
        ],
    );
    check(
        &["build", "--dest", "out/empty"],
        2,
        &[("a link on the way", |p| link(p, "out", "../victim"), "out is a link")],
    );
    check(
        &["build", "--dest", "out/a/b"],
        2,
        &[("a link on a new way", |p| link(p, "out", "../victim"), "out is a link")],
    );
    check(
        &["build", "--dest", "out/x"],
        2,
        &[("an absolute link on the way", |p| link(p, "out", "/etc"), "link to /etc")],
    );
    check(&["build", "--dest", "."], 2, &[("the course itself", |_| {}, "holds other files")]);
    check(&["build", "--dest", "id"], 2, &[("a language of the course", |_| {}, "holds other files")]);
    check(&["build", "--dest", ".."], 2, &[("the directory above", |_| {}, "holds other files")]);
    check(
        BUILD,
        0,
        &[
            (
                "an old page lies behind a link",
                |p| (site(p, "x/authorized_keys\n"), link(p, "site/x", "../../victim")).1,
                "",
            ),
            ("an old page above", |p| site(p, "../course.toml\n../../victim/profile\n"), ""),
            ("a picture of the root", |p| drop(p.write("id/g/satu.md", lesson("![x](/etc/passwd)"))), "another site"),
            ("a picture by a URL", |p| drop(p.write("id/g/satu.md", lesson("![x](file:///etc/passwd)"))), ""),
            ("an old page of the root", |p| site(p, "/etc/hostname\n"), ""),
        ],
    );
    check(
        BUILD,
        4,
        &[
            ("the list is a directory", |p| drop(p.write("site/.dermaga-site/x", "")), "is a directory"),
            (
                "a page is a directory",
                |p| (site(p, "index.html\n"), drop(p.write("site/index.html/x", ""))).1,
                "is a directory",
            ),
            (
                "a page is write-protected",
                |p| {
                    site(p, "index.html\n");
                    let page = p.write("site/index.html", "");
                    fs::set_permissions(page, fs::Permissions::from_mode(0o444)).unwrap();
                },
                "write-protected",
            ),
        ],
    );
}

#[test]
fn build_of_a_course_with_mistakes_writes_nothing() {
    check(
        BUILD,
        3,
        &[
            ("a group above", |p| drop(p.write("course.toml", COURSE.replace("\"g\"", "\"../v\""))), "[L105]"),
            ("a group of the root", |p| drop(p.write("course.toml", COURSE.replace("\"g\"", "\"/v\""))), "[L105]"),
            ("a lesson above", |p| drop(p.write("course.toml", COURSE.replace("satu", "../satu"))), "nothing was"),
            ("an empty id", |p| drop(p.write("course.toml", COURSE.replace("satu", ""))), "nothing was"),
            ("a NUL in an id", |p| drop(p.write("course.toml", COURSE.replace("satu", "a\\u0000"))), "nothing was"),
            ("a step id above", |p| drop(p.write("id/g/satu.md", lesson("").replace("#lihat", "#../x"))), "[L009]"),
            ("a picture above", |p| drop(p.write("id/g/satu.md", lesson("![x](../../../x)"))), "[L161]"),
            ("a dead link", |p| drop(p.write("id/g/satu.md", lesson("[x](none.md)"))), "[L160]"),
            ("a lesson that is missing", |p| fs::remove_file(p.path("id/g/satu.md")).unwrap(), "nothing was"),
            (
                "a picture outside",
                |p| {
                    p.write("id/g/satu.md", lesson("![x](p.svg)"));
                    link(p, "id/g/p.svg", "../../../victim/profile");
                },
                "[B101]",
            ),
            (
                "a picture that is a pipe",
                |p| (p.write("id/g/satu.md", lesson("![x](p.svg)")), pipe(p, "id/g/p.svg")).1,
                "[B103]",
            ),
            (
                "a picture that is a directory",
                |p| drop((p.write("id/g/satu.md", lesson("![x](p.svg)")), p.write("id/g/p.svg/x", ""))),
                "[B103]",
            ),
        ],
    );
}

#[test]
fn build_completes_a_site_whose_earlier_build_was_interrupted() {
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
