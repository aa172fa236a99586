//! Handles prune requests. Limits each request to objects that the session made.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::error::Rejection;
use super::images::record_removed;
use super::query::Query;
use super::reference::Images;
use super::relay::Exchange;
use super::response::{HandlerResult, json_response};
use super::state::GatewayState;
use super::{GatewayEvent, ObjectKind, Rule};
use crate::text::percent;

/// Removes unused containers, networks or volumes that have the session's label.
pub(super) async fn objects(exchange: &mut Exchange, kind: ObjectKind) -> HandlerResult {
    let state = Arc::clone(&exchange.state);
    let mut query = exchange.head.query()?;
    if state.require_allowed(Rule::Prune, kind.name()).is_err() {
        query.require_label(&state.labels.filter())?;
        if kind == ObjectKind::Container {
            require_own_labels(&state, &query).await?;
        }
    }
    let _volumes = if kind == ObjectKind::Volume { Some(state.volumes.write().await) } else { None };
    exchange.pass(Some(&query)).await
}

/// Refuses the request if a container with the session's label may have inherited that label from its image. Anybody
/// may own such a container.
async fn require_own_labels(state: &GatewayState, query: &Query) -> Result<(), Rejection> {
    let mut list = Query::default();
    list.push("all", "1");
    list.push("filters", json!({ "label": query.filters()?.get("label") }).to_string());
    let list = state.ask("GET", &format!("/containers/json?{}", list.write()), None).await?;
    let Some(containers) = list.body.as_array().filter(|_| list.is_good()) else {
        return Err(Rejection::unexpected("docker ps -a", &list));
    };
    for container in containers {
        let text = |name: &str| container[name].as_str();
        if state.inherits_label(&container["Labels"], text("ImageID")).await? {
            state.require_allowed(Rule::Foreign, text("Id").unwrap_or_default())?;
        }
    }
    Ok(())
}

/// Removes nothing from the build cache, because its owner is unknown. Answers without an error, so that `docker system
/// prune` can finish.
pub(super) async fn build_cache(exchange: &mut Exchange) -> HandlerResult {
    let what = "docker builder prune";
    if exchange.state.require_allowed(Rule::Prune, what).is_ok() {
        return exchange.pass(None).await;
    }
    exchange.state.emit(GatewayEvent::Refused { rule: Rule::Prune, what: what.to_owned() });
    Ok(json_response(200, json!({ "CachesDeleted": null, "SpaceReclaimed": 0 }).to_string()))
}

/// Removes unused images that the session made. The gateway selects these images itself, because no label marks them
/// for the engine.
pub(super) async fn images(exchange: &mut Exchange) -> HandlerResult {
    let query = exchange.head.query()?;
    if exchange.state.require_allowed(Rule::Prune, ObjectKind::Image.name()).is_ok() {
        return exchange.pass(Some(&query)).await;
    }
    let state = &exchange.state;
    let mut filters = query.filters()?;
    let dangling = filters.remove("dangling");
    let dangling = dangling.as_ref().and_then(|values| values[0].as_str());
    let all = dangling.is_some_and(|value| matches!(value, "0" | "f" | "F" | "false" | "False" | "FALSE"));
    let (mut deleted, mut freed) = (Vec::new(), 0);
    // The gateway does not know the labels and ages of images, so it removes no image if the request has any filter
    // except `dangling`.
    if filters.is_empty() {
        let list = state.ask("GET", "/images/json", None).await?;
        let sizes: HashMap<&str, u64> = list.body.as_array().into_iter().flatten().filter_map(size).collect();
        for name in unused(state, all).await? {
            let path = format!("/images/{}?noprune=1", percent::encode_path(&name));
            let reply = state.ask("DELETE", &path, None).await?;
            // The engine refuses to remove an image that is in use.
            if reply.is_good() {
                record_removed(state, &reply.body).await?;
                deleted.extend(reply.body.as_array().cloned().unwrap_or_default());
            }
        }
        let ids = deleted.iter().filter_map(|entry| entry["Deleted"].as_str());
        freed = ids.filter_map(|id| sizes.get(id)).sum();
    }
    let deleted = if deleted.is_empty() { Value::Null } else { Value::Array(deleted) };
    Ok(json_response(200, json!({ "ImagesDeleted": deleted, "SpaceReclaimed": freed }).to_string()))
}

/// Returns the session's images without a name, newest first. With `all`, also returns the names that the session
/// gave.
async fn unused(state: &GatewayState, all: bool) -> Result<Vec<String>, Rejection> {
    let (names, images) = state.journal.with_ledger(|ledger| (ledger.names.clone(), ledger.images.clone()));
    let there = Images::list(&state.engine).await?;
    let mut unused: Vec<String> = Vec::new();
    if all {
        let same = names.into_iter().filter(|(name, id)| there.names.get(name) == Some(id));
        unused.extend(same.map(|(name, _)| name));
    }
    let whole = images.iter().rev().filter_map(|id| there.find(id));
    unused.extend(whole.filter(|id| !there.names.values().any(|named| named == *id)).cloned());
    Ok(unused)
}

fn size(image: &Value) -> Option<(&str, u64)> {
    Some((image["Id"].as_str()?, image["Size"].as_u64()?))
}
