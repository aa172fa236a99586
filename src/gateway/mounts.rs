//! The rules for mounts: only the lesson's directory, tmpfs, and the engine's own volumes are allowed.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::Rule;
use super::container::clean;
use super::error::Rejection;
use super::json;
use super::known;
use super::rule::Want;

/// The host's paths that the rules for mounts refer to.
#[derive(Debug, Clone)]
pub(super) struct Paths<'a> {
    /// The lesson's directory, with links resolved.
    pub(super) dir: &'a Path,
    /// The engine's sockets.
    pub(super) sockets: &'a [PathBuf],
}

/// Lists the settings of a new container's mounts that the rules forbid.
pub(super) fn of_host(host: &Map<String, Value>, paths: &Paths<'_>) -> Result<Vec<Want>, Rejection> {
    let mut wants = Vec::new();
    for bind in json::texts(host, "Binds")? {
        let mut parts = bind.split(':');
        let source = parts.next().unwrap_or_default();
        if source.starts_with('/') && bind.contains(':') {
            wants.extend(of_path(source, paths));
        }
        let options = parts.nth(1).unwrap_or_default().split(',').chain(parts);
        let unknown = options.filter(|option| !known::has_or_none("volume-flags", option));
        wants.extend(unknown.map(|option| (Rule::Option, format!("--volume …:{option}"))));
    }
    for mount in host.get("Mounts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        wants.extend(of_mount(mount, paths)?);
    }
    Ok(wants)
}

fn of_mount(mount: &Map<String, Value>, paths: &Paths<'_>) -> Result<Vec<Want>, Rejection> {
    let part = |name: &str| mount.get(name).and_then(Value::as_object);
    let mut wants = Vec::new();
    match json::text(mount, "Type")? {
        "bind" => wants.extend(of_path(json::text(mount, "Source")?, paths)),
        "volume" => {
            if let Some(driver) = part("VolumeOptions").and_then(|options| options.get("DriverConfig")?.as_object()) {
                wants.extend(of_volume(driver, "Name", "Options", paths)?);
            }
        }
        "tmpfs" | "image" => {}
        other => wants.push((Rule::Option, format!("--mount type={other}"))),
    }
    let propagation = part("BindOptions").map_or(Ok(""), |options| json::text(options, "Propagation"))?;
    if !known::has_or_none("propagations", propagation) {
        wants.push((Rule::Option, format!("bind-propagation={propagation}")));
    }
    Ok(wants)
}

/// Lists the driver or the options of a volume if the rules forbid them. `driver` and `options` are names of fields in
/// `volume`.
pub(super) fn of_volume(
    volume: &Map<String, Value>,
    driver: &str,
    options: &str,
    paths: &Paths<'_>,
) -> Result<Vec<Want>, Rejection> {
    let driver = json::text(volume, driver)?;
    if !known::has_or_none("volume-drivers", driver) {
        return Ok(vec![(Rule::Option, format!("--driver {driver}"))]);
    }
    match volume.get(options) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Object(options)) => of_options(options, paths),
        Some(_) => Err(json::WRONG_TYPE),
    }
}

/// Lists the forbidden options of the driver `local`. This driver passes its options to `mount` on the host.
fn of_options(options: &Map<String, Value>, paths: &Paths<'_>) -> Result<Vec<Want>, Rejection> {
    let (mut kind, mut device, mut flags) = ("", "", "");
    let mut wants = Vec::new();
    for (name, value) in options {
        let value = value.as_str().ok_or(json::WRONG_TYPE)?;
        // The driver ignores the case of option names.
        let part = match name.to_ascii_lowercase().as_str() {
            "type" => &mut kind,
            "device" => &mut device,
            "o" => &mut flags,
            "size" => continue,
            _ => {
                wants.push((Rule::Option, format!("--opt {name}")));
                continue;
            }
        };
        if !part.is_empty() {
            return Err(Rejection::bad("the volume's options say something twice"));
        }
        *part = value;
    }
    let flags: Vec<&str> = flags.split(',').collect();
    let binds = flags.iter().any(|flag| ["bind", "rbind"].contains(flag));
    let is_memory = kind == "tmpfs" && !binds && !device.contains('/');
    let is_bind = ["", "none", "bind"].contains(&kind) && binds;
    if is_bind && device.starts_with('/') {
        wants.extend(of_path(device, paths));
    } else if is_bind {
        // A relative path would begin in the engine's own directory.
        wants.push((Rule::HostMount, device.to_owned()));
    } else if !(is_memory || kind.is_empty() && device.is_empty()) {
        // Any other file system is a disk of the host, a part of the host's kernel, or another person's server.
        wants.push((Rule::HostMount, format!("--opt type={kind} --opt device={device}")));
    }
    for flag in flags {
        let name = flag.split('=').next().unwrap_or_default();
        let known = known::has_or_none("mount-flags", flag)
            || is_memory && known::has("tmpfs", name)
            || is_bind && flag.ends_with("bind");
        if !known {
            wants.push((Rule::Option, format!("--opt o={flag}")));
        }
    }
    Ok(wants)
}

/// Returns the rule that forbids mounting a path of the host, if any.
pub(super) fn of_path(path: &str, paths: &Paths<'_>) -> Option<Want> {
    let path = resolve(Path::new(&clean(path)));
    let what = path.display().to_string();
    if paths.sockets.iter().any(|socket| resolve(socket) == path) {
        return Some((Rule::EngineSocket, what));
    }
    if path.starts_with(paths.dir) { None } else { Some((Rule::HostMount, what)) }
}

/// Resolves the symbolic links in the part of a path that exists.
fn resolve(path: &Path) -> PathBuf {
    for (depth, ancestor) in path.ancestors().enumerate() {
        if let Ok(real) = ancestor.canonicalize() {
            let rest: Vec<_> = path.components().rev().take(depth).collect();
            return rest.into_iter().rev().fold(real, |path, part| path.join(part));
        }
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn mount_of_a_link_to_the_engines_socket_breaks_the_socket_rule() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().canonicalize().unwrap();
        let socket = dir.join("d.sock");
        std::fs::write(&socket, "").unwrap();
        std::os::unix::fs::symlink(&socket, dir.join("alias.sock")).unwrap();
        let paths = Paths { dir: &dir, sockets: std::slice::from_ref(&socket) };
        let path = dir.join("alias.sock");
        assert_eq!(of_path(path.to_str().unwrap(), &paths).map(|want| want.0), Some(Rule::EngineSocket));
    }

    #[test]
    fn volume_options_may_refer_only_to_memory_or_the_lessons_directory() {
        let paths = Paths { dir: Path::new("/lesson"), sockets: &[] };
        let of = |options: &Value| {
            let volume = json!({ "DriverOpts": options });
            let wants = of_volume(volume.as_object().unwrap(), "Driver", "DriverOpts", &paths).unwrap();
            wants.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>()
        };
        for options in [
            json!({}),
            json!(null),
            json!({"size": "10G"}),
            json!({"type": "tmpfs", "device": "tmpfs", "o": "size=10m,uid=1000,noexec"}),
            json!({"type": "none", "o": "bind", "device": "/lesson/data"}),
            json!({"Type": "none", "O": "rbind,ro", "Device": "/lesson/data"}),
        ] {
            assert_eq!(of(&options), [], "{options}");
        }
        for options in [
            json!({"type": "none", "o": "bind", "device": "/etc"}),
            json!({"TYPE": "none", "O": "rw,rbind", "Device": "/etc"}),
            json!({"type": "none", "o": "bind", "device": "../x"}),
            json!({"type": "ext4", "device": "/dev/sda1"}),
            json!({"type": "ext4", "device": "../../../dev/vda"}),
            json!({"type": "proc", "device": "proc"}),
            json!({"type": "sysfs", "device": "x"}),
            json!({"type": "cgroup2", "device": "none"}),
            json!({"type": "nfs", "o": "rw", "device": ":/export"}),
            json!({"device": "/dev/sda1"}),
            json!({"type": "tmpfs", "device": "/dev/sda1"}),
        ] {
            assert_eq!(of(&options), [Rule::HostMount], "{options}");
        }
        for options in [
            json!({"type": "tmpfs", "device": "tmpfs", "o": "shared"}),
            json!({"type": "none", "o": "bind,shared", "device": "/lesson/data"}),
            json!({"new": "x"}),
        ] {
            assert_eq!(of(&options), [Rule::Option], "{options}");
        }
        let overlay = json!({"type": "overlay", "o": "lowerdir=/etc,upperdir=/lesson/u", "device": "overlay"});
        assert_eq!(of(&overlay), [Rule::HostMount, Rule::Option, Rule::Option]);
        for options in [json!({"device": 1}), json!({"device": "/a", "Device": "/b"}), json!([])] {
            let volume = json!({ "DriverOpts": options });
            assert!(of_volume(volume.as_object().unwrap(), "Driver", "DriverOpts", &paths).is_err(), "{options}");
        }
    }
}
