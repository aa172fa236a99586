//! Images: no label can mark them, so what becomes theirs is written down before it is done and after.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::error::Stop;
use super::exchange::Client;
use super::gate::Gate;
use super::head::Head;
use super::journal::{Intent, Record};
use super::label::{MADE_LABEL, made_by};
use super::query::{Query, path_escape};
use super::reference::Images;
use super::relay::{Heard, fetch, pass};
use super::route::{Route, Target};
use super::stream::Stream;
use super::{Kind, LESSON_LABEL, Rule, SESSION_LABEL, Told, admit, owner, resolve};
use crate::image_ref::{self, ImageRef};

/// What a request is about to name.
struct Wish {
    by: &'static str,
    names: Vec<String>,
    /// All tags of a repository: the answer will say which.
    repository: Option<String>,
    /// The image that gets the names, where that is known.
    image: Option<String>,
}

/// What was written down before the engine was asked to make images or names of them.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) n: u64,
    /// The images that were there.
    before: Images,
    /// Names that the session may give.
    names: Vec<String>,
}

/// What the engine's answer confirmed.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    /// It did what it was asked for.
    pub(super) good: bool,
    /// Ids or digests of images, whole or the beginning of one; the result is the last one.
    pub(super) images: Vec<String>,
    /// Names that only the answer tells.
    pub(super) names: Vec<String>,
}

/// A request that makes images or names of them: written down before and after.
pub(super) async fn make(client: &mut Client, gate: &Gate, head: &Head, route: &Route) -> Result<(), Stop> {
    let mut query = Query::read(head.target.query.as_deref())?;
    let before = Images::list(&gate.upstream).await?;
    let Wish { by, names, repository, image } = wish(gate, &mut query, route, &before, client.pid).await?;
    let begun = begin(gate, by, &names, image, before, client.pid).await?;
    if ["commit", "import"].contains(&by) {
        let value = Value::from(made_by(&gate.labels.session, begun.n));
        query.push("changes", format!("LABEL {MADE_LABEL}={value}"));
    }
    let mut heard = Heard::default();
    let passed = pass(client, gate, head, Some(&query), Some(&mut heard)).await;
    let Stream { error, ids: images, names, pulled, .. } = heard.stream;
    let status = match passed {
        Ok(status) => status,
        // Nobody knows what else the engine did: the intent stays open.
        Err(stop) => {
            let after = Images::list(&gate.upstream).await?;
            let images = new_images(gate, &begun.before, &after, &images).await?;
            if !images.is_empty() {
                gate.journal.append(Record::Heard { n: begun.n, images }).await.map_err(Stop::Journal)?;
            }
            return Err(stop);
        }
    };
    let mut names: Vec<String> = names.iter().map(|name| image_ref::listed(name)).collect();
    if let Some(repository) = &repository {
        let pulled = pulled.iter().map(|tag| image_ref::listed_with(repository, Some(tag)));
        names.extend(pulled.filter(|name| !begun.before.names.contains_key(name)));
    }
    let confirmed = Confirmed { good: status < 300 && error.is_none(), images, names };
    conclude(gate, begun, confirmed, client.pid).await
}

/// Writes down that names will be made. Of those that are there, only the session's own may be taken.
pub(super) async fn begin(
    gate: &Gate,
    by: &str,
    wanted: &[String],
    image: Option<String>,
    before: Images,
    pid: Option<i32>,
) -> Result<Begun, Stop> {
    let mut names = Vec::new();
    for name in wanted {
        gate.ask_for(name);
        let Some(id) = before.names.get(name) else {
            names.push(name.clone());
            continue;
        };
        if owner::is_our_name(gate, name, id).await? {
            names.push(name.clone());
        } else if by != "pull" {
            gate.demand(Rule::Foreign, name, pid)?;
        }
    }
    let n = gate.journal.number();
    let intent = Record::Intent { n, by: by.to_owned(), names: names.clone(), image, at: gate.now() };
    gate.journal.append(intent).await.map_err(Stop::Journal)?;
    Ok(Begun { n, before, names })
}

/// Writes down what was made, as far as the engine's answer and its list of images confirm it.
pub(super) async fn conclude(gate: &Gate, begun: Begun, confirmed: Confirmed, pid: Option<i32>) -> Result<(), Stop> {
    let Begun { n, before, mut names } = begun;
    let after = Images::list(&gate.upstream).await?;
    for name in confirmed.names {
        gate.ask_for(&name);
        match before.names.get(&name) {
            Some(id) if !owner::is_our_name(gate, &name, id).await? => {
                if after.names.get(&name) != Some(id) {
                    give_back(gate, &name, id, pid).await?;
                }
            }
            _ => names.push(name),
        }
    }
    let mut made = Vec::new();
    if confirmed.good {
        made = names.into_iter().filter_map(|name| after.names.get(&name).map(|id| (name, id.clone()))).collect();
    }
    let images = new_images(gate, &before, &after, &confirmed.images).await?;
    if let Some(id) = images.last().filter(|_| confirmed.good && made.is_empty()) {
        gate.tell(Told::Made { kind: Kind::Image, id: id.clone(), name: String::new() });
    }
    record(gate, n, made, images).await
}

/// Images that the answer told of, and those that they are built on, as far as they were not there before.
async fn new_images(gate: &Gate, before: &Images, after: &Images, told: &[String]) -> Result<Vec<String>, Stop> {
    let mut images: Vec<String> = Vec::new();
    for id in told.iter().filter_map(|id| after.find(id)) {
        let (mut id, at) = (id.clone(), images.len());
        // A quiet build tells of its last image only.
        while !id.is_empty() && !before.ids.contains(&id) && !images.contains(&id) {
            let image = gate.ask("GET", &format!("/images/{}/json", path_escape(&id)), None).await?;
            let parent = image.body.get("Parent").and_then(Value::as_str).unwrap_or_default().to_owned();
            images.insert(at, std::mem::replace(&mut id, parent));
        }
    }
    Ok(images)
}

async fn record(gate: &Gate, n: u64, made: Vec<(String, String)>, images: Vec<String>) -> Result<(), Stop> {
    for (name, id) in &made {
        gate.tell(Told::Made { kind: Kind::Image, id: id.clone(), name: name.clone() });
    }
    let record = if made.is_empty() && images.is_empty() {
        Record::Failed { n }
    } else {
        Record::Made { n, names: made, images, at: gate.now() }
    };
    gate.journal.append(record).await.map_err(Stop::Journal)
}

/// An archive took a name away from an image that was there before: it gets it back, unless the learner insists.
async fn give_back(gate: &Gate, name: &str, id: &str, pid: Option<i32>) -> Result<(), Stop> {
    if gate.demand(Rule::Foreign, name, pid).is_ok() {
        return Ok(());
    }
    gate.tell(Told::Refused { rule: Rule::Foreign, what: name.to_owned() });
    let Ok(image) = name.parse::<ImageRef>() else { return Ok(()) };
    let mut query = Query::default();
    query.push("repo", image.familiar_name());
    query.push("tag", image.tag_or_latest().unwrap_or_default());
    gate.ask("POST", &format!("/images/{}/tag?{}", path_escape(id), query.write()), None).await.map(|_| ())
}

async fn wish(gate: &Gate, query: &mut Query, route: &Route, before: &Images, pid: Option<i32>) -> Result<Wish, Stop> {
    let named = |repository: Option<&str>, tag: Option<&str>| {
        repository.map(|name| image_ref::listed_with(name, tag)).into_iter().collect::<Vec<_>>()
    };
    let (mut repository, mut image) = (None, None);
    let (by, names) = match route {
        Route::Build => {
            admit::build(query, gate, pid).await?;
            mark(gate, query)?;
            ("build", query.all("t").map(|name| image_ref::listed_with(name, None)).collect())
        }
        Route::Commit => {
            let id = query.get("container").unwrap_or_default().to_owned();
            owner::demand(gate, &Target { kind: Kind::Container, id }, pid).await?;
            // What the image inherits must not mark a container of somebody else later.
            for label in [SESSION_LABEL, LESSON_LABEL] {
                query.push("changes", format!("LABEL {label}=\"\""));
            }
            ("commit", named(query.get("repo"), query.get("tag")))
        }
        Route::Tag(source) => {
            image = before.names.get(&image_ref::listed(source)).or_else(|| before.find(source)).cloned();
            ("tag", named(query.get("repo"), query.get("tag")))
        }
        Route::Pull if query.get("fromSrc").is_some() => ("import", named(query.get("repo"), query.get("tag"))),
        Route::Pull => {
            let (name, tag) = (query.get("fromImage"), query.get("tag"));
            let is_whole = |image: ImageRef| image.tag.is_some() || image.digest.is_some();
            let whole = name.is_some_and(|name| name.parse().is_ok_and(is_whole));
            if tag.is_none() && !whole {
                repository = name.map(str::to_owned);
                ("pull", Vec::new())
            } else {
                ("pull", named(name, tag))
            }
        }
        _ => ("load", Vec::new()),
    };
    Ok(Wish { by, names, repository, image })
}

/// Marks what `BuildKit` makes of a `POST /build`. The classic builder would print a step for a label.
fn mark(gate: &Gate, query: &mut Query) -> Result<(), Stop> {
    if query.get("version") == Some("2") {
        let labels = query.get("labels").filter(|labels| *labels != "null").unwrap_or_default();
        let mut labels = super::json::read_object(labels.as_bytes())?;
        labels.insert(MADE_LABEL.to_owned(), Value::from(gate.labels.session.as_str()));
        query.set("labels", Value::Object(labels).to_string());
    }
    Ok(())
}

/// Removes an image's name, or an image, that is the session's.
pub(super) async fn delete(client: &mut Client, gate: &Gate, head: &Head, name: &str) -> Result<(), Stop> {
    owner::demand_image(gate, name, client.pid).await?;
    let answer = fetch(client, gate, head, None, None).await?;
    if answer.is_good() {
        gone(gate, &answer.json()).await?;
    }
    answer.deliver(client).await
}

/// Writes down what an answer says is gone.
async fn gone(gate: &Gate, list: &Value) -> Result<(), Stop> {
    let text = |entry: &Value| {
        let untagged = entry.get("Untagged").and_then(Value::as_str).map(image_ref::listed);
        untagged.or_else(|| entry.get("Deleted").and_then(Value::as_str).map(str::to_owned))
    };
    let names: Vec<String> = list.as_array().into_iter().flatten().filter_map(text).collect();
    if names.is_empty() {
        return Ok(());
    }
    gate.journal.append(Record::Gone { names }).await.map_err(Stop::Journal)
}

/// Prunes images that the session made, which no label tells apart for the engine.
pub(super) async fn prune(client: &mut Client, gate: &Gate, head: &Head) -> Result<(), Stop> {
    let query = Query::read(head.target.query.as_deref())?;
    if gate.demand(Rule::Prune, Kind::Image.name(), client.pid).is_ok() {
        return pass(client, gate, head, Some(&query), None).await.map(|_| ());
    }
    let mut filters = query.filters()?;
    let dangling = filters.remove("dangling");
    let dangling = dangling.as_ref().and_then(|values| values.get(0)).and_then(Value::as_str);
    let all = dangling.is_some_and(|value| matches!(value, "0" | "f" | "F" | "false" | "False" | "FALSE"));
    let (mut deleted, mut freed) = (Vec::new(), 0);
    // Of labels and ages nothing is known here, so nothing is what they choose.
    if filters.is_empty() {
        let list = gate.ask("GET", "/images/json", None).await?;
        let sizes: HashMap<&str, u64> = list.body.as_array().into_iter().flatten().filter_map(size).collect();
        let (names, images) = gate.journal.look(|ledger| (ledger.names.clone(), ledger.images.clone()));
        let there = Images::list(&gate.upstream).await?;
        let mut doomed: Vec<String> = Vec::new();
        if all {
            doomed
                .extend(names.into_iter().filter(|(name, id)| there.names.get(name) == Some(id)).map(|(name, _)| name));
        }
        let whole = images.iter().rev().filter_map(|id| there.find(id));
        doomed.extend(whole.filter(|id| !there.names.values().any(|named| named == *id)).cloned());
        for name in doomed {
            let reply = gate.ask("DELETE", &format!("/images/{}?noprune=1", path_escape(&name)), None).await?;
            // What is in use stays.
            if reply.is_good() {
                gone(gate, &reply.body).await?;
                deleted.extend(reply.body.as_array().cloned().unwrap_or_default());
            }
        }
        let ids = deleted.iter().filter_map(|entry| entry.get("Deleted")?.as_str());
        freed = ids.filter_map(|id| sizes.get(id)).sum();
    }
    client.go_on(head).await?;
    let deleted = if deleted.is_empty() { Value::Null } else { Value::Array(deleted) };
    client.answer(200, &json!({ "ImagesDeleted": deleted, "SpaceReclaimed": freed })).await
}

fn size(image: &Value) -> Option<(&str, u64)> {
    Some((image.get("Id")?.as_str()?, image.get("Size")?.as_u64()?))
}

/// Writes down what an open intent has come to, once that is known.
pub(super) async fn settle(gate: &Gate, intent: &Intent, made: Vec<(String, String)>) -> Result<(), Stop> {
    record(gate, intent.n, made, Vec::new()).await
}

/// What open intents of the session gave to an image: the pulled ones are left open, since nothing tells whose they are.
pub(super) async fn settle_name(gate: &Gate, name: &str, id: &str) -> Result<bool, Stop> {
    let intents = gate.journal.look(|ledger| ledger.open.values().cloned().collect::<Vec<_>>());
    for intent in intents.into_iter().filter(|intent| intent.names.iter().any(|known| known == name)) {
        if resolve::came_about(&gate.upstream, &intent, name, id).await? {
            settle(gate, &intent, vec![(name.to_owned(), id.to_owned())]).await?;
            return Ok(true);
        }
    }
    Ok(false)
}
