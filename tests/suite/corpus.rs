//! Runs the checks of each fuzz target on all inputs of the target's corpus.

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
fn every_input_of_the_parse_corpus_passes_its_checks() {
    holds(include_bytes!("../../fuzz/corpus/parse.pack"), parse::check);
}

#[test]
fn every_input_of_the_match_corpus_passes_its_checks() {
    holds(include_bytes!("../../fuzz/corpus/match.pack"), matching::check);
}

#[test]
fn every_input_of_the_screen_corpus_passes_its_checks() {
    holds(include_bytes!("../../fuzz/corpus/screen.pack"), screen::check);
}

#[test]
fn every_input_of_the_edits_corpus_passes_its_checks() {
    holds(include_bytes!("../../fuzz/corpus/edits.pack"), edits::check);
}
