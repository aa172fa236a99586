//! Examines each part of the machine, and returns the commands that repair it.

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::desktop;
use super::finding::{HealthFinding, Impact};
use super::machine::{HubAnswer, Machine};
use super::system::{Family, System};
use crate::engine::{Endpoint, Engine, EngineError, EngineTime};

/// The free space, in bytes, below which pulls fail.
const FULL: u64 = 500 << 20;
/// The largest tolerated error of the clock, in seconds. With a larger error, certificates may count as invalid.
const SKEW: u64 = 120;
/// The number of remaining pulls below which a lesson may fail.
const FEW_PULLS: u32 = 10;

/// Examines a machine. Returns the findings in the order of their impact: the parts that are fine come first.
pub async fn examine(machine: &Machine<'_>) -> Vec<HealthFinding> {
    let system = System::read(&machine.root);
    let mut found = vec![client(machine, system)];
    let mut answers = false;
    match &machine.endpoint {
        Err(error) => found.push(no_address(machine, error)),
        Ok(endpoint) => match Engine::connect(endpoint).await {
            Ok(engine) => {
                answers = true;
                found.extend(engine_findings(machine, &engine, system).await);
            }
            Err(error) => found.push(no_engine(machine, endpoint, &error, system)),
        },
    }
    found.extend(programs(machine, system, answers));
    found.extend(cgroups(machine, system));
    found.extend(mac(machine, system));
    found.push(hub(machine, system));
    found.sort_by_key(|finding| finding.impact);
    if machine.as_root {
        found
            .iter_mut()
            .flat_map(|finding| &mut finding.mend)
            .for_each(|command| *command = command.replace("sudo ", ""));
    }
    found
}

/// Finds a program in the folders of `PATH`, and in the folders `also` below the root.
fn program(machine: &Machine<'_>, name: &str, also: &[&str]) -> Option<PathBuf> {
    let also = also.iter().map(|folder| machine.root.join(folder));
    std::env::split_paths(&machine.path).chain(also).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn client(machine: &Machine<'_>, system: System) -> HealthFinding {
    match (program(machine, "docker", &[]), program(machine, "podman", &[])) {
        (Some(path), _) => {
            let path = path.display().to_string();
            HealthFinding::new("doctor-client", Impact::Fine, vec![("path", path)], Vec::new())
        }
        (None, Some(_)) => HealthFinding::new("doctor-only-podman", Impact::Blocks, Vec::new(), system.install()),
        (None, None) => HealthFinding::new("doctor-no-client", Impact::Blocks, Vec::new(), system.install()),
    }
}

/// Checks whether bash is installed. If the machine has a local engine, also checks the engine's other programs.
fn programs(machine: &Machine<'_>, system: System, answers: bool) -> Vec<HealthFinding> {
    const SERVICES: [&str; 4] = ["usr/local/sbin", "usr/sbin", "sbin", "usr/bin"];
    let mut found = Vec::new();
    if program(machine, "bash", &[]).is_none() {
        found.push(HealthFinding::new(
            "doctor-no-bash",
            Impact::Blocks,
            Vec::new(),
            system.install_packages(&["bash"]),
        ));
    }
    if program(machine, "dockerd", &SERVICES).is_some() {
        let missing: Vec<&str> = ["containerd", "runc", "iptables"]
            .into_iter()
            .filter(|name| program(machine, name, &SERVICES).is_none())
            .collect();
        if !missing.is_empty() {
            let severity = if answers { Impact::Note } else { Impact::Blocks };
            let args = vec![("programs", missing.join(", "))];
            found.push(HealthFinding::new("doctor-engine-parts", severity, args, system.install_packages(&missing)));
        }
    }
    found
}

fn no_address(machine: &Machine<'_>, error: &EngineError) -> HealthFinding {
    let mend = match error {
        // While `DOCKER_CONTEXT` is set, `docker context use` has no effect.
        EngineError::Context { .. } if machine.by_context => {
            vec!["docker context ls".to_owned(), "unset DOCKER_CONTEXT".to_owned()]
        }
        EngineError::Context { .. } => vec!["docker context ls".to_owned(), "docker context use default".to_owned()],
        _ => vec!["unset DOCKER_HOST".to_owned()],
    };
    let key = if matches!(error, EngineError::Context { .. }) { "doctor-context" } else { "doctor-address" };
    HealthFinding::new(key, Impact::Blocks, error.message().1, mend)
}

fn no_engine(machine: &Machine<'_>, endpoint: &Endpoint, error: &EngineError, system: System) -> HealthFinding {
    let at = || vec![("at", endpoint.to_string())];
    let blocks = |key, mend| HealthFinding::new(key, Impact::Blocks, at(), mend);
    let start = || desktop::start(endpoint).unwrap_or_else(|| system.start());
    match (error, endpoint) {
        (EngineError::Permission { .. }, _) => blocks("doctor-permission", system.permit()),
        (EngineError::MissingSocket { .. } | EngineError::Refused { .. }, Endpoint::Unix(_)) if machine.by_host => {
            blocks("doctor-host", vec!["unset DOCKER_HOST".to_owned()])
        }
        (EngineError::MissingSocket { .. }, _) if system.wsl => blocks("doctor-down-wsl", system.start()),
        (EngineError::MissingSocket { .. }, _) => blocks("doctor-down", start()),
        (EngineError::Refused { .. }, Endpoint::Unix(_)) => {
            blocks("doctor-stale-socket", desktop::start(endpoint).unwrap_or_else(|| system.restart()))
        }
        (EngineError::TooOld { found, .. }, _) => {
            HealthFinding::new("doctor-old", Impact::Blocks, vec![("api", found.clone())], system.update())
        }
        (EngineError::NotAnEngine { .. }, _) => blocks("doctor-not-an-engine", vec!["docker context ls".to_owned()]),
        (EngineError::Silent { .. }, _) => blocks("doctor-silent", start()),
        _ => blocks("doctor-unreachable", vec!["docker context ls".to_owned()]),
    }
}

async fn engine_findings(machine: &Machine<'_>, engine: &Engine, system: System) -> Vec<HealthFinding> {
    let Ok(info) = engine.info().await else {
        let at = vec![("at", engine.endpoint().to_string())];
        return vec![HealthFinding::new("doctor-silent", Impact::Blocks, at, system.start())];
    };
    let text = |key: &str| info[key].as_str().unwrap_or_default().to_owned();
    let about = engine.about().await.ok();
    let podman = about.as_ref().is_some_and(|about| about.family == crate::lesson::EngineFamily::Podman);
    let version = about.map_or_else(|| text("ServerVersion"), |about| about.version);
    let said = vec![("version", version), ("at", engine.endpoint().to_string())];
    let key = if podman { "doctor-podman" } else { "doctor-engine" };
    let severity = if podman { Impact::Note } else { Impact::Fine };
    let mut found = vec![HealthFinding::new(key, severity, said, if podman { system.install() } else { Vec::new() })];
    let data = machine.data.map_or_else(|| PathBuf::from(text("DockerRootDir")), Path::to_owned);
    found.extend(disk(&data));
    if text("CgroupDriver") == "none" {
        found.push(HealthFinding::new("doctor-no-cgroups", Impact::Note, Vec::new(), Vec::new()));
    }
    if let Some(time) = EngineTime::from_rfc3339(&text("SystemTime")) {
        found.extend(
            u64::try_from(time.as_second())
                .ok()
                .and_then(|seconds| clock(machine.now, seconds, "doctor-clock-engine", system)),
        );
    }
    found
}

fn disk(data: &Path) -> Option<HealthFinding> {
    let stat = rustix::fs::statvfs(data).ok()?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let said = vec![("path", data.display().to_string()), ("free", format!("{} MB", free >> 20))];
    Some(if free < FULL {
        let mend = ["docker system df", "docker container prune", "docker image prune"].map(str::to_owned).to_vec();
        HealthFinding::new("doctor-disk-full", Impact::Blocks, said, mend)
    } else {
        HealthFinding::new("doctor-disk", Impact::Fine, said, Vec::new())
    })
}

/// Checks the control groups, without which no container starts.
fn cgroups(machine: &Machine<'_>, system: System) -> Option<HealthFinding> {
    if system.family == Family::Mac {
        return None;
    }
    let mounts = std::fs::read_to_string(machine.root.join("proc/self/mounts")).ok()?;
    let mounted = mounts.lines().any(|line| line.split(' ').nth(2).is_some_and(|kind| kind.starts_with("cgroup")));
    let mend = "sudo mkdir -p /sys/fs/cgroup && sudo mount -t cgroup2 cgroup2 /sys/fs/cgroup".to_owned();
    (!mounted).then(|| HealthFinding::new("doctor-cgroups-missing", Impact::Blocks, Vec::new(), vec![mend]))
}

/// Returns the findings that apply only to macOS.
fn mac(machine: &Machine<'_>, system: System) -> Vec<HealthFinding> {
    // Package managers install a newer bash at these paths. The system's own bash is version 3.2.
    const NEWER_BASH: [&str; 3] = ["opt/homebrew/bin/bash", "usr/local/bin/bash", "opt/local/bin/bash"];
    if system.family != Family::Mac {
        return Vec::new();
    }
    let mut found = vec![HealthFinding::new("doctor-only-current", Impact::Fine, Vec::new(), Vec::new())];
    if !NEWER_BASH.iter().any(|bash| machine.root.join(bash).is_file()) {
        found.push(HealthFinding::new("doctor-old-bash", Impact::Note, Vec::new(), system.install_packages(&["bash"])));
    }
    found
}

fn hub(machine: &Machine<'_>, system: System) -> HealthFinding {
    let note = |key, args, mend| HealthFinding::new(key, Impact::Note, args, mend);
    match machine.hub {
        HubAnswer::Unreachable => note("doctor-no-network", Vec::new(), vec!["cat /etc/resolv.conf".to_owned()]),
        HubAnswer::Distrusted => note("doctor-hub-distrusted", Vec::new(), Vec::new()),
        HubAnswer::Untimely => {
            HealthFinding::new("doctor-clock-certificate", Impact::Blocks, Vec::new(), system.set_clock())
        }
        HubAnswer::Answers { time, remaining } => {
            let clock = time.and_then(|time| clock(machine.now, time, "doctor-clock", system));
            clock.unwrap_or_else(|| match remaining {
                Some(left) if left < FEW_PULLS => {
                    note("doctor-pull-limit", vec![("count", left.to_string())], vec!["docker login".to_owned()])
                }
                Some(left) => {
                    HealthFinding::new("doctor-hub-left", Impact::Fine, vec![("count", left.to_string())], Vec::new())
                }
                None => HealthFinding::new("doctor-hub", Impact::Fine, Vec::new(), Vec::new()),
            })
        }
    }
}

/// Returns a finding if the machine's clock differs from the clock `other` by more than [`SKEW`].
fn clock(now: SystemTime, other: u64, key: &'static str, system: System) -> Option<HealthFinding> {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let off = now.abs_diff(other);
    let args = vec![("minutes", ((off + 30) / 60).to_string())];
    (off > SKEW).then(|| HealthFinding::new(key, Impact::Blocks, args, system.set_clock()))
}
