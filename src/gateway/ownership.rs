//! Determines who owns an object on the engine. The engine says which object a name means. If it does not, the gateway
//! refuses the request.

use serde_json::Value;

use super::error::Rejection;
use super::label::is_inherited;
use super::reference::{Images, names_of};
use super::route::ObjectRef;
use super::state::GatewayState;
use super::{ObjectKind, Rule, resolve};
use crate::text::percent;

/// The networks that every engine has and that any container may join.
const JOINABLE_NETWORKS: [&str; 2] = ["bridge", "none"];

/// Asks the engine about one object; `None` if it does not exist. Any answer except the object or 404 leads to a
/// refusal.
async fn inspect(state: &GatewayState, path: &str, what: &str) -> Result<Option<Value>, Rejection> {
    let reply = match state.ask("GET", path, None).await {
        Err(Rejection::Gone) => return Err(Rejection::unresolved(what, "the connection broke off")),
        reply => reply?,
    };
    match reply.status {
        200 if reply.body.is_object() => Ok(Some(reply.body)),
        404 => Ok(None),
        _ => Err(Rejection::unexpected(what, &reply)),
    }
}

/// Returns the object that the engine finds by a name, an id, or the first digits of an id.
pub(super) async fn find_object(
    state: &GatewayState,
    kind: ObjectKind,
    reference: &str,
) -> Result<Option<Value>, Rejection> {
    // The engine also accepts a container's name with a slash before it, as `inspect` prints it.
    let bare = if kind == ObjectKind::Container { reference.strip_prefix('/').unwrap_or(reference) } else { reference };
    if bare.is_empty() {
        return Err(Rejection::unresolved(kind.name(), "the name is empty"));
    }
    let id = percent::encode_path(bare);
    let path = match kind {
        ObjectKind::Container => format!("/containers/{id}/json"),
        ObjectKind::Network => format!("/networks/{id}"),
        ObjectKind::Image => format!("/images/{id}/json"),
        // The engine would normalise such a path to another one, so only the list can find a volume with this name.
        ObjectKind::Volume if bare.split('/').any(|part| ["", ".", ".."].contains(&part)) => {
            let list = inspect(state, "/volumes", bare)
                .await?
                .ok_or_else(|| Rejection::unresolved(bare, "there is no list"))?;
            let mut volumes = list.get("Volumes").and_then(Value::as_array).into_iter().flatten();
            return Ok(volumes.find(|volume| volume.get("Name").and_then(Value::as_str) == Some(bare)).cloned());
        }
        ObjectKind::Volume => format!("/volumes/{id}"),
    };
    inspect(state, &path, reference).await
}

/// Fails unless the object belongs to a session of this learner, or does not exist.
pub(super) async fn require_owned(state: &GatewayState, target: &ObjectRef, pid: Option<i32>) -> Result<(), Rejection> {
    if target.kind == ObjectKind::Image {
        return require_owned_image(state, &target.id, pid).await;
    }
    if state.made_id(&target.id) { Ok(()) } else { require_owned_object(state, target, pid).await.map(|_| ()) }
}

/// Checks the owner like [`require_owned`], and returns the object.
pub(super) async fn require_owned_object(
    state: &GatewayState,
    target: &ObjectRef,
    pid: Option<i32>,
) -> Result<Option<Value>, Rejection> {
    let Some(thing) = find_object(state, target.kind, &target.id).await? else { return Ok(None) };
    if !is_ours(state, &thing).await? {
        state.require_allowed(Rule::Foreign, &target.id, pid)?;
    }
    Ok(Some(thing))
}

async fn is_ours(state: &GatewayState, thing: &Value) -> Result<bool, Rejection> {
    if thing.get("Id").and_then(Value::as_str).is_some_and(|id| state.made_id(id)) {
        return Ok(true);
    }
    let labels = thing.get("Config").and_then(|config| config.get("Labels")).or(thing.get("Labels"));
    let image = thing.get("Image").and_then(Value::as_str);
    Ok(state.has_session_label(labels) && !inherits_label(state, labels, image).await?)
}

/// Fails unless a container may join a network. It may join a session's network and the built-in ones, but not the
/// host's.
pub(super) async fn require_joinable_network(
    state: &GatewayState,
    network: &str,
    pid: Option<i32>,
) -> Result<(), Rejection> {
    if state.made_id(network) {
        return Ok(());
    }
    let Some(thing) = find_object(state, ObjectKind::Network, network).await? else { return Ok(()) };
    let text = |name: &str| thing.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("Driver") == "host" {
        return state.require_allowed(Rule::HostNamespace, "--network host", pid);
    }
    // No engine gives these names to any other network.
    if JOINABLE_NETWORKS.contains(&text("Name")) || is_ours(state, &thing).await? {
        return Ok(());
    }
    state.require_allowed(Rule::Foreign, network, pid)
}

/// Fails unless the container of an exec belongs to a session.
pub(super) async fn require_owned_exec(state: &GatewayState, id: &str, pid: Option<i32>) -> Result<(), Rejection> {
    if state.made_id(id) {
        return Ok(());
    }
    let Some(exec) = inspect(state, &format!("/exec/{}/json", percent::encode_path(id)), id).await? else {
        return Ok(());
    };
    let container = exec.get("ContainerID").and_then(Value::as_str).unwrap_or_default();
    require_owned(state, &ObjectRef { kind: ObjectKind::Container, id: container.to_owned() }, pid).await
}

/// Whether a container has the session's label only from its image. If the image no longer exists, the label counts.
pub(super) async fn inherits_label(
    state: &GatewayState,
    labels: Option<&Value>,
    image: Option<&str>,
) -> Result<bool, Rejection> {
    let Some(image) = image else { return Ok(false) };
    let Some(image) = find_object(state, ObjectKind::Image, image).await? else { return Ok(false) };
    Ok(is_inherited(labels, image.get("Config").and_then(|config| config.get("Labels"))))
}

/// Whether a session of this learner gave this name to an image.
pub(super) async fn is_our_name(state: &GatewayState, name: &str, id: &str) -> Result<bool, Rejection> {
    let known = state.journal.with_ledger(|ledger| ledger.names.get(name).cloned());
    let known = known.or_else(|| state.earlier.names.get(name).cloned());
    if known.as_deref() == Some(id) { Ok(true) } else { settle_name(state, name, id).await }
}

/// Whether an open intent of the session gave a name to an image. Pulls stay open, because nothing shows who made
/// them.
async fn settle_name(state: &GatewayState, name: &str, id: &str) -> Result<bool, Rejection> {
    let intents = state.journal.with_ledger(|ledger| ledger.open.values().cloned().collect::<Vec<_>>());
    for intent in intents.into_iter().filter(|intent| intent.names.iter().any(|known| known == name)) {
        if resolve::came_about(&state.engine, &intent, name, id).await? {
            state.record_result(intent.n, vec![(name.to_owned(), id.to_owned())], Vec::new()).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_our_image(state: &GatewayState, id: &str) -> bool {
    state.journal.with_ledger(|ledger| ledger.has_image(id)) || state.earlier.has_image(id)
}

/// Checks the owner of an image, like [`require_owned`]. If the request gives a name, that name must belong to the
/// session. If it gives an id, all names of the image must.
pub(super) async fn require_owned_image(state: &GatewayState, name: &str, pid: Option<i32>) -> Result<(), Rejection> {
    let there = Images::list(&state.engine).await?;
    let meant = crate::image_ref::listed(name);
    let is_id_of = |id: &str| id.trim_start_matches("sha256:").starts_with(name.trim_start_matches("sha256:"));
    if let Some(id) = there.names.get(&meant).filter(|id| !is_id_of(id)) {
        let ours = is_our_name(state, &meant, id).await?;
        return if ours { Ok(()) } else { state.require_allowed(Rule::Foreign, name, pid) };
    }
    let Some(image) = find_object(state, ObjectKind::Image, name).await? else { return Ok(()) };
    let id = image.get("Id").and_then(Value::as_str).unwrap_or_default();
    let mut names = names_of(&image);
    if names.iter().any(|name| !name.contains('@')) {
        // The digests disappear with the last tag.
        names.retain(|name| !name.contains('@'));
    }
    let mut ours = !names.is_empty() || is_our_image(state, id);
    for name in &names {
        ours = ours && is_our_name(state, name, id).await?;
    }
    if ours { Ok(()) } else { state.require_allowed(Rule::Foreign, name, pid) }
}

/// Returns the mount points of a container.
pub(super) fn mount_targets(container: &Value) -> Vec<String> {
    let mounts = container.get("Mounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    mounts.iter().filter_map(|mount| mount.get("Destination")?.as_str().map(str::to_owned)).collect()
}
