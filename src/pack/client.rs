//! One HTTP exchange with one host, over TLS or plain; a connection each.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{HOST, HeaderValue, USER_AGENT};
use axum::http::uri::Scheme;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper::ext::ReasonPhrase;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::answer::{JSON, document};

/// How long a host may take to be found and reached.
const CONNECT: Duration = Duration::from_secs(10);
/// How long it may take to begin its answer.
const ANSWER: Duration = Duration::from_secs(45);

/// Why a hub gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HubFailure {
    /// Its name has no address.
    #[error("{host} has no address: {source}")]
    Lookup {
        /// The name.
        host: String,
        /// Why.
        source: io::Error,
    },
    /// It could not be reached.
    #[error("{host} cannot be reached: {source}")]
    Connect {
        /// The name.
        host: String,
        /// Why; for TLS, what is wrong with its certificate.
        source: io::Error,
    },
    /// It said nothing for long.
    #[error("{host} does not answer")]
    Silent {
        /// The name.
        host: String,
    },
    /// The connection broke, or did not speak HTTP.
    #[error("{host} broke off: {source}")]
    Broken {
        /// The name.
        host: String,
        /// How.
        source: hyper::Error,
    },
    /// It answered what cannot be followed.
    #[error("it answers what cannot be understood: {why}")]
    Odd {
        /// What it was.
        why: String,
    },
}

impl HubFailure {
    /// A 502 whose status line says what failed: of a server error, that line is all an engine shows.
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

/// What is needed to reach hosts.
pub(super) struct Client {
    tls: TlsConnector,
    resolve: HashMap<String, SocketAddr>,
}

impl Client {
    pub(super) fn new(extra_ca: Option<&Path>, resolve: Vec<(String, SocketAddr)>) -> io::Result<Self> {
        let mut roots = RootCertStore::empty();
        // One bad certificate of the system's, or none at all, shows when a host is not trusted.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = extra_ca {
            for certificate in CertificateDer::pem_file_iter(path).map_err(io::Error::other)? {
                roots.add(certificate.map_err(io::Error::other)?).map_err(io::Error::other)?;
            }
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), resolve: resolve.into_iter().collect() })
    }

    pub(super) async fn send(
        &self,
        method: &Method,
        target: &Uri,
        headers: &HeaderMap,
    ) -> Result<Response<Incoming>, HubFailure> {
        let host = target.host().unwrap_or_default().to_owned();
        let failed = |source| HubFailure::Connect { host: host.clone(), source };
        let is_tls = target.scheme() == Some(&Scheme::HTTPS);
        let port = target.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let addresses = self.addresses(&host, port).await?;
        let stream = connect(&addresses).await.map_err(failed)?;
        let request = request(method, target, headers).map_err(|error| HubFailure::Odd { why: error.to_string() })?;
        if !is_tls {
            return exchange(stream, request, &host).await;
        }
        let name = ServerName::try_from(host.clone()).map_err(|error| failed(io::Error::other(error)))?;
        let stream = timeout(CONNECT, self.tls.connect(name, stream))
            .await
            .map_err(|_| HubFailure::Silent { host: host.clone() })?
            .map_err(failed)?;
        exchange(stream, request, &host).await
    }

    async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, HubFailure> {
        if let Some(&address) = self.resolve.get(host) {
            return Ok(vec![address]);
        }
        let failed = |source| HubFailure::Lookup { host: host.to_owned(), source };
        match timeout(CONNECT, lookup_host((host.trim_matches(['[', ']']), port))).await {
            Ok(found) => Ok(found.map_err(failed)?.collect()),
            Err(_) => Err(failed(io::ErrorKind::TimedOut.into())),
        }
    }
}

/// `reference`, absolute or from the root of `base`; never from TLS to plain.
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

/// The first address that answers.
async fn connect(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match timeout(CONNECT, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

fn request(method: &Method, target: &Uri, headers: &HeaderMap) -> Result<Request<Body>, axum::http::Error> {
    let path = target.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    let host = target.authority().map_or("", axum::http::uri::Authority::as_str);
    let mut request = Request::builder().method(method).uri(path).body(Body::empty())?;
    *request.headers_mut() = headers.clone();
    request.headers_mut().insert(HOST, HeaderValue::try_from(host)?);
    let agent = HeaderValue::from_static(concat!("dermaga/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(USER_AGENT, agent);
    Ok(request)
}

async fn exchange<S>(stream: S, request: Request<Body>, host: &str) -> Result<Response<Incoming>, HubFailure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = |source| HubFailure::Broken { host: host.to_owned(), source };
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // It ends with the answer's body, whose reader learns of its errors.
    tokio::spawn(connection);
    match timeout(ANSWER, sender.send_request(request)).await {
        Ok(response) => response.map_err(broken),
        Err(_) => Err(HubFailure::Silent { host: host.to_owned() }),
    }
}
