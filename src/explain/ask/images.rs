//! Images: which one was meant, and what there is instead of one that is not there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Cause, Engine, Failure, Found, Kind, instead, is_container, set_swapped, text};
use crate::docker_cli::Operand;
use crate::explain::misplaced::{is_command_word, line_of};
use crate::image_ref::{ImageRef, is_same_image};
use crate::text::{nearest, nearest_within};

/// The most typing mistakes in the name of an image that was meant to be removed.
const SLIPS: usize = 2;

/// An image's name and its tag, as people write them; text that is no reference is a name.
fn split_image(image: &str) -> (String, Option<String>) {
    match image.parse::<ImageRef>() {
        Ok(image) => (image.familiar_name(), image.tag),
        Err(_) => (image.to_owned(), None),
    }
}

/// The image of `known` that was meant: another name, or another tag of the same one.
pub(super) fn near_image(image: &str, known: &[String]) -> Option<String> {
    let (name, tag) = split_image(image);
    let known: Vec<(String, Option<String>)> = known.iter().map(|known| split_image(known)).collect();
    // Another sign in place of the colon: `alpine.3.20`, `alpine/3.20`.
    let is_sign = |at: usize| matches!(image.as_bytes()[at], b'.' | b'/' | b'-' | b'_' | b'=');
    let with_colon = |(at, _)| format!("{}:{}", &image[..at], &image[at + 1..]);
    let mut colons = image.char_indices().filter(|(at, _)| is_sign(*at)).map(with_colon);
    let is_tagged = |image: &String| {
        known.iter().any(|(name, tag)| *image == format!("{name}:{}", tag.as_deref().unwrap_or("latest")))
    };
    if let Some(meant) = colons.find(is_tagged) {
        return Some(meant);
    }
    let near = nearest(&name, known.iter().map(|(name, _)| name.as_str())).filter(|near| *near != name)?;
    let same_tag = tag.filter(|tag| known.iter().any(|(known, other)| known == near && other.as_ref() == Some(tag)));
    Some(same_tag.map_or_else(|| near.to_owned(), |tag| format!("{near}:{tag}")))
}

/// Whether a word is one of these images: with the same tag, or without a tag.
pub(super) fn is_known(word: &str, known: &[String]) -> bool {
    let (name, tag) = split_image(word);
    let same = |known: &String| split_image(known).0 == name && (tag.is_none() || split_image(known).1 == tag);
    !name.is_empty() && known.iter().any(same)
}

/// The image stands elsewhere in `docker run`: behind another word, or as the value of `--name`. Sets the command that
/// was meant.
pub(super) fn image_elsewhere(cause: &mut Cause, known: &[String]) -> Option<&'static str> {
    let call = cause.call.clone().filter(|call| matches!(call.familiar_name(), "run" | "create"))?;
    let is_known = |word: &str| is_known(word, known);
    let (before, words) = call.words.split_at(call.options_end);
    let first = words.first()?;
    if is_known(first) {
        return None;
    }
    let name = call.value("name").map(str::to_owned);
    let mut meant = vec!["docker".to_owned(), call.familiar_name().to_owned()];
    cause.set("word", first.as_str());
    if let Some(image) = name.as_deref().filter(|name| is_known(name)) {
        let swapped = before.iter().map(|word| word.replace(image, first));
        meant.extend(swapped.chain([image.to_owned()]).chain(words[1..].iter().cloned()));
        cause.set("image", image);
        cause.set("near", line_of(&meant));
        return Some("explain-image-as-name");
    }
    let image = words.get(1).filter(|second| is_known(second))?.clone();
    meant.extend(before.iter().cloned());
    if is_command_word(first) {
        let rest = [&image, first].into_iter().chain(&words[2..]);
        meant.extend(rest.cloned());
        cause.set("first", first.as_str());
        cause.set("second", image);
        cause.set("near", line_of(&meant));
        return Some("explain-swapped");
    }
    if name.is_none() {
        meant.extend(["--name".to_owned(), first.clone()]);
    }
    meant.extend(words[1..].iter().cloned());
    cause.set("image", image);
    cause.set("near", line_of(&meant));
    Some(if name.is_none() { "explain-image-second" } else { "explain-image-second-named" })
}

/// Sorts images like `known`, which begins with those that the step names; others come last.
fn sort_like(images: &mut [String], known: &[String]) {
    let place = |image: &String| known.iter().position(|known| is_same_image(known, image)).unwrap_or(usize::MAX);
    images.sort_by_cached_key(place);
}

/// Returns what is said of an image's name where `verb` needs a container; `None` if the name may be a container's.
pub(super) fn image_as_container(name: &str, verb: &str, images: &Images) -> Option<(&'static str, &'static str)> {
    // No container's name has a `:`, or a `/` inside.
    let is_image = name.contains(':') || name.trim_start_matches('/').contains('/');
    let is_image = is_image || images.has(name);
    is_image.then_some(match verb {
        "rm" => ("explain-no-container-rmi", "docker images"),
        _ => ("explain-no-container-image", "docker ps -a"),
    })
}

/// The images of an engine.
#[derive(Debug, Default)]
pub(super) struct Images {
    names: Vec<String>,
    /// Without `sha256:`.
    ids: Vec<String>,
}

impl Images {
    /// Whether a word is the name of an image, or begins its id.
    fn has(&self, word: &str) -> bool {
        let is_id = word.len() >= 6 && self.ids.iter().any(|id| id.starts_with(word));
        is_id || self.names.iter().any(|image| is_same_image(image, word))
    }
}

pub(super) async fn local_images(engine: &Engine) -> Images {
    let images = engine.images().await.unwrap_or_default();
    let tags = images.iter().filter_map(|image| image.get("RepoTags").and_then(Value::as_array)).flatten();
    let names = tags.filter_map(Value::as_str).filter(|tag| !tag.contains("<none>")).map(str::to_owned).collect();
    let ids = images.iter().filter_map(|image| text(image, "/Id")?.strip_prefix("sha256:")).map(str::to_owned);
    Images { names, ids: ids.collect() }
}

pub(super) async fn image_unknown(cause: &mut Cause, engine: &Engine, known: &[String]) -> Found {
    let image = cause.get("image")?.to_owned();
    let image = image.parse().map_or(image, |image: ImageRef| image.familiar());
    cause.set("image", image.as_str());
    let mut names = known.to_vec();
    names.extend(local_images(engine).await.names);
    if let Some(key) = image_elsewhere(cause, &names) {
        return Some((key, String::new()));
    }
    if cause.kind == Kind::ImageUnknown {
        let near = near_image(&image, &names)?;
        cause.set("near", near);
        return Some(("explain-image-unknown-near", "docker images".to_owned()));
    }
    let (name, tag) = split_image(&image);
    let tag = tag.unwrap_or_else(|| "latest".to_owned());
    let mut tags: Vec<String> = names
        .iter()
        .map(|known| split_image(known))
        .filter(|(known, _)| *known == name)
        .map(|(_, tag)| tag.unwrap_or_else(|| "latest".to_owned()))
        .collect();
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    // Most registries, and the pack, answer in the same way if there is no such repository.
    if tags.is_empty() {
        if let Some(near) = near_image(&image, &names) {
            cause.set("near", near);
            return Some(("explain-image-unknown-near", "docker images".to_owned()));
        }
        return Some(("explain-image-or-tag-unknown", String::new()));
    }
    cause.set("name", name);
    cause.set("tag", tag.clone());
    let keys = ["explain-tag-unknown-near", "explain-tag-unknown-list", "explain-tag-unknown"];
    Some((instead(cause, &tag, &tags, keys), "docker images".to_owned()))
}

pub(super) async fn no_image(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let image = cause.get("image")?.to_owned();
    let removal = cause.call.clone().filter(|call| call.familiar_name() == "rmi");
    let name = image.strip_suffix(":latest").unwrap_or(&image).to_owned();
    if is_container(&engine.containers().await.unwrap_or_default(), &name) {
        cause.set("name", name);
        let verb = cause.call.as_ref().map_or("", |call| call.familiar_name()).to_owned();
        cause.set("verb", verb);
        let key = if removal.is_some() { "explain-no-image-container" } else { "explain-no-image-container-verb" };
        return Some((key, "docker ps -a".to_owned()));
    }
    let (name, tag) = split_image(&image);
    let mut names = local_images(engine).await.names;
    sort_like(&mut names, failure.known);
    // Docker adds `:latest` where nothing was typed.
    let same: Vec<&String> = names.iter().filter(|known| split_image(known).0 == name).collect();
    let is_added = removal.as_ref().is_none_or(|call| !call.arguments.contains(&image));
    if let [one, ..] = same[..]
        && tag.as_ref().is_none_or(|tag| tag == "latest" && is_added)
    {
        cause.set("near", one.as_str());
        return Some(("explain-no-image-near", "docker images".to_owned()));
    }
    let near = near_image(&image, &names);
    // A wrong tag of an image that is there is no swapped name.
    if same.is_empty() && near.is_none() && set_swapped(cause, failure, &image, Operand::Image, &names).is_some() {
        return Some(("explain-swapped", String::new()));
    }
    // What is to be removed is not guessed from afar.
    let near = near.filter(|near| removal.is_none() || nearest_within(&image, [near.as_str()], SLIPS).is_some());
    if let Some(near) = near {
        cause.set("near", near);
        return Some(("explain-no-image-near", "docker images".to_owned()));
    }
    if removal.is_some() && nearest_within(&image, names.iter().map(String::as_str), SLIPS).is_none() {
        return Some(("explain-no-image-gone", "docker images".to_owned()));
    }
    let key =
        instead(cause, &image, &names, ["explain-no-image-near", "explain-no-image-list", "explain-no-image-none"]);
    Some((key, "docker images".to_owned()))
}

/// The architecture's name as images write it.
fn architecture(machine: &str) -> &str {
    match machine {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "armv7l" | "armv6l" => "arm",
        "i686" | "i386" => "386",
        other => other,
    }
}

pub(super) async fn exec_format(cause: &mut Cause, engine: &Engine) -> Found {
    let image = engine.image(cause.get("image")?).await.ok()??;
    let info = engine.info().await.ok()?;
    let (actual, wanted) = (text(&image, "/Architecture")?, architecture(text(&info, "/Architecture")?));
    if actual == wanted {
        return None;
    }
    cause.set("actual", actual);
    cause.set("wanted", wanted);
    Some(("explain-exec-format-image", "docker version".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn image_of_the_step_comes_first() {
        let mut images = strings(&["alpine:3.21", "nginx:alpine", "alpine:3.20"]);
        sort_like(&mut images, &strings(&["alpine:3.20", "alpine:3.21"]));
        assert_eq!(images, strings(&["alpine:3.20", "alpine:3.21", "nginx:alpine"]));
    }

    #[test]
    fn removing_an_image_with_rm_shows_the_images() {
        let images = Images { names: strings(&["mongo:4.1", "alpine:latest"]), ids: strings(&["6d91a4bdc1d5ff"]) };
        let said = |name, verb| image_as_container(name, verb, &images);
        assert_eq!(said("mongo:4.1", "rm"), Some(("explain-no-container-rmi", "docker images")));
        assert_eq!(said("alpine", "rm"), Some(("explain-no-container-rmi", "docker images")));
        assert_eq!(said("redis:7", "rm"), Some(("explain-no-container-rmi", "docker images")));
        assert_eq!(said("alpine", "stop"), Some(("explain-no-container-image", "docker ps -a")));
        assert_eq!(said("6d91a4bdc1d5", "stop"), Some(("explain-no-container-image", "docker ps -a")));
        assert_eq!(said("kapal", "rm"), None);
    }

    #[test]
    fn another_sign_for_the_colon_of_an_image_is_seen() {
        let known = strings(&["alpine:3.20", "nginx:alpine"]);
        for typed in ["alpine.3.20", "alpine/3.20", "alpine-3.20", "alpine=3.20"] {
            assert_eq!(near_image(typed, &known).as_deref(), Some("alpine:3.20"), "{typed}");
        }
        assert_eq!(near_image("alpine", &known), None);
    }
}
