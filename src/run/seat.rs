//! Where one lesson runs: its folders, and the engine it gets.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::lesson::Bench;
use super::many::{Place, RunSettings};
use crate::engine::{Endpoint, Engine};
use crate::event::{EngineFacts, Verdict};
use crate::judge::{Trouble, TroubleKind, tells_exhaustion};
use crate::lesson::Conditions;
use crate::sandbox::{ImageSource, Sandbox, SandboxSpec};

/// An engine for one lesson, and how its shell reaches it.
pub(super) struct Seat {
    pub(super) facts: EngineFacts,
    engine: Engine,
    conditions: Conditions,
    reach: Vec<(String, String)>,
    enter: Vec<String>,
    netns: Option<PathBuf>,
    /// The folder of the docker CLI that came with the engine.
    cli_dir: Option<PathBuf>,
}

impl Seat {
    /// A clean private engine, the worker's own; or the engine that is there.
    pub(super) async fn take(
        place: &Place,
        abilities: &[String],
        worker: usize,
        work: &Workplace,
        sandbox: &mut Option<Sandbox>,
    ) -> Result<Self, Trouble> {
        let (engine, cli, reach, enter, netns, cli_dir) = match place {
            Place::Private(spec) => {
                if let Some(sandbox) = sandbox {
                    sandbox.renew().await.map_err(|error| no_engine(&error))?;
                } else {
                    let mut spec = SandboxSpec::clone(spec);
                    spec.name = format!("{}-{worker}", spec.name);
                    *sandbox = Some(Sandbox::start(spec).await.map_err(|error| no_engine(&error))?);
                }
                let Some(sandbox) = sandbox.as_ref() else {
                    return Err(Trouble { kind: TroubleKind::Other, detail: "no engine".into() });
                };
                let endpoint = Endpoint::Unix(sandbox.socket().to_path_buf());
                let engine = Engine::connect(&endpoint).await.map_err(|error| no_engine(&error))?;
                let cli = cli_version(&sandbox.cli().join("docker")).await;
                let dir = Some(sandbox.cli().to_path_buf());
                (engine, cli, endpoint.env(), sandbox.enter_at(&work.dir), Some(sandbox.netns()), dir)
            }
            Place::Engine { endpoint, env, cli } => {
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
        let private = matches!(place, Place::Private(_));
        let facts = EngineFacts { version: about.version, api: about.api, family: about.family, cli, private };
        Ok(Self { facts, engine, conditions, reach, enter, netns, cli_dir })
    }

    /// The bench of a lesson here.
    pub(super) fn bench(&self, settings: &RunSettings, work: &Workplace) -> Bench<'_> {
        let path = match &self.cli_dir {
            Some(dir) => format!("{}:{}", dir.display(), settings.path),
            None => settings.path.clone(),
        };
        let mut env = vec![
            ("PATH".into(), path),
            ("HOME".into(), work.home.display().to_string()),
            ("TERM".into(), "xterm-256color".into()),
            ("LANG".into(), "C.UTF-8".into()),
            ("DOCKER_CONFIG".into(), work.config.display().to_string()),
        ];
        env.extend(self.reach.iter().cloned());
        Bench {
            engine: &self.engine,
            conditions: &self.conditions,
            env,
            enter: self.enter.clone(),
            netns: self.netns.clone(),
            dir: work.dir.clone(),
            scratch: work.pipes.clone(),
            pack_only: matches!(&settings.place, Place::Private(spec) if !matches!(spec.images, ImageSource::Hub)),
        }
    }
}

/// A lesson's folders; gone with it unless kept.
pub(super) struct Workplace {
    root: PathBuf,
    pub(super) dir: PathBuf,
    home: PathBuf,
    config: PathBuf,
    pipes: PathBuf,
    keep: bool,
}

impl Workplace {
    pub(super) fn new(scratch: &Path, worker: usize, at: usize, keep: bool) -> Result<Self, Trouble> {
        let root = scratch.join(format!("{worker}.{at}"));
        let part = |name: &str| root.join(name);
        let work = Self { dir: part("work"), home: part("home"), config: part("docker"), pipes: part("p"), root, keep };
        for dir in [&work.dir, &work.home, &work.config, &work.pipes] {
            std::fs::create_dir_all(dir)
                .map_err(|error| trouble_of(&error, TroubleKind::Other, &dir.display().to_string()))?;
        }
        Ok(work)
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.root);
        }
    }
}

/// Why there is no engine for a lesson.
fn no_engine(error: &(dyn Error + 'static)) -> Trouble {
    trouble_of(error, TroubleKind::EngineGone, "")
}

/// An error in full, about `what` unless that is empty; a full disk or a machine that ran out of
/// something is told as such, whatever could not be done for it.
pub(super) fn trouble_of(error: &(dyn Error + 'static), kind: TroubleKind, what: &str) -> Trouble {
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
        _ if detail.to_lowercase().contains(NO_SPACE) => TroubleKind::NoSpace,
        _ if tells_exhaustion(&detail) => TroubleKind::Exhausted,
        kind => kind,
    };
    Trouble { kind, detail }
}

/// As the system and the engine's log say it.
const NO_SPACE: &str = "no space left on device";

impl From<Trouble> for Verdict {
    fn from(trouble: Trouble) -> Self {
        Self::Broken(trouble)
    }
}

/// The major version in `20.10.24+dfsg1`.
pub(super) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The version a docker CLI says it has, or the empty text.
pub async fn cli_version(docker: &Path) -> String {
    let output = tokio::process::Command::new(docker).arg("--version").kill_on_drop(true).output().await;
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.split_once("version ")
        .map_or("", |(_, rest)| rest)
        .split([',', ' ', '\n'])
        .next()
        .unwrap_or_default()
        .to_owned()
}
