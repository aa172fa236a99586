//! Whose a thing on the engine is. The engine says which thing a reference means; what it does not say is refused.

use serde_json::Value;

use super::error::Stop;
use super::gate::Gate;
use super::label::is_inherited;
use super::query::path_escape;
use super::reference::{Images, names_of};
use super::route::Target;
use super::upstream::Reply;
use super::{Kind, Rule, images};
use crate::image_ref;

/// Networks of every engine, which any container may join.
const BUILT_IN: [&str; 2] = ["bridge", "none"];

/// Asks the engine about one thing. `None` if there is none; any answer but the thing or 404 is a reason to refuse.
pub(super) async fn look(gate: &Gate, path: &str, what: &str) -> Result<Option<Value>, Stop> {
    let reply = match gate.ask("GET", path, None).await {
        Err(Stop::Gone) => return Err(unresolved(what, "the connection broke off")),
        reply => reply?,
    };
    match reply.status {
        200 if reply.body.is_object() => Ok(Some(reply.body)),
        404 => Ok(None),
        _ => Err(failed(what, &reply)),
    }
}

/// Refuses a request because the owner of a thing cannot be found out.
pub(super) fn unresolved(what: &str, why: &str) -> Stop {
    Stop::Unresolved(what.to_owned(), why.to_owned())
}

/// As [`unresolved`], because the engine answered something else.
pub(super) fn failed(what: &str, reply: &Reply) -> Stop {
    unresolved(what, format!("{} {}", reply.status, reply.message()).trim_end())
}

/// The thing that the engine understands by a name, an id, or the begin of an id.
pub(super) async fn find(gate: &Gate, kind: Kind, reference: &str) -> Result<Option<Value>, Stop> {
    // The engine takes a container's name with a slash before it too, as `inspect` prints it.
    let bare = if kind == Kind::Container { reference.strip_prefix('/').unwrap_or(reference) } else { reference };
    if bare.is_empty() {
        return Err(unresolved(kind.name(), "the name is empty"));
    }
    let id = path_escape(bare);
    let path = match kind {
        Kind::Container => format!("/containers/{id}/json"),
        Kind::Network => format!("/networks/{id}"),
        Kind::Image => format!("/images/{id}/json"),
        // A path would be read as another one. Only the list has such a name.
        Kind::Volume if bare.split('/').any(|part| ["", ".", ".."].contains(&part)) => {
            let list = look(gate, "/volumes", bare).await?.ok_or_else(|| unresolved(bare, "there is no list"))?;
            let mut volumes = list.get("Volumes").and_then(Value::as_array).into_iter().flatten();
            return Ok(volumes.find(|volume| volume.get("Name").and_then(Value::as_str) == Some(bare)).cloned());
        }
        Kind::Volume => format!("/volumes/{id}"),
    };
    look(gate, &path, reference).await
}

/// Goes on if a thing is a session's of this learner, or is not there at all.
pub(super) async fn demand(gate: &Gate, target: &Target, pid: Option<i32>) -> Result<(), Stop> {
    if target.kind == Kind::Image {
        return demand_image(gate, &target.id, pid).await;
    }
    if gate.is_own(&target.id) { Ok(()) } else { demand_found(gate, target, pid).await.map(|_| ()) }
}

/// As [`demand`]; returns the thing.
pub(super) async fn demand_found(gate: &Gate, target: &Target, pid: Option<i32>) -> Result<Option<Value>, Stop> {
    let Some(thing) = find(gate, target.kind, &target.id).await? else { return Ok(None) };
    if !is_ours(gate, &thing).await? {
        gate.demand(Rule::Foreign, &target.id, pid)?;
    }
    Ok(Some(thing))
}

async fn is_ours(gate: &Gate, thing: &Value) -> Result<bool, Stop> {
    if thing.get("Id").and_then(Value::as_str).is_some_and(|id| gate.is_own(id)) {
        return Ok(true);
    }
    let labels = thing.get("Config").and_then(|config| config.get("Labels")).or(thing.get("Labels"));
    let image = thing.get("Image").and_then(Value::as_str);
    Ok(gate.is_ours(labels) && !inherits(gate, labels, image).await?)
}

/// Goes on if a container may join a network: one of a session, or one that every engine has, but not the host's.
pub(super) async fn demand_network(gate: &Gate, network: &str, pid: Option<i32>) -> Result<(), Stop> {
    if gate.is_own(network) {
        return Ok(());
    }
    let Some(thing) = find(gate, Kind::Network, network).await? else { return Ok(()) };
    let text = |name: &str| thing.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("Driver") == "host" {
        return gate.demand(Rule::HostNamespace, "--network host", pid);
    }
    // No engine gives these names to another network.
    if BUILT_IN.contains(&text("Name")) || is_ours(gate, &thing).await? {
        return Ok(());
    }
    gate.demand(Rule::Foreign, network, pid)
}

/// Goes on if a command in a container may be started: if the container is a session's.
pub(super) async fn demand_exec(gate: &Gate, id: &str, pid: Option<i32>) -> Result<(), Stop> {
    if gate.is_own(id) {
        return Ok(());
    }
    let Some(exec) = look(gate, &format!("/exec/{}/json", path_escape(id)), id).await? else { return Ok(()) };
    let container = exec.get("ContainerID").and_then(Value::as_str).unwrap_or_default();
    demand(gate, &Target { kind: Kind::Container, id: container.to_owned() }, pid).await
}

/// Whether a container has the session's label from its image only. An image that is gone says nothing against it.
pub(super) async fn inherits(gate: &Gate, labels: Option<&Value>, image: Option<&str>) -> Result<bool, Stop> {
    let Some(image) = image else { return Ok(false) };
    let Some(image) = find(gate, Kind::Image, image).await? else { return Ok(false) };
    Ok(is_inherited(labels, image.get("Config").and_then(|config| config.get("Labels"))))
}

/// Whether a session of this learner gave a name to an image.
pub(super) async fn is_our_name(gate: &Gate, name: &str, id: &str) -> Result<bool, Stop> {
    let known = gate.journal.look(|ledger| ledger.names.get(name).cloned());
    let known = known.or_else(|| gate.earlier.names.get(name).cloned());
    if known.as_deref() == Some(id) { Ok(true) } else { images::settle_name(gate, name, id).await }
}

fn is_our_image(gate: &Gate, id: &str) -> bool {
    gate.journal.look(|ledger| ledger.has_image(id)) || gate.earlier.has_image(id)
}

/// As [`demand`], for an image: all its names must be the session's, or the one that is meant.
pub(super) async fn demand_image(gate: &Gate, name: &str, pid: Option<i32>) -> Result<(), Stop> {
    let there = Images::list(&gate.upstream).await?;
    let meant = image_ref::listed(name);
    let is_id_of = |id: &str| id.trim_start_matches("sha256:").starts_with(name.trim_start_matches("sha256:"));
    if let Some(id) = there.names.get(&meant).filter(|id| !is_id_of(id)) {
        let ours = is_our_name(gate, &meant, id).await?;
        return if ours { Ok(()) } else { gate.demand(Rule::Foreign, name, pid) };
    }
    let Some(image) = find(gate, Kind::Image, name).await? else { return Ok(()) };
    let id = image.get("Id").and_then(Value::as_str).unwrap_or_default();
    let mut names = names_of(&image);
    if names.iter().any(|name| !name.contains('@')) {
        // Digests go with the last tag.
        names.retain(|name| !name.contains('@'));
    }
    let mut ours = !names.is_empty() || is_our_image(gate, id);
    for name in &names {
        ours = ours && is_our_name(gate, name, id).await?;
    }
    if ours { Ok(()) } else { gate.demand(Rule::Foreign, name, pid) }
}

/// Where a container has something mounted.
pub(super) fn mounts(container: &Value) -> Vec<String> {
    let mounts = container.get("Mounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    mounts.iter().filter_map(|mount| mount.get("Destination")?.as_str().map(str::to_owned)).collect()
}
