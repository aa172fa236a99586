//! The routes of the distribution API. The server rejects unusual spellings of paths, such as percent-encoded paths.

use super::Digest;
use super::answer::Refusal;
use super::name::Reference;
use crate::image_ref::is_repository;

/// A route of the distribution API.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RegistryRoute {
    /// `/v2/`: the test of whether the host is a registry.
    Base,
    /// The manifest of an image: its repository, and its tag or digest.
    Manifest(String, Reference),
    /// A blob of a repository.
    Blob(String, Digest),
    /// The tags of a repository.
    Tags(String),
    /// The upload of a blob: the repository, and the number of the upload. The first request of an upload has no
    /// number.
    Upload(String, Option<u64>),
    /// The list of repositories.
    Catalog,
}

impl RegistryRoute {
    /// Returns the repository in the path.
    pub(super) fn repository(&self) -> Option<&str> {
        match self {
            Self::Base | Self::Catalog => None,
            Self::Manifest(name, _) | Self::Blob(name, _) | Self::Upload(name, _) | Self::Tags(name) => Some(name),
        }
    }

    /// Parses the path of a request. Names never need percent-encoding, so a `%` is invalid.
    pub(super) fn parse(path: &str) -> Result<Self, Refusal> {
        let Some(rest) = path.strip_prefix("/v2") else { return Err(Refusal::NOT_FOUND) };
        if rest.is_empty() || rest == "/" {
            return Ok(Self::Base);
        }
        if rest == "/_catalog" {
            return Ok(Self::Catalog);
        }
        if let Some((name, id)) = rest.trim_start_matches('/').rsplit_once("/blobs/uploads") {
            let id = match id.strip_prefix('/').unwrap_or(id) {
                "" => None,
                number => Some(number.parse().map_err(|_| Refusal::UPLOAD_UNKNOWN)?),
            };
            let is_valid = is_repository(name);
            return is_valid
                .then(|| Self::Upload(name.to_owned(), id))
                .ok_or_else(|| Refusal::NAME_INVALID.about(name));
        }
        let mut parts = rest.strip_prefix('/').ok_or(Refusal::NOT_FOUND)?.rsplitn(3, '/');
        let (Some(last), Some(kind), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Refusal::NOT_FOUND);
        };
        if !matches!((kind, last), ("manifests" | "blobs", _) | ("tags", "list")) {
            return Err(Refusal::NOT_FOUND);
        }
        if !is_repository(name) {
            return Err(Refusal::NAME_INVALID.about(name));
        }
        let name = name.to_owned();
        Ok(match kind {
            "manifests" => match Reference::parse(last) {
                Some(reference) => Self::Manifest(name, reference),
                None if last.contains(':') => return Err(Refusal::DIGEST_INVALID.about(last)),
                None => return Err(Refusal::MANIFEST_UNKNOWN.about(last)),
            },
            "tags" => Self::Tags(name),
            _ => Self::Blob(name, last.parse().map_err(|_| Refusal::DIGEST_INVALID.about(last))?),
        })
    }
}

/// Returns the value of `key` in a request's query, without decoding it.
pub(super) fn parameter<'a>(query: Option<&'a str>, key: &str) -> Option<&'a str> {
    query?.split('&').filter_map(|pair| pair.split_once('=')).find(|&(name, _)| name == key).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_of_the_distribution_api_is_parsed_to_its_route() {
        let digest = Digest::of(b"");
        let name = || "library/mongo".to_owned();
        for (path, route) in [
            ("/v2".to_owned(), RegistryRoute::Base),
            ("/v2/".to_owned(), RegistryRoute::Base),
            (
                "/v2/library/mongo/manifests/4.1".to_owned(),
                RegistryRoute::Manifest(name(), Reference::Tag("4.1".into())),
            ),
            (
                format!("/v2/library/mongo/manifests/{digest}"),
                RegistryRoute::Manifest(name(), Reference::Digest(digest)),
            ),
            (format!("/v2/library/mongo/blobs/{digest}"), RegistryRoute::Blob(name(), digest)),
            ("/v2/library/mongo/tags/list".to_owned(), RegistryRoute::Tags(name())),
            ("/v2/blobs/blobs/tags/list".to_owned(), RegistryRoute::Tags("blobs/blobs".into())),
            ("/v2/library/mongo/blobs/uploads/".to_owned(), RegistryRoute::Upload(name(), None)),
            ("/v2/library/mongo/blobs/uploads/7".to_owned(), RegistryRoute::Upload(name(), Some(7))),
            ("/v2/_catalog".to_owned(), RegistryRoute::Catalog),
        ] {
            assert_eq!(RegistryRoute::parse(&path).ok(), Some(route), "{path}");
        }
    }

    #[test]
    fn other_path_is_refused_with_the_error_code_for_its_mistake() {
        let hex = "0".repeat(64);
        for (path, code) in [
            ("/".to_owned(), "UNSUPPORTED"),
            ("/v1/search".to_owned(), "UNSUPPORTED"),
            ("/v2x/".to_owned(), "UNSUPPORTED"),
            ("/v2/mongo".to_owned(), "UNSUPPORTED"),
            ("/v2/manifests/latest".to_owned(), "UNSUPPORTED"),
            ("/v2/mongo/tags/all".to_owned(), "UNSUPPORTED"),
            ("/v2/Mongo/manifests/latest".to_owned(), "NAME_INVALID"),
            ("/v2/../../etc/manifests/latest".to_owned(), "NAME_INVALID"),
            ("/v2/a%2fb/manifests/latest".to_owned(), "NAME_INVALID"),
            ("/v2/a//b/tags/list".to_owned(), "NAME_INVALID"),
            ("/v2/mongo/manifests/.hidden".to_owned(), "MANIFEST_UNKNOWN"),
            ("/v2/mongo/manifests/sha256:12".to_owned(), "DIGEST_INVALID"),
            ("/v2/mongo/blobs/latest".to_owned(), "DIGEST_INVALID"),
            ("/v2/mongo/blobs/uploads/../x".to_owned(), "BLOB_UPLOAD_UNKNOWN"),
            ("/v2/../blobs/uploads/".to_owned(), "NAME_INVALID"),
            (format!("/v2/mongo/blobs/sha256:{hex}0"), "DIGEST_INVALID"),
            (format!("/v2/mongo/blobs/sha256:..%2f{hex}"), "DIGEST_INVALID"),
            (format!("/v2/mongo/blobs/SHA256:{hex}"), "DIGEST_INVALID"),
        ] {
            assert_eq!(RegistryRoute::parse(&path).map_err(|refusal| refusal.code), Err(code), "{path}");
        }
    }
}
