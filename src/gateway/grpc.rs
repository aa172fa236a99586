//! `BuildKit`'s connection (`POST /grpc`): HTTP/2 on both sides, each call relayed to the engine as it comes.
//!
//! ```text
//!  buildx ─▶ call ─┬─────────────────────────────────────────────▶ engine
//!                  ├─ Control/Solve ─▶ rules, label, intent ─────▶ engine ─▶ answer ─▶ journal ─▶ buildx
//!                  ├─ LLBBridge/Solve ─▶ rules, label ───────────▶ engine
//!                  └─ Control/Prune ─▶ an empty answer
//! ```

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::{self, Cursor};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http2::{self as engine_side, SendRequest};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::server::conn::http2 as client_side;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, join};
use tokio::sync::watch;
use tracing::{Instrument as _, Span, debug};

use super::answer::message_of;
use super::buildkit::{self, Call, Solve};
use super::error::Stop;
use super::exchange::{ANSWER, Client};
use super::gate::Gate;
use super::head::Head;
use super::images::{self, Begun, Confirmed};
use super::label::MADE_LABEL;
use super::query::escape;
use super::reference::Images;
use super::relay::upgrade;
use super::target::percent_decode;
use super::{Rule, Told};
use crate::image_ref;

/// The longest list of headers: an error's details travel in one.
const HEADERS: u32 = 1024 * 1024;
/// How long an engine waits for the build that a call belongs to.
const PATIENCE: Duration = Duration::from_secs(3);
/// Names the build that an `LLBBridge` call belongs to.
const BUILD: &str = "buildkit-controlapi-buildid";

type Body = UnsyncBoxBody<Bytes, hyper::Error>;

/// The status code and the message of a call that goes no further.
type Refusal = (u16, String);

/// What the calls of one connection share.
#[derive(Clone)]
struct Link {
    gate: Arc<Gate>,
    engine: SendRequest<Body>,
    pid: Option<i32>,
    /// Builds that the engine was asked for, and those that were refused, with the answer.
    builds: Arc<watch::Sender<HashMap<String, Option<Refusal>>>>,
}

/// Relays the calls of one connection until either side ends it.
pub(super) async fn relay(client: &mut Client, gate: &Arc<Gate>, head: &Head) -> Result<(), Stop> {
    let Some((answer, writer)) = upgrade(client, gate, head).await? else { return Ok(()) };
    let (begun, reader) = answer.into_parts();
    let far = join(Cursor::new(begun).chain(reader), writer);
    let mut engine = engine_side::Builder::new(TokioExecutor::new());
    let handshake = engine.max_header_list_size(HEADERS).handshake(TokioIo::new(far));
    let (engine, connection) = handshake.await.map_err(|_| Stop::Gone)?;
    let link = Link { gate: Arc::clone(gate), engine, pid: client.pid, builds: Arc::default() };
    let span = Span::current();
    let service = service_fn(move |request| {
        let link = link.clone();
        async move { link.serve(request).await }.instrument(span.clone())
    });
    let begun = client.inlet.data().to_vec();
    client.inlet.consume(begun.len());
    let near = join(Cursor::new(begun).chain(client.inlet.reader()), &mut client.out);
    let mut server = client_side::Builder::new(TokioExecutor::new());
    server.auto_date_header(false).max_header_list_size(HEADERS);
    tokio::select! {
        ended = server.serve_connection(TokioIo::new(near), service) => debug!(?ended, "the client ended the connection"),
        ended = connection => debug!(?ended, "the engine ended the connection"),
    }
    Ok(())
}

impl Link {
    /// Serves one call. A call whose answer breaks off is reset.
    async fn serve(self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let path = request.uri().path().to_owned();
        let answered = self.call(request).await;
        let decision = answered.as_ref().map_or_else(Stop::name, |_| "passed");
        debug!(path, decision, "call answered");
        let reset = || io::ErrorKind::ConnectionReset.into();
        answered.or_else(|stop| self.refuse(&stop).map(|refusal| ended(&refusal)).ok_or_else(reset))
    }

    async fn call(&self, request: Request<Incoming>) -> Result<Response<Body>, Stop> {
        let path = request.uri().path();
        let call = buildkit::call(path);
        if let Some(build) = request.headers().get(BUILD).and_then(|build| build.to_str().ok().map(str::to_owned))
            && let Some(refusal) = self.refusal_of(&build).await
        {
            return Ok(ended(&refusal));
        }
        match call {
            Call::Pass => self.pass(request.map(boxed)).await.map(|answer| answer.map(boxed)),
            Call::Solve => self.solve(request).await,
            Call::Status => {
                let (head, message) = whole(request).await?;
                if self.refusal_of(&buildkit::build_of(&message)?).await.is_some() {
                    return Ok(ended(&(0, String::new())));
                }
                self.pass(framed(head, &message)).await.map(|answer| answer.map(boxed))
            }
            Call::Frontend => {
                let (head, mut message) = whole(request).await?;
                self.demand(buildkit::frontend_wants(&message)?)?;
                buildkit::add_label(call, &mut message, MADE_LABEL, &self.gate.labels.session)?;
                self.pass(framed(head, &message)).await.map(|answer| answer.map(boxed))
            }
            Call::Prune => {
                let what = "docker builder prune";
                if self.gate.demand(Rule::Prune, what, self.pid).is_ok() {
                    return self.pass(request.map(boxed)).await.map(|answer| answer.map(boxed));
                }
                self.gate.tell(Told::Refused { rule: Rule::Prune, what: what.to_owned() });
                Ok(ended(&(0, String::new())))
            }
            Call::History => {
                let (head, message) = whole(request).await?;
                if buildkit::changes_history(&message)? {
                    self.gate.demand(Rule::Foreign, "docker buildx history", self.pid)?;
                }
                self.pass(framed(head, &message)).await.map(|answer| answer.map(boxed))
            }
            Call::Unknown => {
                self.gate.demand(Rule::Unknown, path, self.pid)?;
                self.pass(request.map(boxed)).await.map(|answer| answer.map(boxed))
            }
        }
    }

    /// A build: its names are written down before the engine is asked, and what it made before the client hears of it.
    async fn solve(&self, request: Request<Incoming>) -> Result<Response<Body>, Stop> {
        let (gate, path) = (&self.gate, request.uri().path().to_owned());
        let (head, message) = whole(request).await?;
        let solve = Solve::read(&message)?;
        let build = solve.build.clone();
        let (request, begun) = match self.begin(head, message, solve).await {
            Ok(begun) => begun,
            Err(stop) => {
                let refusal = self.refuse(&stop).ok_or(Stop::Gone)?;
                let answer = ended(&refusal);
                self.builds.send_modify(|builds| _ = builds.insert(build, Some(refusal)));
                return Ok(answer);
            }
        };
        let answer = self.pass(request);
        self.builds.send_modify(|builds| _ = builds.insert(build, None));
        let (head, body) = answer.await?.into_parts();
        let body = Limited::new(body, ANSWER).collect().await.map_err(|_| Stop::Gone)?;
        let trailers = body.trailers().cloned();
        let body = body.to_bytes();
        let failure = failure(trailers.as_ref().unwrap_or(&head.headers));
        if let Some(begun) = begun {
            let images = message_in(&body).map(buildkit::digests).unwrap_or_default();
            let confirmed = Confirmed { good: failure.is_none(), images, ..Confirmed::default() };
            images::conclude(gate, begun, confirmed, self.pid).await?;
        }
        if let Some(message) = failure {
            gate.tell(Told::Failed { method: "POST".to_owned(), path, status: 200, message });
        }
        let body = Full::new(body).with_trailers(std::future::ready(trailers.map(Ok)));
        Ok(Response::from_parts(head, body.map_err(never).boxed_unsync()))
    }

    /// Holds a build against the rules, labels its image, and writes its names down.
    async fn begin(
        &self,
        head: Request<()>,
        mut message: Vec<u8>,
        solve: Solve,
    ) -> Result<(Request<Body>, Option<Begun>), Stop> {
        let gate = &self.gate;
        self.demand(solve.wants)?;
        buildkit::add_label(Call::Solve, &mut message, MADE_LABEL, &gate.labels.session)?;
        let mut begun = None;
        if solve.stores {
            let names: Vec<String> = solve.names.iter().map(|name| image_ref::listed(name)).collect();
            let before = Images::list(&gate.upstream).await?;
            begun = Some(images::begin(gate, "build", &names, None, before, self.pid).await?);
        }
        Ok((framed(head, &message), begun))
    }

    /// Relays a call.
    async fn pass(&self, request: Request<Body>) -> Result<Response<Incoming>, Stop> {
        let mut engine = self.engine.clone();
        engine.ready().await.map_err(|_| Stop::Gone)?;
        engine.send_request(request).await.map_err(|_| Stop::Gone)
    }

    /// Waits until the engine was asked for a build, however long the journal's disk takes: the engine does not wait as
    /// long for the build of a call. Tells the answer, where the build was refused.
    async fn refusal_of(&self, build: &str) -> Option<Refusal> {
        let mut builds = self.builds.subscribe();
        let asked = builds.wait_for(|builds| builds.contains_key(build));
        // Where there is no such build, the engine will say so.
        tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()?.get(build)?.clone()
    }

    fn demand(&self, wants: Vec<(Rule, String)>) -> Result<(), Stop> {
        wants.into_iter().try_for_each(|(rule, what)| self.gate.demand(rule, &what, self.pid))
    }

    fn refuse(&self, stop: &Stop) -> Option<Refusal> {
        let (_, body) = self.gate.refusal(stop)?;
        let code: u16 = match stop {
            Stop::Rule(..) => 7,
            Stop::Malformed(..) => 3,
            Stop::Engine(_) => 14,
            _ => 13,
        };
        Some((code, message_of(body.as_bytes())))
    }
}

/// The one message of a request.
async fn whole(request: Request<Incoming>) -> Result<(Request<()>, Vec<u8>), Stop> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, ANSWER).collect().await.map_err(|_| Stop::Gone)?.to_bytes();
    let message = message_in(&body).ok_or(Stop::bad("the request to BuildKit is not one plain message"))?;
    Ok((Request::from_parts(head, ()), message.to_vec()))
}

/// The one message of a body: a byte that says whether it is compressed, its length, its bytes.
fn message_in(body: &[u8]) -> Option<&[u8]> {
    let (head, message) = body.split_at_checked(5)?;
    let length = u32::from_be_bytes(head[1..].try_into().ok()?);
    (head[0] == 0 && usize::try_from(length).ok()? == message.len()).then_some(message)
}

fn framed(head: Request<()>, message: &[u8]) -> Request<Body> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    let body = [&[0], &length.to_be_bytes()[..], message].concat();
    head.map(|()| Full::new(body.into()).map_err(never).boxed_unsync())
}

fn boxed(body: Incoming) -> Body {
    body.boxed_unsync()
}

fn never(never: Infallible) -> hyper::Error {
    match never {}
}

/// A call's end in the engine's place.
fn ended((code, message): &Refusal) -> Response<Body> {
    let mut answer = Response::new(Empty::new().map_err(never).boxed_unsync());
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    answer.headers_mut().insert("grpc-status", (*code).into());
    if let Ok(message) = HeaderValue::from_str(&escape(message)) {
        answer.headers_mut().insert("grpc-message", message);
    }
    answer
}

/// Why a call failed, where it did.
fn failure(trailers: &HeaderMap) -> Option<String> {
    let text = |name| trailers.get(name).and_then(|value| value.to_str().ok());
    if text("grpc-status") == Some("0") {
        return None;
    }
    let message = percent_decode(text("grpc-message").unwrap_or_default()).unwrap_or_default();
    Some(String::from_utf8_lossy(&message).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_has_one_plain_message() {
        assert_eq!(message_in(&[0, 0, 0, 0, 3, b'a', b'b', b'c']), Some(&b"abc"[..]));
        for body in [&b""[..], &[0, 0, 0, 0], &[1, 0, 0, 0, 1, 0], &[0, 0, 0, 0, 1], &[0, 0, 0, 0, 0, 0]] {
            assert_eq!(message_in(body), None, "{body:?}");
        }
    }

    #[test]
    fn failed_call_tells_why() {
        let refused = ended(&(7, "héllo, 100%".to_owned()));
        assert_eq!(failure(refused.headers()).as_deref(), Some("héllo, 100%"));
        assert_eq!(failure(ended(&(0, String::new())).headers()), None);
        assert_eq!(failure(&HeaderMap::new()).as_deref(), Some(""));
    }
}
