//! The common settings of all TLS clients of Dermaga: the cryptography, the protocol versions, the trusted
//! certificates.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::{ClientConfig, ConfigBuilder, Error, RootCertStore, WantsVerifier};

/// Begins the TLS configuration of a client with the common settings.
///
/// # Errors
/// Fails if the cryptography supports none of the default TLS versions.
pub fn config_builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()
}

/// Returns the certificates that this machine trusts. Leaves out certificates that cannot be read, so clients do not
/// trust hosts that need these certificates.
#[must_use]
pub fn system_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// Reads the certificates in a PEM file.
///
/// # Errors
/// Fails if the file cannot be read or is not PEM.
pub fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, PemError> {
    CertificateDer::pem_file_iter(path)?.collect()
}
