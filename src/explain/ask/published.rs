//! Explains a taken port: finds the container or the program that uses the port, and finds a free port.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Cause, Engine, Failure, Found, is_foreign, listed_name};
use crate::engine::Endpoint;
use crate::explain::ports::{Holder, Table, engine_process};

/// The number of ports among which to search for a free port.
const MOST_PORTS: u16 = 50;

/// Finds the container or the program that uses the port, if the tutor can find out. Sets a free port to suggest.
pub(super) async fn port_taken(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let port: u16 = cause.get("port")?.parse().ok()?;
    let containers = engine.containers().await.unwrap_or_default();
    let ports = |container: &Value| -> Vec<u64> {
        let list = container.get("Ports").and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|port| port.get("PublicPort").and_then(Value::as_u64)).collect()
    };
    let (table, holder) = look_for(engine, port, failure.apart).await;
    let published: Vec<u64> = containers.iter().flat_map(ports).collect();
    let free = (port..port.saturating_add(MOST_PORTS))
        .skip(1)
        .find(|port| !table.has(*port) && !published.contains(&u64::from(*port)));
    let free = free.unwrap_or(port).to_string();
    let publish =
        cause.call.as_ref().and_then(|call| call.value("publish")).and_then(|publish| publish.rsplit_once(':'));
    let publish = publish.map_or_else(|| free.clone(), |(_, inside)| format!("{free}:{inside}"));
    cause.set("publish", publish);
    let by = containers.iter().find(|container| ports(container).contains(&u64::from(port)));
    if let Some((container, name)) = by.and_then(|container| Some((container, listed_name(container)?))) {
        cause.set("name", name);
        let key = if is_foreign(container, "/Labels", failure) {
            "explain-port-taken-foreign"
        } else {
            "explain-port-taken-container"
        };
        return Some((key, "docker ps"));
    }
    let is_root = failure.apart || rustix::process::geteuid().is_root();
    let show = if is_root { "ss -ltnp 'sport = :{port}'" } else { cause.kind.plain().1 };
    match holder {
        Some(Holder { program, pid }) if pid > 0 => {
            cause.set("program", if program.is_empty() { "?".to_owned() } else { program });
            cause.set("pid", pid.to_string());
            Some(("explain-port-taken-process", show))
        }
        _ => Some(("explain-port-taken", show)),
    }
}

/// Returns the container's port in the value of `-p`, as it was typed.
pub(super) fn published_inside(cause: &Cause) -> Option<&str> {
    let publish = cause.call.as_ref()?.value("publish")?;
    publish.rsplit_once(':').map(|(_, inside)| inside)
}

/// Returns the sockets of the network in which the engine publishes ports, and the process that listens on `port`.
async fn look_for(engine: &Engine, port: u16, apart: bool) -> (Table, Option<Holder>) {
    let mut places: Vec<PathBuf> = Vec::new();
    if let Endpoint::Unix(socket) = engine.endpoint() {
        places.extend(engine_process(socket).await);
    }
    let beside = places.first().filter(|_| apart).cloned();
    places.push(PathBuf::from("/proc/self"));
    let look = move || {
        let tables: Vec<Table> = places.iter().map(|place| Table::read(place)).collect();
        // A rootless engine holds its published ports outside of its own network namespace.
        let table = tables.iter().find(|table| table.has(port)).or(tables.first()).cloned().unwrap_or_default();
        let mut holder = table.holder(Path::new("/proc"), port);
        if let (Some(holder), Some(beside)) = (&mut holder, &beside) {
            holder.pid = holder.pid_beside(beside).unwrap_or_default();
        }
        (table, holder)
    };
    tokio::task::spawn_blocking(look).await.unwrap_or_default()
}
