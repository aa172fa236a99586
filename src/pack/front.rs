//! Imitates the other services of registries: logins, tokens, refusals with each registry's own messages, pull limits,
//! searches.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::Pack;
use super::answer::{Refusal, add_header, document, json_document};
use super::registries::{Access, Login, Manners, Registry};
use super::route::{RegistryRoute, parameter};

/// The token of an anonymous user. The token is not secret: the server gives it to every engine on request.
const ANONYMOUS: &str = "anonymous";
const LIFETIME: u32 = 300;
/// The numbers of pulls that Docker Hub allows in six hours: without an account, and with an account.
const PULLS: [u32; 2] = [100, 200];

/// The user of a request; `None` if the request is anonymous.
pub(super) type User = Option<&'static str>;

/// Returns the action of a request: pull for GET and HEAD, push for all other methods.
pub(super) fn action(asked: &Parts) -> Access {
    if matches!(asked.method, Method::GET | Method::HEAD) { Access::Pull } else { Access::Push }
}

/// Whether a request asks for a token.
pub(super) fn asks_for_token(asked: &Parts) -> bool {
    matches!(asked.uri.path(), "/token" | "/token/" | "/v2/token")
}

/// Whether a request has a name and a password, or asks for a token with POST.
pub(super) fn is_login(asked: &Parts) -> bool {
    basic(asked).is_some() || asked.method == Method::POST && asks_for_token(asked)
}

/// Answers a request whose user name or password is wrong.
pub(super) fn wrong_login(registry: Registry<'_>) -> Response<Body> {
    if registry.manners == Manners::Hub {
        let body = json!({ "details": "incorrect username or password" });
        return json_document(StatusCode::UNAUTHORIZED, &body);
    }
    refuse(registry, registry.wrong_password(), None)
}

/// Answers a request for a token.
pub(super) fn token(registry: Registry<'_>, asked: &Parts, body: &[u8]) -> Response<Body> {
    let form = if asked.method == Method::POST { body } else { asked.uri.query().unwrap_or_default().as_bytes() };
    let field = |key: &str| form_urlencoded::parse(form).find(|(name, _)| name == key).map(|(_, value)| value);
    let credentials = basic(asked).or_else(|| {
        (asked.method == Method::POST).then(|| {
            let text = |key: &str| field(key).unwrap_or_default().into_owned();
            (text("username"), text("password"))
        })
    });
    let user = match credentials {
        None => None,
        Some((name, password)) => match registry.user(&name, &password) {
            None => return wrong_login(registry),
            user => user,
        },
    };
    if registry.refuses_tokens() {
        let scopes = form_urlencoded::parse(form).filter(|(name, _)| name == "scope");
        let scopes: Vec<String> =
            scopes.flat_map(|(_, all)| all.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        for scope in scopes.iter().filter_map(|scope| scope.strip_prefix("repository:")) {
            let (repository, actions) = scope.rsplit_once(':').unwrap_or((scope, "pull"));
            // A user who may only pull gets a token too. A push with that token fails later.
            let Err(words) = registry.access(user, repository, Access::Pull) else { continue };
            let push = actions.contains("push").then(|| registry.access(user, repository, Access::Push).err());
            return refuse(registry, push.flatten().unwrap_or(words), None);
        }
    }
    let token = user.unwrap_or(ANONYMOUS);
    let body = json!({ "token": token, "access_token": token, "expires_in": LIFETIME });
    json_document(StatusCode::OK, &body)
}

/// Returns the user of a request. Returns the answer to the request if a login is missing or wrong.
pub(super) fn admit(registry: Registry<'_>, asked: &Parts) -> Result<User, Box<Response<Body>>> {
    match registry.login() {
        Login::No => Ok(None),
        Login::Basic => {
            let Some((name, password)) = basic(asked) else { return Err(must_log_in(registry, asked).into()) };
            let user = registry.user(&name, &password);
            user.map(Some).ok_or_else(|| refuse(registry, registry.wrong_password(), None).into())
        }
        Login::Bearer { .. } => match bearer(asked) {
            Some(ANONYMOUS) => Ok(None),
            token => {
                let user = token.and_then(|token| registry.user_of_token(token));
                user.map(Some).ok_or_else(|| must_log_in(registry, asked).into())
            }
        },
    }
}

/// Returns the answer to a request without a token or a password.
fn must_log_in(registry: Registry<'_>, asked: &Parts) -> Response<Body> {
    let (mut response, challenge) = if registry.login() == Login::Basic {
        let challenge = format!("Basic realm=\"https://{}/\",service=\"ecr.amazonaws.com\"", registry.host);
        (document(StatusCode::UNAUTHORIZED, "text/plain; charset=utf-8", "Not Authorized\n"), challenge)
    } else {
        let words = json!({ "errors": [{ "code": "UNAUTHORIZED", "message": "authentication required" }] });
        let challenge = challenge(registry, scope(asked).as_deref());
        (json_document(StatusCode::UNAUTHORIZED, &words), challenge)
    };
    add_header(&mut response, WWW_AUTHENTICATE, challenge);
    response
}

/// Returns the response for a refusal. Adds a challenge if the refusal asks for another token, and the headers of a
/// pull limit if the status is 429.
pub(super) fn refuse(registry: Registry<'_>, refusal: Refusal, asked: Option<&Parts>) -> Response<Body> {
    let challenge = refusal.challenges.then(|| challenge(registry, asked.and_then(scope).as_deref()));
    let mut response = Response::from(refusal);
    if let Some(challenge) = challenge {
        add_header(&mut response, WWW_AUTHENTICATE, format!("{challenge},error=\"insufficient_scope\""));
    }
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("21600"));
        headers.insert("ratelimit-limit", HeaderValue::from_static("100;w=21600"));
        headers.insert("ratelimit-remaining", HeaderValue::from_static("0;w=21600"));
    }
    response
}

/// Docker Hub's count of pulls. Each GET of a manifest counts. The answer to a GET or a HEAD contains the number of
/// pulls that are left.
#[derive(Debug, Default)]
pub(super) struct PullCount([AtomicU32; 2]);

impl PullCount {
    pub(super) fn tell(&self, user: User, asked: &Parts, response: &mut Response<Body>) {
        let kind = usize::from(user.is_some());
        let more = u32::from(asked.method == Method::GET);
        let used = self.0[kind].fetch_add(more, Ordering::Relaxed) + more;
        let left = PULLS[kind].saturating_sub(used);
        for (name, count) in [("ratelimit-limit", PULLS[kind]), ("ratelimit-remaining", left)] {
            add_header(response, HeaderName::from_static(name), format!("{count};w=21600"));
        }
    }
}

fn challenge(registry: Registry<'_>, scope: Option<&str>) -> String {
    let Login::Bearer { realm, service } = registry.login() else { return String::new() };
    let scope = scope.map(|scope| format!(",scope=\"{scope}\"")).unwrap_or_default();
    format!("Bearer realm=\"{realm}\",service=\"{service}\"{scope}")
}

/// Returns the scope that a token must have for a request.
fn scope(asked: &Parts) -> Option<String> {
    let route = RegistryRoute::parse(asked.uri.path()).ok()?;
    let actions = if action(asked) == Access::Push { "pull,push" } else { "pull" };
    Some(format!("repository:{}:{actions}", route.repository()?))
}

fn bearer(asked: &Parts) -> Option<&str> {
    asked.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Returns the user and the password in a request.
fn basic(asked: &Parts) -> Option<(String, String)> {
    let text = asked.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

/// Answers `docker search` with the images whose names contain the searched word.
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
    json_document(StatusCode::OK, &json!({ "num_results": results.len(), "query": word, "results": results }))
}
