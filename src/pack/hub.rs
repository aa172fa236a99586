//! Passes requests on to Docker Hub from the host's network, with an anonymous token. The engine gets the hub's
//! answers and refusals unchanged. If the hub cannot be reached, the answer says so.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_RANGES, AUTHORIZATION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue,
    IF_NONE_MATCH, IF_RANGE, LINK, LOCATION, RANGE, RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::request::Parts;
use axum::http::uri::{PathAndQuery, Scheme};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Refusal, json_document};
use super::route::RegistryRoute;
use crate::http_client::{FetchError, WebClient, read_certificates, system_roots};
use crate::image_ref::HUB;
use crate::text::percent;

const FROM_ENGINE: [HeaderName; 4] = [ACCEPT, RANGE, IF_RANGE, IF_NONE_MATCH];
const FROM_HUB: [HeaderName; 13] = [
    CONTENT_TYPE,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    ACCEPT_RANGES,
    ETAG,
    LINK,
    RETRY_AFTER,
    WWW_AUTHENTICATE,
    HeaderName::from_static("docker-content-digest"),
    HeaderName::from_static("docker-ratelimit-source"),
    HeaderName::from_static("ratelimit-limit"),
    HeaderName::from_static("ratelimit-remaining"),
    HeaderName::from_static("oci-filters-applied"),
];
/// The maximum number of redirects. Blobs are on other hosts, one or two redirects away.
const MOST_REDIRECTS: usize = 5;
const LARGEST_TOKEN: usize = 1024 * 1024;

/// The address of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubSpec {
    /// The URL of the hub's registry.
    pub base: String,
    /// A file of certificates that are trusted in addition to the system's.
    pub extra_ca: Option<PathBuf>,
    /// The addresses of hosts that are not looked up.
    pub resolve: Vec<(String, SocketAddr)>,
}

impl Default for HubSpec {
    fn default() -> Self {
        Self { base: "https://registry-1.docker.io".to_owned(), extra_ca: None, resolve: Vec::new() }
    }
}

impl HubSpec {
    pub(super) fn client(&self) -> io::Result<WebClient> {
        let mut roots = system_roots();
        if let Some(file) = &self.extra_ca {
            roots.add_parsable_certificates(read_certificates(file).map_err(io::Error::other)?);
        }
        WebClient::new(roots, self.resolve.clone())
    }
}

/// A hub that images are fetched from.
pub(super) struct Hub {
    base: Uri,
    client: WebClient,
    /// The tokens, by host and repository.
    tokens: Mutex<HashMap<String, (HeaderValue, Instant)>>,
}

/// The answer of a token server. It contains the token under one of these two names or both.
#[derive(Deserialize)]
struct Granted {
    token: Option<String>,
    access_token: Option<String>,
    #[serde(default = "one_minute")]
    expires_in: u64,
}

/// Returns the lifetime of a token if the answer does not contain it: one minute, by the specification.
fn one_minute() -> u64 {
    60
}

impl Hub {
    pub(super) fn new(spec: &HubSpec) -> io::Result<Self> {
        let base: Uri = spec.base.parse().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let client = spec.client()?;
        Ok(Self { base, client, tokens: Mutex::new(HashMap::new()) })
    }

    /// Passes a request on to `host`.
    pub(super) async fn answer(&self, host: &str, asked: &Parts) -> Result<Response<Body>, Refusal> {
        let route = RegistryRoute::parse(asked.uri.path())?;
        let Some(repository) = route.repository() else {
            // The hub's own answer would only say that a token is needed.
            return Ok(json_document(StatusCode::OK, &json!({})));
        };
        let answer = self.fetch(host, repository, asked).await;
        Ok(answer.unwrap_or_else(|failure| failure.response(if host == HUB { "Docker Hub" } else { host })))
    }

    async fn fetch(&self, host: &str, repository: &str, asked: &Parts) -> Result<Response<Body>, HubFailure> {
        let target = self.target(host, asked)?;
        let owner = format!("{host}/{repository}");
        let mut headers = HeaderMap::new();
        for name in FROM_ENGINE {
            for value in asked.headers.get_all(&name) {
                headers.append(name.clone(), value.clone());
            }
        }
        if let Some(token) = self.known_token(&owner) {
            headers.insert(AUTHORIZATION, token);
        }
        let mut response = self.follow(&asked.method, target.clone(), headers.clone()).await?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some(challenge) = challenge(response.headers())
        {
            match self.fetch_token(&challenge, repository, &owner).await? {
                Ok(token) => headers.insert(AUTHORIZATION, token),
                Err(refused) => return Ok(refused),
            };
            response = self.follow(&asked.method, target, headers).await?;
        }
        Ok(passed_on(response, &asked.method))
    }

    /// Returns the URL of the same path at the hub or another registry.
    fn target(&self, host: &str, asked: &Parts) -> Result<Uri, HubFailure> {
        let target = asked.uri.path_and_query().map_or("/", PathAndQuery::as_str);
        match host {
            HUB => join(&self.base, target),
            host => join(&self.base, &format!("https://{host}{target}")),
        }
    }

    async fn follow(
        &self,
        method: &Method,
        mut target: Uri,
        mut headers: HeaderMap,
    ) -> Result<Response<Incoming>, HubFailure> {
        for _ in 0..=MOST_REDIRECTS {
            let response = self.client.send(method, &target, &headers).await?;
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let (true, Some(location)) = (response.status().is_redirection(), location) else { return Ok(response) };
            let next = join(&target, location)?;
            if next.authority() != target.authority() {
                headers.remove(AUTHORIZATION);
            }
            target = next;
        }
        Err(HubFailure::Odd { why: format!("more than {MOST_REDIRECTS} redirects") })
    }

    fn known_token(&self, owner: &str) -> Option<HeaderValue> {
        let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.get(owner).filter(|(_, end)| Instant::now() < *end).map(|(token, _)| token.clone())
    }

    /// Fetches an anonymous token. The inner error is the answer of a token server that gives none.
    async fn fetch_token(
        &self,
        challenge: &HashMap<String, String>,
        repository: &str,
        owner: &str,
    ) -> Result<Result<HeaderValue, Response<Body>>, HubFailure> {
        let value = |key: &str| challenge.get(key).map_or("", String::as_str);
        let scope = challenge.get("scope").cloned().unwrap_or_else(|| format!("repository:{repository}:pull"));
        let query =
            format!("?service={}&scope={}", percent::encode_path(value("service")), percent::encode_path(&scope));
        let target = join(&self.base, &format!("{}{query}", value("realm")))?;
        let response = self.follow(&Method::GET, target, HeaderMap::new()).await?;
        if response.status() != StatusCode::OK {
            return Ok(Err(passed_on(response, &Method::GET)));
        }
        let odd = |why: String| HubFailure::Odd { why };
        let body = Limited::new(response.into_body(), LARGEST_TOKEN).collect().await;
        let body = body.map_err(|error| odd(format!("no token: {error}")))?.to_bytes();
        let granted: Granted = serde_json::from_slice(&body).map_err(|error| odd(format!("no token: {error}")))?;
        let text = granted.token.or(granted.access_token).ok_or_else(|| odd("no token".to_owned()))?;
        let header = HeaderValue::try_from(format!("Bearer {text}")).map_err(|error| odd(error.to_string()))?;
        // The token is used only for a part of its lifetime, so that it is still valid when it arrives.
        let end = Instant::now() + Duration::from_secs(granted.expires_in.min(3600) * 9 / 10);
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.insert(owner.to_owned(), (header.clone(), end));
        Ok(Ok(header))
    }
}

fn passed_on(response: Response<Incoming>, method: &Method) -> Response<Body> {
    let (head, body) = response.into_parts();
    let mut answer = Response::new(if method == Method::HEAD { Body::empty() } else { Body::new(body) });
    *answer.status_mut() = head.status;
    for name in FROM_HUB {
        for value in head.headers.get_all(&name) {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    answer
}

/// Returns the parameters of a `Bearer` challenge.
fn challenge(headers: &HeaderMap) -> Option<HashMap<String, String>> {
    let value = headers.get(WWW_AUTHENTICATE)?.to_str().ok()?;
    let (scheme, mut rest) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let mut parameters = HashMap::new();
    while let Some((name, after)) = rest.split_once('=') {
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(',').map_or((after, ""), |(value, _)| (value, &after[value.len()..])),
        };
        parameters.insert(name.trim().to_ascii_lowercase(), value.to_owned());
        rest = after.trim_start_matches([',', ' ']);
    }
    parameters.contains_key("realm").then_some(parameters)
}

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
    fn response(&self, registry: &str) -> Response<Body> {
        let message = format!("{registry} is out of reach: {self}");
        let body = json!({ "errors": [{ "code": "UNKNOWN", "message": message }] });
        let mut response = json_document(StatusCode::BAD_GATEWAY, &body);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bearer_challenge_is_read() {
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(WWW_AUTHENTICATE, HeaderValue::try_from(value).unwrap());
            challenge(&headers)
        };
        let hub = read(
            r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push", error=insufficient_scope"#,
        )
        .unwrap();
        assert_eq!(hub["realm"], "https://auth.docker.io/token");
        assert_eq!(hub["service"], "registry.docker.io");
        assert_eq!(hub["scope"], "repository:a/b:pull,push");
        assert_eq!(hub["error"], "insufficient_scope");
        for other in ["Basic realm=\"x\"", "Bearer", "Bearer service=\"x\"", "Bearer realm=\"x"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
