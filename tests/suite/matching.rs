//! What is printed, against what is written: whole commands, one after the other, with one lesson's bindings.

use dermaga::judge::{Bindings, Comparison, Note, Options, RowState, compare, have_come};
use dermaga::lesson::{Expected, ExpectedKind, Key};
use dermaga::text::Span;
use proptest::prelude::*;

/// Expected lines: printed ones, `^C` and `^D`, and after `/ # ` and `>>> ` typed ones.
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

/// A lesson that goes on from command to command.
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

/// A comparison as text: `=` same, `!` differs, `-` missing, `+` unexpected.
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

/// The transcript of March 2021, as its author pasted it.
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

/// The same commands on an engine of today, with a stand-in of two layers.
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
fn the_seed_matches_a_run_of_today() {
    let mut lesson = Lesson::default();
    lesson.met(seed::BEFORE, today::BEFORE);
    lesson.met(seed::PULL, today::PULL);
    lesson.met(seed::AFTER, today::AFTER);
}

#[test]
fn the_seed_matches_itself() {
    let mut lesson = Lesson::default();
    for text in [seed::BEFORE, seed::PULL, seed::AFTER] {
        lesson.met(text, text);
    }
}

#[test]
fn the_seed_does_not_match_another_image() {
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
