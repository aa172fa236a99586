//! Whether a command left a trace on the engine. Containers that it created are removed.

use crate::claims::{EngineEvent, Facts, Question, RanCommand};
use crate::docker_cli::DockerCommand;
use crate::engine::{ClaimContext, Engine, EngineTime};
use crate::lesson::{Block, Lesson, Step, Subject, needs};
use crate::lesson_state::only_looks;
use crate::run::TWO_ENGINES;
use crate::shell;

/// Commands whose traces are events of the engine. `cp`, `login` and others leave traces elsewhere.
const SEEN: [&str; 18] = [
    "container run",
    "container create",
    "container start",
    "container stop",
    "container kill",
    "container restart",
    "container rm",
    "container exec",
    "container rename",
    "container pause",
    "container unpause",
    "container wait",
    "image pull",
    "image tag",
    "image rm",
    "network create",
    "network rm",
    "volume rm",
];

/// Whether the engine is as it was before `ran`, which was typed after `begun`.
pub(super) async fn left_no_trace(
    lesson: &Lesson,
    step: &Step,
    engine: &Engine,
    context: &ClaimContext<'_>,
    begun: EngineTime,
    ran: &RanCommand,
) -> bool {
    if only_looks(&ran.command) {
        return true;
    }
    // Events of the second engine are not seen.
    if !is_seen(&ran.command) || needs(lesson).contains(&TWO_ENGINES) {
        return false;
    }
    let question = Question { subject: Subject::Events(Vec::new()), on: None };
    let since = ClaimContext { since: begun, ..*context };
    let Ok(Facts::Events(events)) = engine.facts(&question, &since).await else { return false };
    let Some(created) = created_containers(&events) else { return false };
    if created.is_empty() {
        return events.is_empty();
    }
    let asks_for_events = step.blocks.iter().any(|block| match block {
        Block::Check(check) => matches!(check.claim.subject, Subject::Events(_)),
        _ => false,
    });
    if asks_for_events {
        return false;
    }
    for id in created {
        let path = format!("/containers/{id}?force=1&v=1");
        match engine.endpoint().ask("DELETE", &path, None).await {
            Ok(reply) if reply.is_good() || reply.status == 404 => {}
            _ => return false,
        }
    }
    true
}

/// Whether every command of a line leaves its traces on the engine alone.
fn is_seen(line: &str) -> bool {
    let commands = shell::read(line).all_commands();
    commands.iter().all(|command| {
        let call = DockerCommand::parse(command.invocation().words);
        command.redirects.is_empty() && call.is_some_and(|call| call.only_looks() || SEEN.contains(&call.name()))
    })
}

/// The ids of the containers that were created, if nothing else happened; `None` otherwise.
fn created_containers(events: &[EngineEvent]) -> Option<Vec<&str>> {
    let is_create = |event: &&EngineEvent| event.kind == "container" && event.action == "create";
    let created: Vec<&str> = events.iter().filter(is_create).map(|event| event.id.as_str()).collect();
    let attribute = |event: &EngineEvent, name: &str| {
        event.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let concerns_created = |event: &EngineEvent| match event.kind.as_str() {
        "container" => created.contains(&event.id.as_str()),
        "network" => {
            matches!(event.action.as_str(), "connect" | "disconnect")
                && created.contains(&attribute(event, "container").as_str())
        }
        _ => false,
    };
    events.iter().all(concerns_created).then_some(created)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, action: &str, id: &str, container: &str) -> EngineEvent {
        let attributes = vec![("container".to_owned(), container.to_owned())];
        EngineEvent { kind: kind.into(), action: action.into(), id: id.into(), attributes }
    }

    #[test]
    fn created_containers_are_the_only_trace() {
        let mut events = vec![
            event("container", "create", "a", ""),
            event("network", "connect", "n", "a"),
            event("container", "start", "a", ""),
        ];
        assert_eq!(created_containers(&events), Some(vec!["a"]));
        events.push(event("network", "connect", "n", "b"));
        assert_eq!(created_containers(&events), None);
        assert_eq!(created_containers(&[event("container", "die", "b", "")]), None);
        assert_eq!(created_containers(&[event("image", "pull", "a", "")]), None);
        assert_eq!(created_containers(&[]), Some(Vec::new()));
    }

    #[test]
    fn traces_outside_of_the_engine_are_not_seen() {
        for line in ["docker run -d alpine", "docker ps && docker rm a", "docker stop $(docker ps -q)"] {
            assert!(is_seen(line), "{line}");
        }
        for line in ["docker login", "docker save a > b", "docker cp a:/b c", "docker run a; touch b", "docker build ."]
        {
            assert!(!is_seen(line), "{line}");
        }
    }
}
