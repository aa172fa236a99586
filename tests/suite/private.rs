//! Tests that only the owner can read the files in which the program stores a person's progress, under any umask.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::project::Project;

const PROGRESS: &str = r#"{"dermaga":"progress","version":1,"events":[
{"at":1,"digest":"d","done":"passed","id":"a1","kind":"step","lesson":"kontainer-pertama","step":"s"}
]}
"#;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[test]
fn only_the_owner_can_read_progress_and_export_under_any_umask() {
    for umask in ["000", "022", "077", "777"] {
        for loose in [false, true] {
            let project = Project::new();
            let state = project.path("state");
            let file = project.write("a.json", PROGRESS).display().to_string();
            if loose {
                // An older version of the program gave its files these permissions.
                fs::create_dir_all(state.join("dermaga")).expect("a folder");
                fs::set_permissions(state.join("dermaga"), fs::Permissions::from_mode(0o777)).expect("a mode");
                fs::write(state.join("dermaga/progress.db"), "").expect("a file");
                fs::set_permissions(state.join("dermaga/progress.db"), fs::Permissions::from_mode(0o666))
                    .expect("a mode");
            }
            let script = format!("umask {umask}; exec \"$@\"");
            let run = |words: &[&str]| {
                let run = project.program("sh", &["-c", &script, "sh", env!("CARGO_BIN_EXE_dermaga"), "progress"]);
                run.args(words).env("XDG_STATE_HOME", &state.display().to_string()).run().code(0).is_clean()
            };
            run(&["--import", &file]);
            run(&["--export", "out.json"]);
            let what = format!("umask {umask}, loose {loose}");
            assert_eq!(mode(&state.join("dermaga")), 0o700, "{what}");
            for entry in fs::read_dir(state.join("dermaga")).expect("a folder").flatten() {
                assert_eq!(mode(&entry.path()), 0o600, "{what}: {}", entry.path().display());
            }
            assert_eq!(mode(&project.path("out.json")), 0o600, "{what}");
        }
    }
}

/// An export makes only the exported file private. The mode of the file's folder does not change.
#[test]
fn export_does_not_change_the_mode_of_the_files_folder() {
    let project = Project::new();
    fs::create_dir(project.path("shared")).expect("a folder");
    fs::set_permissions(project.path("shared"), fs::Permissions::from_mode(0o775)).expect("a mode");
    project.dermaga(["progress", "--export", "shared/out.json"]).run().code(0);
    assert_eq!((mode(&project.path("shared")), mode(&project.path("shared/out.json"))), (0o775, 0o600));
    assert!(fs::read_to_string(project.path("shared/out.json")).expect("a file").contains("\"dermaga\":\"progress\""));
    project.dermaga(["progress", "--export", "nowhere/out.json"]).run().code(2);
}
