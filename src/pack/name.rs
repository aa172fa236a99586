//! Names of images as people write them (`mongo:4.1`) and in full (`docker.io/library/mongo`, tag `4.1`).

use std::fmt;

use super::Digest;

/// The host that names of images may omit.
pub(super) const HUB: &str = "docker.io";
/// The longest repository name, by the distribution API.
const LONGEST: usize = 255;

/// Which image of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    /// By tag.
    Tag(String),
    /// By the digest of its manifest.
    Digest(Digest),
}

impl Reference {
    /// Reads a tag or a digest, by the distribution API's grammar.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(digest) => Some(Self::Digest(digest)),
            Err(_) => is_tag(text).then(|| Self::Tag(text.to_owned())),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => f.write_str(tag),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

/// The full name and the reference of an image named as on a command line; `None` when it is no name.
pub(super) fn normalise(text: &str) -> Option<(String, Reference)> {
    let (name, reference) = if let Some((name, digest)) = text.split_once('@') {
        (without_tag(name).0, Reference::Digest(digest.parse().ok()?))
    } else {
        let (name, tag) = without_tag(text);
        (name, Reference::Tag(tag.unwrap_or("latest").to_owned()))
    };
    if let Reference::Tag(tag) = &reference
        && !is_tag(tag)
    {
        return None;
    }
    let (host, path) = match name.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => (host, path),
        _ => (HUB, name),
    };
    let host = if host == "index.docker.io" { HUB } else { host };
    let library = if host == HUB && !path.contains('/') { "library/" } else { "" };
    let full = format!("{library}{path}");
    (is_host(host) && is_repository(&full)).then(|| (format!("{host}/{full}"), reference))
}

/// Whether `name` is a repository's name: lower-case words joined by `.`, `_`, `__` or dashes, in parts between `/`.
pub(super) fn is_repository(name: &str) -> bool {
    name.len() <= LONGEST && name.split('/').all(is_part)
}

fn is_part(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = part.as_bytes();
    if !bytes.first().is_some_and(|&first| is_word(first)) || !bytes.last().is_some_and(|&last| is_word(last)) {
        return false;
    }
    bytes
        .split(|&byte| is_word(byte))
        .all(|joint| matches!(joint, b"" | b"." | b"_" | b"__") || joint.iter().all(|&byte| byte == b'-'))
}

fn is_tag(tag: &str) -> bool {
    let mut bytes = tag.bytes();
    tag.len() <= 128
        && bytes.next().is_some_and(|first| first.is_ascii_alphanumeric() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    name.split('.').all(is_label) && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name without its tag: the tag's colon comes after the last slash, a port's before it.
fn without_tag(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_mean_docker_hub() {
        let digest = Digest::of(b"");
        let by_digest = format!("mongo@{digest}");
        for (text, full, reference) in [
            ("mongo", "docker.io/library/mongo", Reference::Tag("latest".into())),
            ("mongo:4.1", "docker.io/library/mongo", Reference::Tag("4.1".into())),
            ("docker.io/mongo:4.1", "docker.io/library/mongo", Reference::Tag("4.1".into())),
            ("index.docker.io/library/mongo:4.1", "docker.io/library/mongo", Reference::Tag("4.1".into())),
            ("bitnami/redis", "docker.io/bitnami/redis", Reference::Tag("latest".into())),
            ("localhost:5000/a/b:1", "localhost:5000/a/b", Reference::Tag("1".into())),
            ("ghcr.io/a/b", "ghcr.io/a/b", Reference::Tag("latest".into())),
            (&by_digest, "docker.io/library/mongo", Reference::Digest(digest)),
        ] {
            assert_eq!(normalise(text), Some((full.to_owned(), reference)), "{text}");
        }
    }

    #[test]
    fn malformed_names_are_refused() {
        for text in [
            "",
            ":",
            "mongo:",
            "Mongo",
            "mongo:4.1:2",
            "a//b",
            "../b",
            "a/../b",
            "-a",
            "a-",
            "a..b",
            "a@b",
            "a b",
            "/a",
        ] {
            assert_eq!(normalise(text), None, "{text}");
        }
        assert!(!is_repository(&"a".repeat(256)));
        assert!(is_repository("a--b/c__d/e.f_g"));
        assert!(!is_repository("a___b"));
        assert_eq!(Reference::parse(&"t".repeat(129)), None);
        assert_eq!(Reference::parse(".hidden"), None);
    }
}
