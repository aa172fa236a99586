//! Parses and prints image references by the rules of moby: `mongo:4.1` is short for `docker.io/library/mongo:4.1`.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

/// The registry of references that name no registry.
pub const HUB: &str = "docker.io";
/// Docker Hub's old name.
const OLD_HUB: &str = "index.docker.io";
/// The namespace of Docker's official images.
const LIBRARY: &str = "library/";
/// The tag of references with neither tag nor digest.
const LATEST: &str = "latest";
/// The maximum length of a repository, in bytes.
const LONGEST_REPOSITORY: usize = 255;
/// The maximum length of a tag, in characters.
const LONGEST_TAG: usize = 128;

/// A reference to an image.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageRef {
    /// The registry: `docker.io`, `localhost:5000`.
    pub registry: String,
    /// The repository: `library/mongo`, `tim/web`.
    pub repository: String,
    /// The tag, if the reference contains one.
    pub tag: Option<String>,
    /// The digest, such as `sha256:…`, if the reference contains one.
    pub digest: Option<String>,
}

/// The reason why a text is not an image reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImageRefError {
    /// The text is empty.
    #[error("repository name must have at least one component")]
    Empty,
    /// The text begins with a character by which word processors replace a dash, such as `–`.
    #[error("invalid reference format: begins with a dash")]
    Dash,
    /// The text is a URL: `https://…`.
    #[error("invalid reference format: has a scheme")]
    Scheme,
    /// The text contains white space.
    #[error("invalid reference format: has a blank")]
    Space,
    /// The text begins or ends with `:`.
    #[error("invalid reference format: nothing before or after a colon")]
    Colon,
    /// The repository has a capital letter.
    #[error("invalid reference format: repository name must be lowercase")]
    Uppercase,
    /// The repository has more than 255 bytes.
    #[error("repository name must not be more than 255 characters")]
    TooLong,
    /// The text is 64 hexadecimal digits, an image's id.
    #[error("invalid repository name, cannot specify 64-byte hexadecimal strings")]
    Identifier,
    /// The digest has an unknown algorithm or a wrong number of hexadecimal digits. `sha256:` needs 64 digits.
    #[error("invalid digest format")]
    Digest,
    /// The text has another invalid form.
    #[error("invalid reference format")]
    Format,
}

impl ImageRef {
    /// Returns the short form, without `docker.io` and `library/`. Keeps the tag and the digest.
    #[must_use]
    pub fn familiar(&self) -> String {
        format!("{}{}", self.familiar_name(), self.suffix(self.tag.as_deref()))
    }

    /// Returns the short form as `docker images` lists it. Adds `:latest` if the reference has neither tag nor digest.
    #[must_use]
    pub fn familiar_tagged(&self) -> String {
        format!("{}{}", self.familiar_name(), self.suffix(self.tag_or_latest()))
    }

    /// Returns the short form without tag and digest: `mongo`, `localhost:5000/web`.
    #[must_use]
    pub fn familiar_name(&self) -> String {
        if !self.is_hub() {
            return self.name();
        }
        self.official().unwrap_or(&self.repository).to_owned()
    }

    /// Returns the full form. Adds `:latest` if the reference has neither tag nor digest. Leaves out the tag if the
    /// reference has a digest.
    #[must_use]
    pub fn normalized(&self) -> String {
        let tag = if self.digest.is_some() { None } else { self.tag_or_latest() };
        format!("{}{}", self.name(), self.suffix(tag))
    }

    /// Returns the full name without tag and digest: `docker.io/library/mongo`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.registry, self.repository)
    }

    /// Returns the tag, or `latest` if the reference has neither tag nor digest. Returns `None` for a digest without a
    /// tag.
    #[must_use]
    pub fn tag_or_latest(&self) -> Option<&str> {
        self.tag.as_deref().or_else(|| self.digest.is_none().then_some(LATEST))
    }

    /// Whether the image is on Docker Hub.
    #[must_use]
    pub fn is_hub(&self) -> bool {
        self.registry == HUB
    }

    /// Returns the name of an official Docker image without its tag, such as `nginx`. Returns `None` for other images.
    #[must_use]
    pub fn official(&self) -> Option<&str> {
        self.repository.strip_prefix(LIBRARY).filter(|name| self.is_hub() && !name.contains('/'))
    }

    fn suffix(&self, tag: Option<&str>) -> String {
        let part = |sign: char, text: Option<&str>| text.map(|text| format!("{sign}{text}")).unwrap_or_default();
        part(':', tag) + &part('@', self.digest.as_deref())
    }
}

impl fmt::Display for ImageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.familiar())
    }
}

impl FromStr for ImageRef {
    type Err = ImageRefError;

    fn from_str(text: &str) -> Result<Self, ImageRefError> {
        use ImageRefError as Error;
        if text.is_empty() {
            return Err(Error::Empty);
        }
        if text.starts_with(['–', '—', '−', '‐', '―']) {
            return Err(Error::Dash);
        }
        if text.contains("://") {
            return Err(Error::Scheme);
        }
        if text.contains(char::is_whitespace) {
            return Err(Error::Space);
        }
        if text.len() == 64 && is_lower_hex(text) {
            return Err(Error::Identifier);
        }
        let (name, digest) = text.split_once('@').map_or((text, None), |(name, digest)| (name, Some(digest)));
        if name.starts_with(':') || name.ends_with(':') {
            return Err(Error::Colon);
        }
        let (registry, rest) = split_registry(name);
        let (path, tag) = rest.split_once(':').map_or((rest, None), |(path, tag)| (path, Some(tag)));
        if path.contains(|c: char| c.is_ascii_uppercase()) {
            return Err(Error::Uppercase);
        }
        let library = if registry == HUB && !path.contains('/') { LIBRARY } else { "" };
        let repository = format!("{library}{path}");
        if repository.len() > LONGEST_REPOSITORY {
            return Err(Error::TooLong);
        }
        if !is_host(registry) || !is_repository(&repository) || tag.is_some_and(|tag| !is_tag(tag)) {
            return Err(Error::Format);
        }
        if digest.is_some_and(|digest| !is_digest(digest)) {
            return Err(Error::Digest);
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self { registry: registry.to_owned(), repository, tag: owned(tag), digest: owned(digest) })
    }
}

/// Splits a name into the registry and the rest. The first part of the name is a registry if this part cannot be a
/// namespace of Docker Hub.
fn split_registry(name: &str) -> (&str, &str) {
    match name.split_once('/') {
        Some((OLD_HUB, rest)) => (HUB, rest),
        Some((host, rest)) if host == "localhost" || host.contains(|c: char| ".:".contains(c) || c.is_uppercase()) => {
            (host, rest)
        }
        _ => (HUB, name),
    }
}

/// Whether `name` is a valid repository name: lower-case words joined by `.`, `_`, `__` or dashes, in parts separated
/// by `/`.
#[must_use]
pub fn is_repository(name: &str) -> bool {
    name.len() <= LONGEST_REPOSITORY && name.split('/').all(is_part)
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

/// Whether `tag` is a valid tag.
#[must_use]
pub fn is_tag(tag: &str) -> bool {
    let mut bytes = tag.bytes();
    tag.len() <= LONGEST_TAG
        && bytes.next().is_some_and(|first| first.is_ascii_alphanumeric() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn is_lower_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        let length = match algorithm {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => return false,
        };
        hex.len() == length && is_lower_hex(hex)
    })
}

/// Whether a text is a host name or an address, optionally with a port: `localhost:5000`, `[fc00::1]:5000`.
fn is_host(host: &str) -> bool {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').is_some_and(|(address, port)| {
            !address.is_empty()
                && address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':')
                && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
        });
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.split('.').all(is_label) && port.is_none_or(is_port)
}

/// Returns an image's name as `docker images` lists it. Text that is not a reference is returned unchanged.
#[must_use]
pub fn listed(image: &str) -> String {
    image.parse().map_or_else(|_| image.to_owned(), |image: ImageRef| image.familiar_tagged())
}

/// Whether two texts name the same image. Texts that are not references must be equal.
#[must_use]
pub fn is_same_image(one: &str, other: &str) -> bool {
    let full = |text: &str| text.parse::<ImageRef>().map(|image| image.normalized());
    one == other || matches!((full(one), full(other)), (Ok(one), Ok(other)) if one == other)
}

/// Returns the name of an image as `docker images` lists it. The Engine API gives the repository and the tag or digest
/// separately. The tag or digest `reference` replaces a tag or digest in `repository`.
#[must_use]
pub fn listed_with(repository: &str, reference: Option<&str>) -> String {
    let Some(reference) = reference else { return listed(repository) };
    let Ok(image) = repository.parse::<ImageRef>() else { return repository.to_owned() };
    let sign = if reference.contains(':') { '@' } else { ':' };
    listed(&format!("{}{sign}{reference}", image.name()))
}
