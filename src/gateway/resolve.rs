//! Determines afterwards whether the request of an open intent succeeded. An intent stays open if the gateway was
//! killed or the connection broke off.

use std::collections::HashSet;

use serde_json::Value;

use super::error::Rejection;
use super::journal::{Intent, Session};
use super::label::session_of;
use super::reference::{Images, names_of};
use super::{GatewayError, ObjectKind, identity};
use crate::engine::Endpoint;
use crate::text::percent;

/// The maximum difference between the gateway's clock and the engine's clock, including rounding, in seconds.
const SLACK: i64 = 3;
/// The maximum time from an intent to the end of its request, in seconds.
const LONGEST: i64 = 600;

/// Whether the request of `intent` gave `name` to the image `id`. The image has that name now.
pub(super) async fn came_about(endpoint: &Endpoint, intent: &Intent, name: &str, id: &str) -> Result<bool, Rejection> {
    if intent.by == "pull" || intent.image.as_ref().is_some_and(|image| image != id) {
        return Ok(false);
    }
    let image = endpoint.ask("GET", &format!("/images/{}/json", percent::encode_path(name)), None).await?;
    Ok(image.is_good() && in_time(intent, &image.body))
}

fn in_time(intent: &Intent, image: &Value) -> bool {
    let tagged = seconds(&image["Metadata"]["LastTagTime"]).filter(|at| *at > 0);
    // Some builders do not record the time of a tag. For their images, the creation time counts.
    let made = if intent.by == "tag" { None } else { seconds(&image["Created"]) };
    tagged.or(made).is_some_and(|at| intent.may_have_run(at))
}

impl Intent {
    /// Whether the request of the intent may have been running at the time `at`.
    fn may_have_run(&self, at: i64) -> bool {
        let begun = i64::try_from(self.at).unwrap_or(i64::MAX);
        at >= begun.saturating_sub(SLACK) && at <= begun.saturating_add(LONGEST)
    }
}

/// Reads a time from an inspection, in seconds since 1970.
fn seconds(value: &Value) -> Option<i64> {
    value.as_str()?.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

/// The images and names that a session made and that still exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MadeImages {
    /// The names that the session gave and that still refer to the same image.
    pub names: Vec<String>,
    /// The names that the session pulled and that still refer to the same image.
    pub pulled: Vec<String>,
    /// The ids of the session's images that have no name and on which no other image is built.
    pub unnamed: Vec<String>,
    /// Objects that interrupted requests may have made, each with its kind, its id and a name to show. These objects
    /// may also belong to somebody else.
    pub doubtful: Vec<(ObjectKind, String, String)>,
}

/// Finds the images and names that a session made and that still exist.
///
/// # Errors
/// Fails if the engine does not answer.
pub async fn made_images(endpoint: &Endpoint, session: &Session) -> Result<MadeImages, GatewayError> {
    made(endpoint, session).await.map_err(|stop| identity::failure(endpoint, stop))
}

async fn made(endpoint: &Endpoint, session: &Session) -> Result<MadeImages, Rejection> {
    let mut ledger = session.ledger();
    let list = endpoint.ask("GET", "/images/json", None).await?.body;
    let top = Images::read(&list);
    let mut images = MadeImages::default();
    let open = std::mem::take(&mut ledger.open);
    for intent in open.values() {
        for name in intent.names.iter().filter(|name| !ledger.names.contains_key(*name)) {
            let Some(id) = top.names.get(name) else { continue };
            if came_about(endpoint, intent, name, id).await? {
                images.names.push(name.clone());
            } else if intent.by != "pull" && intent.image.as_ref().is_none_or(|image| image == id) {
                images.doubtful.push((ObjectKind::Image, name.clone(), name.clone()));
            }
        }
    }
    let there = ledger.images.iter().rev().filter_map(|id| top.find(id));
    images.unnamed.extend(there.filter(|id| !top.names.values().any(|named| named == *id)).cloned());
    let is_maker = |intent: &&Intent| ["build", "commit", "import"].contains(&intent.by.as_str());
    let makers: Vec<&Intent> = open.values().filter(is_maker).collect();
    if !makers.is_empty() {
        images.doubtful.extend(perhaps_made(endpoint, &makers, &list, |id| ledger.has_image(id)).await?);
    }
    for (name, id) in ledger.names {
        // If the name now refers to another image, somebody else moved the name.
        if top.names.get(&name) == Some(&id) && !images.names.contains(&name) {
            let kind = if ledger.pulled.contains(&name) { &mut images.pulled } else { &mut images.names };
            kind.push(name);
        }
    }
    images.names.sort_unstable();
    images.pulled.sort_unstable();
    let mut seen = HashSet::new();
    images.unnamed.retain(|id| seen.insert(id.clone()));
    Ok(images)
}

/// Whether `thing`, an object in a list, was made while one of the requests may have been running.
fn made_during(makers: &[&Intent], thing: &Value) -> bool {
    thing["Created"].as_i64().is_some_and(|at| makers.iter().any(|maker| maker.may_have_run(at)))
}

/// Returns the unnamed images and the containers of build steps that interrupted requests may have left.
async fn perhaps_made(
    endpoint: &Endpoint,
    makers: &[&Intent],
    images: &Value,
    known: impl Fn(&str) -> bool,
) -> Result<Vec<(ObjectKind, String, String)>, Rejection> {
    let short = |id: &str| id.trim_start_matches("sha256:").chars().take(12).collect::<String>();
    let mut found = Vec::new();
    for image in images.as_array().into_iter().flatten().filter(|image| names_of(image).is_empty()) {
        let id = text(image, "Id");
        if !known(id) && made_during(makers, image) {
            found.push((ObjectKind::Image, id.to_owned(), short(id)));
        }
    }
    let list = endpoint.ask("GET", "/containers/json?all=1", None).await?.body;
    for container in list.as_array().into_iter().flatten().filter(|container| made_during(makers, container)) {
        let id = text(container, "Id");
        let config = endpoint.ask("GET", &format!("/containers/{id}/json"), None).await?.body;
        // The builder switches off the logs of its containers. Other clients do that only on request.
        if config["HostConfig"]["LogConfig"]["Type"] == "none" && session_of(&container["Labels"]).is_none() {
            found.push((ObjectKind::Container, id.to_owned(), short(id)));
        }
    }
    Ok(found)
}

fn text<'a>(thing: &'a Value, name: &str) -> &'a str {
    thing[name].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn name_belongs_to_the_session_if_it_was_given_while_the_request_may_have_run() {
        let intent =
            |by: &str| Intent { n: 1, by: by.into(), names: vec!["a:1".into()], image: None, at: 1_700_000_000 };
        // The number 1700000000 is 2023-11-14T22:13:20Z.
        let image = |tagged: &str, created: &str| json!({"Metadata": {"LastTagTime": tagged}, "Created": created});
        let never = "0001-01-01T00:00:00Z";
        let cases = [
            ("tag", image("2023-11-14T22:13:21.5+00:00", never), true),
            ("tag", image("2023-11-14T22:13:17Z", never), true),
            ("tag", image("2023-11-14T22:13:10Z", never), false),
            ("tag", image("2023-11-15T22:13:21Z", never), false),
            ("tag", image(never, "2023-11-14T22:13:21Z"), false),
            ("build", image(never, "2023-11-14T22:13:21Z"), true),
            ("build", image(never, "2020-11-14T22:13:21Z"), false),
            ("build", image("2023-12-14T22:13:21Z", "2023-11-14T22:13:21Z"), false),
            ("build", json!({}), false),
            ("build", json!({"Created": 5, "Metadata": []}), false),
        ];
        for (by, image, expected) in cases {
            assert_eq!(in_time(&intent(by), &image), expected, "{by} {image}");
        }
    }
}
