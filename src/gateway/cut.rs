//! What a build, a commit or an import left that was cut off, since the gateway or the engine was killed, or the client
//! went away.
//!
//! A commit or an import makes one image, which is labelled with its request.
//!
//! The classic builder makes a container and an image a step, without any label, and tells of both when they are there;
//! so of one of each nobody may have heard. An image names the container that it was made of. What was told of that one
//! is proof; else the image or container must be of the very step that was told of last, and of that time.

use std::collections::HashSet;

use serde_json::Value;

use super::error::Stop;
use super::journal::{Intent, Ledger, Step, is_id};
use super::label::{MADE_LABEL, made_by};
use super::reference::names_of;
use super::resolve::{LONGEST, SLACK, seconds};
use super::upstream;
use crate::engine::Endpoint;

/// How long a step may have taken of whose container nobody heard, in seconds.
const STEP: i64 = 120;
/// How long an engine may have gone on after that, in seconds.
const ON: i64 = 10;
/// How many images may be built on one another.
const DEEPEST: usize = 130;

/// What was left by what was cut off.
#[derive(Debug, Default)]
pub(super) struct Remains {
    /// Ids and names of containers.
    pub(super) containers: Vec<(String, String)>,
    /// Ids of images without a name that nothing is built on.
    pub(super) images: Vec<String>,
}

/// Looks for what the open intents of a session's ledger left.
pub(super) async fn remains(endpoint: &Endpoint, session: &str, ledger: &Ledger) -> Result<Remains, Stop> {
    let (builds, others): (Vec<&Intent>, Vec<&Intent>) = ledger.open.values().partition(|intent| intent.by == "build");
    let mut remains = Remains::default();
    if others.iter().any(|intent| ["commit", "import"].contains(&intent.by.as_str())) {
        let list = upstream::ask(endpoint, "GET", "/images/json?all=1", None).await?.body;
        remains.images = others.iter().filter_map(|intent| labelled(&list, &made_by(session, intent.n))).collect();
    }
    if builds.is_empty() {
        return Ok(remains);
    }
    let created = |thing: &Value| thing.get("Created").and_then(Value::as_i64);
    let in_time = |at: i64| builds.iter().any(|build| is_within(at, build.at, LONGEST));
    let list = upstream::ask(endpoint, "GET", "/containers/json?all=1", None).await?.body;
    for container in list.as_array().into_iter().flatten() {
        let id = text(container, "Id");
        let told = builds.iter().any(|build| build.heard_of(id));
        if told || (created(container).is_some_and(in_time) && is_of_step(endpoint, &builds, id).await?) {
            let names = container.get("Names").and_then(Value::as_array).and_then(|names| names.first()?.as_str());
            let name = names.map_or(id, |name| name.trim_start_matches('/'));
            remains.containers.push((id.to_owned(), name.to_owned()));
        }
    }
    let list = upstream::ask(endpoint, "GET", "/images/json", None).await?.body;
    let nameless = |image: &&Value| names_of(image).is_empty() && created(image).is_some_and(in_time);
    for image in list.as_array().into_iter().flatten().filter(nameless) {
        let id = text(image, "Id");
        if ledger.has_image(id) || is_made_by(endpoint, ledger, &builds, id).await? {
            remains.images.push(id.to_owned());
        }
    }
    Ok(remains)
}

/// The one image without a name that a request made. Of two, one is built on the other, and nobody knows by whom.
fn labelled(images: &Value, request: &str) -> Option<String> {
    let label = |image: &Value| image.get("Labels")?.get(MADE_LABEL)?.as_str().map(str::to_owned);
    let mut made = images.as_array()?.iter().filter(|image| label(image).is_some_and(|made| made == request));
    let (image, other) = (made.next()?, made.next());
    (other.is_none() && names_of(image).is_empty()).then(|| text(image, "Id").to_owned())
}

/// Whether an image is of one of the builds, or of what the engine went on to do before it knew that nobody listens.
async fn is_made_by(endpoint: &Endpoint, ledger: &Ledger, builds: &[&Intent], id: &str) -> Result<bool, Stop> {
    let (mut id, mut later, mut seen) = (id.to_owned(), None, HashSet::new());
    while seen.len() < DEEPEST && seen.insert(id.clone()) {
        let image = upstream::ask(endpoint, "GET", &format!("/images/{id}/json"), None).await?.body;
        let Some(at) = seconds(image.get("Created")) else { return Ok(false) };
        // Time is only seconds here, and an image is never older than the one that it is built on.
        if later.is_some_and(|later: i64| later - at > ON) || (later.is_some() && !names_of(&image).is_empty()) {
            return Ok(false);
        }
        let (container, parent) = (text(&image, "Container"), text(&image, "Parent"));
        let command = image.get("ContainerConfig").and_then(|config| config.get("Cmd"));
        let made = |build: &&&Intent| {
            is_within(at, build.at, LONGEST) && (build.heard_of(container) || build.is_at(parent, command, at))
        };
        if builds.iter().any(|build| made(&build)) {
            return Ok(true);
        }
        if parent.is_empty() || ledger.has_image(parent) {
            return Ok(false);
        }
        later = Some(at);
        parent.clone_into(&mut id);
    }
    Ok(false)
}

/// Whether a container that was not told of is of the step that was.
async fn is_of_step(endpoint: &Endpoint, builds: &[&Intent], id: &str) -> Result<bool, Stop> {
    let container = upstream::ask(endpoint, "GET", &format!("/containers/{id}/json"), None).await?.body;
    let Some(at) = seconds(container.get("Created")) else { return Ok(false) };
    // The builder keeps no logs; whoever else makes a container has to ask for that.
    let log = container.get("HostConfig").and_then(|host| host.get("LogConfig")).map(|log| text(log, "Type"));
    let command = container.get("Config").and_then(|config| config.get("Cmd"));
    Ok(log == Some("none") && builds.iter().any(|build| build.is_at(text(&container, "Image"), command, at)))
}

impl Intent {
    fn heard_of(&self, container: &str) -> bool {
        self.containers.iter().any(|known| is_id(known, container))
    }

    /// Whether what was made then from this image, with this command, is of the step that was told of last.
    fn is_at(&self, parent: &str, command: Option<&Value>, at: i64) -> bool {
        let Some(step) = &self.step else { return false };
        let from = if step.on.is_empty() { parent.is_empty() } else { is_id(&step.on, parent) };
        from && is_within(at, step.at, STEP) && step.is(command)
    }
}

impl Step {
    /// Whether a container of this command is the step's.
    fn is(&self, command: Option<&Value>) -> bool {
        let words: Vec<&str> =
            command.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let said = words.join(" ");
        let (keyword, rest) = self.text.split_once(char::is_whitespace).unwrap_or((&self.text, ""));
        let (keyword, rest) = (keyword.to_ascii_uppercase(), rest.trim());
        // What only changes the configuration or copies is written `#(nop) KEYWORD …`.
        match (said.split_once("#(nop)"), keyword.as_str()) {
            (None, "RUN") => match serde_json::from_str::<Vec<String>>(rest) {
                Ok(list) => list.len() <= words.len() && words[words.len() - list.len()..] == list[..],
                Err(_) => !rest.is_empty() && said.ends_with(rest),
            },
            (Some(_), "RUN" | "FROM" | "") | (None, _) => false,
            (Some((_, nop)), keyword) => {
                nop.trim_start().strip_prefix(keyword).is_some_and(|rest| rest.starts_with(' '))
            }
        }
    }
}

fn text<'a>(thing: &'a Value, name: &str) -> &'a str {
    thing.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether `at` is at most so long after the beginning.
fn is_within(at: i64, begun: u64, longest: i64) -> bool {
    let begun = i64::try_from(begun).unwrap_or(i64::MAX);
    at >= begun.saturating_sub(SLACK) && at <= begun.saturating_add(longest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn step(text: &str) -> Step {
        Step { on: "ab".repeat(6), text: text.into(), at: 1_700_000_000 }
    }

    #[test]
    fn what_a_request_made_is_known_by_its_label() {
        let image =
            |id: &str, made: &str, names: &[&str]| json!({"Id": id, "RepoTags": names, "Labels": {MADE_LABEL: made}});
        let none = json!({"Id": "a", "RepoTags": null, "Labels": null});
        let of = |images: &[Value]| labelled(&json!(images), "s/3");
        assert_eq!(of(&[none.clone(), image("b", "s/3", &[]), image("c", "s/30", &[])]), Some("b".to_owned()));
        assert_eq!(of(&[image("b", "s/3", &["<none>:<none>"])]), Some("b".to_owned()));
        assert_eq!(of(&[image("b", "s/3", &["a:1"])]), None);
        assert_eq!(of(&[image("b", "s/3", &[]), image("c", "s/3", &[])]), None, "one is built on the other");
        assert_eq!(of(&[none, image("c", "t/3", &[])]), None);
        assert_eq!(labelled(&json!({}), "s/3"), None);
    }

    #[test]
    fn a_step_is_known_by_its_command() {
        let shell = |command: &str| json!(["/bin/sh", "-c", command]);
        let cases = [
            ("RUN touch /a", shell("touch /a"), true),
            ("run  touch /a", shell("touch /a"), true),
            ("RUN touch /a", json!(["|1", "Z=1", "/bin/sh", "-c", "touch /a"]), true),
            ("RUN [\"touch\", \"/a\"]", json!(["touch", "/a"]), true),
            ("RUN [\"touch\", \"/a\"]", json!(["/a"]), false),
            ("RUN touch /a", shell("touch /b"), false),
            ("RUN touch /a", shell("#(nop) CMD touch /a"), false),
            ("RUN", shell("touch /a"), false),
            ("CMD [\"sh\"]", json!(["/bin/sh", "-c", "#(nop) ", "CMD [\"sh\"]"]), true),
            ("WORKDIR /w", shell("#(nop) WORKDIR /w"), true),
            ("COPY a /b", shell("#(nop) COPY file:00 in /b "), true),
            ("COPY a /b", shell("#(nop) ADD file:00 in /b "), false),
            ("ENV a=b", json!(["sh", "-c", "touch /a"]), false),
            ("FROM a", shell("#(nop) FROM a"), false),
            ("COPY a /b", Value::Null, false),
        ];
        for (text, command, expected) in cases {
            assert_eq!(step(text).is(Some(&command)), expected, "{text} {command}");
        }
    }

    #[test]
    fn a_step_is_known_by_its_image_and_time() {
        let build = Intent { step: Some(step("WORKDIR /w")), ..Intent::default() };
        let command = json!(["/bin/sh", "-c", "#(nop) WORKDIR /w"]);
        let parent = format!("sha256:{}", "ab".repeat(32));
        let is_at = |parent: &str, at| build.is_at(parent, Some(&command), at);
        assert!(is_at(&parent, 1_700_000_000) && is_at(&parent, 1_700_000_100));
        assert!(!is_at(&parent, 1_699_999_990) && !is_at(&parent, 1_700_000_300));
        assert!(!is_at(&format!("sha256:{}", "cd".repeat(32)), 1_700_000_000) && !is_at("", 1_700_000_000));
        let from_nothing = Step { on: String::new(), ..step("WORKDIR /w") };
        let build = Intent { step: Some(from_nothing), ..Intent::default() };
        assert!(build.is_at("", Some(&command), 1_700_000_000) && !build.is_at(&parent, Some(&command), 1_700_000_000));
        assert!(!Intent::default().is_at(&parent, Some(&command), 1_700_000_000));
    }
}
