//! Finds the objects that a lesson has created on its engine, and removes these objects only.

use std::collections::BTreeSet;

use serde_json::Value;
use tokio::join;

use super::EngineGuard;
use crate::clean::{Leftovers, LessonObject, Swept, inherits_label, sweep};
use crate::driver::LessonEnv;
use crate::engine::Engine;
use crate::gateway::{GatewayError, LESSON_LABEL, ObjectKind, SESSION_LABEL, Session, ask, image_names, sessions};
use crate::image_ref;
use crate::lesson::Lesson;

/// Networks that every engine has.
const BUILT_IN: [&str; 4] = ["bridge", "host", "none", "podman"];

/// The objects on the engines. A name that moves to another image is a new object.
pub(super) type Snapshot = BTreeSet<SnapshotKey>;
/// The node, the kind and the id of an object, and the image that has its name.
pub(super) type SnapshotKey = (Option<String>, ObjectKind, String, Option<String>);

/// Returns the objects that the lesson has created on all of its nodes.
pub(super) async fn things(
    lesson: &Lesson,
    env: &LessonEnv,
    guard: Option<&EngineGuard>,
) -> Result<Vec<LessonObject>, GatewayError> {
    let mut things = things_of(lesson, &env.engine, guard).await?;
    for (name, engine) in env.engine.other_nodes() {
        let there = things_of(lesson, engine, guard).await?;
        things.extend(there.into_iter().map(|thing| LessonObject { node: Some(name.to_owned()), ..thing }));
    }
    Ok(things)
}

/// Returns the objects that the lesson has created on an engine. On the learner's own engine, these are the objects of
/// the lesson's sessions. On a private engine, these are all objects except the images that the lesson needs from the
/// start.
async fn things_of(
    lesson: &Lesson,
    engine: &Engine,
    guard: Option<&EngineGuard>,
) -> Result<Vec<LessonObject>, GatewayError> {
    let ours: Option<Vec<Session>> = guard.map(|guard| {
        let all = sessions(&guard.journals).into_iter();
        all.filter(|session| session.lesson == lesson.id.0).collect()
    });
    let endpoint = engine.endpoint();
    let list = |path: &'static str| ask(endpoint, "GET", path, None);
    let (containers, networks, volumes, images) =
        join!(list("/containers/json?all=1"), list("/networks"), list("/volumes"), image_names(endpoint));
    let mut things = Vec::new();
    let volumes = volumes?.body.get("Volumes").cloned().unwrap_or_default();
    for (kind, list) in [
        (ObjectKind::Container, containers?.body),
        (ObjectKind::Network, networks?.body),
        (ObjectKind::Volume, volumes),
    ] {
        for thing in list.as_array().into_iter().flatten().filter(|thing| is_ours(thing, lesson, ours.as_deref())) {
            if ours.is_some() && kind == ObjectKind::Container && inherits_label(endpoint, thing).await? {
                continue;
            }
            let thing = LessonObject::read(kind, thing, &lesson.id.0);
            let is_built_in =
                |thing: &LessonObject| kind == ObjectKind::Network && BUILT_IN.contains(&thing.name.as_str());
            things.extend(thing.filter(|thing| !is_built_in(thing)));
        }
    }
    let there = images?;
    let finds: Vec<String> = lesson.front.have.iter().map(|image| image_ref::listed(&image.value)).collect();
    let made: Vec<(String, String)> = match &ours {
        None => there.iter().map(|(name, id)| (name.clone(), id.clone())).collect(),
        Some(sessions) => sessions.iter().flat_map(|session| session.ledger().names).collect(),
    };
    let mut seen = BTreeSet::new();
    for (name, id) in made {
        // Leave out digests, because the engine removes a digest together with the last name of its image.
        if there.get(&name) == Some(&id) && !finds.contains(&name) && !name.contains('@') && seen.insert(name.clone()) {
            let lesson = lesson.id.0.clone();
            things.push(LessonObject {
                kind: ObjectKind::Image,
                id: name.clone(),
                name,
                lesson,
                node: None,
                image: Some(id),
            });
        }
    }
    Ok(things)
}

pub(super) fn is_ours(thing: &Value, lesson: &Lesson, ours: Option<&[Session]>) -> bool {
    let Some(ours) = ours else { return true };
    let label = |name: &str| thing.get("Labels").and_then(|labels| labels.get(name)).and_then(Value::as_str);
    label(LESSON_LABEL) == Some(&lesson.id.0)
        && label(SESSION_LABEL).is_some_and(|label| ours.iter().any(|session| session.name == label))
}

/// Returns the keys of objects, for a later comparison.
pub(super) fn snapshot(things: &[LessonObject]) -> Snapshot {
    things.iter().map(snapshot_key).collect()
}

pub(super) fn snapshot_key(thing: &LessonObject) -> SnapshotKey {
    (thing.node.clone(), thing.kind, thing.id.clone(), thing.image.clone())
}

pub(super) async fn remove(env: &LessonEnv, things: Vec<LessonObject>) -> Swept {
    let mut all = Swept::default();
    let own = std::iter::once((None, &env.engine));
    for (node, engine) in own.chain(env.engine.other_nodes().map(|(name, engine)| (Some(name), engine))) {
        let here = things.iter().filter(|thing| thing.node.as_deref() == node).cloned().collect();
        let swept = sweep(engine, &Leftovers { things: here, ..Leftovers::default() }).await;
        all.removed.extend(swept.removed);
        all.kept.extend(swept.kept);
    }
    all
}
