//! Requests of the browser on this machine. Pages of other origins, and names that were made to lead here, get nothing.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;

use super::answer::{self, decoded};
use super::shelf::{News, Shelf};

/// Where a page hears of changes.
const LIVE: &str = "/-/live";

struct Door {
    port: u16,
    shelf: Arc<Shelf>,
}

pub(super) async fn listen(listener: TcpListener, port: u16, shelf: Arc<Shelf>) -> io::Result<()> {
    let door = Arc::new(Door { port, shelf });
    axum::serve(listener, Router::new().fallback(enter).with_state(door)).await
}

async fn enter(State(door): State<Arc<Door>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let Some(host) = host(&parts.headers).filter(|host| is_ours(host, door.port)).map(str::to_owned) else {
        return answer::refuse(StatusCode::MISDIRECTED_REQUEST);
    };
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return answer::refuse(StatusCode::METHOD_NOT_ALLOWED);
    }
    let path = parts.uri.path().to_owned();
    if path != LIVE {
        return answer::answer(&door.shelf, &path);
    }
    let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    if origin != Some(format!("http://{host}").as_str()) {
        return answer::refuse(StatusCode::FORBIDDEN);
    }
    let mark = parts.uri.query().and_then(|query| query.strip_prefix("page=")).and_then(decoded).unwrap_or_default();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => {
            let shelf = Arc::clone(&door.shelf);
            upgrade.max_message_size(1024).on_upgrade(async move |socket| tell(socket, &shelf, &mark).await)
        }
        Err(_) => answer::refuse(StatusCode::BAD_REQUEST),
    }
}

/// Tells a page what it should know, until it is to load itself again or goes away.
async fn tell(mut socket: WebSocket, shelf: &Shelf, mark: &str) {
    let mut revisions = shelf.revisions();
    let mut last = None;
    loop {
        revisions.borrow_and_update();
        let news = shelf.news(mark);
        if last.as_ref() != Some(&news) {
            let text = match &news {
                News::Reload => serde_json::json!({ "reload": true }),
                News::Wrong(wrong) => serde_json::json!({ "wrong": wrong }),
            };
            if socket.send(Message::text(text.to_string())).await.is_err() {
                return;
            }
            last = Some(news);
        }
        loop {
            tokio::select! {
                changed = revisions.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    break;
                }
                said = socket.recv() => match said {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                },
            }
        }
    }
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST).and_then(|host| host.to_str().ok())
}

/// Whether a browser that sends this `Host` asked for us and not for a name that somebody made to lead here.
fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| rest == format!(":{port}") || port == 80 && rest.is_empty())
    })
}

#[cfg(test)]
mod tests {
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
}
