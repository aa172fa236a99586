//! New containers, networks and volumes, held against the rules and marked as the session's.

use serde_json::Value;

use super::container::Container;
use super::error::Stop;
use super::exchange::Client;
use super::gate::Gate;
use super::head::Head;
use super::label::session_of;
use super::query::{Query, path_escape};
use super::relay::send;
use super::route::Target;
use super::{Kind, Rule, Told, guard, json, owner, reference};

/// Makes a container, network or volume that carries the session's labels.
pub(super) async fn create(client: &mut Client, gate: &Gate, head: &Head, kind: Kind) -> Result<(), Stop> {
    let query = Query::read(head.target.query.as_deref())?;
    let bytes = client.whole(head).await?;
    let _volumes = if kind == Kind::Container { Some(gate.volumes.read().await) } else { None };
    let (body, asked) = if kind == Kind::Container {
        let mut container = Container::read(&bytes)?;
        prepare(&mut container, gate, client.pid).await?;
        (container.write(), query.get("name").unwrap_or_default().to_owned())
    } else {
        let mut body = json::read_object(&bytes)?;
        json::spell(&mut body, &["Labels", "Name", "Driver", "DriverOpts"])?;
        gate.labels.mark(json::map_or_new(&mut body, "Labels")?);
        if let Some(options) = body.get("DriverOpts").and_then(Value::as_object) {
            for (rule, what) in guard::of_driver(options, &gate.paths())? {
                gate.demand(rule, &what, client.pid)?;
            }
        }
        let name = json::text(&body, "Name")?.to_owned();
        (Value::Object(body).to_string().into_bytes(), name)
    };
    let answer = send(client, gate, head, &body).await?;
    if answer.status() == 201 {
        let told = answer.json();
        // A volume that was there before is answered as if it had been made.
        let ours = kind != Kind::Volume || session_of(told.get("Labels")) == Some(gate.labels.session.as_str());
        let field = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (id, name) = if kind == Kind::Volume { (field("Name"), field("Name")) } else { (field("Id"), asked) };
        if ours {
            gate.tell(Told::Made { kind, id, name });
        }
    }
    Ok(())
}

/// Holds a new container against the rules, makes its named volumes, and marks all of it.
async fn prepare(container: &mut Container, gate: &Gate, pid: Option<i32>) -> Result<(), Stop> {
    for (rule, what) in guard::of_container(container, &gate.paths())? {
        gate.demand(rule, &what, pid)?;
    }
    for network in container.joined()? {
        not_the_hosts(gate, &network, pid).await?;
    }
    let mut from = Vec::new();
    for (id, volumes) in container.sharers()? {
        owner::demand(gate, &Target { kind: Kind::Container, id: id.clone() }, pid).await?;
        if volumes {
            from.extend(owner::mounts(gate, &id).await?);
        }
    }
    let name = container.image()?.to_owned();
    gate.ask_for(&reference::with_tag(&name));
    let image = gate.ask("GET", &format!("/images/{}/json", path_escape(&name)), None).await?;
    if image.status == 404 && !name.is_empty() {
        // The engine would say so too; but it must not make volumes for nothing.
        return Err(Stop::Answer(404, format!("No such image: {}", reference::with_tag(&name))));
    }
    let config = image.body.get("Config");
    let own = config.and_then(|config| config.get("Volumes")).and_then(Value::as_object);
    let own: Vec<String> = own.map(|volumes| volumes.keys().cloned().collect()).unwrap_or_default();
    let driver = container.driver()?;
    for volume in container.named_volumes()? {
        let target = Target { kind: Kind::Volume, id: volume.name.clone() };
        owner::demand(gate, &target, pid).await?;
        if !volume.marked {
            let mut labels = serde_json::Map::new();
            gate.labels.mark(&mut labels);
            let body = serde_json::json!({ "Name": volume.name, "Driver": driver, "Labels": labels });
            // Where the engine refuses, it will refuse the container too, in its own words.
            let made = gate.ask("POST", "/volumes/create", Some(&body)).await?;
            if made.is_good() && !gate.is_ours(made.body.get("Labels")) {
                gate.demand(Rule::Foreign, &volume.name, pid)?;
            }
        }
    }
    let inherits = session_of(config.and_then(|config| config.get("Labels"))).is_some();
    container.mark(&gate.labels, &own, &from, inherits)
}

/// The host's network may be named by its id too.
async fn not_the_hosts(gate: &Gate, network: &str, pid: Option<i32>) -> Result<(), Stop> {
    let there = gate.ask("GET", &format!("/networks/{}", path_escape(network)), None).await?;
    if there.is_good() && there.body.get("Driver").and_then(Value::as_str) == Some("host") {
        gate.demand(Rule::HostNamespace, "--network host", pid)?;
    }
    Ok(())
}

/// The body of `exec` or `update`, held against the rules.
pub(super) fn configured(bytes: &[u8], gate: &Gate, pid: Option<i32>) -> Result<Vec<u8>, Stop> {
    let mut body = json::read_object(bytes)?;
    json::spell(&mut body, &["Privileged", "Devices", "DeviceCgroupRules", "DeviceRequests", "CgroupParent"])?;
    if json::flag(&body, "Privileged")? {
        gate.demand(Rule::Privileged, "--privileged", pid)?;
    }
    for (rule, what) in guard::of_devices(&body) {
        gate.demand(rule, &what, pid)?;
    }
    Ok(Value::Object(body).to_string().into_bytes())
}
