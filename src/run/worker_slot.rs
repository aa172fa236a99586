//! Where one lesson runs: its folders, and the engine it gets.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::lesson::Bench;
use super::workers::{EngineTarget, RunSettings};
use crate::claims::{InfraFailure, InfraFailureKind, tells_exhaustion};
use crate::engine::{Endpoint, Engine};
use crate::event::{EngineFacts, Verdict};
use crate::lesson::Conditions;
use crate::sandbox::{ImageSource, NODES, Sandbox, SandboxError, SandboxSpec, write_contexts};

/// An engine for one lesson, and how its shell reaches it.
pub(super) struct WorkerSlot {
    pub(super) facts: EngineFacts,
    engine: Engine,
    conditions: Conditions,
    reach: Vec<(String, String)>,
    enter: Vec<String>,
    room: Option<PathBuf>,
    /// The folder of the docker CLI that came with the engine.
    cli_dir: Option<PathBuf>,
}

/// Why a lesson has no engine.
pub(super) enum SlotError {
    /// The private engine does not start: the next lesson would not get one either.
    Sandbox(SandboxError),
    /// Anything else.
    Infra(InfraFailure),
}

impl From<SandboxError> for SlotError {
    fn from(error: SandboxError) -> Self {
        Self::Sandbox(error)
    }
}

impl From<InfraFailure> for SlotError {
    fn from(failure: InfraFailure) -> Self {
        Self::Infra(failure)
    }
}

impl WorkerSlot {
    /// A clean private engine, the worker's own, or `two`; or the engine that is there.
    pub(super) async fn take(
        target: &EngineTarget,
        abilities: &[String],
        two: bool,
        worker: usize,
        dirs: &LessonDirs,
        sandbox: &mut Option<Sandbox>,
    ) -> Result<Self, SlotError> {
        let (engine, cli, reach, enter, room, cli_dir) = match target {
            EngineTarget::Private(spec) => {
                if let Some(sandbox) = sandbox {
                    sandbox.renew(two).await?;
                } else {
                    let mut spec = SandboxSpec::clone(spec);
                    spec.name = format!("{}-{worker}", spec.name);
                    spec.two = two;
                    *sandbox = Some(Sandbox::start(spec).await?);
                }
                let Some(sandbox) = sandbox.as_ref() else {
                    return Err(InfraFailure { kind: InfraFailureKind::Other, detail: "no engine".into() }.into());
                };
                let endpoint = Endpoint::Unix(sandbox.socket().to_path_buf());
                let engine = Engine::connect(&endpoint).await.map_err(|error| no_engine(&error))?;
                let engine = with_nodes(engine, sandbox, &dirs.config).await?;
                // Its shell finds the engine where a learner's is, so that what docker says of it is the same.
                let reach = if has_usual_socket() { Vec::new() } else { endpoint.env() };
                let env = [dirs.env().to_vec(), reach.clone()].concat();
                let cli = cli_version(&sandbox.cli().join("docker"), &env).await.unwrap_or_default();
                let dir = Some(sandbox.cli().to_path_buf());
                (engine, cli, reach, sandbox.enter_at(&dirs.dir), Some(sandbox.room()), dir)
            }
            EngineTarget::Engine { endpoint, env, cli } => {
                let engine = Engine::connect(endpoint).await.map_err(|error| no_engine(&error))?;
                (engine, cli.clone(), env.clone(), Vec::new(), None, None)
            }
        };
        let about = engine.about().await?;
        let conditions = Conditions {
            cli_major: major(&cli).or_else(|| major(&about.version)).unwrap_or_default(),
            family: about.family,
            abilities: abilities.to_vec(),
        };
        let private = matches!(target, EngineTarget::Private(_));
        let facts = EngineFacts { version: about.version, api: about.api, family: about.family, cli, private };
        Ok(Self { facts, engine, conditions, reach, enter, room, cli_dir })
    }

    /// The bench of a lesson here.
    pub(super) fn bench(&self, settings: &RunSettings, dirs: &LessonDirs) -> Bench<'_> {
        let path = match &self.cli_dir {
            Some(dir) => format!("{}:{}", dir.display(), settings.path),
            None => settings.path.clone(),
        };
        let mut env =
            vec![("PATH".into(), path), ("TERM".into(), "xterm-256color".into()), ("LANG".into(), "C.UTF-8".into())];
        env.extend(dirs.env());
        env.extend(self.reach.iter().cloned());
        Bench {
            engine: &self.engine,
            conditions: &self.conditions,
            env,
            enter: self.enter.clone(),
            room: self.room.clone(),
            dir: dirs.dir.clone(),
            scratch: dirs.pipes.clone(),
            pack_only: matches!(&settings.target, EngineTarget::Private(spec) if !matches!(spec.images, ImageSource::Hub)),
        }
    }
}

/// The engine with the names by which claims ask it and its second, which the docker CLI then has as contexts too.
///
/// # Errors
/// If the second engine does not answer, or its contexts cannot be written into the CLI's folder `config`.
pub async fn with_nodes(engine: Engine, sandbox: &Sandbox, config: &Path) -> Result<Engine, InfraFailure> {
    let Some(second) = sandbox.running().second() else { return Ok(engine) };
    write_contexts(config)
        .map_err(|error| infra_failure_from(&error, InfraFailureKind::Other, &config.display().to_string()))?;
    let other = Engine::connect(&Endpoint::Unix(second.socket)).await.map_err(|error| no_engine(&error))?;
    let [(first, _), (last, _)] = NODES;
    let alone = engine.clone();
    Ok(engine.with_node(first, alone, sandbox.room()).with_node(last, other, second.room))
}

/// A lesson's folders; gone with it unless kept.
pub(super) struct LessonDirs {
    root: PathBuf,
    pub(super) dir: PathBuf,
    home: PathBuf,
    config: PathBuf,
    pipes: PathBuf,
    keep: bool,
}

impl LessonDirs {
    pub(super) fn new(scratch: &Path, worker: usize, at: usize, keep: bool) -> Result<Self, InfraFailure> {
        let root = scratch.join(format!("{worker}.{at}"));
        let part = |name: &str| root.join(name);
        let dirs = Self { dir: part("work"), home: part("home"), config: part("docker"), pipes: part("p"), root, keep };
        for dir in [&dirs.dir, &dirs.home, &dirs.config, &dirs.pipes] {
            std::fs::create_dir_all(dir)
                .map_err(|error| infra_failure_from(&error, InfraFailureKind::Other, &dir.display().to_string()))?;
        }
        Ok(dirs)
    }

    /// A home and a docker configuration of the lesson's own.
    fn env(&self) -> [(String, String); 2] {
        [("HOME", &self.home), ("DOCKER_CONFIG", &self.config)]
            .map(|(name, path)| (name.to_owned(), path.display().to_string()))
    }
}

impl Drop for LessonDirs {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.root);
        }
    }
}

/// Whether the private engine's second socket, in `/run`, is the one that docker takes by default.
fn has_usual_socket() -> bool {
    std::fs::canonicalize("/var/run").is_ok_and(|run| run == Path::new("/run"))
}

/// Why there is no engine for a lesson.
fn no_engine(error: &(dyn Error + 'static)) -> InfraFailure {
    infra_failure_from(error, InfraFailureKind::EngineGone, "")
}

/// An error in full, about `what` unless that is empty; a full disk or a machine that ran out of
/// something is told as such, whatever could not be done for it.
pub(super) fn infra_failure_from(error: &(dyn Error + 'static), kind: InfraFailureKind, what: &str) -> InfraFailure {
    let mut detail = what.to_owned();
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        // Some errors name their cause themselves.
        if !detail.ends_with(&text) {
            let separator = if detail.is_empty() { "" } else { ": " };
            let _ = write!(detail, "{separator}{text}");
        }
        cause = error.source();
    }
    let kind = match kind {
        _ if detail.to_lowercase().contains(NO_SPACE) => InfraFailureKind::NoSpace,
        _ if tells_exhaustion(&detail) => InfraFailureKind::Exhausted,
        kind => kind,
    };
    InfraFailure { kind, detail }
}

/// As the system and the engine's log say it.
const NO_SPACE: &str = "no space left on device";

impl From<InfraFailure> for Verdict {
    fn from(failure: InfraFailure) -> Self {
        Self::Broken(failure)
    }
}

/// The major version in `20.10.24+dfsg1`.
pub(super) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// What a person may have set for their own docker CLI, which a lesson's does not see.
const PERSONAL: [&str; 8] = [
    "DOCKER_API_VERSION",
    "DOCKER_CERT_PATH",
    "DOCKER_CONFIG",
    "DOCKER_CONTEXT",
    "DOCKER_DEFAULT_PLATFORM",
    "DOCKER_HOST",
    "DOCKER_TLS",
    "DOCKER_TLS_VERIFY",
];

/// A docker CLI with a lesson's environment, `env`.
pub(super) fn docker_command(docker: &Path, env: &[(String, String)]) -> tokio::process::Command {
    let mut command = tokio::process::Command::new(docker);
    for name in PERSONAL {
        command.env_remove(name);
    }
    command.envs(env.iter().map(|(name, value)| (name, value))).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// The version a docker CLI says it has in a lesson's environment.
///
/// # Errors
/// With its own words, or the system's, when it says none.
pub async fn cli_version(docker: &Path, env: &[(String, String)]) -> Result<String, String> {
    let output = docker_command(docker, env).arg("--version").output().await;
    let output = output.map_err(|error| format!("{}: {error}", docker.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    match version_in(&said) {
        Some(version) => Ok(version.to_owned()),
        None => Err(format!("{said}{}", String::from_utf8_lossy(&output.stderr)).trim().to_owned()),
    }
}

/// `20.10.24+dfsg1` in `Docker version 20.10.24+dfsg1, build 297e128`
fn version_in(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("version ")?;
    rest.split([',', ' ', '\n']).next().filter(|version| major(version).is_some())
}
