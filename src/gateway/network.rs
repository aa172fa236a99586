//! The rules for a new network.

use std::net::Ipv4Addr;

use ipnet::{IpNet, Ipv4Net};
use serde_json::{Map, Value};

use super::Rule;
use super::error::Rejection;
use super::json;
use super::known;
use super::rule::Want;
use crate::text::WordList;

/// The address ranges that are reserved for private networks and for documentation. No host on the internet uses these
/// addresses.
const PRIVATE: WordList = WordList(
    "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 fc00::/7 \
     2001:db8::/32",
);

/// Lists the settings of a new network that the rules forbid.
pub(super) fn of_network(body: &Map<String, Value>) -> Result<Vec<Want>, Rejection> {
    let routes = std::fs::read_to_string("/proc/net/route").unwrap_or_default();
    of_network_beside(body, &routes)
}

fn of_network_beside(body: &Map<String, Value>, routes: &str) -> Result<Vec<Want>, Rejection> {
    let option = |what: String| (Rule::Option, what);
    let mut wants = Vec::new();
    let (driver, scope) = (json::text(body, "Driver")?, json::text(body, "Scope")?);
    match driver {
        "host" => wants.push((Rule::HostNamespace, "--driver host".to_owned())),
        "overlay" => wants.push((Rule::Swarm, "--driver overlay".to_owned())),
        _ if !known::has_or_none("network-drivers", driver) => wants.push(option(format!("--driver {driver}"))),
        _ => {}
    }
    if json::flag(body, "Ingress")? || !["", "local"].contains(&scope) {
        wants.push((Rule::Swarm, format!("docker network create --scope {scope}")));
    }
    wants.extend(
        json::names(body, "Options")?
            .filter(|name| !known::has("bridge-options", name))
            .map(|name| option(format!("--opt {name}"))),
    );
    let Some(ipam) = body.get("IPAM").and_then(Value::as_object) else { return Ok(wants) };
    let driver = json::text(ipam, "Driver")?;
    if !["", "default"].contains(&driver) {
        wants.push(option(format!("--ipam-driver {driver}")));
    }
    wants.extend(json::names(ipam, "Options")?.map(|name| option(format!("--ipam-opt {name}"))));
    for pool in ipam.get("Config").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let subnet = json::text(pool, "Subnet")?;
        if subnet.parse().is_ok_and(|net| !is_private(net) || is_the_hosts(net, routes)) {
            wants.push(option(format!("--subnet {subnet}")));
        }
    }
    Ok(wants)
}

fn is_private(net: IpNet) -> bool {
    PRIVATE.words().filter_map(|range| range.parse::<IpNet>().ok()).any(|range| range.contains(&net))
}

/// Whether the host has a route to addresses in `net`. If a network used these addresses, the host could no longer
/// reach other machines with these addresses. Routes of the engine's own bridges do not count, because the engine
/// itself refuses networks that overlap with its bridges.
fn is_the_hosts(net: IpNet, routes: &str) -> bool {
    let address = |text: &str| u32::from_str_radix(text, 16).ok().map(|bits| Ipv4Addr::from(bits.swap_bytes()));
    routes.lines().skip(1).any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [device, destination, _, _, _, _, _, mask, ..] = fields.as_slice() else { return false };
        let (Some(destination), Some(mask)) = (address(destination), address(mask)) else { return false };
        let Ok(route) = Ipv4Net::with_netmask(destination, mask).map(IpNet::from) else { return false };
        let is_engines = ["br-", "docker", "podman", "cni"].iter().any(|prefix| device.starts_with(prefix));
        let overlaps = route.contains(&net) || net.contains(&route);
        route.prefix_len() > 0 && !is_engines && overlaps
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The routes of a host: 192.168.1.0/24 on eth0, 172.17.0.0/16 on docker0, and the default route.
    const ROUTES: &str = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n\
        eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n\
        eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n\
        docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";

    fn wants(body: &Value) -> Vec<String> {
        let wants = of_network_beside(body.as_object().unwrap(), ROUTES).unwrap();
        wants.into_iter().map(|(rule, what)| format!("{}: {what}", rule.name())).collect()
    }

    fn subnet(subnet: &str) -> Value {
        json!({ "IPAM": { "Driver": "default", "Options": {}, "Config": [{ "Subnet": subnet }] } })
    }

    #[test]
    fn bridge_network_with_private_addresses_breaks_no_rule() {
        for body in [
            json!({}),
            json!({"Driver": "bridge", "Internal": true, "Attachable": true, "Scope": "local", "IPAM": {"Driver": ""}}),
            json!({"Options": {"com.docker.network.driver.mtu": "1400"}}),
        ] {
            assert_eq!(wants(&body), Vec::<String>::new(), "{body}");
        }
        for text in ["10.77.0.0/24", "172.17.0.0/16", "192.168.2.0/24", "192.168.0.0/24", "fd00:1::/64", "nonsense", ""]
        {
            assert_eq!(wants(&subnet(text)), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn network_that_reaches_the_host_or_uses_foreign_addresses_breaks_a_rule() {
        for (body, expected) in [
            (json!({"Driver": "host"}), "host-namespace: --driver host"),
            (json!({"Driver": "macvlan"}), "option: --driver macvlan"),
            (json!({"Driver": "overlay"}), "swarm: --driver overlay"),
            (json!({"Ingress": true, "Scope": "swarm"}), "swarm: docker network create --scope swarm"),
            (
                json!({"Options": {"com.docker.network.bridge.name": "docker0"}}),
                "option: --opt com.docker.network.bridge.name",
            ),
            (json!({"Options": {"parent": "eth0"}}), "option: --opt parent"),
            (json!({"IPAM": {"Driver": "dhcp"}}), "option: --ipam-driver dhcp"),
            (json!({"IPAM": {"Options": {"a": "b"}}}), "option: --ipam-opt a"),
        ] {
            assert_eq!(wants(&body), [expected], "{body}");
        }
        for text in [
            "192.168.1.0/24",
            "192.168.1.128/25",
            "192.168.0.0/16",
            "0.0.0.0/1",
            "8.8.8.0/24",
            "10.0.0.0/7",
            "2000::/3",
        ] {
            assert_eq!(wants(&subnet(text)), [format!("option: --subnet {text}")]);
        }
    }
}
