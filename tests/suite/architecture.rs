//! The arrows between modules point inward, and a crate that touches the world is imported by one module.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module and the modules of ours it may use. The table's twin is in CONTRIBUTING.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("shell", &[]),
    ("image_ref", &[]),
    ("docker_cli", &["text", "shell", "image_ref"]),
    ("words", &[]),
    ("lesson", &["text", "shell", "image_ref", "docker_cli"]),
    ("transcript", &["text", "lesson"]),
    ("matcher", &["text", "lesson", "transcript"]),
    ("claims", &["text", "lesson", "transcript", "shell", "image_ref", "docker_cli"]),
    ("event", &["text", "lesson", "matcher", "claims", "transcript"]),
    ("update", &["text", "lesson", "transcript", "matcher", "claims"]),
    ("lesson_state", &["text", "lesson", "matcher", "claims", "event", "docker_cli"]),
    ("progress", &["text", "lesson", "event"]),
    ("record", &["text", "lesson", "matcher", "claims", "event", "transcript", "progress"]),
    ("trust", &["text", "lesson", "shell"]),
    ("report", &["text", "words", "lesson", "transcript", "matcher", "claims", "event"]),
    ("signals", &[]),
    ("platform", &[]),
    ("session", &["text", "lesson", "transcript", "signals", "platform"]),
    ("engine", &["text", "lesson", "transcript", "matcher", "claims", "words", "record", "platform", "image_ref"]),
    ("pack", &["text", "lesson", "engine", "image_ref"]),
    ("sandbox", &["text", "engine", "pack", "words", "signals", "platform"]),
    ("store", &["text", "lesson", "record", "progress", "trust", "platform"]),
    ("highlight", &["text", "lesson", "transcript"]),
    ("terminal", &["text", "words", "lesson", "transcript", "highlight"]),
    ("gateway", &["text", "words", "lesson", "engine", "image_ref"]),
    (
        "site",
        &[
            "text",
            "words",
            "lesson",
            "transcript",
            "matcher",
            "claims",
            "event",
            "report",
            "record",
            "highlight",
            "store",
        ],
    ),
    (
        "quiz",
        &["text", "words", "lesson", "transcript", "matcher", "claims", "engine", "terminal", "shell", "docker_cli"],
    ),
    (
        "explain",
        &["text", "words", "lesson", "transcript", "matcher", "claims", "engine", "shell", "image_ref", "docker_cli"],
    ),
    ("doctor", &["text", "words", "lesson", "transcript", "engine", "pack", "sandbox"]),
    ("clean", &["text", "words", "transcript", "engine", "gateway", "store"]),
    (
        "menu",
        &[
            "text",
            "words",
            "lesson",
            "transcript",
            "matcher",
            "claims",
            "engine",
            "pack",
            "terminal",
            "progress",
            "trust",
            "store",
        ],
    ),
    (
        "learn",
        &[
            "text",
            "image_ref",
            "words",
            "lesson",
            "transcript",
            "matcher",
            "claims",
            "event",
            "lesson_state",
            "progress",
            "trust",
            "report",
            "run",
            "session",
            "engine",
            "gateway",
            "sandbox",
            "pack",
            "highlight",
            "terminal",
            "store",
            "quiz",
            "explain",
            "clean",
            "menu",
        ],
    ),
    (
        "run",
        &[
            "text",
            "shell",
            "docker_cli",
            "words",
            "lesson",
            "transcript",
            "matcher",
            "claims",
            "event",
            "update",
            "report",
            "session",
            "engine",
            "pack",
            "sandbox",
            "record",
            "store",
        ],
    ),
];

/// A crate that does I/O, and the modules that may import it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("bollard", &["engine"]),
    ("pty_process", &["session"]),
    ("axum", &["pack", "site"]),
    ("notify", &["site"]),
    ("clap", &["cli"]),
    ("avt", &["transcript"]),
    ("fluent_bundle", &["words"]),
    ("quick_junit", &["report"]),
    ("syntect", &["highlight"]),
    ("two_face", &["highlight"]),
    ("rusqlite", &["store"]),
    ("ammonia", &["site"]),
    ("mdbook_driver", &["site", "store"]),
    ("mdbook_preprocessor", &["site", "store"]),
    ("pagefind_stem", &["site"]),
    ("crossterm", &["terminal"]),
    ("inquire", &["quiz", "menu", "learn", "cli"]),
    ("annotate_snippets", &["report"]),
    ("granit_parser", &["lesson"]),
    ("mdbook_markdown", &["lesson", "terminal", "site"]),
    // Rings 0 to 2 are pure: what happens is logged by those who do it, and the log is set up in one place.
    (
        "tracing",
        &[
            "session", "engine", "pack", "sandbox", "store", "gateway", "site", "quiz", "explain", "doctor", "clean",
            "menu", "run", "learn", "cli",
        ],
    ),
    ("tracing_subscriber", &["cli"]),
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every file under `src` with its module and its code, tests left out.
fn files() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(&root).ok()?.to_path_buf();
            let module = inside.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).ok()?;
            // Files of tests alone, which their module declares under `cfg(test)`.
            if matches!(inside.file_stem().and_then(|stem| stem.to_str()), Some("tests" | "fixtures")) {
                return None;
            }
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            Some((inside, module, code))
        })
        .collect()
}

#[test]
fn arrows_point_inward() {
    let mut wrong = BTreeSet::new();
    for (path, module, code) in files() {
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == module) else { continue };
        for (at, _) in code.match_indices("crate::") {
            let used: String = code[at + 7..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let ours = MAY_USE.iter().any(|(name, _)| *name == used) || matches!(used.as_str(), "cli" | "run");
            if ours && used != module && !may.contains(&used.as_str()) {
                wrong.insert(format!("{}: `{module}` uses `{used}`", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "These uses point outward:\n{}\nMove the shared type inward, or hand the value down as an argument; \
         if the picture itself should change, change MAY_USE here and the table in CONTRIBUTING.md in one commit.",
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_world_has_one_door_each() {
    let mut wrong = BTreeSet::new();
    for (path, module, code) in files() {
        for (name, homes) in ONLY_IN {
            if code.contains(&format!("{name}::")) && !homes.contains(&module.as_str()) {
                wrong.insert(format!("{}: `{name}` belongs in {homes:?}", path.display()));
            }
        }
        let environment = code.contains("std::env::var") || code.contains("env::vars");
        if environment && module != "cli" {
            wrong.insert(format!("{}: only `cli` reads the environment; hand the value down", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_drawer_for_everything() {
    let names = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
    for (path, ..) in files() {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        assert!(!names.contains(&stem), "{}: name the file for the one idea it holds", path.display());
    }
}
