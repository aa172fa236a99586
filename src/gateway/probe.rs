//! What is fuzzed: the bytes of a request as the engine would get them, and what must not be wrong with those.

use futures_util::FutureExt as _;
use serde_json::{Map, Value};

use super::body::{Body, Framing, Inlet, WHOLE};
use super::container::Container;
use super::guard;
use super::head::Head;
use super::label::{Labels, SESSION_LABEL};
use super::mounts::Paths;
use super::query::Query;
use super::route::{Route, route};
use super::shape::{NETWORK, VOLUME};
use super::{Kind, json};

/// The session in what is forwarded.
const SESSION: &str = "fuzzed";

/// What goes to the engine of a client's bytes, with no lesson's directory and no permits; `None` where they are
/// refused or are not a whole request.
#[must_use]
pub fn forward(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut head, length) = Head::read(bytes).ok()??;
    let mut inlet = Inlet::new(&bytes[length..]);
    let labels = Labels { session: SESSION.to_owned(), lesson: "l".to_owned() };
    let route = route(&head.method, &head.target.path);
    if !matches!(route, Route::Pass) && head.has_form() {
        return None;
    }
    if !matches!(route, Route::Tunnel(_) | Route::Exec(_) | Route::BuildKit) {
        head.upgrade = None;
    }
    let body = match route {
        Route::Forbidden(_) => return None,
        Route::Create(Kind::Container) => {
            let body = Body::new(head.framing).whole(&mut inlet, WHOLE).now_or_never()?.ok()?;
            let mut container = Container::read(&body).ok()?;
            let paths = Paths { dir: std::path::Path::new("/nonexistent"), sockets: &[] };
            if !guard::of_container(&container, &paths).ok()?.is_empty() || !container.sharers().ok()?.is_empty() {
                return None;
            }
            container.mark(&labels, &[], &[], false).ok()?;
            container.write()
        }
        Route::Create(kind) => {
            let body = Body::new(head.framing).whole(&mut inlet, WHOLE).now_or_never()?.ok()?;
            let mut body = json::read_object(&body).ok()?;
            let shape = if kind == Kind::Volume { &VOLUME } else { &NETWORK };
            if !shape.read(&mut body).ok()?.is_empty() {
                return None;
            }
            labels.mark(json::map_or_new(&mut body, "Labels").ok()?);
            Value::Object(body).to_string().into_bytes()
        }
        Route::Prune(_) => {
            let mut query = Query::read(head.target.query.as_deref()).ok()?;
            query.demand_label(&labels.filter()).ok()?;
            return Some(head.write(Some(&query.write()), Framing::Length(0), false));
        }
        _ => {
            let mut out = head.write(None, head.framing, false);
            let chunked = head.framing == Framing::Chunked;
            Body::new(head.framing).forward(&mut inlet, &mut out, chunked).now_or_never()?.ok()?;
            return Some(out);
        }
    };
    let mut out = head.write(None, Framing::Length(body.len() as u64), true);
    out.extend_from_slice(&body);
    Some(out)
}

/// What is wrong with bytes that would go to the engine, read by another reader than the gateway's own.
#[must_use]
pub fn flaw(sent: &[u8]) -> Option<&'static str> {
    let Some(end) = sent.windows(4).position(|window| window == b"\r\n\r\n") else { return Some("no end of the head") };
    let (head, body) = (&sent[..end], &sent[end + 4..]);
    let lines: Vec<&[u8]> = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end).collect();
    let first: Vec<&[u8]> = lines[0].split(|&byte| byte == b' ').collect();
    let &[method, target, b"HTTP/1.1" | b"HTTP/1.0"] = first.as_slice() else { return Some("the request's line") };
    if !target.starts_with(b"/") || target.starts_with(b"//") || !target.is_ascii() {
        return Some("the target");
    }
    let of = |wanted: &str| {
        let name = |line: &&&[u8]| {
            line.split(|&byte| byte == b':').next().is_some_and(|name| name.eq_ignore_ascii_case(wanted.as_bytes()))
        };
        lines[1..].iter().filter(name).map(|line| line[wanted.len() + 1..].trim_ascii()).collect::<Vec<_>>()
    };
    let content = match (of("content-length").as_slice(), of("transfer-encoding").as_slice()) {
        ([], []) if body.is_empty() => Vec::new(),
        ([length], []) => {
            let length = std::str::from_utf8(length).ok().and_then(|length| length.parse::<usize>().ok());
            if length != Some(body.len()) {
                return Some("the body's length");
            }
            body.to_vec()
        }
        ([], [b"chunked"]) => match unchunk(body) {
            Some(content) => content,
            None => return Some("the chunks"),
        },
        _ => return Some("the framing"),
    };
    if of("connection").len() != 1 || of("expect") != Vec::<&[u8]>::new() {
        return Some("a header of the connection's");
    }
    let path = target.split(|&byte| byte == b'?').next().unwrap_or_default();
    if method == b"POST" && path.ends_with(b"/containers/create") {
        return flaw_of_container(&content);
    }
    None
}

fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).ok()?, 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return if body == b"\r\n" { Some(content) } else { None };
        }
        content.extend_from_slice(body.get(..size)?);
        body = body[size..].strip_prefix(b"\r\n")?;
    }
}

/// As Go reads it: the last field of a name counts, whatever its case.
fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let same = |known: &str| known.to_lowercase().replace('\u{17f}', "s").replace('\u{212a}', "k") == name;
    object.iter().rev().find(|(known, _)| same(known)).map(|(_, value)| value)
}

fn flaw_of_container(content: &[u8]) -> Option<&'static str> {
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(content) else { return Some("the container") };
    let Some(Value::Object(labels)) = field(&body, "labels") else { return Some("no labels") };
    if labels.get(SESSION_LABEL).and_then(Value::as_str) != Some(SESSION) {
        return Some("the label");
    }
    let host = field(&body, "hostconfig").and_then(Value::as_object);
    for part in host.into_iter().chain([&body]) {
        if field(part, "privileged").is_some_and(|value| *value == Value::Bool(true)) {
            return Some("privileged");
        }
        if field(part, "binds").is_some_and(|binds| binds.to_string().contains("\"/:")) {
            return Some("the host's root");
        }
        for mode in ["networkmode", "pidmode", "ipcmode", "utsmode", "usernsmode"] {
            if field(part, mode).and_then(Value::as_str) == Some("host") {
                return Some("a namespace of the host");
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn request(line: &str, headers: &str, body: &str) -> String {
        format!("{line}\r\nHost: d\r\n{headers}\r\n{body}")
    }

    #[test]
    fn its_reader_sees_what_is_wrong() {
        let good = request("POST /containers/create HTTP/1.1", "Content-Length: 2\r\n", "{}");
        let sent = forward(good.as_bytes()).unwrap();
        assert_eq!(flaw(&sent), None, "{}", String::from_utf8_lossy(&sent));
        for (text, expected) in [
            ("GET /a HTTP/1.1\r\nConnection: close\r\n\r\nx", "the framing"),
            ("GET //a HTTP/1.1\r\nConnection: close\r\n\r\n", "the target"),
            ("POST /a HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\nxy", "the body's length"),
            ("POST /a HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx", "the chunks"),
            ("POST /v1.41/containers/create HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", "no labels"),
        ] {
            assert_eq!(flaw(text.as_bytes()), Some(expected), "{text}");
        }
        let label = r#""Labels":{"dermaga.session":"fuzzed"}"#;
        for (body, expected) in [
            (format!("{{{label}}}"), None),
            (format!(r#"{{{label},"labels":{{}}}}"#), Some("the label")),
            (format!("{{{label},\"hostconfig\":{{\"PRIVILEGED\":true}}}}"), Some("privileged")),
            (
                format!("{{{label},\"HostConfig\":{{\"Networ\u{212a}Mode\":\"host\"}}}}"),
                Some("a namespace of the host"),
            ),
            (format!(r#"{{{label},"HostConfig":{{"Binds":["/:/h"]}}}}"#), Some("the host's root")),
        ] {
            assert_eq!(flaw_of_container(body.as_bytes()), expected, "{body}");
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let method = prop_oneof![Just("POST"), Just("GET"), Just("DELETE"), Just("PUT"), Just("post")];
        let path = prop_oneof![
            Just("/containers/create".to_owned()),
            Just("/v1.41/containers/create?name=a".to_owned()),
            Just("/volumes/create".to_owned()),
            Just("/containers/prune?filters={}".to_owned()),
            Just("/_ping".to_owned()),
            "/[a-z%./]{0,20}",
        ];
        let version = prop_oneof![9 => Just("HTTP/1.1"), 1 => Just("HTTP/1.0")];
        (method, path, version).prop_map(|(method, path, version)| format!("{method} {path} {version}"))
    }

    fn headers() -> impl Strategy<Value = String> {
        let header = prop_oneof![
            (0..40usize).prop_map(|length| format!("Content-Length: {length}")),
            Just("Transfer-Encoding: chunked".to_owned()),
            Just("Content-Type: application/json".to_owned()),
            Just("Connection: upgrade".to_owned()),
            Just("Upgrade: h2c".to_owned()),
            Just("Expect: 100-continue".to_owned()),
            "[A-Za-z-]{1,12}: ?[ -~]{0,12}",
            "[\\x00-\\xff]{0,8}",
        ];
        proptest::collection::vec(header, 0..4)
            .prop_map(|headers| headers.into_iter().map(|header| header + "\r\n").collect())
    }

    fn body() -> impl Strategy<Value = String> {
        let name = prop_oneof![
            Just("Labels"),
            Just("labels"),
            Just("Label\u{17f}"),
            Just("HostConfig"),
            Just("hostconfig"),
            Just("Privileged"),
            Just("privileged"),
            Just("Binds"),
            Just("Mounts"),
            Just("NetworkMode"),
            Just("Image"),
        ];
        let value = prop_oneof![
            Just("true".to_owned()),
            Just("null".to_owned()),
            Just("[]".to_owned()),
            Just("{}".to_owned()),
            Just("\"host\"".to_owned()),
            Just("[\"/:/h\"]".to_owned()),
            "[ -~]{0,6}",
        ];
        let object = |value: BoxedStrategy<String>| {
            proptest::collection::vec((name.clone(), value), 0..4).prop_map(|fields| {
                let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", fields.join(","))
            })
        };
        let inner = object(value.clone().boxed()).boxed();
        object(prop_oneof![value, inner].boxed())
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_understood(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(sent) = forward(&bytes) {
                prop_assert_eq!(flaw(&sent), None, "{}", String::from_utf8_lossy(&sent));
            }
        }

        #[test]
        fn a_request_is_refused_or_understood(
            line in line(), headers in headers(), body in body(), framed in 0..4u8, more in "[ -~\\r\\n]{0,20}",
        ) {
            let (length, chunks) = (body.len(), format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len()));
            let text = match framed {
                0 => request(&line, &headers, &(body + &more)),
                1 => request(&line, &format!("{headers}Transfer-Encoding: chunked\r\n"), &(chunks + &more)),
                _ => request(&line, &format!("{headers}Content-Length: {length}\r\n"), &(body + &more)),
            };
            if let Some(sent) = forward(text.as_bytes()) {
                prop_assert_eq!(flaw(&sent), None, "{:?} became {}", text, String::from_utf8_lossy(&sent));
            }
        }
    }
}
