//! Reads the body of `POST /containers/create`, and labels the container and its volumes.

use serde_json::{Map, Value, json};

use super::error::Rejection;
use super::json::{self, WRONG_TYPE};
use super::known;
use super::label::Labels;

/// The request for a new container.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Container {
    body: Map<String, Value>,
    /// Fields that the gateway does not know.
    pub(super) unknown: Vec<String>,
}

/// A named volume that a container mounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedVolume {
    pub(super) name: String,
    /// Whether the request has a field for the volume's labels. If not, the gateway creates the volume before the
    /// container.
    pub(super) marked: bool,
}

/// An entry of `Binds`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bind<'a> {
    Anonymous(&'a str),
    Named(&'a str, &'a str),
    Host(&'a str, &'a str),
}

impl<'a> Bind<'a> {
    fn read(text: &'a str) -> Self {
        match text.split_once(':') {
            None => Self::Anonymous(text),
            Some((source, rest)) => {
                let target = rest.split(':').next().unwrap_or_default();
                if source.starts_with('/') { Self::Host(source, target) } else { Self::Named(source, target) }
            }
        }
    }
}

impl Container {
    /// Reads the body of `POST /containers/create`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Rejection> {
        let mut body = json::read_object(bytes)?;
        let unknown = known::read("container", &mut body)?;
        Ok(Self { body, unknown })
    }

    pub(super) fn image(&self) -> Result<&str, Rejection> {
        json::text(&self.body, "Image")
    }

    /// Returns the `HostConfig`.
    pub(super) fn host(&self) -> Map<String, Value> {
        self.body.get("HostConfig").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// Returns the networks in `EndpointsConfig`, with their settings.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = (&str, Option<&Map<String, Value>>)> {
        let networks = self.body.get("NetworkingConfig").and_then(|config| config.get("EndpointsConfig"));
        let networks = networks.and_then(Value::as_object).into_iter().flatten();
        networks.map(|(name, settings)| (name.as_str(), settings.as_object()))
    }

    /// Returns the networks that the container joins, without the built-in networks.
    pub(super) fn networks(&self) -> Result<Vec<String>, Rejection> {
        let host = self.host();
        let mut networks = vec![json::text(&host, "NetworkMode")?];
        for (name, settings) in self.endpoints() {
            // If a network has a name and an id here, the engine uses the id and ignores the name.
            networks.extend([name, settings.map_or(Ok(""), |settings| json::text(settings, "NetworkID"))?]);
        }
        networks.retain(|name| !["", "default", "bridge", "none", "host"].contains(name) && !is_container(name));
        networks.sort_unstable();
        networks.dedup();
        Ok(networks.into_iter().map(str::to_owned).collect())
    }

    /// Returns the containers with which the new container shares volumes or a namespace, or to which it has a link.
    /// The flag is true if the containers share volumes.
    pub(super) fn sharers(&self) -> Result<Vec<(String, bool)>, Rejection> {
        let host = self.host();
        let first = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
        let mut sharers: Vec<(String, bool)> =
            json::texts(&host, "VolumesFrom")?.into_iter().map(|from| (first(from), true)).collect();
        for mode in ["NetworkMode", "PidMode", "IpcMode", "UTSMode", "UsernsMode", "CgroupnsMode", "Cgroup"] {
            if let Some(id) = json::text(&host, mode)?.strip_prefix("container:") {
                sharers.push((id.to_owned(), false));
            }
        }
        let mut links = json::texts(&host, "Links")?;
        for settings in self.endpoints().filter_map(|(_, settings)| settings) {
            links.extend(json::texts(settings, "Links")?);
        }
        sharers.extend(links.into_iter().map(|link| (first(link), false)));
        Ok(sharers)
    }

    /// Returns the default driver for the container's volumes; empty if the request names none.
    pub(super) fn driver(&self) -> Result<String, Rejection> {
        json::text(&self.host(), "VolumeDriver").map(str::to_owned)
    }

    /// Returns the named volumes that the container mounts.
    pub(super) fn named_volumes(&self) -> Result<Vec<NamedVolume>, Rejection> {
        let host = self.host();
        let mut volumes = Vec::new();
        for bind in json::texts(&host, "Binds")? {
            if let Bind::Named(name, _) = Bind::read(bind) {
                volumes.push(NamedVolume { name: name.to_owned(), marked: false });
            }
        }
        for mount in host.get("Mounts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            let name = json::text(mount, "Source")?;
            if json::text(mount, "Type")? == "volume" && !name.is_empty() {
                volumes.push(NamedVolume { name: name.to_owned(), marked: true });
            }
        }
        Ok(volumes)
    }

    /// Adds the session's labels to the container and to every volume that the engine creates for this container.
    /// `image` has the mount points of the image's volumes. `from` has the mount points of the containers in
    /// `--volumes-from`. `inherits` is true if the image has a session's label.
    pub(super) fn mark(
        &mut self,
        labels: &Labels,
        image: &[String],
        from: &[String],
        inherits: bool,
    ) -> Result<(), Rejection> {
        let own = json::map_or_new(&mut self.body, "Labels")?;
        if inherits {
            labels.mark_as_own(own);
        } else {
            labels.mark(own);
        }
        let host = self.host();
        let binds = json::texts(&host, "Binds")?;
        let mut mounted: Vec<String> = from.iter().map(|target| clean(target)).collect();
        let mut wanted = Vec::new();
        for bind in &binds {
            match Bind::read(bind) {
                Bind::Anonymous(target) => wanted.push(clean(target)),
                Bind::Named(_, target) | Bind::Host(_, target) => mounted.push(clean(target)),
            }
        }
        let mut mounts = host.get("Mounts").and_then(Value::as_array).cloned().unwrap_or_default();
        for mount in mounts.iter_mut().filter_map(Value::as_object_mut) {
            mounted.push(clean(json::text(mount, "Target")?));
            if json::text(mount, "Type")? == "volume" {
                let options = json::map_or_new(mount, "VolumeOptions")?;
                labels.mark(json::map_or_new(options, "Labels")?);
            }
        }
        if let Some(tmpfs) = host.get("Tmpfs").and_then(Value::as_object) {
            mounted.extend(tmpfs.keys().map(|target| clean(target)));
        }
        match self.body.get("Volumes") {
            None | Some(Value::Null) => {}
            Some(Value::Object(volumes)) => wanted.extend(volumes.keys().map(|target| clean(target))),
            Some(_) => return Err(WRONG_TYPE),
        }
        wanted.extend(image.iter().map(|target| clean(target)));
        let driver = self.driver()?;
        for target in wanted {
            // If a mount point is impossible, the engine itself refuses it.
            if !target.starts_with('/') || target == "/" || mounted.contains(&target) {
                continue;
            }
            let mut options = Map::new();
            labels.mark(json::map_or_new(&mut options, "Labels")?);
            if !driver.is_empty() {
                options.insert("DriverConfig".to_owned(), json!({ "Name": driver }));
            }
            mounts.push(json!({ "Type": "volume", "Target": target, "VolumeOptions": options }));
            mounted.push(target);
        }
        let named: Vec<Value> = binds
            .iter()
            .filter(|bind| !matches!(Bind::read(bind), Bind::Anonymous(target) if mounted.contains(&clean(target))))
            .map(|bind| Value::from(*bind))
            .collect();
        if mounts.is_empty() && named.len() == binds.len() {
            return Ok(());
        }
        let host = json::map_or_new(&mut self.body, "HostConfig")?;
        if named.len() != binds.len() {
            host.insert("Binds".to_owned(), Value::Array(named));
        }
        if !mounts.is_empty() {
            host.insert("Mounts".to_owned(), Value::Array(mounts));
        }
        Ok(())
    }

    /// Returns the body for the engine.
    pub(super) fn write(&self) -> Vec<u8> {
        serde_json::to_vec(&self.body).unwrap_or_default()
    }
}

/// Whether `mode`, such as the value of `PidMode`, has the form `container:NAME`.
pub(super) fn is_container(mode: &str) -> bool {
    mode.starts_with("container:")
}

/// Cleans a path as Go's `path.Clean` does.
pub(super) fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        Labels { session: "s".into(), lesson: "l".into() }
    }

    fn marked(body: &Value, image: &[&str], from: &[&str]) -> Value {
        let owned = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let mut container = Container::read(body.to_string().as_bytes()).unwrap();
        container.mark(&labels(), &owned(image), &owned(from), false).unwrap();
        serde_json::from_slice(&container.write()).unwrap()
    }

    fn ours() -> Value {
        json!({ "dermaga.session": "s", "dermaga.lesson": "l" })
    }

    fn volume(target: &str) -> Value {
        json!({ "Type": "volume", "Target": target, "VolumeOptions": { "Labels": ours() } })
    }

    #[test]
    fn container_without_anonymous_volumes_gets_only_labels() {
        assert_eq!(marked(&json!({"Image": "a"}), &[], &[]), json!({"Image": "a", "Labels": ours()}));
        let body = json!({"Labels": {"a": "b", "dermaga.session": "stolen"}, "HostConfig": {"Binds": ["d:/d:ro"]}});
        let expected = json!({"Labels": {"a": "b", "dermaga.session": "s", "dermaga.lesson": "l"},
            "HostConfig": {"Binds": ["d:/d:ro"]}});
        assert_eq!(marked(&body, &[], &[]), expected);
    }

    #[test]
    fn every_anonymous_volume_is_labelled_once() {
        let body = json!({
            "Volumes": {"/a/": {}, "/taken": {}, "/tmpfs": {}, "/from": {}},
            "HostConfig": {
                "Binds": ["/b", "n:/taken", "/host:/h"],
                "Tmpfs": {"/tmpfs": ""},
                "Mounts": [
                    {"Type": "volume", "Target": "/c"},
                    {"type": "volume", "source": "named", "target": "/d", "VolumeOptions": {"labels": {"x": "y"}}},
                    {"Type": "bind", "Source": "/x", "Target": "/e"},
                ],
            },
        });
        let host = &marked(&body, &["/e", "/f"], &["/from"])["HostConfig"];
        assert_eq!(host["Binds"], json!(["n:/taken", "/host:/h"]));
        let mut named = ours();
        named["x"] = json!("y");
        let expected = json!([
            volume("/c"),
            {"Type": "volume", "Source": "named", "Target": "/d", "VolumeOptions": {"Labels": named}},
            {"Type": "bind", "Source": "/x", "Target": "/e"},
            volume("/b"), volume("/a"), volume("/f"),
        ]);
        assert_eq!(host["Mounts"], expected);
    }

    #[test]
    fn anonymous_volume_gets_the_volume_driver_of_its_container() {
        let body = json!({"Volumes": {"/a": {}}, "HostConfig": {"VolumeDriver": "nfs"}});
        let mounts = &marked(&body, &[], &[])["HostConfig"]["Mounts"];
        assert_eq!(mounts[0]["VolumeOptions"]["DriverConfig"], json!({"Name": "nfs"}));
    }

    #[test]
    fn container_body_with_ambiguous_or_mistyped_fields_is_refused() {
        let bodies = [
            r#"{"HostConfig":{"Privileged":true},"hostconfig":{}}"#,
            "{\"HostConfig\":{},\"HO\u{17f}TCONFIG\":{\"Privileged\":true}}",
            r#"{"HostConfig":{"Binds":["a:/a"],"binds":["/:/a"]}}"#,
            r#"{"HostConfig":{"Mounts":[{"Type":"bind","type":"volume"}]}}"#,
            r#"{"HostConfig":{"Mounts":[{"VolumeOptions":{"Labels":{},"LABELS":{}}}]}}"#,
            r#"{"HostConfig":[]}"#,
            r#"{"HostConfig":{"Mounts":{}}}"#,
            r#"{"HostConfig":{"Mounts":[null]}}"#,
            r#"{"Labels":{}}{"Labels":{}}"#,
            "[]",
            "null",
        ];
        for body in bodies {
            assert!(Container::read(body.as_bytes()).is_err(), "{body}");
        }
        for body in [r#"{"Labels":[]}"#, r#"{"Volumes":[]}"#, r#"{"HostConfig":{"Binds":[1]}}"#] {
            assert!(Container::read(body.as_bytes()).unwrap().mark(&labels(), &[], &[], false).is_err(), "{body}");
        }
    }

    #[test]
    fn container_body_names_its_volumes_its_networks_and_the_containers_that_share_with_it() {
        let body = json!({"HostConfig": {
            "Binds": ["data:/x", "/h:/h", "/y"],
            "Mounts": [{"Type": "volume", "Source": "m", "Target": "/m"}],
            "VolumesFrom": ["db:ro"], "PidMode": "container:/web", "NetworkMode": "net", "Links": ["cache:c"],
        }, "NetworkingConfig": {"EndpointsConfig": {"bridge": null, "a": {"NetworkID": "b", "Links": ["/x:/y/z"]}}}});
        let container = Container::read(body.to_string().as_bytes()).unwrap();
        let named = container.named_volumes().unwrap();
        assert_eq!(
            named.iter().map(|v| (v.name.as_str(), v.marked)).collect::<Vec<_>>(),
            [("data", false), ("m", true)]
        );
        let sharers = ["db", "/web", "cache", "/x"].map(|name| (name.to_owned(), name == "db"));
        assert_eq!(container.sharers().unwrap(), sharers);
        assert_eq!(container.networks().unwrap(), ["a", "b", "net"]);
    }

    #[test]
    fn clean_returns_the_same_path_as_gos_path_clean() {
        for (path, expected) in [("/a/", "/a"), ("//a//b/../c/.", "/a/c"), ("/..", "/"), ("a/./b", "a/b")] {
            assert_eq!(clean(path), expected);
        }
    }
}
