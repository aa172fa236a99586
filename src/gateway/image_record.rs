//! Records each request that makes images. Writes the intent to the journal before the engine gets the request, and the
//! result afterwards.

use super::error::Rejection;
use super::journal::{Intent, Record, now};
use super::query::Query;
use super::reference::Images;
use super::state::GatewayState;
use super::{GatewayEvent, Rule};
use crate::image_ref::ImageRef;
use crate::text::percent;

/// A request whose intent is in the journal.
#[derive(Debug)]
pub(super) struct Intended {
    pub(super) n: u64,
    /// The images that existed before the request.
    before: Images,
    /// The requested names that the session may give to an image.
    names: Vec<String>,
}

impl Intended {
    /// Whether the session may give `name` to an image.
    pub(super) fn may_give(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// Whether an image had `name` before the request.
    pub(super) fn was_there(&self, name: &str) -> bool {
        self.before.names.contains_key(name)
    }
}

/// The result of a request, according to the engine's answer.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Whether the engine carried out the request.
    pub(super) is_good: bool,
    /// The ids or digests of the images in the answer, in full or only their first digits. The last image is the result
    /// of the request.
    pub(super) images: Vec<String>,
    /// The names that the engine may have given and that are not in the intent.
    pub(super) names: Vec<String>,
}

/// Writes an intent with the names in `wanted` to the journal. Refuses the request if a name already exists and belongs
/// to somebody else. For a pull, omits such a name from the intent instead.
pub(super) async fn begin(
    state: &GatewayState,
    by: &str,
    wanted: &[String],
    image: Option<String>,
    before: Images,
) -> Result<Intended, Rejection> {
    let mut names = Vec::new();
    for name in wanted {
        state.remember_name(name);
        let Some(id) = before.names.get(name) else {
            names.push(name.clone());
            continue;
        };
        if state.is_our_name(name, id).await? {
            names.push(name.clone());
        } else if by != "pull" {
            state.require_allowed(Rule::Foreign, name)?;
        }
    }
    let n = state.journal.number();
    let intent = Record::Intent(Intent { n, by: by.to_owned(), names: names.clone(), image, at: now() });
    state.journal.append(intent).await.map_err(Rejection::Journal)?;
    Ok(Intended { n, before, names })
}

/// Writes the result of a request to the journal: the names and images that both the engine's answer and the engine's
/// list of images confirm. If the request moved a name of somebody else to another image, moves the name back.
pub(super) async fn conclude(state: &GatewayState, intended: Intended, outcome: Outcome) -> Result<(), Rejection> {
    let Intended { n, before, mut names } = intended;
    let after = Images::list(&state.engine).await?;
    let mut nameless = Vec::new();
    for name in outcome.names {
        state.remember_name(&name);
        match before.names.get(&name) {
            Some(id) if !state.is_our_name(&name, id).await? => {
                if let Some(new) = after.names.get(&name).filter(|new| *new != id)
                    && give_back(state, &name, id).await?
                    && !before.ids.contains(new)
                {
                    nameless.push(new.clone());
                }
            }
            _ => names.push(name),
        }
    }
    let mut made = Vec::new();
    if outcome.is_good {
        made = names.into_iter().filter_map(|name| after.names.get(&name).map(|id| (name, id.clone()))).collect();
    }
    let mut images = new_images(state, &before, &after, &outcome.images).await?;
    nameless.retain(|id| !images.contains(id));
    images.extend(nameless);
    state.record_result(n, made, images).await
}

/// Writes to the journal the images that an answer reported before the answer broke off. The intent stays open, because
/// the gateway does not know what else the engine did.
pub(super) async fn interrupt(state: &GatewayState, intended: &Intended, told: &[String]) -> Result<(), Rejection> {
    let after = Images::list(&state.engine).await?;
    let images = new_images(state, &intended.before, &after, told).await?;
    if images.is_empty() {
        return Ok(());
    }
    state.journal.append(Record::Heard { n: intended.n, images }).await.map_err(Rejection::Journal)
}

/// Returns the images that an answer reported, and the parents of these images. Leaves out images that existed before
/// the request.
async fn new_images(
    state: &GatewayState,
    before: &Images,
    after: &Images,
    told: &[String],
) -> Result<Vec<String>, Rejection> {
    let mut images: Vec<String> = Vec::new();
    for id in told.iter().filter_map(|id| after.find(id)) {
        let (mut id, at) = (id.clone(), images.len());
        // A quiet build reports only its last image.
        while !id.is_empty() && !before.ids.contains(&id) && !images.contains(&id) {
            let image = state.ask("GET", &format!("/images/{}/json", percent::encode_path(&id)), None).await?;
            let parent = image.body["Parent"].as_str().unwrap_or_default().to_owned();
            images.insert(at, std::mem::replace(&mut id, parent));
        }
    }
    Ok(images)
}

/// Moves `name` back to the image `id`, which had the name before a pull or a load. Does nothing if the learner allowed
/// the change. Returns whether the name was moved back.
async fn give_back(state: &GatewayState, name: &str, id: &str) -> Result<bool, Rejection> {
    if state.require_allowed(Rule::Foreign, name).is_ok() {
        return Ok(false);
    }
    state.emit(GatewayEvent::Refused { rule: Rule::Foreign, what: name.to_owned() });
    let Ok(image) = name.parse::<ImageRef>() else { return Ok(false) };
    let mut query = Query::default();
    query.push("repo", image.familiar_name());
    query.push("tag", image.tag_or_latest().unwrap_or_default());
    state.ask("POST", &format!("/images/{}/tag?{}", percent::encode_path(id), query.write()), None).await.map(|_| true)
}
