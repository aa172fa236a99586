//! Removes exactly what lessons left on an engine: what carries the label of one of this learner's sessions, and names
//! of images that a session's journal says were not there before.
//!
//! The label is the truth, also after a crash; a journal adds what no label can mark. Nothing is concluded from what
//! else appeared on the engine in the meantime.

mod origin;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) use self::origin::Origins;
use crate::engine::{Endpoint, Engine};
use crate::gateway::{
    GatewayError, ObjectKind, SESSION_LABEL, Session, ask, close, identify, image_names, made_images, sessions,
};

/// How many images may be built on one another.
const DEEPEST: usize = 130;

/// Something a lesson left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: ObjectKind,
    /// Its id; of a volume or an image, its name, where it has one.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The lesson.
    pub lesson: String,
}

/// What lessons left on an engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// In the order in which they can be removed.
    pub things: Vec<Thing>,
    /// What requests may have made whose end nobody heard. It may be anybody's, so it is not removed.
    pub doubtful: Vec<Thing>,
    /// Names of images that sessions pulled, where they are not among the things.
    pub pulled: Vec<String>,
    /// How much room those take at most: they may share layers.
    pub pulled_bytes: u64,
    /// Journals of sessions that are over, on this engine.
    pub journals: Vec<PathBuf>,
}

impl Leftovers {
    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// What is gone.
    pub removed: Vec<Thing>,
    /// What is not, with the engine's words.
    pub kept: Vec<(Thing, String)>,
}

/// Looks for what is left of sessions that are over, whose journals are in `journals`.
///
/// # Errors
/// When the engine does not answer.
pub async fn leftovers(engine: &Engine, journals: &Path) -> Result<Leftovers, GatewayError> {
    leftovers_of(engine, journals, |_| true).await
}

/// As [`leftovers`], of those sessions alone that `pick` names.
///
/// # Errors
/// When the engine does not answer.
pub async fn leftovers_of(
    engine: &Engine,
    journals: &Path,
    pick: impl Fn(&Session) -> bool,
) -> Result<Leftovers, GatewayError> {
    find(engine, journals, pick, false).await
}

/// As [`leftovers`], with the images that sessions pulled and that were not there before. They are a cache, so they
/// are only told of unless somebody wants the room.
///
/// # Errors
/// When the engine does not answer.
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
    let here = identify(endpoint).await?.id;
    let over: Vec<Session> = sessions(journals).into_iter().filter(|session| !session.alive && pick(session)).collect();
    let mut left = Leftovers::default();
    let mut origins = Origins::new(endpoint);
    for (kind, path) in [
        (ObjectKind::Container, "/containers/json?all=1&"),
        (ObjectKind::Network, "/networks?"),
        (ObjectKind::Volume, "/volumes?"),
    ] {
        // The label's name, percent-encoded: {"label":["dermaga.session"]}
        let path = format!("{path}filters=%7B%22label%22%3A%5B%22{SESSION_LABEL}%22%5D%7D");
        let list = ask(endpoint, "GET", &path, None).await?;
        let list = if kind == ObjectKind::Volume { list.body.get("Volumes").cloned() } else { Some(list.body) };
        for thing in list.as_ref().and_then(Value::as_array).into_iter().flatten() {
            let label = thing.get("Labels").and_then(|labels| labels.get(SESSION_LABEL)).and_then(Value::as_str);
            let Some(session) = over.iter().find(|session| Some(session.name.as_str()) == label) else { continue };
            if kind == ObjectKind::Container && origins.inherits(thing).await? {
                continue;
            }
            left.things.extend(read(kind, thing, session));
        }
    }
    let mut seen = HashSet::new();
    for session in over.iter().filter(|session| session.engine == here) {
        let made = made_images(endpoint, session).await?;
        let lesson = &session.lesson;
        let doubtful =
            made.doubtful.into_iter().map(|(kind, id, name)| Thing { kind, id, name, lesson: lesson.clone() });
        left.doubtful.extend(doubtful);
        let taken = if pulled {
            made.pulled
        } else {
            left.pulled.extend(made.pulled);
            Vec::new()
        };
        let names = made.names.into_iter().chain(taken).map(|name| (name.clone(), name));
        let unnamed = made.unnamed.into_iter().map(|id| {
            let short: String = id.trim_start_matches("sha256:").chars().take(12).collect();
            (id, short)
        });
        for (id, name) in names.chain(unnamed).filter(|(id, _)| seen.insert(id.clone())) {
            left.things.push(Thing { kind: ObjectKind::Image, id, name, lesson: lesson.clone() });
        }
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

/// How much room images take that have these names; layers that they share are counted for each.
async fn image_bytes(endpoint: &Endpoint, names: &[String]) -> Result<u64, GatewayError> {
    let known = image_names(endpoint).await?;
    let ids: HashSet<&String> = names.iter().filter_map(|name| known.get(name)).collect();
    let list = ask(endpoint, "GET", "/images/json", None).await?;
    let size = |image: &Value| {
        let id = image.get("Id").and_then(Value::as_str)?;
        ids.iter().any(|named| *named == id).then(|| image.get("Size").and_then(Value::as_u64))?
    };
    Ok(list.body.as_array().into_iter().flatten().filter_map(size).sum())
}

fn read(kind: ObjectKind, thing: &Value, session: &Session) -> Option<Thing> {
    let text = |name: &str| thing.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = if kind == ObjectKind::Volume { text("Name")? } else { text("Id")? };
    let names = thing.get("Names").and_then(Value::as_array).and_then(|names| names.first()?.as_str());
    let name = names.map(|name| name.trim_start_matches('/').to_owned()).or_else(|| text("Name"));
    Some(Thing { kind, name: name.unwrap_or_else(|| id.clone()), id, lesson: session.lesson.clone() })
}

/// Removes what was found and is still the lessons'. Journals go some time after nothing is left of their sessions.
pub async fn sweep(engine: &Engine, left: &Leftovers) -> Swept {
    let mut swept = Swept::default();
    let journals = left.journals.first().and_then(|journal| journal.parent());
    // Whoever was asked may have taken an hour to say yes, and a name may mean something else by now.
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
    let still = |thing: &&Thing| still.as_ref().is_none_or(|still| still.contains(thing));
    let mut waiting: Vec<Thing> = left.things.iter().filter(still).cloned().collect();
    // What is in the way of one thing may be another that comes later.
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

/// Removes images that the swept ones were built on, layer by layer as they come to the top.
async fn beneath(engine: &Engine, left: &Leftovers, journals: &Path) {
    let mut tried: HashSet<String> = left.things.iter().map(|thing| thing.id.clone()).collect();
    for _ in 0..DEEPEST {
        let pick = |session: &Session| left.journals.contains(&session.path);
        let Ok(fresh) = leftovers_of(engine, journals, pick).await else { return };
        let new = |thing: &&Thing| thing.kind == ObjectKind::Image && thing.id.starts_with("sha256:");
        let fresh: Vec<Thing> =
            fresh.things.iter().filter(new).filter(|thing| tried.insert(thing.id.clone())).cloned().collect();
        if fresh.is_empty() {
            return;
        }
        for thing in &fresh {
            // What somebody else builds on stays.
            let _ = remove(engine, thing).await;
        }
    }
}

async fn remove(engine: &Engine, thing: &Thing) -> Result<(), String> {
    let path = match thing.kind {
        ObjectKind::Container => format!("/containers/{}?force=1&v=1", thing.id),
        ObjectKind::Network => format!("/networks/{}", thing.id),
        ObjectKind::Volume => format!("/volumes/{}", thing.id),
        // What it was built on may have been there before.
        ObjectKind::Image => format!("/images/{}?noprune=1", thing.id),
    };
    match ask(engine.endpoint(), "DELETE", &path, None).await {
        // An anonymous volume goes with its container.
        Ok(reply) if reply.is_good() || reply.status == 404 => Ok(()),
        Ok(reply) => Err(reply.message()),
        Err(error) => Err(error.to_string()),
    }
}

/// Removes journals of sessions of which nothing is left, some time after their end.
async fn conclude(engine: &Engine, left: &Leftovers) {
    let picked = |session: &Session| left.journals.contains(&session.path);
    let Some(journals) = left.journals.first().and_then(|journal| journal.parent()) else { return };
    for session in sessions(journals).into_iter().filter(|session| !session.alive && picked(session)) {
        // Images that it pulled are known by its journal.
        if made_images(engine.endpoint(), &session).await.is_ok_and(|made| made.pulled.is_empty()) {
            // One that stays is only found empty next time.
            let _ = close(&session);
        }
    }
}
