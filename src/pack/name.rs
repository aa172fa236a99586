//! Turns a short image name, such as `mongo`, into the full name and the tag or digest.

use std::fmt;

use super::Digest;
use crate::image_ref::{HUB, ImageRef, is_tag};

/// The tag or digest that selects an image of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    /// A tag.
    Tag(String),
    /// The digest of a manifest.
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

/// Returns the full name and the reference of an image with a short or full name. Returns `None` if the name is
/// invalid.
pub(super) fn normalise(text: &str) -> Option<(String, Reference)> {
    let image: ImageRef = text.parse().ok()?;
    let reference = match &image.digest {
        Some(digest) => Reference::Digest(digest.parse().ok()?),
        None => Reference::Tag(image.tag_or_latest()?.to_owned()),
    };
    Some((image.name(), reference))
}

/// The hosts that have copies of Docker Hub's official images, each with the path of the copies.
pub(super) const COPIES: [&str; 2] = ["public.ecr.aws/docker/library/", "mirror.gcr.io/library/"];

/// Returns the full name under which a pack stores the repository of a host.
pub(super) fn full_name(host: &str, repository: &str) -> String {
    let name = format!("{host}/{repository}");
    match COPIES.iter().find_map(|copy| name.strip_prefix(copy)) {
        Some(official) => format!("{HUB}/library/{official}"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_name_is_completed_with_docker_hub_and_the_tag_latest() {
        let digest = Digest::of(b"");
        for (text, full, reference) in [
            ("mongo".to_owned(), "docker.io/library/mongo", Reference::Tag("latest".into())),
            ("docker.io/mongo:4.1".to_owned(), "docker.io/library/mongo", Reference::Tag("4.1".into())),
            ("localhost:5000/a/b:1".to_owned(), "localhost:5000/a/b", Reference::Tag("1".into())),
            (format!("mongo@{digest}"), "docker.io/library/mongo", Reference::Digest(digest)),
            (format!("mongo:4.1@{digest}"), "docker.io/library/mongo", Reference::Digest(digest)),
        ] {
            assert_eq!(normalise(&text), Some((full.to_owned(), reference)), "{text}");
        }
        assert_eq!(normalise("Mongo"), None);
        assert_eq!(Reference::parse(&"t".repeat(129)), None);
        assert_eq!(Reference::parse(".hidden"), None);
    }

    #[test]
    fn copy_of_an_official_image_has_the_images_name_on_docker_hub() {
        assert_eq!(full_name("public.ecr.aws", "docker/library/alpine"), "docker.io/library/alpine");
        assert_eq!(full_name("mirror.gcr.io", "library/alpine"), "docker.io/library/alpine");
        assert_eq!(full_name("gcr.io", "google-containers/pause"), "gcr.io/google-containers/pause");
    }
}
