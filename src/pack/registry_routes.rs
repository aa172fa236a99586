//! Answers from a pack: the pull half of the OCI distribution API.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::answer::{Refusal, blob, document, json_document, with_digest};
use super::layout::{Pack, PackRepository};
use super::name::Reference;
use super::route::RegistryRoute;

/// Answers a GET or HEAD request for the repositories of `host` from the pack.
pub(super) fn answer(pack: &Pack, host: &str, asked: &Parts) -> Result<Response<Body>, Refusal> {
    match RegistryRoute::parse(asked.uri.path())? {
        RegistryRoute::Base => Ok(json_document(StatusCode::OK, &json!({}))),
        RegistryRoute::Manifest(name, reference) => manifest(pack, repository(pack, host, &name)?, &reference),
        RegistryRoute::Blob(name, digest) => {
            let repository = repository(pack, host, &name)?;
            let &size = repository.blobs.get(&digest).ok_or_else(|| Refusal::blob_unknown(digest))?;
            let file = pack.open_sound(digest, size).map_err(|error| Refusal::damaged(&error))?;
            Ok(with_digest(blob(file, size, &asked.method), digest))
        }
        RegistryRoute::Tags(name) => {
            let repository = repository(pack, host, &name)?;
            Ok(tags(repository.tags.keys(), &name))
        }
        RegistryRoute::Upload(..) | RegistryRoute::Catalog => Err(Refusal::not_found()),
    }
}

fn repository<'a>(pack: &'a Pack, host: &str, name: &str) -> Result<&'a PackRepository, Refusal> {
    pack.repository(host, name).ok_or_else(|| Refusal::name_unknown(name))
}

fn manifest(pack: &Pack, repository: &PackRepository, reference: &Reference) -> Result<Response<Body>, Refusal> {
    let unknown = || Refusal::manifest_unknown(&reference.to_string());
    let digest = match reference {
        Reference::Tag(tag) => repository.tags.get(tag).copied().ok_or_else(unknown)?,
        Reference::Digest(digest) => *digest,
    };
    let media_type = repository.manifests.get(&digest).ok_or_else(unknown)?;
    let bytes = pack.document(digest).map_err(|error| Refusal::damaged(&error))?;
    Ok(with_digest(document(StatusCode::OK, media_type, bytes), digest))
}

/// Answers with a sorted list of tags.
pub(super) fn tags<'t>(tags: impl IntoIterator<Item = &'t String>, name: &str) -> Response<Body> {
    let tags: Vec<&String> = tags.into_iter().collect();
    json_document(StatusCode::OK, &json!({ "name": name, "tags": tags }))
}
