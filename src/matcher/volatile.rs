//! The table of tokens that differ on every run: ids, names, addresses, sizes, ages, times.
//!
//! A row has a class, a pattern and a condition on the text around it. The token is the pattern's first group, or the
//! whole match if there is no group. The tests below have cases for each class. If two rows match the same bytes, the
//! earlier one wins.

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
    /// The address of the engine's socket, as `docker context ls` shows it.
    Socket,
    /// A digest in a registry: after `@`, `Digest:` or `digest:`.
    Digest,
    /// A bare `sha256:…`: the id of an image or a layer, depending on the image store.
    Sha,
    /// The id of a container, an image, a network: 12 or 64 hexadecimal digits.
    Id,
    /// A container name that Docker generated.
    Name,
    /// A MAC address.
    Mac,
    /// A private IPv4 or a local IPv6 address.
    Address,
    /// A port that the engine chose.
    Port,
    /// A path in the lesson's own directory.
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
    /// Whether equal tokens mean the same thing in the whole lesson.
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

    /// Whether the width of the tokens varies, and with it the number of spaces beside them.
    pub(super) const fn varies(self) -> bool {
        !matches!(self, Self::Digest | Self::Sha | Self::Id | Self::Mac | Self::Port)
    }

    /// Whether two tokens must have the same length.
    pub(super) const fn fixed_length(self) -> bool {
        matches!(self, Self::Digest | Self::Sha | Self::Id)
    }
}

/// The context of a text, which decides which tokens may occur in it.
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
    // The time that a build prints before a line.
    row(TokenClass::Duration, r"^#[0-9]+ ([0-9]+\.[0-9]+) ", anywhere),
    row(TokenClass::Size, r"\bdigest: sha256:[0-9a-f]+ size: ([0-9]+)$", anywhere),
    row(TokenClass::Size, r"\b[0-9]+(?:[.,][0-9]+)*(?:B| ?[kKMGTP]i?B)\b", starts_word),
];

fn anywhere(_: &str, _: &str, _: &str) -> bool {
    true
}

/// Whether an id stands alone. An id within a file name or an image name is not a token. A full stop may follow it.
fn apart(before: &str, _: &str, after: &str) -> bool {
    let mut next = after.chars();
    !before.ends_with(['.', '-', '/'])
        && match next.next() {
            Some('-' | '/') => false,
            Some('.') => !next.next().is_some_and(char::is_alphanumeric),
            _ => true,
        }
}

/// Whether a string of letters and digits is random. A word of this length hardly ever has a digit.
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
/// The same patterns as one set, which finds those that occur in a text.
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
    if may_hold_tokens(text) {
        for index in ANY.matches(text) {
            let (row, regex) = (&TABLE[index], &EACH[index]);
            if place == TextContext::Written
                && !matches!(row.class, TokenClass::Digest | TokenClass::Sha | TokenClass::Id)
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
    }
    found
}

/// Whether a text can have tokens. Every token has a digit, except names, sockets, properties of the machine, some
/// ages, and one id in ten thousand.
fn may_hold_tokens(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_')
        || text.starts_with(' ') && text.contains(": ")
        || text.matches(':').count() >= 11
        || ["Less than", "About a", "N/A", "unix:///"].iter().any(|word| text.contains(word))
        || text.as_bytes().chunk_by(|_, byte| byte.is_ascii_hexdigit()).any(|run| run.len() >= 12)
}

/// Adds a token in order, unless an earlier row matched some of its bytes.
fn add(found: &mut Vec<Token>, class: TokenClass, range: Range<usize>) {
    let at = found.partition_point(|token| token.range.end <= range.start);
    if !range.is_empty() && found.get(at).is_none_or(|next| range.end <= next.range.start) {
        found.insert(at, Token { class, range });
    }
}

/// Finds `dir` and paths below it.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, place: TextContext) -> Vec<(TokenClass, &str)> {
        tokens(text, place, None).into_iter().map(|token| (token.class, &text[token.range])).collect()
    }

    fn is(class: TokenClass, cases: &[(&str, &str)]) {
        for (text, token) in cases {
            let found = shown(text, TextContext::Line);
            assert!(found.contains(&(class, token)), "{text:?} should hold {class:?} {token:?}: {found:?}");
        }
    }

    fn is_not(class: TokenClass, cases: &[&str]) {
        for text in cases {
            let found = shown(text, TextContext::Line);
            assert!(found.iter().all(|(other, _)| *other != class), "{text:?} should hold no {class:?}: {found:?}");
        }
    }

    const HEX: &str = "8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a";

    #[test]
    fn digests_are_volatile() {
        let digest = format!("sha256:{HEX}");
        is(
            TokenClass::Digest,
            &[
                (&format!("Digest: {digest}"), &digest),
                (&format!("mongo@{digest}"), &digest),
                (&format!("1: digest: {digest} size: 528"), &digest),
                (&format!("    \"digest\": \"{digest}\","), &digest),
            ],
        );
        is_not(TokenClass::Digest, &[&digest, HEX, &format!("Deleted: {digest}")]);
        is(
            TokenClass::Sha,
            &[(&digest, &digest), (&format!("Deleted: {digest}"), &digest), ("sha256:d93e3c", "sha256:d93e3c")],
        );
    }

    #[test]
    fn ids_are_volatile() {
        is(
            TokenClass::Id,
            &[
                (HEX, HEX),
                ("d93e3cc722d8", "d93e3cc722d8"),
                (" ---> d93e3cc722d8", "d93e3cc722d8"),
                ("root@8f14e45fceea:/# ", "8f14e45fceea"),
                ("in use by container \"8f14e45fceea\". You", "8f14e45fceea"),
                ("running container 8f14e45fceea. Stop it", "8f14e45fceea"),
                ("endpoint dua (8f14e45fceea)", "8f14e45fceea"),
            ],
        );
        is_not(
            TokenClass::Id,
            &[
                "8f14e45fcee",
                "8f14e45fceeaa",
                "8F14E45FCEEA",
                "app-8f14e45fceea",
                "8f14e45fceea.log",
                "8f14e45fceea-json.log",
                "/var/lib/8f14e45fceea",
                "8f14e45fceea/x",
                "x8f14e45fceea",
            ],
        );
    }

    #[test]
    fn random_values_are_volatile() {
        const ENGINE: &str = "MWMQ:UEIE:QU4V:M3DR:UXD7:QJ7S:6THT:6WZ5:XUNB:S2D4:GXMM:WXX7";
        const UUID: &str = "5be4cf28-c3c1-4d64-9c77-f4ce1e1a9d1e";
        const KEY: &str = "SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM";
        let letters = ["ABCD"; 12].join(":");
        is(
            TokenClass::Random,
            &[
                (ENGINE, ENGINE),
                (&letters, &letters),
                (&format!(" ID: {ENGINE}"), ENGINE),
                (&format!(" ID: {UUID}"), UUID),
                (&format!("256 {KEY} root@a (ED25519)"), KEY),
            ],
        );
        let more = format!("{ENGINE}:ABCD");
        is_not(TokenClass::Random, &[&more, &ENGINE[5..], &format!("/x/{UUID}"), &KEY[..49], "ABCD:EFGH"]);
        is(TokenClass::Id, &[("node (dxn1zf6l61qsb1josjja83ngz) is", "dxn1zf6l61qsb1josjja83ngz")]);
        is_not(TokenClass::Id, &["abcdefghijklmnopqrstuvwxy", "dxn1zf6l61qsb1josjja83ng"]);
    }

    #[test]
    fn machine_properties_are_volatile() {
        is(
            TokenClass::Machine,
            &[
                (" CPUs: 8", "8"),
                (" Total Memory: 15.6GiB", "15.6GiB"),
                (" Kernel Version: 6.1.0-18-amd64", "6.1.0-18-amd64"),
                (" Operating System: Debian GNU/Linux 12 (bookworm)", "Debian GNU/Linux 12 (bookworm)"),
                (" Name: server_rumah", "server_rumah"),
                (" Cgroup Driver: systemd", "systemd"),
                ("  Backing Filesystem: extfs", "extfs"),
                (" Docker Root Dir: /var/lib/docker", "/var/lib/docker"),
            ],
        );
        is_not(
            TokenClass::Machine,
            &["Name: web", "  Name: web", " Images: 3", "  Running: 1", "CPUs: 8", " Server Version: 28.5.2", " CPUs:"],
        );
    }

    #[test]
    fn socket_paths_are_volatile() {
        is(
            TokenClass::Socket,
            &[
                ("default unix:///run/dermaga/d.sock", "unix:///run/dermaga/d.sock"),
                ("daemon at unix:///var/run/docker.sock. Is", "unix:///var/run/docker.sock"),
                ("unix:///run/user/1000/docker.sock   x", "unix:///run/user/1000/docker.sock"),
                ("'unix:///home/ani/.docker/run/docker.sock'", "unix:///home/ani/.docker/run/docker.sock"),
            ],
        );
        is_not(TokenClass::Socket, &["unix:///tmp/web.sock", "/var/run/docker.sock", "tcp://10.0.0.1:2375"]);
    }

    #[test]
    fn generated_names_are_volatile() {
        is(TokenClass::Name, &[("goofy_turing", "goofy_turing"), ("Name: zen_wu2 ", "zen_wu2")]);
        is_not(TokenClass::Name, &["server_rumah", "goofy_ryan", "goofy_turing_x", "goofy-turing"]);
    }

    #[test]
    fn private_addresses_are_volatile() {
        is(
            TokenClass::Address,
            &[
                ("172.17.0.2", "172.17.0.2"),
                ("inet addr:10.1.2.3/24", "10.1.2.3"),
                ("from 192.168.1.7: seq=0", "192.168.1.7"),
                ("fe80::42:acff:fe11:2", "fe80::42:acff:fe11:2"),
                ("fd00:1::2/64", "fd00:1::2"),
            ],
        );
        is_not(TokenClass::Address, &["127.0.0.1", "0.0.0.0", "8.8.8.8", "172.32.0.1", "10.1.2", "1.10.2.3.4", "fd00"]);
        is(TokenClass::Mac, &[("\"02:42:ac:11:00:02\"", "02:42:ac:11:00:02")]);
        is_not(TokenClass::Mac, &["02:42:ac:11:00", "02:42:ac:11:00:02:03"]);
    }

    #[test]
    fn chosen_ports_are_volatile() {
        is(
            TokenClass::Port,
            &[
                ("0.0.0.0:49153->80/tcp", "49153"),
                ("80/tcp -> 0.0.0.0:32768", "32768"),
                ("\"HostPort\": \"49153\"", "49153"),
                ("listening on port 41234", "41234"),
            ],
        );
        is_not(TokenClass::Port, &["0.0.0.0:8080->80/tcp", "localhost:32767", "total 49153", "x:99999", "1:49153:2"]);
    }

    #[test]
    fn process_ids_are_volatile() {
        is(TokenClass::Pid, &[("[1] 12345", "12345"), ("  \"Pid\": 4711,", "4711")]);
        is_not(TokenClass::Pid, &["[1] 12345 done", "x [1] 12345", "12345"]);
        assert_eq!(shown("4711", TextContext::Processes), [(TokenClass::Pid, "4711")]);
    }

    #[test]
    fn sizes_are_volatile() {
        is(
            TokenClass::Size,
            &[
                ("13.3kB", "13.3kB"),
                ("0B", "0B"),
                ("1.09kB (virtual 13.3kB)", "13.3kB"),
                ("1.5GiB / 2GiB", "2GiB"),
                ("12.3 MB/s", "12.3 MB"),
                ("1,234 kB", "1,234 kB"),
                (&format!("1: digest: sha256:{HEX} size: 528"), "528"),
            ],
        );
        is_not(TokenClass::Size, &["1.2", "12", "v1.2B", "4.1: Pulling", "12 B", "5MBit", "mongo:4MB"]);
    }

    #[test]
    fn ages_and_durations_are_volatile() {
        is(
            TokenClass::Age,
            &[
                ("8 days ago", "8 days ago"),
                ("Less than a second ago", "Less than a second ago"),
                ("Exited (0) About a minute ago", "About a minute ago"),
                ("N/A", "N/A"),
            ],
        );
        is_not(TokenClass::Age, &["Up 3 seconds", "long ago", "days ago"]);
        is(
            TokenClass::Duration,
            &[
                ("Up 3 seconds", "3 seconds"),
                ("Up About an hour (healthy)", "About an hour"),
                ("[+] Building 1.2s (7/7)", "1.2s"),
                ("real\t0m0.523s", "0m0.523s"),
                ("time=0.045 ms", "0.045 ms"),
                ("mdev = 0.045/0.1/0.2/0.000 ms", "0.045/0.1/0.2/0.000 ms"),
                ("1h2m3s", "1h2m3s"),
                ("#5 0.234 halo", "0.234"),
                ("#5 DONE 0.3s", "0.3s"),
            ],
        );
        is_not(
            TokenClass::Duration,
            &["512m", "1h", "v1.10s", "alpine:10s", "3 apples", "-10s", "#5 [2/3] RUN", "#5 1 x"],
        );
    }

    #[test]
    fn times_are_volatile() {
        is(
            TokenClass::Instant,
            &[
                ("2021-03-13T04:05:06.123456789Z", "2021-03-13T04:05:06.123456789Z"),
                ("2021-03-13T04:05:06+07:00 GET", "2021-03-13T04:05:06+07:00"),
                ("2021-03-13 04:05:06 +0000 UTC", "2021-03-13 04:05:06 +0000 UTC"),
                ("2021/03/13 04:05:06 [notice]", "2021/03/13 04:05:06"),
                ("2021-03-13 04:05:06 GET", "2021-03-13 04:05:06"),
                ("Sat Mar 13 04:05:06 UTC 2021", "Sat Mar 13 04:05:06 UTC 2021"),
                ("Tue Mar  2 20:18:05 2021", "Tue Mar  2 20:18:05 2021"),
                ("Sat, 13 Mar 2021 04:05:06 GMT", "Sat, 13 Mar 2021 04:05:06 GMT"),
                ("[13/Mar/2021:04:05:06 +0000]", "13/Mar/2021:04:05:06 +0000"),
                ("1:M 13 Mar 2021 04:05:06.123 # x", "13 Mar 2021 04:05:06.123"),
            ],
        );
        is(
            TokenClass::Day,
            &[
                ("-rw-r--r-- 1 root root 12 Mar 13 04:05 Dockerfile", "Mar 13 04:05"),
                ("drwxr-xr-x 2 root root 40 Mar  3  2021 etc", "Mar  3  2021"),
                ("pada 2021-03-13.", "2021-03-13"),
            ],
        );
        is_not(TokenClass::Day, &["alpine:2021-03-13", "backup-2021-03-13", "Mar 13"]);
        is(TokenClass::Clock, &[("12:34:56", "12:34:56"), ("12:34:56.789", "12:34:56.789")]);
        is_not(TokenClass::Clock, &["80:80", "12:34", "1:2:3:4", "00:00:00:11"]);
        assert_eq!(shown("00:00:00", TextContext::Times), [(TokenClass::Clock, "00:00:00")]);
        assert_eq!(shown("0:00", TextContext::Times), [(TokenClass::Clock, "0:00")]);
    }

    #[test]
    fn authors_own_text_is_not_volatile() {
        assert_eq!(shown("\"sleep 10s\"", TextContext::Written), []);
        assert_eq!(shown("2021-03-13", TextContext::Written), []);
        assert_eq!(shown("d93e3cc722d8", TextContext::Written), [(TokenClass::Id, "d93e3cc722d8")]);
        assert_eq!(shown("0.42%", TextContext::Use), [(TokenClass::Percent, "0.42%")]);
        assert_eq!(shown("0.42%", TextContext::Cell), []);
    }

    #[test]
    fn lesson_directory_is_a_token() {
        let found = |text: &str| tokens(text, TextContext::Line, Some("/run/l1/")).len();
        assert_eq!(found("/run/l1"), 1);
        assert_eq!(found("COPY /run/l1/Dockerfile"), 1);
        assert_eq!(found("/run/l12"), 0);
        assert_eq!(found("/x/run/l1"), 0);
    }

    #[test]
    fn every_pattern_of_the_table_compiles() {
        assert_eq!((EACH.len(), ANY.len()), (TABLE.len(), TABLE.len()));
    }
}
