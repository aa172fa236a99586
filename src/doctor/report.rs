//! Writes a text about this machine for a bug report. A maintainer reads the text, so it is in English. The text does
//! not identify the person or the machine. The text has the names of variables without their values, and the kinds of
//! errors without their details.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use regex::Regex;
use serde_json::Value;
use tokio::process::Command;
use tokio::time::timeout;

use super::examine::examine;
use super::finding::{HealthFinding, Impact};
use super::machine::Machine;
use crate::engine::{Endpoint, Engine};
use crate::lesson::EngineFamily;
use crate::pack::{Pack, PackError};
use crate::sandbox::{ImageSource, Sandbox, SandboxSpec, find_binaries};

/// The time limit for a program to print its version.
const PROGRAM: Duration = Duration::from_secs(5);
/// The time limit for the engine to describe itself.
const ENGINE: Duration = Duration::from_secs(10);
/// The time limit for a private engine, from its start to its end.
const PRIVATE: Duration = Duration::from_secs(90);

static_patterns! {
    /// Matches a locale such as `id_ID.UTF-8`. Any other value could be a name.
    static LOCALE = r"^(C|POSIX|[a-z]{2,3}(_[A-Z]{2})?)(\.[A-Za-z0-9-]{1,12})?(@[a-z]{1,10})?$";
    /// Matches the name of a terminal such as `xterm-256color`.
    static TERMINAL = r"^[a-z][a-z0-9.+-]{0,24}$";
}

/// The data that the report needs besides the machine.
#[derive(Debug)]
pub struct ReportContext<'a> {
    /// The environment variables, with their values.
    pub env: Vec<(OsString, OsString)>,
    /// The terminal's columns and rows, if there is a terminal.
    pub size: Option<(u16, u16)>,
    /// Whether output is coloured.
    pub color: bool,
    /// The folder in which private engines are started.
    pub state: &'a Path,
    /// The folder in which the pack of images should be.
    pub pack: &'a Path,
    /// Names that the report must not show: the names of the person, the home folder, and the machine.
    pub personal: Vec<String>,
}

/// Field names with their values, in order.
type Fields = Vec<(&'static str, String)>;

/// Returns a value on one line, without the names in `personal`.
fn without_names(value: &str, personal: &[String]) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    // The version of a kernel or an engine that a person built may contain the machine's name.
    let value = personal.iter().fold(value, |value, name| value.replace(name.as_str(), "…"));
    if value.is_empty() { "unknown".to_owned() } else { value.replace('`', "'") }
}

/// Writes the report in a Markdown fence. Facts that cannot be determined are shown as unknown.
pub async fn write_report(machine: &Machine<'_>, around: &ReportContext<'_>) -> String {
    let root = &machine.root;
    let mut fields = Fields::new();
    let mut add = |name, value: String| fields.push((name, value));
    let commit = option_env!("DERMAGA_COMMIT").unwrap_or("unknown");
    let built_for = if cfg!(target_env = "musl") { "musl" } else { std::env::consts::OS };
    add("dermaga", format!("{}, commit {commit}, built for {built_for}", env!("CARGO_PKG_VERSION")));
    add("system", system(root).await);
    add("kernel", rustix::system::uname().release().to_string_lossy().into_owned());
    add("architecture", std::env::consts::ARCH.to_owned());
    add("cgroups", cgroups(root).to_owned());
    add("memory", memory(root));
    add("disk", disk(around.state));
    add("locale", locale(around));
    add("terminal", terminal(around));
    add("docker CLI", said(&machine.path, "docker", &["--version"]).await);
    describe_engine(machine, &mut fields).await;
    fields.push(("private engine", private_engine(machine, around.state).await));
    fields.push(("pack", pack(around.pack)));
    fields.push(("variables", variables(around)));
    let findings: Vec<String> = examine(machine).await.iter().map(name_finding).collect();
    fields.push(("doctor", if findings.is_empty() { "nothing found".to_owned() } else { findings.join(", ") }));

    let width = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = String::from("```text\n");
    for (name, value) in &fields {
        let _ = writeln!(text, "{name:width$}  {}", without_names(value, &around.personal));
    }
    text.push_str("```");
    text
}

/// Returns a finding's key, and the values of the finding that are numbers or names of programs.
fn name_finding(finding: &HealthFinding) -> String {
    const PLAIN: [&str; 4] = ["minutes", "count", "api", "programs"];
    let severity = match finding.impact {
        Impact::Fine => "fine",
        Impact::Note => "note",
        Impact::Blocks => "blocks",
    };
    let values: String = finding
        .args
        .iter()
        .filter(|(name, _)| PLAIN.contains(name))
        .map(|(name, value)| format!(" {name}={}", value.replace(", ", "+")))
        .collect();
    format!("{severity}: {}{values}", finding.key.trim_start_matches("doctor-"))
}

/// Returns the first line that a program prints.
async fn said(path: &OsStr, program: &str, args: &[&str]) -> String {
    let command = Command::new(program).args(args).env("PATH", path).kill_on_drop(true).output();
    match timeout(PROGRAM, command).await {
        Ok(Ok(output)) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
        }
        Ok(Ok(output)) => format!("ends with {}", output.status.code().unwrap_or(-1)),
        Ok(Err(error)) => format!("does not start: {:?}", error.kind()),
        Err(_) => format!("does not answer within {} s", PROGRAM.as_secs()),
    }
}

async fn system(root: &Path) -> String {
    let release = fs::read_to_string(root.join("etc/os-release")).unwrap_or_default();
    match release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")) {
        Some(name) => name.trim_matches('"').to_owned(),
        None if cfg!(target_os = "macos") => {
            format!("macOS {}", said("/usr/bin".as_ref(), "sw_vers", &["-productVersion"]).await)
        }
        None => std::env::consts::OS.to_owned(),
    }
}

fn cgroups(root: &Path) -> &'static str {
    let Ok(mounts) = fs::read_to_string(root.join("proc/self/mounts")) else { return "unknown" };
    let has = |kind: &str| mounts.lines().any(|line| line.split(' ').nth(2) == Some(kind));
    match (has("cgroup"), has("cgroup2")) {
        (true, true) => "v1 and v2",
        (true, false) => "v1",
        (false, true) => "v2",
        (false, false) => "none",
    }
}

fn memory(root: &Path) -> String {
    let info = fs::read_to_string(root.join("proc/meminfo")).unwrap_or_default();
    let kibibytes = |name: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches("kB").trim_end().parse::<u64>().ok()
    };
    match (kibibytes("MemAvailable:"), kibibytes("MemTotal:")) {
        (Some(free), Some(total)) => format!("{} free of {}", about(free << 10), about(total << 10)),
        _ => String::new(),
    }
}

/// Returns the free space of the folder, or of the nearest existing folder above it.
fn disk(folder: &Path) -> String {
    let stat = folder.ancestors().find_map(|folder| rustix::fs::statvfs(folder).ok());
    stat.map_or_else(String::new, |stat| {
        let bytes = |blocks: u64| about(blocks.saturating_mul(stat.f_frsize));
        format!("{} free of {} where private engines lie", bytes(stat.f_bavail), bytes(stat.f_blocks))
    })
}

/// Rounds a size, so that it does not identify the machine.
fn about(bytes: u64) -> String {
    let mebibytes = bytes >> 20;
    if mebibytes >= 1024 { format!("{} GB", (mebibytes + 512) / 1024) } else { format!("{} MB", mebibytes / 100 * 100) }
}

/// Returns the value of a variable, or `something else` if the value does not have the usual form.
fn formed(around: &ReportContext<'_>, name: &str, form: &Regex) -> Option<String> {
    let (_, value) = around.env.iter().find(|(known, value)| known == name && !value.is_empty())?;
    let is_formed = |value: &&str| form.is_match(value);
    Some(value.to_str().filter(is_formed).unwrap_or("something else").to_owned())
}

fn locale(around: &ReportContext<'_>) -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| Some(format!("{} (by {name})", formed(around, name, &LOCALE)?)))
        .unwrap_or_else(|| "none set".to_owned())
}

fn terminal(around: &ReportContext<'_>) -> String {
    let name = formed(around, "TERM", &TERMINAL).unwrap_or_else(|| "no TERM".to_owned());
    let size = around.size.map_or_else(|| "no terminal".to_owned(), |(columns, rows)| format!("{columns} x {rows}"));
    format!("{name}, {size}, {}", if around.color { "colour" } else { "no colour" })
}

/// Returns the names of variables that change the behaviour of Docker and Dermaga.
fn variables(around: &ReportContext<'_>) -> String {
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let matters = |name: &&str| {
        let upper = name.to_ascii_uppercase();
        let ours = ["DOCKER_", "DERMAGA_", "BUILDKIT_", "COMPOSE_"].iter().any(|start| name.starts_with(start));
        is_plain(name) && (ours || upper.ends_with("_PROXY"))
    };
    let mut names: Vec<&str> = around.env.iter().filter_map(|(name, _)| name.to_str()).filter(matters).collect();
    names.sort_unstable();
    if names.is_empty() { "none set".to_owned() } else { names.join(", ") }
}

fn pack(dir: &Path) -> String {
    match Pack::open(dir) {
        Ok(pack) => format!("{} images", pack.images().len()),
        Err(PackError::Missing(_)) => "not found".to_owned(),
        Err(_) => "cannot be read".to_owned(),
    }
}

async fn describe_engine(machine: &Machine<'_>, fields: &mut Fields) {
    let endpoint = match &machine.endpoint {
        Ok(endpoint) => endpoint,
        Err(error) => return fields.push(("engine", format!("no address: {}", error.key()))),
    };
    let kind = match endpoint {
        Endpoint::Unix(_) => "a Unix socket",
        Endpoint::Tcp(_) => "TCP",
        Endpoint::Tls(_) => "TLS",
        Endpoint::Ssh(_) => "SSH",
    };
    let asked = timeout(ENGINE, async {
        let engine = Engine::connect(endpoint).await.map_err(|error| error.key())?;
        let about = engine.about().await.map_err(|trouble| trouble.kind.name())?;
        let info = engine.info().await.map_err(|trouble| trouble.kind.name())?;
        Ok::<_, &'static str>((about, info))
    });
    let (about, info) = match asked.await {
        Ok(Ok(found)) => found,
        Ok(Err(reason)) => return fields.push(("engine", format!("none at {kind}: {reason}"))),
        Err(_) => return fields.push(("engine", format!("none at {kind}: silent"))),
    };
    let family = match about.family {
        EngineFamily::Docker => "Docker",
        EngineFamily::Containerd => "Docker with containerd's image store",
        EngineFamily::Podman => "podman",
    };
    let text = |key: &str| info[key].as_str().unwrap_or("unknown");
    let mut options = info["SecurityOptions"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let is_rootless = options.any(|option| option.contains("rootless"));
    let who = if is_rootless { "rootless" } else { "as root" };
    fields.push((
        "engine",
        format!("{family} {}, API {} to {}, {who}, at {kind}", about.version, about.min_api, about.api),
    ));
    fields.push(("engine's system", format!("{}, {}, {}", text("OperatingSystem"), about.kernel, about.arch)));
    fields.push((
        "engine's storage",
        format!("{}, cgroups v{} by {}", text("Driver"), text("CgroupVersion"), text("CgroupDriver")),
    ));
}

/// Starts a private engine and stops it again. Returns the engine's version and the duration of its start, or the
/// error.
async fn private_engine(machine: &Machine<'_>, state: &Path) -> String {
    let binaries = match find_binaries(&machine.path) {
        Ok(binaries) => binaries,
        Err(error) => return format!("does not start: {}", error.message().0),
    };
    let name = format!("r{}", std::process::id());
    let begun = Instant::now();
    let tried = timeout(PRIVATE, async {
        let sandbox = Sandbox::start(SandboxSpec::new(&name, state, binaries, ImageSource::None)).await?;
        let (version, ready) = (sandbox.running().version.clone(), begun.elapsed());
        sandbox.stop().await?;
        Ok::<_, crate::sandbox::SandboxError>((version, ready))
    });
    match tried.await {
        Ok(Ok((version, ready))) => format!("{version}, starts in {:.1} s", ready.as_secs_f64()),
        Ok(Err(error)) => format!("does not start: {}", error.message().0),
        Err(_) => format!("does not start and end within {} s", PRIVATE.as_secs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'a>(env: &[(&str, &str)]) -> ReportContext<'a> {
        let env = env.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let (state, pack) = (Path::new("/nowhere/e"), Path::new("/nowhere/pack"));
        ReportContext { env, size: None, color: false, state, pack, personal: vec!["siti-rahayu".to_owned()] }
    }

    #[test]
    fn locale_and_terminal_of_an_unusual_form_are_not_shown() {
        let usual = around(&[("LANG", "id_ID.UTF-8"), ("TERM", "xterm-256color")]);
        assert_eq!(locale(&usual), "id_ID.UTF-8 (by LANG)");
        assert_eq!(terminal(&usual), "xterm-256color, no terminal, no colour");
        let odd = around(&[("LC_ALL", "/home/siti"), ("TERM", "/home/siti")]);
        assert_eq!(locale(&odd), "something else (by LC_ALL)");
        assert!(!terminal(&odd).contains("siti"));
        assert_eq!(pack(odd.pack), "not found");
    }

    #[test]
    fn report_names_variables_without_their_values() {
        let env = around(&[
            ("DOCKER_HOST", "tcp://192.168.7.9:2375"),
            ("https_proxy", "http://siti:geheim@proxy:3128"),
            ("NO_PROXY", "laptop-siti"),
            ("HOME", "/home/siti"),
            ("DERMAGA_PACK", "/home/siti/pack"),
        ]);
        assert_eq!(variables(&env), "DERMAGA_PACK, DOCKER_HOST, NO_PROXY, https_proxy");
        assert_eq!(variables(&around(&[])), "none set");
    }

    #[test]
    fn personal_names_in_values_are_replaced() {
        let around = around(&[]);
        assert_eq!(without_names("6.6.8-siti-rahayu\n", &around.personal), "6.6.8-…");
        assert_eq!(without_names("", &around.personal), "unknown");
    }

    #[test]
    fn memory_and_disk_sizes_are_rounded() {
        assert_eq!([about(250 << 20), about(1600 << 20), about(16_300 << 20)], ["200 MB", "2 GB", "16 GB"]);
    }
}
