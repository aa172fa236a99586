//! Creates containers, networks and volumes: checks them against the rules, and adds the session's labels.

use serde_json::Value;

use super::container::Container;
use super::relay::Exchange;
use super::response::HandlerResult;
use super::{ObjectKind, admit};

/// Creates a container, network or volume with the session's labels.
pub(super) async fn create(exchange: &mut Exchange, kind: ObjectKind) -> HandlerResult {
    let bytes = exchange.client.read_body().await?;
    let state = &exchange.state;
    let _volumes = if kind == ObjectKind::Container { Some(state.volumes.read().await) } else { None };
    let body = if kind == ObjectKind::Container {
        let mut container = Container::read(&bytes)?;
        admit::container(&mut container, state).await?;
        container.write()
    } else {
        Value::Object(admit::network_or_volume(&bytes, kind, state).await?).to_string().into_bytes()
    };
    let answer = exchange.send_json(body).await?;
    if answer.status() == 201
        && let Some(id) = answer.json()["Id"].as_str()
    {
        state.remember_id(id);
    }
    Ok(answer.into_response())
}
