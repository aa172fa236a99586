//! The HTTP/1.1 client of Dermaga: sends requests over an open stream, and to hosts by their URL.
//!
//! The engine, the gateway, the mirror and `doctor` use this client. bollard also sends its typed requests with this
//! client.

mod tls;
mod web;

use std::error::Error;

use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;

pub use tls::{config_builder, read_certificates, system_roots};
pub use web::{FetchError, WebClient};

/// A connection that can send another request after each response.
#[derive(Debug)]
pub struct HttpConnection<B> {
    sender: SendRequest<B>,
    driver: JoinHandle<Result<(), hyper::Error>>,
}

impl<B> HttpConnection<B>
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    /// Prepares to speak HTTP over `stream`, but sends nothing yet.
    ///
    /// # Errors
    /// Fails if hyper cannot use the stream.
    pub async fn open<S>(stream: S) -> Result<Self, hyper::Error>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // The task ends after the response's body, or when no more requests can be sent. A caller that reads the body
        // also gets the connection's errors.
        Ok(Self { sender, driver: tokio::spawn(connection.with_upgrades()) })
    }

    /// Sends a request and waits for the head of the response.
    ///
    /// # Errors
    /// Fails if the other side does not answer in HTTP.
    pub async fn send(mut self, request: Request<B>) -> Result<(Self, Response<Incoming>), hyper::Error> {
        let sent = match self.sender.ready().await {
            Ok(()) => self.sender.send_request(request).await,
            Err(error) => Err(error),
        };
        match sent {
            Ok(response) => Ok((self, response)),
            Err(error) => {
                drop(self.sender);
                // The other side may have sent an error before the request arrived. Only the connection's error shows
                // this case.
                Err(self.driver.await.ok().and_then(Result::err).unwrap_or(error))
            }
        }
    }
}

/// Sends one request over `stream` and waits for the head of the response.
///
/// # Errors
/// Fails if the other side does not answer in HTTP.
pub async fn send<S, B>(stream: S, request: Request<B>) -> Result<Response<Incoming>, hyper::Error>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    Ok(HttpConnection::open(stream).await?.send(request).await?.1)
}
