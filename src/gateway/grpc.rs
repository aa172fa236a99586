//! Relays a connection to `BuildKit` (`POST /grpc`) call by call. Both sides speak HTTP/2.
//!
//! ```text
//!  buildx ─▶ call ─┬─────────────────────────────────────────────▶ engine
//!                  ├─ Control/Solve ─▶ rules, intent ────────────▶ engine ─▶ answer ─▶ journal ─▶ buildx
//!                  ├─ LLBBridge/Solve ─▶ rules ──────────────────▶ engine
//!                  └─ Control/Prune ─▶ an empty answer
//! ```

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http2::{self as engine_side, SendRequest};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::server::conn::http2 as client_side;
use hyper::service::service_fn;
use hyper::upgrade::Upgraded;
use hyper::{Request, Response};
use hyper_util::rt::TokioExecutor;
use tokio::sync::watch;
use tracing::{Instrument as _, Span, debug};

use super::buildkit::{self, BuildKitCall, Solve};
use super::error::Rejection;
use super::image_record::{self, Intended, Outcome};
use super::reference::Images;
use super::relay::Exchange;
use super::response::{ANSWER_LIMIT, Body, HandlerResult, message_of};
use super::state::GatewayState;
use super::{GatewayEvent, Rule};
use crate::image_ref;
use crate::text::percent;

/// The maximum size of a list of headers, in bytes. A header may carry the details of an error.
const HEADERS: u32 = 1024 * 1024;
/// The maximum time for which a call waits until its build is sent or refused. `BuildKit` also waits this long for a
/// build.
const BUILD_WAIT: Duration = Duration::from_secs(3);
/// The header with the id of the build to which an `LLBBridge` call belongs.
const BUILD: &str = "buildkit-controlapi-buildid";

/// The status code of `gRPC` and the message of a refused call.
type Refusal = (u16, String);

/// The state that all calls of one connection share.
#[derive(Clone)]
struct BuildKitLink {
    state: Arc<GatewayState>,
    engine: SendRequest<Body>,
    /// The ids of the builds that the client requested. For a refused build, the value is the answer to all calls of
    /// that build. For any other build, the value is `None`.
    builds: Arc<watch::Sender<HashMap<String, Option<Refusal>>>>,
}

/// Asks the engine to switch from HTTP/1 to HTTP/2. If the engine agrees, a task relays calls until either side ends
/// the connection.
pub(super) async fn relay(exchange: &mut Exchange) -> HandlerResult {
    let (answer, upgraded) = exchange.upgrade().await?;
    if let Some((near, far)) = upgraded {
        let state = Arc::clone(&exchange.state);
        let serve = async move {
            let ended = match tokio::try_join!(near, far) {
                Ok((near, far)) => serve(near, far, state).await,
                Err(error) => Err(error),
            };
            debug!(?ended, "calls to BuildKit end");
        };
        tokio::spawn(serve.instrument(Span::current()));
    }
    Ok(answer)
}

async fn serve(near: Upgraded, far: Upgraded, state: Arc<GatewayState>) -> hyper::Result<()> {
    let mut engine = engine_side::Builder::new(TokioExecutor::new());
    let (engine, connection) = engine.max_header_list_size(HEADERS).handshake(far).await?;
    let link = BuildKitLink { state, engine, builds: Arc::default() };
    let span = Span::current();
    let service = service_fn(move |request| {
        let link = link.clone();
        async move { link.serve(request).await }.instrument(span.clone())
    });
    let mut server = client_side::Builder::new(TokioExecutor::new());
    server.auto_date_header(false).max_header_list_size(HEADERS);
    tokio::select! {
        ended = server.serve_connection(near, service) => ended,
        ended = connection => ended,
    }
}

impl BuildKitLink {
    /// Serves one call. Resets the call if the client or the engine has disconnected.
    async fn serve(self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let path = request.uri().path().to_owned();
        let answered = self.call(request).await;
        let decision = answered.as_ref().map_or_else(Rejection::name, |_| "passed");
        debug!(path, decision, "call answered");
        let reset = || io::ErrorKind::ConnectionReset.into();
        answered.or_else(|stop| self.refuse(&stop).map(|refusal| ended(&refusal)).ok_or_else(reset))
    }

    async fn call(&self, request: Request<Incoming>) -> HandlerResult {
        let path = request.uri().path();
        if let Some(build) = request.headers().get(BUILD).and_then(|build| build.to_str().ok().map(str::to_owned))
            && let Some(refusal) = self.refusal_of(&build).await
        {
            return Ok(ended(&refusal));
        }
        match buildkit::call(path) {
            BuildKitCall::Pass => self.relay(request.map(boxed)).await,
            BuildKitCall::Solve => self.solve(request).await,
            BuildKitCall::Status => {
                let (head, message) = whole(request).await?;
                if self.refusal_of(&buildkit::build_of(&message)?).await.is_some() {
                    return Ok(ended(&(0, String::new())));
                }
                self.relay(framed(head, &message)).await
            }
            BuildKitCall::Frontend => {
                let (head, message) = whole(request).await?;
                self.state.require_all_allowed(buildkit::frontend_wants(&message)?)?;
                self.relay(framed(head, &message)).await
            }
            BuildKitCall::Prune => {
                let what = "docker builder prune";
                if self.state.require_allowed(Rule::Prune, what).is_ok() {
                    return self.relay(request.map(boxed)).await;
                }
                self.state.emit(GatewayEvent::Refused { rule: Rule::Prune, what: what.to_owned() });
                Ok(ended(&(0, String::new())))
            }
            BuildKitCall::History => {
                let (head, message) = whole(request).await?;
                if buildkit::changes_history(&message)? {
                    self.state.require_allowed(Rule::Foreign, "docker buildx history")?;
                }
                self.relay(framed(head, &message)).await
            }
            BuildKitCall::Unknown => {
                self.state.require_allowed(Rule::Unknown, path)?;
                self.relay(request.map(boxed)).await
            }
        }
    }

    /// Relays a build. Writes the names of the build's image to the journal before the engine gets the request. Writes
    /// the result to the journal before the client gets the answer.
    async fn solve(&self, request: Request<Incoming>) -> HandlerResult {
        let state = &self.state;
        let (head, message) = whole(request).await?;
        let solve = Solve::read(&message)?;
        let build = solve.build.clone();
        let begun = match self.begin(solve).await {
            Ok(begun) => begun,
            Err(stop) => {
                let refusal = self.refuse(&stop).ok_or(Rejection::Gone)?;
                let answer = ended(&refusal);
                self.builds.send_modify(|builds| _ = builds.insert(build, Some(refusal)));
                return Ok(answer);
            }
        };
        let answer = self.pass(framed(head, &message));
        self.builds.send_modify(|builds| _ = builds.insert(build, None));
        let (head, body) = answer.await?.into_parts();
        let body = Limited::new(body, ANSWER_LIMIT).collect().await.map_err(|_| Rejection::Gone)?;
        let trailers = body.trailers().cloned();
        let body = body.to_bytes();
        let failure = failure(trailers.as_ref().unwrap_or(&head.headers));
        if let Some(begun) = begun {
            let images = message_in(&body).map(buildkit::digests).unwrap_or_default();
            let confirmed = Outcome { is_good: failure.is_none(), images, ..Outcome::default() };
            image_record::conclude(state, begun, confirmed).await?;
        }
        if let Some(message) = failure {
            state.emit(GatewayEvent::Failed { status: 200, message });
        }
        let body = Full::new(body).with_trailers(std::future::ready(trailers.map(Ok)));
        Ok(Response::from_parts(head, body.map_err(|never| match never {}).boxed_unsync()))
    }

    /// Checks a build against the rules, and writes the names of the build's image to the journal.
    async fn begin(&self, solve: Solve) -> Result<Option<Intended>, Rejection> {
        let state = &self.state;
        state.require_all_allowed(solve.wants)?;
        if !solve.stores {
            return Ok(None);
        }
        let names: Vec<String> = solve.names.iter().map(|name| image_ref::listed(name)).collect();
        let before = Images::list(&state.engine).await?;
        image_record::begin(state, "build", &names, None, before).await.map(Some)
    }

    /// Relays a call with a streamed answer.
    async fn relay(&self, request: Request<Body>) -> HandlerResult {
        self.pass(request).await.map(|answer| answer.map(boxed))
    }

    /// Sends a call to the engine.
    async fn pass(&self, request: Request<Body>) -> Result<Response<Incoming>, Rejection> {
        let mut engine = self.engine.clone();
        engine.ready().await.map_err(|_| Rejection::Gone)?;
        engine.send_request(request).await.map_err(|_| Rejection::Gone)
    }

    /// Waits until the gateway has sent the build `build` to the engine or has refused the build. Returns the refusal,
    /// if any. Without this wait, `BuildKit` might not find the build in time, because the gateway writes the journal
    /// before it sends the build.
    async fn refusal_of(&self, build: &str) -> Option<Refusal> {
        let mut builds = self.builds.subscribe();
        let asked = builds.wait_for(|builds| builds.contains_key(build));
        // If the client requested no such build, the engine will report that.
        tokio::time::timeout(BUILD_WAIT, asked).await.ok()?.ok()?.get(build)?.clone()
    }

    fn refuse(&self, stop: &Rejection) -> Option<Refusal> {
        let (_, body) = self.state.refusal(stop)?;
        let code: u16 = match stop {
            Rejection::Rule(..) => 7,
            Rejection::Malformed(..) => 3,
            Rejection::Engine(_) => 14,
            _ => 13,
        };
        Some((code, message_of(body.as_bytes())))
    }
}

/// Reads the single message of a request.
async fn whole(request: Request<Incoming>) -> Result<(Request<()>, Vec<u8>), Rejection> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, ANSWER_LIMIT).collect().await.map_err(|_| Rejection::Gone)?.to_bytes();
    let message = message_in(&body).ok_or(Rejection::bad("the request to BuildKit is not one plain message"))?;
    Ok((Request::from_parts(head, ()), message.to_vec()))
}

/// Returns the message in a body that consists of exactly one uncompressed message. In a body of `gRPC`, a compression
/// flag and the length come before each message.
fn message_in(body: &[u8]) -> Option<&[u8]> {
    let (head, message) = body.split_at_checked(5)?;
    let length = u32::from_be_bytes(head[1..].try_into().ok()?);
    (head[0] == 0 && usize::try_from(length).ok()? == message.len()).then_some(message)
}

fn framed(head: Request<()>, message: &[u8]) -> Request<Body> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    let body = [&[0], &length.to_be_bytes()[..], message].concat();
    head.map(|()| Full::new(body.into()).map_err(|never| match never {}).boxed_unsync())
}

fn boxed(body: Incoming) -> Body {
    body.boxed_unsync()
}

/// Makes a response that ends a call with a status code and a message.
fn ended((code, message): &Refusal) -> Response<Body> {
    let mut answer = Response::new(Empty::new().map_err(|never| match never {}).boxed_unsync());
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    answer.headers_mut().insert("grpc-status", (*code).into());
    if let Ok(message) = HeaderValue::from_str(&percent::encode_part(message)) {
        answer.headers_mut().insert("grpc-message", message);
    }
    answer
}

/// Returns the error message of a call; `None` if the call succeeded.
fn failure(trailers: &HeaderMap) -> Option<String> {
    let text = |name| trailers.get(name).and_then(|value| value.to_str().ok());
    if text("grpc-status") == Some("0") {
        return None;
    }
    Some(percent::decode_leniently(text("grpc-message").unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grpc_body_is_accepted_only_if_it_is_one_uncompressed_message() {
        assert_eq!(message_in(&[0, 0, 0, 0, 3, b'a', b'b', b'c']), Some(&b"abc"[..]));
        for body in [&b""[..], &[0, 0, 0, 0], &[1, 0, 0, 0, 1, 0], &[0, 0, 0, 0, 1], &[0, 0, 0, 0, 0, 0]] {
            assert_eq!(message_in(body), None, "{body:?}");
        }
    }

    #[test]
    fn error_message_of_a_failed_call_is_read_from_its_headers() {
        let refused = ended(&(7, "héllo, 100%".to_owned()));
        assert_eq!(failure(refused.headers()).as_deref(), Some("héllo, 100%"));
        assert_eq!(failure(ended(&(0, String::new())).headers()), None);
        assert_eq!(failure(&HeaderMap::new()).as_deref(), Some(""));
    }
}
