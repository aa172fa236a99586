//! TLS to an engine, with the certificates that the docker CLI would use: `ca.pem`, and `cert.pem` with `key.pem` to say
//! who we are.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::EngineError;

/// An engine behind TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsServer {
    /// `host:port`
    pub address: String,
    /// The folder with `ca.pem`, `cert.pem` and `key.pem`, those of them that there are.
    pub keys: Option<PathBuf>,
    /// Whether it must show a certificate that we trust.
    pub verify: bool,
}

impl fmt::Display for TlsServer {
    /// As `DOCKER_HOST` has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tcp://{}", self.address)
    }
}

/// Both sides say who they are.
pub(super) async fn handshake(server: &TlsServer, stream: TcpStream) -> Result<TlsStream<TcpStream>, EngineError> {
    let failed = |source: io::Error| EngineError::Tls { endpoint: server.to_string(), detail: source.to_string() };
    let host = server.address.rsplit_once(':').map_or(server.address.as_str(), |(host, _)| host);
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
    let name = name.map_err(|error| failed(io::Error::other(error)))?;
    TlsConnector::from(config(server)?).connect(name, stream).await.map_err(failed)
}

/// Read anew for each connection: a certificate that was renewed holds at once, and a connection costs more anyway.
fn config(server: &TlsServer) -> Result<Arc<ClientConfig>, EngineError> {
    let failed = |error: Error| EngineError::Tls { endpoint: server.to_string(), detail: error.to_string() };
    let file = |name: &str| server.keys.as_ref().map(|keys| keys.join(name)).filter(|file| file.exists());
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let builder = if server.verify {
        let mut roots = RootCertStore::empty();
        match file("ca.pem") {
            Some(ca) => {
                for certificate in certificates(&ca)? {
                    roots.add(certificate).map_err(failed)?;
                }
            }
            None => {
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        builder.with_root_certificates(roots)
    } else {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider)))
    };
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
    let read = || CertificateDer::pem_file_iter(file)?.collect::<Result<_, _>>();
    read().map_err(|error| unreadable(file, error))
}

fn unreadable(file: &Path, error: impl fmt::Display) -> EngineError {
    EngineError::Keys { path: file.to_owned(), detail: error.to_string() }
}

/// Takes any certificate, as a docker context with `SkipTLSVerify` asks for.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
