//! Tests the comparison of printed lines with expected lines. A test compares the outputs of several commands in turn.
//! The bindings of tokens, such as ids, pass from each comparison to the next.

mod containers;
mod lines;
mod progress;
mod size;
mod tables;
mod typed;

use dermaga::lesson::{Expected, ExpectedKind, Key};
use dermaga::matcher::{Bindings, Comparison, ExpectedOutput, Note, Options, RowState, compare};
use dermaga::text::Span;
use proptest::prelude::*;

/// Parses expected lines: output, the keys `^C` and `^D`, and input after the prompts `/ # `, `>>> ` and
/// `root@8f14e45fceea:/# `.
fn expected(text: &str) -> Vec<Expected> {
    let kind = |line: &str| match line {
        "^C" => ExpectedKind::Key(Key::Interrupt),
        "^D" => ExpectedKind::Key(Key::EndOfInput),
        _ => {
            let typed = ["/ # ", ">>> ", "root@8f14e45fceea:/# "].into_iter().find(|prompt| line.starts_with(prompt));
            typed.map_or(ExpectedKind::Output, |prompt| ExpectedKind::Typed {
                prompt: prompt.into(),
                input: line[prompt.len()..].into(),
            })
        }
    };
    text.lines().map(|line| Expected { text: line.into(), span: Span::default(), kind: kind(line) }).collect()
}

fn screen(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// The bindings and the options of one lesson.
#[derive(Default)]
struct Lesson {
    bindings: Bindings,
    options: Options<'static>,
}

impl Lesson {
    fn exact() -> Self {
        Self { options: Options { exact: true, dir: None }, ..Self::default() }
    }

    fn compare(&mut self, written: &str, printed: &str) -> Comparison {
        compare(&expected(written), &screen(printed), &mut self.bindings, &self.options)
    }

    #[track_caller]
    fn met(&mut self, written: &str, printed: &str) {
        let comparison = self.compare(written, printed);
        assert!(comparison.met, "{}", show(&comparison, written, printed));
        assert!(comparison.rows.iter().all(|row| row.state == RowState::Same));
    }

    #[track_caller]
    fn differs(&mut self, written: &str, printed: &str) -> Comparison {
        let comparison = self.compare(written, printed);
        assert!(!comparison.met, "{}", show(&comparison, written, printed));
        assert!(comparison.rows.iter().any(|row| row.state != RowState::Same));
        comparison
    }
}

/// Returns a comparison as text. The sign before a row means: `=` same, `!` differs, `-` missing, `+` unexpected.
fn show(comparison: &Comparison, written: &str, printed: &str) -> String {
    let (written, printed) = (expected(written), screen(printed));
    let mut out = String::new();
    for row in &comparison.rows {
        let left = row.expected.map_or("", |index| written[index].text.as_str());
        let right = row.found.map_or("", |index| printed[index].as_str());
        out += &match row.state {
            RowState::Same => format!("= {left} | {right}\n"),
            RowState::Differs => format!("! {left} | {right} {:?} {:?} {:?}\n", row.cells, row.notes, row.marks),
            RowState::Missing => format!("- {left}\n"),
            RowState::Unexpected => format!("+ {right}\n"),
        };
    }
    out
}

fn met(written: &str, printed: &str) {
    Lesson::default().met(written, printed);
}

fn differs(written: &str, printed: &str) -> Comparison {
    Lesson::default().differs(written, printed)
}

/// Parts of a transcript that an author wrote in March 2021.
mod seed {
    pub(super) const BEFORE: &str = "\
REPOSITORY    TAG       IMAGE ID       CREATED      SIZE
hello-world   latest    d1165f221234   8 days ago   13.3kB";

    pub(super) const PULL: &str = "\
4.1: Pulling from library/mongo
7413c47ba209: Pull complete
0fe7e7cbb2e8: Pull complete
1d425c982345: Pull complete
344da5c95cec: Pull complete
3c705a3e5fce: Pull complete
f6508c5fc358: Pull complete
1798ab2eeee4: Pull complete
aa98b7988869: Pull complete
c3407a29f56d: Pull complete
97df9363920d: Pull complete
adab802cb21b: Pull complete
32e764769299: Pull complete
98184930f8ea: Pull complete
Digest: sha256:8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a
Status: Downloaded newer image for mongo:4.1
docker.io/library/mongo:4.1";

    pub(super) const AFTER: &str = "\
REPOSITORY    TAG       IMAGE ID       CREATED         SIZE
hello-world   latest    d1165f221234   8 days ago      13.3kB
mongo         4.1       d93e3cc722d8   19 months ago   360MB
";
}

/// The output of the same commands on a current engine, with an image of two layers.
mod today {
    pub(super) const BEFORE: &str = "\
REPOSITORY    TAG       IMAGE ID       CREATED        SIZE
hello-world   latest    74cc54e27dc4   56 years ago   8.8kB
";
    pub(super) const PULL: &str = "\
4.1: Pulling from library/mongo
4abcf2066143: Already exists
0a1b2c3d4e5f: Download complete
Digest: sha256:c6e691ebc0940000000000000000000000000000000000000000000000000001
Status: Downloaded newer image for mongo:4.1
docker.io/library/mongo:4.1
";
    pub(super) const AFTER: &str = "\
REPOSITORY    TAG       IMAGE ID       CREATED        SIZE
mongo         4.1       c6e691ebc094   56 years ago   1.98MB
hello-world   latest    74cc54e27dc4   56 years ago   8.8kB
";
}

#[test]
fn transcript_from_2021_matches_a_current_run() {
    let mut lesson = Lesson::default();
    lesson.met(seed::BEFORE, today::BEFORE);
    lesson.met(seed::PULL, today::PULL);
    lesson.met(seed::AFTER, today::AFTER);
}

#[test]
fn transcript_from_2021_matches_itself() {
    let mut lesson = Lesson::default();
    for text in [seed::BEFORE, seed::PULL, seed::AFTER] {
        lesson.met(text, text);
    }
}

#[test]
fn transcript_from_2021_does_not_match_another_image() {
    let mut lesson = Lesson::default();
    lesson.met(seed::BEFORE, today::BEFORE);
    lesson.differs(seed::PULL, &today::PULL.replace("4.1", "4.2"));
    lesson.differs(seed::PULL, &today::PULL.replace("Downloaded newer image", "Image is up to date"));
    lesson.differs(seed::AFTER, &today::AFTER.replace("4.1", "4.2"));
    lesson.differs(seed::AFTER, &today::AFTER.replace("mongo", "mango"));
    lesson.differs(seed::AFTER, today::BEFORE);
    lesson.differs(seed::BEFORE, today::AFTER);
    lesson.differs(seed::AFTER, &today::AFTER.replace("74cc54e27dc4", "0123456789ab"));
    lesson.met(seed::AFTER, today::AFTER);
}

#[test]
fn directory_of_the_run_matches_the_directory_that_the_author_wrote() {
    let options = Options { exact: false, dir: Some("/run/dermaga/l1") };
    let mut bindings = Bindings::default();
    let mut is =
        |written: &str, printed: &str| compare(&expected(written), &screen(printed), &mut bindings, &options).met;
    assert!(is("/home/ryan/latihan", "/run/dermaga/l1"));
    assert!(is("/home/ryan/latihan/Dockerfile", "/run/dermaga/l1/Dockerfile"));
    assert!(!is("/home/rian/latihan/Dockerfile", "/run/dermaga/l1/Dockerfile"));
    assert!(!is("/home/ryan/latihan/Dockerfile", "/run/dermaga/l1/dockerfile"));
    assert!(!is("/home/ryan/latihan", "/home/ryan"));
    assert!(is("/etc/hosts", "/etc/hosts"));
}

/// Generates lines as engines and programs print them, without wildcards.
fn printed_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{0,3}",
        "[ -~…]{0,24}",
        "[0-9a-f]{12}",
        "(Up|Exited \\(0\\)) [0-9] seconds( ago)?",
        "[0-9a-f]{12}: (Pull complete|Waiting)",
        "REPOSITORY {2,4}TAG {2,5}SIZE",
        "(mongo|alpine) {3,8}[0-9.]{1,4} {2,5}[0-9]MB",
        "172\\.17\\.0\\.[0-9]",
        "80/tcp -> (0\\.0\\.0\\.0|\\[::\\]):8080",
        "(See|Run) 'docker run --help'",
        "goofy_(turing|wu)",
        "(NAMES|CONTAINER ID) {2,6}(PORTS|STATUS) {0,3}( {2}SIZE)?",
        "(web|db) {0,9}(Up [0-9] seconds)?( {2,4}[0-9]+kB)?",
        "[a-z]{1,4}( {1,3}[a-z]{1,6}){0,5}\\.?",
        " {0,4}[0-9] root {2,7}0:0[0-9] sh",
        "PID {3}USER {2,5}TIME {2}COMMAND",
        "( Runtimes:( runc| b| a){1,3}| Name: [a-z]{3}|default  unix:///var/run/docker.sock)",
        "#[0-9] ([0-9]\\.[0-9] [a-z]|DONE [0-9]\\.[0-9]s|a [0-9]\\.[0-9]s done)",
        "([$#>]|/ #|root@[0-9a-f]{12}:/#) ?[a-c]{0,3}",
    ]
    .prop_map(|line| line.replace("[..]", "").replace("...", ""))
}

/// Generates lines that may contain wildcards.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![8 => printed_line(), 1 => Just("...".to_owned()), 1 => "[a-c]?( {2,3})?\\[\\.\\.\\]( {1,3}[a-c])?"]
}

fn output(lines: &[String]) -> Vec<Expected> {
    let line = |text: &String| Expected { text: text.clone(), span: Span::default(), kind: ExpectedKind::Output };
    lines.iter().map(line).collect()
}

proptest! {
    #[test]
    fn printed_lines_match_themselves(lines in prop::collection::vec(printed_line(), 0..12)) {
        let comparison = compare(&output(&lines), &lines, &mut Bindings::default(), &Options::default());
        prop_assert!(comparison.met, "{comparison:?}");
        let exact = Options { exact: true, dir: None };
        prop_assert!(compare(&output(&lines), &lines, &mut Bindings::default(), &exact).met);
    }

    #[test]
    fn printed_lines_match_themselves_with_wildcards(lines in prop::collection::vec(any_line(), 0..12)) {
        let comparison = compare(&output(&lines), &lines, &mut Bindings::default(), &Options::default());
        prop_assert!(comparison.met, "{comparison:?}");
    }

    #[test]
    fn dialogue_matches_itself(lines in prop::collection::vec(prop_oneof![
        4 => any_line(),
        1 => "/ # [a-c]{1,3}",
        1 => "(>>> |root@8f14e45fceea:/# )[a-c]{1,2}",
        1 => Just("^C".to_owned()),
    ], 0..12)) {
        let written = expected(&lines.join("\n"));
        let printed: Vec<String> = written.iter().map(|line| line.text.clone()).collect();
        let comparison = compare(&written, &printed, &mut Bindings::default(), &Options::default());
        prop_assert!(comparison.met, "{comparison:?}");
    }

    /// If a row of the comparison differs without a note, its two lines are never equal.
    #[test]
    fn equal_lines_are_never_reported_as_different(
        lines in prop::collection::vec(any_line(), 1..10),
        other in any_line(),
        (at, kind) in (0_usize..10, 0..3),
    ) {
        let mut printed = lines.clone();
        let at = at % lines.len();
        match kind {
            0 => printed[at] = other,
            1 => printed.insert(at, other),
            _ => drop(printed.remove(at)),
        }
        let comparison = compare(&output(&lines), &printed, &mut Bindings::default(), &Options::default());
        for row in comparison.rows.iter().filter(|row| row.state == RowState::Differs && row.notes.is_empty()) {
            let (Some(left), Some(right)) = (row.expected, row.found) else { continue };
            prop_assert_ne!(lines[left].trim_end(), printed[right].trim_end(), "{:?}", comparison);
        }
    }

    #[test]
    fn any_two_texts_can_be_compared(
        written in prop::collection::vec(prop_oneof![printed_line(), Just("...".to_owned()), ".{0,12}", "[a-c]?\\[\\.\\.\\][a-c]?"], 0..10),
        printed in prop::collection::vec(prop_oneof![printed_line(), ".{0,12}"], 0..10),
    ) {
        let options = Options { exact: false, dir: Some("/a") };
        let expected = output(&written);
        let comparison = compare(&expected, &printed, &mut Bindings::default(), &options);
        // Every expected line and every printed line must be in exactly one row.
        let mut left: Vec<_> = comparison.rows.iter().filter_map(|row| row.expected).collect();
        let mut right: Vec<_> = comparison.rows.iter().filter_map(|row| row.found).collect();
        left.sort_unstable();
        right.sort_unstable();
        let lines = |texts: &[String]| texts.len() - texts.iter().rev().take_while(|text| text.trim_end().is_empty()).count();
        prop_assert_eq!(left, (0..lines(&written)).collect::<Vec<_>>());
        prop_assert_eq!(right, (0..lines(&printed)).collect::<Vec<_>>());
        for row in &comparison.rows {
            if let Some(index) = row.expected {
                prop_assert!(row.marks.expected.iter().all(|range| written[index].get(range.clone()).is_some()));
            }
            if let Some(index) = row.found {
                prop_assert!(row.marks.found.iter().all(|range| printed[index].get(range.clone()).is_some()));
            }
        }
    }
}
