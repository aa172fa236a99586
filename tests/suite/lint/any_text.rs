//! Lints a lesson and its translation after random changes of their texts.

use dermaga::lesson::lint::{LintContext, lint};
use proptest::prelude::*;

use crate::checks::{PART, parse};

const SOURCE: &str = include_str!("../../fixtures/courses/good/id/dasar/satu.md");
const TRANSLATION: &str = include_str!("../../fixtures/courses/good/en/dasar/satu.md");

/// Generates copies of `text`. In each copy, a random part is replaced by characters that have a meaning in lessons.
fn disturbed(text: &'static str) -> impl Strategy<Value = String> {
    let pieces =
        ["", "\n", "```", "> ", "- ", "---\n", "\r\n", "\"", "`", "{#x}", "\u{202e}", "…", "## A\n", "\t", "$ "];
    (0..text.len(), 0..60_usize, proptest::sample::select(pieces.to_vec())).prop_map(move |(start, length, piece)| {
        let floor = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(start), floor((start + length).min(text.len())));
        format!("{}{piece}{}", &text[..start], &text[end.max(start)..])
    })
}

#[test]
fn nul_byte_is_not_also_reported_as_a_control_character() {
    let source = SOURCE.replacen('\n', "\n\0\u{7}\n", 1);
    let collection = parse::collection(&source, TRANSLATION);
    let findings = lint(&collection, LintContext { exists: &|_| true, pack: None, today: None, machine: &[] });
    let told: Vec<_> = findings
        .iter()
        .filter(|finding| finding.diagnostic.code.0 == "L145")
        .flat_map(|finding| &finding.diagnostic.args)
        .map(|argument| format!("{argument:?}"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("U+0007"), "{told:?}");
}

proptest! {
    #[test]
    fn any_two_lessons_are_compared_and_corrected(source in disturbed(SOURCE), translation in disturbed(TRANSLATION)) {
        parse::check(format!("{source}{PART}{translation}").as_bytes());
    }
}
