//! One request and its answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, debug_span, trace};

use super::answer::answer_json;
use super::body::{Body, CHUNK, Inlet, WHOLE};
use super::error::Stop;
use super::gate::Gate;
use super::head::Head;
use super::making::create;
use super::query::Query;
use super::relay::{Heard, pass, send, tunnel};
use super::route::{Route, Target, route};
use super::{Kind, Rule, Told, View, admit, grpc, images, owner, view};
use crate::text::redact_target;

/// The most bytes of an answer that the gateway must know.
pub(super) const ANSWER: usize = 16 * WHOLE;
/// How long a client that is refused may go on sending.
const DRAIN: Duration = Duration::from_secs(2);

/// The client of one connection.
pub(super) struct Client {
    pub(super) inlet: Inlet<OwnedReadHalf>,
    pub(super) out: OwnedWriteHalf,
    /// Its process, where the system tells.
    pub(super) pid: Option<i32>,
    /// The status of the answer, once one has begun.
    pub(super) answered: Option<u16>,
}

/// Serves one connection: one request, its answer, the end.
pub(super) async fn serve(stream: UnixStream, gate: Arc<Gate>) {
    let pid = stream.peer_cred().ok().and_then(|peer| peer.pid());
    let (reader, out) = stream.into_split();
    let mut client = Client { inlet: Inlet::new(reader), out, pid, answered: None };
    let span = debug_span!("request", client = pid, method = Empty, path = Empty, route = Empty);
    async {
        let begun = Instant::now();
        let exchanged = exchange(&mut client, &gate).await;
        let refusal = exchanged.as_ref().err().and_then(|stop| gate.refusal(stop));
        let status = client.answered.or(refusal.as_ref().map(|(status, _)| *status));
        let decision = exchanged.as_ref().map_or_else(Stop::name, |()| "passed");
        debug!(decision, status, took = ?begun.elapsed(), "request ended");
        let is_refused = match refusal {
            Some((status, body)) if client.answered.is_none() => {
                answer_json(&mut client.out, status, &body).await.is_ok()
            }
            // An engine that refuses may not have read all that the client sends.
            _ => client.answered.is_some_and(|status| status >= 400),
        };
        if is_refused {
            client.drain().await;
        }
        let _ = client.out.shutdown().await;
    }
    .instrument(span)
    .await;
}

async fn exchange(client: &mut Client, gate: &Arc<Gate>) -> Result<(), Stop> {
    let Some(mut head) = client.head().await? else { return Ok(()) };
    let route = route(&head.method, &head.target.path);
    let span = Span::current();
    span.record("method", &head.method).record("path", redact_target(&head.target.raw));
    span.record("route", tracing::field::debug(&route));
    trace!("request starts");
    if !matches!(route, Route::Tunnel(_) | Route::Exec(_) | Route::BuildKit) {
        head.upgrade = None;
    }
    if !matches!(route, Route::Pass) && head.has_form() {
        return Err(Stop::Malformed(415, "the body is a form"));
    }
    match route.clone() {
        Route::Tunnel(target) => {
            if let Some(target) = &target {
                owner::demand(gate, target, client.pid).await?;
            }
            tunnel(client, gate, &head).await
        }
        Route::Exec(id) => {
            owner::demand_exec(gate, &id, client.pid).await?;
            tunnel(client, gate, &head).await
        }
        Route::BuildKit => grpc::relay(client, gate, &head).await,
        Route::Create(kind) => create(client, gate, &head, kind).await,
        Route::List(kind) if gate.view == View::Lesson => view::list(client, gate, &head, kind).await,
        Route::DiskUse if gate.view == View::Lesson => view::disk_use(client, gate, &head).await,
        Route::Prune(Kind::Image) => images::prune(client, gate, &head).await,
        Route::Prune(kind) => prune(client, gate, &head, kind).await,
        Route::PruneCache => prune_cache(client, gate, &head).await,
        Route::Change(target) => {
            owner::demand(gate, &target, client.pid).await?;
            let query = Query::read(head.target.query.as_deref())?;
            if let (true, Some((parent, _))) = (query.get("link").is_some(), target.id.rsplit_once('/')) {
                // The link is the parent's, its name means the other container.
                owner::demand(gate, &Target { kind: target.kind, id: parent.to_owned() }, client.pid).await?;
            }
            let removes = head.method == "DELETE" && target.kind == Kind::Volume;
            let _volumes = if removes { Some(gate.volumes.write().await) } else { None };
            pass(client, gate, &head, None, None).await.map(|_| ())
        }
        Route::Start(target) => {
            admit::start(&Query::read(head.target.query.as_deref())?, &target, gate, client.pid).await?;
            pass(client, gate, &head, None, None).await.map(|_| ())
        }
        Route::Configure(target, is_exec) => {
            owner::demand(gate, &target, client.pid).await?;
            let body = admit::configured(&client.whole(&head).await?, is_exec, gate, client.pid)?;
            let answer = send(client, gate, &head, &body).await?;
            if answer.status() == 201
                && let Some(id) = answer.json().get("Id").and_then(Value::as_str)
            {
                gate.remember_own(id);
            }
            Ok(())
        }
        Route::Connect(network) => {
            let body = admit::connected(&client.whole(&head).await?, &network, gate, client.pid).await?;
            send(client, gate, &head, &body).await.map(|_| ())
        }
        Route::ImageDelete(name) => images::delete(client, gate, &head, &name).await,
        Route::Pull | Route::Load | Route::Build | Route::Commit | Route::Tag(_) => {
            images::make(client, gate, &head, &route).await
        }
        Route::Push => pass(client, gate, &head, None, Some(&mut Heard::default())).await.map(|_| ()),
        Route::Forbidden(rule) => {
            gate.demand(rule, &format!("{} /{}", head.method, head.target.path), client.pid)?;
            pass(client, gate, &head, None, None).await.map(|_| ())
        }
        _ => pass(client, gate, &head, None, None).await.map(|_| ()),
    }
}

/// Prunes only what is the session's.
async fn prune(client: &mut Client, gate: &Gate, head: &Head, kind: Kind) -> Result<(), Stop> {
    let mut query = Query::read(head.target.query.as_deref())?;
    if gate.demand(Rule::Prune, kind.name(), client.pid).is_err() {
        query.demand_label(&gate.labels.filter())?;
        if kind == Kind::Container {
            only_own(gate, &query, client.pid).await?;
        }
    }
    let _volumes = if kind == Kind::Volume { Some(gate.volumes.write().await) } else { None };
    pass(client, gate, head, Some(&query), None).await.map(|_| ())
}

/// An image that carries the session's label gives it to anybody's containers; those would be pruned too.
async fn only_own(gate: &Gate, query: &Query, pid: Option<i32>) -> Result<(), Stop> {
    let mut list = Query::default();
    list.push("all", "1");
    list.push("filters", json!({ "label": query.filters()?.get("label") }).to_string());
    let list = gate.ask("GET", &format!("/containers/json?{}", list.write()), None).await?;
    let Some(containers) = list.body.as_array().filter(|_| list.is_good()) else {
        return Err(owner::failed("docker ps -a", &list));
    };
    for container in containers {
        let text = |name: &str| container.get(name).and_then(Value::as_str);
        if owner::inherits(gate, container.get("Labels"), text("ImageID")).await? {
            gate.demand(Rule::Foreign, text("Id").unwrap_or_default(), pid)?;
        }
    }
    Ok(())
}

/// Whose a builder's cache is cannot be told: none of it is pruned, and `docker system prune` goes on to its end.
async fn prune_cache(client: &mut Client, gate: &Gate, head: &Head) -> Result<(), Stop> {
    if gate.demand(Rule::Prune, "docker builder prune", client.pid).is_ok() {
        return pass(client, gate, head, None, None).await.map(|_| ());
    }
    gate.tell(Told::Refused { rule: Rule::Prune, what: "docker builder prune".to_owned() });
    client.go_on(head).await?;
    client.answer(200, &json!({ "CachesDeleted": null, "SpaceReclaimed": 0 })).await
}

impl Client {
    async fn head(&mut self) -> Result<Option<Head>, Stop> {
        loop {
            if let Some((head, length)) = Head::read(self.inlet.data())? {
                self.inlet.consume(length);
                return Ok(Some(head));
            }
            if !self.inlet.fill(8 * 1024).await? {
                // A client that only looked whether somebody listens.
                return if self.inlet.data().is_empty() { Ok(None) } else { Err(Stop::Gone) };
            }
        }
    }

    /// Lets a client that waits for a word send its body.
    pub(super) async fn go_on(&mut self, head: &Head) -> Result<(), Stop> {
        if head.expects {
            self.out.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        Ok(())
    }

    /// The body, read whole.
    pub(super) async fn whole(&mut self, head: &Head) -> Result<Vec<u8>, Stop> {
        self.go_on(head).await?;
        Body::new(head.framing).whole(&mut self.inlet, WHOLE).await
    }

    /// An answer in the engine's place.
    pub(super) async fn answer(&mut self, status: u16, body: &Value) -> Result<(), Stop> {
        self.answered = Some(status);
        Ok(answer_json(&mut self.out, status, &body.to_string()).await?)
    }

    /// Takes what the client still sends, so that it gets to read the answer.
    async fn drain(&mut self) {
        let _ = self.out.shutdown().await;
        let drain = async {
            let mut left = ANSWER;
            while left > 0 && self.inlet.fill(CHUNK).await.unwrap_or(false) {
                let count = self.inlet.data().len();
                self.inlet.consume(count);
                left = left.saturating_sub(count);
            }
        };
        let _ = tokio::time::timeout(DRAIN, drain).await;
    }
}
