//! The view of the session's own things: lists without what is not the session's.

use serde_json::Value;

use super::Kind;
use super::error::Stop;
use super::exchange::Client;
use super::gate::Gate;
use super::head::Head;
use super::label::session_of;
use super::query::Query;
use super::reference::names_of;
use super::relay::{fetch, pass};

/// Networks that every engine has.
const BUILT_IN: [&str; 4] = ["bridge", "host", "none", "podman"];

/// A list of the session's things only.
pub(super) async fn list(client: &mut Client, gate: &Gate, head: &Head, kind: Kind) -> Result<(), Stop> {
    let mut query = Query::read(head.target.query.as_deref())?;
    if matches!(kind, Kind::Container | Kind::Volume) {
        query.demand_label(&gate.labels.filter())?;
        return pass(client, gate, head, Some(&query), None).await.map(|_| ());
    }
    let answer = fetch(client, gate, head, Some(&query), None).await?;
    let mut list = answer.json();
    match list.as_array_mut().filter(|_| answer.is_good()) {
        None => answer.deliver(client).await,
        Some(things) => {
            things.retain(|thing| shows(gate, kind, thing));
            answer.deliver_as(client, &list).await
        }
    }
}

/// What the session's things take of the disk.
pub(super) async fn disk_use(client: &mut Client, gate: &Gate, head: &Head) -> Result<(), Stop> {
    let query = Query::read(head.target.query.as_deref())?;
    let answer = fetch(client, gate, head, Some(&query), None).await?;
    let mut told = answer.json();
    if !answer.is_good() || !told.is_object() {
        return answer.deliver(client).await;
    }
    for (field, kind) in [("Containers", Kind::Container), ("Volumes", Kind::Volume), ("Images", Kind::Image)] {
        if let Some(things) = told.get_mut(field).and_then(Value::as_array_mut) {
            things.retain(|thing| shows(gate, kind, thing));
        }
    }
    // Whose a cache is cannot be told.
    if let Some(cache) = told.get_mut("BuildCache").and_then(Value::as_array_mut) {
        cache.clear();
    }
    answer.deliver_as(client, &told).await
}

fn shows(gate: &Gate, kind: Kind, thing: &Value) -> bool {
    let text = |name: &str| thing.get(name).and_then(Value::as_str).unwrap_or_default();
    let marked = session_of(thing.get("Labels")) == Some(gate.labels.session.as_str());
    match kind {
        Kind::Container | Kind::Volume => marked,
        Kind::Network => marked || BUILT_IN.contains(&text("Name")),
        Kind::Image => {
            let ours = gate.journal.look(|ledger| {
                ledger.has_image(text("Id")) || names_of(thing).iter().any(|name| ledger.names.contains_key(name))
            });
            ours || names_of(thing).iter().any(|name| gate.was_asked_for(name))
        }
    }
}
