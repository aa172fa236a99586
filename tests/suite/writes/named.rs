//! Tests that exports, reports and logs are written only to regular files.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::FileTypeExt as _;

use super::{check, link, pipe, world};

#[test]
fn export_report_or_log_is_written_only_to_a_regular_file() {
    let options: [[&str; 2]; 3] = [["progress", "--export"], ["test", "--junit"], ["lint", "--log"]];
    for [command, option] in options {
        let to = |file: &'static str| [command, option, file];
        check(
            &to("x"),
            2,
            &[
                ("a link", |p| link(p, "x", "../victim/profile"), "x is a link to ../victim/profile"),
                ("a link to nothing", |p| link(p, "x", "../victim/new"), "x is a link"),
                ("a link to a device", |p| link(p, "x", "/dev/null"), "x is a link to /dev/null"),
                ("a pipe", |p| pipe(p, "x"), "x is a pipe"),
                (
                    "a second name",
                    |p| fs::hard_link(p.root().join("victim/profile"), p.path("x")).unwrap(),
                    "x is a hard link",
                ),
            ],
        );
        check(&to("x"), 4, &[("a directory", |p| drop(p.write("x/y", "")), "x is a directory")]);
        check(
            &to("a/x"),
            2,
            &[
                ("a missing directory", |_| {}, "The directory a does not exist. Make it first: `mkdir -p a`"),
                ("a link on the way", |p| link(p, "a", "../victim"), "a is a link to ../victim"),
                ("a file on the way", |p| drop(p.write("a", "")), "a is a file; a directory is expected"),
            ],
        );
        check(&to("/dev/full"), 2, &[("a device", |_| {}, "/dev/full is a pipe, a device or a socket")]);
    }
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[test]
fn export_to_dash_or_dev_stdout_is_written_to_standard_output() {
    let project = world();
    let expected = project.dermaga(["progress", "--export", "-"]).run().code(0).out;
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let ended = project.dermaga(["progress", "--export", name]).run().code(0);
        assert_eq!((ended.out.lines().count(), ended.err.as_str()), (expected.lines().count(), ""), "{name}");
    }
    assert!(expected.contains("dermaga"), "{expected}");
}

#[test]
fn full_disk_does_not_damage_the_old_export() {
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
fn export_to_a_file_name_that_is_not_utf8_works() {
    let project = world();
    let name = OsStr::from_bytes(b"x-\xff.jsonl");
    project.dermaga([OsStr::new("progress"), OsStr::new("--export"), name]).run().code(0).is_clean();
    assert!(project.path("").join(name).is_file());
}
