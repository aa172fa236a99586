//! New containers, networks and volumes, held against the rules and marked as the session's.

use serde_json::Value;

use super::container::Container;
use super::error::Stop;
use super::exchange::Client;
use super::gate::Gate;
use super::head::Head;
use super::label::session_of;
use super::query::Query;
use super::relay::send;
use super::{Kind, Told, admit};

/// Makes a container, network or volume that carries the session's labels.
pub(super) async fn create(client: &mut Client, gate: &Gate, head: &Head, kind: Kind) -> Result<(), Stop> {
    let query = Query::read(head.target.query.as_deref())?;
    let bytes = client.whole(head).await?;
    let _volumes = if kind == Kind::Container { Some(gate.volumes.read().await) } else { None };
    let (body, asked) = if kind == Kind::Container {
        let mut container = Container::read(&bytes)?;
        admit::container(&mut container, gate, client.pid).await?;
        (container.write(), query.get("name").unwrap_or_default().to_owned())
    } else {
        let (body, name) = admit::made(&bytes, kind, gate, client.pid).await?;
        (Value::Object(body).to_string().into_bytes(), name)
    };
    let answer = send(client, gate, head, &body).await?;
    if answer.status() == 201 {
        let told = answer.json();
        // A volume that was there before is answered as if it had been made.
        let ours = kind != Kind::Volume || session_of(told.get("Labels")) == Some(gate.labels.session.as_str());
        let field = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (id, name) = if kind == Kind::Volume { (field("Name"), field("Name")) } else { (field("Id"), asked) };
        if ours {
            if kind != Kind::Volume {
                gate.remember_own(&id);
            }
            gate.tell(Told::Made { kind, id, name });
        }
    }
    Ok(())
}
