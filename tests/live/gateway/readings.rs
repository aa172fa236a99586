//! Requests that two parsers may read differently, because of their heads, framing, targets or JSON.

use super::attempts::Fate::{Any, No, Yes};
use super::attempts::{Attempt, BODY, Fate, head};
use super::raw::request;

/// Returns a request for a container, which the tests append to another request.
fn hidden() -> String {
    String::from_utf8(request("POST", "/containers/create", BODY)).expect("ASCII")
}

/// Adds requests with heads and bodies that two parsers may read differently.
pub(super) fn of_http(cases: &mut Vec<Attempt>) {
    let mut add = |what: &str, fate, text: String| {
        cases.push(Attempt { what: format!("http: {what}"), bytes: text.into_bytes(), fate });
    };
    let create = "POST /containers/create HTTP/1.1";
    let length = BODY.len();
    let chunked = format!("{length:x}\r\n{BODY}\r\n0\r\n\r\n");
    let hidden = hidden();
    add(
        "upgrade on a ping",
        Any,
        format!("{}{hidden}", head("GET /_ping HTTP/1.1", "Connection: Upgrade\r\nUpgrade: tcp\r\n")),
    );
    add(
        "upgrade on an exec that is not there",
        Any,
        format!(
            "{}{{}}{hidden}",
            head("POST /exec/nope/start HTTP/1.1", "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 2\r\n")
        ),
    );
    add(
        "upgrade on an attach that is not there",
        Any,
        format!(
            "{}{hidden}",
            head("POST /containers/nope/attach?stream=1 HTTP/1.1", "Connection: Upgrade\r\nUpgrade: tcp\r\n")
        ),
    );
    add(
        "h2c on a create",
        Any,
        format!(
            "{}{BODY}{hidden}",
            head(
                create,
                &format!(
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nContent-Length: {length}\r\n"
                )
            )
        ),
    );
    add("HTTP/2 from the start", No, format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{hidden}"));
    add("a second request behind the first", Any, format!("{}{hidden}", head("GET /_ping HTTP/1.1", "")));
    add(
        "a second request in a body that is not told",
        Any,
        format!("{}{hidden}", head("GET /version HTTP/1.1", "Connection: keep-alive\r\n")),
    );
    add("length 0 and a body", Any, format!("{}{BODY}", head(create, "Content-Length: 0\r\n")));
    add("no length and a body", Any, format!("{}{BODY}", head(create, "")));
    add(
        "a create by keep-alive",
        Yes,
        format!("{}{BODY}", head(create, &format!("Connection: keep-alive\r\nContent-Length: {length}\r\n"))),
    );
    add("chunks", Yes, format!("{}{chunked}", head(create, "Transfer-Encoding: chunked\r\n")));
    add(
        "chunks with an extension and a trailer",
        Yes,
        format!(
            "{}{length:x};a=\"\r\n{BODY}\r\n0\r\nContent-Length: 0\r\n\r\n",
            head(create, "Transfer-Encoding: chunked\r\nTrailer: Content-Length\r\n")
        ),
    );
    add("chunks, then a request", Yes, format!("{}{chunked}{hidden}", head(create, "Transfer-Encoding: chunked\r\n")));
    // hyper reads each of these requests in one way. The gateway encodes the result as a new request, so the engine
    // cannot read it in another way.
    for (what, headers) in [
        ("length and chunks", format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n")),
        ("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n".to_owned()),
        ("the same length twice", format!("Content-Length: {length}\r\nContent-Length: {length}\r\n")),
    ] {
        let body = if headers.contains("hunked") { &chunked } else { BODY };
        add(what, Yes, format!("{}{body}", head(create, &headers)));
    }
    for (what, headers) in [
        ("two lengths", format!("Content-Length: {length}\r\nContent-Length: 0\r\n")),
        ("a list of lengths", format!("Content-Length: {length}, {length}\r\n")),
        ("a length with a sign", format!("Content-Length: +{length}\r\n")),
        ("a negative length", "Content-Length: -1\r\n".to_owned()),
        ("a hexadecimal length", format!("Content-Length: 0x{length:x}\r\n")),
        ("a length that overflows", format!("Content-Length: 18446744073709551{length}\r\n")),
        ("a space before the colon", format!("Content-Length : {length}\r\n")),
        ("a folded header", format!("X: y\r\n Content-Length: {length}\r\nTransfer-Encoding:\r\n chunked\r\n")),
        ("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".to_owned()),
        ("chunked in a list", "Transfer-Encoding: identity, chunked\r\n".to_owned()),
        ("another coding", "Transfer-Encoding: gzip\r\n".to_owned()),
        ("nearly chunked", "Transfer-Encoding: xchunked\r\n".to_owned()),
        ("chunked behind a control character", "Transfer-Encoding: \x0bchunked\r\n".to_owned()),
        ("a body in gzip", format!("Content-Encoding: gzip\r\nContent-Length: {length}\r\n")),
        ("an expectation", format!("Expect: 200-ok\r\nContent-Length: {length}\r\n")),
        ("two expectations", format!("Expect: 100-continue\r\nExpect: x\r\nContent-Length: {length}\r\n")),
        ("two hosts", format!("Host: other\r\nContent-Length: {length}\r\n")),
        ("a NUL in a header", format!("X: a\0b\r\nContent-Length: {length}\r\n")),
        ("a bare CR in a header", format!("X: a\rTransfer-Encoding: chunked\r\nContent-Length: {length}\r\n")),
        ("many headers", format!("{}Content-Length: {length}\r\n", "X: y\r\n".repeat(500))),
        ("a huge header", format!("X: {}\r\nContent-Length: {length}\r\n", "y".repeat(200_000))),
        ("a form", format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n")),
    ] {
        let text = if headers.contains("hunked") {
            format!("{}{chunked}", head(create, &headers))
        } else {
            format!("{}{BODY}", head(create, &headers))
        };
        add(what, No, text);
    }
    add(
        "a word before the body",
        Yes,
        format!("{}{BODY}", head(create, &format!("Expect: 100-continue\r\nContent-Length: {length}\r\n"))),
    );
    add(
        "the length called the connection's",
        Yes,
        format!(
            "{}{BODY}",
            head(create, &format!("Connection: Content-Length, Content-Type\r\nContent-Length: {length}\r\n"))
        ),
    );
    add(
        "another method in a header",
        Any,
        format!(
            "{}{BODY}",
            head(
                "GET /containers/create HTTP/1.1",
                &format!("X-HTTP-Method-Override: POST\r\nContent-Length: {length}\r\n")
            )
        ),
    );
    add(
        "lines that end in LF",
        Any,
        format!("{}{BODY}", head(create, &format!("Content-Length: {length}\r\n")).replace("\r\n", "\n")),
    );
    add("an empty line first", Any, format!("\r\n{hidden}"));
    add("a space first", No, format!(" {hidden}"));
    add(
        "old HTTP with chunks",
        No,
        format!("{}{chunked}", head("POST /containers/create HTTP/1.0", "Transfer-Encoding: chunked\r\n")),
    );
    for size in ["-3", "+22", "0x22", " 22", "22 3", "fffffffffffffffff", "", "22\t;\n0"] {
        add(
            "a chunk's size",
            No,
            format!("{}{size}\r\n{BODY}\r\n0\r\n\r\n", head(create, "Transfer-Encoding: chunked\r\n")),
        );
    }
    add(
        "a chunk that ends in LF",
        No,
        format!("{}{length:x}\n{BODY}\n0\n\n", head(create, "Transfer-Encoding: chunked\r\n")),
    );
    let long = format!(r#"{{"pad":"{}","Image":"busybox"}}"#, "x".repeat(5 << 20));
    add(
        "a body that is too long to be read",
        No,
        String::from_utf8(request("POST", "/containers/create", &long)).expect("ASCII"),
    );
    for line in [
        "POST http://docker/containers/create HTTP/1.1",
        "POST //containers/create HTTP/1.1",
        "POST /containers//create HTTP/1.1",
        "POST /./containers/create HTTP/1.1",
        "POST /x/../containers/create HTTP/1.1",
        "POST /containers/create/ HTTP/1.1",
        "POST /containers%2Fcreate HTTP/1.1",
        "POST /contain%65rs/create HTTP/1.1",
        "POST /%63ontainers/create HTTP/1.1",
        "POST /containers/create%2f HTTP/1.1",
        "POST /containers/create%3fa=b HTTP/1.1",
        "POST /containers\\create HTTP/1.1",
        "POST /v1.23/containers/create HTTP/1.1",
        "POST /v1.41//containers/create HTTP/1.1",
        "POST /v1.41/v1.41/containers/create HTTP/1.1",
        "POST /V1.41/containers/create HTTP/1.1",
        "POST /v01.41/../containers/create HTTP/1.1",
        "POST /Containers/Create HTTP/1.1",
        "POST containers/create HTTP/1.1",
        "POST * HTTP/1.1",
        "post /containers/create HTTP/1.1",
        "POST\t/containers/create HTTP/1.1",
        "POST  /containers/create HTTP/1.1",
        "POST /containers/create HTTP/1.1 HTTP/1.1",
        "POST /containers/create HTTP/9.9",
        "PATCH /containers/create HTTP/1.1",
        "CONNECT docker:80 HTTP/1.1",
        "PUT /containers/create HTTP/1.1",
        "POST /libpod/containers/create HTTP/1.1",
        "POST /v4.0.0/libpod/containers/create HTTP/1.1",
        "POST /containers/create?name=a;name=b HTTP/1.1",
        "POST /containers/create?name=a&name=b HTTP/1.1",
        "POST /containers/create?name=%zz HTTP/1.1",
    ] {
        add(line, No, format!("{}{BODY}", head(line, &format!("Content-Length: {length}\r\n"))));
    }
    // The gateway removes the fragment before it sends the request to the engine.
    add(
        "a fragment",
        Yes,
        format!("{}{BODY}", head("POST /containers/create#x HTTP/1.1", &format!("Content-Length: {length}\r\n"))),
    );
    add(
        "a version of the API",
        Yes,
        format!(
            "{}{BODY}",
            head("POST /v1.41/containers/create?platform= HTTP/1.1", &format!("Content-Length: {length}\r\n"))
        ),
    );
}

/// Adds requests whose JSON has a field twice or in another spelling.
pub(super) fn of_json(cases: &mut Vec<Attempt>) {
    let long_s = "\u{17f}";
    let kelvin = "\u{212a}";
    let mine = r#"{"dermaga.session":"other"}"#;
    let table: Vec<(Fate, String)> = vec![
        (Yes, format!(r#"{{"Image":"busybox","Labels":{mine}}}"#)),
        (Yes, format!(r#"{{"Image":"busybox","lAbElS":{mine}}}"#)),
        (Yes, format!(r#"{{"Image":"busybox","Label{long_s}":{mine}}}"#)),
        (Yes, r#"{"Image":"busybox","Labels":null}"#.to_owned()),
        (No, format!(r#"{{"Image":"busybox","Labels":{{}},"labels":{mine}}}"#)),
        (No, format!(r#"{{"Image":"busybox","Labels":{{}},"Label{long_s}":{mine}}}"#)),
        (Yes, format!(r#"{{"Image":"busybox","Labels":{{}},"Labels":{mine}}}"#)),
        (No, r#"{"Image":"busybox","HostConfig":{},"HostConfig":{"Privileged":true}}"#.to_owned()),
        (Yes, r#"{"Image":"busybox","HostConfig":{"Privileged":true},"HostConfig":{}}"#.to_owned()),
        (No, r#"{"Image":"busybox","Labels":["dermaga.session=other"]}"#.to_owned()),
        (No, r#"{"Image":"busybox","Labels":"x"}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":true},"hostconfig":{}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":false,"privileged":true}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"\u0050rivileged":true}}"#.to_owned()),
        (No, r#"{"Image":"busybox","Ho\u0073tConfig":{"PRIVILEGED":true}}"#.to_owned()),
        (No, format!(r#"{{"Image":"busybox","Ho{long_s}tConfig":{{"Privileged":true}}}}"#)),
        (No, format!(r#"{{"Image":"busybox","HostConfig":{{"Networ{kelvin}Mode":"host"}}}}"#)),
        (No, r#"{"Image":"busybox","Privileged":true}"#.to_owned()),
        (No, r#"{"Image":"busybox","Binds":["/:/h"]}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":null,"Binds":["/:/h"]}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":1}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":{"Privileged":"true"}}"#.to_owned()),
        (No, r#"{"Image":"busybox","HostConfig":[{"Privileged":true}]}"#.to_owned()),
        (No, format!("\u{feff}{BODY}")),
        (No, format!(r#"{BODY}{{"Image":"busybox","HostConfig":{{"Privileged":true}}}}"#)),
        (No, format!("{BODY}]")),
        (No, format!("[{BODY}]")),
        (No, "null".to_owned()),
        (No, format!(r#"{{"Image":"busybox","x":{}{}}}"#, "[".repeat(5000), "]".repeat(5000))),
    ];
    for (fate, body) in table {
        let what = format!("json: {}", body.chars().take(90).collect::<String>());
        cases.push(Attempt { what, bytes: request("POST", "/containers/create", &body), fate });
    }
    let mut broken = request("POST", "/containers/create", r#"{"Image":"busybox","a":"??"}"#);
    for byte in broken.iter_mut().filter(|byte| **byte == b'?') {
        *byte = 0xff;
    }
    cases.push(Attempt { what: "json: broken UTF-8".into(), bytes: broken, fate: No });
}
