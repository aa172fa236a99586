//! Passes requests on to Docker Hub, other registries and token servers from the host's network. The engine gets all
//! answers and refusals unchanged. If a server cannot be reached, the answer contains the reason.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, HeaderName, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE, TRANSFER_ENCODING,
};
use axum::http::request::Parts;
use axum::http::uri::{PathAndQuery, Scheme};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use serde_json::json;

use super::answer::json_document;
use super::registries::{Manners, Registry};
use crate::http_client::{FetchError, WebClient, read_certificates, system_roots};

const FROM_ENGINE: [HeaderName; 5] = [ACCEPT, AUTHORIZATION, RANGE, IF_RANGE, IF_NONE_MATCH];
/// The headers of a registry's answer that describe only the connection to the registry.
const OF_CONNECTION: [HeaderName; 3] = [CONNECTION, TRANSFER_ENCODING, HeaderName::from_static("keep-alive")];
/// The maximum number of redirects. Blobs are on other hosts, one or two redirects away.
const MOST_REDIRECTS: usize = 5;

/// The address of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubSpec {
    /// The URL of the hub's registry.
    pub base: String,
    /// A file with certificates. The client trusts these certificates in addition to the system's certificates.
    pub extra_ca: Option<PathBuf>,
    /// Hosts with fixed addresses. The client does not look up their names.
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

/// A hub from which the server fetches images.
pub(super) struct Hub {
    base: Uri,
    client: WebClient,
}

impl Hub {
    pub(super) fn new(spec: &HubSpec) -> io::Result<Self> {
        let base: Uri = spec.base.parse().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let client = spec.client()?;
        Ok(Self { base, client })
    }

    /// Passes a request on to `host`.
    pub(super) async fn answer(&self, host: &str, asked: &Parts) -> Response<Body> {
        let registry = if is_hub(host) { "Docker Hub" } else { host };
        self.fetch(host, asked).await.unwrap_or_else(|failure| failure.response(registry))
    }

    async fn fetch(&self, host: &str, asked: &Parts) -> Result<Response<Body>, HubFailure> {
        let path = asked.uri.path_and_query().map_or("/", PathAndQuery::as_str);
        let target =
            if is_hub(host) { join(&self.base, path) } else { join(&self.base, &format!("https://{host}{path}")) };
        let mut headers = HeaderMap::new();
        for name in FROM_ENGINE {
            for value in asked.headers.get_all(&name) {
                headers.append(name.clone(), value.clone());
            }
        }
        Ok(passed_on(self.follow(&asked.method, target?, headers).await?, &asked.method))
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
}

/// Whether a host is the registry of Docker Hub. Other registries and Docker Hub's token server do not count.
fn is_hub(host: &str) -> bool {
    Registry::at(host).manners == Manners::Hub && host != "auth.docker.io"
}

fn passed_on(response: Response<Incoming>, method: &Method) -> Response<Body> {
    let (mut head, body) = response.into_parts();
    for name in OF_CONNECTION {
        head.headers.remove(name);
    }
    Response::from_parts(head, if method == Method::HEAD { Body::empty() } else { Body::new(body) })
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
    /// Returns an answer with the status 502 and the reason in the status line. Engines show only the status line of a
    /// server error.
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
