//! Looking for the names that make an explanation useful: which container, in what state, what there is instead.

mod ended;
mod plain;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::kind::Kind;
use super::misplaced::line_of;
use super::ports::{Holder, Table, engine_process};
use super::recognise::{Cause, LONGEST_VALUE};
use super::{Explanation, Failure};
use crate::docker_cli::DockerCommand;
use crate::engine::{Endpoint, Engine};
use crate::image_ref::{ImageRef, is_same_image};
use crate::text::nearest;
use ended::{ended, ended_at_once};
use plain::plain;

/// Names in a list of what there is.
const MOST_NAMES: usize = 5;
/// Less free space than this is a full disk.
const FULL: u64 = 64 << 20;
/// Ports looked at for a free one.
const MOST_PORTS: u16 = 50;

/// What the words alone say.
pub(super) fn without_engine(cause: &Cause, failure: &Failure<'_>) -> Option<Explanation> {
    let mut cause = cause.clone();
    match cause.kind {
        Kind::EndedAtOnce | Kind::NoSpaceInside => None,
        Kind::ImageUnknown => {
            if let Some(key) = image_elsewhere(&mut cause, failure.known) {
                return Some(explanation(key, &cause, ""));
            }
            let near = near_image(cause.get("image")?, failure.known);
            if let Some(near) = near {
                cause.set("near", near);
            }
            Some(plain(&cause))
        }
        Kind::PortTaken => {
            let next = cause.get("port")?.parse::<u16>().ok()?.checked_add(1)?;
            cause.set("publish", format!("{next}:{}", published_inside(&cause).unwrap_or("80")));
            cause.set("made", "none");
            Some(plain(&cause))
        }
        Kind::OwnRegistry => {
            let call = cause.call.as_ref();
            let context = call.and_then(|call| call.global.iter().find(|option| option.name == "context"));
            let Some(context) = context.and_then(|option| option.value.clone()) else { return Some(plain(&cause)) };
            cause.set("context", context);
            Some(explanation("explain-own-registry-context", &cause, ""))
        }
        Kind::Ended if cause.get("limit").is_none() => {
            cause.set("limit", "none");
            Some(plain(&cause))
        }
        _ => Some(plain(&cause)),
    }
}

/// The same, with what the engine and the machine know.
pub(super) async fn with_engine(mut cause: Cause, failure: &Failure<'_>) -> Option<Explanation> {
    let Some(engine) = failure.engine else { return without_engine(&cause, failure) };
    let found = match cause.kind {
        Kind::ImageUnknown | Kind::TagUnknown => image_unknown(&mut cause, engine, failure.known).await,
        Kind::NoImage => no_image(&mut cause, engine, failure.known).await,
        Kind::NoContainer => no_container(&mut cause, engine, "explain-no-container").await,
        Kind::NoFileInside => no_file_inside(&mut cause, engine).await,
        Kind::NoObject => no_container(&mut cause, engine, "explain-no-object").await,
        Kind::NoVolume => no_volume(&mut cause, engine).await,
        Kind::NoSuchNetwork => no_network(&mut cause, engine).await,
        Kind::PortTaken => port_taken(&mut cause, engine, failure).await,
        Kind::NameTaken => name_taken(&mut cause, engine, failure).await,
        Kind::RemoveRunning | Kind::Paused => named(&mut cause, engine).await,
        Kind::NotRunning => not_running(&mut cause, engine).await,
        Kind::ImageInUse | Kind::VolumeInUse => in_use(&mut cause, engine, failure).await,
        Kind::NetworkInUse => network_in_use(&mut cause, engine).await,
        Kind::ExecFormat => exec_format(&mut cause, engine).await,
        Kind::Ended => ended(&mut cause, engine).await,
        Kind::EndedAtOnce => return ended_at_once(&mut cause, engine).await,
        Kind::NoSpace => no_space(&mut cause, engine).await,
        Kind::NoSpaceInside => return no_space_inside(&mut cause, engine).await,
        Kind::EngineDown | Kind::EngineUnreachable if engine.info().await.is_ok() => Some(elsewhere(&cause, failure)),
        // The engine answers: what broke off was the registry's connection.
        Kind::EngineGone if engine.info().await.is_ok() => Some(("explain-cut-off", String::new())),
        _ => None,
    };
    match found {
        Some((key, show)) => Some(explanation(key, &cause, &show)),
        None => without_engine(&cause, failure),
    }
}

/// The lesson's engine answers, so another one was asked.
fn elsewhere(cause: &Cause, failure: &Failure<'_>) -> (&'static str, String) {
    if super::sudo(failure.command).is_some() {
        return ("explain-sudo-elsewhere", String::new());
    }
    let is_named = cause.get("at").is_some();
    let key = if is_named { "explain-engine-elsewhere" } else { "explain-engine-elsewhere-unnamed" };
    (key, "docker context ls".to_owned())
}

/// A key, and a command that shows the truth.
type Found = Option<(&'static str, String)>;

fn explanation(key: &'static str, cause: &Cause, show: &str) -> Explanation {
    let args: Vec<(String, String)> =
        cause.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Explanation { key, args, show: fill(show, cause) }
}

/// A command with its values; none where one is missing.
fn fill(show: &str, cause: &Cause) -> Option<String> {
    let mut text = String::new();
    let mut rest = show;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(&quoted(cause.get(name)?));
        rest = after;
    }
    text.push_str(rest);
    Some(text).filter(|text| !text.is_empty())
}

/// A value as a shell's word; a verb of two words stays two.
fn quoted(value: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || " ._-/:@,=+".contains(c);
    let plain = !value.is_empty() && value.chars().all(safe);
    if plain { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    value.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A container's name in a list.
fn listed_name(container: &Value) -> Option<&str> {
    text(container, "/Names/0").map(|name| name.trim_start_matches('/'))
}

/// The first names in backquotes, as many as fit into a value, with `, …` where there are more.
pub(super) fn list(names: &[String]) -> String {
    let (mut text, mut listed) = (String::new(), 0);
    for name in names.iter().take(MOST_NAMES) {
        let gap = if listed == 0 { "" } else { ", " };
        if listed > 0 && text.chars().count() + name.chars().count() + 8 > LONGEST_VALUE {
            break;
        }
        text.push_str(&format!("{gap}`{name}`"));
        listed += 1;
    }
    if names.len() > listed {
        text.push_str(", …");
    }
    text
}

/// Sets `near` or `names` and chooses among a message with a near name, with a list, and with neither.
fn instead(cause: &mut Cause, word: &str, names: &[String], keys: [&'static str; 3]) -> &'static str {
    let others = || names.iter().filter(|name| *name != word);
    if let Some(near) = nearest(word, others().map(String::as_str)) {
        cause.set("near", near);
        keys[0]
    } else if names.is_empty() {
        keys[2]
    } else {
        cause.set("names", list(names));
        keys[1]
    }
}

/// An image's name and its tag, as people write them; text that is no reference is a name.
fn split_image(image: &str) -> (String, Option<String>) {
    match image.parse::<ImageRef>() {
        Ok(image) => (image.familiar_name(), image.tag),
        Err(_) => (image.to_owned(), None),
    }
}

/// The image of `known` that was meant: another name, or another tag of the same one.
fn near_image(image: &str, known: &[String]) -> Option<String> {
    let (name, tag) = split_image(image);
    let known: Vec<(String, Option<String>)> = known.iter().map(|known| split_image(known)).collect();
    let near = nearest(&name, known.iter().map(|(name, _)| name.as_str())).filter(|near| *near != name)?;
    let same_tag = tag.filter(|tag| known.iter().any(|(known, other)| known == near && other.as_ref() == Some(tag)));
    Some(same_tag.map_or_else(|| near.to_owned(), |tag| format!("{near}:{tag}")))
}

/// The image stands elsewhere in `docker run`: behind another word, or as the value of `--name`. Sets the command that
/// was meant.
fn image_elsewhere(cause: &mut Cause, known: &[String]) -> Option<&'static str> {
    let call = cause.call.clone().filter(|call| matches!(call.familiar_name(), "run" | "create"))?;
    let is_known = |word: &str| {
        let (name, tag) = split_image(word);
        let same = |known: &String| split_image(known).0 == name && (tag.is_none() || split_image(known).1 == tag);
        !name.is_empty() && known.iter().any(same)
    };
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
fn image_as_container(name: &str, verb: &str, images: &[String]) -> Option<(&'static str, &'static str)> {
    // No container's name has a `:`, or a `/` inside.
    let is_image = name.contains(':') || name.trim_start_matches('/').contains('/');
    let is_image = is_image || images.iter().any(|image| is_same_image(image, name));
    is_image.then_some(match verb {
        "rm" => ("explain-no-container-rmi", "docker images"),
        _ => ("explain-no-container-image", "docker ps -a"),
    })
}

async fn local_images(engine: &Engine) -> Vec<String> {
    let images = engine.images().await.unwrap_or_default();
    let tags = images.iter().filter_map(|image| image.get("RepoTags").and_then(Value::as_array)).flatten();
    tags.filter_map(Value::as_str).filter(|tag| !tag.contains("<none>")).map(str::to_owned).collect()
}

async fn image_unknown(cause: &mut Cause, engine: &Engine, known: &[String]) -> Found {
    let image = cause.get("image")?.to_owned();
    let image = image.parse().map_or(image, |image: ImageRef| image.familiar());
    cause.set("image", image.as_str());
    let mut names = known.to_vec();
    names.extend(local_images(engine).await);
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

async fn no_image(cause: &mut Cause, engine: &Engine, known: &[String]) -> Found {
    let image = cause.get("image")?.to_owned();
    if cause.call.as_ref().is_some_and(|call| call.familiar_name() == "rmi") {
        let name = image.strip_suffix(":latest").unwrap_or(&image).to_owned();
        if container_names(engine).await.is_some_and(|names| names.contains(&name)) {
            cause.set("name", name);
            return Some(("explain-no-image-container", "docker ps -a".to_owned()));
        }
    }
    let (name, tag) = split_image(&image);
    let mut names = local_images(engine).await;
    sort_like(&mut names, known);
    // Docker adds `:latest` where nothing was typed.
    let same: Vec<&String> = names.iter().filter(|known| split_image(known).0 == name).collect();
    if let [one, ..] = same[..]
        && tag.as_ref().is_none_or(|tag| tag == "latest")
    {
        cause.set("near", one.as_str());
        return Some(("explain-no-image-near", "docker images".to_owned()));
    }
    if let Some(near) = near_image(&image, &names) {
        cause.set("near", near);
        return Some(("explain-no-image-near", "docker images".to_owned()));
    }
    let keys = match cause.call.as_ref().map(DockerCommand::familiar_name) {
        Some("rmi") => ["explain-no-image-near", "explain-no-image-gone", "explain-no-image-gone"],
        _ => ["explain-no-image-near", "explain-no-image-list", "explain-no-image-none"],
    };
    let key = instead(cause, &image, &names, keys);
    Some((key, "docker images".to_owned()))
}

async fn container_names(engine: &Engine) -> Option<Vec<String>> {
    let containers = engine.containers().await.ok()?;
    Some(containers.iter().filter_map(listed_name).map(str::to_owned).collect())
}

async fn no_container(cause: &mut Cause, engine: &Engine, plain: &'static str) -> Found {
    let name = cause.get("name")?.to_owned();
    let names = container_names(engine).await?;
    let verb = cause.call.as_ref().map_or("", |call| call.familiar_name()).to_owned();
    if plain == "explain-no-container" && nearest(&name, names.iter().map(String::as_str)).is_none() {
        cause.set("verb", verb.as_str());
        if let Some((key, show)) = image_as_container(&name, &verb, &local_images(engine).await) {
            return Some((key, show.to_owned()));
        }
        if verb == "rm" {
            return Some(("explain-no-container-gone", "docker ps -a".to_owned()));
        }
    }
    let keys = if plain == "explain-no-object" {
        ["explain-no-container-near", plain, plain]
    } else {
        ["explain-no-container-near", "explain-no-container-list", "explain-no-container-none"]
    };
    Some((instead(cause, &name, &names, keys), "docker ps -a".to_owned()))
}

async fn no_file_inside(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.get("name")?.to_owned();
    let Some(container) = engine.container(&name).await.ok()? else {
        return no_container(cause, engine, "explain-no-container").await;
    };
    name_of(cause, &container);
    let running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
    let show = if running { "docker exec {name} ls /" } else { "docker diff {name}" };
    Some(("explain-no-file-inside", show.to_owned()))
}

async fn no_volume(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.get("volume")?.to_owned();
    let volumes = engine.volumes().await.ok()?;
    // Those without a name of their own are nobody's meaning.
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
    Some((instead(cause, &name, &names, keys), "docker volume ls".to_owned()))
}

async fn no_network(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.get("network")?.to_owned();
    let networks = engine.networks().await.ok()?;
    let names: Vec<String> = networks.iter().filter_map(|network| text(network, "/Name")).map(str::to_owned).collect();
    let keys = match cause.call.as_ref().map(DockerCommand::familiar_name) {
        Some("network rm") => ["explain-no-network-near", "explain-no-network-gone", "explain-no-network-gone"],
        _ => ["explain-no-such-network-near", "explain-no-such-network-list", "explain-no-such-network"],
    };
    Some((instead(cause, &name, &names, keys), "docker network ls".to_owned()))
}

async fn port_taken(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let port: u16 = cause.get("port")?.parse().ok()?;
    let containers = engine.containers().await.unwrap_or_default();
    let ports = |container: &Value| -> Vec<u64> {
        let list = container.get("Ports").and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|port| port.get("PublicPort").and_then(Value::as_u64)).collect()
    };
    let (table, holder) = look_for(engine, port, failure.apart).await;
    let published: Vec<u64> = containers.iter().flat_map(ports).collect();
    let free = (port..port.saturating_add(MOST_PORTS))
        .skip(1)
        .find(|port| !table.has(*port) && !published.contains(&u64::from(*port)));
    let free = free.unwrap_or(port).to_string();
    let publish =
        cause.call.as_ref().and_then(|call| call.value("publish")).and_then(|publish| publish.rsplit_once(':'));
    let publish = publish.map_or_else(|| free.clone(), |(_, inside)| format!("{free}:{inside}"));
    cause.set("publish", publish);
    cause.set("made", left_behind(cause, &containers).unwrap_or_else(|| "none".to_owned()));
    let by = containers.iter().find(|container| ports(container).contains(&u64::from(port)));
    if let Some((container, name)) = by.and_then(|container| Some((container, listed_name(container)?))) {
        cause.set("name", name);
        let key =
            if is_foreign(container, failure) { "explain-port-taken-foreign" } else { "explain-port-taken-container" };
        return Some((key, "docker ps".to_owned()));
    }
    let is_root = failure.apart || rustix::process::geteuid().is_root();
    let show = format!("{}ss -ltnp 'sport = :{{port}}'", if is_root { "" } else { "sudo " });
    match holder {
        Some(Holder { program, pid }) if pid > 0 => {
            cause.set("program", if program.is_empty() { "?".to_owned() } else { program });
            cause.set("pid", pid.to_string());
            Some(("explain-port-taken-process", show))
        }
        _ => Some(("explain-port-taken", show)),
    }
}

/// Whether a container was there without the lesson, which then does not stop it.
fn is_foreign(container: &Value, failure: &Failure<'_>) -> bool {
    let Some((name, value)) = failure.label.and_then(|label| label.split_once('=')) else { return false };
    container.get("Labels").and_then(|labels| labels.get(name)).and_then(Value::as_str) != Some(value)
}

/// The port inside the container, as it was typed.
fn published_inside(cause: &Cause) -> Option<&str> {
    let publish = cause.call.as_ref()?.value("publish")?;
    publish.rsplit_once(':').map(|(_, inside)| inside)
}

/// A container that was made, but could not be started: its name is taken now.
fn left_behind(cause: &Cause, containers: &[Value]) -> Option<String> {
    let call = cause.call.as_ref().filter(|call| call.familiar_name() == "run" && !call.has("rm"))?;
    let name = call.value("name")?;
    let made = containers.iter().find(|container| listed_name(container) == Some(name))?;
    (text(made, "/State") == Some("created")).then(|| name.to_owned())
}

/// The sockets of the network in which the engine publishes ports, and who has `port`.
async fn look_for(engine: &Engine, port: u16, apart: bool) -> (Table, Option<Holder>) {
    let mut places: Vec<PathBuf> = Vec::new();
    if let Endpoint::Unix(socket) = engine.endpoint() {
        places.extend(engine_process(socket).await);
    }
    let beside = places.first().filter(|_| apart).cloned();
    places.push(PathBuf::from("/proc/self"));
    let look = move || {
        let tables: Vec<Table> = places.iter().map(|place| Table::read(place)).collect();
        // A rootless engine's ports are held outside of its own network.
        let table = tables.iter().find(|table| table.has(port)).or(tables.first()).cloned().unwrap_or_default();
        let mut holder = table.holder(Path::new("/proc"), port);
        if let (Some(holder), Some(beside)) = (&mut holder, &beside) {
            holder.pid = holder.pid_beside(beside).unwrap_or_default();
        }
        (table, holder)
    };
    tokio::task::spawn_blocking(look).await.unwrap_or_default()
}

/// Sets `name`, `state`, `exit` and `image` of an inspected container.
fn name_of(cause: &mut Cause, container: &Value) {
    if let Some(name) = text(container, "/Name") {
        cause.set("name", name.trim_start_matches('/'));
    }
    cause.set("state", text(container, "/State/Status").unwrap_or("unknown"));
    if let Some(exit) = container.pointer("/State/ExitCode").and_then(Value::as_i64) {
        cause.set("exit", exit.to_string());
    }
    if let Some(image) = text(container, "/Config/Image") {
        cause.set("image", image);
    }
}

async fn inspected(cause: &mut Cause, engine: &Engine, by: &str) -> Option<Value> {
    let name = cause.get(by)?.to_owned();
    let container = engine.container(&name).await.ok()??;
    name_of(cause, &container);
    Some(container)
}

/// Whether an inspected container was there without the lesson, which then gives no advice to remove it.
fn is_foreign_container(container: &Value, failure: &Failure<'_>) -> bool {
    let Some((name, value)) = failure.label.and_then(|label| label.split_once('=')) else { return false };
    container.pointer("/Config/Labels").and_then(|labels| labels.get(name)).and_then(Value::as_str) != Some(value)
}

async fn name_taken(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let by = if cause.get("id").is_some() { "id" } else { "name" };
    let container = inspected(cause, engine, by).await?;
    if is_foreign_container(&container, failure) {
        return Some(("explain-name-taken-foreign", "docker ps -a".to_owned()));
    }
    let running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
    let key = if running { "explain-name-taken-running" } else { "explain-name-taken-stopped" };
    Some((key, "docker ps -a".to_owned()))
}

async fn named(cause: &mut Cause, engine: &Engine) -> Found {
    inspected(cause, engine, "name").await?;
    let (key, show) = cause.kind.plain();
    Some((key, show.to_owned()))
}

async fn not_running(cause: &mut Cause, engine: &Engine) -> Found {
    let container = inspected(cause, engine, "name").await?;
    let oom = container.pointer("/State/OOMKilled").and_then(Value::as_bool).unwrap_or_default();
    let key = match (cause.get("state"), cause.get("exit")) {
        (Some("created"), _) => "explain-not-running-created",
        (Some("exited"), _) if oom => "explain-not-running-oom",
        (Some("exited"), Some("0")) => "explain-not-running-done",
        (Some("exited"), Some(_)) => "explain-not-running-failed",
        _ => "explain-not-running",
    };
    Some((key, "docker ps -a".to_owned()))
}

async fn in_use(cause: &mut Cause, engine: &Engine, failure: &Failure<'_>) -> Found {
    let image = cause.get("image").map(str::to_owned);
    let container = inspected(cause, engine, "id").await?;
    if let Some(image) = image {
        cause.set("image", image);
    }
    if is_foreign_container(&container, failure) {
        let is_volume = cause.kind == Kind::VolumeInUse;
        let key = if is_volume { "explain-volume-in-use-foreign" } else { "explain-image-in-use-foreign" };
        return Some((key, cause.kind.plain().1.to_owned()));
    }
    let running = container.pointer("/State/Running").and_then(Value::as_bool).unwrap_or_default();
    let keys = match cause.kind {
        Kind::VolumeInUse => ["explain-volume-in-use-running", "explain-volume-in-use-stopped"],
        _ => ["explain-image-in-use-running", "explain-image-in-use-stopped"],
    };
    let (_, show) = cause.kind.plain();
    Some((keys[usize::from(!running)], show.to_owned()))
}

async fn network_in_use(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.get("network")?.to_owned();
    let network = engine.network(&name).await.ok()??;
    let inside = network.get("Containers").and_then(Value::as_object)?;
    let mut names: Vec<String> =
        inside.values().filter_map(|container| text(container, "/Name")).map(str::to_owned).collect();
    names.sort_unstable();
    let first = names.first()?.clone();
    cause.set("names", list(&names));
    cause.set("name", first);
    Some(("explain-network-in-use-names", "docker network inspect {network}".to_owned()))
}

/// As images have it.
fn architecture(machine: &str) -> &str {
    match machine {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "armv7l" | "armv6l" => "arm",
        "i686" | "i386" => "386",
        other => other,
    }
}

async fn exec_format(cause: &mut Cause, engine: &Engine) -> Found {
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

/// Bytes as `docker run -m` takes them.
fn size(bytes: u64) -> String {
    match bytes {
        0 => "0".to_owned(),
        _ if bytes.is_multiple_of(1 << 30) => format!("{}g", bytes >> 30),
        _ if bytes.is_multiple_of(1 << 20) => format!("{}m", bytes >> 20),
        _ => format!("{}k", bytes >> 10),
    }
}

/// The engine's disk, where it is this machine's: its folder and the bytes that are free.
async fn disk(engine: &Engine) -> Option<(String, u64)> {
    let Endpoint::Unix(_) = engine.endpoint() else { return None };
    let root = text(&engine.info().await.ok()?, "/DockerRootDir")?.to_owned();
    let of = root.clone();
    let stat = tokio::task::spawn_blocking(move || rustix::fs::statvfs(&of)).await.ok()?.ok()?;
    Some((root, stat.f_bavail.saturating_mul(stat.f_frsize)))
}

async fn no_space(cause: &mut Cause, engine: &Engine) -> Found {
    let (path, free) = disk(engine).await.filter(|(_, free)| *free < FULL)?;
    cause.set("path", path);
    cause.set("free", size(free >> 20 << 20));
    Some(("explain-no-space-engine", "df -h {path}".to_owned()))
}

async fn no_space_inside(cause: &mut Cause, engine: &Engine) -> Option<Explanation> {
    let (path, free) = disk(engine).await.filter(|(_, free)| *free < FULL)?;
    cause.set("path", path);
    cause.set("free", size(free >> 20 << 20));
    Some(explanation("explain-no-space-engine", cause, "df -h {path}"))
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
        let images = strings(&["mongo:4.1", "alpine:latest"]);
        let said = |name, verb| image_as_container(name, verb, &images);
        assert_eq!(said("mongo:4.1", "rm"), Some(("explain-no-container-rmi", "docker images")));
        assert_eq!(said("alpine", "rm"), Some(("explain-no-container-rmi", "docker images")));
        assert_eq!(said("redis:7", "rm"), Some(("explain-no-container-rmi", "docker images")));
        assert_eq!(said("alpine", "stop"), Some(("explain-no-container-image", "docker ps -a")));
        assert_eq!(said("kapal", "rm"), None);
    }

    #[test]
    fn name_is_never_its_own_near_name() {
        let mut cause = Cause::new(Kind::TagUnknown, None);
        assert_eq!(instead(&mut cause, "3.20", &strings(&["3.20", "3.21"]), ["near", "list", "none"]), "near");
        assert_eq!(cause.get("near"), Some("3.21"));
    }
}
