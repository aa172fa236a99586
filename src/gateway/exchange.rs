//! One request and its answer.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWriteExt, copy_bidirectional_with_sizes, join};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};

use super::answer::{AnswerHead, answer_json, message_of};
use super::body::{Body, CHUNK, Framing, Inlet, WHOLE, chunk};
use super::container::Container;
use super::error::Stop;
use super::gate::Gate;
use super::head::Head;
use super::journal::{Record, now};
use super::query::{Query, path_escape};
use super::route::{Route, Target, route};
use super::{Kind, LESSON_LABEL, Rule, SESSION_LABEL, Told, View, guard, json, owner, reference, upstream};

/// The most bytes of an answer that the gateway must know.
const ANSWER: usize = 16 * WHOLE;
/// How long a client that is refused may go on sending.
const DRAIN: Duration = Duration::from_secs(2);

/// The client of one connection.
pub(super) struct Client {
    inlet: Inlet<OwnedReadHalf>,
    out: OwnedWriteHalf,
    /// Its process, where the system tells.
    pid: Option<i32>,
    /// An answer has begun.
    answered: bool,
}

/// Serves one connection: one request, its answer, the end.
pub(super) async fn serve(stream: UnixStream, gate: Arc<Gate>) {
    let pid = stream.peer_cred().ok().and_then(|peer| peer.pid());
    let (reader, out) = stream.into_split();
    let mut client = Client { inlet: Inlet::new(reader), out, pid, answered: false };
    if let Err(stop) = exchange(&mut client, &gate).await
        && let Some((status, body)) = gate.refusal(&stop)
        && !client.answered
        && answer_json(&mut client.out, status, &body).await.is_ok()
    {
        client.drain().await;
    }
    let _ = client.out.shutdown().await;
}

async fn exchange(client: &mut Client, gate: &Gate) -> Result<(), Stop> {
    let Some(mut head) = client.head().await? else { return Ok(()) };
    let route = route(&head.method, &head.target.path);
    if !matches!(route, Route::Tunnel(_)) {
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
        Route::Create(kind) => create(client, gate, &head, kind).await,
        Route::List(kind) if gate.view == View::Lesson => {
            let mut query = Query::read(head.target.query.as_deref())?;
            // The engine's own networks are part of every list.
            if kind != Kind::Network {
                query.demand_label(&gate.labels.filter())?;
            }
            pass(client, gate, &head, Some(&query)).await
        }
        Route::Prune(kind) => prune(client, gate, &head, kind).await,
        Route::PruneCache => {
            gate.demand(Rule::Prune, "docker builder prune", client.pid)?;
            pass(client, gate, &head, None).await
        }
        Route::Change(target) => {
            owner::demand(gate, &target, client.pid).await?;
            pass(client, gate, &head, None).await
        }
        Route::Configure(target) => {
            owner::demand(gate, &target, client.pid).await?;
            let body = configured(&client.whole(&head).await?, gate, client.pid)?;
            send(client, gate, &head, None, &body).await.map(|_| ())
        }
        Route::Connect => {
            let mut body = json::read_object(&client.whole(&head).await?)?;
            json::spell(&mut body, &["Container"])?;
            let target = Target { kind: Kind::Container, id: json::text(&body, "Container")?.to_owned() };
            owner::demand(gate, &target, client.pid).await?;
            let body = Value::Object(body).to_string();
            send(client, gate, &head, None, body.as_bytes()).await.map(|_| ())
        }
        Route::ImageDelete(name) => {
            owner::demand_image(gate, &name, client.pid).await?;
            pass(client, gate, &head, None).await
        }
        Route::Pull | Route::Load | Route::Build | Route::Commit | Route::Tag(_) => {
            images(client, gate, &head, &route).await
        }
        Route::Forbidden(rule) => {
            gate.demand(rule, &format!("{} /{}", head.method, head.target.path), client.pid)?;
            pass(client, gate, &head, None).await
        }
        _ => pass(client, gate, &head, None).await,
    }
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
    async fn go_on(&mut self, head: &Head) -> Result<(), Stop> {
        if head.expects {
            self.out.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        Ok(())
    }

    /// The body, read whole.
    async fn whole(&mut self, head: &Head) -> Result<Vec<u8>, Stop> {
        self.go_on(head).await?;
        Body::new(head.framing).whole(&mut self.inlet, WHOLE).await
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

/// A request with its body as it comes.
async fn pass(client: &mut Client, gate: &Gate, head: &Head, query: Option<&Query>) -> Result<(), Stop> {
    client.go_on(head).await?;
    let (reader, mut writer) = tokio::io::split(upstream::dial(&gate.upstream).await?);
    let query = query.map(Query::write);
    writer.write_all(&head.write(query.as_deref(), head.framing, false)).await?;
    writer.flush().await?;
    let Client { inlet, out, answered, .. } = client;
    let mut answer = Inlet::new(reader);
    let relay = relay(&mut answer, out, answered, gate, head);
    tokio::pin!(relay);
    let pump = async {
        let sent = Body::new(head.framing).forward(inlet, &mut writer, head.framing == Framing::Chunked).await;
        if let Err(stop @ Stop::Malformed(..)) = sent {
            return Err(stop);
        }
        // What follows is no request that would be answered; its end is the client's, and the engine must see it.
        while sent.is_ok() && inlet.fill(4096).await.unwrap_or(false) {
            inlet.consume(inlet.data().len());
        }
        // An engine that answers before it has read all stops reading.
        let _ = writer.shutdown().await;
        Ok(())
    };
    tokio::select! {
        biased;
        done = &mut relay => return done,
        pumped = pump => pumped?,
    }
    relay.await
}

/// A request with a body of the gateway's; the answer's status, and its body if that was short.
async fn send(
    client: &mut Client,
    gate: &Gate,
    head: &Head,
    query: Option<&Query>,
    body: &[u8],
) -> Result<(u16, Vec<u8>), Stop> {
    let (reader, mut writer) = tokio::io::split(upstream::dial(&gate.upstream).await?);
    let query = query.map(Query::write);
    let mut request = head.write(query.as_deref(), Framing::Length(body.len() as u64), true);
    request.extend_from_slice(body);
    writer.write_all(&request).await?;
    writer.flush().await?;
    let mut answer = Inlet::new(reader);
    let answer_head = read_head(&mut answer, &mut client.out, &mut client.answered, head).await?;
    let bytes = Body::new(answer_head.framing).whole(&mut answer, ANSWER).await?;
    tell_failure(gate, head, answer_head.status, &bytes);
    Ok((answer_head.status, deliver(client, &answer_head, bytes).await?))
}

async fn deliver(client: &mut Client, head: &AnswerHead, bytes: Vec<u8>) -> Result<Vec<u8>, Stop> {
    client.answered = true;
    let mut out = head.write();
    out.extend_from_slice(&framed(head.framing, &bytes));
    client.out.write_all(&out).await?;
    Ok(bytes)
}

fn framed(framing: Framing, bytes: &[u8]) -> Vec<u8> {
    match framing {
        Framing::Chunked if bytes.is_empty() => b"0\r\n\r\n".to_vec(),
        Framing::Chunked => [chunk(bytes).as_slice(), b"0\r\n\r\n"].concat(),
        _ => bytes.to_vec(),
    }
}

/// The answer's head; what comes before it (`102 Processing`) goes to the client.
async fn read_head<R: AsyncRead + Unpin>(
    answer: &mut Inlet<R>,
    out: &mut OwnedWriteHalf,
    answered: &mut bool,
    head: &Head,
) -> Result<AnswerHead, Stop> {
    loop {
        let answer_head = AnswerHead::read(answer, &head.method).await?;
        if answer_head.status >= 200 || answer_head.status == 101 {
            return Ok(answer_head);
        }
        *answered = true;
        out.write_all(&answer_head.write()).await?;
    }
}

/// The answer to the client, as it comes.
async fn relay<R: AsyncRead + Unpin>(
    answer: &mut Inlet<R>,
    out: &mut OwnedWriteHalf,
    answered: &mut bool,
    gate: &Gate,
    head: &Head,
) -> Result<(), Stop> {
    let answer_head = read_head(answer, out, answered, head).await?;
    *answered = true;
    let mut bytes = answer_head.write();
    if answer_head.status >= 400 {
        let body = Body::new(answer_head.framing).whole(answer, ANSWER).await?;
        tell_failure(gate, head, answer_head.status, &body);
        bytes.extend_from_slice(&framed(answer_head.framing, &body));
        return Ok(out.write_all(&bytes).await?);
    }
    bytes.extend_from_slice(answer.data());
    answer.consume(answer.data().len());
    out.write_all(&bytes).await?;
    // The engine was told that this is the connection's last request, so its end is the answer's.
    while answer.fill(CHUNK).await? {
        out.write_all(answer.data()).await?;
        answer.consume(answer.data().len());
    }
    Ok(())
}

fn tell_failure(gate: &Gate, head: &Head, status: u16, body: &[u8]) {
    if status >= 400 {
        let (method, path) = (head.method.clone(), head.target.raw.clone());
        gate.tell(Told::Failed { method, path, status, message: message_of(body) });
    }
}

/// A request after which both sides talk as they like, once the engine has agreed.
async fn tunnel(client: &mut Client, gate: &Gate, head: &Head) -> Result<(), Stop> {
    let body = client.whole(head).await?;
    let stream = upstream::dial(&gate.upstream).await?;
    let (reader, mut writer) = tokio::io::split(stream);
    let json = head.content_type.as_deref().is_some_and(|kind| kind.starts_with("application/json"));
    let mut request = head.write(None, Framing::Length(body.len() as u64), json);
    request.extend_from_slice(&body);
    writer.write_all(&request).await?;
    writer.flush().await?;
    let mut answer = Inlet::new(reader);
    let answer_head = read_head(&mut answer, &mut client.out, &mut client.answered, head).await?;
    if !answer_head.raw_stream {
        let bytes = Body::new(answer_head.framing).whole(&mut answer, ANSWER).await?;
        tell_failure(gate, head, answer_head.status, &bytes);
        deliver(client, &answer_head, bytes).await?;
        return Ok(());
    }
    client.answered = true;
    let mut bytes = answer_head.write();
    bytes.extend_from_slice(answer.data());
    answer.consume(answer.data().len());
    client.out.write_all(&bytes).await?;
    writer.write_all(client.inlet.data()).await?;
    writer.flush().await?;
    client.inlet.consume(client.inlet.data().len());
    let mut near = join(client.inlet.reader(), &mut client.out);
    let mut far = join(answer.reader(), &mut writer);
    copy_bidirectional_with_sizes(&mut near, &mut far, CHUNK, CHUNK).await?;
    Ok(())
}

/// Makes a container, network or volume that carries the session's labels.
async fn create(client: &mut Client, gate: &Gate, head: &Head, kind: Kind) -> Result<(), Stop> {
    let query = Query::read(head.target.query.as_deref())?;
    let bytes = client.whole(head).await?;
    let (body, asked) = if kind == Kind::Container {
        let mut container = Container::read(&bytes)?;
        prepare(&mut container, gate, client.pid).await?;
        (container.write(), query.get("name").unwrap_or_default().to_owned())
    } else {
        let mut body = json::read_object(&bytes)?;
        json::spell(&mut body, &["Labels", "Name", "Driver", "DriverOpts"])?;
        gate.labels.mark(json::map_or_new(&mut body, "Labels")?);
        if let Some(options) = body.get("DriverOpts").and_then(Value::as_object) {
            for (rule, what) in guard::of_driver(options, &gate.paths())? {
                gate.demand(rule, &what, client.pid)?;
            }
        }
        let name = json::text(&body, "Name")?.to_owned();
        (Value::Object(body).to_string().into_bytes(), name)
    };
    let (status, answer) = send(client, gate, head, None, &body).await?;
    if status == 201 {
        let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
        let field = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (id, name) = if kind == Kind::Volume { (field("Name"), field("Name")) } else { (field("Id"), asked) };
        gate.tell(Told::Made { kind, id, name });
    }
    Ok(())
}

/// Holds a new container against the rules, makes its named volumes, and marks all of it.
async fn prepare(container: &mut Container, gate: &Gate, pid: Option<i32>) -> Result<(), Stop> {
    for (rule, what) in guard::of_container(container, &gate.paths())? {
        gate.demand(rule, &what, pid)?;
    }
    let mut from = Vec::new();
    for (id, volumes) in container.sharers()? {
        owner::demand(gate, &Target { kind: Kind::Container, id: id.clone() }, pid).await?;
        if volumes {
            from.extend(owner::mounts(gate, &id).await?);
        }
    }
    let name = container.image()?.to_owned();
    let image = gate.ask("GET", &format!("/images/{}/json", path_escape(&name)), None).await?;
    if image.status == 404 && !name.is_empty() {
        // The engine would say so too; but it must not make volumes for nothing.
        return Err(Stop::Answer(404, format!("No such image: {}", reference::with_tag(&name))));
    }
    let own = image.body.get("Config").and_then(|config| config.get("Volumes")).and_then(Value::as_object);
    let own: Vec<String> = own.map(|volumes| volumes.keys().cloned().collect()).unwrap_or_default();
    let driver = container.driver()?;
    for volume in container.named_volumes()? {
        let target = Target { kind: Kind::Volume, id: volume.name.clone() };
        owner::demand(gate, &target, pid).await?;
        if !volume.marked {
            let mut labels = serde_json::Map::new();
            gate.labels.mark(&mut labels);
            let body = serde_json::json!({ "Name": volume.name, "Driver": driver, "Labels": labels });
            // Where the engine refuses, it will refuse the container too, in its own words.
            gate.ask("POST", "/volumes/create", Some(&body)).await?;
        }
    }
    container.mark(&gate.labels, &own, &from)
}

/// The body of `exec` or `update`, held against the rules.
fn configured(bytes: &[u8], gate: &Gate, pid: Option<i32>) -> Result<Vec<u8>, Stop> {
    let mut body = json::read_object(bytes)?;
    json::spell(&mut body, &["Privileged", "Devices", "DeviceCgroupRules"])?;
    if json::flag(&body, "Privileged")? {
        gate.demand(Rule::Privileged, "--privileged", pid)?;
    }
    for (rule, what) in guard::of_devices(&body) {
        gate.demand(rule, &what, pid)?;
    }
    Ok(Value::Object(body).to_string().into_bytes())
}

/// Prunes only what is the session's. What no label tells apart is left.
async fn prune(client: &mut Client, gate: &Gate, head: &Head, kind: Kind) -> Result<(), Stop> {
    let mut query = Query::read(head.target.query.as_deref())?;
    if gate.demand(Rule::Prune, kind.name(), client.pid).is_err() {
        query.demand_label(&gate.labels.filter())?;
    }
    pass(client, gate, head, Some(&query)).await
}

/// A request that makes names of images: written down before and after.
async fn images(client: &mut Client, gate: &Gate, head: &Head, route: &Route) -> Result<(), Stop> {
    let mut query = Query::read(head.target.query.as_deref())?;
    let named = |repository: Option<&str>, tag: Option<&str>| {
        repository.map(|name| reference::join(name, tag)).into_iter().collect::<Vec<_>>()
    };
    let (by, names) = match route {
        Route::Build => {
            query.set("forcerm", "1");
            if query.get("networkmode") == Some("host") {
                gate.demand(Rule::HostNamespace, "--network host", client.pid)?;
            }
            ("build", query.all("t").map(|name| reference::join(name, None)).collect())
        }
        Route::Commit => {
            // What the image inherits must not mark a container of somebody else later.
            for label in [SESSION_LABEL, LESSON_LABEL] {
                query.push("changes", format!("LABEL {label}=\"\""));
            }
            ("commit", named(query.get("repo"), query.get("tag")))
        }
        Route::Tag(_) => ("tag", named(query.get("repo"), query.get("tag"))),
        Route::Pull if query.get("fromSrc").is_some() => ("import", named(query.get("repo"), query.get("tag"))),
        Route::Pull => ("pull", named(query.get("fromImage"), query.get("tag"))),
        _ => ("load", Vec::new()),
    };
    let before = gate.image_names().await?;
    let new: Vec<String> = names.iter().filter(|name| !before.contains_key(*name)).cloned().collect();
    if by != "pull" && by != "load" {
        for name in names.iter().filter(|name| before.contains_key(*name)) {
            if !gate.journal.is_ours(name) {
                gate.demand(Rule::Foreign, name, client.pid)?;
            }
        }
    }
    let n = gate.journal.number();
    let intent = Record::Intent { n, by: by.to_owned(), names: new.clone(), at: now() };
    gate.journal.append(intent).await.map_err(Stop::Journal)?;
    let passed = pass(client, gate, head, Some(&query)).await;
    let after = gate.image_names().await?;
    let made: Vec<(String, String)> =
        new.into_iter().filter_map(|name| after.get(&name).map(|id| (name, id.clone()))).collect();
    for (name, id) in &made {
        gate.tell(Told::Made { kind: Kind::Image, id: id.clone(), name: name.clone() });
    }
    let record = if made.is_empty() {
        Record::Failed { n }
    } else {
        Record::Made { n, names: made, images: Vec::new(), at: now() }
    };
    gate.journal.append(record).await.map_err(Stop::Journal)?;
    passed
}
