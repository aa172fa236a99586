//! Decides whether a command left a trace on the engine, after removing the containers that the command created.

use serde_json::Value;

use crate::claims::{InfraFailure, RanCommand};
use crate::docker_cli::DockerCommand;
use crate::engine::Engine;
use crate::lesson::{Block, Lesson, Step, Subject, needs};
use crate::lesson_state::only_looks;
use crate::run::TWO_ENGINES;
use crate::shell;

/// Commands whose traces the lists of objects show. Other commands, such as `start`, `exec`, `cp` and `login`, leave
/// traces that the lists do not show.
const SEEN: [&str; 14] = [
    "container run",
    "container create",
    "container stop",
    "container kill",
    "container rm",
    "container rename",
    "container pause",
    "container unpause",
    "container wait",
    "image pull",
    "image tag",
    "image rm",
    "network create",
    "network rm",
];

/// The objects on an engine: containers, images, networks and volumes.
pub(super) type Objects = [Vec<Value>; 4];

/// Lists the objects on an engine, without the `Status` of containers, which changes by itself.
pub(super) async fn objects(engine: &Engine) -> Result<Objects, InfraFailure> {
    let mut containers = engine.containers().await?;
    for container in containers.iter_mut().filter_map(Value::as_object_mut) {
        container.remove("Status");
    }
    Ok([containers, engine.images().await?, engine.networks().await?, engine.volumes().await?])
}

/// Removes new containers. Returns whether the objects on the engine are then the same as before `ran`. Returns false
/// if the lists of objects cannot show the traces.
pub(super) async fn left_no_trace(
    lesson: &Lesson,
    step: &Step,
    engine: &Engine,
    before: &Objects,
    ran: &RanCommand,
) -> bool {
    if only_looks(&ran.command) {
        return true;
    }
    let asks_for_events = step.blocks.iter().any(|block| match block {
        Block::Check(check) => matches!(check.claim.subject, Subject::Events(_)),
        _ => false,
    });
    // The lists lack the objects of a second engine.
    if asks_for_events || !is_seen(&ran.command) || needs(lesson).contains(&TWO_ENGINES) {
        return false;
    }
    let Ok(containers) = engine.containers().await else { return false };
    let is_old = |container: &&Value| before[0].iter().any(|old| old["Id"] == container["Id"]);
    for container in containers.iter().filter(|container| !is_old(container)) {
        let path = format!("/containers/{}?force=1&v=1", container["Id"].as_str().unwrap_or_default());
        match engine.endpoint().ask("DELETE", &path, None).await {
            Ok(reply) if reply.is_good() || reply.status == 404 => {}
            _ => return false,
        }
    }
    objects(engine).await.is_ok_and(|after| after == *before)
}

/// Whether the lists of objects show the traces of every command of a line. A volume, a mount or a redirected output
/// may hold other traces.
fn is_seen(line: &str) -> bool {
    let commands = shell::read(line).all_commands();
    commands.iter().all(|command| {
        let call = DockerCommand::parse(command.invocation().words);
        let is_seen = |call: DockerCommand| SEEN.contains(&call.name()) && !call.has("volume") && !call.has("mount");
        command.redirects.is_empty() && call.is_some_and(|call| call.only_looks() || is_seen(call))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_counts_as_seen_only_if_the_lists_show_all_of_its_traces() {
        for line in ["docker run -d alpine", "docker ps && docker rm a", "docker stop $(docker ps -q)"] {
            assert!(is_seen(line), "{line}");
        }
        for line in [
            "docker login",
            "docker save a > b",
            "docker cp a:/b c",
            "docker run a; touch b",
            "docker build .",
            "docker start a",
            "docker run -v data:/d alpine",
        ] {
            assert!(!is_seen(line), "{line}");
        }
    }
}
