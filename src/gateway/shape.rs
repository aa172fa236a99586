//! The fields of request bodies that the gateway knows. Any other field may have any effect, even on the host.

use serde_json::{Map, Value};

use super::error::Rejection;
use super::json::{self, WRONG_TYPE};
use crate::text::WordList;

/// The fields that an object may have.
#[derive(Debug)]
pub(super) struct Shape {
    /// Fields whose values pass unchanged, or are checked by `guard`.
    plain: &'static [WordList],
    /// Fields whose values are objects with their own known fields.
    nested: &'static [(&'static str, Part)],
}

/// The structure of a field that contains objects.
#[derive(Debug)]
enum Part {
    One(&'static Shape),
    List(&'static Shape),
    /// A map whose keys the client chooses.
    Map(&'static Shape),
}

impl Shape {
    /// Renames known fields to their proper spelling, and drops unknown fields that are empty. Returns the remaining
    /// unknown fields.
    pub(super) fn read(&self, object: &mut Map<String, Value>) -> Result<Vec<String>, Rejection> {
        let mut unknown = Vec::new();
        self.read_into(object, "", &mut unknown)?;
        Ok(unknown)
    }

    fn read_into(&self, object: &mut Map<String, Value>, at: &str, unknown: &mut Vec<String>) -> Result<(), Rejection> {
        let nested = self.nested.iter().map(|(name, _)| *name);
        let fields: Vec<&str> = self.plain.iter().flat_map(|list| list.words()).chain(nested).collect();
        json::spell(object, &fields)?;
        object.retain(|name, value| fields.contains(&name.as_str()) || says_something(value));
        let others = object.keys().filter(|name| !fields.contains(&name.as_str()));
        unknown.extend(others.map(|name| format!("{at}{name}")));
        for (name, part) in self.nested {
            let Some(value) = object.get_mut(*name).filter(|value| !value.is_null()) else { continue };
            let at = format!("{at}{name}.");
            match part {
                Part::One(shape) => shape.read_into(value.as_object_mut().ok_or(WRONG_TYPE)?, &at, unknown)?,
                Part::List(shape) => {
                    for one in value.as_array_mut().ok_or(WRONG_TYPE)? {
                        shape.read_into(one.as_object_mut().ok_or(WRONG_TYPE)?, &at, unknown)?;
                    }
                }
                Part::Map(shape) => {
                    let map = value.as_object_mut().ok_or(WRONG_TYPE)?;
                    for one in map.values_mut().filter(|one| !one.is_null()) {
                        shape.read_into(one.as_object_mut().ok_or(WRONG_TYPE)?, &at, unknown)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether a value can have an effect. Newer clients also send empty fields. An empty list may have an effect.
fn says_something(value: &Value) -> bool {
    !(value.is_null() || *value == false || *value == "" || value.as_f64() == Some(0.0))
}

const NOTHING_NESTED: &[(&str, Part)] = &[];

/// The body of `POST /containers/create`.
pub(super) static CONTAINER: Shape = Shape {
    plain: &[WordList(
        "ArgsEscaped AttachStderr AttachStdin AttachStdout Cmd Domainname Entrypoint Env ExposedPorts Healthcheck \
         Hostname Image Labels MacAddress Name NetworkDisabled OnBuild OpenStdin Shell StdinOnce StopSignal \
         StopTimeout Tty User Volumes WorkingDir",
    )],
    nested: &[("HostConfig", Part::One(&HOST)), ("NetworkingConfig", Part::One(&NETWORKING))],
};

/// The resources of the machine that a container may use; `update` changes them.
const RESOURCES: WordList = WordList(
    "BlkioDeviceReadBps BlkioDeviceReadIOps BlkioDeviceWriteBps BlkioDeviceWriteIOps BlkioWeight \
     BlkioWeightDevice CgroupParent CpuCount CpuPercent CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime \
     CpuShares CpusetCpus CpusetMems DeviceCgroupRules DeviceRequests IOMaximumBandwidth IOMaximumIOps \
     KernelMemory KernelMemoryTCP Memory MemoryReservation MemorySwap MemorySwappiness NanoCpus OomKillDisable \
     PidsLimit RestartPolicy Ulimits",
);

static HOST: Shape = Shape {
    plain: &[
        RESOURCES,
        WordList(
            "Annotations AutoRemove Binds CapAdd CapDrop Capabilities Cgroup CgroupnsMode ConsoleSize ContainerIDFile \
         Dns DnsOptions DnsSearch ExtraHosts GroupAdd Init IpcMode Isolation Links MaskedPaths NetworkMode \
         OomScoreAdj PidMode PortBindings Privileged PublishAllPorts ReadonlyPaths ReadonlyRootfs Runtime \
         SecurityOpt ShmSize StorageOpt Sysctls Tmpfs UTSMode UsernsMode VolumeDriver VolumesFrom",
        ),
    ],
    nested: &[("Devices", Part::List(&DEVICE)), ("LogConfig", Part::One(&LOG)), ("Mounts", Part::List(&MOUNT))],
};

static DEVICE: Shape =
    Shape { plain: &[WordList("CgroupPermissions PathInContainer PathOnHost")], nested: NOTHING_NESTED };
static LOG: Shape = Shape { plain: &[WordList("Config Type")], nested: NOTHING_NESTED };

static MOUNT: Shape = Shape {
    plain: &[WordList("Consistency ReadOnly Source Target Type")],
    nested: &[
        ("BindOptions", Part::One(&BIND_OPTIONS)),
        ("ImageOptions", Part::One(&IMAGE_OPTIONS)),
        ("TmpfsOptions", Part::One(&TMPFS_OPTIONS)),
        ("VolumeOptions", Part::One(&VOLUME_OPTIONS)),
    ],
};
static BIND_OPTIONS: Shape = Shape {
    plain: &[WordList("CreateMountpoint NonRecursive Propagation ReadOnlyForceRecursive ReadOnlyNonRecursive")],
    nested: NOTHING_NESTED,
};
static IMAGE_OPTIONS: Shape = Shape { plain: &[WordList("Subpath")], nested: NOTHING_NESTED };
static TMPFS_OPTIONS: Shape = Shape { plain: &[WordList("Mode Options SizeBytes")], nested: NOTHING_NESTED };
static VOLUME_OPTIONS: Shape =
    Shape { plain: &[WordList("Labels NoCopy Subpath")], nested: &[("DriverConfig", Part::One(&DRIVER))] };
static DRIVER: Shape = Shape { plain: &[WordList("Name Options")], nested: NOTHING_NESTED };

static NETWORKING: Shape = Shape { plain: &[], nested: &[("EndpointsConfig", Part::Map(&ENDPOINT))] };
static ENDPOINT: Shape = Shape {
    plain: &[WordList(
        "Aliases DNSNames DriverOpts EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen GwPriority \
         IPAddress IPPrefixLen IPv6Gateway Links MacAddress NetworkID",
    )],
    nested: &[("IPAMConfig", Part::One(&ADDRESSES))],
};
static ADDRESSES: Shape = Shape { plain: &[WordList("IPv4Address IPv6Address LinkLocalIPs")], nested: NOTHING_NESTED };

/// The body of `POST /networks/ID/connect` and `disconnect`.
pub(super) static CONNECT: Shape =
    Shape { plain: &[WordList("Container Force")], nested: &[("EndpointConfig", Part::One(&ENDPOINT))] };

/// The body of `POST /containers/ID/exec`.
pub(super) static EXEC: Shape = Shape {
    plain: &[WordList(
        "AttachStderr AttachStdin AttachStdout Cmd ConsoleSize Detach DetachKeys Env Privileged Tty User \
         WorkingDir",
    )],
    nested: NOTHING_NESTED,
};

/// The body of `POST /containers/ID/update`.
pub(super) static UPDATE: Shape = Shape { plain: &[RESOURCES], nested: &[("Devices", Part::List(&DEVICE))] };

/// The body of `POST /volumes/create`.
pub(super) static VOLUME: Shape = Shape { plain: &[WordList("Driver DriverOpts Labels Name")], nested: NOTHING_NESTED };

/// The body of `POST /networks/create`.
pub(super) static NETWORK: Shape = Shape {
    plain: &[WordList(
        "Attachable CheckDuplicate ConfigOnly Driver EnableIPv4 EnableIPv6 Ingress Internal Labels Name Options \
         Scope",
    )],
    nested: &[("ConfigFrom", Part::One(&CONFIG_FROM)), ("IPAM", Part::One(&IPAM))],
};
static CONFIG_FROM: Shape = Shape { plain: &[WordList("Network")], nested: NOTHING_NESTED };
static IPAM: Shape = Shape { plain: &[WordList("Driver Options")], nested: &[("Config", Part::List(&POOL))] };
static POOL: Shape = Shape { plain: &[WordList("AuxiliaryAddresses Gateway IPRange Subnet")], nested: NOTHING_NESTED };

/// The names in the query of `POST /build`.
pub(super) const BUILD: WordList = WordList(
    "buildargs buildid cachefrom cgroupparent cpuperiod cpuquota cpusetcpus cpusetmems cpushares dockerfile \
     extrahosts forcerm isolation labels memory memswap networkmode nocache outputs platform pull q remote rm \
     securityopt session shmsize squash t target ulimits version",
);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(shape: &Shape, mut body: Value) -> (Vec<String>, Value) {
        let unknown = shape.read(body.as_object_mut().unwrap()).unwrap();
        (unknown, body)
    }

    #[test]
    fn unknown_field_is_dropped_if_it_says_nothing_and_named_otherwise() {
        let body = json!({"Image": "a", "New": null, "Newer": 0, "HostConfig": {"privileged": false, "Later": ""},
            "NetworkingConfig": {"EndpointsConfig": {"n": null, "m": {"Odd": false}}}});
        let kept = json!({"Image": "a", "HostConfig": {"Privileged": false},
            "NetworkingConfig": {"EndpointsConfig": {"n": null, "m": {}}}});
        assert_eq!(read(&CONTAINER, body), (Vec::new(), kept));
        let body = json!({"Binds": ["/:/h"], "HostConfig": {"New": [], "Mounts": [{"Typ": "bind"}],
            "Devices": [{"Host": 1}]}, "NetworkingConfig": {"EndpointsConfig": {"n": {"Odd": {}}}}});
        let (mut unknown, _) = read(&CONTAINER, body);
        unknown.sort();
        let expected = [
            "Binds",
            "HostConfig.Devices.Host",
            "HostConfig.Mounts.Typ",
            "HostConfig.New",
            "NetworkingConfig.EndpointsConfig.Odd",
        ];
        assert_eq!(unknown, expected);
    }

    #[test]
    fn nested_part_of_another_type_is_refused() {
        for body in [
            json!({"HostConfig": []}),
            json!({"HostConfig": {"Mounts": [null]}}),
            json!({"NetworkingConfig": {"EndpointsConfig": {"a": 1}}}),
        ] {
            assert!(CONTAINER.read(body.clone().as_object_mut().unwrap()).is_err(), "{body}");
        }
    }
}
