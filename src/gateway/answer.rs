//! The engine's answers: their heads, and what the gateway answers in its place.

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};

use super::body::{Framing, Inlet};
use super::error::Stop;
use super::head::LIMIT;

/// An answer's head.
#[derive(Debug)]
pub(super) struct AnswerHead {
    pub(super) status: u16,
    pub(super) framing: Framing,
    /// From here on the connection is no longer HTTP.
    pub(super) raw_stream: bool,
    /// The answer says that it is the last one of its connection.
    closes: bool,
    bytes: Vec<u8>,
}

impl AnswerHead {
    /// Waits for the next head. `method` is that of the request: an answer to `HEAD` has no body.
    pub(super) async fn read<R: AsyncRead + Unpin>(inlet: &mut Inlet<R>, method: &str) -> Result<Self, Stop> {
        loop {
            if let Some((head, length)) = Self::parse(inlet.data(), method)? {
                inlet.consume(length);
                return Ok(head);
            }
            if !inlet.fill(16 * 1024).await? {
                return Err(Stop::Gone);
            }
        }
    }

    fn parse(bytes: &[u8], method: &str) -> Result<Option<(Self, usize)>, Stop> {
        let mut headers = [httparse::EMPTY_HEADER; 128];
        let mut response = httparse::Response::new(&mut headers);
        let length = match response.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if bytes.len() < LIMIT => return Ok(None),
            _ => return Err(Stop::Malformed(502, "the engine's answer is no HTTP/1")),
        };
        let status = response.code.unwrap_or_default();
        let of = |name: &str| {
            let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            header.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
        };
        let length_told = of("content-length").and_then(|length| length.parse().ok());
        let framing = if method == "HEAD" || (100..200).contains(&status) || matches!(status, 204 | 304) {
            Framing::Length(0)
        } else if of("transfer-encoding").is_some_and(|coding| coding == "chunked") {
            Framing::Chunked
        } else {
            length_told.map_or(Framing::UntilEnd, Framing::Length)
        };
        let stream = of("content-type").is_some_and(|kind| kind.starts_with("application/vnd.docker."));
        let raw_stream = status == 101 || (status == 200 && stream);
        let closes = of("connection").is_some_and(|connection| connection.contains("close"));
        Ok(Some((Self { status, framing, raw_stream, closes, bytes: bytes[..length].to_vec() }, length)))
    }

    /// As the client gets it: it must know that the connection is at its end after this answer.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        if !self.closes && !self.raw_stream && self.status >= 200 && bytes.ends_with(b"\r\n\r\n") {
            bytes.truncate(bytes.len() - 2);
            bytes.extend_from_slice(b"Connection: close\r\n\r\n");
        }
        bytes
    }
}

/// An answer of the gateway's own.
pub(super) async fn answer_json<W: AsyncWrite + Unpin>(out: &mut W, status: u16, body: &str) -> std::io::Result<()> {
    let reason = match status {
        200 => "OK",
        201 => "Created",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        502 => "Bad Gateway",
        _ if status < 500 => "Bad Request",
        _ => "Internal Server Error",
    };
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\nServer: Dermaga\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    out.write_all(format!("{head}{body}").as_bytes()).await?;
    out.flush().await
}

/// What an engine's refusal says: `{"message": …}`, else its text.
pub(super) fn message_of(body: &[u8]) -> String {
    let value: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let told = value.as_ref().and_then(|value| value.get("message").or_else(|| value.get("cause")));
    let told = told.and_then(serde_json::Value::as_str).map(str::to_owned);
    told.unwrap_or_else(|| String::from_utf8_lossy(body).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(text: &str, method: &str) -> AnswerHead {
        AnswerHead::read(&mut Inlet::new(text.as_bytes()), method).await.unwrap()
    }

    #[tokio::test]
    async fn an_answer_says_where_it_ends_and_whether_it_is_a_stream() {
        let plain = read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "GET").await;
        assert_eq!((plain.status, plain.framing, plain.raw_stream), (200, Framing::Length(3), false));
        assert_eq!(
            String::from_utf8(plain.write()).unwrap(),
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
        );
        let closing = "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n";
        let answer = read(closing, "GET").await;
        assert_eq!((answer.framing, answer.write()), (Framing::UntilEnd, closing.as_bytes().to_vec()));
        assert_eq!(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "HEAD").await.framing, Framing::Length(0));
        let attach = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n";
        assert!(read(attach, "POST").await.raw_stream);
        let upgraded = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
        let answer = read(upgraded, "POST").await;
        assert!(answer.raw_stream && answer.write() == upgraded.as_bytes());
        assert!(
            !read("HTTP/1.1 404 Not Found\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n", "GET")
                .await
                .raw_stream
        );
    }

    #[test]
    fn an_engines_refusal_is_read() {
        assert_eq!(message_of(br#"{"message":"No such container: x"}"#), "No such container: x");
        assert_eq!(message_of(b"page not found\n"), "page not found");
    }
}
