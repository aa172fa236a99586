//! Finds the parts in which two lines differ. Compares each volatile token as a whole. Unbound tokens of the same class
//! are equal.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::bindings::Bindings;
use super::comparison::{Highlights, Note};
use super::generalize::pieces;
use super::line::ReadOptions;
use super::volatile::{Token, TokenClass};

/// The maximum number of atoms in a line to compare one by one. In a longer line, everything from the first to the last
/// difference is highlighted.
const LONG: usize = 1_000;

/// The kind of an atom. An atom is a part of a line that is compared as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum AtomKind<'a> {
    Text(&'a str),
    /// A volatile token: its class, and the token to which it is bound, if any.
    Token(TokenClass, Option<&'a str>),
    /// `[..]`, which equals any text.
    Any,
}

struct Atoms<'a> {
    kinds: Vec<AtomKind<'a>>,
    ranges: Vec<Range<usize>>,
}

impl<'a> Atoms<'a> {
    /// Splits a line into atoms. `meaning` returns the run's token that is bound to a token of the line, if any.
    fn new(
        text: &'a str,
        tokens: &[Token],
        wild: bool,
        meaning: impl Fn(TokenClass, &'a str) -> Option<&'a str>,
    ) -> Self {
        let mut atoms = Self { kinds: Vec::new(), ranges: Vec::new() };
        let mut at = 0;
        for token in tokens {
            atoms.add_text(text, at..token.range.start, wild);
            let raw = &text[token.range.clone()];
            let meaning = if token.class.binds() { meaning(token.class, raw).map(short) } else { None };
            atoms.push(AtomKind::Token(token.class, meaning), token.range.clone());
            at = token.range.end;
        }
        atoms.add_text(text, at..text.len(), wild);
        atoms
    }

    /// Adds each word as an atom, and each other character as its own atom.
    fn add_text(&mut self, text: &'a str, range: Range<usize>, wild: bool) {
        let mut at = range.start;
        for piece in pieces(&text[range]) {
            let kind = if wild && piece == "[..]" { AtomKind::Any } else { AtomKind::Text(piece) };
            self.push(kind, at..at + piece.len());
            at += piece.len();
        }
    }

    fn push(&mut self, kind: AtomKind<'a>, range: Range<usize>) {
        self.kinds.push(kind);
        self.ranges.push(range);
    }

    /// Adds the byte ranges of the atoms `pieces` to `marks`. Merges two ranges if only spaces separate them.
    fn marked(&self, text: &str, pieces: Range<usize>, marks: &mut Vec<Range<usize>>) {
        for piece in pieces.filter(|&piece| self.kinds[piece] != AtomKind::Any) {
            let range = self.ranges[piece].clone();
            match marks.last_mut().filter(|last| text[last.end..range.start].trim().is_empty()) {
                Some(last) => last.end = range.end,
                None => marks.push(range),
            }
        }
    }
}

/// Returns the first 12 digits of an id, which identify the object.
fn short(text: &str) -> &str {
    if text.len() == 64 { text.get(..12).unwrap_or(text) } else { text }
}

/// Finds the parts in which an expected line and a line of the screen differ. The caller passes both lines without
/// normalizing them.
pub(super) fn highlight_differences(
    expected: &str,
    found: &str,
    wild: bool,
    bindings: &Bindings,
    reading: &ReadOptions<'_>,
) -> Highlights {
    let (expected, found) = (expected.trim_end(), found.trim_end());
    let (left_tokens, right_tokens) = (reading.tokens(expected), reading.tokens(found));
    let left = Atoms::new(expected, &left_tokens, wild, |class, raw| bindings.found(class, raw));
    // An unbound token of the run equals every unbound token of its class.
    let right =
        Atoms::new(found, &right_tokens, false, |class, raw| bindings.expected(class, raw).is_some().then_some(raw));
    let mut marks = Highlights::default();
    for op in diff(&left.kinds, &right.kinds) {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) || left.kinds[old.clone()] == [AtomKind::Any] {
            continue;
        }
        left.marked(expected, old, &mut marks.expected);
        right.marked(found, new, &mut marks.found);
    }
    marks
}

fn diff(left: &[AtomKind<'_>], right: &[AtomKind<'_>]) -> Vec<DiffOp> {
    if left.len().max(right.len()) <= LONG {
        return capture_diff_slices(Algorithm::Myers, left, right);
    }
    let begin = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let (old, new) = (&left[begin..], &right[begin..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(left, right)| left == right).count();
    vec![DiffOp::Replace { old_index: begin, old_len: old.len() - end, new_index: begin, new_len: new.len() - end }]
}

/// Makes a note for each pair of tokens that contradicts a binding. Both lines must have the same form.
pub(super) fn binding_conflicts(
    expected: &str,
    found: &str,
    bindings: &Bindings,
    reading: &ReadOptions<'_>,
) -> Vec<Note> {
    let (left, right) = (reading.tokens(expected), reading.tokens(found));
    let pairs = left.iter().zip(&right).filter(|(left, right)| left.class == right.class && left.class.binds());
    pairs
        .filter_map(|(left_token, right_token)| {
            let class = left_token.class;
            let (left, right) = (&expected[left_token.range.clone()], &found[right_token.range.clone()]);
            if bindings.clone().bind(class, left, right) {
                return None;
            }
            Some(Note::Bound {
                expected: left.to_owned(),
                found: right.to_owned(),
                stands_for: bindings.found(class, left).map(str::to_owned),
                written: bindings.expected(class, right).map(str::to_owned),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::volatile::TextContext;
    use super::*;

    const LINE: ReadOptions<'static> = ReadOptions { exact: false, dir: None, place: TextContext::Line };

    fn shown<'a>(expected: &'a str, found: &'a str, bindings: &Bindings) -> (Vec<&'a str>, Vec<&'a str>) {
        let marks = highlight_differences(expected, found, true, bindings, &LINE);
        (
            marks.expected.into_iter().map(|range| &expected[range]).collect(),
            marks.found.into_iter().map(|range| &found[range]).collect(),
        )
    }

    #[test]
    fn only_differing_parts_are_highlighted() {
        let free = Bindings::default();
        assert_eq!(shown("Up 3 seconds", "Exited (0) 2 hours", &free), (vec!["Up"], vec!["Exited (0)"]));
        assert_eq!(shown("id d93e3cc722d8 mongo:4.1", "id aaaaaaaaaaaa mongo:4.2", &free), (vec!["1"], vec!["2"]));
        assert_eq!(shown("a [..] c", "a b d", &free), (vec!["c"], vec!["d"]));
        assert_eq!(shown("sama", "sama", &free), (vec![], vec![]));
    }

    #[test]
    fn token_pair_that_contradicts_a_binding_gets_a_note() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(TokenClass::Id, "aaaaaaaaaaaa", "bbbbbbbbbbbb"));
        assert_eq!(shown("x aaaaaaaaaaaa", "x cccccccccccc", &bindings), (vec!["aaaaaaaaaaaa"], vec!["cccccccccccc"]));
        let notes = binding_conflicts("x aaaaaaaaaaaa", "x cccccccccccc", &bindings, &LINE);
        let note = Note::Bound {
            expected: "aaaaaaaaaaaa".into(),
            found: "cccccccccccc".into(),
            stands_for: Some("bbbbbbbbbbbb".into()),
            written: None,
        };
        assert_eq!(notes, [note]);
        assert_eq!(shown("x aaaaaaaaaaaa", "x bbbbbbbbbbbb", &bindings), (vec![], vec![]));
    }

    #[test]
    fn long_line_is_highlighted_from_first_to_last_difference() {
        let (left, right) = ("a ".repeat(2_000) + "b z", "a ".repeat(2_000) + "c z");
        assert_eq!(shown(&left, &right, &Bindings::default()), (vec!["b"], vec!["c"]));
    }
}
