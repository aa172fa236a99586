//! Plain requests to an engine: JSON as it sends it, a connection a request (0.3 ms on a Unix socket); where there is TLS
//! or `ssh` between, one goes on being asked.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::time::timeout;
use tracing::{debug, trace};

use super::error::trouble;
use super::{Endpoint, EngineError};
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::text::{redact_message, redact_target};

/// For an answer; an engine under load may take seconds.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// An answer that takes longer is worth a line in a log that is to stay readable.
const SLOW: Duration = Duration::from_secs(1);

/// How requests reach the engine.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    endpoint: Endpoint,
    /// A connection that has answered and can be asked again; kept only where another one would cost much.
    idle: Arc<Mutex<Option<Sender>>>,
}

type Sender = http1::SendRequest<Empty<Bytes>>;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("the engine's answer broke off: {0}")]
    Broken(#[from] hyper::Error),
    #[error("the engine's answer is no JSON: {0}")]
    NoJson(#[from] serde_json::Error),
    #[error("`{0}` cannot be asked")]
    Path(#[from] hyper::http::Error),
    #[error("no answer from the engine within {} s", ANSWER_LIMIT.as_secs())]
    Timeout,
}

impl From<WireError> for InfraFailure {
    fn from(error: WireError) -> Self {
        match error {
            WireError::Engine(error) => error.into(),
            WireError::Broken(_) => trouble(InfraFailureKind::EngineGone, error),
            WireError::Timeout => trouble(InfraFailureKind::Timeout, error),
            WireError::NoJson(_) | WireError::Path(_) => trouble(InfraFailureKind::Other, error),
        }
    }
}

/// A status with a JSON body: the thing asked for, or `{"message": …}`.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Answer {
    /// The engine's own words for why not.
    pub(super) fn message(&self) -> String {
        let message = self.body.get("message").or_else(|| self.body.get("cause")).and_then(Value::as_str);
        message.map_or_else(|| format!("status {}", self.status), str::to_owned)
    }
}

impl Wire {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint, idle: Arc::default() }
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// `GET path`, the whole answer.
    pub(super) async fn get(&self, path: &str) -> Result<Answer, WireError> {
        let ask = async {
            let (sender, response) = self.ask(path).await?;
            let status = response.status().as_u16();
            let bytes = response.into_body().collect().await?.to_bytes();
            self.keep(sender);
            let body = match serde_json::from_slice(&bytes) {
                Ok(body) => body,
                // Errors of a proxy before the engine, or `/_ping`, are plain text.
                Err(_) if status != 200 => Value::String(String::from_utf8_lossy(&bytes).into_owned()),
                Err(error) => return Err(error.into()),
            };
            Ok(Answer { status, body })
        };
        let begun = Instant::now();
        let answer = timeout(ANSWER_LIMIT, ask).await.unwrap_or(Err(WireError::Timeout));
        log_answer(path, begun.elapsed(), answer.as_ref().map(|answer| answer.status));
        answer
    }

    /// `GET path`, an answer that comes in lines of JSON.
    pub(super) async fn lines(&self, path: &str) -> Result<Lines, WireError> {
        let begun = Instant::now();
        let answer = timeout(ANSWER_LIMIT, self.send(path)).await.unwrap_or(Err(WireError::Timeout));
        log_answer(path, begun.elapsed(), answer.as_ref().map(|(_, response)| response.status().as_u16()));
        let (_, response) = answer?;
        Ok(Lines { status: response.status().as_u16(), body: response.into_body(), pending: Vec::new() })
    }

    /// On the connection that is kept, if there is one and it still lives.
    async fn ask(&self, path: &str) -> Result<(Sender, Response<Incoming>), WireError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut sender) = idle
            && sender.ready().await.is_ok()
            && let Ok(response) = sender.send_request(request(path)?).await
        {
            return Ok((sender, response));
        }
        self.send(path).await
    }

    fn keep(&self, sender: Sender) {
        if matches!(self.endpoint, Endpoint::Tls(_) | Endpoint::Ssh(_)) {
            *self.idle.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        }
    }

    async fn send(&self, path: &str) -> Result<(Sender, Response<Incoming>), WireError> {
        let stream = self.endpoint.dial().await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Ends with the answer's body, or when nobody can ask any more; its error is the body's too.
        let carried = tokio::spawn(connection);
        match sender.send_request(request(path)?).await {
            Ok(response) => Ok((sender, response)),
            Err(error) => {
                drop(sender);
                // The other side may have said why before we asked.
                Err(carried.await.ok().and_then(Result::err).unwrap_or(error).into())
            }
        }
    }
}

fn log_answer(path: &str, took: Duration, status: Result<u16, &WireError>) {
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

fn request(path: &str) -> Result<Request<Empty<Bytes>>, WireError> {
    Ok(Request::get(path).header("Host", "docker").body(Empty::new())?)
}

/// An answer in lines of JSON, as they come.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) status: u16,
    body: Incoming,
    pending: Vec<u8>,
}

impl Lines {
    /// The next value; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Value>, WireError> {
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

/// A text as part of a path or query: what has a meaning in URLs is escaped, a name's `/`, `:` and `@` are kept.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|digit| char::from(HEX[usize::from(digit)])));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_name_cannot_become_a_query() {
        assert_eq!(escape("a/b:1@sha256:c"), "a/b:1@sha256:c");
        assert_eq!(escape("a?all=1#x y{\"é"), "a%3Fall%3D1%23x%20y%7B%22%C3%A9");
    }
}
