//! Compares the screen with itself when the input is split differently, and with another emulator.

use std::num::NonZeroU16;

use proptest::prelude::*;

use super::{Screen, plain};

/// Returns the lines that another emulator shows, beginning with the lines in the emulator's history.
fn other(bytes: &[u8], columns: u16, rows: u16) -> Vec<String> {
    let size = |n| NonZeroU16::new(n).unwrap();
    let mut parser = vt100::Parser::new(size(rows), size(columns), 10_000);
    parser.process(bytes);
    let screen = parser.screen_mut();
    let history = screen.scrollback_len();
    let mut seen = Vec::new();
    for offset in (0..=history).rev() {
        screen.set_scrollback(offset);
        let take = if offset == 0 { usize::from(rows) } else { 1 };
        for (row, text) in (0..).zip(screen.rows(0, columns)).take(take) {
            // This emulator removes spaces at the end of each row. A row that continues in the next row needs these
            // spaces.
            let wrapped = screen.row_wrapped(row);
            seen.push((if wrapped { format!("{text:0$}", usize::from(columns)) } else { text }, wrapped));
        }
    }
    let (mut lines, mut line) = (Vec::new(), String::new());
    for (text, wrapped) in seen {
        line.push_str(&text);
        if !wrapped {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn drawn_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ -~]{0,9}",
        1 => "[ab ]{0,60}",
        4 => Just("\r\n".to_owned()),
        1 => Just("\r".to_owned()),
        1 => (1..4, "[ABCD]").prop_map(|(n, way)| format!("\r\x1b[{n}{way}")),
        1 => (1..9, 1..9).prop_map(|(row, column)| format!("\x1b[{row};{column}H")),
        // Emulators disagree about the cursor after a full row, so the input has carriage returns.
        1 => "\r\x1b\\[[02]K",
        1 => Just("\r\x1b[J".to_owned()),
        1 => (0..50).prop_map(|n| format!("\x1b[{n}m")),
        1 => Just("\x1b]0;title\x07\x1b[?25l".to_owned()),
    ]
}

fn text_of(pieces: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn another_emulator_shows_the_same_lines(columns in 2u16..30, rows in 2u16..9, text in text_of(drawn_piece())) {
        prop_assert_eq!(plain(text.as_bytes(), columns, rows), other(text.as_bytes(), columns, rows));
    }

    #[test]
    fn pieces_of_the_input_do_not_matter(
        columns in 0u16..12, rows in 0u16..6, escapes: bool, mut bytes in prop::collection::vec(any::<u8>(), 0..400), at: prop::sample::Index,
    ) {
        if escapes {
            for byte in bytes.iter_mut().step_by(5) {
                *byte = b'\x1b';
            }
            for byte in bytes.iter_mut().skip(1).step_by(5) {
                *byte = b'[';
            }
        }
        let mut whole = Screen::new(columns, rows);
        whole.feed(&bytes);
        let mut parts = Screen::new(columns, rows);
        let (first, second) = bytes.split_at(at.index(bytes.len() + 1));
        parts.feed(first);
        let _ = (parts.caret(), parts.lines_above());
        parts.feed(second);
        prop_assert_eq!(whole.finish(), parts.finish());
    }
}

#[test]
fn known_input_gives_the_expected_lines() {
    for (bytes, lines) in [
        ("", &[][..]),
        ("a\r\n\r\nb  \r\n\r\n", &["a", "", "b"]),
        ("abcdefghijkl\r\nm", &["abcdefghijkl", "m"]),
        ("0123456789\r\nx", &["0123456789", "x"]),
        ("1%\r50%\r100%\r\n", &["100%"]),
        ("a\tb\r\n", &["a       b"]),
        ("a\x7fb\x1b[1m\x7fc\r\n", &["abc"]),
        ("\u{2026}e\u{301}日本\r\n", &["\u{2026}e\u{301}日本"]),
        ("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n\x1b[H\x1b[2J\x1b[3Jx", &["x"]),
        ("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n\x1b[H\x1b[2Jx", &["1", "2", "3", "x"]),
        ("1\r\n2\r\n\x1bcx", &["x"]),
        ("1\r\n\x1b[?1049hlain", &["", "lain"]),
        ("1\r\n\x1b[?1049hlain\x1b[?1049l2", &["1", "2"]),
    ] {
        assert_eq!(plain(bytes.as_bytes(), 10, 4), lines, "{bytes:?}");
    }
    assert_eq!(plain(b"\xe2\x80\xa6 \xff \xe2\x80", 10, 4), ["\u{2026} \u{fffd} \u{fffd}"]);
}
