//! Encrypts connections to an engine, with the docker CLI's certificates: `ca.pem` verifies the server, `cert.pem` and
//! `key.pem` identify the client.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore};

use super::EngineError;
use crate::http_client::{config_builder, read_certificates, system_roots};

/// The address of an engine with TLS, and the client's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsServer {
    /// The address: `host:port`.
    pub address: String,
    /// The folder that may have `ca.pem`, `cert.pem` and `key.pem`.
    pub keys: Option<PathBuf>,
}

impl fmt::Display for TlsServer {
    /// Writes the address as in `DOCKER_HOST`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tcp://{}", self.address)
    }
}

/// Encrypts a stream.
pub(super) async fn handshake(server: &TlsServer, stream: TcpStream) -> Result<TlsStream<TcpStream>, EngineError> {
    let failed = |source: io::Error| EngineError::Tls { endpoint: server.to_string(), detail: source.to_string() };
    let host = server.address.rsplit_once(':').map_or(server.address.as_str(), |(host, _)| host);
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
    let name = name.map_err(|error| failed(io::Error::other(error)))?;
    TlsConnector::from(config(server)?).connect(name, stream).await.map_err(failed)
}

/// Makes the TLS configuration of one connection. Reads the certificates for each connection, so that the client uses
/// renewed certificates at once.
fn config(server: &TlsServer) -> Result<Arc<ClientConfig>, EngineError> {
    let failed = |error: Error| EngineError::Tls { endpoint: server.to_string(), detail: error.to_string() };
    let file = |name: &str| server.keys.as_ref().map(|keys| keys.join(name)).filter(|file| file.exists());
    let builder = config_builder().map_err(failed)?;
    let mut roots = if file("ca.pem").is_some() { RootCertStore::empty() } else { system_roots() };
    for certificate in file("ca.pem").map_or(Ok(Vec::new()), |ca| certificates(&ca))? {
        roots.add(certificate).map_err(failed)?;
    }
    let builder = builder.with_root_certificates(roots);
    let config = match (file("cert.pem"), file("key.pem")) {
        (Some(certificate), Some(key)) => {
            let unreadable = |error| unreadable(&key, error);
            let private = PrivateKeyDer::from_pem_file(&key).map_err(unreadable)?;
            builder.with_client_auth_cert(certificates(&certificate)?, private).map_err(failed)?
        }
        _ => builder.with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, EngineError> {
    read_certificates(file).map_err(|error| unreadable(file, error))
}

fn unreadable(file: &Path, error: impl fmt::Display) -> EngineError {
    EngineError::Keys { path: file.to_owned(), detail: error.to_string() }
}
