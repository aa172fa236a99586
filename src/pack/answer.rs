//! Builds answers of the distribution API: errors, documents and blobs.

use std::borrow::Cow;

use axum::body::{Body, Bytes};
use axum::http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio_util::io::ReaderStream;

use super::{Digest, PackError};

const JSON: &str = "application/json";
/// The header with the digest of a manifest or a blob.
pub(super) const DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");
/// The size limit of all pushed blobs together, in bytes: enough for several large images.
pub(super) const ROOM: usize = 1 << 30;
/// The maximum number of bytes of a blob to read at once.
const CHUNK: usize = 128 * 1024;

/// An error of the distribution API. The message is the same as in real registries, because engines print the message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// The code of the error in the specification.
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
    /// The detail. If an error of the specification has no detail, engines do not print the error's message.
    detail: Option<String>,
    /// Whether the answer asks for another token.
    pub(super) challenges: bool,
}

impl Refusal {
    pub(super) const NOT_FOUND: Self = not_found("UNSUPPORTED", "not a path of the distribution API");
    pub(super) const UNSUPPORTED: Self =
        fixed(StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", "The operation is unsupported.");
    pub(super) const NAME_INVALID: Self = bad("NAME_INVALID", "invalid repository name");
    pub(super) const NAME_UNKNOWN: Self = not_found("NAME_UNKNOWN", "repository name not known to registry");
    pub(super) const MANIFEST_UNKNOWN: Self = not_found("MANIFEST_UNKNOWN", "manifest unknown");
    pub(super) const MANIFEST_INVALID: Self = bad("MANIFEST_INVALID", "manifest invalid");
    /// The error for a manifest that names a missing blob. A client must push the blobs before the manifest.
    pub(super) const MANIFEST_BLOB_UNKNOWN: Self = bad("MANIFEST_BLOB_UNKNOWN", "blob unknown to registry");
    pub(super) const BLOB_UNKNOWN: Self = not_found("BLOB_UNKNOWN", "blob unknown to registry");
    pub(super) const DIGEST_INVALID: Self = bad("DIGEST_INVALID", "invalid digest");
    /// The error for an upload that has ended or never began.
    pub(super) const UPLOAD_UNKNOWN: Self = not_found("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");

    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), ..fixed(status, code, "") }
    }

    /// Adds `what` as the detail of the error.
    pub(super) fn about(self, what: &(impl ToString + ?Sized)) -> Self {
        Self { detail: Some(what.to_string()), ..self }
    }

    pub(super) fn unauthorized(message: &'static str) -> Self {
        fixed(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
    }

    pub(super) fn denied(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "DENIED", message)
    }

    /// Returns the error for a damaged pack. The error is neither a server error nor a digest error, because engines
    /// repeat the request for a minute after such errors. For a server error, engines also show only the status code.
    pub(super) fn damaged(error: &PackError) -> Self {
        let message = format!("{error}; build the pack again");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "UNSUPPORTED", message)
    }

    pub(super) fn too_large() -> Self {
        let message = format!("the lesson's registries keep at most {} MB", ROOM >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "DENIED", message)
    }
}

const fn fixed(status: StatusCode, code: &'static str, message: &'static str) -> Refusal {
    Refusal { status, code, message: Cow::Borrowed(message), detail: None, challenges: false }
}

const fn not_found(code: &'static str, message: &'static str) -> Refusal {
    fixed(StatusCode::NOT_FOUND, code, message)
}

const fn bad(code: &'static str, message: &'static str) -> Refusal {
    fixed(StatusCode::BAD_REQUEST, code, message)
}

impl From<Refusal> for Response<Body> {
    fn from(refusal: Refusal) -> Self {
        let mut error = json!({ "code": refusal.code, "message": refusal.message });
        if let Some(detail) = refusal.detail {
            error["detail"] = detail.into();
        }
        let mut response = json_document(refusal.status, &json!({ "errors": [error] }));
        if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        response
    }
}

/// Makes a response whose body is in memory.
pub(super) fn document(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let body = body.into();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(CONTENT_LENGTH, body.len().into());
    *response.body_mut() = Body::from(body);
    response
}

/// Makes a response with JSON.
pub(super) fn json_document(status: StatusCode, body: &Value) -> Response<Body> {
    document(status, JSON, body.to_string())
}

/// Adds the digest to a response.
pub(super) fn with_digest(mut response: Response<Body>, digest: Digest) -> Response<Body> {
    add_header(&mut response, DIGEST, digest.to_string());
    response
}

/// Adds a header, unless its value has characters that a header cannot have.
pub(super) fn add_header(response: &mut Response<Body>, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Answers with a whole blob. A request for a part of the blob also gets the whole blob. RFC 9110 allows such an
/// answer.
pub(super) fn blob(file: std::fs::File, size: u64, method: &Method) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    if method == Method::GET {
        // If the file has become shorter, the connection ends early. The client notices the early end.
        let file = tokio::fs::File::from_std(file);
        *response.body_mut() = Body::from_stream(ReaderStream::with_capacity(file, CHUNK));
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_LENGTH, size.into());
    response
}
