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

mod containers {
    use super::*;

    const LONG: &str = "8f14e45fceea167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de";
    const OTHER: &str = "0a1b2c3d4e5f167a5a36dedd4bea2543ac9c5d1b0f8f14e45fceea167a5a36de";

    fn ps(id: &str, status: &str, ports: &str) -> String {
        format!(
            "\
CONTAINER ID   IMAGE          COMMAND                  CREATED         STATUS         PORTS                                   NAMES
{id}   nginx:alpine   \"/docker-entrypoint.…\"   3 seconds ago   {status:<12}   {ports:<39} web
"
        )
    }

    fn new_ps(id: &str, status: &str, ports: &str) -> String {
        format!(
            "\
CONTAINER ID   IMAGE          COMMAND                  CREATED                  STATUS                  PORTS                                     NAMES
{id}   nginx:alpine   \"/docker-entrypoint.…\"   Less than a second ago   {status:<21}   {ports:<41} web
"
        )
    }

    const PORTS: &str = "0.0.0.0:8080->80/tcp, :::8080->80/tcp";
    const NEW_PORTS: &str = "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp";

    #[test]
    fn the_id_that_run_printed_is_the_id_of_ps() {
        let mut lesson = Lesson::default();
        lesson.met(LONG, OTHER);
        let written = ps(&LONG[..12], "Up 2 seconds", PORTS);
        lesson.met(&written, &new_ps(&OTHER[..12], "Up Less than a second", NEW_PORTS));
        lesson.differs(&written, &new_ps("111111111111", "Up Less than a second", NEW_PORTS));
    }

    #[test]
    fn a_wrong_id_is_told_apart_and_explained() {
        let mut lesson = Lesson::default();
        lesson.met(LONG, OTHER);
        let comparison =
            lesson.differs(&ps(&LONG[..12], "Up 2 seconds", PORTS), &new_ps("111111111111", "Up 1 second", NEW_PORTS));
        let row = &comparison.rows[1];
        assert_eq!((row.state, row.cells.as_slice()), (RowState::Differs, &["CONTAINER ID".to_owned()][..]));
        let note = Note::Bound {
            expected: LONG[..12].into(),
            found: "111111111111".into(),
            stands_for: Some(OTHER.into()),
            written: None,
        };
        assert_eq!(row.notes, [note]);
        assert_eq!(row.marks.expected, vec![0..12]);
        // What the failing row would have bound is not.
        lesson.met("222222222222", "111111111111");
    }

    #[test]
    fn a_container_that_exited_is_not_up() {
        let comparison =
            differs(&ps("8f14e45fceea", "Up 2 seconds", PORTS), &ps("8f14e45fceea", "Exited (1) 2 seconds ago", ""));
        assert_eq!(comparison.rows[1].cells, ["STATUS", "PORTS"]);
        differs(&ps("8f14e45fceea", "Up 2 seconds", PORTS), &ps("8f14e45fceea", "Up 2 seconds (unhealthy)", PORTS));
        differs(
            &ps("8f14e45fceea", "Exited (137) 2 seconds ago", ""),
            &ps("8f14e45fceea", "Exited (0) 2 seconds ago", ""),
        );
    }

    #[test]
    fn no_container_at_all_and_one_too_many() {
        let (header, row) = (ps("8f14e45fceea", "Created", ""), ps("8f14e45fceea", "Created", ""));
        let header = header.lines().next().unwrap();
        let row = row.lines().nth(1).unwrap();
        met(&format!("{header}\n"), "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n");
        let missing = differs(&format!("{header}\n{row}\n"), header);
        assert_eq!(missing.rows[1].state, RowState::Missing);
        let extra = differs(header, &format!("{header}\n{row}\n"));
        assert_eq!(extra.rows[1].state, RowState::Unexpected);
        met(&format!("{header}\n...\n"), &format!("{header}\n{row}\n"));
        met(&format!("{header}\n...\n"), header);
    }

    #[test]
    fn a_published_port_is_the_one_that_was_asked_for() {
        let up = "Up 2 seconds";
        differs(&ps("8f14e45fceea", up, PORTS), &ps("8f14e45fceea", up, "0.0.0.0:8081->80/tcp, [::]:8081->80/tcp"));
        differs(&ps("8f14e45fceea", up, PORTS), &ps("8f14e45fceea", up, "80/tcp"));
        let mut lesson = Lesson::default();
        lesson.met(
            &ps("8f14e45fceea", up, "0.0.0.0:49153->80/tcp, :::49153->80/tcp"),
            &new_ps("8f14e45fceea", up, "0.0.0.0:32768->80/tcp, [::]:32768->80/tcp"),
        );
        lesson.met("80/tcp -> 0.0.0.0:49153\n80/tcp -> :::49153", "80/tcp -> 0.0.0.0:32768\n80/tcp -> [::]:32768");
        lesson.met("80/tcp -> 0.0.0.0:49153", "80/tcp -> 0.0.0.0:32768\n80/tcp -> [::]:32768");
        lesson.met("80/tcp -> 0.0.0.0:49153\n80/tcp -> [::]:49153", "80/tcp -> 0.0.0.0:32768");
        lesson.differs("80/tcp -> 0.0.0.0:49153", "80/tcp -> 0.0.0.0:32769");
        lesson.differs("80/tcp -> 0.0.0.0:49153", "80/tcp -> [::]:32768");
    }

    #[test]
    fn random_names_bind_and_chosen_ones_are_text() {
        let row = |name: &str| format!("NAMES            STATUS\n{name:<16} Up 3 seconds\n");
        let mut lesson = Lesson::default();
        lesson.met(&row("goofy_turing"), &row("zen_wu"));
        lesson.met("goofy_turing", "zen_wu");
        lesson.differs("goofy_turing", "brave_hopper");
        lesson.differs("sad_curie", "zen_wu");
        lesson.differs(&row("web"), &row("zen_wu"));
        lesson.differs(&row("goofy_turing"), &row("web"));
        lesson.differs(&row("web"), &row("api"));
    }

    #[test]
    fn rows_come_in_any_order_and_bind_together() {
        let table = |rows: &[&str]| format!("CONTAINER ID   NAMES    CREATED\n{}\n", rows.join("\n"));
        let written = table(&["aaaaaaaaaaaa   satu     3 seconds ago", "bbbbbbbbbbbb   dua      5 seconds ago"]);
        let mut lesson = Lesson::default();
        lesson.met("bbbbbbbbbbbb", "222222222222");
        lesson.met(&written, &table(&["222222222222   dua      About a minute ago", "111111111111   satu     N/A"]));
        lesson.differs(
            &written,
            &table(&["111111111111   dua      1 second ago", "222222222222   satu     1 second ago"]),
        );

        // Only the ids tell these rows apart, and they are bound in the other order.
        let written = table(&["cccccccccccc   zen_wu   1 second ago", "dddddddddddd   sad_curie   1 second ago"]);
        lesson.met("dddddddddddd", "333333333333");
        lesson.met(
            &written,
            &table(&["333333333333   brave_hopper   1 second ago", "444444444444   happy_bell   1 second ago"]),
        );
        lesson.met("zen_wu", "happy_bell");
    }

    #[test]
    fn many_rows_of_one_form_take_no_time() {
        let table = |offset: usize| {
            let rows = (0..400).map(|row| format!("{:012x}   zen_wu{}\n", row + offset, row % 10));
            format!("CONTAINER ID   NAMES\n{}", rows.collect::<String>())
        };
        differs(&table(0x1000_0000), &table(0x2000_0000).replace("zen_wu7", "zen_wu8"));
    }
}

mod tables {
    use super::*;

    #[test]
    fn columns_that_an_engine_adds_or_lacks_are_named() {
        let comparison = differs(
            "REPOSITORY   TAG      IMAGE ID       SIZE\nmongo        4.1      d93e3cc722d8   360MB",
            "REPOSITORY   TAG      IMAGE ID       CREATED        PLATFORM\nmongo        4.1      d93e3cc722d8   8 days ago     linux",
        );
        let header = &comparison.rows[0];
        assert_eq!(header.state, RowState::Differs);
        assert_eq!(
            header.notes,
            [Note::ColumnsAdded(vec!["CREATED".into(), "PLATFORM".into()]), Note::ColumnsLacking(vec!["SIZE".into()])]
        );
        assert_eq!(comparison.rows[1].state, RowState::Same, "the rest of the row is right");
    }

    #[test]
    fn an_elided_row_allows_others_anywhere() {
        let written = "REPOSITORY   TAG    SIZE\n...\nmongo        4.1    360MB\n";
        let printed =
            |tag: &str| format!("REPOSITORY   TAG    SIZE\nmongo        {tag}    360MB\nalpine       3.20   8MB\n");
        met(written, &printed("4.1"));
        let comparison = differs(written, &printed("4.2"));
        let states: Vec<_> = comparison.rows.iter().map(|row| row.state).collect();
        assert_eq!(states, [RowState::Same, RowState::Same, RowState::Differs, RowState::Same]);
        assert_eq!(comparison.rows[2].cells, ["TAG"]);
    }

    #[test]
    fn a_row_that_is_missing_does_not_hide_the_others() {
        let written = "REPOSITORY   TAG    IMAGE ID       SIZE\nmongo        4.1    d93e3cc722d8   360MB\nalpine       3.20   aaaaaaaaaaaa   8MB\n";
        let comparison =
            differs(written, "REPOSITORY   TAG    IMAGE ID       SIZE\nalpine       3.20   bbbbbbbbbbbb   8MB\n");
        let states: Vec<_> = comparison.rows.iter().map(|row| row.state).collect();
        assert_eq!(states, [RowState::Same, RowState::Missing, RowState::Same]);
    }

    #[test]
    fn none_is_text_and_an_ellipsis_is_a_character() {
        let row = |repository: &str, command: &str| {
            format!("REPOSITORY   COMMAND      SIZE\n{repository:<12} {command:<12} 1MB\n")
        };
        met(&row("<none>", "\"sh -c …\""), &row("<none>", "\"sh -c …\""));
        differs(&row("<none>", "\"sh -c …\""), &row("ubuntu", "\"sh -c …\""));
        differs(&row("<none>", "\"sh -c …\""), &row("<none>", "\"sh -c 'exit 3'\""));
        met(
            "CREATED BY        SIZE     COMMENT\n/bin/sh -c …      0B       x",
            "CREATED BY     SIZE   COMMENT\n/bin/sh -c …   7B     x",
        );
    }

    #[test]
    fn what_the_author_chose_is_exact_in_its_column() {
        let row = |tag: &str, command: &str| {
            format!("IMAGE              COMMAND        STATUS\nalpine:{tag:<11} {command:<14} Up 2 seconds\n")
        };
        met(&row("3.20", "\"sleep 1h0m9s\""), &row("3.20", "\"sleep 1h0m9s\""));
        differs(&row("3.20", "\"sleep 1h0m9s\""), &row("3.20", "\"sleep 2h0m9s\""));
        differs(&row("20210313", "sh"), &row("20210314", "sh"));
        differs(&row("2021-03-13", "sh"), &row("2021-03-14", "sh"));
    }

    #[test]
    fn several_tables_and_text_between_them() {
        let written = "Images:\n\nREPOSITORY   SIZE\nmongo        1MB\n\nVolumes:\n\nVOLUME NAME   LINKS   SIZE\ndata          0       1MB\n";
        let printed = "Images:\n\nREPOSITORY     SIZE\nmongo          2MB\n\nVolumes:\n\nVOLUME NAME     LINKS     SIZE\ndata            0         0B\n";
        met(written, printed);
        differs(written, &printed.replace("data            0", "data            1"));
        differs(written, &printed.replace("Volumes", "Volume"));
        met("Images:\n\nREPOSITORY   SIZE\n...\n", printed);
    }

    #[test]
    fn right_aligned_process_ids_and_narrow_columns() {
        met(
            "PID   USER     TIME  COMMAND\n    1 root      0:00 sh\n    7 root      0:00 ps",
            "PID   USER     TIME  COMMAND\n    1 root      0:00 sh\n   12 root      0:01 ps",
        );
        differs(
            "PID   USER     TIME  COMMAND\n    1 root      0:00 sh",
            "PID   USER     TIME  COMMAND\n    1 root      0:00 ash",
        );
    }

    #[test]
    fn a_row_out_of_line_is_cut_at_its_long_spaces() {
        met(
            "REPOSITORY    TAG       IMAGE ID       CREATED      SIZE\nhello-world  latest  d1165f221234  8 days ago  13.3kB",
            today::BEFORE,
        );
    }

    #[test]
    fn a_wildcard_row_stands_for_a_whole_row() {
        met(
            "REPOSITORY    TAG       SIZE\nhello[..]\nmongo   [..]  1MB",
            "REPOSITORY    TAG       SIZE\nhello-world   latest    1kB\nmongo         4.1       2MB",
        );
        differs("REPOSITORY    TAG       SIZE\nhallo[..]", "REPOSITORY    TAG       SIZE\nhello-world   latest    1kB");
    }
}

mod lines {
    use super::*;

    #[test]
    fn an_elision_is_any_number_of_lines() {
        met("...", "");
        met("...", "a\nb\n\nc");
        met("a\n...\nz", "a\nz");
        met("a\n...\nz", "a\nb\nc\nz");
        met("...\nb\n...\nd", "a\nb\nc\nb\nd");
        met("a\n...\n...\nz", "a\nz");
        differs("a\n...\nz", "a\nb");
        differs("...\nb", "b\nc");
        differs("....", "a\nb");
    }

    #[test]
    fn an_elision_reaches_to_the_line_whose_tokens_agree() {
        let mut lesson = Lesson::default();
        lesson.met("aaaaaaaaaaaa", "111111111111");
        lesson.met("...\nid aaaaaaaaaaaa\n...", "id 222222222222\nid 333333333333\nid 111111111111\nx");
        lesson.differs("...\nid aaaaaaaaaaaa\n...", "id 222222222222\nid 333333333333\nx");
        // The first choice for `bbbbbbbbbbbb` is wrong, which only the end shows.
        lesson.met(
            "...\nid bbbbbbbbbbbb\n...\nlast bbbbbbbbbbbb",
            "id 222222222222\nid 333333333333\nx\nlast 333333333333",
        );
    }

    #[test]
    fn blank_lines_count_but_at_the_end() {
        met("a\n\nb", "a\n\nb\n\n\n");
        met("a\n\n", "a");
        differs("a\nb", "a\n\nb");
        differs("a\n\nb", "a\nb");
        differs("a", "\na");
    }

    #[test]
    fn a_line_too_many_or_too_few() {
        let comparison = differs("a\nb\nc", "a\nc");
        let states: Vec<_> = comparison.rows.iter().map(|row| (row.expected, row.found, row.state)).collect();
        assert_eq!(
            states,
            [
                (Some(0), Some(0), RowState::Same),
                (Some(1), None, RowState::Missing),
                (Some(2), Some(1), RowState::Same)
            ]
        );
        let comparison = differs("a\nc", "a\nb\nc");
        assert_eq!(comparison.rows[1].state, RowState::Unexpected);
        differs("", "a");
        differs("a", "");
        met("", "");
    }

    #[test]
    fn a_wrong_line_stands_next_to_its_own() {
        let comparison = differs(
            "a\nStatus: Downloaded newer image for mongo:4.1\nz",
            "a\nStatus: Image is up to date for mongo:4.1\nz",
        );
        let row = &comparison.rows[1];
        assert_eq!((row.expected, row.found, row.state), (Some(1), Some(1), RowState::Differs));
        assert_eq!((row.marks.expected.first(), row.marks.found.first()), (Some(&(8..30)), Some(&(8..27))));
    }

    #[test]
    fn a_failing_line_leaves_the_others_bound() {
        let mut lesson = Lesson::default();
        lesson.differs("id aaaaaaaaaaaa\nsalah\n", "id 111111111111\nbenar\n");
        lesson.met("aaaaaaaaaaaa", "111111111111");
        lesson.differs("aaaaaaaaaaaa", "222222222222");
    }

    #[test]
    fn a_digest_is_never_an_image_id() {
        let hex = "8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a";
        let run = "c6e691ebc0942ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a";
        // The author's image store calls an image by its configuration, this run's by its manifest.
        let mut lesson = Lesson::default();
        lesson.met(&format!("Digest: sha256:{hex}"), &format!("Digest: sha256:{run}"));
        lesson.met("d93e3cc722d8", &run[..12]);
        lesson.met("sha256:d93e3cc722d80000000000000000000000000000000000000000000000000000", &format!("sha256:{run}"));
        lesson.met(&format!("mongo@sha256:{hex}"), &format!("mongo@sha256:{run}"));
        lesson.differs(&format!("mongo@sha256:{hex}"), &format!("mongo@sha256:{}", run.replace('c', "d")));
        lesson.differs(hex, &format!("sha256:{run}"));
    }

    #[test]
    fn engines_spell_differently() {
        met(
            "docker: Error response from daemon: Conflict. The container name \"/satu\" is already in use by container \"8f14e45fceea\". You have to remove (or rename) that container to be able to reuse that name.\nSee 'docker run --help'.",
            "docker: Error response from daemon: Conflict. The container name \"/satu\" is already in use by container \"0a1b2c3d4e5f\". You have to remove (or rename) that container to be able to reuse that name\n\nRun 'docker run --help' for more information",
        );
        met("Error: No such container: x", "Error response from daemon: No such container: x");
        differs("x\nSee 'docker run --help'.", "x");
        differs("x", "x\n\nRun 'docker run --help' for more information");
    }

    #[test]
    fn exact_switches_classes_off_but_not_elisions() {
        let mut lesson = Lesson::exact();
        lesson.differs("13.3kB", "8.8kB");
        lesson.differs("8f14e45fceea", "0a1b2c3d4e5f");
        lesson.differs("7413c47ba209: Pull complete", "0fe7e7cbb2e8: Pull complete");
        lesson.met("a\n...\n13[..]kB", "a\nb\n13.3kB");
        lesson.met(
            "REPOSITORY   TAG   SIZE\nmongo        4.1   1MB",
            "REPOSITORY      TAG      SIZE\nmongo           4.1      1MB",
        );
        lesson.differs(
            "REPOSITORY   TAG   SIZE\nmongo        4.1   1MB",
            "REPOSITORY   TAG   SIZE\nmongo        4.1   2MB",
        );
    }
}

mod progress {
    use super::*;

    #[test]
    fn one_run_matches_one_run_that_is_not_empty() {
        met("a\n7413c47ba209: Pull complete\nz", "a\n0fe7e7cbb2e8: Already exists\n1d425c982345: Download complete\nz");
        met("7413c47ba209: Pull complete\n0fe7e7cbb2e8: Pull complete", "1d425c982345: Pull complete");
        differs("a\n7413c47ba209: Pull complete\nz", "a\nz");
        differs("a\nz", "a\n7413c47ba209: Pull complete\nz");
        met("a\n...\nz", "a\n7413c47ba209: Pull complete\nz");
    }

    #[test]
    fn ids_of_layers_do_not_bind() {
        let mut lesson = Lesson::default();
        lesson.met("7413c47ba209: Pull complete", "0fe7e7cbb2e8: Pull complete");
        lesson.met("7413c47ba209", "1d425c982345");
        lesson.met("7413c47ba209: Pushed", "0fe7e7cbb2e8: Layer already exists");
    }

    #[test]
    fn a_pull_that_fails_differs() {
        let comparison = differs(
            seed::PULL,
            "Error response from daemon: manifest for mongo:4.1 not found: manifest unknown: manifest unknown",
        );
        assert!(comparison.rows.iter().filter(|row| row.state == RowState::Missing).count() >= 13);
    }
}

mod typed {
    use super::*;

    const INSIDE: &str = "/ # hostname\n8f14e45fceea\n/ # exit";

    #[test]
    fn what_is_typed_stands_on_the_screen_with_its_prompt() {
        met(INSIDE, "/ # hostname\n0a1b2c3d4e5f\n/ # exit\n");
        differs(INSIDE, "/ # hostname\n0a1b2c3d4e5f\n");
        differs(INSIDE, "/ # hostname\nnama\n/ # exit");
        met("root@8f14e45fceea:/# exit\nexit", "root@0a1b2c3d4e5f:/# exit\nexit");
        met("/ # echo [..]\n[..]", "/ # echo [..]\n[..]");
        differs("/ # echo [..]", "/ # echo halo");
    }

    #[test]
    fn a_table_inside_ends_at_the_next_prompt() {
        met(
            "/ # ps\nPID   USER     TIME  COMMAND\n    1 root      0:00 sh\n/ # exit",
            "/ # ps\nPID   USER     TIME  COMMAND\n    1 root      0:00 sh\n/ # exit",
        );
    }

    #[test]
    fn a_key_may_leave_its_echo() {
        for printed in ["a\n^C", "a\n", "a\n^C\n\n"] {
            met("a\n^C", printed);
        }
        met("a\n^C\nb", "a\n^Cb");
        met("a\n^C\nb", "a\n^C\nb");
        met("/ # ls\na\n^D", "/ # ls\na\n/ #");
        met("/ # ls\na\n^D", "/ # ls\na\n/ # exit");
        met("^D", "root@8f14e45fceea:/# exit");
        differs("a\n^C", "a\n^C\nb");
        differs("a\n^C", "b\n^C");
    }

    #[test]
    fn what_is_typed_next_waits_for_the_lines_before_it() {
        let come = |lines: &str, screen_lines: &str| {
            have_come(&expected(lines), &screen(screen_lines), &Bindings::default(), &Options::default())
        };
        assert!(come("", ""));
        assert!(come("/ # hostname\n8f14e45fceea", "/ # hostname\n0a1b2c3d4e5f"));
        assert!(!come("/ # hostname\n8f14e45fceea", "/ # hostname"));
        assert!(!come("a\nb", "a"));
        assert!(come("a\n...", "a\nb\nc"));
        assert!(come("a\n...", "a"));
        assert!(!come("a\n...\nc", "a\nb"));
    }
}

#[test]
fn a_lessons_directory_is_where_its_author_was() {
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

/// Long screens are compared in a moment; a wide limit, for machines are slow in tests.
mod size {
    use super::*;
    use std::time::{Duration, Instant};

    #[track_caller]
    fn soon(what: impl FnOnce()) {
        let begin = Instant::now();
        what();
        let took = begin.elapsed();
        assert!(took < Duration::from_mins(2), "{took:?}");
    }

    fn log(lines: usize) -> String {
        (0..lines).map(|line| format!("2021-03-13T04:05:06Z id {line:012x} GET /{line} 200 1.2kB\n")).collect()
    }

    #[test]
    fn long_screens() {
        let text = log(2_000);
        soon(|| met(&text, &text));
        soon(|| {
            let comparison = differs(&text, &text.replace("GET /700 ", "PUT /700 ").replace("/1500 200", "/1500 500"));
            let wrong: Vec<_> = comparison.rows.iter().filter(|row| row.state != RowState::Same).collect();
            assert_eq!(wrong.len(), 2, "{wrong:?}");
        });
        soon(|| {
            differs(&text, "");
        });
    }

    #[test]
    fn a_hundred_thousand_lines_under_elisions() {
        let text = log(100_000);
        soon(|| met("...\n[..]GET /99999 [..]", &text));
        soon(|| met("[..] GET /0 [..]\n...\n[..] GET /50000 [..]\n...", &text));
        soon(|| {
            differs("...\ntidak ada\n...\n", &text);
        });
        let same = "a\n".repeat(100_000);
        soon(|| {
            differs(&("...\n".to_owned() + &"a\n".repeat(300) + "b\n...\nc"), &same);
        });
        soon(|| {
            differs(&"...\na\n".repeat(2_000), &("a\n".repeat(100_000) + "b"));
        });
    }
}

/// Lines as engines and programs print them, without what an author would write as a wildcard.
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
    ]
    .prop_map(|line| line.replace("[..]", "").replace("...", ""))
}

fn output(lines: &[String]) -> Vec<Expected> {
    let line = |text: &String| Expected { text: text.clone(), span: Span::default(), kind: ExpectedKind::Output };
    lines.iter().map(line).collect()
}

proptest! {
    #[test]
    fn what_is_printed_matches_itself(lines in prop::collection::vec(printed_line(), 0..12)) {
        let comparison = compare(&output(&lines), &lines, &mut Bindings::default(), &Options::default());
        prop_assert!(comparison.met, "{comparison:?}");
        let exact = Options { exact: true, dir: None };
        prop_assert!(compare(&output(&lines), &lines, &mut Bindings::default(), &exact).met);
    }

    #[test]
    fn any_two_texts_compare(
        written in prop::collection::vec(prop_oneof![printed_line(), Just("...".to_owned()), ".{0,12}", "[a-c]?\\[\\.\\.\\][a-c]?"], 0..10),
        printed in prop::collection::vec(prop_oneof![printed_line(), ".{0,12}"], 0..10),
    ) {
        let options = Options { exact: false, dir: Some("/a") };
        let expected = output(&written);
        let comparison = compare(&expected, &printed, &mut Bindings::default(), &options);
        // Every line of both sides has its row, once.
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
