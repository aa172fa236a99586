//! A request's head: read strictly, written anew, so that nothing in it can mean something else to the engine.

use super::body::Framing;
use super::error::Stop;
use super::target::Target;

/// The most bytes a head may have.
pub(super) const LIMIT: usize = 64 * 1024;
/// The most headers a head may have.
const HEADERS: usize = 128;

/// A request's head.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: Target,
    /// The minor version of HTTP/1.
    minor: u8,
    /// Without those that are about the connection or the body's framing.
    headers: Vec<(String, Vec<u8>)>,
    /// The protocol that the client would go over to.
    pub(super) upgrade: Option<Vec<u8>>,
    pub(super) framing: Framing,
    /// The client waits for a word before it sends the body.
    pub(super) expects: bool,
    pub(super) content_type: Option<String>,
}

/// What is about one connection only.
const OF_CONNECTION: [&str; 8] =
    ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "content-length", "upgrade"];

impl Head {
    /// Reads a head, and tells how many bytes it has; `None` when more must come.
    pub(super) fn read(bytes: &[u8]) -> Result<Option<(Self, usize)>, Stop> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let length = match request.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if bytes.len() < LIMIT => return Ok(None),
            Ok(httparse::Status::Partial) => return Err(Stop::Malformed(431, "the head is too long")),
            Err(httparse::Error::TooManyHeaders) => return Err(Stop::Malformed(431, "there are too many headers")),
            Err(_) => return Err(Stop::bad("the head is no HTTP/1")),
        };
        let (Some(method), Some(target), Some(minor)) = (request.method, request.path, request.version) else {
            return Err(Stop::bad("the head is no HTTP/1"));
        };
        if !["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"].contains(&method) {
            return Err(Stop::Malformed(405, "the method is none of the engine's API"));
        }
        let target = Target::read(target)?;
        let of = |name: &str| {
            let mut values = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
            match (values.next(), values.next()) {
                (first, None) => Ok(first.map(|header| header.value)),
                _ => Err(Stop::bad("a header that may be there once is there twice")),
            }
        };
        of("host")?;
        let lower = |value: &[u8]| String::from_utf8_lossy(value).trim().to_ascii_lowercase();
        let framing = framing(of("transfer-encoding")?, of("content-length")?, minor)?;
        let content_type = of("content-type")?.map(lower);
        if of("content-encoding")?.map(lower).is_some_and(|coding| coding != "identity") {
            return Err(Stop::Malformed(415, "the body is encoded"));
        }
        let expects = match of("expect")?.map(lower) {
            None => false,
            Some(expect) if expect == "100-continue" => true,
            Some(_) => return Err(Stop::Malformed(417, "what is expected is not known")),
        };
        let upgrade = of("upgrade")?.map(<[u8]>::to_vec);
        let kept = request.headers.iter().filter(|header| {
            !OF_CONNECTION.iter().chain(&["expect"]).any(|name| header.name.eq_ignore_ascii_case(name))
        });
        let headers = kept.map(|header| (header.name.to_owned(), header.value.to_vec())).collect();
        let method = method.to_owned();
        Ok(Some((Self { method, target, minor, headers, upgrade, framing, expects, content_type }, length)))
    }

    /// Whether the engine would take values of its query from the body.
    pub(super) fn has_form(&self) -> bool {
        self.framing != Framing::Length(0) && self.content_type.as_deref().is_some_and(|kind| kind.contains("form"))
    }

    /// The head as the engine gets it, with another query and another body where they were changed.
    pub(super) fn write(&self, query: Option<&str>, framing: Framing, json: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024);
        let raw = match query {
            None => self.target.raw.clone(),
            Some(query) => format!("{}?{query}", self.target.raw.split('?').next().unwrap_or_default()),
        };
        out.extend_from_slice(format!("{} {raw} HTTP/1.{}\r\n", self.method, self.minor).as_bytes());
        let mut line = |name: &str, value: &[u8]| {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value);
            out.extend_from_slice(b"\r\n");
        };
        for (name, value) in &self.headers {
            if !(json && name.eq_ignore_ascii_case("content-type")) {
                line(name, value);
            }
        }
        if json {
            line("Content-Type", b"application/json");
        }
        if let Some(upgrade) = &self.upgrade {
            line("Connection", b"Upgrade");
            line("Upgrade", upgrade);
        } else {
            line("Connection", b"close");
        }
        match framing {
            Framing::Chunked => line("Transfer-Encoding", b"chunked"),
            Framing::Length(0) if matches!(self.method.as_str(), "GET" | "HEAD") => {}
            Framing::Length(length) => line("Content-Length", length.to_string().as_bytes()),
            Framing::UntilEnd => {}
        }
        out.extend_from_slice(b"\r\n");
        out
    }
}

fn framing(coding: Option<&[u8]>, length: Option<&[u8]>, minor: u8) -> Result<Framing, Stop> {
    match (coding, length) {
        (Some(_), Some(_)) => Err(Stop::bad("the body's length is told in two ways")),
        (Some(coding), None) if coding.eq_ignore_ascii_case(b"chunked") && minor == 1 => Ok(Framing::Chunked),
        (Some(_), None) => Err(Stop::Malformed(501, "the body's coding is not known")),
        (None, None) => Ok(Framing::Length(0)),
        (None, Some(digits)) => {
            let digits = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
            let length = digits.and_then(|digits| digits.parse().ok());
            length.map(Framing::Length).ok_or(Stop::bad("the body's length is no number"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Head, u16> {
        match Head::read(text.as_bytes()) {
            Ok(Some((head, length))) if length == text.len() => Ok(head),
            Ok(other) => panic!("{text:?}: {other:?}"),
            Err(Stop::Malformed(status, _)) => Err(status),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_head_is_written_anew() {
        let text = "POST /v1.41/containers/create?name=a HTTP/1.1\r\nHost: docker\r\nX-A: b\r\nConnection: X-A, close\r\n\
                    Keep-Alive: 5\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json; charset=utf-8\r\n\r\n";
        let head = read(text).unwrap();
        assert_eq!(head.framing, Framing::Chunked);
        assert_eq!(
            String::from_utf8(head.write(None, Framing::Length(2), true)).unwrap(),
            "POST /v1.41/containers/create?name=a HTTP/1.1\r\nHost: docker\r\nX-A: b\r\n\
             Content-Type: application/json\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
        );
        let head = read("GET /a?b HTTP/1.0\r\n\r\n").unwrap();
        let written = String::from_utf8(head.write(Some("c=d"), head.framing, false)).unwrap();
        assert_eq!(written, "GET /a?c=d HTTP/1.0\r\nConnection: close\r\n\r\n");
        let upgrade = read("POST /session HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n").unwrap();
        let written = String::from_utf8(upgrade.write(None, upgrade.framing, false)).unwrap();
        assert!(written.contains("Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n"), "{written}");
    }

    #[test]
    fn a_head_that_could_be_read_in_two_ways_is_refused() {
        let with = |headers: &str| format!("POST /a HTTP/1.1\r\n{headers}\r\n");
        let cases = [
            (with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400),
            (with("Content-Length: 1\r\nContent-Length: 1\r\n"), 400),
            (with("Content-Length: 1, 1\r\n"), 400),
            (with("Content-Length: +1\r\n"), 400),
            (with("Content-Length: 0x1\r\n"), 400),
            (with("Content-Length: 99999999999999999999999\r\n"), 400),
            (with("Content-Length : 1\r\n"), 400),
            (with("Transfer-Encoding: gzip, chunked\r\n"), 501),
            (with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400),
            (with("Transfer-Encoding: xchunked\r\n"), 501),
            (with("Host: a\r\nHost: b\r\n"), 400),
            (with("A: b\r\n c\r\n"), 400),
            (with("Content-Encoding: gzip\r\n"), 415),
            (with("Expect: 200-ok\r\n"), 417),
            ("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(), 501),
            ("CONNECT a:1 HTTP/1.1\r\n\r\n".to_owned(), 405),
            ("post /a HTTP/1.1\r\n\r\n".to_owned(), 405),
            ("GET http://x/a HTTP/1.1\r\n\r\n".to_owned(), 400),
            ("GET /a HTTP/2.0\r\n\r\n".to_owned(), 400),
            ("GET  /a HTTP/1.1\r\n\r\n".to_owned(), 400),
            ("GET /a b HTTP/1.1\r\n\r\n".to_owned(), 400),
        ];
        for (text, status) in cases {
            assert_eq!(read(&text).map(|head| head.target.raw), Err(status), "{text}");
        }
        assert!(Head::read(b"GET /a HTT").unwrap().is_none());
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(LIMIT));
        assert!(matches!(Head::read(long.as_bytes()), Err(Stop::Malformed(431, _))));
    }
}
