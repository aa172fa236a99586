//! Rewrites a line into one common spelling, because engine versions print the same line in different spellings.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::compile_pattern;

/// The rules, applied in this order. Each rule has a case in the tests.
#[rustfmt::skip]
const FOLDS: &[(&str, &str, &str)] = &[
    // Each rule: a text that the line must contain, the pattern to replace, and the replacement.
    (":::", r"(^|[ ,>]):::([0-9-]+|\[\.\.\])", "$1[::]:$2"),
    ("0.0.0.0:", r"(0\.0\.0\.0:(?:[0-9-]+|\[\.\.\])->([0-9-]+/[a-z]+)), \[::\]:(?:[0-9-]+|\[\.\.\])->([0-9-]+/[a-z]+)", "$1"),
    ("Error: No such", r"^Error: (No such [a-z]+: )", "Error response from daemon: $1"),
    ("is not a docker command", r"^docker: '([^']*)' is not a docker command\.?$", "docker: unknown command: docker $1"),
    ("repository name", r"repository name \([^)]*\) must be", "repository name must be"),
    ("rror", r"^((?:docker: )?Error[ :].*[^.])\.$", "$1"),
    ("docker:", r"^(docker: .*[^.])\.$", "$1"),
    // A build step that takes no time prints no duration.
    ("s done", r"^(#[0-9]+ .*) [0-9]+(?:\.[0-9]+)?s done$", "$1 done"),
];

static RULES: LazyLock<Vec<(&str, Regex, &str)>> =
    LazyLock::new(|| FOLDS.iter().map(|&(word, pattern, put)| (word, compile_pattern(pattern), put)).collect());

/// Normalizes a line, and removes the spaces at the end of the line.
pub(super) fn normalize(line: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(line.trim_end());
    for (word, regex, put) in RULES.iter() {
        if text.contains(word)
            && let Cow::Owned(folded) = replace(&text, regex, put)
        {
            text = Cow::Owned(folded);
        }
    }
    match sort_runtimes(&text) {
        Some(sorted) => Cow::Owned(sorted),
        None => text,
    }
}

/// Sorts the runtimes of `docker info`, because `docker info` lists them in a random order. Removes a runtime that only
/// versions up to 20.10 list.
fn sort_runtimes(line: &str) -> Option<String> {
    let (before, runtimes) = line.split_once("Runtimes: ").filter(|(before, _)| before.trim().is_empty())?;
    if line.contains("[..]") {
        return None;
    }
    let mut runtimes: Vec<&str> =
        runtimes.split_whitespace().filter(|&runtime| runtime != "io.containerd.runtime.v1.linux").collect();
    runtimes.sort_unstable();
    Some(format!("{before}Runtimes: {}", runtimes.join(" ")))
}

fn replace<'t>(text: &'t str, regex: &Regex, put: &str) -> Cow<'t, str> {
    regex.replace_all(text, |captures: &regex::Captures<'_>| {
        // Two published ports are merged only if both lead to the same port of the container.
        let twins = match (captures.get(2), captures.get(3)) {
            (Some(left), Some(right)) => left.as_str() == right.as_str(),
            _ => true,
        };
        let mut out = String::new();
        captures.expand(if twins { put } else { "$0" }, &mut out);
        out
    })
}

static_patterns! {
    static HELP_HINT = r"^(?:See|Run) '.* --help'(?: for more information(?: on a command)?)?\.*\s*$";
    static PORT_LINE = r"^(?:(?P<inside>.*?) -> )?(?:0\.0\.0\.0|(?P<v6>\[::\]|::)):[0-9]+\s*$";
}

/// Whether a line is a hint at `--help`: `See 'docker run --help'.` (until 27) or `Run 'docker run --help' for more
/// information` (since 28).
pub(super) fn is_help_hint(line: &str) -> bool {
    HELP_HINT.is_match(line)
}

/// Reads a line of `docker port`. Returns the container's port, and whether the line is for IPv6. A command such as
/// `docker port web 80` prints no container port; for its lines, the port is empty.
pub(super) fn port_line(line: &str) -> Option<(&str, bool)> {
    let found = PORT_LINE.captures(line)?;
    Some((found.name("inside").map_or("", |inside| inside.as_str()), found.name("v6").is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_line_in_all_engine_versions_normalize_to_the_same_text() {
        for (left, right) in [
            ("0.0.0.0:8080->80/tcp, :::8080->80/tcp", "0.0.0.0:8080->80/tcp"),
            ("0.0.0.0:8080->80/tcp, [::]:8080->80/tcp", "0.0.0.0:8080->80/tcp"),
            // The author may write `[..]` for the port.
            ("0.0.0.0:[..]->80/tcp, :::[..]->80/tcp", "0.0.0.0:[..]->80/tcp"),
            ("x -> :::[..]", "x -> [::]:[..]"),
            ("443/tcp, 0.0.0.0:8080->80/tcp, :::8081->80/tcp", "443/tcp, 0.0.0.0:8080->80/tcp"),
            (
                "docker: Error response from daemon: Conflict. Again.",
                "docker: Error response from daemon: Conflict. Again",
            ),
            ("Error: No such container: x", "Error response from daemon: No such container: x"),
            ("docker: 'imagess' is not a docker command.", "docker: unknown command: docker imagess"),
            (
                "invalid reference format: repository name (library/Busybox) must be lowercase",
                "invalid reference format: repository name must be lowercase",
            ),
            ("#8 exporting layers 0.1s done", "#8 exporting layers done"),
            (
                " Runtimes: io.containerd.runtime.v1.linux runc io.containerd.runc.v2",
                " Runtimes: io.containerd.runc.v2 runc",
            ),
            ("abc   ", "abc"),
        ] {
            assert_eq!(normalize(left), normalize(right), "{left}");
        }
    }

    #[test]
    fn lines_that_differ_in_content_normalize_to_different_texts() {
        for (left, right) in [
            ("0.0.0.0:8080->80/tcp", "0.0.0.0:8081->80/tcp"),
            ("0.0.0.0:8080->80/tcp, [::]:8080->81/tcp", "0.0.0.0:8080->80/tcp"),
            (" Runtimes: io.containerd.runc.v2 runc", " Runtimes: nvidia runc"),
            ("Plugins: b a", "Plugins: a b"),
            ("selesai.", "selesai"),
            ("Error: tunggu...", "Error: tunggu"),
            ("Error: No such container: x", "Error: No such container: y"),
        ] {
            assert_ne!(normalize(left), normalize(right), "{left}");
        }
    }

    #[test]
    fn help_hint_of_every_version_is_recognized() {
        for line in [
            "See 'docker run --help'.",
            "See 'docker --help'",
            "Run 'docker run --help' for more information",
            "Run 'docker COMMAND --help' for more information on a command.",
        ] {
            assert!(is_help_hint(line), "{line}");
        }
        assert!(!is_help_hint("See 'man docker'"));
        assert!(!is_help_hint("Run 'x --help' first"));
    }

    #[test]
    fn line_of_docker_port_gives_the_container_port_and_the_ip_version() {
        assert_eq!(port_line("80/tcp -> 0.0.0.0:8080"), Some(("80/tcp", false)));
        assert_eq!(port_line("80/tcp -> [::]:8080"), Some(("80/tcp", true)));
        assert_eq!(port_line(":::8080"), Some(("", true)));
        assert_eq!(port_line("80/tcp -> 127.0.0.1:8080"), None);
        assert_eq!(port_line("0.0.0.0:8080->80/tcp"), None);
    }
}
