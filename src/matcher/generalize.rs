//! Rewrites a line of this run as an author would write the line, so that the line matches in the next run too.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::bindings::{Bindings, Spelling};
use super::line::{ReadOptions, ScreenLine};
use super::pattern::Pattern;
use super::volatile::{Token, TokenClass};

/// Replaces bound tokens of `text` by the author's tokens. A token becomes `[..]` if the lesson uses the same text for
/// another token, or if the token is a path of this machine.
pub(crate) fn generalize_line(text: &str, bindings: &Bindings, reading: &ReadOptions<'_>) -> String {
    let text = text.trim_end();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Token { class, range } in reading.tokens(text) {
        out.push_str(&text[at..range.start]);
        let raw = &text[range.clone()];
        match bindings.spelling(class, raw) {
            Spelling::Bound(written) => out.push_str(&written),
            Spelling::Free if class != TokenClass::Dir => out.push_str(raw),
            Spelling::Free | Spelling::Taken => out.push_str("[..]"),
        }
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Rewrites `text` like [`generalize_line`], and copies each `[..]` of the old line `expected`. Copies no `[..]` if the
/// result would not match `text`, or would have no letter or digit.
pub(crate) fn generalize_as(expected: &str, text: &str, bindings: &Bindings, reading: &ReadOptions<'_>) -> String {
    let spelled = generalize_line(text, bindings, reading);
    if !expected.contains("[..]") {
        return spelled;
    }
    let merged = merge(expected, &spelled);
    let says_something = merged.split("[..]").any(|part| part.chars().any(char::is_alphanumeric));
    let line = ScreenLine::new(text, reading);
    let fits = says_something && Pattern::new(&merged, true, reading).matches(&line, &mut bindings.clone());
    if fits { merged } else { spelled }
}

/// Returns the new line with each `[..]` of the old line at the same place.
fn merge(expected: &str, spelled: &str) -> String {
    let (old, new) = (pieces(expected), pieces(spelled));
    let mut out = String::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
        if !matches!(op, DiffOp::Equal { .. }) && old.contains(&"[..]") {
            if !out.ends_with("[..]") {
                out.push_str("[..]");
            }
        } else {
            out.push_str(&new.concat());
        }
    }
    out
}

/// Splits a text into words, `[..]`, and single other characters.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let len = if rest.starts_with("[..]") { 4 } else { word.max(first.len_utf8()) };
        pieces.push(&rest[..len]);
        rest = &rest[len..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::volatile::TextContext;
    use super::*;

    const LINE: ReadOptions<'static> = ReadOptions { exact: false, dir: Some("/run/l1"), place: TextContext::Line };

    #[test]
    fn bound_token_gets_the_authors_spelling() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(TokenClass::Id, "aaaaaaaaaaaa", "bbbbbbbbbbbb"));
        assert!(bindings.bind(TokenClass::Address, "172.17.0.3", "172.17.0.2"));
        let is = |text| generalize_line(text, &bindings, &LINE);
        assert_eq!(is("id bbbbbbbbbbbb, cccccccccccc  "), "id aaaaaaaaaaaa, cccccccccccc");
        assert_eq!(is("172.17.0.2 172.17.0.3"), "172.17.0.3 [..]");
        assert_eq!(is("COPY /run/l1/x /etc/x"), "COPY [..]/x /etc/x");
    }

    #[test]
    fn rewritten_line_keeps_wildcards_that_still_match() {
        let free = Bindings::default();
        let is = |expected, text| generalize_as(expected, text, &free, &LINE);
        assert_eq!(is("versi [..] (lama)", "versi 28.5.2 (baru)"), "versi [..] (baru)");
        assert_eq!(is("versi [..] lama", "hasil lain"), "hasil [..]");
        assert_eq!(is("a [..] b [..] c", "a 1 b 2 d"), "a [..] b [..] d");
        assert_eq!(is("[..]: gagal", "satu: jadi"), "[..]: jadi");
    }
}
