//! Whose a thing on the engine is.

use serde_json::Value;

use super::error::Stop;
use super::gate::Gate;
use super::label::is_inherited;
use super::query::path_escape;
use super::reference::{Images, names_of, with_tag};
use super::route::Target;
use super::{Kind, Rule, images};

/// Goes on where a thing is the learner's own from a lesson, or is not there at all.
pub(super) async fn demand(gate: &Gate, target: &Target, pid: Option<i32>) -> Result<(), Stop> {
    let id = path_escape(&target.id);
    let path = match target.kind {
        Kind::Container => format!("/containers/{id}/json"),
        Kind::Network => format!("/networks/{id}"),
        Kind::Volume => format!("/volumes/{id}"),
        Kind::Image => return demand_image(gate, &target.id, pid).await,
    };
    let there = gate.ask("GET", &path, None).await?;
    if !there.is_good() {
        return Ok(());
    }
    let labels = there.body.get("Config").and_then(|config| config.get("Labels")).or(there.body.get("Labels"));
    let image = there.body.get("Image").and_then(Value::as_str);
    if gate.is_ours(labels) && !inherits(gate, labels, image).await? {
        Ok(())
    } else {
        gate.demand(Rule::Foreign, &target.id, pid)
    }
}

/// Whether a container has the session's label from its image only.
pub(super) async fn inherits(gate: &Gate, labels: Option<&Value>, image: Option<&str>) -> Result<bool, Stop> {
    let Some(image) = image else { return Ok(false) };
    let image = gate.ask("GET", &format!("/images/{}/json", path_escape(image)), None).await?;
    let own = image.body.get("Config").and_then(|config| config.get("Labels"));
    Ok(image.is_good() && is_inherited(labels, own))
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
    let meant = with_tag(name);
    if let Some(id) = there.names.get(&meant) {
        let ours = is_our_name(gate, &meant, id).await?;
        return if ours { Ok(()) } else { gate.demand(Rule::Foreign, name, pid) };
    }
    let image = gate.ask("GET", &format!("/images/{}/json", path_escape(name)), None).await?;
    if !image.is_good() {
        return Ok(());
    }
    let id = image.body.get("Id").and_then(Value::as_str).unwrap_or_default();
    let mut names = names_of(&image.body);
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
pub(super) async fn mounts(gate: &Gate, id: &str) -> Result<Vec<String>, Stop> {
    let there = gate.ask("GET", &format!("/containers/{}/json", path_escape(id)), None).await?;
    let mounts = there.body.get("Mounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(mounts.iter().filter_map(|mount| mount.get("Destination")?.as_str().map(str::to_owned)).collect())
}
