//! Explains why a container ended: the container had too little memory, somebody stopped the container, or its program
//! had finished.

use serde_json::Value;

use super::{Cause, Engine, Failure, Found, INSPECTED, inspected, is_foreign, name_of, size, text};
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::explain::STILL_RUNNING;

/// The command that shows whether a container ran out of memory.
const SHOW_OOM: &str = "docker inspect -f '{{.State.OOMKilled}}' {name}";

/// Returns the container of a call: the container that the call names, or else the newest container of its image. The
/// newest container counts only if it still runs or ended with the exit status of the command.
async fn container_of(cause: &Cause, engine: &Engine) -> Option<Value> {
    let call = cause.call.as_ref()?;
    let first = call.first()?;
    let name =
        if call.familiar_name() == "run" { call.value("name").map(str::to_owned) } else { Some(first.to_owned()) };
    if let Some(name) = name {
        return engine.container(&name).await.ok()?;
    }
    let containers = engine.containers().await.ok()?;
    let exited = format!("Exited ({})", cause.get("status")?);
    let newest = containers.iter().find(|container| text(container, "/Image") == Some(first))?;
    // If the container of this command was removed, the newest container may belong to another command.
    let is_running = text(newest, "/State") == Some("running") && !call.has("rm");
    let mine = is_running || text(newest, "/Status").is_some_and(|status| status.starts_with(&exited));
    engine.container(text(newest, "/Id").filter(|_| mine)?).await.ok()?
}

fn set_limit(cause: &mut Cause, container: &Value) {
    let limit = container.pointer("/HostConfig/Memory").and_then(Value::as_u64).filter(|limit| *limit > 0);
    cause.set("limit", limit.map_or_else(|| "none".to_owned(), size));
}

pub(super) async fn ended(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let status = cause.get("status")?.to_owned();
    let exec = cause.verb() == "exec";
    let container = container_of(cause, engine).await;
    if let Some(container) = &container {
        name_of(cause, container);
        let is_running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
        // Only the docker CLI has ended, and the exit status is that of the CLI.
        if is_running && !exec {
            return (!is_foreign(container, INSPECTED, failure)).then_some((STILL_RUNNING, "docker ps"));
        }
    }
    if status != "137" {
        return None;
    }
    if let Some(container) = &container {
        let oom = container.pointer("/State/OOMKilled").and_then(Value::as_bool).unwrap_or_default();
        // A command of `docker exec` can be killed while its container keeps running. For other commands, the container
        // itself must have ended with 137: `OOMKilled` may be about a process that was killed long ago.
        let same = exec || cause.get("exit") == Some("137");
        if oom && same {
            set_limit(cause, container);
            return Some(("explain-ended-oom", SHOW_OOM));
        }
        // The engine may learn of the container's end before it learns that memory ran out. Then the engine never sets
        // `OOMKilled`.
        if !exec && same && died_of_memory(engine, container).await {
            set_limit(cause, container);
            return Some(("explain-ended-oom", "docker inspect -f '{{.HostConfig.Memory}}' {name}"));
        }
        return None;
    }
    // `--rm` has removed the container, but the engine still has its events.
    let call = cause.call.clone()?;
    let image = call.first()?.to_owned();
    if call.familiar_name() == "run" && engine.oom_lately(&image).await.ok()? {
        cause.set("limit", call.value("memory").unwrap_or("none"));
        cause.set("image", image);
        return Some((
            "explain-ended-oom",
            "docker events --since 5m --until 0s --filter event=oom --filter image={image}",
        ));
    }
    None
}

/// Whether the memory limit ended a container. The container must have a limit, and the engine's events must have
/// `oom`, or `die` without `kill`.
async fn died_of_memory(engine: &Engine, container: &Value) -> bool {
    let is_limited = container.pointer("/HostConfig/Memory").and_then(Value::as_u64).is_some_and(|limit| limit > 0);
    let Some(id) = text(container, "/Id").filter(|_| is_limited) else { return false };
    engine.happened_lately(id).await.is_ok_and(|happened| {
        let has = |wanted: &str| happened.iter().any(|name| name == wanted);
        has("oom") || (has("die") && !has("kill"))
    })
}

/// Explains that `docker logs -f` ends by itself because the container has stopped.
pub(super) async fn followed_stopped(cause: &mut Cause, engine: &Engine) -> Found {
    let container = inspected(cause, engine, "name").await?;
    let has_stopped = text(&container, "/State/Status") == Some("exited");
    has_stopped.then_some(("explain-followed-stopped", "docker ps -a"))
}

/// Whether the step runs the image of the call only in the foreground. The learner has run the image in the background.
fn runs_in_front(cause: &Cause, failure: &Failure<'_>) -> bool {
    let Some(image) = cause.call.as_ref().and_then(DockerCommand::first) else { return false };
    let runs: Vec<DockerCommand> = failure.printed.iter().flat_map(|one| docker_commands(one.command)).collect();
    let mut runs = runs.iter().filter(|call| call.familiar_name() == "run" && call.first() == Some(image)).peekable();
    runs.peek().is_some() && runs.all(|call| !call.has("detach"))
}

/// Returns a program that keeps running: the program that the step runs in the background, or else `sleep 600`.
fn lasting_program(failure: &Failure<'_>) -> String {
    let runs = failure.printed.iter().flat_map(|one| docker_commands(one.command));
    let mut lasting = runs.filter(|call| call.familiar_name() == "run" && call.has("detach") && !call.tail.is_empty());
    lasting.next().map_or_else(|| "sleep 600".to_owned(), |call| call.tail.join(" "))
}

pub(super) async fn ended_at_once(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let container = inspected(cause, engine, "id").await?;
    if text(&container, "/State/Status") != Some("exited") {
        return None;
    }
    let oom = container.pointer("/State/OOMKilled").and_then(Value::as_bool).unwrap_or_default();
    let argv = [text(&container, "/Path").unwrap_or_default().to_owned()].into_iter();
    let rest = container.get("Args").and_then(Value::as_array).cloned().unwrap_or_default();
    let argv: Vec<String> = argv.chain(rest.iter().filter_map(Value::as_str).map(str::to_owned)).collect();
    cause.set("run", argv.join(" "));
    cause.set("example", lasting_program(failure));
    let shell = argv.len() == 1 && ["sh", "bash", "ash"].contains(&argv[0].rsplit('/').next().unwrap_or_default());
    let (key, show) = match cause.get("exit") {
        _ if oom => {
            set_limit(cause, &container);
            cause.set("status", "137");
            ("explain-ended-oom", SHOW_OOM)
        }
        // `docker start` cannot change the program of a container.
        Some("0") if cause.verb() == "start" => ("explain-ended-at-once-start", "docker logs {name}"),
        Some("0") if shell => ("explain-ended-at-once-shell", "docker ps -a"),
        Some("0") if runs_in_front(cause, failure) => ("explain-ended-at-once-front", ""),
        Some("0") => ("explain-ended-at-once", "docker ps -a"),
        _ => ("explain-ended-at-once-failed", "docker logs {name}"),
    };
    Some((key, show))
}
