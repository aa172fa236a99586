//! `dermaga engine`: manages a private engine that runs until it is stopped.

use std::io::{self, Write as _};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::EngineWhat;
use super::{Failure, Settings, exit, runtime};
use crate::pack::Pack;
use crate::sandbox::{self, ImageSource, Running, Sandbox, SandboxSpec, find_binaries};
use crate::shell::single_quoted;
use crate::words::Words;

/// The name of the engine that `dermaga engine start` starts. `dermaga test` names its engines after the run.
const NAME: &str = "dermaga";

/// Runs `dermaga engine`.
pub(super) fn engine(what: EngineWhat, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    sandbox::check_system()?;
    let state = settings.engines()?;
    let said = match what {
        EngineWhat::Start => wait(start(settings, &state, words))?,
        EngineWhat::Stop => {
            wait(stop(&state))?;
            words.say("sandbox-stopped", &[])
        }
        EngineWhat::Status => {
            let engines = sandbox::list(&state);
            if engines.is_empty() {
                settings.tell(&format!(
                    "{}\n→ {}",
                    words.say("sandbox-none", &[]),
                    words.say("sandbox-none.next", &[])
                ));
                return Ok(exit::MACHINE);
            }
            engines.iter().map(|engine| status(engine, words)).collect::<Vec<_>>().join("\n")
        }
        EngineWhat::Env => {
            let running = sandbox::attach(NAME, &state)?;
            let enter = running.enter().join(" ");
            settings.tell(&words.say("sandbox-env", &[("enter", &enter)]));
            env(&running)
        }
    };
    // A closed pipe is no failure.
    let _ = writeln!(io::stdout(), "{said}");
    Ok(exit::MET)
}

async fn start(settings: &Settings, state: &Path, words: &Words) -> Result<String, Failure> {
    let binaries = find_binaries(&settings.path)?;
    let images = if Pack::open(&settings.pack).is_ok() {
        ImageSource::Pack(settings.pack.clone())
    } else {
        settings.tell(&words.say("sandbox-no-pack", &[("path", &settings.pack.display().to_string())]));
        ImageSource::None
    };
    // The engine shares the home folder, so that the person keeps the files that containers write there.
    let shared = settings.home.clone().into_iter().collect();
    let spec = SandboxSpec { detached: true, shared, ..SandboxSpec::new(NAME, state, binaries, images) };
    let sandbox = Sandbox::start(spec).await?;
    let socket = sandbox.socket().display().to_string();
    let said = words.say("sandbox-started", &[("version", &sandbox.running().version), ("socket", &socket)]);
    settings.tell(&said);
    settings.tell(&format!("→ {}", words.say("sandbox-started.next", &[])));
    Ok(socket)
}

/// Stops every engine without an owner process: the user's engine, and the engines that `dermaga test --keep` left.
async fn stop(state: &Path) -> Result<(), Failure> {
    let mut engines: Vec<_> = sandbox::list(state).into_iter().filter(|engine| engine.owner.is_none()).collect();
    if engines.is_empty() {
        engines.push(sandbox::attach(NAME, state)?);
    }
    for engine in engines {
        engine.stop().await?;
    }
    sandbox::recover(state)?;
    Ok(())
}

fn status(engine: &Running, words: &Words) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let minutes = now.saturating_sub(engine.since) / 60;
    let (hours, minutes) = ((minutes / 60).to_string(), (minutes % 60).to_string());
    let age = words.say("sandbox-age", &[("hours", &hours), ("minutes", &minutes)]);
    let (pid, socket) = (engine.pid.to_string(), engine.socket().display().to_string());
    let owner = engine.owner.map(|owner| owner.to_string());
    let key = if owner.is_some() { "sandbox-status-owned" } else { "sandbox-status" };
    let values = [
        ("name", engine.name.as_str()),
        ("version", &engine.version),
        ("api", &engine.api),
        ("pid", &pid),
        ("age", &age),
        ("socket", &socket),
        ("owner", owner.as_deref().unwrap_or_default()),
    ];
    words.say(key, &values)
}

/// Returns the POSIX shell commands that make `docker` use the engine.
fn env(engine: &Running) -> String {
    let host = format!("unix://{}", engine.socket().display());
    let cli = engine.cli();
    let (host, cli) = (single_quoted(&host), single_quoted(&cli.to_string_lossy()));
    format!("export DOCKER_HOST={host}\nexport PATH={cli}:\"$PATH\"")
}

fn wait<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    runtime::one_thread()?.block_on(future)
}
