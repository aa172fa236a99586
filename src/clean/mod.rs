//! Removes the objects that lessons left on an engine, and nothing else. An object belongs to a lesson if it has the
//! label of a session of this learner, or if a session's journal lists it.
//!
//! Labels identify containers, networks and volumes, even after a crash. The journal lists images and their names,
//! because the gateway cannot label them. Other objects that appeared on the engine in the meantime stay.

mod origin;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) use self::origin::inherits_label;
use crate::engine::{Endpoint, Engine};
use crate::gateway::{
    GatewayError, ObjectKind, SESSION_LABEL, Session, ask, close, identify, image_names, made_images, sessions,
};
use crate::words::Words;

/// The length of a short id, as docker prints it.
const SHORT_ID: usize = 12;
/// The maximum length of a chain of images, each built on the image before it.
const DEEPEST: usize = 130;

/// An object that a lesson made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonObject {
    /// The kind of the object.
    pub kind: ObjectKind,
    /// The id. For a volume, and for an image with a name, the name serves as the id.
    pub id: String,
    /// The name to show to the user.
    pub name: String,
    /// The id of the lesson.
    pub lesson: String,
    /// The name of the object's node; `None` for the lesson's first node.
    pub node: Option<String>,
    /// The id of the image that has this name, if it is known. `None` for all other objects.
    pub image: Option<String>,
}

impl LessonObject {
    /// Reads a container, a network or a volume of `lesson` from the engine's list.
    pub(crate) fn read(kind: ObjectKind, thing: &Value, lesson: &str) -> Option<Self> {
        let text = |name: &str| thing[name].as_str().map(str::to_owned);
        let id = if kind == ObjectKind::Volume { text("Name")? } else { text("Id")? };
        let names = thing["Names"][0].as_str();
        let name = names.map(|name| name.trim_start_matches('/').to_owned()).or_else(|| text("Name"));
        Some(Self {
            kind,
            name: name.unwrap_or_else(|| id.clone()),
            id,
            lesson: lesson.to_owned(),
            node: None,
            image: None,
        })
    }

    /// Returns the words for the object's kind, and the object's name. For an anonymous volume, returns the words for
    /// an unnamed volume, and a short id as the name.
    #[must_use]
    pub fn kind_and_name(&self, words: &Words) -> (String, String) {
        let is_id = self.name.len() == 64 && self.name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if self.kind == ObjectKind::Volume && is_id {
            return (words.say("clean-volume-unnamed", &[]), self.name[..SHORT_ID].to_owned());
        }
        (words.say(&format!("clean-{}", self.kind.name()), &[]), self.name.clone())
    }
}

/// All objects that lessons left on an engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// The objects in the order in which they can be removed.
    pub things: Vec<LessonObject>,
    /// Objects that may come from requests whose result is unknown. These objects may belong to anybody, so [`sweep`]
    /// does not remove them.
    pub doubtful: Vec<LessonObject>,
    /// The names of images that sessions pulled, unless `things` contains them.
    pub pulled: Vec<String>,
    /// The disk space of the images in `pulled`, in bytes. Layers that several images share are counted for each image.
    pub pulled_bytes: u64,
    /// The journals of ended sessions on this engine.
    pub journals: Vec<PathBuf>,
}

impl Leftovers {
    /// Whether no object is left to remove.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

/// The result of [`sweep`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// The objects that were removed.
    pub removed: Vec<LessonObject>,
    /// The objects that could not be removed, with the engine's messages.
    pub kept: Vec<(LessonObject, String)>,
}

/// Finds the objects that ended sessions left. `journals` is the folder of the sessions' journals.
///
/// # Errors
/// Fails if the engine does not answer.
pub async fn leftovers(engine: &Engine, journals: &Path) -> Result<Leftovers, GatewayError> {
    leftovers_of(engine, journals, |_| true).await
}

/// Finds objects like [`leftovers`], but only objects of the sessions that `pick` selects.
///
/// # Errors
/// Fails if the engine does not answer.
pub async fn leftovers_of(
    engine: &Engine,
    journals: &Path,
    pick: impl Fn(&Session) -> bool,
) -> Result<Leftovers, GatewayError> {
    find(engine, journals, pick, false).await
}

/// Finds objects like [`leftovers`], and also the images that sessions pulled. Pulled images are a cache, so
/// [`leftovers`] only reports them in [`Leftovers::pulled`]. A learner who wants the disk space can remove them too.
///
/// # Errors
/// Fails if the engine does not answer.
pub async fn leftovers_with_pulled(engine: &Engine, journals: &Path) -> Result<Leftovers, GatewayError> {
    find(engine, journals, |_| true, true).await
}

async fn find(
    engine: &Engine,
    journals: &Path,
    pick: impl Fn(&Session) -> bool,
    pulled: bool,
) -> Result<Leftovers, GatewayError> {
    let endpoint = engine.endpoint();
    let here = identify(endpoint).await?;
    let over: Vec<Session> = sessions(journals).into_iter().filter(|session| !session.alive && pick(session)).collect();
    let mut left = Leftovers::default();
    for (kind, path) in [
        (ObjectKind::Container, "/containers/json?all=1&"),
        (ObjectKind::Network, "/networks?"),
        (ObjectKind::Volume, "/volumes?"),
    ] {
        // The filter `{"label":["dermaga.session"]}`, percent-encoded.
        let path = format!("{path}filters=%7B%22label%22%3A%5B%22{SESSION_LABEL}%22%5D%7D");
        let list = ask(endpoint, "GET", &path, None).await?;
        let list = if kind == ObjectKind::Volume { &list.body["Volumes"] } else { &list.body };
        for thing in list.as_array().into_iter().flatten() {
            let label = &thing["Labels"][SESSION_LABEL];
            let Some(session) = over.iter().find(|session| *label == session.name) else { continue };
            if kind == ObjectKind::Container && inherits_label(endpoint, thing).await? {
                continue;
            }
            left.things.extend(LessonObject::read(kind, thing, &session.lesson));
        }
    }
    let mut seen = HashSet::new();
    for session in over.iter().filter(|session| session.engine == here) {
        let made = made_images(endpoint, session).await?;
        let object =
            |kind, id, name| LessonObject { kind, id, name, lesson: session.lesson.clone(), node: None, image: None };
        left.doubtful.extend(made.doubtful.into_iter().map(|(kind, id, name)| object(kind, id, name)));
        let taken = if pulled {
            made.pulled
        } else {
            left.pulled.extend(made.pulled);
            Vec::new()
        };
        let names = made.names.into_iter().chain(taken).map(|name| (name.clone(), name));
        let unnamed = made.unnamed.into_iter().map(|id| {
            let short: String = id.trim_start_matches("sha256:").chars().take(SHORT_ID).collect();
            (id, short)
        });
        let images = names.chain(unnamed).filter(|(id, _)| seen.insert(id.clone()));
        left.things.extend(images.map(|(id, name)| object(ObjectKind::Image, id, name)));
    }
    left.doubtful.retain(|thing| !left.things.iter().any(|known| known.id == thing.id));
    left.doubtful.sort_by(|a, b| a.id.cmp(&b.id));
    left.doubtful.dedup_by(|a, b| a.id == b.id);
    left.pulled.sort_unstable();
    left.pulled.dedup();
    left.pulled_bytes = if left.pulled.is_empty() { 0 } else { image_bytes(endpoint, &left.pulled).await? };
    left.journals = over.into_iter().filter(|session| session.engine == here).map(|session| session.path).collect();
    Ok(left)
}

/// Returns the disk space of the images with these names. Shared layers are counted for each image.
async fn image_bytes(endpoint: &Endpoint, names: &[String]) -> Result<u64, GatewayError> {
    let known = image_names(endpoint).await?;
    let ids: HashSet<&String> = names.iter().filter_map(|name| known.get(name)).collect();
    let list = ask(endpoint, "GET", "/images/json", None).await?;
    let is_named = |image: &&Value| ids.iter().any(|id| image["Id"] == **id);
    Ok(list.body.as_array().into_iter().flatten().filter(is_named).filter_map(|image| image["Size"].as_u64()).sum())
}

/// Removes the objects in `left` that still belong to the lessons. If nothing is left of a session, also removes the
/// session's journal, but only some time after the session's end.
pub async fn sweep(engine: &Engine, left: &Leftovers) -> Swept {
    let mut swept = Swept::default();
    let journals = left.journals.first().and_then(|journal| journal.parent());
    // The learner may have confirmed the removal only after an hour. By then, a name may refer to another object.
    let still = match journals {
        None => None,
        Some(journals) => match leftovers_with_pulled(engine, journals).await {
            Ok(left) => Some(left.things),
            Err(error) => {
                swept.kept.extend(left.things.iter().map(|thing| (thing.clone(), error.to_string())));
                return swept;
            }
        },
    };
    let still = |thing: &&LessonObject| still.as_ref().is_none_or(|still| still.contains(thing));
    let mut waiting: Vec<LessonObject> = left.things.iter().filter(still).cloned().collect();
    // The engine refuses to remove an object while another object uses it. So this loop tries several times.
    loop {
        let (before, mut kept) = (swept.removed.len(), Vec::new());
        for thing in waiting {
            match remove(engine, &thing).await {
                Ok(()) => swept.removed.push(thing),
                Err(why) => kept.push((thing, why)),
            }
        }
        if kept.is_empty() || swept.removed.len() == before {
            swept.kept = kept;
            break;
        }
        waiting = kept.into_iter().map(|(thing, _)| thing).collect();
    }
    if let Some(journals) = journals.filter(|_| swept.removed.iter().any(|thing| thing.kind == ObjectKind::Image)) {
        beneath(engine, left, journals).await;
    }
    if swept.kept.is_empty() {
        conclude(engine, left).await;
    }
    swept
}

/// Removes the parents of the removed images, if the sessions made these parents. Begins with images on which no other
/// image is built.
async fn beneath(engine: &Engine, left: &Leftovers, journals: &Path) {
    let mut tried: HashSet<String> = left.things.iter().map(|thing| thing.id.clone()).collect();
    for _ in 0..DEEPEST {
        let pick = |session: &Session| left.journals.contains(&session.path);
        let Ok(fresh) = leftovers_of(engine, journals, pick).await else { return };
        let new = |thing: &&LessonObject| thing.kind == ObjectKind::Image && thing.id.starts_with("sha256:");
        let fresh: Vec<LessonObject> =
            fresh.things.iter().filter(new).filter(|thing| tried.insert(thing.id.clone())).cloned().collect();
        if fresh.is_empty() {
            return;
        }
        for thing in &fresh {
            // If somebody else has built on the image, the engine keeps the image.
            let _ = remove(engine, thing).await;
        }
    }
}

async fn remove(engine: &Engine, thing: &LessonObject) -> Result<(), String> {
    let path = match thing.kind {
        ObjectKind::Container => format!("/containers/{}?force=1&v=1", thing.id),
        ObjectKind::Network => format!("/networks/{}", thing.id),
        ObjectKind::Volume => format!("/volumes/{}", thing.id),
        // With `noprune`, the engine keeps the parents of this image. The parents may have existed before the lesson.
        ObjectKind::Image => format!("/images/{}?noprune=1", thing.id),
    };
    match ask(engine.endpoint(), "DELETE", &path, None).await {
        // An anonymous volume may be missing now, because the engine removes it with its container.
        Ok(reply) if reply.is_good() || reply.status == 404 => Ok(()),
        Ok(reply) => Err(reply.message()),
        Err(error) => Err(error.to_string()),
    }
}

/// Removes the journals of sessions that left nothing, some time after the end of these sessions.
async fn conclude(engine: &Engine, left: &Leftovers) {
    let picked = |session: &Session| left.journals.contains(&session.path);
    let Some(journals) = left.journals.first().and_then(|journal| journal.parent()) else { return };
    for session in sessions(journals).into_iter().filter(|session| !session.alive && picked(session)) {
        // The journal must stay while images exist that the session pulled, because only the journal lists them.
        if made_images(engine.endpoint(), &session).await.is_ok_and(|made| made.pulled.is_empty()) {
            // If this fails, the next run tries to remove the journal again.
            let _ = close(&session);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn anonymous_volume_is_shown_as_unnamed_with_a_short_id() {
        let id = "8a62e4f9f6fd2d6a35e0a7f4fd6ad2f7f8d7ab1ef3c9f9a7a45bd9e4f9f6fd2d";
        let told = |kind, name: &str| {
            let thing =
                LessonObject { kind, id: name.into(), name: name.into(), lesson: "l".into(), node: None, image: None };
            let (kind, name) = thing.kind_and_name(&Words::new(Lang::En));
            format!("{kind} {name}")
        };
        assert_eq!(told(ObjectKind::Volume, id), "unnamed volume 8a62e4f9f6fd");
        assert_eq!(told(ObjectKind::Volume, "data"), "volume data");
        assert_eq!(told(ObjectKind::Container, id), format!("container {id}"));
    }
}
