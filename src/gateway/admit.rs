//! Checks requests, and the objects that they name, against the rules of the gateway.

use serde_json::{Map, Value};

use super::container::Container;
use super::error::Rejection;
use super::guard;
use super::label::session_of;
use super::query::Query;
use super::route::ObjectRef;
use super::state::GatewayState;
use super::{ObjectKind, Rule, json, known, mounts, network, ownership};
use crate::image_ref;

type JsonObject = Map<String, Value>;

fn container_named(id: &str) -> ObjectRef {
    ObjectRef { kind: ObjectKind::Container, id: id.to_owned() }
}

/// Checks a new container against the rules, creates its named volumes, and labels the container and its volumes.
pub(super) async fn container(container: &mut Container, state: &GatewayState) -> Result<(), Rejection> {
    state.require_all_allowed(guard::of_container(container, &state.paths())?)?;
    for network in container.networks()? {
        state.require_joinable_network(&network).await?;
    }
    let mut from = Vec::new();
    for (id, volumes) in container.sharers()? {
        let thing = state.require_owned_object(&container_named(&id)).await?;
        if volumes {
            from.extend(thing.iter().flat_map(ownership::mount_targets));
        }
    }
    let name = container.image()?.to_owned();
    state.remember_name(&image_ref::listed(&name));
    let image = image(state, &name).await?;
    let config = &image["Config"];
    let own: Vec<String> = config["Volumes"].as_object().into_iter().flat_map(Map::keys).cloned().collect();
    let driver = container.driver()?;
    for volume in container.named_volumes()? {
        let target = ObjectRef { kind: ObjectKind::Volume, id: volume.name.clone() };
        state.require_owned(&target).await?;
        if !volume.marked {
            let mut labels = Map::new();
            state.labels.mark(&mut labels);
            let body = serde_json::json!({ "Name": volume.name, "Driver": driver, "Labels": labels });
            // If the engine refuses the volume, it will refuse the container too, with its own message.
            let made = state.ask("POST", "/volumes/create", Some(&body)).await?;
            if made.is_good() && !state.has_session_label(&made.body["Labels"]) {
                state.require_allowed(Rule::Foreign, &volume.name)?;
            }
        }
    }
    let inherits = session_of(&config["Labels"]).is_some();
    container.mark(&state.labels, &own, &from, inherits)
}

/// Returns the engine's description of a new container's image; null if the request names no image. Fails if the image
/// does not exist, because the gateway must not create volumes then.
async fn image(state: &GatewayState, name: &str) -> Result<Value, Rejection> {
    if name.is_empty() {
        return Ok(Value::Null);
    }
    let reply = state.ask("GET", &format!("/images/{}/json", crate::text::percent::encode_path(name)), None).await?;
    match reply.status {
        200 if reply.body.is_object() => Ok(reply.body),
        404 => Err(Rejection::Answer(404, format!("No such image: {}", image_ref::listed(name)))),
        400 => Err(Rejection::Answer(400, reply.message())),
        _ => Err(Rejection::unexpected(name, &reply)),
    }
}

/// Checks and labels a new network or volume, and returns its body.
pub(super) async fn network_or_volume(
    bytes: &[u8],
    kind: ObjectKind,
    state: &GatewayState,
) -> Result<JsonObject, Rejection> {
    let mut body = json::read_object(bytes)?;
    let unknown = known::read(kind.name(), &mut body)?;
    let wants = if kind == ObjectKind::Volume {
        mounts::of_volume(&body, "Driver", "DriverOpts", &state.paths())?
    } else {
        network::of_network(&body)?
    };
    state.require_all_allowed([guard::of_unknown(&unknown), wants].concat())?;
    if let Some(from) = body.get("ConfigFrom").and_then(Value::as_object) {
        let from = json::text(from, "Network")?;
        if !from.is_empty() {
            state.require_joinable_network(from).await?;
        }
    }
    state.labels.mark(json::map_or_new(&mut body, "Labels")?);
    Ok(body)
}

/// Checks the body of a request that creates an exec or updates a container. Returns the body for the engine.
pub(super) fn configured(bytes: &[u8], is_exec: bool, state: &GatewayState) -> Result<Vec<u8>, Rejection> {
    let mut body = json::read_object(bytes)?;
    let unknown = known::read(if is_exec { "exec" } else { "update" }, &mut body)?;
    if json::flag(&body, "Privileged")? {
        state.require_allowed(Rule::Privileged, "--privileged")?;
    }
    state.require_all_allowed([guard::of_unknown(&unknown), guard::of_resources(&body)?].concat())?;
    Ok(Value::Object(body).to_string().into_bytes())
}

/// Checks the body of a request that connects a container to a network or disconnects it. Returns the body for the
/// engine.
pub(super) async fn connected(bytes: &[u8], network: &str, state: &GatewayState) -> Result<Vec<u8>, Rejection> {
    let mut body = json::read_object(bytes)?;
    let unknown = known::read("connect", &mut body)?;
    state.require_all_allowed(guard::of_unknown(&unknown))?;
    state.require_joinable_network(network).await?;
    state.require_owned(&container_named(json::text(&body, "Container")?)).await?;
    if let Some(settings) = body.get("EndpointConfig").and_then(Value::as_object) {
        state.require_all_allowed(guard::of_endpoint(settings)?)?;
        let id = json::text(settings, "NetworkID")?;
        if !id.is_empty() {
            state.require_joinable_network(id).await?;
        }
        for link in json::texts(settings, "Links")? {
            let name = link.split(':').next().unwrap_or_default();
            state.require_owned(&container_named(name)).await?;
        }
    }
    Ok(Value::Object(body).to_string().into_bytes())
}

/// Checks the query of `POST /build` against the rules, and sets `forcerm`, so that the builder removes its containers
/// even if the build fails.
pub(super) async fn build(query: &mut Query, state: &GatewayState) -> Result<(), Rejection> {
    query.set("forcerm", "1");
    let unknown: Vec<String> = query.names().filter(|name| !known::has("build", name)).map(str::to_owned).collect();
    state.require_all_allowed(guard::of_unknown(&unknown))?;
    let network = query.get("networkmode").unwrap_or_default();
    match network.strip_prefix("container:") {
        Some(id) => state.require_owned(&container_named(id)).await?,
        None if network == "host" => state.require_allowed(Rule::HostNamespace, "--network host")?,
        None if ["", "default", "bridge", "none"].contains(&network) => {}
        None => state.require_joinable_network(network).await?,
    }
    if let Some(parent) = query.get("cgroupparent") {
        state.require_allowed(Rule::Confinement, &format!("--cgroup-parent {parent}"))?;
    }
    if let Some(isolation) = query.get("isolation").filter(|isolation| *isolation != "default") {
        state.require_allowed(Rule::Option, &format!("--isolation {isolation}"))?;
    }
    for option in query.all("securityopt").filter(|option| !option.is_empty() && guard::loosens(option)) {
        state.require_allowed(Rule::Confinement, &format!("--security-opt {option}"))?;
    }
    Ok(())
}
