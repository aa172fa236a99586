//! Sends plain requests to an engine and returns its JSON. Over TLS and `ssh`, the connection is kept for the next
//! request. Otherwise, each request opens a new connection, which takes 0.3 ms on a Unix socket.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;
use tracing::{debug, trace};

use super::error::trouble;
use super::{Endpoint, EngineError};
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::http_client::HttpConnection;
use crate::text::{redact_message, redact_target};

/// The time limit for an answer. An engine under load may take seconds.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// The maximum size of an answer, in bytes. The list of 4000 containers has 6 MB.
const SIZE_LIMIT: usize = 64 << 20;
/// The duration after which an answer is logged at the level `debug` instead of `trace`.
const SLOW: Duration = Duration::from_secs(1);

/// The connection settings of an engine.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    endpoint: Endpoint,
    /// A connection that can be used again. The connection is kept only if a new connection would take long.
    idle: Arc<Mutex<Option<HttpLink>>>,
}

type HttpLink = HttpConnection<Full<Bytes>>;

/// The reason why a request to an engine has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// There is no connection to the engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The connection broke off, or the other side does not speak HTTP.
    #[error("the engine's answer broke off: {0}")]
    Broken(#[from] hyper::Error),
    /// The answer broke off, or is too long.
    #[error("the engine's answer cannot be read: {0}")]
    Unreadable(Box<dyn std::error::Error + Send + Sync>),
    /// The answer is not JSON.
    #[error("the engine's answer is no JSON: {0}")]
    NoJson(#[from] serde_json::Error),
    /// The path cannot be sent.
    #[error("`{0}` cannot be asked")]
    Path(#[from] hyper::http::Error),
    /// The answer did not come in time.
    #[error("no answer from the engine within {} s", ANSWER_LIMIT.as_secs())]
    Timeout,
}

impl From<AskError> for InfraFailure {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Engine(error) => error.into(),
            AskError::Broken(_) | AskError::Unreadable(_) => trouble(InfraFailureKind::EngineGone, error),
            AskError::Timeout => trouble(InfraFailureKind::Timeout, error),
            AskError::NoJson(_) | AskError::Path(_) => trouble(InfraFailureKind::Other, error),
        }
    }
}

/// An engine's answer: a status, and the requested object or `{"message": …}`.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The JSON, or a text if the answer is not JSON.
    pub body: Value,
}

impl Reply {
    async fn read(response: Response<Incoming>) -> Result<Self, AskError> {
        let status = response.status().as_u16();
        let bytes = Limited::new(response.into_body(), SIZE_LIMIT).collect().await.map_err(AskError::Unreadable)?;
        let bytes = bytes.to_bytes();
        // `/_ping`, and errors of a proxy in front of the engine, are plain text.
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).trim().to_owned()));
        Ok(Self { status, body })
    }

    /// Whether the engine carried out the request.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// Returns the engine's message for a refusal.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let message = self.body.get("message").or_else(|| self.body.get("cause")).unwrap_or(&self.body);
        message.as_str().filter(|words| words.lines().count() == 1)
    }

    /// Returns the engine's message like [`words`](Self::words), or the status if there is no message.
    #[must_use]
    pub fn message(&self) -> String {
        self.words().map_or_else(|| format!("status {}", self.status), str::to_owned)
    }
}

impl Endpoint {
    /// Sends a request over a new connection, without a time limit.
    ///
    /// # Errors
    /// Fails if the engine does not answer.
    pub async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, AskError> {
        let request = request(method, path, body)?;
        let (_, response) = HttpConnection::open(self.dial().await?).await?.send(request).await?;
        Reply::read(response).await
    }
}

impl Wire {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint, idle: Arc::default() }
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends `GET path` and reads the whole answer.
    pub(super) async fn get(&self, path: &str) -> Result<Reply, AskError> {
        let ask = async {
            let (connection, response) = self.ask(path).await?;
            let reply = Reply::read(response).await?;
            self.keep(connection);
            if let (200, Value::String(text)) = (reply.status, &reply.body) {
                serde_json::from_str::<Value>(text)?;
            }
            Ok(reply)
        };
        let begun = Instant::now();
        let answer = timeout(ANSWER_LIMIT, ask).await.unwrap_or(Err(AskError::Timeout));
        log_answer(path, begun.elapsed(), answer.as_ref().map(|answer| answer.status));
        answer
    }

    /// Sends `GET path`, for an answer that consists of lines of JSON. Fails if the engine refuses.
    pub(super) async fn lines(&self, path: &str) -> Result<JsonLines, InfraFailure> {
        let begun = Instant::now();
        let answer = timeout(ANSWER_LIMIT, self.send(path)).await.unwrap_or(Err(AskError::Timeout));
        log_answer(path, begun.elapsed(), answer.as_ref().map(|(_, response)| response.status().as_u16()));
        let (_, response) = answer?;
        if response.status() != StatusCode::OK {
            return Err(trouble(InfraFailureKind::Other, Reply::read(response).await?.message()));
        }
        Ok(JsonLines { body: response.into_body(), pending: Vec::new() })
    }

    /// Sends `GET path` over the kept connection. Opens a new connection if no connection is kept, or if the kept
    /// connection fails.
    async fn ask(&self, path: &str) -> Result<(HttpLink, Response<Incoming>), AskError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(connection) = idle
            && let Ok(answered) = connection.send(request("GET", path, None)?).await
        {
            return Ok(answered);
        }
        self.send(path).await
    }

    fn keep(&self, connection: HttpLink) {
        if matches!(self.endpoint, Endpoint::Tls(_) | Endpoint::Ssh(_)) {
            *self.idle.lock().unwrap_or_else(PoisonError::into_inner) = Some(connection);
        }
    }

    async fn send(&self, path: &str) -> Result<(HttpLink, Response<Incoming>), AskError> {
        let connection = HttpConnection::open(self.endpoint.dial().await?).await?;
        Ok(connection.send(request("GET", path, None)?).await?)
    }
}

fn log_answer(path: &str, took: Duration, status: Result<u16, &AskError>) {
    let path = || redact_target(path);
    match status {
        Ok(status) if took < SLOW => trace!(method = "GET", path = path(), status, ?took, "engine answered"),
        Ok(status) => debug!(method = "GET", path = path(), status, ?took, "engine answered slowly"),
        Err(error) => {
            let error = redact_message(&error.to_string());
            debug!(method = "GET", path = path(), error, ?took, "engine did not answer");
        }
    }
}

fn request(method: &str, path: &str, body: Option<&Value>) -> Result<Request<Full<Bytes>>, AskError> {
    let mut request = Request::builder().method(method).uri(path).header("Host", "docker");
    if body.is_some() {
        request = request.header("Content-Type", "application/json");
    }
    Ok(request.body(Full::new(body.map(Value::to_string).unwrap_or_default().into()))?)
}

/// An answer that consists of lines of JSON.
#[derive(Debug)]
pub(super) struct JsonLines {
    body: Incoming,
    pending: Vec<u8>,
}

impl JsonLines {
    /// Waits for the next value. Returns `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Value>, AskError> {
        loop {
            if let Some(end) = self.pending.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.pending.drain(..=end).collect();
                if line.trim_ascii().is_empty() {
                    continue;
                }
                return Ok(Some(serde_json::from_slice(&line)?));
            }
            match self.body.frame().await {
                Some(frame) => {
                    if let Ok(data) = frame?.into_data() {
                        self.pending.extend_from_slice(&data);
                    }
                }
                None if self.pending.trim_ascii().is_empty() => return Ok(None),
                None => return Ok(Some(serde_json::from_slice(&std::mem::take(&mut self.pending))?)),
            }
        }
    }
}
