//! The mirror: the pull half of the OCI distribution API, read-only, over a pack.

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, LINK};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use serde_json::json;

use super::Digest;
use super::answer::{Refusal, blob, document, with_digest};
use super::layout::{Pack, Repository};
use super::name::{HUB, Reference};
use super::route::{Route, parameter};

const JSON: &str = "application/json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// Where the mirror's images come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageSource {
    /// A pack in this directory.
    Pack(PathBuf),
}

/// Serves `source` as a registry mirror until the process ends: blocking, with a runtime of its own.
pub fn serve(listener: TcpListener, source: ImageSource) -> io::Result<()> {
    let ImageSource::Pack(dir) = source;
    let pack = Arc::new(Pack::open(&dir).map_err(io::Error::other)?);
    let router = Router::new().fallback(answer).with_state(pack);
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await })
}

async fn answer(State(pack): State<Arc<Pack>>, request: Request) -> Response<Body> {
    let (head, _) = request.into_parts();
    // Opening and hashing files waits for the disk.
    let work = tokio::task::spawn_blocking(move || {
        let asked = Asked { method: &head.method, headers: &head.headers, query: head.uri.query() };
        pack_answer(&pack, head.uri.path(), &asked).unwrap_or_else(Into::into)
    });
    let mut response = work.await.unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    });
    response.headers_mut().insert("docker-distribution-api-version", HeaderValue::from_static("registry/2.0"));
    response
}

/// What a request asks, besides its path.
struct Asked<'a> {
    method: &'a Method,
    headers: &'a HeaderMap,
    query: Option<&'a str>,
}

fn pack_answer(pack: &Pack, path: &str, asked: &Asked<'_>) -> Result<Response<Body>, Refusal> {
    if !matches!(*asked.method, Method::GET | Method::HEAD) {
        return Err(Refusal::read_only());
    }
    match Route::parse(path)? {
        Route::Base => Ok(document(StatusCode::OK, JSON, b"{}".to_vec())),
        Route::Manifest { name, reference } => manifest(pack, repository(pack, &name, asked)?, &reference, asked),
        Route::Blob { name, digest } => {
            let repository = repository(pack, &name, asked)?;
            let &size = repository.blobs.get(&digest).ok_or_else(|| Refusal::blob_unknown(digest))?;
            let file = pack.open_sound(digest, size).map_err(|error| Refusal::damaged(&error))?;
            Ok(with_digest(blob(file, size, digest, asked.method, asked.headers), digest, asked.headers))
        }
        Route::Tags { name } => Ok(tags(repository(pack, &name, asked)?, &name, asked)),
        Route::Referrers { name } => {
            repository(pack, &name, asked)?;
            let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [] });
            Ok(document(StatusCode::OK, OCI_INDEX, index.to_string().into_bytes()))
        }
    }
}

/// The repository of that name; `?ns=` says on which host, as containerd asks mirrors.
fn repository<'a>(pack: &'a Pack, name: &str, asked: &Asked<'_>) -> Result<&'a Repository, Refusal> {
    let host = parameter(asked.query, "ns").unwrap_or(HUB);
    pack.repository(&format!("{host}/{name}")).ok_or_else(|| Refusal::name_unknown(name))
}

fn manifest(
    pack: &Pack,
    repository: &Repository,
    reference: &Reference,
    asked: &Asked<'_>,
) -> Result<Response<Body>, Refusal> {
    let known = match reference {
        Reference::Tag(tag) => repository.tags.get(tag).copied(),
        Reference::Digest(digest) => Some(*digest),
    };
    let unknown = || {
        Refusal::manifest_unknown(&match reference {
            Reference::Tag(tag) => tag.clone(),
            Reference::Digest(digest) => digest.to_string(),
        })
    };
    let digest: Digest = known.ok_or_else(unknown)?;
    let media_type = repository.manifests.get(&digest).ok_or_else(unknown)?;
    let bytes = pack.document(digest).map_err(|error| Refusal::damaged(&error))?;
    Ok(with_digest(document(StatusCode::OK, media_type, bytes), digest, asked.headers))
}

fn tags(repository: &Repository, name: &str, asked: &Asked<'_>) -> Response<Body> {
    let after = parameter(asked.query, "last");
    let mut names: Vec<&str> =
        repository.tags.keys().map(String::as_str).filter(|&tag| after.is_none_or(|after| tag > after)).collect();
    let limit = parameter(asked.query, "n").and_then(|n| n.parse::<usize>().ok());
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
