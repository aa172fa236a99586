//! Explains names and objects that are in use, and containers in the wrong state for a command.

use serde_json::Value;

use super::{Cause, Engine, Failure, Found, INSPECTED, Kind, inspected, is_foreign, list, text};
use crate::engine::EngineTime;

pub(super) async fn name_taken(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let by = if cause.get("id").is_some() { "id" } else { "name" };
    let container = inspected(cause, engine, by).await?;
    if is_foreign(&container, INSPECTED, failure) {
        return Some(("explain-name-taken-foreign", "docker ps -a"));
    }
    let running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
    let key = if running { "explain-name-taken-running" } else { "explain-name-taken-stopped" };
    Some((key, "docker ps -a"))
}

pub(super) async fn named(cause: &mut Cause, engine: &Engine) -> Found {
    inspected(cause, engine, "name").await?;
    let (key, show) = cause.kind.plain();
    Some((key, show))
}

pub(super) async fn not_running(cause: &mut Cause, engine: &Engine) -> Found {
    let container = inspected(cause, engine, "name").await?;
    let oom = container.pointer("/State/OOMKilled").and_then(Value::as_bool).unwrap_or_default();
    let key = match (cause.get("state"), cause.get("exit")) {
        (Some("created"), _) => "explain-not-running-created",
        (Some("exited"), _) if oom => "explain-not-running-oom",
        (Some("exited"), Some("0")) if ran_briefly(&container) => "explain-not-running-short",
        (Some("exited"), Some("0")) => "explain-not-running-done",
        (Some("exited"), Some("130" | "137" | "143")) => "explain-not-running-stopped",
        (Some("exited"), Some(_)) => "explain-not-running-failed",
        _ => "explain-not-running",
    };
    Some((key, "docker ps -a"))
}

/// Whether a container without open input ended within two seconds after its start. Such a container would end again
/// after another start.
fn ran_briefly(container: &Value) -> bool {
    const BRIEFLY: i64 = 2;
    let time = |path: &str| EngineTime::from_rfc3339(text(container, path)?);
    let is_open = container.pointer("/Config/OpenStdin").and_then(Value::as_bool).unwrap_or_default();
    let ran =
        time("/State/StartedAt").zip(time("/State/FinishedAt")).map(|(begin, end)| end.as_second() - begin.as_second());
    !is_open && ran.is_some_and(|seconds| (0..BRIEFLY).contains(&seconds))
}

pub(super) async fn in_use(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let image = cause.get("image").map(str::to_owned);
    let container = inspected(cause, engine, "id").await?;
    if let Some(image) = image {
        cause.set("image", image);
    }
    if is_foreign(&container, INSPECTED, failure) {
        let is_volume = cause.kind == Kind::VolumeInUse;
        let key = if is_volume { "explain-volume-in-use-foreign" } else { "explain-image-in-use-foreign" };
        return Some((key, cause.kind.plain().1));
    }
    let running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
    let keys = match cause.kind {
        Kind::VolumeInUse => ["explain-volume-in-use-running", "explain-volume-in-use-stopped"],
        _ => ["explain-image-in-use-running", "explain-image-in-use-stopped"],
    };
    let (_, show) = cause.kind.plain();
    Some((keys[usize::from(!running)], show))
}

pub(super) async fn network_in_use(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.get("network")?.to_owned();
    let network = engine.network(&name).await.ok()??;
    let inside = network.get("Containers").and_then(Value::as_object)?;
    let mut names: Vec<String> =
        inside.values().filter_map(|container| text(container, "/Name")).map(str::to_owned).collect();
    names.sort_unstable();
    let first = names.first()?.clone();
    cause.set("names", list(&names));
    cause.set("name", first);
    Some(("explain-network-in-use-names", "docker network inspect {network}"))
}
