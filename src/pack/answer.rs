//! Builds answers of the distribution API: errors, documents, and whole or partial blobs.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderName, HeaderValue, RANGE,
};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::{Digest, PackError};

const JSON: &str = "application/json";
/// The header with the digest of a manifest or a blob.
pub(super) const DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");
/// The size limit of all pushed blobs together, in bytes: enough for several large images.
pub(super) const ROOM: usize = 1 << 30;
/// The number of bytes of a blob to read at a time.
const CHUNK: usize = 128 * 1024;

/// An error of the distribution API. Its message is that of real registries; engines print it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// The code of the error in the specification.
    pub(super) code: &'static str,
    pub(super) message: String,
    /// The detail. Without it, engines do not print a message of the specification.
    detail: Option<String>,
    /// Whether the answer asks for another token.
    pub(super) challenges: bool,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), detail: None, challenges: false }
    }

    pub(super) fn about(self, what: &(impl ToString + ?Sized)) -> Self {
        Self { detail: Some(what.to_string()), ..self }
    }

    pub(super) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
    }

    pub(super) fn denied(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "DENIED", message)
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "UNSUPPORTED", "not a path of the distribution API")
    }

    pub(super) fn read_only() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", "this registry is read-only")
    }

    pub(super) fn name_invalid(name: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "NAME_INVALID", "invalid repository name").about(name)
    }

    pub(super) fn name_unknown(name: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NAME_UNKNOWN", "repository name not known to registry").about(name)
    }

    pub(super) fn manifest_unknown(reference: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN", "manifest unknown").about(reference)
    }

    pub(super) fn blob_unknown(digest: Digest) -> Self {
        Self::new(StatusCode::NOT_FOUND, "BLOB_UNKNOWN", "blob unknown to registry").about(&digest)
    }

    pub(super) fn digest_invalid(digest: &(impl ToString + ?Sized)) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "DIGEST_INVALID", "invalid digest").about(digest)
    }

    /// The error for a damaged pack. After a server error, or a code about digests, engines repeat the request for a
    /// minute; of a server error, they show only the number.
    pub(super) fn damaged(error: &PackError) -> Self {
        let message = format!("{error}; build the pack again");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "UNSUPPORTED", message)
    }

    /// The error for an upload that has ended or was never begun.
    pub(super) fn upload_unknown() -> Self {
        Self::new(StatusCode::NOT_FOUND, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
    }

    pub(super) fn manifest_invalid() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "MANIFEST_INVALID", "manifest invalid")
    }

    /// The error for a manifest that names a blob that was not pushed before it.
    pub(super) fn manifest_blob_unknown(digest: Digest) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry").about(&digest)
    }

    pub(super) fn unsupported() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", "The operation is unsupported.")
    }

    pub(super) fn too_large() -> Self {
        let message = format!("the lesson's registries keep at most {} MB", ROOM >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "DENIED", message)
    }
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

/// Answers with a blob: the whole, or the part in the request.
pub(super) fn blob(file: std::fs::File, size: u64, method: &Method, asked: &HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let part = range(asked, size);
    let (status, start, length) = match part {
        BlobPart::Whole => (StatusCode::OK, 0, size),
        BlobPart::Bytes { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        BlobPart::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_LENGTH, length.into());
    let content_range = match part {
        BlobPart::Whole => None,
        BlobPart::Bytes { first, last } => Some(format!("bytes {first}-{last}/{size}")),
        BlobPart::Outside => Some(format!("bytes */{size}")),
    };
    if let Some(value) = content_range {
        add_header(&mut response, CONTENT_RANGE, value);
    }
    if method == Method::GET && length > 0 {
        *response.body_mut() = stream_file(tokio::fs::File::from_std(file), start, length);
    }
    response
}

/// The requested part of a blob.
#[derive(Debug, PartialEq, Eq)]
enum BlobPart {
    Whole,
    /// The bytes from `first` to `last`, both included.
    Bytes {
        first: u64,
        last: u64,
    },
    Outside,
}

/// Reads `Range` as RFC 9110 does. A single range is served. Several ranges, or an invalid one, mean the whole blob.
fn range(asked: &HeaderMap, size: u64) -> BlobPart {
    let range = asked.get(RANGE).and_then(|value| value.to_str().ok()?.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.trim().split_once('-')) else { return BlobPart::Whole };
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok())?;
    let (first, last) = match (first, last) {
        ("", suffix) => match number(suffix) {
            Some(0) => return BlobPart::Outside,
            Some(length) => (size.saturating_sub(length), size.saturating_sub(1)),
            None => return BlobPart::Whole,
        },
        (first, "") => match number(first) {
            Some(first) => (first, size.saturating_sub(1)),
            None => return BlobPart::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => (first, last.min(size.saturating_sub(1))),
            _ => return BlobPart::Whole,
        },
    };
    if first < size { BlobPart::Bytes { first, last } } else { BlobPart::Outside }
}

fn stream_file(file: tokio::fs::File, start: u64, length: u64) -> Body {
    // If the file has become shorter, the connection ends early, and the client notices that.
    Body::from_stream(stream::try_unfold((file, start, length), |(mut file, seek_to, left)| async move {
        if left == 0 {
            return Ok::<_, std::io::Error>(None);
        }
        if seek_to > 0 {
            file.seek(std::io::SeekFrom::Start(seek_to)).await?;
        }
        let mut chunk = vec![0; usize::try_from(left).map_or(CHUNK, |left| left.min(CHUNK))];
        let read = file.read(&mut chunk).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        chunk.truncate(read);
        Ok(Some((Bytes::from(chunk), (file, 0, left - read as u64))))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_rfc_9110() {
        let part = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::try_from(value).unwrap());
            range(&headers, 10)
        };
        assert_eq!(part("bytes=0-0"), BlobPart::Bytes { first: 0, last: 0 });
        assert_eq!(part("bytes=3-"), BlobPart::Bytes { first: 3, last: 9 });
        assert_eq!(part("bytes=3-99"), BlobPart::Bytes { first: 3, last: 9 });
        assert_eq!(part("bytes=-4"), BlobPart::Bytes { first: 6, last: 9 });
        assert_eq!(part("bytes=-99"), BlobPart::Bytes { first: 0, last: 9 });
        for outside in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(part(outside), BlobPart::Outside, "{outside}");
        }
        for whole in ["bytes=5-3", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=-", "bytes=+1-2"] {
            assert_eq!(part(whole), BlobPart::Whole, "{whole}");
        }
        assert_eq!(range(&HeaderMap::new(), 10), BlobPart::Whole);
    }
}
