//! Docker Hub's manners: a token before anything else, `denied` for what is not there or may not be done, and a search.

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::Pack;
use super::answer::{JSON, document};
use super::route::parameter;

/// Everybody's token: it is not a secret, only a step that engines take.
const TOKEN: &str = "anonymous";
const LIFETIME: u32 = 300;
const CHALLENGE: &str = r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#;

/// The answer to a request that gets no further.
pub(super) fn gate(asked: &Parts) -> Option<Response<Body>> {
    let authorization = asked.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if asked.uri.path() == "/token" {
        return Some(token(asked, authorization));
    }
    if !asked.uri.path().starts_with("/v2") {
        return None;
    }
    if authorization.and_then(|value| value.strip_prefix("Bearer ")) != Some(TOKEN) {
        return Some(unauthorized("UNAUTHORIZED", "authentication required", CHALLENGE));
    }
    (!matches!(asked.method, Method::GET | Method::HEAD)).then(denied)
}

/// What Docker Hub says about a repository that is not there or is somebody else's: it does not tell which.
pub(super) fn denied() -> Response<Body> {
    let challenge = format!(r#"{CHALLENGE},error="insufficient_scope""#);
    unauthorized("DENIED", "requested access to the resource is denied", &challenge)
}

/// Nobody has an account here, so whoever comes with a password has a wrong one.
fn token(asked: &Parts, authorization: Option<&str>) -> Response<Body> {
    if asked.method != Method::GET || authorization.is_some() {
        let body = json!({ "details": "incorrect username or password" }).to_string();
        return document(StatusCode::UNAUTHORIZED, JSON, body.into_bytes());
    }
    let body = json!({ "token": TOKEN, "access_token": TOKEN, "expires_in": LIFETIME }).to_string();
    document(StatusCode::OK, JSON, body.into_bytes())
}

fn unauthorized(code: &str, message: &str, challenge: &str) -> Response<Body> {
    let body = json!({ "errors": [{ "code": code, "message": message }] }).to_string();
    let mut response = document(StatusCode::UNAUTHORIZED, JSON, body.into_bytes());
    if let Ok(challenge) = HeaderValue::try_from(challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// What `docker search` asks: the images whose name has the word in it.
pub(super) fn search(pack: &Pack, query: Option<&str>) -> Response<Body> {
    let word = parameter(query, "q").unwrap_or_default();
    let limit = parameter(query, "n").and_then(|n| n.parse().ok()).unwrap_or(25);
    let mut names: Vec<&str> = pack
        .images()
        .iter()
        .filter_map(|image| image.name.strip_prefix("docker.io/"))
        .map(|name| name.strip_prefix("library/").unwrap_or(name))
        .filter(|name| name.contains(word))
        .collect();
    names.dedup();
    names.truncate(limit);
    let result = |name: &str| {
        let is_official = !name.contains('/');
        json!({ "name": name, "description": "", "star_count": 0, "is_official": is_official, "is_automated": false })
    };
    let results: Vec<Value> = names.into_iter().map(result).collect();
    let body = json!({ "num_results": results.len(), "query": word, "results": results }).to_string();
    document(StatusCode::OK, JSON, body.into_bytes())
}
