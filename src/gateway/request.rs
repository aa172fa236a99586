//! The head of a request. hyper reads the client's head and writes a new head for the engine. This module makes sure
//! that the gateway and the engine understand the same request.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, HeaderMap, HeaderName, HeaderValue, TE,
    TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use hyper::http::request::Parts;
use hyper::{Method, Request, Uri};

use super::error::Rejection;
use super::query::Query;
use super::target::RequestTarget;

/// The head of a request.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) target: RequestTarget,
    uri: Uri,
    /// The headers, except headers about the connection or the framing of the body.
    headers: HeaderMap,
    /// The protocol to which the client wants to switch.
    pub(super) upgrade: Option<HeaderValue>,
    /// Whether the body is a form. The engine would read parameters in a form as if they were in the query.
    pub(super) has_form: bool,
}

/// The headers that apply to one connection only, and the headers that hyper itself writes.
const OF_CONNECTION: [HeaderName; 10] = [
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HeaderName::from_static("http2-settings"),
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

impl Head {
    /// Checks a head that hyper has read.
    pub(super) fn read(parts: &Parts, has_body: bool) -> Result<Self, Rejection> {
        let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS];
        if !known.contains(&parts.method) {
            return Err(Rejection::Malformed(405, "the method is none of the engine's API"));
        }
        let path = parts.uri.path_and_query().filter(|_| parts.uri.authority().is_none());
        let target = RequestTarget::read(path.map_or("", |path| path.as_str()))?;
        // hyper treats a body as chunked if `chunked` is the last coding. So `chunked` must be the only coding.
        let coding = once(parts, &TRANSFER_ENCODING)?;
        if coding.is_some_and(|coding| coding != "chunked") {
            return Err(Rejection::Malformed(501, "the body's coding is not known"));
        }
        once(parts, &HOST)?;
        if once(parts, &CONTENT_ENCODING)?.is_some_and(|coding| coding != "identity") {
            return Err(Rejection::Malformed(415, "the body is encoded"));
        }
        if once(parts, &EXPECT)?.is_some_and(|expected| expected != "100-continue") {
            return Err(Rejection::Malformed(417, "what is expected is not known"));
        }
        once(parts, &UPGRADE)?;
        let has_form = has_body && once(parts, &CONTENT_TYPE)?.is_some_and(|kind| kind.contains("form"));
        let mut headers = parts.headers.clone();
        let upgrade = headers.remove(UPGRADE);
        for name in OF_CONNECTION {
            headers.remove(name);
        }
        Ok(Self { method: parts.method.clone(), target, uri: parts.uri.clone(), headers, upgrade, has_form })
    }

    /// Returns the query of the request.
    pub(super) fn query(&self) -> Result<Query, Rejection> {
        Query::read(self.target.query.as_deref())
    }

    /// Returns the request for the engine, optionally with another query.
    pub(super) fn to_engine<B>(&self, query: Option<&Query>, body: B) -> Result<Request<B>, Rejection> {
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = match query {
            None => self.uri.clone(),
            Some(query) => format!("{}?{}", self.uri.path(), query.write())
                .parse()
                .map_err(|_| Rejection::bad("the query cannot be written"))?,
        };
        *request.headers_mut() = self.headers.clone();
        if let Some(upgrade) = &self.upgrade {
            request.headers_mut().insert(CONNECTION, HeaderValue::from_static("Upgrade"));
            request.headers_mut().insert(UPGRADE, upgrade.clone());
        }
        Ok(request)
    }

    /// Returns the request for the engine, with JSON that the gateway made.
    pub(super) fn to_engine_with_json(&self, body: Vec<u8>) -> Result<Request<Full<Bytes>>, Rejection> {
        let mut request = self.to_engine(None, Full::new(body.into()))?;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(request)
    }
}

/// Returns the value of a header that may occur at most once, in lower case.
fn once(parts: &Parts, name: &HeaderName) -> Result<Option<String>, Rejection> {
    let mut values = parts.headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (first, None) => Ok(first.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_ascii_lowercase())),
        _ => Err(Rejection::bad("a header that may be there once is there twice")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(method: &str, target: &str, headers: &[(&str, &str)]) -> Result<Head, u16> {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Head::read(&request.body(()).unwrap().into_parts().0, true).map_err(|rejection| match rejection {
            Rejection::Malformed(status, _) => status,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn engine_gets_the_request_without_the_clients_connection_headers() {
        let headers = [
            ("host", "docker"),
            ("x-a", "b"),
            ("connection", "close"),
            ("keep-alive", "5"),
            ("transfer-encoding", "chunked"),
            ("content-type", "application/json; charset=utf-8"),
        ];
        let head = read("POST", "/v1.41/containers/create?name=a", &headers).unwrap();
        let request = head.to_engine_with_json(b"{}".to_vec()).unwrap();
        assert_eq!(request.uri(), "/v1.41/containers/create?name=a");
        let mut names: Vec<_> = request.headers().keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["content-type", "host", "x-a"]);
        assert_eq!(request.headers()["content-type"], "application/json");
        let query = Query::read(Some("c=d")).unwrap();
        assert_eq!(read("GET", "/a?b", &[]).unwrap().to_engine(Some(&query), ()).unwrap().uri(), "/a?c=d");
        let upgrade = read("POST", "/session", &[("connection", "Upgrade"), ("upgrade", "h2c")]).unwrap();
        let request = upgrade.to_engine(None, ()).unwrap();
        assert_eq!(
            (&request.headers()["connection"], &request.headers()["upgrade"]),
            (&"Upgrade".parse().unwrap(), &"h2c".parse().unwrap())
        );
    }

    #[test]
    fn ambiguous_or_unsupported_request_head_is_refused() {
        let chunked = ("transfer-encoding", "chunked");
        let cases = [
            ("POST", "/a", vec![("transfer-encoding", "gzip, chunked")], 501),
            ("POST", "/a", vec![chunked, chunked], 400),
            ("POST", "/a", vec![("host", "a"), ("host", "b")], 400),
            ("POST", "/a", vec![("content-encoding", "gzip")], 415),
            ("POST", "/a", vec![("expect", "200-ok")], 417),
            ("POST", "/a", vec![("expect", "100-continue"), ("expect", "x")], 400),
            ("POST", "/a", vec![("content-type", "a"), ("content-type", "b")], 400),
            ("CONNECT", "a:1", vec![], 405),
            ("post", "/a", vec![], 405),
            ("PATCH", "/a", vec![], 405),
            ("GET", "http://x/a", vec![], 400),
            ("OPTIONS", "*", vec![], 400),
        ];
        for (method, target, headers, status) in cases {
            let head = read(method, target, &headers).map(|head| head.target.raw);
            assert_eq!(head, Err(status), "{method} {target} {headers:?}");
        }
    }
}
