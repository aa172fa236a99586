//! Explains missing containers, files, volumes and networks, and suggests existing ones.

use serde_json::Value;

use super::images::{image_as_container, local_images, local_near};
use super::{
    Cause, Engine, Failure, Found, instead, is_container, list, listed_name, name_of, offered_names, set_swapped, text,
};
use crate::docker_cli::{DockerCommand, Operand, docker_commands};
use crate::image_ref::is_same_image;
use crate::text::nearest;

/// The length from which the beginning of a volume's name counts as this name. Dermaga itself shows 12 characters.
const SHORT: usize = 6;

pub(super) async fn no_container(
    cause: &mut Cause,
    engine: &Engine,
    failure: &Failure<'_>,
    plain: &'static str,
) -> Found {
    let name = cause.get("name")?.to_owned();
    let containers = engine.containers().await.ok()?;
    // Another command of the same line has created the container in the meantime.
    if is_container(&containers, &name) {
        return Some(("explain-no-container-before", ""));
    }
    let names = offered_names(&containers, failure);
    let verb = cause.verb();
    if set_swapped(cause, failure, &name, Operand::Container, &names).is_some() {
        return Some(("explain-swapped", ""));
    }
    // The step uses this name, so the learner does not mean another container.
    let asked: Vec<DockerCommand> = failure.printed.iter().flat_map(|one| docker_commands(one.command)).collect();
    let is_asked = |name: &str| asked.iter().any(|call| names_container(call, name));
    if verb != "rm" && is_asked(&name) {
        let mut open = failure.printed.iter().filter(|one| !one.typed).flat_map(|one| docker_commands(one.command));
        let maker = open.find(|call| call.value("name") == Some(&name));
        if let Some(maker) = maker {
            cause.set("maker", maker.familiar_name());
            return Some(("explain-no-container-still-to-make", ""));
        }
        return Some(("explain-no-container-needed", "docker ps -a"));
    }
    if plain == "explain-no-container" && nearest(&name, names.iter().map(String::as_str)).is_none() {
        cause.set("verb", verb.as_str());
        if let Some(((key, show), image)) = image_as_container(&name, &verb, &local_images(engine).await) {
            let mut own: Vec<String> = names_of_image(&containers, &image, &names);
            if own.iter().any(|name| is_asked(name)) {
                own.retain(|name| is_asked(name));
            }
            cause.set("names", if own.is_empty() { "none".to_owned() } else { list(&own) });
            cause.set("name", image);
            return Some((key, show));
        }
        if verb == "rm" {
            return Some(("explain-no-container-gone", "docker ps -a"));
        }
    }
    if plain == "explain-no-object"
        && let Some(near) = local_near(engine, &name).await
    {
        cause.set("image", name);
        cause.set("near", near);
        return Some(("explain-no-image-near", "docker images"));
    }
    let keys = if plain == "explain-no-object" {
        ["explain-no-container-near", plain, plain]
    } else {
        let none = if containers.is_empty() { "explain-no-container-none" } else { "explain-no-container-yet" };
        ["explain-no-container-near", "explain-no-container-list", none]
    };
    Some((instead(cause, &name, &names, keys), "docker ps -a"))
}

/// Whether a call makes a container with this name, or works on it.
fn names_container(call: &DockerCommand, name: &str) -> bool {
    let is_container = |at: usize| call.command.is_some_and(|command| command.operand(at) == Operand::Container);
    let mut named = call.operands().enumerate().filter(|(at, _)| is_container(*at)).map(|(_, word)| word);
    call.value("name") == Some(name) || named.any(|word| word == name)
}

/// Returns those of the `offered` names whose containers were made from an image.
fn names_of_image(containers: &[Value], image: &str, offered: &[String]) -> Vec<String> {
    let made =
        containers.iter().filter(|container| text(container, "/Image").is_some_and(|one| is_same_image(one, image)));
    made.filter_map(listed_name).filter(|name| offered.iter().any(|one| one == name)).map(str::to_owned).collect()
}

pub(super) async fn no_file_inside(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let name = cause.get("name")?.to_owned();
    let Some(container) = engine.container(&name).await.ok()? else {
        return no_container(cause, engine, failure, "explain-no-container").await;
    };
    name_of(cause, &container);
    let running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
    let show = if running { "docker exec {name} ls /" } else { "docker diff {name}" };
    Some(("explain-no-file-inside", show))
}

pub(super) async fn no_volume(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.get("volume")?.to_owned();
    let volumes = engine.volumes().await.ok()?;
    let is_begun = |whole: &&str| name.len() >= SHORT && whole.len() > name.len() && whole.starts_with(&name);
    if let Some(whole) = volumes.iter().filter_map(|volume| text(volume, "/Name")).find(is_begun) {
        cause.set("near", whole);
        return Some(("explain-no-volume-short", "docker volume ls"));
    }
    // Leaves out anonymous volumes, whose names have 64 characters.
    let names: Vec<String> = volumes
        .iter()
        .filter_map(|volume| text(volume, "/Name"))
        .filter(|name| name.len() < 64)
        .map(str::to_owned)
        .collect();
    let keys = match cause.call.as_ref().map(DockerCommand::familiar_name) {
        Some("volume rm") => ["explain-no-volume-near", "explain-no-volume-gone", "explain-no-volume-gone"],
        _ => ["explain-no-volume-near", "explain-no-volume-list", "explain-no-volume-none"],
    };
    Some((instead(cause, &name, &names, keys), "docker volume ls"))
}

pub(super) async fn no_network(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let name = cause.get("network")?.to_owned();
    let networks = engine.networks().await.ok()?;
    let names: Vec<String> = networks.iter().filter_map(|network| text(network, "/Name")).map(str::to_owned).collect();
    if set_swapped(cause, failure, &name, Operand::Network, &names).is_some() {
        return Some(("explain-swapped", ""));
    }
    let keys = match cause.call.as_ref().map(DockerCommand::familiar_name) {
        Some("network rm") => ["explain-no-network-near", "explain-no-network-gone", "explain-no-network-gone"],
        _ => ["explain-no-such-network-near", "explain-no-such-network-list", "explain-no-such-network"],
    };
    Some((instead(cause, &name, &names, keys), "docker network ls"))
}
