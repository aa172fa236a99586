//! Removes exactly what lessons left on an engine: what carries the label of one of this learner's sessions, and names
//! of images that a session's journal says were not there before.
//!
//! The label is the truth, also after a crash; a journal adds what no label can mark. Nothing is concluded from what
//! else appeared on the engine in the meantime.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::engine::Engine;
use crate::gateway::{GatewayError, Kind, Record, SESSION_LABEL, Session, ask, identify, image_names, sessions};

/// Something a lesson left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: Kind,
    /// Its id; of a volume or an image, its name.
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
    let endpoint = engine.endpoint();
    let here = identify(endpoint).await?.id;
    let over: Vec<Session> = sessions(journals).into_iter().filter(|session| !session.alive && pick(session)).collect();
    let mut left = Leftovers::default();
    for (kind, path) in
        [(Kind::Container, "/containers/json?all=1&"), (Kind::Network, "/networks?"), (Kind::Volume, "/volumes?")]
    {
        // The label's name, percent-encoded: {"label":["dermaga.session"]}
        let path = format!("{path}filters=%7B%22label%22%3A%5B%22{SESSION_LABEL}%22%5D%7D");
        let list = ask(endpoint, "GET", &path, None).await?;
        let list = if kind == Kind::Volume { list.body.get("Volumes").cloned() } else { Some(list.body) };
        for thing in list.as_ref().and_then(Value::as_array).into_iter().flatten() {
            let label = thing.get("Labels").and_then(|labels| labels.get(SESSION_LABEL)).and_then(Value::as_str);
            let Some(session) = over.iter().find(|session| Some(session.name.as_str()) == label) else { continue };
            left.things.extend(read(kind, thing, session));
        }
    }
    let there = image_names(endpoint).await?;
    let mut seen = HashSet::new();
    for session in over.iter().filter(|session| session.engine == here) {
        for (name, id) in made(session) {
            // A name that means another image by now is somebody else's.
            if there.get(name) == Some(id) && seen.insert(name.clone()) {
                left.things.push(Thing {
                    kind: Kind::Image,
                    id: name.clone(),
                    name: name.clone(),
                    lesson: session.lesson.clone(),
                });
            }
        }
    }
    left.journals = over.into_iter().filter(|session| session.engine == here).map(|session| session.path).collect();
    Ok(left)
}

fn read(kind: Kind, thing: &Value, session: &Session) -> Option<Thing> {
    let text = |name: &str| thing.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = if kind == Kind::Volume { text("Name")? } else { text("Id")? };
    let names = thing.get("Names").and_then(Value::as_array).and_then(|names| names.first()?.as_str());
    let name = names.map(|name| name.trim_start_matches('/').to_owned()).or_else(|| text("Name"));
    Some(Thing { kind, name: name.unwrap_or_else(|| id.clone()), id, lesson: session.lesson.clone() })
}

/// Names of images that a session made, without those that it pulled: they are a cache.
fn made(session: &Session) -> Vec<(&String, &String)> {
    let pulled: HashSet<u64> = session
        .records
        .iter()
        .filter_map(|record| match record {
            Record::Intent { n, by, .. } if by == "pull" => Some(*n),
            _ => None,
        })
        .collect();
    let mut made = Vec::new();
    for record in &session.records {
        if let Record::Made { n, names, .. } = record
            && !pulled.contains(n)
        {
            made.extend(names.iter().map(|(name, id)| (name, id)));
        }
    }
    made
}

/// Removes what was found, and the journals of sessions of which nothing is left.
pub async fn sweep(engine: &Engine, left: &Leftovers) -> Swept {
    let mut swept = Swept::default();
    for thing in &left.things {
        let path = match thing.kind {
            Kind::Container => format!("/containers/{}?force=1&v=1", thing.id),
            Kind::Network => format!("/networks/{}", thing.id),
            Kind::Volume => format!("/volumes/{}", thing.id),
            Kind::Image => format!("/images/{}", thing.id),
        };
        match ask(engine.endpoint(), "DELETE", &path, None).await {
            // An anonymous volume goes with its container.
            Ok(reply) if reply.is_good() || reply.status == 404 => swept.removed.push(thing.clone()),
            Ok(reply) => swept.kept.push((thing.clone(), reply.message())),
            Err(error) => swept.kept.push((thing.clone(), error.to_string())),
        }
    }
    if swept.kept.is_empty() {
        for journal in &left.journals {
            // One that stays is only found empty next time.
            let _ = std::fs::remove_file(journal);
        }
    }
    swept
}
