//! Failures of a hub in the form that engines show, and the addresses of redirects.

use axum::body::Body;
use axum::http::uri::Scheme;
use axum::http::{Response, StatusCode, Uri};
use hyper::ext::ReasonPhrase;

use super::answer::{JSON, document};
use crate::http_client::FetchError;

/// The reason why a hub gave no usable answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HubFailure {
    /// The hub gave no response.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The hub's answer does not make sense.
    #[error("it answers what cannot be understood: {why}")]
    Odd {
        /// The problem with the answer.
        why: String,
    },
}

impl HubFailure {
    /// Returns a 502 whose status line says what failed, because engines show no more of a server error.
    pub(super) fn response(&self, registry: &str) -> Response<Body> {
        let message = format!("{registry} is out of reach: {self}");
        let body = serde_json::json!({ "errors": [{ "code": "UNKNOWN", "message": message }] }).to_string();
        let mut response = document(StatusCode::BAD_GATEWAY, JSON, body.into_bytes());
        let line: String =
            message.chars().map(|c| if c == ' ' || c.is_ascii_graphic() { c } else { '?' }).take(300).collect();
        if let Ok(reason) = ReasonPhrase::try_from(line.into_bytes()) {
            response.extensions_mut().insert(reason);
        }
        response
    }
}

/// Resolves `reference`, which is absolute or begins at the root of `base`. Refuses a change from TLS to plain HTTP.
pub(super) fn join(base: &Uri, reference: &str) -> Result<Uri, HubFailure> {
    let odd = || HubFailure::Odd { why: format!("the address {reference:?}") };
    let whole = match (base.scheme_str(), base.authority()) {
        (Some(scheme), Some(authority)) if reference.starts_with('/') && !reference.starts_with("//") => {
            format!("{scheme}://{authority}{reference}")
        }
        _ => reference.to_owned(),
    };
    let uri: Uri = whole.parse().map_err(|_| odd())?;
    let allowed = uri.scheme() == Some(&Scheme::HTTPS)
        || (uri.scheme() == Some(&Scheme::HTTP) && base.scheme() == Some(&Scheme::HTTP));
    if allowed && uri.host().is_some() { Ok(uri) } else { Err(odd()) }
}
