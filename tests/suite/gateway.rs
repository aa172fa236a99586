//! Sends random requests through a gateway to a simulated engine. The checks of the gateway's fuzz target decide
//! whether a forwarded request is safe.

use std::time::Duration;

use proptest::prelude::*;

use crate::gateway_oracle::{check, flaw, forward};

fn request(line: &str, headers: &str, body: &str) -> String {
    format!("{line}\r\nHost: d\r\n{headers}\r\n{body}")
}

#[test]
fn checks_of_the_fuzz_target_find_flaws_in_requests() {
    let good = request("POST /containers/create HTTP/1.1", "Content-Length: 2\r\n", "{}");
    let sent = forward(good.as_bytes(), Duration::from_secs(20));
    let created: Vec<_> = sent.iter().filter(|sent| sent.starts_with(b"POST /containers/create ")).collect();
    assert_eq!(created.len(), 1, "{sent:?}");
    assert_eq!(flaw(created[0]), None, "{}", String::from_utf8_lossy(created[0]));
    for (text, expected) in [
        ("GET /a HTTP/1.1\r\nHost: d\r\n\r\nx", "the framing"),
        ("GET //a HTTP/1.1\r\nHost: d\r\n\r\n", "the target"),
        ("POST /a HTTP/1.1\r\nHost: d\r\nContent-Length: 1\r\n\r\nxy", "the body's length"),
        ("POST /a HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx", "the chunks"),
        ("POST /v1.41/containers/create HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\n{}", "no labels"),
    ] {
        assert_eq!(flaw(text.as_bytes()), Some(expected), "{text}");
    }
    let label = r#""Labels":{"dermaga.session":"fuzzed"}"#;
    for (body, expected) in [
        (format!("{{{label}}}"), None),
        (format!(r#"{{{label},"labels":{{}}}}"#), Some("the label")),
        (format!("{{{label},\"hostconfig\":{{\"PRIVILEGED\":true}}}}"), Some("privileged")),
        (format!("{{{label},\"HostConfig\":{{\"Networ\u{212a}Mode\":\"host\"}}}}"), Some("a namespace of the host")),
        (format!(r#"{{{label},"HostConfig":{{"Binds":["/:/h"]}}}}"#), Some("the host's root")),
    ] {
        let length = body.len();
        let sent = format!("POST /containers/create HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{body}");
        assert_eq!(flaw(sent.as_bytes()), expected, "{body}");
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
        check(&bytes);
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
        check(text.as_bytes());
    }
}
