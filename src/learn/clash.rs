//! Finds objects on the learner's own engine that have a name from the lesson, but that the lesson did not create.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tokio::join;

use super::EngineGuard;
use super::context::created_containers;
use super::undo::is_ours;
use crate::clean::LessonObject;
use crate::docker_cli::docker_commands;
use crate::driver::LessonEnv;
use crate::gateway::{GatewayError, ObjectKind, Session, ask, image_names, sessions};
use crate::image_ref;
use crate::lesson::{Block, Claim, Lesson, Step, Subject};

/// The kinds and names of objects that the lesson uses.
pub(super) type UsedObjects = BTreeSet<(ObjectKind, String)>;

/// Returns the object that `claim` is about. Returns an image only if the claim says that the image is absent.
pub(super) fn objects_of_claim(claim: &Claim) -> UsedObjects {
    let object = match &claim.subject {
        Subject::Container(name) => (ObjectKind::Container, name),
        Subject::Network(name) => (ObjectKind::Network, name),
        Subject::Volume(name) => (ObjectKind::Volume, name),
        Subject::Image(name) if claim.absent => {
            return UsedObjects::from([(ObjectKind::Image, image_ref::listed(name))]);
        }
        _ => return UsedObjects::new(),
    };
    UsedObjects::from([(object.0, object.1.clone())])
}

/// Returns the containers that commands create, and the image names that commands add or remove.
pub(super) fn objects_of_commands<'c>(commands: impl Iterator<Item = &'c str> + Clone) -> UsedObjects {
    let images = changed_image_names(commands.clone()).map(|name| (ObjectKind::Image, name));
    let containers = created_containers(commands).into_iter().map(|created| (ObjectKind::Container, created.name));
    images.chain(containers).collect()
}

/// Returns the objects that the checks and the commands of a step use.
pub(super) fn objects_of_step(step: &Step) -> UsedObjects {
    let mut used = UsedObjects::new();
    for block in &step.blocks {
        match block {
            Block::Check(check) => used.extend(objects_of_claim(&check.claim)),
            Block::Transcript(transcript) => {
                used.extend(objects_of_commands(transcript.commands.iter().map(|command| command.text.as_str())));
            }
            _ => {}
        }
    }
    used
}

/// Returns the image names that commands add or remove. Leaves out the names in `docker pull`, because the learner may
/// have pulled the same image.
fn changed_image_names<'c>(commands: impl Iterator<Item = &'c str>) -> impl Iterator<Item = String> {
    let here = commands.flat_map(docker_commands).filter(|call| call.context().is_none());
    here.flat_map(|call| {
        let names: Vec<&str> = match call.familiar_name() {
            "rmi" => call.operands().collect(),
            "tag" | "commit" => call.operands().skip(1).take(1).collect(),
            "build" => call.value("tag").into_iter().collect(),
            _ => Vec::new(),
        };
        names.into_iter().map(image_ref::listed).collect::<Vec<_>>()
    })
}

/// Returns the host ports that commands of the lesson publish.
#[must_use]
pub fn published_ports(lesson: &Lesson) -> BTreeSet<u16> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let transcripts = blocks.filter_map(|block| match block {
        Block::Transcript(transcript) => Some(transcript),
        _ => None,
    });
    let commands = transcripts.flat_map(|transcript| &transcript.commands);
    let calls = commands.flat_map(|command| docker_commands(&command.text)).filter(|call| call.context().is_none());
    let options = calls.flat_map(|call| call.options).filter(|option| option.name == "publish");
    // The value of `--publish` has the format `[ADDRESS:]PORT:CONTAINER_PORT[/PROTOCOL]`.
    options.filter_map(|option| option.value?.rsplit(':').nth(1)?.parse().ok()).collect()
}

/// A host port that the lesson publishes, and the name of the learner's container that already publishes this port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TakenPort {
    pub(super) port: u16,
    pub(super) container: String,
}

/// Returns the host ports that both the lesson and a container of the learner publish.
pub(super) async fn taken_ports(
    lesson: &Lesson,
    env: &LessonEnv,
    guard: &EngineGuard,
) -> Result<Vec<TakenPort>, GatewayError> {
    let ports = published_ports(lesson);
    if ports.is_empty() {
        return Ok(Vec::new());
    }
    let containers = ask(env.engine.endpoint(), "GET", "/containers/json", None).await?.body;
    let ours: Vec<Session> = sessions(&guard.journals).into_iter().filter(|it| it.lesson == lesson.id.0).collect();
    Ok(taken_in(&containers, lesson, &ours, &ports))
}

fn taken_in(containers: &Value, lesson: &Lesson, ours: &[Session], ports: &BTreeSet<u16>) -> Vec<TakenPort> {
    let foreign = containers.as_array().into_iter().flatten().filter(|it| !is_ours(it, lesson, Some(ours)));
    let mut taken = Vec::new();
    for container in foreign {
        let name = container.pointer("/Names/0").and_then(Value::as_str).unwrap_or_default();
        let public = container["Ports"].as_array().into_iter().flatten().filter_map(|port| port["PublicPort"].as_u64());
        // The engine lists a port once for IPv4 and once for IPv6.
        let public: BTreeSet<u16> = public.filter_map(|port| port.try_into().ok()).collect();
        let container = name.trim_start_matches('/');
        taken.extend(public.intersection(ports).map(|&port| TakenPort { port, container: container.to_owned() }));
    }
    taken
}

/// Returns the objects that the checks and the commands of all steps use.
pub(super) fn objects_of_lesson(lesson: &Lesson) -> UsedObjects {
    lesson.steps.iter().flat_map(objects_of_step).collect()
}

/// Returns the objects on the engine that have a kind and name in `used`, but do not belong to the lesson.
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
    let sessions = sessions(&guard.journals);
    let mut clashes = foreign_images(&image_names(endpoint).await?, &sessions, used);
    let ours: Vec<Session> = sessions.into_iter().filter(|session| session.lesson == lesson.id.0).collect();
    clashes.extend(clashes_in(&lists, lesson, &ours, used));
    Ok(clashes)
}

/// Returns the image names in `used` that exist on the engine, but that no lesson has created. Leaves out the names of
/// other lessons, because the gateway lets this lesson change these names.
fn foreign_images(there: &BTreeMap<String, String>, sessions: &[Session], used: &UsedObjects) -> Vec<LessonObject> {
    let made: Vec<_> = sessions.iter().map(|session| session.ledger().names).collect();
    let is_foreign =
        |name: &String| there.get(name).is_some_and(|id| !made.iter().any(|made| made.get(name) == Some(id)));
    let names = used.iter().filter(|(kind, name)| *kind == ObjectKind::Image && is_foreign(name));
    let object = |(kind, name): &(ObjectKind, String)| LessonObject {
        kind: *kind,
        id: name.clone(),
        name: name.clone(),
        lesson: String::new(),
        node: None,
        image: None,
    };
    names.map(object).collect()
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

    fn session_of(lesson: &str) -> Session {
        Session {
            path: format!("{lesson}-{lesson}.jsonl").into(),
            name: format!("{lesson}-{lesson}"),
            lesson: lesson.into(),
            engine: String::new(),
            records: Vec::new(),
            alive: false,
        }
    }

    #[test]
    fn foreign_object_clashes_if_the_lesson_uses_its_kind_and_name() {
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
        let session = session_of("l");
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
    fn port_of_a_foreign_container_is_listed_once_and_port_of_a_lesson_container_never() {
        let text =
            "# A\n\n## Satu {#satu}\n\n```console\n$ docker run -d -p 127.0.0.1:5000:5000 --name r registry:3\n```\n";
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        let ports = published_ports(&lesson);
        assert_eq!(ports, BTreeSet::from([5000]));
        let containers = json!([
            { "Id": "1", "Names": ["/gudang"], "Labels": {}, "Ports": [
                { "PrivatePort": 5000, "PublicPort": 5000 }, { "PrivatePort": 5000, "PublicPort": 5000, "IP": "::" },
                { "PrivatePort": 80, "PublicPort": 8080 }, { "PrivatePort": 81 },
            ] },
            { "Id": "2", "Names": ["/r"], "Labels": { LESSON_LABEL: "l", SESSION_LABEL: "l-l" }, "Ports": [
                { "PublicPort": 5000 },
            ] },
        ]);
        let session = session_of("l");
        let gudang = TakenPort { port: 5000, container: "gudang".to_owned() };
        assert_eq!(taken_in(&containers, &lesson, &[session], &ports), [gudang]);
    }

    #[test]
    fn image_name_clashes_if_the_lesson_changes_it_and_no_lesson_created_it() {
        let text = "# A\n\n## Satu {#satu}\n\n```console\n$ docker pull a:1\n$ docker rmi b:1 c:1\n$ docker tag a:1 d:1\n\
            $ docker --context node-b rmi a:1\n```\n\n```check\nimage: e:1\nabsent: true\n```\n";
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        let there = ["a:1", "b:1", "c:1", "d:1", "e:1"].map(|name| (name.to_owned(), format!("sha256:{name}")));
        let made = crate::gateway::Record::Made {
            n: 1,
            names: vec![there[2].clone(), ("d:1".into(), "sha256:another".into())],
            images: Vec::new(),
            at: 1,
        };
        let session = Session { records: vec![made], ..session_of("x") };
        let found = foreign_images(&there.into(), &[session], &objects_of_lesson(&lesson));
        assert_eq!(found.into_iter().map(|thing| thing.name).collect::<Vec<_>>(), ["b:1", "d:1", "e:1"]);
    }

    #[test]
    fn every_kind_of_clashing_object_has_a_name_and_advice_in_every_language() {
        for words in crate::words::Lang::ALL.map(crate::words::Words::new) {
            for kind in [ObjectKind::Container, ObjectKind::Image, ObjectKind::Network, ObjectKind::Volume] {
                for key in [format!("clean-{}", kind.name()), format!("learn-clash-free-{}", kind.name())] {
                    assert!(words.find(&key, &[("name", "kapal")]).is_some(), "{key}");
                }
            }
        }
    }
}
