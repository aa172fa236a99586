//! Stores the images that lessons push, in memory, while the engine runs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, HeaderName, LOCATION, RANGE};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use serde_json::Value;

use super::answer::{ROOM, Refusal, add_header, document, with_digest};
use super::layout::{LARGEST_DOCUMENT, MANIFEST_TYPES};
use super::name::{Reference, full_name};
use super::route::RegistryRoute;
use super::{Digest, Pack};

/// The images that were pushed to an engine's registries.
#[derive(Debug, Default)]
pub(super) struct Pushed(Mutex<Store>);

#[derive(Debug, Default)]
struct Store {
    /// The repositories by full name: `ghcr.io/pelajar/toko`.
    repositories: BTreeMap<String, PushedRepository>,
    /// Unfinished uploads, by number.
    uploads: BTreeMap<u64, Vec<u8>>,
    last: u64,
}

#[derive(Debug, Default)]
struct PushedRepository {
    tags: BTreeMap<String, Digest>,
    manifests: HashMap<Digest, (&'static str, Bytes)>,
    blobs: HashMap<Digest, Bytes>,
}

impl Pushed {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a GET or HEAD request for an image that was pushed to `host`. Returns `None` if only the pack can have
    /// the image.
    pub(super) fn read(&self, host: &str, route: &RegistryRoute) -> Option<Response<Body>> {
        let store = self.store();
        let repository = store.repositories.get(&full_name(host, route.repository()?))?;
        match route {
            RegistryRoute::Manifest(_, reference) => {
                let digest = match reference {
                    Reference::Tag(tag) => *repository.tags.get(tag)?,
                    Reference::Digest(digest) => *digest,
                };
                let (media_type, bytes) = repository.manifests.get(&digest)?;
                let answer = document(StatusCode::OK, media_type, bytes.clone());
                Some(with_digest(answer, digest))
            }
            RegistryRoute::Blob(_, digest) => {
                let answer =
                    document(StatusCode::OK, "application/octet-stream", repository.blobs.get(digest)?.clone());
                Some(with_digest(answer, *digest))
            }
            _ => None,
        }
    }

    /// Returns the tags that were pushed to a repository. Returns `None` if nothing was pushed.
    pub(super) fn tags(&self, host: &str, name: &str) -> Option<BTreeSet<String>> {
        Some(self.store().repositories.get(&full_name(host, name))?.tags.keys().cloned().collect())
    }

    /// Returns the repositories of `host` that are not empty.
    pub(super) fn catalog(&self, host: &str) -> Vec<String> {
        let store = self.store();
        let full = store.repositories.iter().filter(|(_, repository)| !repository.manifests.is_empty());
        full.filter_map(|(name, _)| name.strip_prefix(host)?.strip_prefix('/').map(str::to_owned)).collect()
    }

    /// Carries out a step of a push. The client need not send blobs that are in `pack`.
    pub(super) fn write(
        &self,
        pack: &Pack,
        host: &str,
        route: &RegistryRoute,
        asked: &Parts,
        body: Bytes,
    ) -> Result<Response<Body>, Refusal> {
        let Some(name) = route.repository() else { return Err(Refusal::UNSUPPORTED) };
        let place = PushTarget { pack, host, name };
        let query = |key: &str| {
            let query = asked.uri.query().unwrap_or_default().as_bytes();
            form_urlencoded::parse(query).find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
        };
        let digest = |text: String| text.parse().map_err(|_| Refusal::DIGEST_INVALID.about(&text));
        match (&asked.method, route) {
            (&Method::POST, RegistryRoute::Upload(_, None)) => {
                if let (Some(mount), Some(from)) = (query("mount"), query("from"))
                    && let Some(answer) = self.mount(&place, digest(mount)?, &from)
                {
                    return Ok(answer);
                }
                let mut store = self.store();
                store.last += 1;
                let id = store.last;
                store.uploads.insert(id, Vec::new());
                Ok(accepted(StatusCode::ACCEPTED, name, id, 0))
            }
            (&Method::PATCH, RegistryRoute::Upload(_, Some(id))) => {
                let mut store = self.store();
                let length = store.append(*id, &body)?;
                Ok(accepted(StatusCode::ACCEPTED, name, *id, length))
            }
            (&Method::PUT, RegistryRoute::Upload(_, Some(id))) => {
                let digest = digest(query("digest").unwrap_or_default())?;
                let mut store = self.store();
                store.append(*id, &body)?;
                let blob = Bytes::from(store.uploads.remove(id).unwrap_or_default());
                if Digest::of(&blob) != digest {
                    return Err(Refusal::DIGEST_INVALID.about(&digest));
                }
                store.repositories.entry(place.full()).or_default().blobs.insert(digest, blob);
                Ok(created(format!("/v2/{name}/blobs/{digest}"), digest))
            }
            (&Method::DELETE, RegistryRoute::Upload(_, Some(id))) => {
                self.store().uploads.remove(id);
                Ok(document(StatusCode::NO_CONTENT, "text/plain", Bytes::new()))
            }
            (&Method::PUT, RegistryRoute::Manifest(_, reference)) => self.put_manifest(&place, reference, asked, body),
            _ => Err(Refusal::UNSUPPORTED),
        }
    }

    /// Copies a blob from another repository of the same host.
    fn mount(&self, place: &PushTarget<'_>, digest: Digest, from: &str) -> Option<Response<Body>> {
        let source = full_name(place.host, from);
        let known = self.store().repositories.get(&source).and_then(|from| from.blobs.get(&digest)).cloned();
        let blob = known.or_else(|| {
            let &size = place.pack.repository(place.host, from)?.blobs.get(&digest)?;
            let mut bytes = Vec::new();
            place.pack.open_sound(digest, size).ok()?.take(size).read_to_end(&mut bytes).ok()?;
            Some(bytes.into())
        })?;
        self.store().repositories.entry(place.full()).or_default().blobs.insert(digest, blob);
        Some(created(format!("/v2/{}/blobs/{digest}", place.name), digest))
    }

    fn put_manifest(
        &self,
        place: &PushTarget<'_>,
        reference: &Reference,
        asked: &Parts,
        body: Bytes,
    ) -> Result<Response<Body>, Refusal> {
        let written = asked.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = MANIFEST_TYPES.into_iter().find(|known| *known == written);
        let media_type = media_type.ok_or(Refusal::MANIFEST_INVALID)?;
        if body.len() as u64 > LARGEST_DOCUMENT {
            return Err(Refusal::MANIFEST_INVALID);
        }
        let manifest: Value = serde_json::from_slice(&body).map_err(|_| Refusal::MANIFEST_INVALID)?;
        let digest = Digest::of(&body);
        if let Reference::Digest(wanted) = reference
            && *wanted != digest
        {
            return Err(Refusal::DIGEST_INVALID.about(wanted));
        }
        let mut store = self.store();
        let list = |key: &str| manifest[key].as_array().into_iter().flatten();
        for part in manifest.get("config").into_iter().chain(list("layers")).chain(list("manifests")) {
            let part = part["digest"].as_str().and_then(|text| text.parse().ok());
            let part = part.ok_or(Refusal::MANIFEST_INVALID)?;
            if !store.has(place, part) {
                return Err(Refusal::MANIFEST_BLOB_UNKNOWN.about(&part));
            }
        }
        let repository = store.repositories.entry(place.full()).or_default();
        repository.manifests.insert(digest, (media_type, body));
        if let Reference::Tag(tag) = reference {
            repository.tags.insert(tag.clone(), digest);
        }
        Ok(created(format!("/v2/{}/manifests/{digest}", place.name), digest))
    }
}

/// The repository of a push.
struct PushTarget<'a> {
    pack: &'a Pack,
    host: &'a str,
    name: &'a str,
}

impl PushTarget<'_> {
    fn full(&self) -> String {
        full_name(self.host, self.name)
    }
}

impl Store {
    /// Appends bytes to an upload, and returns the new length of the upload.
    fn append(&mut self, id: u64, bytes: &[u8]) -> Result<usize, Refusal> {
        let held: usize = self.repositories.values().flat_map(|one| one.blobs.values()).map(Bytes::len).sum();
        let waiting: usize = self.uploads.values().map(Vec::len).sum();
        let upload = self.uploads.get_mut(&id).ok_or(Refusal::UPLOAD_UNKNOWN)?;
        if held + waiting + bytes.len() > ROOM {
            return Err(Refusal::too_large());
        }
        upload.extend_from_slice(bytes);
        Ok(upload.len())
    }

    /// Whether a repository has a blob or a manifest. Both pushed blobs and the pack's blobs count.
    fn has(&self, place: &PushTarget<'_>, digest: Digest) -> bool {
        let pushed = self.repositories.get(&place.full());
        pushed.is_some_and(|one| one.blobs.contains_key(&digest) || one.manifests.contains_key(&digest))
            || place.pack.repository(place.host, place.name).is_some_and(|one| one.blobs.contains_key(&digest))
    }
}

/// Returns the answer for an upload that continues.
fn accepted(status: StatusCode, name: &str, id: u64, length: usize) -> Response<Body> {
    let mut response = document(status, "text/plain", Bytes::new());
    add_header(&mut response, LOCATION, format!("/v2/{name}/blobs/uploads/{id}"));
    add_header(&mut response, RANGE, format!("0-{}", length.saturating_sub(1)));
    add_header(&mut response, HeaderName::from_static("docker-upload-uuid"), id.to_string());
    response
}

/// Returns the answer for a complete blob or manifest.
fn created(location: String, digest: Digest) -> Response<Body> {
    let mut response = document(StatusCode::CREATED, "text/plain", Bytes::new());
    add_header(&mut response, LOCATION, location);
    with_digest(response, digest)
}
