//! Tests that long outputs are compared in less than two minutes. The limit is generous, because machines are slow
//! during tests.

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
fn output_of_2000_lines_is_compared_fast() {
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
fn hundred_thousand_lines_with_elisions_are_compared_fast() {
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
