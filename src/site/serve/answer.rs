//! Answers a request's path with a file of the site, and with headers that keep other origins out.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::site_files::SiteFiles;
use crate::text::percent;

const SCRIPT: &str = include_str!("../../../theme/js/live.js");
const STYLE: &str = include_str!("../../../theme/css/live.css");

/// The content security policy of the pages; here it also forbids frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Answers with the file at `path`, or with the page for lost addresses.
pub(super) fn answer(site_files: &SiteFiles, path: &str) -> Response {
    match path {
        "/-/live.js" => return file(StatusCode::OK, "live.js", SCRIPT.into()),
        "/-/live.css" => return file(StatusCode::OK, "live.css", STYLE.into()),
        _ => {}
    }
    let Some(path) = percent::decode(path) else { return refuse(StatusCode::BAD_REQUEST) };
    let path = path.trim_start_matches('/');
    if !path.is_empty()
        && !path.ends_with('/')
        && !site_files.has(path)
        && site_files.has(&format!("{path}/index.html"))
    {
        return redirect_to_directory(path);
    }
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let (found, bytes) = site_files.find(&path);
    let status = if found == path { StatusCode::OK } else { StatusCode::NOT_FOUND };
    file(status, &found, bytes)
}

/// Redirects to the directory's own address, so that its relative links work.
fn redirect_to_directory(path: &str) -> Response {
    let mut response = refuse(StatusCode::TEMPORARY_REDIRECT);
    let to = percent::encode_path(path);
    if let Ok(to) = HeaderValue::from_str(&format!("/{to}/")) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// Answers with a status alone.
pub(super) fn refuse(status: StatusCode) -> Response {
    file(status, "x.txt", Bytes::from(format!("{status}\n")))
}

fn file(status: StatusCode, path: &str, bytes: Bytes) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(CONTENT_TYPE, kind(path));
    set(CACHE_CONTROL, "no-store");
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("content-security-policy"), POLICY);
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    response
}

fn kind(path: &str) -> &'static str {
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
