//! Opens raw connections to an engine: over a socket, over TLS, or through an `ssh` process.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::ssh::Pipe;
use super::{Endpoint, EngineError, tls};

/// The time limit for a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// A raw connection to an engine.
#[derive(Debug)]
pub struct Connection(Transport);

#[derive(Debug)]
enum Transport {
    Unix(UnixStream),
    Tcp(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    Ssh(Box<Pipe>),
}

impl Endpoint {
    /// Opens a connection. Only the first answer shows whether an engine is on the other side; over `ssh`, only the
    /// first answer shows whether the other machine can be reached at all.
    ///
    /// # Errors
    /// If nobody accepts the connection, or the other side cannot be trusted.
    pub async fn dial(&self) -> Result<Connection, EngineError> {
        let kind = match self {
            Self::Unix(socket) => Transport::Unix(within(self, UnixStream::connect(socket)).await?),
            Self::Tcp(address) => Transport::Tcp(tcp(self, address).await?),
            Self::Tls(server) => {
                let stream = tcp(self, &server.address).await?;
                let handshake = timeout(CONNECT_LIMIT, tls::handshake(server, stream));
                let silent = |_| EngineError::Silent { endpoint: self.to_string() };
                Transport::Tls(Box::new(handshake.await.map_err(silent)??))
            }
            Self::Ssh(url) => Transport::Ssh(Box::new(Pipe::start(url)?)),
        };
        Ok(Connection(kind))
    }
}

async fn tcp(endpoint: &Endpoint, address: &str) -> Result<TcpStream, EngineError> {
    let stream = within(endpoint, TcpStream::connect(address)).await?;
    // Requests are small, and each waits for its answer.
    let _ = stream.set_nodelay(true);
    Ok(stream)
}

async fn within<S>(endpoint: &Endpoint, connect: impl Future<Output = io::Result<S>>) -> Result<S, EngineError> {
    let silent = |_| EngineError::Silent { endpoint: endpoint.to_string() };
    timeout(CONNECT_LIMIT, connect).await.map_err(silent)?.map_err(|error| failed(endpoint, error))
}

fn failed(endpoint: &Endpoint, source: io::Error) -> EngineError {
    use io::ErrorKind;
    match (source.kind(), endpoint) {
        (ErrorKind::NotFound, Endpoint::Unix(path)) => EngineError::MissingSocket { path: path.clone() },
        (ErrorKind::PermissionDenied, Endpoint::Unix(path)) => EngineError::Permission { path: path.clone() },
        (ErrorKind::ConnectionRefused, _) => EngineError::Refused { endpoint: endpoint.to_string() },
        _ => EngineError::Unreachable { endpoint: endpoint.to_string(), source },
    }
}

/// Calls a method on the stream inside.
macro_rules! each {
    ($self:ident, $stream:ident => $call:expr) => {
        match &mut $self.get_mut().0 {
            Transport::Unix(stream) => {
                let $stream = Pin::new(stream);
                $call
            }
            Transport::Tcp(stream) => {
                let $stream = Pin::new(stream);
                $call
            }
            Transport::Tls(stream) => {
                let $stream = Pin::new(stream.as_mut());
                $call
            }
            Transport::Ssh(stream) => {
                let $stream = Pin::new(stream);
                $call
            }
        }
    };
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => stream.poll_read(cx, buffer))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        each!(self, stream => stream.poll_write(cx, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => stream.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => stream.poll_shutdown(cx))
    }
}
