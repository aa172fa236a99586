//! Opens raw connections to an engine: over a socket, over TLS, or through an `ssh` process.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

use super::ssh::Pipe;
use super::{Endpoint, EngineError, tls};

/// The time limit for a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// A stream in both directions.
pub trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Duplex for S {}

/// A raw connection to an engine.
pub type Connection = Box<dyn Duplex>;

impl Endpoint {
    /// Opens a connection. Only the first answer shows whether an engine is on the other side. Over `ssh`, only the
    /// first answer shows whether the other machine can be reached.
    ///
    /// # Errors
    /// Fails if nobody accepts the connection, or the other side cannot be trusted.
    pub async fn dial(&self) -> Result<Connection, EngineError> {
        Ok(match self {
            Self::Unix(socket) => Box::new(within(self, UnixStream::connect(socket)).await?),
            Self::Tcp(address) => Box::new(tcp(self, address).await?),
            Self::Tls(server) => {
                let stream = tcp(self, &server.address).await?;
                let handshake = timeout(CONNECT_LIMIT, tls::handshake(server, stream));
                let silent = |_| EngineError::Silent(self.to_string());
                Box::new(handshake.await.map_err(silent)??)
            }
            Self::Ssh(url) => Box::new(Pipe::start(url)?),
        })
    }
}

async fn tcp(endpoint: &Endpoint, address: &str) -> Result<TcpStream, EngineError> {
    let stream = within(endpoint, TcpStream::connect(address)).await?;
    // Nagle's algorithm would delay requests, because they are small and each request waits for its answer.
    let _ = stream.set_nodelay(true);
    Ok(stream)
}

async fn within<S>(endpoint: &Endpoint, connect: impl Future<Output = io::Result<S>>) -> Result<S, EngineError> {
    let silent = |_| EngineError::Silent(endpoint.to_string());
    timeout(CONNECT_LIMIT, connect).await.map_err(silent)?.map_err(|error| failed(endpoint, error))
}

fn failed(endpoint: &Endpoint, source: io::Error) -> EngineError {
    use io::ErrorKind;
    match (source.kind(), endpoint) {
        (ErrorKind::NotFound, Endpoint::Unix(path)) => EngineError::MissingSocket(path.clone()),
        (ErrorKind::PermissionDenied, Endpoint::Unix(path)) => EngineError::Permission(path.clone()),
        (ErrorKind::ConnectionRefused, _) => EngineError::Refused(endpoint.to_string()),
        _ => EngineError::Unreachable { endpoint: endpoint.to_string(), source },
    }
}
