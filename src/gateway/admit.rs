//! Requests held against the rules, with everything that they refer to.

use serde_json::{Map, Value};

use super::container::Container;
use super::error::Stop;
use super::gate::Gate;
use super::guard::{self, Want};
use super::label::session_of;
use super::query::Query;
use super::route::Target;
use super::shape::{BUILD, CONNECT, EXEC, NETWORK, UPDATE, VOLUME};
use super::{Kind, Rule, json, mounts, network, owner};
use crate::image_ref;

type Body = Map<String, Value>;

/// Goes on if no rule forbids what is wanted.
fn demand_all(gate: &Gate, wants: Vec<Want>, pid: Option<i32>) -> Result<(), Stop> {
    wants.into_iter().try_for_each(|(rule, what)| gate.demand(rule, &what, pid))
}

fn container_named(id: &str) -> Target {
    Target { kind: Kind::Container, id: id.to_owned() }
}

/// Holds a new container against the rules, makes its named volumes, and marks all of it.
pub(super) async fn container(container: &mut Container, gate: &Gate, pid: Option<i32>) -> Result<(), Stop> {
    demand_all(gate, guard::of_container(container, &gate.paths())?, pid)?;
    for network in container.networks()? {
        owner::demand_network(gate, &network, pid).await?;
    }
    let mut from = Vec::new();
    for (id, volumes) in container.sharers()? {
        let thing = owner::demand_found(gate, &container_named(&id), pid).await?;
        if volumes {
            from.extend(thing.iter().flat_map(owner::mounts));
        }
    }
    let name = container.image()?.to_owned();
    gate.ask_for(&image_ref::listed(&name));
    let image = image(gate, &name).await?;
    let config = image.as_ref().and_then(|image| image.get("Config"));
    let own = config.and_then(|config| config.get("Volumes")).and_then(Value::as_object);
    let own: Vec<String> = own.map(|volumes| volumes.keys().cloned().collect()).unwrap_or_default();
    let driver = container.driver()?;
    for volume in container.named_volumes()? {
        let target = Target { kind: Kind::Volume, id: volume.name.clone() };
        owner::demand(gate, &target, pid).await?;
        if !volume.marked {
            let mut labels = Map::new();
            gate.labels.mark(&mut labels);
            let body = serde_json::json!({ "Name": volume.name, "Driver": driver, "Labels": labels });
            // If the engine refuses, it will refuse the container too, in its own words.
            let made = gate.ask("POST", "/volumes/create", Some(&body)).await?;
            if made.is_good() && !gate.is_ours(made.body.get("Labels")) {
                gate.demand(Rule::Foreign, &volume.name, pid)?;
            }
        }
    }
    let inherits = session_of(config.and_then(|config| config.get("Labels"))).is_some();
    container.mark(&gate.labels, &own, &from, inherits)
}

/// The image of a new container; `None` if none is named. Without an image, volumes must not be made for nothing.
async fn image(gate: &Gate, name: &str) -> Result<Option<Value>, Stop> {
    if name.is_empty() {
        return Ok(None);
    }
    let reply = gate.ask("GET", &format!("/images/{}/json", super::query::path_escape(name)), None).await?;
    match reply.status {
        200 if reply.body.is_object() => Ok(Some(reply.body)),
        404 => Err(Stop::Answer(404, format!("No such image: {}", image_ref::listed(name)))),
        400 => Err(Stop::Answer(400, reply.message())),
        _ => Err(owner::failed(name, &reply)),
    }
}

/// The body of a new network or volume, held against the rules and marked, with its name.
pub(super) async fn made(bytes: &[u8], kind: Kind, gate: &Gate, pid: Option<i32>) -> Result<(Body, String), Stop> {
    let mut body = json::read_object(bytes)?;
    let shape = if kind == Kind::Volume { &VOLUME } else { &NETWORK };
    let unknown = shape.read(&mut body)?;
    let wants = if kind == Kind::Volume {
        mounts::of_volume(&body, "Driver", "DriverOpts", &gate.paths())?
    } else {
        network::of_network(&body)?
    };
    demand_all(gate, [guard::of_unknown(&unknown), wants].concat(), pid)?;
    if let Some(from) = body.get("ConfigFrom").and_then(Value::as_object) {
        let from = json::text(from, "Network")?;
        if !from.is_empty() {
            owner::demand_network(gate, from, pid).await?;
        }
    }
    gate.labels.mark(json::map_or_new(&mut body, "Labels")?);
    let name = json::text(&body, "Name")?.to_owned();
    Ok((body, name))
}

/// The body of `exec` or `update`, held against the rules.
pub(super) fn configured(bytes: &[u8], is_exec: bool, gate: &Gate, pid: Option<i32>) -> Result<Vec<u8>, Stop> {
    let mut body = json::read_object(bytes)?;
    let unknown = if is_exec { &EXEC } else { &UPDATE }.read(&mut body)?;
    if json::flag(&body, "Privileged")? {
        gate.demand(Rule::Privileged, "--privileged", pid)?;
    }
    demand_all(gate, [guard::of_unknown(&unknown), guard::of_resources(&body)?].concat(), pid)?;
    Ok(Value::Object(body).to_string().into_bytes())
}

/// The body with which a container joins or leaves a network.
pub(super) async fn connected(bytes: &[u8], network: &str, gate: &Gate, pid: Option<i32>) -> Result<Vec<u8>, Stop> {
    let mut body = json::read_object(bytes)?;
    let unknown = CONNECT.read(&mut body)?;
    demand_all(gate, guard::of_unknown(&unknown), pid)?;
    owner::demand_network(gate, network, pid).await?;
    owner::demand(gate, &container_named(json::text(&body, "Container")?), pid).await?;
    if let Some(settings) = body.get("EndpointConfig").and_then(Value::as_object) {
        demand_all(gate, guard::of_endpoint(settings)?, pid)?;
        let id = json::text(settings, "NetworkID")?;
        if !id.is_empty() {
            owner::demand_network(gate, id, pid).await?;
        }
        for link in json::texts(settings, "Links")? {
            let name = link.split(':').next().unwrap_or_default();
            owner::demand(gate, &container_named(name), pid).await?;
        }
    }
    Ok(Value::Object(body).to_string().into_bytes())
}

/// Holds what a container mounts against the rules once more when it starts: a link may stand in a source's place now.
pub(super) async fn start(query: &Query, target: &Target, gate: &Gate, pid: Option<i32>) -> Result<(), Stop> {
    for name in query.names().filter(|name| !["detachKeys", "signal", "t"].contains(name)) {
        // Among them are `checkpoint` and `checkpoint-dir`, a folder of the host.
        gate.demand(Rule::Option, &format!("--{name}"), pid)?;
    }
    let Some(container) = owner::demand_found(gate, target, pid).await? else { return Ok(()) };
    for mount in container.get("Mounts").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| mount.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("Type") == "bind" {
            demand_all(gate, mounts::of_path(text("Source"), &gate.paths()).into_iter().collect(), pid)?;
        }
        if text("Type") == "volume"
            && let Some(volume) = owner::find(gate, Kind::Volume, text("Name")).await?
            && let Some(volume) = volume.as_object()
        {
            demand_all(gate, mounts::of_volume(volume, "Driver", "Options", &gate.paths())?, pid)?;
        }
    }
    Ok(())
}

/// A build's options.
pub(super) async fn build(query: &mut Query, gate: &Gate, pid: Option<i32>) -> Result<(), Stop> {
    query.set("forcerm", "1");
    let unknown: Vec<String> = query.names().filter(|name| !BUILD.contains(name)).map(str::to_owned).collect();
    demand_all(gate, guard::of_unknown(&unknown), pid)?;
    let network = query.get("networkmode").unwrap_or_default();
    match network.strip_prefix("container:") {
        Some(id) => owner::demand(gate, &container_named(id), pid).await?,
        None if network == "host" => gate.demand(Rule::HostNamespace, "--network host", pid)?,
        None if ["", "default", "bridge", "none"].contains(&network) => {}
        None => owner::demand_network(gate, network, pid).await?,
    }
    if let Some(parent) = query.get("cgroupparent") {
        gate.demand(Rule::Confinement, &format!("--cgroup-parent {parent}"), pid)?;
    }
    if let Some(isolation) = query.get("isolation").filter(|isolation| *isolation != "default") {
        gate.demand(Rule::Option, &format!("--isolation {isolation}"), pid)?;
    }
    for option in query.all("securityopt").filter(|option| !option.is_empty() && guard::loosens(option)) {
        gate.demand(Rule::Confinement, &format!("--security-opt {option}"), pid)?;
    }
    Ok(())
}
