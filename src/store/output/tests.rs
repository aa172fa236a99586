//! Tests with hostile directories: links, pipes, devices, and files that nobody may write.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use super::super::named::{append_named, is_standard_output, write_named};
use super::*;

fn pipe(path: &Path) {
    rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RWXU).unwrap();
}

/// Creates a directory `in` with links and special files that could mislead a writer, and a directory `out` with the
/// targets of the links.
fn hostile() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (inside, outside) = (dir.path().join("in"), dir.path().join("out"));
    for folder in ["in/real", "out/empty"] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
    }
    fs::write(outside.join("victim"), "untouched").unwrap();
    fs::write(inside.join("file"), "old").unwrap();
    symlink("../out/victim", inside.join("link")).unwrap();
    symlink(outside.join("victim"), inside.join("absolute")).unwrap();
    symlink("../out/new", inside.join("dangling")).unwrap();
    symlink("../out", inside.join("folder")).unwrap();
    symlink("../out/none", inside.join("nowhere")).unwrap();
    symlink("real", inside.join("within")).unwrap();
    symlink("file", inside.join("alias")).unwrap();
    symlink("loop", inside.join("loop")).unwrap();
    fs::hard_link(outside.join("victim"), inside.join("hard")).unwrap();
    fs::write(inside.join("protected"), "old").unwrap();
    fs::set_permissions(inside.join("protected"), fs::Permissions::from_mode(0o444)).unwrap();
    pipe(&inside.join("pipe"));
    drop(std::os::unix::net::UnixListener::bind(inside.join("socket")).unwrap());
    dir
}

#[test]
fn hostile_path_is_refused_and_nothing_outside_changes() {
    type Expected = fn(&FileError) -> bool;
    let link: Expected = |error| matches!(error, FileError::Link { .. });
    let outside: Expected = |error| matches!(error, FileError::Outside { .. });
    let not_regular: Expected = |error| matches!(error, FileError::NotRegular(_));
    let directory: Expected = |error| matches!(error, FileError::Directory(_));
    let no_directory: Expected = |error| matches!(error, FileError::NoDirectory(_));
    let cases: &[(&str, Expected)] = &[
        ("link", link),
        ("absolute", link),
        ("dangling", link),
        ("alias", link),
        ("loop", link),
        ("within/../link", link),
        ("folder/victim", link),
        ("folder/new", link),
        ("folder/empty/new", link),
        ("nowhere/new", link),
        ("within/../folder/new", link),
        ("../out/victim", outside),
        ("../out/new", outside),
        ("real/../../out/new", outside),
        ("/etc/dermaga-new", outside),
        ("pipe", not_regular),
        ("socket", not_regular),
        ("real", directory),
        ("", directory),
        ("..", directory),
        ("file/new", |error| matches!(error, FileError::NotDirectory(_))),
        ("none/new", no_directory),
        ("hard", |error| matches!(error, FileError::HardLink(_))),
        ("protected", |error| matches!(error, FileError::WriteProtected(_))),
        ("nul\0", |error| matches!(error, FileError::Other { .. })),
    ];
    let dir = hostile();
    let folder = OutputFolder::open(&dir.path().join("in")).unwrap();
    let before = fs::read_dir(dir.path().join("in")).unwrap().count();
    for (path, expected) in cases {
        let refused = folder.write(Path::new(path), b"new").unwrap_err();
        assert!(expected(&refused), "{path}: {refused:?}");
        // `write_in_place` is for a lesson's own directory. In this directory, all names of a file belong to the
        // lesson, so a hard link is allowed.
        if *path != "hard" {
            let _ = folder.write_in_place(Path::new(path), b"new");
        }
        let _ = (folder.create(Path::new(path), b"new"), folder.read(Path::new(path)));
    }
    assert_eq!(fs::read_to_string(dir.path().join("out/victim")).unwrap(), "untouched");
    assert_eq!(fs::read_dir(dir.path().join("out")).unwrap().count(), 2, "nothing is new outside");
    assert_eq!(fs::read_dir(dir.path().join("out/empty")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(dir.path().join("in")).unwrap().count(), before + 1, "but `none`");
}

#[test]
fn device_is_refused_and_left_unchanged() {
    let dir = tempfile::tempdir().unwrap();
    symlink("/dev/stdout", dir.path().join("out")).unwrap();
    for path in ["/dev/null", "/dev/full", "/dev/zero"] {
        assert!(matches!(write_named(Path::new(path), b"x"), Err(FileError::NotRegular(_))), "{path}");
        assert!(matches!(append_named(Path::new(path)), Err(FileError::NotRegular(_))), "{path}");
        assert!(!fs::metadata(path).unwrap().is_file(), "{path}");
    }
    assert!(matches!(write_named(&dir.path().join("out"), b"x"), Err(FileError::Link { .. })));
    assert!(is_standard_output(Path::new("-")) && is_standard_output(Path::new("/dev/stdout")));
    assert!(!is_standard_output(Path::new("/dev/stderr")));
}

#[test]
fn link_to_a_directory_within_the_folder_is_followed() {
    let dir = hostile();
    let folder = OutputFolder::open(&dir.path().join("in")).unwrap();
    folder.write(Path::new("within/new"), b"x").unwrap();
    assert_eq!(fs::read(dir.path().join("in/real/new")).unwrap(), b"x");
    folder.make_directory(Path::new("within/a/b")).unwrap();
    assert!(dir.path().join("in/real/a/b").is_dir());
    assert!(matches!(folder.make_directory(Path::new("folder/a")), Err(FileError::Link { .. })));
    assert!(matches!(folder.make_directory(Path::new("file/a")), Err(FileError::NotDirectory(_))));
}

#[test]
fn make_refuses_a_path_that_is_a_link() {
    let dir = hostile();
    for name in ["folder", "nowhere", "within"] {
        let made = OutputFolder::make(&dir.path().join("in").join(name));
        assert!(matches!(made, Err(FileError::Link { .. })), "{name}: {made:?}");
    }
    assert!(OutputFolder::make(&dir.path().join("in/file")).is_err());
    OutputFolder::make(&dir.path().join("in/a/b")).unwrap().write(Path::new("c"), b"x").unwrap();
    assert!(dir.path().join("in/a/b/c").is_file());
}

#[test]
fn write_named_keeps_the_mode_and_leaves_no_other_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    write_named(&file, b"new").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn append_named_creates_private_files_and_keeps_old_text() {
    let dir = hostile();
    let (new, old) = (dir.path().join("in/new"), dir.path().join("in/file"));
    for path in [&new, &old] {
        append_named(path).unwrap().write_all(b"x").unwrap();
    }
    assert_eq!(new.metadata().unwrap().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&old).unwrap(), "oldx");
    for name in ["pipe", "socket", "link", "dangling", "real"] {
        assert!(append_named(&dir.path().join("in").join(name)).is_err(), "{name}");
    }
}
