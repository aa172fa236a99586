//! Explains problems with images. Suggests the image that was meant, or lists the existing images.

use std::collections::BTreeSet;

use serde_json::Value;

use super::registries::{host_of, hub_asked, is_loopback, maker_of, of_other_registry, own_registry_lacks};
use super::{
    Cause, Engine, Failure, Found, Kind, instead, is_container, listed_name, offered_names, set_swapped, text,
};
use crate::docker_cli::{DockerCommand, Operand, docker_commands};
use crate::explain::misplaced::{with_replaced, with_words};
use crate::explain::typed::is_program;
use crate::image_ref::{ImageRef, is_same_image};
use crate::text::{nearest, nearest_within};

/// The maximum number of typing mistakes for which the tutor suggests another image to `docker rmi`.
const SLIPS: usize = 2;

/// Splits an image reference into its familiar name and its tag. If the text is not a reference, the whole text is the
/// name.
fn split_image(image: &str) -> (String, Option<String>) {
    match image.parse::<ImageRef>() {
        Ok(image) => (image.familiar_name(), image.tag),
        Err(_) => (image.to_owned(), None),
    }
}

/// Returns the image in `known` that the learner probably meant. In `image`, the colon before the tag is wrong or
/// missing, or the name is misspelt.
fn near_image(image: &str, known: &[String]) -> Option<String> {
    let (name, tag) = split_image(image);
    let known: Vec<(String, Option<String>)> = known.iter().map(|known| split_image(known)).collect();
    // The learner typed another sign in place of the colon: `alpine.3.20`, `alpine/3.20`.
    let is_sign = |at: usize| matches!(image.as_bytes()[at], b'.' | b'/' | b'-' | b'_' | b'=');
    let with_colon = |(at, _)| format!("{}:{}", &image[..at], &image[at + 1..]);
    let mut colons = image.char_indices().filter(|(at, _)| is_sign(*at)).map(with_colon);
    let is_tagged = |image: &String| {
        known.iter().any(|(name, tag)| *image == format!("{name}:{}", tag.as_deref().unwrap_or("latest")))
    };
    if let Some(meant) = colons.find(is_tagged) {
        return Some(meant);
    }
    // The learner forgot the colon: `mongo4.1`.
    let is_glued = |(name, tag): &&(String, Option<String>)| {
        let typed = image.strip_suffix(":latest").unwrap_or(image);
        tag.as_ref().and_then(|tag| typed.strip_suffix(tag.as_str())) == Some(name.as_str())
    };
    if let Some((name, Some(tag))) = known.iter().find(is_glued) {
        return Some(format!("{name}:{tag}"));
    }
    let near = nearest(&name, known.iter().map(|(name, _)| name.as_str())).filter(|near| *near != name)?;
    // The tag may be right although the course does not know it.
    Some(tag.map_or_else(|| near.to_owned(), |tag| format!("{near}:{tag}")))
}

/// Returns the image in `known` that the learner probably meant by `image`. If a registry refuses an image, docker's
/// message omits the tag, so the words of the call count.
fn image_meant(cause: &Cause, image: &str, known: &[String]) -> Option<String> {
    let mut operands = cause.call.iter().flat_map(DockerCommand::operands);
    let name = split_image(image).0;
    near_image(operands.find(|word| split_image(word).0 == name).unwrap_or(image), known)
}

/// Finds two words that are an image in `known` with a `/` or a `:` between them.
pub(super) fn joined_words(cause: &Cause, known: &[String]) -> Option<Cause> {
    let is_possible = matches!(
        cause.kind,
        Kind::TooMany | Kind::ImageUnknown | Kind::TagUnknown | Kind::PushDenied | Kind::NoImage | Kind::RegistryDenied
    );
    let call = cause.call.as_ref().filter(|_| is_possible)?;
    let words: Vec<&str> = call.operands().collect();
    let joined = |pair: &[&str], sign: char| {
        format!("{}{sign}{}", pair[0].trim_end_matches(sign), pair[1].trim_start_matches(sign))
    };
    let image_of = |pair: &[&str]| {
        let mut both = ['/', ':'].into_iter().map(|sign| joined(pair, sign));
        both.find(|image| known.iter().any(|known| is_same_image(known, image)))
    };
    let (pair, together) = words.windows(2).find_map(|pair| Some((pair, image_of(pair)?)))?;
    Some(Cause::new(Kind::Torn, Some(call)).with("apart", pair.join(" ")).with("together", together))
}

/// Whether a word names an image of `known`. A word without a tag matches all tags of the image.
pub(super) fn is_known(word: &str, known: &[String]) -> bool {
    let (name, tag) = split_image(word);
    let same = |known: &String| split_image(known).0 == name && (tag.is_none() || split_image(known).1 == tag);
    !name.is_empty() && known.iter().any(same)
}

/// Returns the message's key if the image of `docker run` is missing, stands behind another word, or is the value of
/// `--name`. Sets the command that was meant, unless the image is missing.
fn image_elsewhere(cause: &mut Cause, known: &[String]) -> Option<&'static str> {
    let call = cause.call.clone().filter(|call| matches!(call.familiar_name(), "run" | "create"))?;
    let is_known = |word: &str| is_known(word, known);
    let (before, words) = call.words.split_at(call.options_end);
    let first = words.first()?;
    if is_known(first) {
        return None;
    }
    cause.set("word", first.as_str());
    let (name, begin) = (call.value("name"), call.options_end);
    if let Some(image) = name.filter(|name| is_known(name)) {
        let mut swapped: Vec<String> = before.iter().map(|word| word.replace(image, first)).collect();
        swapped.push(image.to_owned());
        cause.set("image", image);
        cause.set("near", with_replaced(&call, 0..begin + 1, &swapped));
        return Some("explain-image-as-name");
    }
    let is_program = is_program(first);
    let Some(at) = words.iter().take(if is_program { words.len() } else { 2 }).position(|word| is_known(word)) else {
        return is_program.then_some("explain-image-forgotten");
    };
    let image = &words[at];
    cause.set("image", image.as_str());
    let (end, meant, key) = match name {
        _ if is_program => {
            cause.set("first", first.as_str());
            cause.set("second", image.as_str());
            (begin + at + 1, [&words[at..=at], &words[..at]].concat(), "explain-swapped")
        }
        None => (begin + 1, vec!["--name".to_owned(), first.clone()], "explain-image-second"),
        Some(_) => (begin + 1, Vec::new(), "explain-image-second-named"),
    };
    cause.set("near", with_replaced(&call, begin..end, &meant));
    Some(key)
}

/// Sorts images in the order of `known`, which begins with the images that the step names. Images that are not in
/// `known` come last.
fn sort_like(images: &mut [String], known: &[String]) {
    let place = |image: &String| known.iter().position(|known| is_same_image(known, image)).unwrap_or(usize::MAX);
    images.sort_by_cached_key(place);
}

/// If `name` is an image's name in the place of a container's name, returns the message and the image. `verb` is the
/// docker command. Returns `None` if `name` may be a container's name.
pub(super) fn image_as_container(
    name: &str,
    verb: &str,
    images: &Images,
) -> Option<((&'static str, &'static str), String)> {
    // A container's name has no `:`, and has a `/` only at the start.
    let is_image = name.contains(':') || name.trim_start_matches('/').contains('/') || images.has(name);
    // The learner may have left out the tag: `mongo` for `mongo:4.1`.
    let tagged = || images.names.iter().find(|image| split_image(image).0 == name).cloned();
    let image = if is_image { name.to_owned() } else { tagged()? };
    let told = match verb {
        "rm" => ("explain-no-container-rmi", "docker images"),
        "rename" => ("explain-no-container-tag", "docker images"),
        _ => ("explain-no-container-image", "docker ps -a"),
    };
    Some((told, image))
}

/// The images of an engine.
#[derive(Debug, Default)]
pub(super) struct Images {
    names: Vec<String>,
    /// The ids of the images, without `sha256:`.
    ids: Vec<String>,
}

impl Images {
    /// Whether a word is the name of an image, or the start of an image's id.
    pub(super) fn has(&self, word: &str) -> bool {
        let is_id = word.len() >= 6 && self.ids.iter().any(|id| id.starts_with(word));
        is_id || self.names.iter().any(|image| is_same_image(image, word))
    }
}

/// Returns the image of the engine that the learner probably meant by `name`: a name without its tag, or misspelt.
pub(super) async fn local_near(engine: &Engine, name: &str) -> Option<String> {
    let names = local_images(engine).await.names;
    other_tag(name, &names, &[]).or_else(|| {
        let near = near_image(name, &names)?;
        names.into_iter().find(|local| is_same_image(local, &near))
    })
}

pub(super) async fn local_images(engine: &Engine) -> Images {
    let images = engine.images().await.unwrap_or_default();
    let tags = images.iter().filter_map(|image| image.get("RepoTags").and_then(Value::as_array)).flatten();
    let names = tags.filter_map(Value::as_str).filter(|tag| !tag.contains("<none>")).map(str::to_owned).collect();
    let ids = images.iter().filter_map(|image| text(image, "/Id")?.strip_prefix("sha256:")).map(str::to_owned);
    Images { names, ids: ids.collect() }
}

/// Explains that `docker run` or `docker create` got the name of an existing container in the place of an image.
pub(super) async fn run_container(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let call = cause.call.clone().filter(|call| matches!(call.familiar_name(), "run" | "create"))?;
    let name = call.first()?.to_owned();
    let containers = engine.containers().await.ok()?;
    if !offered_names(&containers, failure).contains(&name) {
        return None;
    }
    let is_up = containers.iter().any(|one| listed_name(one) == Some(&name) && text(one, "/State") == Some("running"));
    cause.set("name", name);
    cause.set("verb", call.familiar_name());
    let key = if is_up && !call.tail.is_empty() { "explain-run-container-running" } else { "explain-run-container" };
    Some((key, "docker ps -a"))
}

/// Returns the command that lists the engine's images, if the suggested image is one of them. The list shows nothing of a
/// registry.
fn shows_local(near: &str, local: &[String]) -> &'static str {
    if local.iter().any(|local| is_same_image(local, near)) { "docker images" } else { "" }
}

/// Chooses the message for an image that the registry refuses. `local` are the images of the engine.
pub(super) fn image_denied(cause: &mut Cause, local: &[String], known: &[String]) -> Found {
    let names = [known, local].concat();
    if let Some(key) = image_elsewhere(cause, &names) {
        return Some((key, ""));
    }
    let image = cause.get("image")?.to_owned();
    if let Some(near) = other_tag(&image, local, known) {
        cause.set("near", near);
        return Some(("explain-no-image-near", "docker images"));
    }
    if let Some(near) = image_meant(cause, &image, &names) {
        let show = shows_local(&near, local);
        cause.set("near", near);
        return Some(("explain-image-unknown-near", show));
    }
    cause.set("first", hub_asked(&image)?);
    Some(("explain-image-hub-asked", ""))
}

pub(super) async fn image_unknown(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let known = failure.known;
    let image = cause.get("image")?.to_owned();
    let image = image.parse().map_or(image, |image: ImageRef| image.familiar());
    cause.set("image", image.as_str());
    if let Some(path) = of_other_registry(&image, failure) {
        cause.set("host", image.parse::<ImageRef>().map_or_else(|_| String::new(), |image| image.registry));
        cause.set("path", path);
        return Some(("explain-image-other-registry", ""));
    }
    // If a registry refuses an image, docker's message omits the tag.
    let first = cause.call.as_ref().and_then(DockerCommand::first).filter(|first| split_image(first).0 == image);
    let typed = first.unwrap_or(&image).to_owned();
    if let Some((image, maker)) = maker_of(&image, failure).or_else(|| maker_of(&typed, failure)) {
        cause.set("image", image);
        cause.set("maker", maker);
        return Some(("explain-image-still-to-make", ""));
    }
    let local = local_images(engine).await.names;
    if cause.kind == Kind::ImageUnknown {
        return image_denied(cause, &local, known);
    }
    let names = [known, &local].concat();
    if let Some(key) = image_elsewhere(cause, &names) {
        return Some((key, ""));
    }
    if let Some(host) = host_of(&image).filter(|host| is_loopback(host)) {
        return Some((own_registry_lacks(cause, &image, host, known), ""));
    }
    let (name, tag) = split_image(&image);
    let tag = tag.unwrap_or_else(|| "latest".to_owned());
    // The lesson expects docker to refuse some images. The tag of such an image counts only if the engine has the
    // image.
    let is_there = |name: &&String| local.contains(*name) || !failure.refused.contains(*name);
    let mut tags: Vec<String> = names
        .iter()
        .filter(is_there)
        .map(|known| split_image(known))
        .filter(|(known, _)| *known == name)
        .map(|(_, tag)| tag.unwrap_or_else(|| "latest".to_owned()))
        .collect();
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    // Most registries, and the pack, give the same answer for a missing repository as for a missing tag.
    if tags.is_empty() {
        let names: Vec<String> = names.iter().filter(is_there).cloned().collect();
        return image_denied(cause, &[], &names).or(Some(("explain-image-or-tag-unknown", "")));
    }
    if tags.contains(&tag) {
        let pushes = |call: &DockerCommand| {
            call.familiar_name() == "push" && call.first().is_some_and(|one| is_same_image(one, &image))
        };
        let is_pushed = failure.printed.iter().flat_map(|one| docker_commands(one.command)).any(|call| pushes(&call));
        let registry = image.parse::<ImageRef>().map_or_else(|_| String::new(), |image| image.registry);
        cause.set("host", registry);
        return Some((if is_pushed { "explain-image-not-pushed" } else { "explain-tag-unknown" }, ""));
    }
    cause.set("name", name.as_str());
    cause.set("tag", tag.clone());
    let keys = ["explain-tag-unknown-near", "explain-tag-unknown-list", "explain-tag-unknown"];
    let key = instead(cause, &tag, &tags, keys);
    let near = cause.get("near").map(|tag| format!("{name}:{tag}"));
    Some((key, near.map_or("", |near| shows_local(&near, &local))))
}

pub(super) async fn no_image(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let image = cause.get("image")?.to_owned();
    let removal = cause.call.clone().filter(|call| call.familiar_name() == "rmi");
    let name = image.strip_suffix(":latest").unwrap_or(&image).to_owned();
    let containers = engine.containers().await.unwrap_or_default();
    if is_container(&containers, &name) {
        let is_named = |one: &&Value| listed_name(one) == Some(&name);
        let is_up = containers.iter().find(is_named).is_some_and(|one| text(one, "/State") == Some("running"));
        cause.set("name", name);
        cause.set("verb", cause.verb());
        let key = match removal {
            Some(_) if is_up => "explain-no-image-container-running",
            Some(_) => "explain-no-image-container",
            None => "explain-no-image-container-verb",
        };
        return Some((key, "docker ps -a"));
    }
    let mut names = local_images(engine).await.names;
    if let Some((_, maker)) = maker_of(&image, failure).filter(|_| removal.is_none()) {
        if set_swapped(cause, failure, &image, Operand::Image, &names).is_some() {
            return Some(("explain-swapped", ""));
        }
        cause.set("maker", maker);
        return Some(("explain-image-still-to-make", ""));
    }
    if let Some(near) = output_swapped(cause, &name, &names) {
        cause.set("near", near);
        return Some(("explain-swapped", ""));
    }
    let (name, tag) = split_image(&image);
    sort_like(&mut names, failure.known);
    // Docker adds `:latest` if no tag was typed.
    let same: Vec<&String> = names.iter().filter(|known| split_image(known).0 == name).collect();
    let is_added = removal.as_ref().is_none_or(|call| !call.arguments.contains(&image));
    let untagged = same.first().filter(|_| tag.as_ref().is_none_or(|tag| tag == "latest" && is_added));
    // Only an image of the engine can be meant here. For `docker rmi`, its name must be very similar.
    let with_name = |name: &str| names.iter().find(|local| split_image(local).0 == split_image(name).0);
    let similar = || {
        let near = near_image(&image, &names)?;
        let is_like = removal.is_none() || nearest_within(&image, [near.as_str()], SLIPS).is_some();
        let other = || with_name(&near).filter(|_| removal.is_none() || split_image(&near).1.is_none());
        names.iter().find(|local| is_same_image(local, &near)).or_else(other).filter(|_| is_like)
    };
    // The learner may mean an image of the course with the same name, or may have typed only its tag, such as `4.1`.
    let asked = |local: &&String| {
        let (known, other) = split_image(local);
        let is_like = removal.is_some() && known == name || other.as_ref().is_some_and(|other| *other == name);
        is_like && failure.known.iter().any(|known| is_same_image(known, local))
    };
    let asked = || names.iter().find(asked);
    // The course has exactly this image, so no other one is meant.
    if removal.is_none() && failure.known.iter().any(|known| is_same_image(known, &image)) {
        let is_swapped = set_swapped(cause, failure, &image, Operand::Image, &names).is_some();
        return Some(if is_swapped { ("explain-swapped", "") } else { ("explain-no-image", "docker images") });
    }
    if let Some(near) = untagged.copied().or_else(similar).or_else(asked) {
        cause.set("near", near.as_str());
        return Some(("explain-no-image-near", "docker images"));
    }
    // If the image exists with another tag, the names are not swapped.
    if same.is_empty() && set_swapped(cause, failure, &image, Operand::Image, &names).is_some() {
        return Some(("explain-swapped", ""));
    }
    if removal.is_some() && nearest_within(&image, names.iter().map(String::as_str), SLIPS).is_none() {
        return Some(("explain-no-image-gone", "docker images"));
    }
    let key =
        instead(cause, &image, &names, ["explain-no-image-near", "explain-no-image-list", "explain-no-image-none"]);
    Some((key, "docker images"))
}

/// Returns an image of the engine with the same name, if `image` has no tag.
fn other_tag(image: &str, local: &[String], known: &[String]) -> Option<String> {
    let (name, tag) = split_image(image);
    let mut same: Vec<String> = local.iter().filter(|local| split_image(local).0 == name).cloned().collect();
    sort_like(&mut same, known);
    same.into_iter().find(|_| tag.is_none())
}

/// Returns the command that was meant, if the image and the file of `docker save -o` are swapped.
fn output_swapped(cause: &mut Cause, word: &str, local: &[String]) -> Option<String> {
    let call = cause.call.clone().filter(|call| call.familiar_name() == "save")?;
    let output =
        call.value("output").filter(|output| local.iter().any(|image| is_same_image(image, output)))?.to_owned();
    let words = call.words.iter().map(|typed| match typed {
        typed if *typed == output => word,
        typed if typed == word => &output,
        typed => typed,
    });
    let near = with_words(&call, &words.collect::<Vec<_>>());
    cause.set("first", output);
    cause.set("second", word);
    Some(near)
}

/// Returns the name of a machine's architecture as images write it.
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
    Some(("explain-exec-format-image", "docker version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn existing_tag_is_suggested_if_no_tag_was_typed() {
        let local = strings(&["alpine:3.20", "hasil:1"]);
        assert_eq!(other_tag("hasil", &local, &[]).as_deref(), Some("hasil:1"));
        assert_eq!(other_tag("hasil:2", &local, &[]), None);
        assert_eq!(other_tag("lain", &local, &[]), None);
    }

    #[test]
    fn swapped_file_and_image_of_save_are_corrected() {
        let typed = "docker save -o busybox:1.35 muatan.tar";
        let swapped = |typed: &str, word: &str| {
            let mut cause = Cause::new(Kind::NoImage, docker_commands(typed).first());
            output_swapped(&mut cause, word, &strings(&["busybox:1.35"]))
        };
        assert_eq!(swapped(typed, "muatan.tar").as_deref(), Some("docker save -o muatan.tar busybox:1.35"));
        assert_eq!(swapped("docker save -o muatan.tar busybox:1.36", "busybox:1.36"), None);
    }

    #[test]
    fn images_are_sorted_in_the_order_of_known_images() {
        let mut images = strings(&["alpine:3.21", "nginx:alpine", "alpine:3.20"]);
        sort_like(&mut images, &strings(&["alpine:3.20", "alpine:3.21"]));
        assert_eq!(images, strings(&["alpine:3.20", "alpine:3.21", "nginx:alpine"]));
    }

    #[test]
    fn image_name_in_place_of_a_container_name_is_recognised() {
        let images = Images { names: strings(&["mongo:4.1", "alpine:latest"]), ids: strings(&["6d91a4bdc1d5ff"]) };
        let said = |name, verb| image_as_container(name, verb, &images);
        let (removal, other) =
            (("explain-no-container-rmi", "docker images"), ("explain-no-container-image", "docker ps -a"));
        for (name, verb, told, image) in [
            ("mongo:4.1", "rm", removal, "mongo:4.1"),
            ("mongo", "rm", removal, "mongo:4.1"),
            ("mongo", "stop", other, "mongo:4.1"),
            ("alpine", "rm", removal, "alpine"),
            ("redis:7", "rm", removal, "redis:7"),
            ("alpine", "stop", other, "alpine"),
            ("6d91a4bdc1d5", "stop", other, "6d91a4bdc1d5"),
        ] {
            assert_eq!(said(name, verb), Some((told, image.to_owned())), "{verb} {name}");
        }
        assert_eq!(said("kapal", "rm"), None);
    }

    #[test]
    fn suggested_image_keeps_the_typed_tag() {
        let near = |typed: &str, image: &str, known: &[&str]| {
            let cause = Cause::new(Kind::ImageUnknown, docker_commands(&format!("docker pull {typed}")).first());
            image_meant(&cause, image, &strings(known))
        };
        for (typed, image, known, meant) in [
            ("gcr.io/b/pause:9", "gcr.io/b/pause:9", "gcr.io/a/pause:3.2", "gcr.io/a/pause:9"),
            ("registri:3", "registri", "registry", "registry:3"),
            ("registri:3", "registri", "registry:3", "registry:3"),
            ("alpine.3.20", "alpine.3.20:latest", "alpine:3.20", "alpine:3.20"),
            ("alpin", "alpin", "alpine:3.20", "alpine"),
        ] {
            assert_eq!(near(typed, image, &[known]).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn wrong_or_missing_colon_before_a_tag_is_corrected() {
        let known = strings(&["alpine:3.20", "nginx:alpine"]);
        for typed in ["alpine.3.20", "alpine/3.20", "alpine-3.20", "alpine=3.20", "alpine3.20", "alpine3.20:latest"] {
            assert_eq!(near_image(typed, &known).as_deref(), Some("alpine:3.20"), "{typed}");
        }
        assert_eq!(near_image("alpine", &known), None);
    }
}
