//! Relays requests to the engine and responses to the client: as a stream, in one piece, or as a tunnel in both
//! directions.

use std::error::Error;
use std::sync::Arc;

use futures_util::stream::unfold;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};
use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming};
use hyper::http::response::Parts;
use hyper::upgrade::OnUpgrade;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::copy_bidirectional_with_sizes;
use tokio::sync::mpsc::{Sender, channel};
use tracing::{Instrument as _, Span};

use super::GatewayEvent;
use super::client::Client;
use super::error::Rejection;
use super::progress::ProgressReader;
use super::query::Query;
use super::request::Head;
use super::response::{ANSWER_LIMIT, Body, HandlerResult, full, json_response, message_of, relayed, without_framing};
use super::state::GatewayState;
use crate::http_client;

/// The size of the buffer for one direction of a connection after an upgrade from HTTP, in bytes.
const CHUNK: usize = 256 * 1024;

/// A request of a client, on its way to the engine.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) state: Arc<GatewayState>,
    pub(super) client: Client,
    pub(super) head: Head,
}

impl Exchange {
    /// Passes on the request, optionally with another query. The body and the response are streamed.
    pub(super) async fn pass(&mut self, query: Option<&Query>) -> HandlerResult {
        let request = self.head.to_engine(query, self.client.take_body()?)?;
        let response = self.send(request).await?;
        if response.status().as_u16() < 400 {
            return Ok(relayed(response));
        }
        Ok(self.read_answer(response).await?.into_response())
    }

    /// Sends a request and waits for the head of the response. Fails if the client disconnects before the head arrives.
    pub(super) async fn send<B>(&self, request: Request<B>) -> Result<Response<Incoming>, Rejection>
    where
        B: HttpBody + Send + 'static,
        B::Data: Send,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let sent = async { Ok(http_client::send(self.state.engine.dial().await?, request).await?) };
        tokio::select! {
            biased;
            response = sent => response,
            () = self.client.gone() => Err(Rejection::Gone),
        }
    }

    /// Reads a whole response. If the status is an error, sends an event before the client gets the response.
    pub(super) async fn read_answer(&self, response: Response<Incoming>) -> Result<Answer, Rejection> {
        let (head, body) = response.into_parts();
        let bytes = Limited::new(body, ANSWER_LIMIT).collect().await.map_err(|_| Rejection::Gone)?.to_bytes();
        let answer = Answer { head, bytes };
        if answer.status() >= 400 {
            self.state.emit(GatewayEvent::Failed { status: answer.status(), message: message_of(&answer.bytes) });
        }
        Ok(answer)
    }

    /// Sends the request without a body, optionally with another query, and reads the whole response.
    pub(super) async fn fetch(&self, query: Option<&Query>) -> Result<Answer, Rejection> {
        let request = self.head.to_engine(query, Full::new(Bytes::new()))?;
        self.read_answer(self.send(request).await?).await
    }

    /// Sends the request with JSON that the gateway made, and reads the whole response.
    pub(super) async fn send_json(&self, body: Vec<u8>) -> Result<Answer, Rejection> {
        let request = self.head.to_engine_with_json(body)?;
        self.read_answer(self.send(request).await?).await
    }

    /// Relays a response that reports progress. At the end of the response, calls `conclude` with the progress, and
    /// with `true` if the response was complete. The client sees the end of the response only after `conclude` has
    /// ended.
    pub(super) async fn listen<F, C>(&self, response: Response<Incoming>, conclude: C) -> HandlerResult
    where
        C: FnOnce(ProgressReader, bool) -> F + Send + 'static,
        F: Future<Output = ()> + Send,
    {
        let (answer, mut body) = response.into_parts();
        let mut listener = StreamListener {
            state: Arc::clone(&self.state),
            status: answer.status.as_u16(),
            progress: ProgressReader::default(),
            has_failed: false,
        };
        if body.size_hint().exact().is_some() {
            let whole = Limited::new(body, ANSWER_LIMIT).collect().await;
            let bytes = whole.map(http_body_util::Collected::to_bytes).map_err(|_| Rejection::Gone);
            if let Ok(bytes) = &bytes {
                listener.feed(bytes);
            }
            conclude(listener.finish(), bytes.is_ok()).await;
            return Ok(Response::from_parts(without_framing(answer), full(bytes?)));
        }
        let (sender, receiver) = channel(1);
        let relay = async move {
            let is_whole = relay_frames(&mut body, &sender, &mut listener).await;
            // The engine stops the request if nobody reads its response.
            drop(body);
            conclude(listener.finish(), is_whole).await;
        };
        tokio::spawn(relay.instrument(Span::current()));
        let frames = unfold(receiver, |mut receiver| async { receiver.recv().await.map(|frame| (frame, receiver)) });
        Ok(Response::from_parts(without_framing(answer), StreamBody::new(frames).boxed_unsync()))
    }

    /// Relays a connection in both directions, if the engine agrees to switch from HTTP to another protocol.
    pub(super) async fn tunnel(&mut self) -> HandlerResult {
        let (answer, upgraded) = self.upgrade().await?;
        if let Some((near, far)) = upgraded {
            tokio::spawn(async move {
                let Ok((near, far)) = tokio::try_join!(near, far) else { return };
                let (mut near, mut far) = (TokioIo::new(near), TokioIo::new(far));
                // If one side breaks off, both connections end.
                let _ = copy_bidirectional_with_sizes(&mut near, &mut far, CHUNK, CHUNK).await;
            });
        }
        Ok(answer)
    }

    /// Asks the engine to switch from HTTP/1 to another protocol. Returns the engine's answer, and both connections if
    /// the engine agrees.
    pub(super) async fn upgrade(&mut self) -> Result<(Response<Body>, Option<Upgraded>), Rejection> {
        let request = self.head.to_engine(None, Full::new(self.client.read_body().await?))?;
        let mut response = self.send(request).await?;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            let far = hyper::upgrade::on(&mut response);
            return Ok((response.map(|_| full(Bytes::new())), Some((self.client.take_upgrade()?, far))));
        }
        if response.status().as_u16() < 400 {
            return Ok((relayed(response), None));
        }
        Ok((self.read_answer(response).await?.into_response(), None))
    }
}

/// The client's side and the engine's side of a connection that has switched from HTTP to another protocol.
type Upgraded = (OnUpgrade, OnUpgrade);

/// A response that was read completely.
#[derive(Debug)]
pub(super) struct Answer {
    head: Parts,
    pub(super) bytes: Bytes,
}

impl Answer {
    pub(super) fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    pub(super) fn is_good(&self) -> bool {
        self.head.status.is_success()
    }

    /// Returns the JSON of the response; null if the body is not JSON.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// Returns the response for the client, unchanged.
    pub(super) fn into_response(self) -> Response<Body> {
        Response::from_parts(without_framing(self.head), full(self.bytes))
    }

    /// Returns a response for the client with the engine's status and with `json` as the body.
    pub(super) fn with_json(&self, json: &Value) -> Response<Body> {
        json_response(self.status(), json.to_string())
    }
}

/// Reads the progress in a response while the gateway relays the response to the client.
#[derive(Debug)]
struct StreamListener {
    state: Arc<GatewayState>,
    status: u16,
    progress: ProgressReader,
    has_failed: bool,
}

impl StreamListener {
    fn feed(&mut self, bytes: &[u8]) {
        self.progress.feed(bytes);
        self.report();
    }

    fn finish(mut self) -> ProgressReader {
        self.progress.finish();
        self.report();
        self.progress
    }

    /// Sends an event about an error in the stream before the client gets the error.
    fn report(&mut self) {
        if let Some(message) = self.progress.error.clone().filter(|_| !self.has_failed) {
            self.has_failed = true;
            self.state.emit(GatewayEvent::Failed { status: self.status, message });
        }
    }
}

/// Relays a body frame by frame. Returns whether the client received the whole body.
async fn relay_frames(
    body: &mut Incoming,
    sender: &Sender<Result<Frame<Bytes>, hyper::Error>>,
    listener: &mut StreamListener,
) -> bool {
    loop {
        let frame = tokio::select! {
            frame = body.frame() => frame,
            () = sender.closed() => return false,
        };
        let is_broken = frame.as_ref().is_some_and(Result::is_err);
        let Some(frame) = frame else { return true };
        if let Ok(data) = frame.as_ref().map(Frame::data_ref) {
            listener.feed(data.map(AsRef::as_ref).unwrap_or_default());
        }
        if sender.send(frame).await.is_err() || is_broken {
            return false;
        }
    }
}
