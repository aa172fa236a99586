//! Creates containers, networks and volumes: checks them against the rules, and adds the session's labels.

use serde_json::Value;

use super::container::Container;
use super::label::session_of;
use super::relay::Exchange;
use super::response::HandlerResult;
use super::{GatewayEvent, ObjectKind, admit};

/// Creates a container, network or volume with the session's labels.
pub(super) async fn create(exchange: &mut Exchange, kind: ObjectKind) -> HandlerResult {
    let query = exchange.head.query()?;
    let bytes = exchange.client.read_body().await?;
    let state = &exchange.state;
    let _volumes = if kind == ObjectKind::Container { Some(state.volumes.read().await) } else { None };
    let (body, asked) = if kind == ObjectKind::Container {
        let mut container = Container::read(&bytes)?;
        admit::container(&mut container, state).await?;
        (container.write(), query.get("name").unwrap_or_default().to_owned())
    } else {
        let (body, name) = admit::network_or_volume(&bytes, kind, state).await?;
        (Value::Object(body).to_string().into_bytes(), name)
    };
    let answer = exchange.send_json(body).await?;
    if answer.status() == 201 {
        let made = answer.json();
        // The engine's answer is the same if the volume already existed.
        let ours = kind != ObjectKind::Volume || session_of(&made["Labels"]) == Some(state.labels.session.as_str());
        let field = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
        let (id, name) = if kind == ObjectKind::Volume { (field("Name"), field("Name")) } else { (field("Id"), asked) };
        if ours {
            if kind != ObjectKind::Volume {
                state.remember_id(&id);
            }
            state.emit(GatewayEvent::Made { kind, id, name });
        }
    }
    Ok(answer.into_response())
}
