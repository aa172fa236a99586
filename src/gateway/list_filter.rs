//! Limits lists to the session's objects.

use serde_json::Value;

use super::ObjectKind;
use super::label::session_of;
use super::reference::names_of;
use super::relay::Exchange;
use super::response::HandlerResult;
use super::state::GatewayState;
use crate::engine::BUILT_IN_NETWORKS;

/// Answers a request for a list. The list contains only the session's objects.
pub(super) async fn list(exchange: &mut Exchange, kind: ObjectKind) -> HandlerResult {
    let mut query = exchange.head.query()?;
    if matches!(kind, ObjectKind::Container | ObjectKind::Volume) {
        query.require_label(&exchange.state.labels.filter())?;
        return exchange.pass(Some(&query)).await;
    }
    let answer = exchange.fetch(Some(&query)).await?;
    let mut list = answer.json();
    match list.as_array_mut().filter(|_| answer.is_good()) {
        None => Ok(answer.into_response()),
        Some(objects) => {
            objects.retain(|object| shows(&exchange.state, kind, object));
            Ok(answer.with_json(&list))
        }
    }
}

/// Answers the request for disk usage. The answer contains only the session's objects.
pub(super) async fn disk_use(exchange: &mut Exchange) -> HandlerResult {
    let answer = exchange.fetch(Some(&exchange.head.query()?)).await?;
    let mut body = answer.json();
    if !answer.is_good() || !body.is_object() {
        return Ok(answer.into_response());
    }
    let fields =
        [("Containers", ObjectKind::Container), ("Volumes", ObjectKind::Volume), ("Images", ObjectKind::Image)];
    for (field, kind) in fields {
        if let Some(objects) = body.get_mut(field).and_then(Value::as_array_mut) {
            objects.retain(|object| shows(&exchange.state, kind, object));
        }
    }
    // The build cache is left out, because its owner is unknown.
    if let Some(cache) = body.get_mut("BuildCache").and_then(Value::as_array_mut) {
        cache.clear();
    }
    Ok(answer.with_json(&body))
}

fn shows(state: &GatewayState, kind: ObjectKind, object: &Value) -> bool {
    let text = |name: &str| object[name].as_str().unwrap_or_default();
    let labelled = session_of(&object["Labels"]) == Some(state.labels.session.as_str());
    match kind {
        ObjectKind::Container | ObjectKind::Volume => labelled,
        ObjectKind::Network => labelled || BUILT_IN_NETWORKS.contains(&text("Name")),
        ObjectKind::Image => {
            let names = names_of(object);
            let ours = state.journal.with_ledger(|ledger| {
                ledger.has_image(text("Id")) || names.iter().any(|name| ledger.names.contains_key(name))
            });
            ours || names.iter().any(|name| state.knows_name(name))
        }
    }
}
