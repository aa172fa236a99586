//! Whose a thing on the engine is.

use serde_json::Value;

use super::error::Stop;
use super::gate::Gate;
use super::query::path_escape;
use super::reference::{image_names, with_tag};
use super::route::Target;
use super::{Kind, Rule};

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
    if gate.is_ours(labels) { Ok(()) } else { gate.demand(Rule::Foreign, &target.id, pid) }
}

/// As [`demand`], for an image: all its names must be the session's, or the one that is meant.
pub(super) async fn demand_image(gate: &Gate, name: &str, pid: Option<i32>) -> Result<(), Stop> {
    let names = image_names(&gate.upstream).await?;
    let ours = |name: &str| gate.journal.is_ours(name);
    let meant = with_tag(name);
    let foreign = if names.contains_key(&meant) {
        !ours(&meant)
    } else {
        let image = gate.ask("GET", &format!("/images/{}/json", path_escape(name)), None).await?;
        let tags = image.body.get("RepoTags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        image.is_good() && (tags.is_empty() || !tags.iter().filter_map(Value::as_str).all(ours))
    };
    if foreign { gate.demand(Rule::Foreign, name, pid) } else { Ok(()) }
}

/// Where a container has something mounted.
pub(super) async fn mounts(gate: &Gate, id: &str) -> Result<Vec<String>, Stop> {
    let there = gate.ask("GET", &format!("/containers/{}/json", path_escape(id)), None).await?;
    let mounts = there.body.get("Mounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(mounts.iter().filter_map(|mount| mount.get("Destination")?.as_str().map(str::to_owned)).collect())
}
