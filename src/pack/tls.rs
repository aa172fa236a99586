//! Serves TLS under the names of registries, with a certificate that only a private engine trusts.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::server::TlsStream;

use super::registries;

/// The time limit for the handshake.
const HANDSHAKE: Duration = Duration::from_secs(2);

/// A key and the key's certificate. Each engine gets another key and another certificate. The key is never written to a
/// file.
#[derive(Clone)]
pub struct HubIdentity {
    certificate: String,
    config: Arc<ServerConfig>,
}

impl HubIdentity {
    /// The names in the certificate.
    pub const NAMES: &[&str] = registries::HOSTS;

    /// Makes a key and a certificate.
    pub fn new() -> io::Result<Self> {
        let names: Vec<String> = Self::NAMES.iter().map(|&name| name.to_owned()).collect();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).map_err(io::Error::other)?;
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key.into())
            .map_err(io::Error::other)?;
        Ok(Self { certificate: cert.pem(), config: Arc::new(config) })
    }

    /// Returns the certificate, for the engine's list of trusted certificates.
    #[must_use]
    pub fn certificate_pem(&self) -> &str {
        &self.certificate
    }
}

impl fmt::Debug for HubIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HubIdentity").finish_non_exhaustive()
    }
}

/// Accepts and encrypts connections, one after another. Only an engine and its clients connect to this listener.
pub(super) struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl TlsListener {
    pub(super) fn new(listener: TcpListener, identity: &HubIdentity) -> Self {
        Self { listener, acceptor: TlsAcceptor::from(Arc::clone(&identity.config)) }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, peer) = Listener::accept(&mut self.listener).await;
            // A handshake fails if the client does not trust the certificate or does not speak TLS. The handshake
            // itself reports the failure to the client.
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, self.acceptor.accept(stream)).await {
                return (stream, peer);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Listener::local_addr(&self.listener)
    }
}
