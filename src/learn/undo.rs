//! What the lesson has made on its engine, and undoing that: nothing else is ever touched.

use std::collections::BTreeSet;

use serde_json::Value;
use tokio::join;

use super::{EngineGuard, LessonEnv};
use crate::clean::{Leftovers, Origins, Swept, Thing, sweep};
use crate::gateway::{GatewayError, Kind, LESSON_LABEL, Record, SESSION_LABEL, Session, ask, image_names, sessions};
use crate::image_ref;
use crate::lesson::Lesson;

/// Networks that every engine has.
const BUILT_IN: [&str; 4] = ["bridge", "host", "none", "podman"];

/// Kinds and ids.
pub(super) type Snapshot = BTreeSet<(Kind, String)>;

/// All that is the lesson's on the engine now: on the learner's own what a session of it made, on a private one
/// everything but what the lesson finds at its start.
pub(super) async fn things(
    lesson: &Lesson,
    env: &LessonEnv,
    guard: Option<&EngineGuard>,
) -> Result<Vec<Thing>, GatewayError> {
    let ours: Option<Vec<Session>> = guard.map(|guard| {
        let all = sessions(&guard.journals).into_iter();
        all.filter(|session| session.lesson == lesson.id.0).collect()
    });
    let endpoint = env.engine.endpoint();
    let list = |path: &'static str| ask(endpoint, "GET", path, None);
    let (containers, networks, volumes, images) =
        join!(list("/containers/json?all=1"), list("/networks"), list("/volumes"), image_names(endpoint));
    let (mut things, mut origins) = (Vec::new(), Origins::new(endpoint));
    let volumes = volumes?.body.get("Volumes").cloned().unwrap_or_default();
    for (kind, list) in [(Kind::Container, containers?.body), (Kind::Network, networks?.body), (Kind::Volume, volumes)]
    {
        for thing in list.as_array().into_iter().flatten().filter(|thing| is_ours(thing, lesson, ours.as_deref())) {
            if ours.is_some() && kind == Kind::Container && origins.inherits(thing).await? {
                continue;
            }
            let text = |name: &str| thing.get(name).and_then(Value::as_str).map(str::to_owned);
            let names = thing.get("Names").and_then(Value::as_array).and_then(|names| names.first()?.as_str());
            let name = names.map(|name| name.trim_start_matches('/').to_owned()).or_else(|| text("Name"));
            let Some(name) = name else { continue };
            let id = if kind == Kind::Volume { Some(name.clone()) } else { text("Id") };
            let is_built_in = kind == Kind::Network && BUILT_IN.contains(&name.as_str());
            if let Some(id) = id.filter(|_| !is_built_in) {
                things.push(Thing { kind, id, name, lesson: lesson.id.0.clone() });
            }
        }
    }
    let there = images?;
    let finds: Vec<String> = lesson.front.have.iter().map(|image| image_ref::listed(&image.value)).collect();
    let made: Vec<(String, String)> = match &ours {
        None => there.iter().map(|(name, id)| (name.clone(), id.clone())).collect(),
        Some(sessions) => sessions
            .iter()
            .flat_map(|session| &session.records)
            .filter_map(|record| if let Record::Made { names, .. } = record { Some(names.clone()) } else { None })
            .flatten()
            .collect(),
    };
    let mut seen = BTreeSet::new();
    for (name, id) in made {
        // A digest goes with the last name of its image.
        if there.get(&name) == Some(&id) && !finds.contains(&name) && !name.contains('@') && seen.insert(name.clone()) {
            things.push(Thing { kind: Kind::Image, id: name.clone(), name, lesson: lesson.id.0.clone() });
        }
    }
    Ok(things)
}

fn is_ours(thing: &Value, lesson: &Lesson, ours: Option<&[Session]>) -> bool {
    let Some(ours) = ours else { return true };
    let label = |name: &str| thing.get("Labels").and_then(|labels| labels.get(name)).and_then(Value::as_str);
    label(LESSON_LABEL) == Some(&lesson.id.0)
        && label(SESSION_LABEL).is_some_and(|label| ours.iter().any(|session| session.name == label))
}

/// What of it there is, for comparing later.
pub(super) fn snapshot(things: &[Thing]) -> Snapshot {
    things.iter().map(|thing| (thing.kind, thing.id.clone())).collect()
}

/// Removes these.
pub(super) async fn remove(env: &LessonEnv, things: Vec<Thing>) -> Swept {
    sweep(&env.engine, &Leftovers { things, ..Leftovers::default() }).await
}
