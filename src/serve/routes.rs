//! Answers a browser on this machine with the files of the site. Refuses requests that name another host, and a
//! WebSocket of another origin.

use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{any, get};
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;

use super::site_files::{SiteFiles, SiteState};
use crate::text::percent;

const SCRIPT: &str = include_str!("../../theme/js/live.js");
const STYLE: &str = include_str!("../../theme/css/live.css");

/// The headers of every response. The headers keep other origins out, and forbid frames.
const HEADERS: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
];

/// Returns the routes of a server on `port`: the files of the site, and the WebSocket that tells a page to reload.
pub(super) fn routes(site_files: Arc<SiteFiles>, port: u16) -> Router {
    Router::new()
        .route("/-/live", any(listen))
        .route("/-/live.js", get(([(CONTENT_TYPE, content_type("live.js"))], SCRIPT)))
        .route("/-/live.css", get(([(CONTENT_TYPE, content_type("live.css"))], STYLE)))
        .fallback(send_file)
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(port, guard))
        .with_state(site_files)
}

/// Accepts GET and HEAD requests that name this server, and refuses all others. Adds the headers to every response.
async fn guard(State(port): State<u16>, request: Request, next: Next) -> Response {
    let mut response = if !text_of(request.headers(), &HOST).is_some_and(|host| is_ours(host, port)) {
        refuse(StatusCode::MISDIRECTED_REQUEST)
    } else if matches!(*request.method(), Method::GET | Method::HEAD) {
        next.run(request).await
    } else {
        refuse(StatusCode::METHOD_NOT_ALLOWED)
    };
    response.headers_mut().extend(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

/// Whether a `Host` header names this server. In a DNS rebinding attack, the header names another host.
fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| rest == format!(":{port}") || port == 80 && rest.is_empty())
    })
}

fn text_of<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Answers with a status. The body contains only the text of the status.
fn refuse(status: StatusCode) -> Response {
    (status, format!("{status}\n")).into_response()
}

/// Answers with the file at the request's path, or with the not-found page.
async fn send_file(State(site_files): State<Arc<SiteFiles>>, uri: Uri) -> Response {
    let Some(path) = percent::decode(uri.path()) else { return refuse(StatusCode::BAD_REQUEST) };
    let path = path.trim_start_matches('/');
    let is_directory = path.is_empty() || path.ends_with('/');
    if !is_directory && !site_files.has(path) && site_files.has(&format!("{path}/index.html")) {
        // The address of a directory must end with a slash, so that the relative links of its page work.
        return Redirect::temporary(&format!("/{}/", percent::encode_path(path))).into_response();
    }
    let path = if is_directory { format!("{path}index.html") } else { path.to_owned() };
    let (found, bytes) = site_files.find(&path);
    let status = if found == path { StatusCode::OK } else { StatusCode::NOT_FOUND };
    (status, [(CONTENT_TYPE, content_type(&found))], bytes).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "xml" => "application/xml",
        "txt" | "md" | "cast" | "yaml" | "yml" | "toml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Opens the WebSocket of a page. Refuses pages of other origins. The query contains the page's mark.
async fn listen(
    State(site_files): State<Arc<SiteFiles>>,
    headers: HeaderMap,
    uri: Uri,
    upgrade: WebSocketUpgrade,
) -> Response {
    let is_same_origin = text_of(&headers, &ORIGIN)
        .and_then(|origin| origin.strip_prefix("http://"))
        .is_some_and(|origin| text_of(&headers, &HOST) == Some(origin));
    if !is_same_origin {
        return refuse(StatusCode::FORBIDDEN);
    }
    let mark = uri.query().and_then(|query| query.strip_prefix("page=")).unwrap_or_default().to_owned();
    let states = site_files.states();
    upgrade.max_message_size(1024).on_upgrade(async move |socket| tell(socket, states, &mark).await)
}

/// Tells a page to reload as soon as the site has another mark than the page.
async fn tell(mut socket: WebSocket, mut states: watch::Receiver<SiteState>, mark: &str) {
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
    let _ = socket.send(Message::text("reload")).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_header_must_name_the_loopback_and_the_port() {
        for host in ["127.0.0.1:4646", "localhost:4646", "[::1]:4646"] {
            assert!(is_ours(host, 4646), "{host}");
        }
        for host in ["127.0.0.1", "127.0.0.1:4647", "evil.test:4646", "localhost.evil.test:4646", "127.0.0.1:46460", ""]
        {
            assert!(!is_ours(host, 4646), "{host}");
        }
    }
}
