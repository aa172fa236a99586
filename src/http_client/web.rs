//! Sends requests to hosts by their URL, with or without TLS. Each request has its own connection.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HOST, HeaderMap, HeaderValue, USER_AGENT};
use hyper::http::uri::{Authority, PathAndQuery, Scheme};
use hyper::{Method, Request, Response, Uri};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::ServerName;

use super::tls::config_builder;

/// The time limit for looking up a host, for connecting to each of its addresses, and for the TLS handshake.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The time limit for the head of a response.
const RESPONSE_LIMIT: Duration = Duration::from_secs(45);

/// The reason why a host gave no response.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The host's name has no address.
    #[error("{host} has no address: {source}")]
    Lookup {
        /// The host's name.
        host: String,
        /// The resolver's error.
        source: io::Error,
    },
    /// The host cannot be reached.
    #[error("{host} cannot be reached: {source}")]
    Connect {
        /// The host's name.
        host: String,
        /// The connection's error, or the problem with the TLS certificate.
        source: io::Error,
    },
    /// The host does not answer in time.
    #[error("{host} does not answer")]
    Silent {
        /// The host's name.
        host: String,
    },
    /// The connection broke, or the host does not speak HTTP.
    #[error("{host} broke off: {source}")]
    Broken {
        /// The host's name.
        host: String,
        /// The underlying hyper error.
        source: hyper::Error,
    },
    /// The URL or a header cannot be sent.
    #[error("the request cannot be sent: {0}")]
    Request(#[from] hyper::http::Error),
}

/// An HTTP client that trusts the given certificates.
pub struct WebClient {
    tls: TlsConnector,
    addresses: HashMap<String, SocketAddr>,
}

impl WebClient {
    /// Makes a client that trusts `roots`. For a host in `addresses`, the client uses that address and does not look up
    /// the host.
    ///
    /// # Errors
    /// Fails if the cryptography supports none of the default TLS versions.
    pub fn new(roots: RootCertStore, addresses: Vec<(String, SocketAddr)>) -> io::Result<Self> {
        let config = config_builder().map_err(io::Error::other)?.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), addresses: addresses.into_iter().collect() })
    }

    /// Sends a request without a body. Does not follow redirects.
    ///
    /// # Errors
    /// Fails if the host gives no response.
    pub async fn send(
        &self,
        method: &Method,
        target: &Uri,
        headers: &HeaderMap,
    ) -> Result<Response<Incoming>, FetchError> {
        let host = target.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let failed = |source| FetchError::Connect { host: host.clone(), source };
        let is_tls = target.scheme() == Some(&Scheme::HTTPS);
        let port = target.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let addresses = self.addresses(&host, port).await?;
        let stream = connect(&addresses).await.map_err(failed)?;
        let request = request(method, target, headers)?;
        if !is_tls {
            return exchange(stream, request, &host).await;
        }
        let name = ServerName::try_from(host.clone()).map_err(|error| failed(io::Error::other(error)))?;
        let stream = timeout(CONNECT_LIMIT, self.tls.connect(name, stream))
            .await
            .map_err(|_| FetchError::Silent { host: host.clone() })?
            .map_err(failed)?;
        exchange(stream, request, &host).await
    }

    async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, FetchError> {
        if let Some(&address) = self.addresses.get(host) {
            return Ok(vec![address]);
        }
        let failed = |source| FetchError::Lookup { host: host.to_owned(), source };
        match timeout(CONNECT_LIMIT, lookup_host((host, port))).await {
            Ok(found) => Ok(found.map_err(failed)?.collect()),
            Err(_) => Err(failed(io::ErrorKind::TimedOut.into())),
        }
    }
}

/// Connects to the first address that answers.
async fn connect(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match timeout(CONNECT_LIMIT, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

fn request(method: &Method, target: &Uri, headers: &HeaderMap) -> Result<Request<Empty<Bytes>>, hyper::http::Error> {
    let path = target.path_and_query().map_or("/", PathAndQuery::as_str);
    let host = target.authority().map_or("", Authority::as_str);
    let mut request = Request::builder().method(method).uri(path).body(Empty::new())?;
    *request.headers_mut() = headers.clone();
    request.headers_mut().insert(HOST, HeaderValue::try_from(host)?);
    let agent = HeaderValue::from_static(concat!("dermaga/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(USER_AGENT, agent);
    Ok(request)
}

async fn exchange<S>(stream: S, request: Request<Empty<Bytes>>, host: &str) -> Result<Response<Incoming>, FetchError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    match timeout(RESPONSE_LIMIT, super::send(stream, request)).await {
        Ok(response) => response.map_err(|source| FetchError::Broken { host: host.to_owned(), source }),
        Err(_) => Err(FetchError::Silent { host: host.to_owned() }),
    }
}
