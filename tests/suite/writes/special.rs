//! Tests pipes, sockets, devices and directories in place of a file. The program reports them at once and never reads
//! them.

use std::fs;
use std::os::unix::net::UnixListener;

use super::{BUILD, check, lesson, link, pipe};

#[test]
fn pipe_or_device_in_place_of_a_file_is_not_read() {
    check(
        BUILD,
        2,
        &[
            ("a lesson", |p| pipe(p, "id/g/satu.md"), "id/g/satu.md is a pipe"),
            (
                "a socket",
                |p| {
                    fs::remove_file(p.path("id/g/satu.md")).unwrap();
                    drop(UnixListener::bind(p.path("id/g/satu.md")).unwrap());
                },
                "is a pipe, a device or a socket",
            ),
            ("the course", |p| pipe(p, "course.toml"), "course.toml is a pipe"),
            ("a record", |p| pipe(p, "records/satu.cast"), "satu.cast is a pipe"),
            ("the proofs", |p| pipe(p, "records/proofs.json"), "proofs.json is a pipe"),
        ],
    );
    check(
        &["lint"],
        2,
        &[
            ("a lesson of no course", |p| pipe(p, "id/g/x.md"), "is a pipe"),
            ("the terms", |p| pipe(p, "terms.toml"), "terms.toml is a pipe"),
        ],
    );
    check(&["lint", "x.md"], 2, &[("a named lesson", |p| pipe(p, "x.md"), "x.md is a pipe")]);
    check(&["lint", "/dev/zero"], 2, &[("a device", |_| {}, "is a pipe, a device")]);
    check(&["test"], 2, &[("a link to a device", |p| link(p, "id/g/satu.md", "/dev/zero"), "is a pipe, a device")]);
    check(
        BUILD,
        4,
        &[("a directory", |p| drop((fs::remove_file(p.path("id/g/satu.md")), link(p, "id/g/satu.md", "."))), "dir")],
    );
    check(&["lint", "course.toml"], 2, &[("the named course", |p| pipe(p, "course.toml"), "course.toml is a pipe")]);
    check(
        &["lint", "book"],
        2,
        &[
            (
                "an include",
                |p| {
                    p.write("book/book.toml", "[book]\n");
                    p.write("book/src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
                    p.write("book/src/a.md", lesson("{{#include b.md}}"));
                    p.write("book/src/b.md", "{{ #include pipe:3:4 }}");
                    pipe(p, "book/src/pipe");
                },
                "src/pipe is a pipe",
            ),
            (
                "a chapter",
                |p| {
                    p.write("book/book.toml", "[book]\n");
                    p.write("book/src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
                    pipe(p, "book/src/a.md");
                },
                "src/a.md is a pipe",
            ),
        ],
    );
}
