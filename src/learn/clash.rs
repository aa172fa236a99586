//! Finds objects on the learner's own engine that have a name which the lesson uses, and that are not the lesson's.

use std::collections::BTreeSet;

use serde_json::Value;
use tokio::join;

use super::EngineGuard;
use super::context::created_containers;
use super::undo::is_ours;
use crate::clean::LessonObject;
use crate::driver::LessonEnv;
use crate::gateway::{GatewayError, ObjectKind, Session, ask, sessions};
use crate::lesson::{Block, Claim, Lesson, Step, Subject};

/// The kinds and names of objects that the lesson uses.
pub(super) type UsedObjects = BTreeSet<(ObjectKind, String)>;

/// The object that a claim is about.
pub(super) fn objects_of_claim(claim: &Claim) -> UsedObjects {
    let object = match &claim.subject {
        Subject::Container(name) => (ObjectKind::Container, name),
        Subject::Network(name) => (ObjectKind::Network, name),
        Subject::Volume(name) => (ObjectKind::Volume, name),
        _ => return UsedObjects::new(),
    };
    UsedObjects::from([(object.0, object.1.clone())])
}

/// What the checks of a step are about, and the containers that its commands create.
pub(super) fn objects_of_step(step: &Step) -> UsedObjects {
    let mut used = UsedObjects::new();
    for block in &step.blocks {
        match block {
            Block::Check(check) => used.extend(objects_of_claim(&check.claim)),
            Block::Transcript(transcript) => {
                let texts = transcript.commands.iter().map(|command| command.text.as_str());
                used.extend(created_containers(texts).into_iter().map(|created| (ObjectKind::Container, created.name)));
            }
            _ => {}
        }
    }
    used
}

/// The same of all steps.
pub(super) fn objects_of_lesson(lesson: &Lesson) -> UsedObjects {
    lesson.steps.iter().flat_map(objects_of_step).collect()
}

/// The objects that have these names and are not the lesson's.
pub(super) async fn find_clashes(
    lesson: &Lesson,
    env: &LessonEnv,
    guard: &EngineGuard,
    used: &UsedObjects,
) -> Result<Vec<LessonObject>, GatewayError> {
    let endpoint = env.engine.endpoint();
    let list = |path: &'static str| ask(endpoint, "GET", path, None);
    let (containers, networks, volumes) = join!(list("/containers/json?all=1"), list("/networks"), list("/volumes"));
    let volumes = volumes?.body.get("Volumes").cloned().unwrap_or_default();
    let lists = [
        (ObjectKind::Container, containers?.body),
        (ObjectKind::Network, networks?.body),
        (ObjectKind::Volume, volumes),
    ];
    let ours: Vec<Session> =
        sessions(&guard.journals).into_iter().filter(|session| session.lesson == lesson.id.0).collect();
    Ok(clashes_in(&lists, lesson, &ours, used))
}

fn clashes_in(
    lists: &[(ObjectKind, Value)],
    lesson: &Lesson,
    ours: &[Session],
    used: &UsedObjects,
) -> Vec<LessonObject> {
    let things =
        lists.iter().flat_map(|(kind, list)| list.as_array().into_iter().flatten().map(|thing| (*kind, thing)));
    let foreign = things.filter(|(_, thing)| !is_ours(thing, lesson, Some(ours)));
    let read = foreign.filter_map(|(kind, thing)| LessonObject::read(kind, thing, &lesson.id.0));
    read.filter(|thing| used.contains(&(thing.kind, thing.name.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gateway::{LESSON_LABEL, SESSION_LABEL};
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    #[test]
    fn only_what_is_not_the_lessons_clashes_and_only_with_its_own_kind() {
        let text = "# A\n\n## Satu {#satu}\n\n```console\n$ docker create --name kapal alpine:3.20\n```\n\n\
            ```check\nvolume: data\n```\n\n## Dua {#dua}\n\n```console\n$ docker run --name perahu alpine:3.20\n```\n\n\
            ```check\nnetwork: laut\n```\n";
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        let labels = json!({ LESSON_LABEL: "l", SESSION_LABEL: "l-l" });
        let lists = [
            (
                ObjectKind::Container,
                json!([
                    { "Id": "1", "Names": ["/kapal"], "Labels": {} },
                    { "Id": "2", "Names": ["/perahu"], "Labels": labels },
                    { "Id": "3", "Names": ["/data"], "Labels": {} },
                ]),
            ),
            (ObjectKind::Network, json!([{ "Id": "4", "Name": "laut" }, { "Id": "5", "Name": "bridge" }])),
            (ObjectKind::Volume, json!([{ "Name": "data", "Labels": null }, { "Name": "kapal" }])),
        ];
        let session = Session {
            path: "l-l.jsonl".into(),
            name: "l-l".into(),
            lesson: "l".into(),
            engine: String::new(),
            records: Vec::new(),
            alive: false,
        };
        let found = |used: &UsedObjects| -> Vec<(ObjectKind, String)> {
            let found = clashes_in(&lists, &lesson, std::slice::from_ref(&session), used);
            found.into_iter().map(|thing| (thing.kind, thing.name)).collect()
        };
        let (kapal, laut, data) = (
            (ObjectKind::Container, "kapal".to_owned()),
            (ObjectKind::Network, "laut".to_owned()),
            (ObjectKind::Volume, "data".to_owned()),
        );
        assert_eq!(found(&objects_of_lesson(&lesson)), [kapal.clone(), laut, data.clone()]);
        assert_eq!(found(&objects_of_step(&lesson.steps[0])), [kapal, data]);
    }
    #[test]
    fn each_kind_of_clash_has_its_name_and_its_way_out() {
        for words in crate::words::Lang::ALL.map(crate::words::Words::new) {
            for kind in [ObjectKind::Container, ObjectKind::Network, ObjectKind::Volume] {
                for key in [format!("clean-{}", kind.name()), format!("learn-clash-free-{}", kind.name())] {
                    assert!(words.find(&key, &[("name", "kapal")]).is_some(), "{key}");
                }
            }
        }
    }
}
