//! Answers from a pack: the pull half of the OCI distribution API.

use axum::body::Body;
use axum::http::header::{HeaderValue, LINK};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::answer::{JSON, Refusal, blob, document, with_digest};
use super::layout::{Pack, PackRepository};
use super::name::Reference;
use super::route::{RegistryRoute, parameter};

const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// Answers a GET or HEAD request for the repositories of `host` from the pack.
pub(super) fn answer(pack: &Pack, host: &str, asked: &Parts) -> Result<Response<Body>, Refusal> {
    match RegistryRoute::parse(asked.uri.path())? {
        RegistryRoute::Base => Ok(document(StatusCode::OK, JSON, b"{}".to_vec())),
        RegistryRoute::Manifest { name, reference } => {
            manifest(pack, repository(pack, host, &name, asked)?, &reference, asked)
        }
        RegistryRoute::Blob { name, digest } => {
            let repository = repository(pack, host, &name, asked)?;
            let &size = repository.blobs.get(&digest).ok_or_else(|| Refusal::blob_unknown(digest))?;
            let file = pack.open_sound(digest, size).map_err(|error| Refusal::damaged(&error))?;
            Ok(with_digest(blob(file, size, digest, &asked.method, &asked.headers), digest, &asked.headers))
        }
        RegistryRoute::Tags { name } => {
            let repository = repository(pack, host, &name, asked)?;
            Ok(tags(repository.tags.keys().map(String::as_str).collect(), &name, asked))
        }
        RegistryRoute::Upload { .. } | RegistryRoute::Catalog => Err(Refusal::not_found()),
        RegistryRoute::Referrers { name } => {
            repository(pack, host, &name, asked)?;
            let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [] });
            Ok(document(StatusCode::OK, OCI_INDEX, index.to_string().into_bytes()))
        }
    }
}

/// Returns the repository with this name. The parameter `ns` names the host, as containerd asks mirrors.
fn repository<'a>(pack: &'a Pack, host: &str, name: &str, asked: &Parts) -> Result<&'a PackRepository, Refusal> {
    let host = parameter(asked.uri.query(), "ns").unwrap_or(host);
    pack.repository(host, name).ok_or_else(|| Refusal::name_unknown(name))
}

fn manifest(
    pack: &Pack,
    repository: &PackRepository,
    reference: &Reference,
    asked: &Parts,
) -> Result<Response<Body>, Refusal> {
    let unknown = || Refusal::manifest_unknown(&reference.to_string());
    let digest = match reference {
        Reference::Tag(tag) => repository.tags.get(tag).copied().ok_or_else(unknown)?,
        Reference::Digest(digest) => *digest,
    };
    let media_type = repository.manifests.get(&digest).ok_or_else(unknown)?;
    let bytes = pack.document(digest).map_err(|error| Refusal::damaged(&error))?;
    Ok(with_digest(document(StatusCode::OK, media_type, bytes), digest, &asked.headers))
}

/// Returns the requested page of a sorted list of tags.
pub(super) fn tags(mut names: Vec<&str>, name: &str, asked: &Parts) -> Response<Body> {
    let after = parameter(asked.uri.query(), "last");
    names.retain(|&tag| after.is_none_or(|after| tag > after));
    let limit = parameter(asked.uri.query(), "n").and_then(|n| n.parse::<usize>().ok());
    let rest = limit.is_some_and(|limit| limit < names.len());
    names.truncate(limit.unwrap_or(names.len()));
    let body = json!({ "name": name, "tags": names }).to_string();
    let mut response = document(StatusCode::OK, JSON, body.into_bytes());
    if rest
        && let (Some(limit), Some(last)) = (limit, names.last())
        && let Ok(link) = HeaderValue::try_from(format!("</v2/{name}/tags/list?n={limit}&last={last}>; rel=\"next\""))
    {
        response.headers_mut().insert(LINK, link);
    }
    response
}
