//! Prepares the engine and the environment of a worker's lesson.

use std::error::Error;
use std::path::Path;

use super::cli_version::{cli_version, conditions};
use super::failure::infra_failure_from;
use super::lesson_dirs::LessonDirs;
use super::settings::{EngineTarget, RunSettings};
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::driver::LessonEnv;
use crate::engine::{Endpoint, Engine};
use crate::event::EngineFacts;
use crate::sandbox::{ImageSource, NODES, Sandbox, SandboxError, SandboxSpec, write_contexts};

/// The facts about an engine for one lesson, and the lesson's environment on the engine.
pub(super) struct WorkerSlot {
    pub(super) facts: EngineFacts,
    pub(super) env: LessonEnv,
}

impl WorkerSlot {
    /// Prepares the environment of a lesson on the engine of `settings.target`: the worker's private engine or an
    /// existing engine.
    pub(super) async fn prepare(
        settings: &RunSettings,
        dirs: &LessonDirs,
        sandbox: Option<&Sandbox>,
    ) -> Result<Self, InfraFailure> {
        let mut path = settings.path.clone();
        let (mut enter, mut namespaces) = (Vec::new(), None);
        let (engine, cli, host) = match &settings.target {
            EngineTarget::Engine { endpoint, env, cli } => {
                let engine = Engine::connect(endpoint).await.map_err(|error| no_engine(&error))?;
                (engine, cli.clone(), env.clone())
            }
            EngineTarget::Private(_) => {
                let sandbox = sandbox.ok_or_else(|| InfraFailure {
                    kind: InfraFailureKind::EngineGone,
                    detail: "no private engine".into(),
                })?;
                let endpoint = Endpoint::Unix(sandbox.socket());
                let engine = Engine::connect(&endpoint).await.map_err(|error| no_engine(&error))?;
                let engine = with_nodes(engine, sandbox, &dirs.config).await?;
                // If the shell finds the engine at the usual path, no `DOCKER_HOST` is set. Without `DOCKER_HOST`,
                // docker prints the same lines as for a learner.
                let host = if has_usual_socket() { Vec::new() } else { endpoint.env() };
                let variables = [dirs.variables().to_vec(), host.clone()].concat();
                let cli = cli_version(&sandbox.cli().join("docker"), &variables).await.unwrap_or_default();
                path = format!("{}:{path}", sandbox.cli().display());
                enter = sandbox.enter_at(&dirs.work);
                namespaces = Some(sandbox.namespaces());
                (engine, cli, host)
            }
        };
        let about = engine.about().await?;
        let usual = [("PATH", path.as_str()), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
        let usual = usual.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let private = matches!(settings.target, EngineTarget::Private(_));
        let env = LessonEnv {
            engine,
            conditions: conditions(&cli, &about, settings.abilities.clone()),
            variables: usual.into_iter().chain(dirs.variables()).chain(host).collect(),
            enter,
            namespaces,
            dir: dirs.work.clone(),
            scratch: dirs.pipes.clone(),
            label: None,
            pack_only: matches!(&settings.target, EngineTarget::Private(spec) if !matches!(spec.images, ImageSource::Hub)),
        };
        let facts = EngineFacts { version: about.version, api: about.api, family: about.family, cli, private };
        Ok(Self { facts, env })
    }
}

/// Starts the worker's private engine. If the engine already runs, replaces it by a clean engine. If `two` is set,
/// prepares a second engine too.
pub(super) async fn start_or_renew(
    spec: &SandboxSpec,
    two: bool,
    worker: usize,
    sandbox: &mut Option<Sandbox>,
) -> Result<(), SandboxError> {
    if let Some(sandbox) = sandbox {
        return sandbox.renew(two).await;
    }
    let name = format!("{}-{worker}", spec.name);
    *sandbox = Some(Sandbox::start(SandboxSpec { name, two, ..spec.clone() }).await?);
    Ok(())
}

/// Adds the first and the second engine under their names, so that claims can name an engine. Writes a context of the
/// docker CLI for each name. Does nothing if there is no second engine.
///
/// # Errors
/// Fails if the second engine does not answer, or if the contexts cannot be written into the CLI's folder `config`.
pub async fn with_nodes(engine: Engine, sandbox: &Sandbox, config: &Path) -> Result<Engine, InfraFailure> {
    if !sandbox.running().has_two() {
        return Ok(engine);
    }
    write_contexts(config)
        .map_err(|error| infra_failure_from(&error, InfraFailureKind::Other, &config.display().to_string()))?;
    let mut with_nodes = engine;
    for ((name, _), (socket, namespaces)) in NODES.into_iter().zip(sandbox.running().nodes()) {
        let node = Engine::connect(&Endpoint::Unix(socket)).await.map_err(|error| no_engine(&error))?;
        with_nodes = with_nodes.with_node(name, node, namespaces);
    }
    Ok(with_nodes)
}

/// Whether docker's default path leads to the socket that the private engine opens in `/run`.
fn has_usual_socket() -> bool {
    std::fs::canonicalize("/var/run").is_ok_and(|run| run == Path::new("/run"))
}

fn no_engine(error: &(dyn Error + 'static)) -> InfraFailure {
    infra_failure_from(error, InfraFailureKind::EngineGone, "")
}
