//! Tests the comparison of transcripts with keys, and with input that a person typed into a program.

use super::*;

const INSIDE: &str = "/ # hostname\n8f14e45fceea\n/ # exit";

#[test]
fn typed_input_matches_with_its_prompt() {
    met(INSIDE, "/ # hostname\n0a1b2c3d4e5f\n/ # exit\n");
    differs(INSIDE, "/ # hostname\n0a1b2c3d4e5f\n");
    differs(INSIDE, "/ # hostname\nnama\n/ # exit");
    met("root@8f14e45fceea:/# exit\nexit", "root@0a1b2c3d4e5f:/# exit\nexit");
    met("/ # echo [..]\n[..]", "/ # echo [..]\n[..]");
    differs("/ # echo [..]", "/ # echo halo");
}

#[test]
fn table_ends_at_the_next_prompt() {
    met(
        "/ # ps\nPID   USER     TIME  COMMAND\n    1 root      0:00 sh\n/ # exit",
        "/ # ps\nPID   USER     TIME  COMMAND\n    1 root      0:00 sh\n/ # exit",
    );
}

#[test]
fn row_that_looks_like_a_prompt_does_not_end_its_table() {
    let table = "REPOSITORY   TAG\nkapal        $\nperahu";
    met(&format!("{table}\n^C"), &format!("{table}\n^C"));
    met(&format!("{table}\n^D"), &format!("{table}\n/ #"));
    differs(&format!("{table}\n^D"), "REPOSITORY   TAG\nkapal        $\n/ #");
    met("REPOSITORY   TAG\nkapal        1\n...\n^D", "REPOSITORY   TAG\nkapal        1\nperahu       2\n/ #");
}

#[test]
fn echo_of_a_key_may_be_missing_or_beside_output() {
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
fn difference_after_an_echo_is_marked_at_its_place_in_the_line() {
    let comparison = Lesson::default().compare("^C\nsatu dua", "^Csatu tiga");
    let marks: Vec<_> =
        comparison.rows.iter().flat_map(|row| &row.marks.found).map(|mark| &"^Csatu tiga"[mark.clone()]).collect();
    assert_eq!(marks, ["tiga"]);
}

#[test]
fn next_input_is_ready_only_when_the_expected_lines_before_it_are_printed() {
    let come = |lines: &str, screen_lines: &str| {
        let expected = expected(lines);
        let end = expected.len();
        ExpectedOutput::new(expected, Options::default()).has_arrived(end, &screen(screen_lines), &Bindings::default())
    };
    assert!(come("", ""));
    assert!(come("/ # hostname\n8f14e45fceea", "/ # hostname\n0a1b2c3d4e5f"));
    assert!(!come("/ # hostname\n8f14e45fceea", "/ # hostname"));
    assert!(!come("a\nb", "a"));
    assert!(come("a\n...", "a\nb\nc"));
    assert!(come("a\n...", "a"));
    assert!(!come("a\n...\nc", "a\nb"));
    // The elision could end at the first line, but only the last line shows that this is wrong.
    assert!(come("...\nid bbbbbbbbbbbb\n...\nx bbbbbbbbbbbb", "id 222222222222\nid 333333333333\nx 333333333333"));
    let rows = |first: &str, second: &str| format!("NAMES       SIZE\n{first:<12}1MB\n{second:<12}1MB");
    assert!(come(&rows("satu", "dua"), &rows("dua", "satu")));
}
