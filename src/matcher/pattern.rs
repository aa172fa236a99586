//! Matches an expected line, which is a pattern, with a line of the screen.

use super::bindings::{Bindings, Checkpoint};
use super::line::{ReadOptions, ScreenLine};
use super::volatile::{TokenClass, is_path_char};

/// The maximum number of attempts to match one line. In each further attempt, a `[..]` matches more text. The limit
/// keeps the comparison of a line short.
const TRIES: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Eq)]
enum PatternPart {
    Text(String),
    /// One or more spaces. Beside a token of varying width, the number of spaces varies too.
    Spaces,
    Token(TokenClass, String),
    /// A path that may lie in the lesson's directory.
    Path(String),
    /// `[..]`, which matches any text.
    Any,
}

/// An expected line, split into pieces that match one after another.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: String,
    pieces: Vec<PatternPart>,
}

impl Pattern {
    /// Reads an expected line. Without `wild`, `[..]` is literal text.
    pub(super) fn new(line: &str, wild: bool, reading: &ReadOptions<'_>) -> Self {
        Self::read(line, wild, false, reading)
    }

    /// Reads an expected line like [`new`](Self::new), but two or more spaces match any number of spaces.
    pub(super) fn loose(line: &str, reading: &ReadOptions<'_>) -> Self {
        Self::read(line, true, true, reading)
    }

    fn read(line: &str, wild: bool, loose: bool, reading: &ReadOptions<'_>) -> Self {
        let text = reading.text(line);
        let tokens = reading.tokens(&text);
        let flexible = loose || tokens.iter().any(|token| token.class.varies());
        let mut pieces = Vec::new();
        let mut at = 0;
        for token in &tokens {
            let raw = &text[token.range.clone()];
            if token.class == TokenClass::Dir {
                continue;
            }
            add_text(&mut pieces, &text[at..token.range.start], wild, flexible, reading);
            pieces.push(PatternPart::Token(token.class, raw.to_owned()));
            at = token.range.end;
        }
        add_text(&mut pieces, &text[at..], wild, flexible, reading);
        if flexible {
            loosen_beside_tokens(&mut pieces);
        }
        Self { text, pieces }
    }

    /// Returns the normalized line.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the pattern consists of literal text only.
    pub(super) fn is_plain(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, PatternPart::Text(_)))
    }

    /// Whether the pattern is an empty line.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether `line` matches this pattern if all bindings are ignored.
    pub(super) fn has_form_of(&self, line: &ScreenLine<'_>) -> bool {
        self.matches(line, &mut Bindings::default())
    }

    /// Whether `line` matches. Keeps bindings only if the line matches.
    pub(super) fn matches(&self, line: &ScreenLine<'_>, bindings: &mut Bindings) -> bool {
        let start = bindings.mark();
        let mut tries: Vec<Try> = Vec::new();
        let (mut piece, mut at) = (0, 0);
        for _ in 0..TRIES {
            if self.run(&mut piece, at, line, &mut tries, bindings) {
                return true;
            }
            let Some(next) = self.retry(line, &mut tries, bindings) else { break };
            (piece, at) = next;
        }
        bindings.undo(start);
        false
    }

    /// Matches the pieces one after another, beginning with the piece `piece` and the byte `at`. Stops at the first
    /// piece that does not match. Returns whether all pieces match up to the end of the line.
    fn run(
        &self,
        piece: &mut usize,
        mut at: usize,
        line: &ScreenLine<'_>,
        tries: &mut Vec<Try>,
        bindings: &mut Bindings,
    ) -> bool {
        while let Some(next) = self.pieces.get(*piece) {
            if *next == PatternPart::Any {
                if *piece + 1 == self.pieces.len() {
                    return true;
                }
                tries.push(Try { any: *piece, from: at, mark: bindings.mark() });
            } else {
                let Some(end) = next.match_at(line, at, bindings) else { return false };
                at = end;
            }
            *piece += 1;
        }
        at == line.text().len()
    }

    /// Extends the last `[..]` by more text. Extends an earlier `[..]` only if a token was bound after that `[..]`.
    /// Without such a binding, a longer match of the earlier `[..]` cannot help, because the later `[..]` has tried all
    /// of the remaining text.
    fn retry(&self, line: &ScreenLine<'_>, tries: &mut Vec<Try>, bindings: &mut Bindings) -> Option<(usize, usize)> {
        loop {
            let failed_at = bindings.mark();
            let Try { any, from, mark } = tries.pop()?;
            bindings.undo(mark);
            if let Some(next) = self.next_start(any + 1, line, from) {
                tries.push(Try { any, from: next, mark });
                return Some((any + 1, next));
            }
            if tries.last().is_some_and(|earlier| earlier.mark == failed_at) {
                return None;
            }
        }
    }

    /// Returns the next byte after `from` at which the piece number `piece` may begin.
    fn next_start(&self, piece: usize, line: &ScreenLine<'_>, from: usize) -> Option<usize> {
        let next = from + line.text()[from..].chars().next()?.len_utf8();
        match self.pieces.get(piece) {
            Some(PatternPart::Text(text)) => line.text()[next..].find(text.as_str()).map(|found| next + found),
            _ => Some(next),
        }
    }
}

/// A `[..]` that so far matches the text up to byte `from`.
struct Try {
    any: usize,
    from: usize,
    mark: Checkpoint,
}

impl PatternPart {
    /// Matches this piece at byte `at` and returns the end of the match.
    fn match_at(&self, line: &ScreenLine<'_>, at: usize, bindings: &mut Bindings) -> Option<usize> {
        let rest = &line.text()[at..];
        match self {
            Self::Text(text) => rest.starts_with(text.as_str()).then(|| at + text.len()),
            Self::Spaces => {
                let spaces = rest.len() - rest.trim_start_matches(' ').len();
                (spaces > 0).then_some(at + spaces)
            }
            Self::Token(class, expected) => match line.token_at(at) {
                Some(token) if token.class == *class => {
                    let end = token.range.end;
                    bindings.bind(*class, expected, &line.text()[at..end]).then_some(end)
                }
                _ => rest.starts_with(expected.as_str()).then(|| at + expected.len()),
            },
            Self::Path(expected) => {
                if rest.starts_with(expected.as_str()) {
                    return Some(at + expected.len());
                }
                let token = line.token_at(at).filter(|token| token.class == TokenClass::Dir)?;
                let inside = &line.text()[token.range.end..];
                let inside = &inside[..inside.find(|c| !is_path_char(c)).unwrap_or(inside.len())];
                let own = expected.strip_suffix(inside).filter(|own| !own.is_empty())?;
                let end = token.range.end + inside.len();
                bindings.bind(TokenClass::Dir, own, &line.text()[token.range.clone()]).then_some(end)
            }
            Self::Any => Some(at),
        }
    }
}

/// Splits a text into pieces and adds them to `pieces`. The pieces end at `[..]`, at paths if the lesson has a
/// directory, and at runs of spaces if `flexible` is set.
fn add_text(pieces: &mut Vec<PatternPart>, text: &str, wild: bool, flexible: bool, reading: &ReadOptions<'_>) {
    let parts: Vec<&str> = if wild { text.split("[..]").collect() } else { vec![text] };
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 && pieces.last() != Some(&PatternPart::Any) {
            pieces.push(PatternPart::Any);
        }
        add_paths(pieces, part, flexible, reading.dir.is_some() && !reading.exact);
    }
}

fn add_paths(pieces: &mut Vec<PatternPart>, text: &str, flexible: bool, paths: bool) {
    let mut rest = text;
    while paths && let Some(start) = path_start(rest) {
        let path = &rest[start..];
        let path = &path[..path.find(|c| !is_path_char(c)).unwrap_or(path.len())];
        add_spaces(pieces, &rest[..start], flexible);
        pieces.push(PatternPart::Path(path.to_owned()));
        rest = &rest[start + path.len()..];
    }
    add_spaces(pieces, rest, flexible);
}

/// Returns the start of a path: `/` or `~` at the beginning of a word.
fn path_start(text: &str) -> Option<usize> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        if matches!(c, '/' | '~') && !before.is_some_and(is_path_char) {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

fn add_spaces(pieces: &mut Vec<PatternPart>, text: &str, flexible: bool) {
    let mut rest = text;
    while flexible && let Some(start) = rest.find("  ") {
        push_text(pieces, &rest[..start]);
        push_spaces(pieces);
        rest = rest[start..].trim_start_matches(' ');
    }
    push_text(pieces, rest);
}

fn push_text(pieces: &mut Vec<PatternPart>, text: &str) {
    if !text.is_empty() {
        pieces.push(PatternPart::Text(text.to_owned()));
    }
}

fn push_spaces(pieces: &mut Vec<PatternPart>) {
    if pieces.last() != Some(&PatternPart::Spaces) {
        pieces.push(PatternPart::Spaces);
    }
}

/// Lets a single space beside a token of varying width match several spaces.
fn loosen_beside_tokens(pieces: &mut Vec<PatternPart>) {
    let varies = |piece: Option<&PatternPart>| matches!(piece, Some(PatternPart::Token(class, _)) if class.varies());
    let old = std::mem::take(pieces);
    for (index, piece) in old.iter().enumerate() {
        let PatternPart::Text(text) = piece else {
            if *piece == PatternPart::Spaces {
                push_spaces(pieces);
            } else {
                pieces.push(piece.clone());
            }
            continue;
        };
        let mut text = text.as_str();
        if varies(index.checked_sub(1).and_then(|before| old.get(before)))
            && let Some(rest) = text.strip_prefix(' ')
        {
            push_spaces(pieces);
            text = rest;
        }
        let cut = text.strip_suffix(' ').filter(|_| varies(old.get(index + 1)));
        push_text(pieces, cut.unwrap_or(text));
        if cut.is_some() {
            push_spaces(pieces);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::volatile::TextContext;
    use super::*;

    const LINE: ReadOptions<'static> = ReadOptions { exact: false, dir: None, place: TextContext::Line };

    fn matches(expected: &str, found: &str) -> bool {
        matches_with(expected, found, &LINE)
    }

    fn matches_with(expected: &str, found: &str, reading: &ReadOptions<'_>) -> bool {
        let line = ScreenLine::new(found, reading);
        Pattern::new(expected, true, reading).matches(&line, &mut Bindings::default())
    }

    #[test]
    fn text_without_tokens_matches_only_equal_text() {
        assert!(matches("halo", "halo"));
        assert!(matches("halo  ", "halo"));
        assert!(!matches("halo", "halo dunia"));
        assert!(!matches("halo dunia", "halo"));
        assert!(!matches("a  b", "a b"));
        assert!(!matches("<none>", "ubuntu"));
        assert!(!matches("nginx…", "nginx-alpine"));
        assert!(matches("a\tb", "a       b"));
    }

    #[test]
    fn wildcard_matches_any_text_in_a_line() {
        for (expected, found) in [
            ("[..]", ""),
            ("[..]", "..."),
            ("a[..]", "a"),
            ("[..]b", "aab"),
            ("a[..]c[..]e", "abcde"),
            ("[..][..]x", "x"),
            ("[..]ab", "aab"),
            ("sha256:[..]", "sha256:8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a"),
            ("[..] 13.3kB", "d1165f221234   8.8kB"),
        ] {
            assert!(matches(expected, found), "{expected} {found}");
        }
        for (expected, found) in [("a[..]b", "ac"), ("[..]b", "abc"), ("a[..]a", "a"), ("[..]1kB", "x")] {
            assert!(!matches(expected, found), "{expected} {found}");
        }
    }

    #[test]
    fn wildcard_is_extended_until_the_tokens_agree() {
        let expected = Pattern::new("[..] aaaaaaaaaaaa [..] aaaaaaaaaaaa", true, &LINE);
        let line = ScreenLine::new("x bbbbbbbbbbbb cccccccccccc z cccccccccccc", &LINE);
        assert!(expected.matches(&line, &mut Bindings::default()));
        let line = ScreenLine::new("x bbbbbbbbbbbb dddddddddddd z cccccccccccc", &LINE);
        assert!(!expected.matches(&line, &mut Bindings::default()));
    }

    #[test]
    fn comparison_of_a_line_with_many_wildcards_ends_soon() {
        let expected = "[..]a".repeat(2_000) + "b";
        assert!(!matches(&expected, &"a".repeat(20_000)));
        let expected = "[..] 172.17.0.2".repeat(12) + " b";
        assert!(!matches(&expected, &" 172.17.0.3".repeat(400)));
    }

    #[test]
    fn volatile_token_matches_every_token_of_its_class() {
        for (expected, found) in [
            ("SIZE 13.3kB", "SIZE 8.8kB"),
            ("Up 3 seconds", "Up About a minute"),
            ("8 days ago", "N/A"),
            (
                "hello-world   latest    d1165f221234   8 days ago   13.3kB",
                "hello-world   latest    bd751d823614   56 years ago    8.8kB",
            ),
            ("root@8f14e45fceea:/# ls", "root@0123456789ab:/# ls"),
            (
                "=> transferring dockerfile: 100B                  0.0s",
                "=> transferring dockerfile: 1.2kB                10.0s",
            ),
            ("[1] 123", "[1] 45678"),
            ("-rw-r--r-- 1 root root 12 Mar 13 04:05 a", "-rw-r--r-- 1 root root 12 Nov  3 14:05 a"),
        ] {
            assert!(matches(expected, found), "{expected} {found}");
        }
        for (expected, found) in [
            ("1.2", "1.3"),
            ("Up 3 seconds", "Exited (0) 3 seconds ago"),
            ("Up 3 seconds", "Up 3 seconds (healthy)"),
            ("Exited (137) 3 seconds ago", "Exited (0) 3 seconds ago"),
            ("mongo:4.1", "mongo:4.2"),
            ("d93e3cc722d8", "8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a"),
            ("0.0.0.0:8080->80/tcp", "0.0.0.0:49153->80/tcp"),
        ] {
            assert!(!matches(expected, found), "{expected} {found}");
        }
    }

    #[test]
    fn exact_pattern_accepts_wildcards_but_compares_volatile_tokens() {
        let exact = ReadOptions { exact: true, ..LINE };
        assert!(!matches_with("13.3kB", "8.8kB", &exact));
        assert!(matches_with("13[..]kB", "13.3kB", &exact));
        assert!(!matches_with("Error: No such image: x", "Error response from daemon: No such image: x", &exact));
    }

    #[test]
    fn lesson_directory_matches_the_authors_directory() {
        let reading = ReadOptions { dir: Some("/run/dermaga/l1"), ..LINE };
        let is = |expected, found| matches_with(expected, found, &reading);
        assert!(is("/home/ryan/docker", "/run/dermaga/l1"));
        assert!(is("bind /home/ryan/docker/data:/data", "bind /run/dermaga/l1/data:/data"));
        assert!(is("~/docker/a.txt", "/run/dermaga/l1/a.txt"));
        assert!(is("/etc/passwd", "/etc/passwd"));
        assert!(is("/run/dermaga/l1/a", "/run/dermaga/l1/a"));
        assert!(!is("/home/ryan/a.txt", "/run/dermaga/l1/b.txt"));
        assert!(!is("/home/ryan", "/home/rian"));
        assert!(!is("/home/ryan /home/rian", "/run/dermaga/l1 /run/dermaga/l1"));
    }

    #[test]
    fn lines_that_differ_only_in_tokens_and_spaces_have_the_same_form() {
        let has_form =
            |expected, found| Pattern::new(expected, true, &LINE).has_form_of(&ScreenLine::new(found, &LINE));
        assert!(has_form("x  3kB y", "x 4.5MB   y"));
        assert!(has_form("x 3kB y", "x 9kB y"));
        assert!(!has_form("x 3kB y", "x y 3kB"));
    }
}
