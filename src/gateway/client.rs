//! The client of one request: the request's body, the raw connection, and whether the client is still connected.

use std::convert::Infallible;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::Request;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::upgrade::OnUpgrade;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::error::Rejection;

/// The maximum size of a body that is read into memory, in bytes. The gateway refuses larger bodies.
pub(super) const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// The client of one request.
#[derive(Debug)]
pub(super) struct Client {
    body: Option<Incoming>,
    upgrade: Option<OnUpgrade>,
    presence: Sender<Infallible>,
}

/// The receiver that shows that a client is connected. The gateway drops the receiver when the client no longer waits
/// for the answer.
pub(super) type Presence = Receiver<Infallible>;

impl Client {
    /// Splits a request into its head and its client. The client counts as disconnected when the [`Presence`] is
    /// dropped.
    pub(super) fn new(mut request: Request<Incoming>) -> (Parts, Self, Presence) {
        let (sender, presence) = channel(1);
        let upgrade = Some(hyper::upgrade::on(&mut request));
        let (head, body) = request.into_parts();
        (head, Self { body: Some(body), upgrade, presence: sender }, presence)
    }

    /// Whether the client sends a body.
    pub(super) fn has_body(&self) -> bool {
        self.body.as_ref().is_some_and(|body| !body.is_end_stream())
    }

    /// Waits until the client has disconnected.
    pub(super) async fn gone(&self) {
        self.presence.closed().await;
    }

    /// Takes the body as a stream. Fails if the body has already been taken.
    pub(super) fn take_body(&mut self) -> Result<Incoming, Rejection> {
        self.body.take().ok_or(Rejection::Gone)
    }

    /// Reads the whole body.
    pub(super) async fn read_body(&mut self) -> Result<Bytes, Rejection> {
        match Limited::new(self.take_body()?, BODY_LIMIT).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(Rejection::Malformed(413, "the body is too long")),
            Err(_) => Err(Rejection::bad("the body is not framed as it says")),
        }
    }

    /// Takes the raw connection, which carries another protocol than HTTP after an upgrade.
    pub(super) fn take_upgrade(&mut self) -> Result<OnUpgrade, Rejection> {
        self.upgrade.take().ok_or(Rejection::Gone)
    }
}
