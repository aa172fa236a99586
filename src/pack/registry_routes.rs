//! Answers the pull requests of the OCI distribution API, from pushed images and from a pack.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use serde_json::json;

use super::answer::{Refusal, blob, document, json_document, with_digest};
use super::layout::{Pack, PackRepository};
use super::name::Reference;
use super::pushed::Pushed;
use super::registries::{Manners, Registry};
use super::route::RegistryRoute;

/// Answers a GET or HEAD request from the images that were pushed to the registry, or else from the pack. Opening and
/// hashing a file blocks the server, but only the lesson's own engines have to wait.
pub(super) fn read(
    pack: &Pack,
    pushed: &Pushed,
    registry: Registry<'_>,
    route: &RegistryRoute,
    method: &Method,
) -> Result<Response<Body>, Refusal> {
    let host = registry.host;
    if let Some(answer) = pushed.read(host, route) {
        return Ok(answer);
    }
    let repository = |name: &str| pack.repository(host, name).ok_or_else(|| Refusal::NAME_UNKNOWN.about(name));
    let body = match route {
        RegistryRoute::Base => json!({}),
        RegistryRoute::Catalog if registry.manners == Manners::Own => json!({ "repositories": pushed.catalog(host) }),
        RegistryRoute::Upload(..) | RegistryRoute::Catalog => return Err(Refusal::NOT_FOUND),
        RegistryRoute::Manifest(name, reference) => return manifest(pack, repository(name)?, reference),
        RegistryRoute::Blob(name, digest) => {
            let &size = repository(name)?.blobs.get(digest).ok_or_else(|| Refusal::BLOB_UNKNOWN.about(digest))?;
            let file = pack.open_sound(*digest, size).map_err(|error| Refusal::damaged(&error))?;
            return Ok(with_digest(blob(file, size, method), *digest));
        }
        RegistryRoute::Tags(name) => {
            let mut tags = pushed.tags(host, name).unwrap_or_default();
            match repository(name) {
                Ok(repository) => tags.extend(repository.tags.keys().cloned()),
                Err(refusal) if tags.is_empty() => return Err(refusal),
                Err(_) => {}
            }
            json!({ "name": name, "tags": tags })
        }
    };
    Ok(json_document(StatusCode::OK, &body))
}

fn manifest(pack: &Pack, repository: &PackRepository, reference: &Reference) -> Result<Response<Body>, Refusal> {
    let unknown = || Refusal::MANIFEST_UNKNOWN.about(&reference.to_string());
    let digest = match reference {
        Reference::Tag(tag) => repository.tags.get(tag).copied().ok_or_else(unknown)?,
        Reference::Digest(digest) => *digest,
    };
    let media_type = repository.manifests.get(&digest).ok_or_else(unknown)?;
    let bytes = pack.document(digest).map_err(|error| Refusal::damaged(&error))?;
    Ok(with_digest(document(StatusCode::OK, media_type, bytes), digest))
}
