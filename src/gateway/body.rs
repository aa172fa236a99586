//! Bodies: how long they are, and their bytes from one side to the other.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::error::Stop;

/// Bytes read at a time. With 8 KiB `docker save` takes half as long again.
pub(super) const CHUNK: usize = 256 * 1024;
/// The most bytes of a body that is read whole; a longer one is refused.
pub(super) const WHOLE: usize = 4 * 1024 * 1024;
/// The longest line of a chunk's head or trailer.
const LINE: usize = 4096;

/// Where a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// After as many bytes.
    Length(u64),
    /// After the empty chunk.
    Chunked,
    /// With the connection.
    UntilEnd,
}

/// What comes in, with what of it was not used yet.
#[derive(Debug)]
pub(super) struct Inlet<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
}

impl<R: AsyncRead + Unpin> Inlet<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0 }
    }

    /// What is there.
    pub(super) fn data(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Uses `count` bytes up.
    pub(super) fn consume(&mut self, count: usize) {
        self.start = self.buffer.len().min(self.start.saturating_add(count));
    }

    /// Where more comes from; what is there already must have been used.
    pub(super) fn reader(&mut self) -> &mut R {
        &mut self.reader
    }

    /// What is there, and where more comes from.
    pub(super) fn into_parts(mut self) -> (Vec<u8>, R) {
        self.buffer.drain(..self.start);
        (self.buffer, self.reader)
    }

    /// Waits for more, at most about `size` bytes; `false` at the end.
    pub(super) async fn fill(&mut self, size: usize) -> io::Result<bool> {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.reserve(size);
        Ok(self.reader.read_buf(&mut self.buffer).await? > 0)
    }
}

/// A body on its way, frame by frame.
#[derive(Debug)]
pub(super) struct Body(State);

#[derive(Debug)]
enum State {
    Left(u64),
    Size,
    Data(u64),
    DataEnd,
    Trailer,
    UntilEnd,
    Done,
}

/// A body that breaks off, or is not framed as it must be.
const BROKEN: Stop = Stop::bad("the body is not framed as it says");

impl Body {
    pub(super) fn new(framing: Framing) -> Self {
        Self(match framing {
            Framing::Length(length) => State::Left(length),
            Framing::Chunked => State::Size,
            Framing::UntilEnd => State::UntilEnd,
        })
    }

    /// Waits until `inlet` has bytes of the body at its front, and tells how many; 0 at the end.
    pub(super) async fn ready<R: AsyncRead + Unpin>(&mut self, inlet: &mut Inlet<R>) -> Result<usize, Stop> {
        loop {
            let there = inlet.data().len();
            match self.0 {
                State::Done | State::Left(0) => return Ok(0),
                State::Left(left) | State::Data(left) if there > 0 => {
                    return Ok(usize::try_from(left).unwrap_or(usize::MAX).min(there));
                }
                State::UntilEnd if there > 0 => return Ok(there),
                State::UntilEnd => {
                    if !inlet.fill(CHUNK).await? {
                        self.0 = State::Done;
                    }
                }
                State::Left(_) | State::Data(_) => {
                    if !inlet.fill(CHUNK).await? {
                        return Err(Stop::Gone);
                    }
                }
                State::Size => {
                    let size = line(inlet).await?;
                    let size = size.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii_end();
                    self.0 = match hexadecimal(size).ok_or(BROKEN)? {
                        0 => State::Trailer,
                        size => State::Data(size),
                    };
                }
                State::DataEnd => {
                    if !line(inlet).await?.is_empty() {
                        return Err(BROKEN);
                    }
                    self.0 = State::Size;
                }
                State::Trailer => {
                    if line(inlet).await?.is_empty() {
                        self.0 = State::Done;
                    }
                }
            }
        }
    }

    /// Uses `count` bytes up, of those that [`ready`](Self::ready) told of.
    pub(super) fn consume<R: AsyncRead + Unpin>(&mut self, inlet: &mut Inlet<R>, count: usize) {
        inlet.consume(count);
        let count = count as u64;
        if count == 0 {
            return;
        }
        self.0 = match self.0 {
            State::Left(left) => State::Left(left.saturating_sub(count)),
            State::Data(left) if left <= count => State::DataEnd,
            State::Data(left) => State::Data(left - count),
            State::UntilEnd => State::UntilEnd,
            _ => State::Done,
        };
    }

    /// All of it, which may be at most `limit` bytes.
    pub(super) async fn whole<R: AsyncRead + Unpin>(
        mut self,
        inlet: &mut Inlet<R>,
        limit: usize,
    ) -> Result<Vec<u8>, Stop> {
        let mut bytes = Vec::new();
        loop {
            let count = self.ready(inlet).await?;
            if count == 0 {
                return Ok(bytes);
            }
            if bytes.len() + count > limit {
                return Err(Stop::Malformed(413, "the body is too long"));
            }
            bytes.extend_from_slice(&inlet.data()[..count]);
            self.consume(inlet, count);
        }
    }

    /// To the other side; a chunked one in chunks of its own, which hold what has come so far.
    pub(super) async fn forward<R, W>(mut self, inlet: &mut Inlet<R>, out: &mut W, chunked: bool) -> Result<(), Stop>
    where
        R: AsyncRead + Unpin,
        W: AsyncWrite + Unpin,
    {
        let mut gathered = Vec::new();
        loop {
            let count = self.ready(inlet).await?;
            if !chunked {
                out.write_all(&inlet.data()[..count]).await?;
            } else if count > 0 {
                gathered.extend_from_slice(&inlet.data()[..count]);
            }
            self.consume(inlet, count);
            // What may be left is the line end after a chunk.
            let waits = count == 0 || inlet.data().len() <= 2 || gathered.len() >= CHUNK;
            if waits && !gathered.is_empty() {
                out.write_all(&chunk(&gathered)).await?;
                gathered.clear();
            }
            if count == 0 {
                if chunked {
                    out.write_all(b"0\r\n\r\n").await?;
                }
                out.flush().await?;
                return Ok(());
            }
        }
    }
}

/// Bytes as a chunk.
pub(super) fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = Vec::with_capacity(bytes.len() + 20);
    chunk.extend_from_slice(format!("{:x}\r\n", bytes.len()).as_bytes());
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// A line up to CR LF, which must be there.
async fn line<R: AsyncRead + Unpin>(inlet: &mut Inlet<R>) -> Result<Vec<u8>, Stop> {
    loop {
        if let Some(end) = inlet.data().iter().position(|&byte| byte == b'\n') {
            let line = inlet.data()[..end].strip_suffix(b"\r").ok_or(BROKEN)?.to_vec();
            inlet.consume(end + 1);
            return if line.contains(&b'\r') { Err(BROKEN) } else { Ok(line) };
        }
        if inlet.data().len() > LINE {
            return Err(BROKEN);
        }
        if !inlet.fill(LINE).await? {
            return Err(Stop::Gone);
        }
    }
}

fn hexadecimal(digits: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(digits).ok()?;
    let plain = (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if plain { u64::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn whole(text: &[u8], framing: Framing) -> Result<Vec<u8>, Option<u16>> {
        let mut inlet = Inlet::new(text);
        Body::new(framing).whole(&mut inlet, 64).await.map_err(|stop| match stop {
            Stop::Malformed(status, _) => Some(status),
            _ => None,
        })
    }

    #[tokio::test]
    async fn a_body_ends_where_it_says() {
        assert_eq!(whole(b"abcdef", Framing::Length(3)).await, Ok(b"abc".to_vec()));
        assert_eq!(whole(b"abcdef", Framing::Length(0)).await, Ok(Vec::new()));
        assert_eq!(whole(b"abcdef", Framing::UntilEnd).await, Ok(b"abcdef".to_vec()));
        let chunked = b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: r\r\n\r\nnext";
        assert_eq!(whole(chunked, Framing::Chunked).await, Ok(b"abc0123456789".to_vec()));
    }

    #[tokio::test]
    async fn a_body_that_is_too_long_or_broken_is_refused() {
        assert_eq!(whole(&[b'a'; 65], Framing::Length(65)).await, Err(Some(413)));
        assert_eq!(whole(b"ab", Framing::Length(3)).await, Err(None));
        for text in
            ["3\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n", "-3\r\nabc\r\n", "0x3\r\nabc\r\n", "\r\n", " 3\r\n"]
        {
            assert_eq!(whole(text.as_bytes(), Framing::Chunked).await, Err(Some(400)), "{text:?}");
        }
        assert_eq!(whole(b"fffffffffffffffff\r\n", Framing::Chunked).await, Err(Some(400)));
        assert_eq!(whole(b"3\r\nabc\r\n0\r\n", Framing::Chunked).await, Err(None));
    }

    #[tokio::test]
    async fn chunks_are_framed_anew() {
        let mut out = Vec::new();
        let mut inlet = Inlet::new(&b"3;ext=\"\xff\"\r\nabc\r\n000\r\nX: y\r\n\r\nGET / HTTP/1.1\r\n"[..]);
        Body::new(Framing::Chunked).forward(&mut inlet, &mut out, true).await.unwrap();
        assert_eq!(out, b"3\r\nabc\r\n0\r\n\r\n");
    }
}
