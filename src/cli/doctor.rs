//! `dermaga doctor`: reports the problems of this machine and how to solve them.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::termios::tcgetwinsize;

use super::{Failure, Settings, exit, runtime};
use crate::doctor::{HealthFinding, Impact, Machine, ReportContext, ask_hub, examine, write_report};
use crate::transcript::sanitise_values;
use crate::words::Words;

/// The values of `DOCKER_HOST` that name the system's own engine.
const SYSTEM_SOCKETS: [&str; 2] = ["unix:///var/run/docker.sock", "unix:///run/docker.sock"];

/// Examines this machine. Returns exit code 4 if a problem keeps lessons from working. With `--report`, prints a text
/// for a bug report and returns 0, even if there are problems.
pub(super) fn doctor(report: bool, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let runtime = runtime::one_thread()?;
    let machine = async {
        Machine {
            path: settings.path.clone(),
            root: PathBuf::from("/"),
            endpoint: settings.current_engine(),
            now: SystemTime::now(),
            hub: ask_hub().await,
            by_host: settings.variable("DOCKER_HOST").is_some_and(|host| !SYSTEM_SOCKETS.contains(&host)),
            by_context: settings.variable("DOCKER_CONTEXT").is_some(),
            as_root: rustix::process::geteuid().is_root(),
            data: None,
        }
    };
    if report {
        let state = settings.cache.join("e");
        let text = runtime.block_on(async { write_report(&machine.await, &surroundings(settings, &state)).await });
        runtime.shutdown_background();
        // Only the report itself goes to standard output. So `dermaga doctor --report >FILE` writes nothing else to
        // FILE.
        let _ = writeln!(io::stderr(), "{}\n", settings.fold(&words.say("doctor-report", &[])));
        let _ = writeln!(io::stdout(), "{text}");
        return Ok(exit::MET);
    }
    let found = runtime.block_on(async { examine(&machine.await).await });
    // Ends the runtime without waiting for a host name that is still being resolved.
    runtime.shutdown_background();
    let mut out = io::stdout().lock();
    for finding in found.iter().filter(|finding| !settings.quiet || finding.impact > Impact::Fine) {
        // A closed pipe is no failure.
        let _ = writeln!(out, "{}", settings.fold_out(&tell(finding, words)));
    }
    let blocked = found.iter().any(|finding| finding.impact == Impact::Blocks);
    let text = words.say(if blocked { "doctor-blocked" } else { "doctor-ready" }, &[]);
    let _ = writeln!(out, "{}", settings.fold_out(&text));
    Ok(if blocked { exit::MACHINE } else { exit::MET })
}

fn surroundings<'a>(settings: &'a Settings, state: &'a Path) -> ReportContext<'a> {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let home = settings.home.as_deref().unwrap_or(Path::new(""));
    let folder = home.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let user = ["USER", "LOGNAME", "SUDO_USER"].map(|name| std::env::var(name).unwrap_or_default());
    let names = [home.display().to_string(), folder, host.trim().to_owned()].into_iter().chain(user);
    ReportContext {
        env: std::env::vars_os().collect(),
        size: tcgetwinsize(io::stdout())
            .or_else(|_| tcgetwinsize(io::stderr()))
            .ok()
            .map(|size| (size.ws_col, size.ws_row)),
        color: settings.color_out,
        state,
        pack: &settings.pack,
        // The report replaces these names. Very short names and `root` stay, because they occur within other words.
        personal: names.filter(|name| name.len() >= 3 && name != "root" && name != "/root").collect(),
    }
}

fn tell(finding: &HealthFinding, words: &Words) -> String {
    let args = sanitise_values(&finding.args);
    // The sign is for sighted readers, the word for screen readers.
    let mark = match finding.impact {
        Impact::Fine => "✓".to_owned(),
        Impact::Note => format!("! {}", words.say("doctor-note", &[])),
        Impact::Blocks => format!("✗ {}", words.say("doctor-mend", &[])),
    };
    let mut text = format!("{mark} {}", words.say_values(finding.key, &args));
    if let Some(means) = words.find_values(&format!("{}.means", finding.key), &args) {
        text.push_str(&format!("\n  {means}"));
    }
    for command in &finding.mend {
        text.push_str(&format!("\n  → {command}"));
    }
    text
}
