//! Properties of this machine, for `lint` and `record`.

use std::net::{Ipv4Addr, UdpSocket};
use std::path::Path;

use crate::lesson::lint::MachineFact;

/// Returns the properties of this machine. Omits unknown properties.
pub(super) fn facts(home: Option<&Path>) -> Vec<MachineFact> {
    let system = rustix::system::uname();
    let mut facts = vec![
        fact("host", system.nodename().to_string_lossy()),
        fact("kernel", system.release().to_string_lossy()),
        fact("home", home.map(Path::to_string_lossy).unwrap_or_default()),
    ];
    facts.extend(std::env::var("USER").ok().map(|user| fact("user", user)));
    facts.extend(memory());
    facts.extend(address().map(|address| fact("address", address.to_string())));
    facts.retain(|fact| !fact.value.is_empty());
    facts
}

fn fact(kind: &'static str, value: impl Into<String>) -> MachineFact {
    MachineFact { kind, value: value.into() }
}

/// Returns the memory in bytes, and in the form of `docker info`, such as `7.595GiB`.
fn memory() -> Vec<MachineFact> {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let Some(kib) = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u32>().ok()) else {
        return Vec::new();
    };
    let gib = f64::from(kib) / f64::from(1 << 20);
    let digits = if gib < 10.0 { 3 } else { 2 };
    vec![fact("memory", (u64::from(kib) << 10).to_string()), fact("memory", format!("{gib:.digits$}GiB"))]
}

/// Returns the local address from which this machine would reach the internet. Sends no packet.
fn address() -> Option<std::net::IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}
