//! A request to the engine and its answer to the client: as they come, whole, or both ways at once.

use tokio::io::{AsyncRead, AsyncWriteExt, ReadHalf, WriteHalf, copy_bidirectional_with_sizes, join};
use tokio::net::unix::OwnedWriteHalf;

use super::answer::{AnswerHead, answer_json, message_of};
use super::body::{Body, CHUNK, Framing, Inlet, chunk};
use super::error::Stop;
use super::exchange::{ANSWER, Client};
use super::gate::Gate;
use super::head::Head;
use super::query::Query;
use super::stream::Stream;
use super::{Told, upstream};
use crate::engine::Connection;

/// A request with its body as it comes; the answer's status. What it tells goes through `stream` too.
pub(super) async fn pass(
    client: &mut Client,
    gate: &Gate,
    head: &Head,
    query: Option<&Query>,
    stream: Option<&mut Heard>,
) -> Result<u16, Stop> {
    client.go_on(head).await?;
    let (reader, mut writer) = tokio::io::split(upstream::dial(&gate.upstream).await?);
    let query = query.map(Query::write);
    writer.write_all(&head.write(query.as_deref(), head.framing, false)).await?;
    writer.flush().await?;
    let Client { inlet, out, answered, .. } = client;
    let mut answer = Inlet::new(reader);
    let relay = relay(&mut answer, out, answered, gate, head, stream);
    tokio::pin!(relay);
    let pump = async {
        let sent = Body::new(head.framing).forward(inlet, &mut writer, head.framing == Framing::Chunked).await;
        if let Err(stop @ Stop::Malformed(..)) = sent {
            return Err(stop);
        }
        // What follows is no request that would be answered; its end is the client's, and the engine must see it.
        while sent.is_ok() && inlet.fill(4096).await.unwrap_or(false) {
            inlet.consume(inlet.data().len());
        }
        // An engine that answers before it has read all stops reading.
        let _ = writer.shutdown().await;
        Ok(())
    };
    tokio::select! {
        biased;
        done = &mut relay => return done,
        pumped = pump => pumped?,
    }
    relay.await
}

/// What an answer tells on its way.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) stream: Stream,
    failed: bool,
}

impl Heard {
    /// Tells of the error, before the client hears of it.
    fn tell(&mut self, gate: &Gate, head: &Head, status: u16) {
        if let Some(message) = self.stream.error.clone().filter(|_| !self.failed) {
            self.failed = true;
            gate.tell(Told::Failed { method: head.method.clone(), path: head.target.raw.clone(), status, message });
        }
    }
}

/// An answer that was read whole.
#[derive(Debug)]
pub(super) struct Answer {
    head: AnswerHead,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) const fn is_good(&self) -> bool {
        self.head.status >= 200 && self.head.status < 300
    }

    pub(super) const fn status(&self) -> u16 {
        self.head.status
    }

    /// Its JSON; null where it has none.
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// To the client, as it came.
    pub(super) async fn deliver(&self, client: &mut Client) -> Result<(), Stop> {
        client.answered = Some(self.head.status);
        let mut out = self.head.write();
        out.extend_from_slice(&framed(self.head.framing, &self.bytes));
        Ok(client.out.write_all(&out).await?)
    }

    /// To the client, with other JSON.
    pub(super) async fn deliver_as(&self, client: &mut Client, json: &serde_json::Value) -> Result<(), Stop> {
        client.answered = Some(self.head.status);
        Ok(answer_json(&mut client.out, self.head.status, &json.to_string()).await?)
    }
}

/// Asks the engine what the client asked, with a body of the gateway's or none, and reads the answer whole.
pub(super) async fn fetch(
    client: &mut Client,
    gate: &Gate,
    head: &Head,
    query: Option<&Query>,
    body: Option<&[u8]>,
) -> Result<Answer, Stop> {
    let (reader, mut writer) = tokio::io::split(upstream::dial(&gate.upstream).await?);
    let query = query.map(Query::write);
    let length = body.map_or(0, <[u8]>::len) as u64;
    let mut request = head.write(query.as_deref(), Framing::Length(length), body.is_some());
    request.extend_from_slice(body.unwrap_or_default());
    writer.write_all(&request).await?;
    writer.flush().await?;
    let mut answer = Inlet::new(reader);
    let answer_head = read_head(&mut answer, &mut client.out, &mut client.answered, head).await?;
    let bytes = Body::new(answer_head.framing).whole(&mut answer, ANSWER).await?;
    tell_failure(gate, head, answer_head.status, &bytes);
    Ok(Answer { head: answer_head, bytes })
}

/// A request with a body of the gateway's, and its answer to the client.
pub(super) async fn send(client: &mut Client, gate: &Gate, head: &Head, body: &[u8]) -> Result<Answer, Stop> {
    let answer = fetch(client, gate, head, None, Some(body)).await?;
    answer.deliver(client).await?;
    Ok(answer)
}

fn framed(framing: Framing, bytes: &[u8]) -> Vec<u8> {
    match framing {
        Framing::Chunked if bytes.is_empty() => b"0\r\n\r\n".to_vec(),
        Framing::Chunked => [chunk(bytes).as_slice(), b"0\r\n\r\n"].concat(),
        _ => bytes.to_vec(),
    }
}

/// The answer's head; what comes before it (`102 Processing`) goes to the client.
async fn read_head<R: AsyncRead + Unpin>(
    answer: &mut Inlet<R>,
    out: &mut OwnedWriteHalf,
    answered: &mut Option<u16>,
    head: &Head,
) -> Result<AnswerHead, Stop> {
    loop {
        let answer_head = AnswerHead::read(answer, &head.method).await?;
        if answer_head.status >= 200 || answer_head.status == 101 {
            return Ok(answer_head);
        }
        *answered = Some(answer_head.status);
        out.write_all(&answer_head.write()).await?;
    }
}

/// The answer to the client, as it comes.
async fn relay<R: AsyncRead + Unpin>(
    answer: &mut Inlet<R>,
    out: &mut OwnedWriteHalf,
    answered: &mut Option<u16>,
    gate: &Gate,
    head: &Head,
    stream: Option<&mut Heard>,
) -> Result<u16, Stop> {
    let answer_head = read_head(answer, out, answered, head).await?;
    let status = answer_head.status;
    *answered = Some(status);
    let mut bytes = answer_head.write();
    if status >= 400 {
        let body = Body::new(answer_head.framing).whole(answer, ANSWER).await?;
        tell_failure(gate, head, status, &body);
        bytes.extend_from_slice(&framed(answer_head.framing, &body));
        out.write_all(&bytes).await?;
        return Ok(status);
    }
    if let Some(stream) = stream {
        out.write_all(&bytes).await?;
        listen(answer, &answer_head, out, gate, head, stream).await?;
        stream.tell(gate, head, status);
        return Ok(status);
    }
    bytes.extend_from_slice(answer.data());
    answer.consume(answer.data().len());
    out.write_all(&bytes).await?;
    // The engine was told that this is the connection's last request, so its end is the answer's.
    while answer.fill(CHUNK).await? {
        out.write_all(answer.data()).await?;
        answer.consume(answer.data().len());
    }
    Ok(status)
}

/// A body to the client piece by piece, heard on the way.
async fn listen<R: AsyncRead + Unpin>(
    answer: &mut Inlet<R>,
    answer_head: &AnswerHead,
    out: &mut OwnedWriteHalf,
    gate: &Gate,
    head: &Head,
    heard: &mut Heard,
) -> Result<(), Stop> {
    let framing = answer_head.framing;
    let mut body = Body::new(framing);
    loop {
        let count = body.ready(answer).await?;
        let piece = &answer.data()[..count];
        if count == 0 {
            break;
        }
        heard.stream.feed(piece);
        heard.tell(gate, head, answer_head.status);
        if framing == Framing::Chunked {
            out.write_all(&chunk(piece)).await?;
        } else {
            out.write_all(piece).await?;
        }
        body.consume(answer, count);
    }
    heard.stream.finish();
    if framing == Framing::Chunked {
        out.write_all(b"0\r\n\r\n").await?;
    }
    Ok(())
}

fn tell_failure(gate: &Gate, head: &Head, status: u16, body: &[u8]) {
    if status >= 400 {
        let (method, path) = (head.method.clone(), head.target.raw.clone());
        gate.tell(Told::Failed { method, path, status, message: message_of(body) });
    }
}

/// A request after which both sides talk as they like, once the engine has agreed.
pub(super) async fn tunnel(client: &mut Client, gate: &Gate, head: &Head) -> Result<(), Stop> {
    let Some((mut answer, mut writer)) = upgrade(client, gate, head).await? else { return Ok(()) };
    client.out.write_all(answer.data()).await?;
    answer.consume(answer.data().len());
    writer.write_all(client.inlet.data()).await?;
    writer.flush().await?;
    client.inlet.consume(client.inlet.data().len());
    let mut near = join(client.inlet.reader(), &mut client.out);
    let mut far = join(answer.reader(), &mut writer);
    copy_bidirectional_with_sizes(&mut near, &mut far, CHUNK, CHUNK).await?;
    Ok(())
}

/// What the engine says and hears on a connection that has left HTTP/1.
type Upgraded = (Inlet<ReadHalf<Connection>>, WriteHalf<Connection>);

/// Asks the engine to leave HTTP/1, and tells the client what it answers; `None` when it refuses.
pub(super) async fn upgrade(client: &mut Client, gate: &Gate, head: &Head) -> Result<Option<Upgraded>, Stop> {
    let body = client.whole(head).await?;
    let stream = upstream::dial(&gate.upstream).await?;
    let (reader, mut writer) = tokio::io::split(stream);
    let json = head.content_type.as_deref().is_some_and(|kind| kind.starts_with("application/json"));
    let mut request = head.write(None, Framing::Length(body.len() as u64), json);
    request.extend_from_slice(&body);
    writer.write_all(&request).await?;
    writer.flush().await?;
    let mut answer = Inlet::new(reader);
    let answer_head = read_head(&mut answer, &mut client.out, &mut client.answered, head).await?;
    if !answer_head.raw_stream {
        let bytes = Body::new(answer_head.framing).whole(&mut answer, ANSWER).await?;
        tell_failure(gate, head, answer_head.status, &bytes);
        Answer { head: answer_head, bytes }.deliver(client).await?;
        return Ok(None);
    }
    client.answered = Some(answer_head.status);
    client.out.write_all(&answer_head.write()).await?;
    Ok(Some((answer, writer)))
}
