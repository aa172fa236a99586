//! Accepts requests of a browser on this machine only. Pages of other origins and rebound host names are refused.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts as _;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use super::answer;
use super::site_files::{SiteFiles, State};
use crate::text::percent;

/// The address of the socket that reports changes.
const LIVE: &str = "/-/live";

struct OriginGuard {
    port: u16,
    site_files: Arc<SiteFiles>,
    limits: Limits,
}

/// Time limits for a client, so that unused connections do not pile up.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// The time to send a request's head.
    pub(super) head: Duration,
    /// The time to read an answer or a message, which may pass a slow tunnel.
    pub(super) whole: Duration,
}

impl Limits {
    pub(super) const USUAL: Self = Self { head: Duration::from_secs(10), whole: Duration::from_mins(2) };
}

/// Answers until the runtime ends.
pub(super) async fn listen(mut listener: TcpListener, port: u16, site_files: Arc<SiteFiles>, limits: Limits) -> ! {
    let guard = Arc::new(OriginGuard { port, site_files, limits });
    loop {
        // `accept` waits if this program has too many files open.
        let (stream, _) = Listener::accept(&mut listener).await;
        tokio::spawn(answer_client(Arc::clone(&guard), stream));
    }
}

/// Answers a connection's requests, one after another.
async fn answer_client(guard: Arc<OriginGuard>, stream: TcpStream) {
    let Limits { head, whole } = guard.limits;
    let service = service_fn(move |request| {
        let guard = Arc::clone(&guard);
        async move { Ok::<_, Infallible>(enter(&guard, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    if timeout(whole, connection.as_mut()).await.is_err() {
        // The answer that is being sent is the last one, and has the same time again.
        connection.as_mut().graceful_shutdown();
        let _ = timeout(whole, connection).await;
    }
}

async fn enter<B>(guard: &OriginGuard, request: Request<B>) -> Response {
    let (mut parts, _) = request.into_parts();
    let Some(host) = host(&parts.headers).filter(|host| is_ours(host, guard.port)).map(str::to_owned) else {
        return answer::refuse(StatusCode::MISDIRECTED_REQUEST);
    };
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return answer::refuse(StatusCode::METHOD_NOT_ALLOWED);
    }
    let path = parts.uri.path().to_owned();
    if path != LIVE {
        return answer::answer(&guard.site_files, &path);
    }
    let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    if origin != Some(format!("http://{host}").as_str()) {
        return answer::refuse(StatusCode::FORBIDDEN);
    }
    let mark =
        parts.uri.query().and_then(|query| query.strip_prefix("page=")).and_then(percent::decode).unwrap_or_default();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => {
            let (states, limit) = (guard.site_files.states(), guard.limits.whole);
            upgrade.max_message_size(1024).on_upgrade(async move |socket| tell(socket, states, &mark, limit).await)
        }
        Err(_) => answer::refuse(StatusCode::BAD_REQUEST),
    }
}

/// Tells a page to reload as soon as the site has another mark than the page.
async fn tell(mut socket: WebSocket, mut states: watch::Receiver<State>, mark: &str, limit: Duration) {
    while states.borrow_and_update().mark == mark {
        tokio::select! {
            changed = states.changed() => if changed.is_err() {
                return;
            },
            said = socket.recv() => if matches!(said, None | Some(Err(_) | Ok(Message::Close(_)))) {
                return;
            },
        }
    }
    let _ = timeout(limit, socket.send(Message::text("reload"))).await;
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST).and_then(|host| host.to_str().ok())
}

/// Whether a `Host` header names this server, and not a rebound host name.
fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| rest == format!(":{port}") || port == 80 && rest.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::super::site_files::tests::{made, site_files};
    use super::*;

    #[test]
    fn only_the_loopbacks_own_names_are_ours() {
        for host in ["127.0.0.1:4646", "localhost:4646", "[::1]:4646"] {
            assert!(is_ours(host, 4646), "{host}");
        }
        for host in ["127.0.0.1", "127.0.0.1:4647", "evil.test:4646", "localhost.evil.test:4646", "127.0.0.1:46460", ""]
        {
            assert!(!is_ours(host, 4646), "{host}");
        }
    }

    /// A client that sends `parts`, one every 50 ms, and then only waits: what it gets until it is cut off.
    async fn cut_off(parts: &[&str]) -> String {
        let limits = Limits { head: Duration::from_millis(400), whole: Duration::from_secs(2) };
        let address = start(limits, "").await;
        let mut client = TcpStream::connect(address).await.unwrap();
        let mut answer = Vec::new();
        let exchange = async {
            for part in parts {
                tokio::time::sleep(Duration::from_millis(50)).await;
                let part = part.replace("HOST", &format!("127.0.0.1:{}", address.port()));
                // The server may have had enough.
                let _ = client.write_all(part.as_bytes()).await;
            }
            let _ = client.read_to_end(&mut answer).await;
        };
        timeout(Duration::from_secs(20), exchange).await.expect("the end of the connection");
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn start(limits: Limits, big: &str) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site_files = site_files();
        site_files.put(Ok(made(&[("index.html", "<head></head><body></body>"), ("big.txt", big)])));
        tokio::spawn(listen(listener, address.port(), Arc::new(site_files), limits));
        address
    }

    #[tokio::test]
    async fn half_open_requests_are_cut_off() {
        let slow: Vec<String> = (0..60).map(|number| format!("X-{number}: y\r\n")).collect();
        let slow: Vec<&str> = ["GET / HTTP/1.1\r\n"].into_iter().chain(slow.iter().map(String::as_str)).collect();
        let mut letters = vec!["GET / HTTP/1.1\r\nHost: "];
        letters.extend(["a"; 60]);
        let half: [&[&str]; 5] = [&[], &["GE"], &["GET / HTTP/1.1\r\nHost: HOST\r\n"], &slow, &letters];
        for parts in half {
            let answer = cut_off(parts).await;
            assert!(!answer.contains(" 200 "), "{answer}");
        }
    }

    /// No request has a body that we read, so the answer does not wait for one.
    #[tokio::test]
    async fn body_that_never_comes_is_not_waited_for() {
        for length in ["Content-Length: 1000", "Transfer-Encoding: chunked"] {
            for (method, status) in [("GET", "200"), ("POST", "405")] {
                let head = format!("{method} / HTTP/1.1\r\nHost: HOST\r\n{length}\r\n\r\n");
                let answer = cut_off(&[&head]).await;
                assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{head}{answer}");
            }
        }
    }

    #[tokio::test]
    async fn reader_that_never_reads_is_cut_off() {
        // More than the sockets hold.
        let page = "x".repeat(64 << 20);
        let limits = Limits { head: Duration::from_millis(400), whole: Duration::from_secs(1) };
        let address = start(limits, &page).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        let request = format!("GET /big.txt HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", address.port());
        client.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(limits.whole * 3).await;
        let mut answer = Vec::new();
        let _ = timeout(Duration::from_secs(20), client.read_to_end(&mut answer)).await.expect("the end");
        assert!(answer.len() < page.len(), "{}", answer.len());
    }
}
