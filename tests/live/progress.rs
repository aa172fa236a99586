//! Tests `dermaga progress` with full or read-only disks, damaged or newer files, parallel terminals, and an export to
//! another machine. Each run has its own mount namespace.

use std::fs;
use std::path::Path;

use crate::project::{Ended, Project};

/// Returns the content of an exported file with `count` passed steps. The ids of their events begin with `who`.
fn exported(who: &str, count: usize) -> String {
    let line = |number: usize| {
        format!(
            r#"{{"at":{number},"digest":"d","done":"passed","id":"{who}{number}","kind":"step","lesson":"kontainer-pertama","step":"s{number}"}}"#
        )
    };
    let lines: Vec<String> = (1..=count).map(line).collect();
    format!("{{\"dermaga\":\"progress\",\"version\":1,\"events\":[\n{}\n]}}\n", lines.join(",\n"))
}

/// Runs `script` and then `dermaga progress` with `words`, in a new mount namespace. In the script, `$S` is the folder
/// with the program's state.
fn run(project: &Project, lang: &str, script: &str, words: &[&str]) -> Ended {
    let state = project.root().join("state");
    fs::create_dir_all(state.join("dermaga")).expect("a folder");
    let script = format!("set -e\n{script}\nexec \"$@\"");
    let before = ["--mount", "--propagation", "private", "sh", "-c", &script, "sh"];
    let run = project.program("unshare", &before).args([env!("CARGO_BIN_EXE_dermaga"), "progress", "--lang", lang]);
    let state = state.display().to_string();
    run.args(words).env("XDG_STATE_HOME", &state).env("S", &state).run()
}

/// Returns all stored progress, as `dermaga progress --export` prints it.
fn stored(project: &Project) -> String {
    run(project, "id", "", &["--export", "-"]).code(0).out
}

fn steps(text: &str) -> usize {
    text.matches(r#""kind":"step""#).count()
}

#[test]
fn full_disk_is_reported_and_the_list_of_lessons_still_works() {
    for (lang, full) in [("id", "diska penuh"), ("en", "disk is full")] {
        let project = Project::new();
        let many = project.write("many.json", exported("a", 3_000));
        let few = project.write("few.json", exported("b", 3));
        // The file system has room for the database, but not for three thousand entries.
        let tiny = "mount -t tmpfs -o size=200k tmpfs \"$S\"";
        let words = ["--import", &many.display().to_string()].map(str::to_owned);
        let ended = run(&project, lang, tiny, &[&words[0], &words[1]]).code(4).is_clean();
        assert!(ended.err.contains(full) && !ended.err.contains("merged"), "{}", ended.all());
        // This file system has no free space.
        let nothing = "mount -t tmpfs -o size=4k tmpfs \"$S\"; head -c 4096 /dev/zero >\"$S/x\" || true";
        let ended = run(&project, lang, nothing, &["--import", &few.display().to_string()]).code(4).is_clean();
        assert!(ended.err.contains(full), "{}", ended.all());
        // Without an import, the command reports the full disk and prints the list of lessons.
        let ended = run(&project, lang, nothing, &[]).code(0).is_clean();
        assert!(ended.err.contains(full) && ended.out.contains("Docker"), "{}", ended.all());
    }
}

#[test]
fn read_only_folder_is_reported_and_its_progress_can_be_read() {
    for (lang, forbidden, unsaved) in
        [("id", "tidak ada izin menulis", "belum tersimpan."), ("en", "may not be written", "are not saved.")]
    {
        let project = Project::new();
        let file = project.write("a.json", exported("a", 3)).display().to_string();
        run(&project, lang, "", &["--import", &file]).code(0).is_clean();
        let read_only = "mount --bind \"$S\" \"$S\"; mount -o remount,ro,bind \"$S\"";
        let other = project.write("b.json", exported("b", 5)).display().to_string();
        let ended = run(&project, lang, read_only, &["--import", &other]).code(4).is_clean();
        assert!(ended.err.contains(forbidden) && ended.err.contains(unsaved), "{}", ended.all());
        // The command can still read the progress from before.
        let ended = run(&project, lang, read_only, &["--export", "-"]).code(0);
        assert_eq!(steps(&ended.out), 3, "{}", ended.all());
        assert_eq!(steps(&stored(&project)), 3);
    }
}

#[test]
fn damaged_database_is_set_aside_and_newer_database_is_not_changed() {
    for (lang, broken, newer) in [("id", "tidak bisa dibaca", "lebih baru"), ("en", "could not be read", "newer")] {
        let project = Project::new();
        let file = project.write("a.json", exported("a", 9)).display().to_string();
        run(&project, lang, "", &["--import", &file]).code(0).is_clean();
        let database = project.root().join("state/dermaga/progress.db");
        let rubbish = vec![0x5a; 70_000];
        fs::write(&database, &rubbish).expect("a file");
        let ended = run(&project, lang, "", &["--export", "-"]).code(0);
        assert!(ended.err.contains(broken), "{}", ended.all());
        assert_eq!(steps(&ended.out), 9, "all came back");
        let aside = beside(&database, "damaged-");
        assert_eq!(fs::read(&aside).expect("the broken file"), rubbish);
        // The test now gives the database the format of a future version.
        let script = format!(
            "import sqlite3; c=sqlite3.connect({:?}); c.execute('pragma user_version=99'); c.execute('pragma application_id={}')",
            database.display().to_string(),
            0x4465_0000 + 99
        );
        let python = std::process::Command::new("python3").args(["-c", &script]).status().expect("python3");
        assert!(python.success());
        let before = fs::read(&database).expect("a file");
        let ended = run(&project, lang, "", &["--import", &file]).code(4).is_clean();
        assert!(ended.err.contains(newer), "{}", ended.all());
        assert_eq!(fs::read(&database).expect("a file"), before, "not a byte");
    }
}

fn beside(path: &Path, part: &str) -> std::path::PathBuf {
    let entries = fs::read_dir(path.parent().expect("a folder")).expect("a folder").flatten();
    let found = entries.map(|entry| entry.path()).find(|path| path.display().to_string().contains(part));
    found.unwrap_or_else(|| panic!("no {part}"))
}

#[test]
fn parallel_imports_keep_all_steps() {
    let project = Project::new();
    let files: Vec<String> = (0..8)
        .map(|who| project.write(&format!("{who}.json"), exported(&format!("t{who}-"), 40)).display().to_string())
        .collect();
    std::thread::scope(|scope| {
        for file in &files {
            scope.spawn(|| run(&project, "id", "", &["--import", file]).code(0).is_clean());
        }
    });
    assert_eq!(steps(&stored(&project)), 8 * 40);
}

#[test]
fn exported_progress_is_imported_on_another_machine() {
    for (lang, imported, not_ours) in [("id", "3", "bukan berkas kemajuan"), ("en", "3", "not a progress file")] {
        let (here, there) = (Project::new(), Project::new());
        let file = here.write("a.json", exported("a", 3)).display().to_string();
        run(&here, lang, "", &["--import", &file]).code(0).is_clean();
        let out = there.path("out.json").display().to_string();
        run(&here, lang, "", &["--export", &out]).code(0).is_clean();
        let ended = run(&there, lang, "", &["--import", &out]).code(0).is_clean();
        assert!(ended.err.contains(imported), "{}", ended.all());
        assert_eq!(stored(&there), stored(&here));
        // A second import of the same file changes nothing.
        run(&there, lang, "", &["--import", &out]).code(0).is_clean();
        assert_eq!(stored(&there), stored(&here));
        let other = there.write("x.json", "{}").display().to_string();
        let ended = run(&there, lang, "", &["--import", &other]).code(2).is_clean();
        assert!(ended.err.contains(not_ours), "{}", ended.all());
    }
}
