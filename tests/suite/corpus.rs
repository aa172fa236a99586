//! Replays the fuzz corpus against each target's assertions.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::checks::{edits, matching, parse, screen, unpack};

#[track_caller]
fn holds(pack: &[u8], check: fn(&[u8])) {
    let inputs = unpack(pack).expect("a whole pack");
    assert!(inputs.len() > 50, "{} inputs", inputs.len());
    let failed: Vec<String> = inputs
        .into_iter()
        .filter(|input| catch_unwind(AssertUnwindSafe(|| check(input))).is_err())
        .map(|input| input.escape_ascii().to_string())
        .collect();
    assert_eq!(failed, [""; 0]);
}

#[test]
fn parse_corpus_passes() {
    holds(include_bytes!("../../fuzz/corpus/parse.pack"), parse::check);
}

#[test]
fn match_corpus_passes() {
    holds(include_bytes!("../../fuzz/corpus/match.pack"), matching::check);
}

#[test]
fn screen_corpus_passes() {
    holds(include_bytes!("../../fuzz/corpus/screen.pack"), screen::check);
}

#[test]
fn edits_corpus_passes() {
    holds(include_bytes!("../../fuzz/corpus/edits.pack"), edits::check);
}
