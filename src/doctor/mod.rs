//! The machine's health: what is wrong with it for Docker lessons, and how to mend that here.
//!
//! Everything that is looked at is handed in, so that tests break a machine of their own.

mod desktop;
mod hub;
mod report;
mod system;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::engine::{Endpoint, Engine, EngineError, EngineTime};

pub use hub::ask_hub;
pub use report::{Surroundings, write_report};
pub use system::{Family, System};

/// Less free space than this stops pulls.
const FULL: u64 = 500 << 20;
/// A clock further off than this makes certificates fail.
const SKEW: u64 = 120;
/// Fewer pulls left than a lesson may need.
const FEW_PULLS: u32 = 10;

/// What the registry of Docker's hub told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hub {
    /// It was not asked.
    NotAsked,
    /// It cannot be reached.
    Unreachable,
    /// By this machine's clock its certificate is not valid yet, or no longer.
    Untimely,
    /// What answers shows a certificate that this machine does not trust.
    Distrusted,
    /// It answers.
    Answers {
        /// Its clock, in seconds of Unix time.
        time: Option<u64>,
        /// Pulls left.
        remaining: Option<u32>,
    },
}

/// A machine to be examined.
#[derive(Debug)]
pub struct Machine<'a> {
    /// Where programs are looked for.
    pub path: OsString,
    /// Where its files are: `/`.
    pub root: PathBuf,
    /// The engine the docker CLI would talk to.
    pub endpoint: Result<Endpoint, EngineError>,
    /// Its time.
    pub now: SystemTime,
    /// The hub.
    pub hub: Hub,
    /// `DOCKER_HOST` leads away from the system's own engine.
    pub by_host: bool,
    /// `DOCKER_CONTEXT` names the context.
    pub by_context: bool,
    /// Commands are root's: without `sudo`, which may not be there.
    pub as_root: bool,
    /// A folder on the engine's disk where the engine does not say; for tests.
    pub data: Option<&'a Path>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// All is well.
    Fine,
    /// Good to know; lessons work.
    Note,
    /// Lessons do not work until it is mended.
    Blocks,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The message's key; `KEY.means` says what it means.
    pub key: &'static str,
    /// Values for it, not sanitised.
    pub args: Vec<(&'static str, String)>,
    /// How much it matters.
    pub severity: Severity,
    /// Commands that mend it here.
    pub mend: Vec<String>,
}

impl Finding {
    fn new(key: &'static str, severity: Severity, args: Vec<(&'static str, String)>, mend: Vec<String>) -> Self {
        Self { key, args, severity, mend }
    }
}

/// Examines a machine: what is fine first, then what is not.
pub async fn examine(machine: &Machine<'_>) -> Vec<Finding> {
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
    found.sort_by_key(|finding| finding.severity);
    if machine.as_root {
        found
            .iter_mut()
            .flat_map(|finding| &mut finding.mend)
            .for_each(|command| *command = command.replace("sudo ", ""));
    }
    found
}

/// A program where the shell, or a service, looks for it.
fn program(machine: &Machine<'_>, name: &str, also: &[&str]) -> Option<PathBuf> {
    let also = also.iter().map(|folder| machine.root.join(folder));
    std::env::split_paths(&machine.path).chain(also).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn client(machine: &Machine<'_>, system: System) -> Finding {
    match (program(machine, "docker", &[]), program(machine, "podman", &[])) {
        (Some(path), _) => {
            let path = path.display().to_string();
            Finding::new("doctor-client", Severity::Fine, vec![("path", path)], Vec::new())
        }
        (None, Some(_)) => Finding::new("doctor-only-podman", Severity::Blocks, Vec::new(), system.install()),
        (None, None) => Finding::new("doctor-no-client", Severity::Blocks, Vec::new(), system.install()),
    }
}

/// What an engine of this very machine runs, and the shell of the lessons.
fn programs(machine: &Machine<'_>, system: System, answers: bool) -> Vec<Finding> {
    const SERVICES: [&str; 4] = ["usr/local/sbin", "usr/sbin", "sbin", "usr/bin"];
    let mut found = Vec::new();
    if program(machine, "bash", &[]).is_none() {
        found.push(Finding::new("doctor-no-bash", Severity::Blocks, Vec::new(), system.install_packages(&["bash"])));
    }
    if program(machine, "dockerd", &SERVICES).is_some() {
        let missing: Vec<&str> = ["containerd", "runc", "iptables"]
            .into_iter()
            .filter(|name| program(machine, name, &SERVICES).is_none())
            .collect();
        if !missing.is_empty() {
            let severity = if answers { Severity::Note } else { Severity::Blocks };
            let args = vec![("programs", missing.join(", "))];
            found.push(Finding::new("doctor-engine-parts", severity, args, system.install_packages(&missing)));
        }
    }
    found
}

fn no_address(machine: &Machine<'_>, error: &EngineError) -> Finding {
    let mend = match error {
        // Which context is used does not matter as long as the variable is there.
        EngineError::Context { .. } if machine.by_context => {
            vec!["docker context ls".to_owned(), "unset DOCKER_CONTEXT".to_owned()]
        }
        EngineError::Context { .. } => vec!["docker context ls".to_owned(), "docker context use default".to_owned()],
        _ => vec!["unset DOCKER_HOST".to_owned()],
    };
    let key = if matches!(error, EngineError::Context { .. }) { "doctor-context" } else { "doctor-address" };
    Finding::new(key, Severity::Blocks, error.args(), mend)
}

fn no_engine(machine: &Machine<'_>, endpoint: &Endpoint, error: &EngineError, system: System) -> Finding {
    let at = || vec![("at", endpoint.to_string())];
    let blocks = |key, mend| Finding::new(key, Severity::Blocks, at(), mend);
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
            Finding::new("doctor-old", Severity::Blocks, vec![("api", found.clone())], system.update())
        }
        (EngineError::NotAnEngine { .. }, _) => blocks("doctor-not-an-engine", vec!["docker context ls".to_owned()]),
        (EngineError::Silent { .. }, _) => blocks("doctor-silent", start()),
        _ => blocks("doctor-unreachable", vec!["docker context ls".to_owned()]),
    }
}

async fn engine_findings(machine: &Machine<'_>, engine: &Engine, system: System) -> Vec<Finding> {
    let Ok(info) = engine.info().await else {
        let at = vec![("at", engine.endpoint().to_string())];
        return vec![Finding::new("doctor-silent", Severity::Blocks, at, system.start())];
    };
    let text = |key: &str| info.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let version = engine.about().await.map_or_else(|_| text("ServerVersion"), |about| about.version);
    let podman = engine.about().await.is_ok_and(|about| about.family == crate::lesson::EngineFamily::Podman);
    let said = vec![("version", version), ("at", engine.endpoint().to_string())];
    let key = if podman { "doctor-podman" } else { "doctor-engine" };
    let severity = if podman { Severity::Note } else { Severity::Fine };
    let mut found = vec![Finding::new(key, severity, said, if podman { system.install() } else { Vec::new() })];
    let data = machine.data.map_or_else(|| PathBuf::from(text("DockerRootDir")), Path::to_owned);
    found.extend(disk(&data));
    if text("CgroupDriver") == "none" {
        found.push(Finding::new("doctor-no-cgroups", Severity::Note, Vec::new(), Vec::new()));
    }
    if let Some(time) = EngineTime::from_rfc3339(&text("SystemTime")) {
        let seconds = time.to_string().split('.').next().and_then(|seconds| seconds.parse().ok());
        found.extend(seconds.and_then(|seconds| clock(machine.now, seconds, "doctor-clock-engine", system)));
    }
    found
}

fn disk(data: &Path) -> Option<Finding> {
    let stat = rustix::fs::statvfs(data).ok()?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let said = vec![("path", data.display().to_string()), ("free", format!("{} MB", free >> 20))];
    Some(if free < FULL {
        let mend = ["docker system df", "docker container prune", "docker image prune"].map(str::to_owned).to_vec();
        Finding::new("doctor-disk-full", Severity::Blocks, said, mend)
    } else {
        Finding::new("doctor-disk", Severity::Fine, said, Vec::new())
    })
}

/// Without control groups no container starts.
fn cgroups(machine: &Machine<'_>, system: System) -> Option<Finding> {
    if system.family == Family::Mac {
        return None;
    }
    let mounts = std::fs::read_to_string(machine.root.join("proc/self/mounts")).ok()?;
    let mounted = mounts.lines().any(|line| line.split(' ').nth(2).is_some_and(|kind| kind.starts_with("cgroup")));
    let mend = "sudo mkdir -p /sys/fs/cgroup && sudo mount -t cgroup2 cgroup2 /sys/fs/cgroup".to_owned();
    (!mounted).then(|| Finding::new("doctor-cgroups-missing", Severity::Blocks, Vec::new(), vec![mend]))
}

/// What is different on macOS.
fn mac(machine: &Machine<'_>, system: System) -> Vec<Finding> {
    // Package managers put a newer bash there; the system's own one is version 3.2.
    const NEWER_BASH: [&str; 3] = ["opt/homebrew/bin/bash", "usr/local/bin/bash", "opt/local/bin/bash"];
    if system.family != Family::Mac {
        return Vec::new();
    }
    let mut found = vec![Finding::new("doctor-only-current", Severity::Fine, Vec::new(), Vec::new())];
    if !NEWER_BASH.iter().any(|bash| machine.root.join(bash).is_file()) {
        found.push(Finding::new("doctor-old-bash", Severity::Note, Vec::new(), system.install_packages(&["bash"])));
    }
    found
}

fn hub(machine: &Machine<'_>, system: System) -> Finding {
    let note = |key, args, mend| Finding::new(key, Severity::Note, args, mend);
    match machine.hub {
        Hub::NotAsked => Finding::new("doctor-hub-not-asked", Severity::Fine, Vec::new(), Vec::new()),
        Hub::Unreachable => note("doctor-no-network", Vec::new(), vec!["cat /etc/resolv.conf".to_owned()]),
        Hub::Distrusted => note("doctor-hub-distrusted", Vec::new(), Vec::new()),
        Hub::Untimely => Finding::new("doctor-clock-certificate", Severity::Blocks, Vec::new(), system.set_clock()),
        Hub::Answers { time, remaining } => {
            let clock = time.and_then(|time| clock(machine.now, time, "doctor-clock", system));
            clock.unwrap_or_else(|| match remaining {
                Some(left) if left < FEW_PULLS => {
                    note("doctor-pull-limit", vec![("count", left.to_string())], vec!["docker login".to_owned()])
                }
                Some(left) => {
                    Finding::new("doctor-hub-left", Severity::Fine, vec![("count", left.to_string())], Vec::new())
                }
                None => Finding::new("doctor-hub", Severity::Fine, Vec::new(), Vec::new()),
            })
        }
    }
}

/// A clock that is off by more than certificates bear.
fn clock(now: SystemTime, other: u64, key: &'static str, system: System) -> Option<Finding> {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let off = now.abs_diff(other);
    let args = vec![("minutes", ((off + 30) / 60).to_string())];
    (off > SKEW).then(|| Finding::new(key, Severity::Blocks, args, system.set_clock()))
}
