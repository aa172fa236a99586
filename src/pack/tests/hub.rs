//! Tests the server as a client of a hub, and as a hub: over TLS, with tokens, under Docker Hub's names.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, HeaderValue, Method, Uri};

use super::super::*;
use super::{DOCKER, Fixture, TestMirror};

/// Serves the pack of a fixture as Docker Hub on a loopback address. Returns the hub's address and certificate.
fn hub_of_our_own(fixture: &Fixture) -> HubSpec {
    let identity = HubIdentity::new().unwrap();
    let extra_ca = fixture.path().join("ca.pem");
    fs::write(&extra_ca, identity.certificate_pem()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let source = ImageSource::Pack(fixture.path().to_owned());
    std::thread::spawn(move || serve_as_hub(vec![listener], source, &identity).unwrap());
    HubSpec {
        extra_ca: Some(extra_ca),
        resolve: HubIdentity::NAMES.iter().map(|&name| (name.to_owned(), address)).collect(),
        ..HubSpec::default()
    }
}

fn mirror(spec: HubSpec) -> TestMirror {
    TestMirror { address: super::serve(ImageSource::Hub(spec)), manifest: Digest::of(b"") }
}

/// Starts a hub over plain HTTP. The hub passes the head of each request to `script`, which returns the answer. The hub
/// records the heads.
fn scripted(script: fn(&str) -> String) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let head = head.join("\n");
            seen.lock().unwrap().push(head.clone());
            stream.write_all(script(&head).replace("HUB", &address.to_string()).as_bytes()).unwrap();
        }
    });
    (address, heads)
}

fn plain(address: SocketAddr) -> TestMirror {
    mirror(HubSpec { base: format!("http://{address}"), ..HubSpec::default() })
}

/// The header with the token that this program's hub gives to everybody.
const TOKEN: &str = "Authorization: Bearer anonymous\r\n";

fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

#[test]
fn server_passes_a_hubs_images_to_the_engine_unchanged() {
    let fixture = Fixture::new();
    let mirror = mirror(hub_of_our_own(&fixture));
    let digest = fixture.open().find("mongo:4.1").unwrap().digest;
    let expected = fs::read(fixture.blob_path(digest)).unwrap();

    let asks = mirror.get("/v2/");
    assert_eq!(asks.status, 401);
    assert!(asks.header("www-authenticate").starts_with("Bearer realm=\"https://auth.docker.io/token\""));
    assert_eq!(mirror.ask("GET", "/v2/", TOKEN).status, 200);
    for reference in ["4.1", &digest.to_string()] {
        let target = format!("/v2/library/mongo/manifests/{reference}");
        let answer = mirror.ask("GET", &target, &format!("{TOKEN}Accept: {DOCKER}\r\n"));
        assert_eq!((answer.status, &answer.body), (200, &expected));
        assert_eq!(answer.header("content-type"), DOCKER);
        assert_eq!(answer.header("docker-content-digest"), digest.to_string());
        let head = mirror.ask("HEAD", &target, TOKEN);
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), expected.len().to_string());
    }
    let blob = format!("/v2/library/mongo/blobs/{}", Digest::of(b"0123456789"));
    assert_eq!(mirror.ask("GET", &blob, TOKEN).body, b"0123456789");
    assert_eq!(
        mirror.ask("GET", "/v2/library/mongo/tags/list", TOKEN).json()["tags"],
        serde_json::json!(["4.1", "4.2"])
    );
}

#[test]
fn server_passes_a_hubs_refusal_to_the_engine_unchanged() {
    let fixture = Fixture::new();
    let mirror = mirror(hub_of_our_own(&fixture));
    assert_eq!(mirror.ask("GET", "/v2/library/mongo/manifests/9", TOKEN).error(), (404, "MANIFEST_UNKNOWN".into()));
    let unknown = mirror.ask("GET", "/v2/library/mongoo/manifests/4.1", TOKEN);
    assert_eq!(unknown.error(), (401, "DENIED".into()));
    assert!(unknown.header("www-authenticate").contains("error=\"insufficient_scope\""));
}

#[test]
fn server_refuses_a_hub_with_an_untrusted_certificate() {
    let fixture = Fixture::new();
    let mirror = mirror(HubSpec { extra_ca: None, ..hub_of_our_own(&fixture) });
    let answer = mirror.get("/v2/library/mongo/manifests/4.1");
    assert_eq!(answer.error(), (502, "UNKNOWN".into()));
    assert!(
        answer.reason.contains("registry-1.docker.io cannot be reached: invalid peer certificate"),
        "{}",
        answer.reason
    );
}

#[test]
fn status_line_names_a_hub_that_cannot_be_reached() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let answer = plain(closed).get("/v2/library/mongo/manifests/4.1");
    assert_eq!(answer.error(), (502, "UNKNOWN".into()));
    assert!(answer.reason.starts_with("Docker Hub is out of reach: 127.0.0.1 cannot be reached:"), "{}", answer.reason);
}

#[test]
fn server_passes_a_hubs_pull_limit_and_server_errors_to_the_engine() {
    let (address, _) = scripted(|head| {
        if head.contains("/limited/") {
            let body = r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"#;
            http(
                "429 Too Many Requests",
                "Content-Type: application/json\r\nRetry-After: 60\r\nRateLimit-Remaining: 0;w=21600\r\n",
                body,
            )
        } else {
            http("503 Service Unavailable", "Content-Type: text/plain\r\n", "upstream trouble\n")
        }
    });
    let mirror = plain(address);
    let limited = mirror.get("/v2/limited/x/manifests/1");
    assert_eq!(limited.error(), (429, "TOOMANYREQUESTS".into()));
    assert_eq!((limited.header("retry-after"), limited.header("ratelimit-remaining")), ("60", "0;w=21600"));
    let trouble = mirror.get("/v2/library/x/manifests/1");
    assert_eq!((trouble.status, &trouble.body[..]), (503, &b"upstream trouble\n"[..]));
}

#[test]
fn token_is_not_sent_to_the_host_of_a_redirect() {
    let (elsewhere, seen_elsewhere) = scripted(|_| http("200 OK", "", "layer"));
    let (address, _) = scripted(|head| {
        if !head.contains("authorization: Bearer t1") {
            return http("401 Unauthorized", "WWW-Authenticate: Bearer realm=\"http://HUB/token\"\r\n", "{}");
        }
        let first = head.lines().next().unwrap_or_default();
        let port = first.rsplit_once("port=").and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default();
        http("307 Temporary Redirect", &format!("Location: http://127.0.0.1:{port}/layer?signed\r\n"), "")
    });
    let mirror = plain(address);
    let target = format!("/v2/library/x/blobs/{}?port={}", Digest::of(b"layer"), elsewhere.port());
    let asks = mirror.get(&target);
    assert_eq!(
        (asks.status, asks.header("www-authenticate")),
        (401, &*format!("Bearer realm=\"http://{address}/token\""))
    );
    let answer = mirror.ask("GET", &target, "Authorization: Bearer t1\r\n");
    assert_eq!((answer.status, &answer.body[..]), (200, &b"layer"[..]));
    let heads = seen_elsewhere.lock().unwrap();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].starts_with("GET /layer?signed ") && !heads[0].contains("authorization"), "{heads:?}");
}

#[test]
fn redirect_in_a_circle_or_to_plain_http_fails() {
    let (address, seen) = scripted(|_| http("302 Found", "Location: /v2/library/x/manifests/1\r\n", ""));
    let answer = plain(address).get("/v2/library/x/manifests/1");
    assert_eq!(answer.status, 502);
    assert!(answer.reason.contains("redirects"), "{}", answer.reason);
    assert_eq!(seen.lock().unwrap().len(), 6);

    let join = |base: &str, reference: &str| {
        super::super::hub::join(&base.parse::<Uri>().unwrap(), reference).ok().map(|uri| uri.to_string())
    };
    assert_eq!(join("https://hub/v2/", "/x?y").as_deref(), Some("https://hub/x?y"));
    assert_eq!(join("https://hub/", "https://other/x").as_deref(), Some("https://other/x"));
    for (base, reference) in [
        ("https://hub/", "http://other/x"),
        ("https://hub/", "//other/x"),
        ("http://hub/", "file:///etc/passwd"),
        ("http://hub/", "x"),
    ] {
        assert_eq!(join(base, reference), None, "{reference}");
    }
}

#[test]
fn answer_that_a_hub_cuts_off_reaches_the_engine_cut_off() {
    let (address, _) =
        scripted(|_| "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nonly this".to_owned());
    let answer = plain(address).get(&format!("/v2/library/x/blobs/{}", Digest::of(b"")));
    assert_eq!((answer.status, answer.header("content-length"), answer.body.len()), (200, "100", 9));
}

#[test]
fn server_asks_for_tokens_and_refuses_wrong_logins_like_docker_hub() {
    let fixture = Fixture::new();
    let spec = hub_of_our_own(&fixture);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = spec.client().unwrap();
    let ask = |method: Method, url: &str, authorization: Option<&str>| {
        let mut headers = HeaderMap::new();
        if let Some(value) = authorization {
            headers.insert("authorization", HeaderValue::try_from(value).unwrap());
        }
        let response = runtime.block_on(client.send(&method, &url.parse().unwrap(), &headers)).unwrap();
        let challenge =
            response.headers().get("www-authenticate").map_or("", |value| value.to_str().unwrap()).to_owned();
        assert_eq!(response.headers()["docker-distribution-api-version"], "registry/2.0");
        (response.status().as_u16(), challenge)
    };
    let hub = "https://registry-1.docker.io";
    let (status, challenge) = ask(Method::GET, &format!("{hub}/v2/"), None);
    assert_eq!(status, 401);
    assert_eq!(challenge, r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#);
    assert_eq!(ask(Method::GET, &format!("{hub}/v2/"), Some("Bearer wrong")).0, 401);
    assert_eq!(ask(Method::GET, &format!("{hub}/v2/"), Some("Bearer anonymous")), (200, String::new()));
    assert_eq!(ask(Method::GET, "https://auth.docker.io/token?scope=x", None).0, 200);
    // Both of these requests have a wrong name or password.
    assert_eq!(ask(Method::GET, "https://auth.docker.io/token", Some("Basic bXVyaWQ6cmFoYXNpYQ==")).0, 401);
    assert_eq!(ask(Method::POST, "https://auth.docker.io/token", None).0, 401);
    let (status, challenge) =
        ask(Method::POST, &format!("{hub}/v2/library/mongo/blobs/uploads/"), Some("Bearer anonymous"));
    assert_eq!((status, challenge.ends_with(r#"error="insufficient_scope""#)), (401, true));
}
