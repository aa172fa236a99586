//! Compares help, diagnostics and reports with their snapshots in `tests/fixtures`.
//!
//! After a change of wording, run `SNAPSHOTS=overwrite cargo test --test suite snapshots`. Then review `git diff
//! tests/fixtures`.

mod events;

use std::path::{Path, PathBuf};

use dermaga::event::Event;
use dermaga::report::{JsonReporter, JunitReporter, Reporter, Style, TerminalReporter};
use dermaga::words::{Lang, Words};
use events::{events, mutants};

use crate::lint::{broken_courses, lint_course};
use crate::project::Project;

/// The commands whose help texts have snapshots. The empty string stands for `dermaga` itself.
const COMMANDS: [&str; 17] = [
    "",
    "test",
    "lint",
    "build",
    "serve",
    "preprocess",
    "preprocess supports",
    "render",
    "new",
    "new course",
    "new lesson",
    "engine",
    "engine start",
    "engine stop",
    "engine status",
    "engine env",
    "completions",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

#[track_caller]
fn assert_snapshot(text: String, name: &str) {
    let written = snapbox::Data::read_from(&fixtures().join(name), None).raw();
    snapbox::assert_data_eq!(text, written);
}

#[test]
fn help_texts_equal_their_snapshots_in_both_languages() {
    for lang in ["id", "en"] {
        for command in COMMANDS {
            let words = command.split_whitespace().chain(["--help", "--lang", lang]);
            let ended = Project::new().dermaga(words).run().code(0).is_clean();
            let name = if command.is_empty() { "dermaga".into() } else { command.replace(' ', "-") };
            assert_snapshot(ended.out, &format!("cli/help/{lang}/{name}.txt"));
        }
    }
}

/// The snapshot contains the output of `lint` for each broken course.
#[test]
fn lint_diagnostics_equal_their_snapshot_in_both_languages() {
    for lang in Lang::ALL {
        let said = broken_courses().into_iter().map(|name| format!("==> {name}\n{}\n", lint_course(&name, lang)));
        assert_snapshot(said.collect(), &format!("snapshots/{}/diagnostics.txt", lang.tag()));
    }
}

/// Asserts that the output of every reporter for these events equals its snapshot. `run` is the first part of the
/// snapshots' names.
fn assert_reports(events: &[Event], run: &str) {
    for lang in Lang::ALL {
        let style = Style { width: 100, wrap: true, ..Style::default() };
        let terminal = |style: Style| {
            let mut out = Vec::new();
            show(events, &mut TerminalReporter::new(&mut out, Words::new(lang), style));
            String::from_utf8(out).expect("UTF-8")
        };
        let name = |name: &str| format!("snapshots/{}/{run}{name}", lang.tag());
        assert_snapshot(terminal(style), &name(".txt"));
        assert_snapshot(terminal(Style { quiet: true, ..style }), &name("-quiet.txt"));
        assert_snapshot(terminal(Style { verbose: true, ..style }), &name("-verbose.txt"));
        let mut junit = Vec::new();
        show(events, &mut JunitReporter::new(&mut junit, Words::new(lang)));
        assert_snapshot(String::from_utf8(junit).expect("UTF-8"), &name(".xml"));
    }
    // Programs read this report, so it is always in English.
    let mut out = Vec::new();
    show(events, &mut JsonReporter::new(&mut out));
    assert_snapshot(String::from_utf8(out).expect("UTF-8"), &format!("snapshots/{run}.jsonl"));
}

#[test]
fn reports_of_each_verdict_equal_their_snapshots_in_both_languages() {
    assert_reports(&events(), "run");
}

#[test]
fn reports_of_each_mutant_outcome_equal_their_snapshots_in_both_languages() {
    assert_reports(&mutants(), "mutants");
}

fn show(events: &[Event], reporter: &mut impl Reporter) {
    for event in events {
        reporter.event(event).expect("a report");
    }
}
