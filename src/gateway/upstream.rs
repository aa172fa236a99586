//! The engine's side: one connection a request, and questions of the gateway's own.

use serde_json::Value;
use tokio::io::AsyncWriteExt;

use super::answer::{AnswerHead, message_of};
use super::body::{Body, Inlet, WHOLE};
use super::error::Stop;
use crate::engine::{Connection, Endpoint};

/// A raw connection to the engine.
pub(super) async fn dial(endpoint: &Endpoint) -> Result<Connection, Stop> {
    endpoint.dial().await.map_err(Stop::Engine)
}

/// An answer to a question of the gateway's own.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The JSON, or a text.
    pub body: Value,
}

impl Reply {
    /// Whether it is the thing asked for.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// The engine's words for why not.
    #[must_use]
    pub fn message(&self) -> String {
        match &self.body {
            Value::String(text) => text.clone(),
            body => message_of(body.to_string().as_bytes()),
        }
    }
}

/// A JSON list that is longer than what a client's body may be: 4000 containers have 6 MB.
const LONGEST: usize = 16 * WHOLE;

/// Asks the engine something.
pub(super) async fn ask(endpoint: &Endpoint, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, Stop> {
    let stream = dial(endpoint).await?;
    let (reader, mut writer) = tokio::io::split(stream);
    let body = body.map(Value::to_string).unwrap_or_default();
    let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n{kind}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    writer.write_all(request.as_bytes()).await?;
    writer.flush().await?;
    let mut inlet = Inlet::new(reader);
    let mut head = AnswerHead::read(&mut inlet, method).await?;
    while head.status < 200 {
        head = AnswerHead::read(&mut inlet, method).await?;
    }
    let bytes = Body::new(head.framing).whole(&mut inlet, LONGEST).await?;
    let body = serde_json::from_slice(&bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).trim().to_owned()));
    Ok(Reply { status: head.status, body })
}
