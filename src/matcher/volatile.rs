//! Finds volatile tokens, which differ from run to run: ids, names, addresses, sizes, ages, times.
//!
//! Each row of the table has a class, a pattern, and a condition on the token and the text around the token. The token
//! is the pattern's first group, or the whole match if there is no group. The tests have cases for each class. If two
//! rows match the same bytes, the earlier row wins.

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::random_names::is_random_name;
use crate::text::compile_pattern;

/// The kind of a volatile token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TokenClass {
    /// A property of the machine in `docker info`: its memory, kernel or name.
    Machine,
    /// A random value: an engine's id, a UUID, a key's fingerprint, a swarm token.
    Random,
    /// The address of the engine's socket, in the form of `docker context ls`.
    Socket,
    /// The digest of an image in a registry, after `@`, `Digest:` or `digest:`.
    Digest,
    /// A `sha256:…` without `@` or `digest:` before it. Depending on the image store, the token is an id or a digest.
    Sha,
    /// The id of a container, an image or a network (12 or 64 hexadecimal digits), or of a swarm, a node or a service.
    Id,
    /// A container name that Docker generated.
    Name,
    /// A MAC address.
    Mac,
    /// A private IPv4 or a local IPv6 address.
    Address,
    /// A port that the engine chose.
    Port,
    /// The path of the lesson's directory, alone or at the start of a longer path.
    Dir,
    /// A process id.
    Pid,
    /// A size in bytes, with a unit.
    Size,
    /// An age: `2 minutes ago`.
    Age,
    /// A duration.
    Duration,
    /// A date with a time.
    Instant,
    /// A date.
    Day,
    /// A time of day.
    Clock,
    /// A percentage, in columns that show usage.
    Percent,
}

impl TokenClass {
    /// Whether every occurrence of a token in a lesson stands for the same value.
    pub(super) const fn binds(self) -> bool {
        matches!(
            self,
            Self::Random
                | Self::Socket
                | Self::Digest
                | Self::Sha
                | Self::Id
                | Self::Name
                | Self::Mac
                | Self::Address
                | Self::Port
                | Self::Dir
        )
    }

    /// Whether the width of the tokens varies. If the width varies, the number of spaces beside the tokens varies too.
    pub(super) const fn varies(self) -> bool {
        !matches!(self, Self::Digest | Self::Sha | Self::Id | Self::Mac | Self::Port)
    }

    /// Whether the author's token and the run's token must have the same length.
    pub(super) const fn fixed_length(self) -> bool {
        matches!(self, Self::Digest | Self::Sha | Self::Id)
    }
}

/// The context of a text. The context decides which tokens may occur in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TextContext {
    /// A whole line.
    Line,
    /// A cell whose text the author chose: an image, a tag, a command.
    Written,
    /// A cell of process ids.
    Processes,
    /// A cell of CPU times.
    Times,
    /// A cell that shows usage, with percentages.
    Use,
    /// Any other cell.
    Cell,
}

/// A volatile token in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(super) class: TokenClass,
    pub(super) range: Range<usize>,
}

struct TokenPattern {
    class: TokenClass,
    pattern: &'static str,
    fits: fn(before: &str, token: &str, after: &str) -> bool,
}

const fn row(class: TokenClass, pattern: &'static str, fits: fn(&str, &str, &str) -> bool) -> TokenPattern {
    TokenPattern { class, pattern, fits }
}

#[rustfmt::skip]
const TABLE: &[TokenPattern] = &[
    row(TokenClass::Machine, r"^ {1,2}(?:CPUs|Total Memory|Kernel Version|Docker Root Dir|Cgroup Driver|Cgroup Version|Backing Filesystem|Supports d_type|Using metacopy|Native Overlay Diff|userxattr|containerd version|runc version|init version): (\S.*)$", anywhere),
    row(TokenClass::Machine, r"^ (?:Name|Architecture|Operating System): (\S.*)$", anywhere),
    row(TokenClass::Random, r"\b(?:[A-Z0-9]{4}:){11}[A-Z0-9]{4}\b", outside_colons),
    row(TokenClass::Random, r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", apart),
    row(TokenClass::Random, r"\bSHA256:[0-9A-Za-z+/]{43}", anywhere),
    row(TokenClass::Random, r"\bSWMTKN-1-[0-9a-z]{40,60}-[0-9a-z]{25}\b", anywhere),
    row(TokenClass::Socket, r#"\bunix:///(?:[^\s'":]*/)?(?:docker|podman/podman|dermaga/[^\s'":/]+)\.sock\b"#, anywhere),
    row(TokenClass::Digest, r#"(?:@|\b[Dd]igest"?: *"?)(sha256:[0-9a-f]{12,64})\b"#, anywhere),
    row(TokenClass::Sha, r"\bsha256:[0-9a-f]{6,64}\b", anywhere),
    row(TokenClass::Id, r"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b", apart),
    // The id of a swarm, a node or a service.
    row(TokenClass::Id, r"\b[0-9a-z]{25}\b", drawn_by_lot),
    row(TokenClass::Name, r"\b[a-z]+_[a-z]+[0-9]?\b", random_name),
    row(TokenClass::Mac, r"\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b", outside_colons),
    row(TokenClass::Address, r"\b(?:10(?:\.[0-9]{1,3}){3}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}|192\.168(?:\.[0-9]{1,3}){2})\b", whole_number),
    row(TokenClass::Address, r"\b(?:f[cd][0-9a-f]{2}|fe80)(?::[0-9a-f]{0,4}){2,7}", outside_colons),
    row(TokenClass::Port, r#"(?::|\b[Pp]ort |"HostPort": ")([0-9]{5})\b"#, chosen_port),
    row(TokenClass::Pid, r#"(?:^\[[0-9]+\] |"Pid": )([0-9]+)\b"#, ends_line),
    row(TokenClass::Instant, r"\b[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z\b| ?[+-][0-9]{2}:?[0-9]{2}\b)?(?: (?:UTC|GMT|WIB|WITA|WIT)\b)?", starts_word),
    row(TokenClass::Instant, r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[0-9]{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} +[0-9]{1,2})(?: [0-9]{4})? +[0-9]{2}:[0-9]{2}:[0-9]{2}(?: [AP]M)?(?: (?:[A-Z]{3,4}|[+-][0-9]{4}))?(?: [0-9]{4})?\b", anywhere),
    row(TokenClass::Instant, r"\b[0-9]{1,2}[ /](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ /][0-9]{4}[ :][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?: [+-][0-9]{4})?\b", anywhere),
    row(TokenClass::Day, r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +[0-9]{1,2} +(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{4})\b", anywhere),
    row(TokenClass::Day, r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", starts_word),
    row(TokenClass::Clock, r"\b[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?\b", outside_colons),
    row(TokenClass::Age, r"\b(?:Less than a second|About a minute|About an hour|[0-9]+ (?:second|minute|hour|day|week|month|year)s?) ago\b|\bN/A\b", anywhere),
    row(TokenClass::Duration, r"\b(?:Less than a second|About a minute|About an hour|[0-9]+ (?:second|minute|hour|day|week|month|year)s?)\b", anywhere),
    row(TokenClass::Duration, r"\b[0-9]+(?:\.[0-9]+)?(?:/[0-9]+(?:\.[0-9]+)?)* ms\b", starts_word),
    row(TokenClass::Duration, r"\b(?:[0-9]+h)?(?:[0-9]+m)?[0-9]+(?:\.[0-9]+)?(?:s|ms|us|µs|ns)\b", starts_word),
    // The time that a build prints before each line of output.
    row(TokenClass::Duration, r"^#[0-9]+ ([0-9]+\.[0-9]+) ", anywhere),
    row(TokenClass::Size, r"\bdigest: sha256:[0-9a-f]+ size: ([0-9]+)$", anywhere),
    row(TokenClass::Size, r"\b[0-9]+(?:[.,][0-9]+)*(?:B| ?[kKMGTP]i?B)\b", starts_word),
];

fn anywhere(_: &str, _: &str, _: &str) -> bool {
    true
}

/// Whether an id stands alone. An id within a file name or an image name is not a token. A full stop may follow the id.
fn apart(before: &str, _: &str, after: &str) -> bool {
    let mut next = after.chars();
    !before.ends_with(['.', '-', '/'])
        && match next.next() {
            Some('-' | '/') => false,
            Some('.') => !next.next().is_some_and(char::is_alphanumeric),
            _ => true,
        }
}

/// Whether a string of letters and digits is random. A random string of 25 characters usually has three or more digits.
/// A word hardly ever has a digit.
fn drawn_by_lot(before: &str, token: &str, after: &str) -> bool {
    token.bytes().filter(u8::is_ascii_digit).count() >= 3 && apart(before, token, after)
}

fn random_name(_: &str, token: &str, _: &str) -> bool {
    is_random_name(token)
}

fn outside_colons(before: &str, _: &str, after: &str) -> bool {
    !before.ends_with([':', '.', '-', '/']) && !after.starts_with(':')
}

fn whole_number(before: &str, _: &str, after: &str) -> bool {
    !before.ends_with(['.', '-'])
        && !after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn chosen_port(_: &str, token: &str, after: &str) -> bool {
    token.parse().is_ok_and(|port: u32| (32_768..=65_535).contains(&port))
        && !after.starts_with([':', '.', '-']) | after.starts_with("->")
}

fn ends_line(_: &str, _: &str, after: &str) -> bool {
    after.is_empty() || after == ","
}

fn starts_word(before: &str, _: &str, _: &str) -> bool {
    !before.ends_with(['.', '-', '/', ':', '@'])
}

/// The patterns of [`TABLE`], in the same order.
static EACH: LazyLock<Vec<Regex>> = LazyLock::new(|| TABLE.iter().map(|row| compile_pattern(row.pattern)).collect());
/// The patterns of [`TABLE`] as a set. One search with the set finds all patterns that occur in a text.
static ANY: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(TABLE.iter().map(|row| row.pattern)).unwrap_or_else(|error| panic!("{error}")));

static_patterns! {
    static NUMBER = r"[0-9]+";
    static TIME = r"[0-9]+(?:[-:][0-9]+)+|[A-Z][a-z]{2}[0-9]{2}";
    static PERCENT = r"[0-9]+(?:\.[0-9]+)?%";
}

/// Returns the volatile tokens of `text`, in order. `dir` is the lesson's own directory.
pub(super) fn tokens(text: &str, place: TextContext, dir: Option<&str>) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    if let Some(dir) = dir {
        own_directory(text, dir, &mut found);
    }
    let special = match place {
        TextContext::Processes => Some((TokenClass::Pid, &*NUMBER)),
        TextContext::Times => Some((TokenClass::Clock, &*TIME)),
        TextContext::Use => Some((TokenClass::Percent, &*PERCENT)),
        TextContext::Line | TextContext::Written | TextContext::Cell => None,
    };
    if let Some((class, regex)) = special {
        for found_here in regex.find_iter(text) {
            add(&mut found, class, found_here.range());
        }
    }
    for index in ANY.matches(text) {
        let (row, regex) = (&TABLE[index], &EACH[index]);
        if place == TextContext::Written && !matches!(row.class, TokenClass::Digest | TokenClass::Sha | TokenClass::Id)
        {
            continue;
        }
        for captures in regex.captures_iter(text) {
            let Some(range) = captures.get(1).or_else(|| captures.get(0)).map(|group| group.range()) else {
                continue;
            };
            if (row.fits)(&text[..range.start], &text[range.clone()], &text[range.end..]) {
                add(&mut found, row.class, range);
            }
        }
    }
    found
}

/// Adds a token in order, unless an earlier row matched some of its bytes.
fn add(found: &mut Vec<Token>, class: TokenClass, range: Range<usize>) {
    let at = found.partition_point(|token| token.range.end <= range.start);
    if !range.is_empty() && found.get(at).is_none_or(|next| range.end <= next.range.start) {
        found.insert(at, Token { class, range });
    }
}

/// Finds `dir` in `text`, alone or at the start of a longer path.
fn own_directory(text: &str, dir: &str, found: &mut Vec<Token>) {
    let dir = dir.trim_end_matches('/');
    if dir.is_empty() {
        return;
    }
    for (start, part) in text.match_indices(dir) {
        let end = start + part.len();
        let before = text[..start].chars().next_back();
        if !before.is_some_and(is_path_char) && !text[end..].chars().next().is_some_and(|c| c != '/' && is_path_char(c))
        {
            add(found, TokenClass::Dir, start..end);
        }
    }
}

/// Whether a character can be part of a path in a line.
pub(super) fn is_path_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | '@' | '~')
}
