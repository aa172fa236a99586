//! How a line of this run is written in a lesson, so that the next run matches it.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::bindings::{Bindings, Spelling};
use super::line::{Line, Reading};
use super::pattern::Pattern;
use super::volatile::{Class, Token};

/// `text` with what is bound in the author's spelling. What cannot be written, for the author means something else by
/// it or it is a place on this machine, becomes `[..]`.
pub(crate) fn spell(text: &str, bindings: &Bindings, reading: &Reading<'_>) -> String {
    let text = text.trim_end();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Token { class, range } in reading.tokens(text) {
        out.push_str(&text[at..range.start]);
        let raw = &text[range.clone()];
        match bindings.spelling(class, raw) {
            Spelling::Bound(written) => out.push_str(&written),
            Spelling::Free if class != Class::Dir => out.push_str(raw),
            Spelling::Free | Spelling::Taken => out.push_str("[..]"),
        }
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// As [`spell`], with the `[..]` of the line that it replaces where they still fit.
pub(crate) fn spell_as(expected: &str, text: &str, bindings: &Bindings, reading: &Reading<'_>) -> String {
    let spelled = spell(text, bindings, reading);
    if !expected.contains("[..]") {
        return spelled;
    }
    let merged = merge(expected, &spelled);
    let says_something = merged.split("[..]").any(|part| part.chars().any(char::is_alphanumeric));
    let line = Line::new(text, reading);
    let fits = says_something && Pattern::new(&merged, true, reading).matches(&line, &mut bindings.clone(), reading);
    if fits { merged } else { spelled }
}

/// The new line, with `[..]` where the old line has it in place of something.
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

/// Words, `[..]`, and every other character alone.
fn pieces(text: &str) -> Vec<&str> {
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
    use super::super::volatile::Place;
    use super::*;

    const LINE: Reading<'static> = Reading { exact: false, dir: Some("/run/l1"), place: Place::Line };

    #[test]
    fn bound_tokens_are_spelled_as_the_author_does() {
        let mut bindings = Bindings::default();
        assert!(bindings.bind(Class::Id, "aaaaaaaaaaaa", "bbbbbbbbbbbb"));
        assert!(bindings.bind(Class::Address, "172.17.0.3", "172.17.0.2"));
        let is = |text| spell(text, &bindings, &LINE);
        assert_eq!(is("id bbbbbbbbbbbb, cccccccccccc  "), "id aaaaaaaaaaaa, cccccccccccc");
        assert_eq!(is("172.17.0.2 172.17.0.3"), "172.17.0.3 [..]");
        assert_eq!(is("COPY /run/l1/x /etc/x"), "COPY [..]/x /etc/x");
    }

    #[test]
    fn wildcards_stay_where_they_fit() {
        let free = Bindings::default();
        let is = |expected, text| spell_as(expected, text, &free, &LINE);
        assert_eq!(is("versi [..] (lama)", "versi 28.5.2 (baru)"), "versi [..] (baru)");
        assert_eq!(is("versi [..] lama", "hasil lain"), "hasil [..]");
        assert_eq!(is("a [..] b [..] c", "a 1 b 2 d"), "a [..] b [..] d");
        assert_eq!(is("[..]: gagal", "satu: jadi"), "[..]: jadi");
    }
}
