//! Responses to clients, made by the engine or by the gateway.

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::Response;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, SERVER, TRANSFER_ENCODING};
use hyper::http::response::Parts;
use serde_json::Value;

use super::client::BODY_LIMIT;
use super::error::Rejection;

/// The maximum size of a response that is read into memory, in bytes. The list of 4000 containers has 6 MB.
pub(super) const ANSWER_LIMIT: usize = 16 * BODY_LIMIT;

/// The body of a response to a client, or of a request to the engine.
pub(super) type Body = UnsyncBoxBody<Bytes, hyper::Error>;

/// The response to a request, or the reason why the gateway rejects the request.
pub(super) type HandlerResult = Result<Response<Body>, Rejection>;

/// Makes a body from bytes in memory.
pub(super) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// Makes a response with JSON that the gateway itself sends.
pub(super) fn json_response(status: u16, body: String) -> Response<Body> {
    let mut response = Response::new(full(body));
    *response.status_mut() = status.try_into().unwrap_or_default();
    response.headers_mut().insert(SERVER, HeaderValue::from_static("Dermaga"));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Relays the engine's response, with a streamed body.
pub(super) fn relayed(response: Response<Incoming>) -> Response<Body> {
    let (head, body) = response.into_parts();
    Response::from_parts(without_framing(head), body.boxed_unsync())
}

/// Returns the head of the engine's response, without headers about the connection to the engine.
pub(super) fn without_framing(mut head: Parts) -> Parts {
    for name in [CONNECTION, TRANSFER_ENCODING, HeaderName::from_static("keep-alive")] {
        head.headers.remove(name);
    }
    head
}

/// Returns the message in an engine's error response: `message` or `cause` in its JSON, otherwise the text of the body.
pub(super) fn message_of(body: &[u8]) -> String {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = value["message"].as_str().or(value["cause"].as_str()).map(str::to_owned);
    message.unwrap_or_else(|| String::from_utf8_lossy(body).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_of_an_engines_error_is_read_from_json_or_plain_text() {
        assert_eq!(message_of(br#"{"message":"No such container: x"}"#), "No such container: x");
        assert_eq!(message_of(b"page not found\n"), "page not found");
    }
}
