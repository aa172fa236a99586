//! What became of an intent that nothing was written after, since the gateway was killed, or the connection broke off.
//!
//! The name was not there before. It is the session's when the engine says that the name was given, or the image made,
//! while that request can have run; of anything else nobody knows whose it is, so it is left alone.

use std::collections::HashSet;

use serde_json::Value;

use super::error::Stop;
use super::journal::{Intent, Session};
use super::query::path_escape;
use super::reference::Images;
use super::{GatewayError, cut, identity, upstream};
use crate::engine::Endpoint;

/// By how much clocks and their roundings may differ, in seconds.
pub(super) const SLACK: i64 = 3;
/// How long a request may have run on after its intent.
pub(super) const LONGEST: i64 = 600;

/// Whether `id` got a name of the intent by it.
pub(super) async fn came_about(endpoint: &Endpoint, intent: &Intent, id: &str) -> Result<bool, Stop> {
    if intent.by == "pull" || intent.image.as_ref().is_some_and(|image| image != id) {
        return Ok(false);
    }
    let image = upstream::ask(endpoint, "GET", &format!("/images/{}/json", path_escape(id)), None).await?;
    Ok(image.is_good() && in_time(intent, &image.body))
}

fn in_time(intent: &Intent, image: &Value) -> bool {
    let tagged = seconds(image.get("Metadata").and_then(|metadata| metadata.get("LastTagTime"))).filter(|at| *at > 0);
    // A builder that does not note when it gave the name has just made the image.
    let made = if intent.by == "tag" { None } else { seconds(image.get("Created")) };
    let begun = i64::try_from(intent.at).unwrap_or(i64::MAX);
    // An engine that dies may have given the name and not noted when; whoever else gives one leaves a later time.
    if intent.broken && intent.by == "tag" && intent.image.is_some() && tagged.is_some_and(|at| at < begun) {
        return true;
    }
    tagged.or(made).is_some_and(|at| at >= begun.saturating_sub(SLACK) && at <= begun.saturating_add(LONGEST))
}

/// A time as an inspection has it, in seconds since 1970.
pub(super) fn seconds(value: Option<&Value>) -> Option<i64> {
    value?.as_str()?.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

/// What a session made of images, and what of it is still there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MadeImages {
    /// Names that it gave, and that still mean the same image.
    pub names: Vec<String>,
    /// As [`names`](Self::names), by pulling.
    pub pulled: Vec<String>,
    /// Ids of images without any name, on which no other is built.
    pub unnamed: Vec<String>,
    /// Ids and names of containers of builds that were cut off.
    pub containers: Vec<(String, String)>,
}

/// What a session made of images, and what of it is still there on its engine.
///
/// # Errors
/// When the engine does not answer.
pub async fn made_images(endpoint: &Endpoint, session: &Session) -> Result<MadeImages, GatewayError> {
    made(endpoint, session).await.map_err(|stop| identity::failure(endpoint, stop))
}

async fn made(endpoint: &Endpoint, session: &Session) -> Result<MadeImages, Stop> {
    let mut ledger = session.ledger();
    let top = Images::list_top(endpoint).await?;
    let cut::Remains { containers, images: mut unnamed } = cut::remains(endpoint, &session.name, &ledger).await?;
    let mut images = MadeImages { containers, ..MadeImages::default() };
    for intent in std::mem::take(&mut ledger.open).values() {
        for name in intent.names.iter().filter(|name| !ledger.names.contains_key(*name)) {
            let Some(id) = top.names.get(name) else { continue };
            if came_about(endpoint, intent, id).await? {
                images.names.push(name.clone());
            }
        }
    }
    for (name, id) in ledger.names {
        // A name that means another image by now is somebody else's.
        if top.names.get(&name) == Some(&id) && !images.names.contains(&name) {
            let kind = if ledger.pulled.contains(&name) { &mut images.pulled } else { &mut images.names };
            kind.push(name);
        }
    }
    images.names.sort_unstable();
    images.pulled.sort_unstable();
    let there = ledger.images.iter().rev().filter_map(|id| top.find(id));
    unnamed.extend(there.filter(|id| !top.names.values().any(|named| named == *id)).cloned());
    let mut seen = HashSet::new();
    unnamed.retain(|id| seen.insert(id.clone()));
    images.unnamed = unnamed;
    Ok(images)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_is_the_sessions_when_it_was_given_while_the_request_ran() {
        let intent = |by: &str| Intent {
            n: 1,
            by: by.into(),
            names: vec!["a:1".into()],
            at: 1_700_000_000,
            ..Intent::default()
        };
        // 1700000000 is 2023-11-14T22:13:20Z.
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
        let image = image("2023-11-14T22:13:10Z", never);
        let broken = Intent { broken: true, ..intent("tag") };
        let known = Intent { image: Some("sha256:00".into()), ..broken.clone() };
        assert!(!in_time(&broken, &image) && in_time(&known, &image), "the engine died between name and time");
        let alive = Intent { broken: false, ..known.clone() };
        assert!(!in_time(&alive, &image) && !in_time(&known, &json!({"Created": "2023-11-14T22:13:10Z"})));
    }
}
