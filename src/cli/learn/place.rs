//! Prepares the engine on which a lesson is taught: the person's own engine behind a gateway, or a private one.

use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::LearnSession;
use crate::claims::InfraFailure;
use crate::cli::place::{images, no_version, private};
use crate::cli::{Failure, exit};
use crate::driver::LessonEnv;
use crate::engine::{Endpoint, Engine};
use crate::gateway::{Gateway, GatewaySpec, LESSON_LABEL, journals, sessions};
use crate::learn::{EngineGuard, published_ports};
use crate::lesson::{LessonFile, needs};
use crate::run::{TWO_ENGINES, abilities, cli_version, conditions, with_nodes};
use crate::sandbox::{self, Sandbox, SandboxError, SandboxSpec};
use crate::store::built_in::is_built_in;
use crate::store::create_private_folder;

/// A lesson's engine and directories. The gateway in `guard` and the private engine in `sandbox` must not end before
/// the lesson.
pub(super) struct PreparedLesson {
    pub(super) env: LessonEnv,
    /// The file with the shell's history.
    pub(super) history: PathBuf,
    /// The engine's name that the learner sees.
    pub(super) engine_name: String,
    pub(super) guard: Option<EngineGuard>,
    pub(super) sandbox: Option<Sandbox>,
}

/// The variables of the person's shell that the lesson's shell does not inherit. These variables would change the
/// prompt, the history or the start of the lesson's shell.
const NOT_HANDED_ON: [&str; 8] =
    ["PROMPT_COMMAND", "PS0", "PS1", "PS2", "ENV", "HISTFILE", "HISTCONTROL", "HISTIGNORE"];

impl LearnSession<'_> {
    /// Returns the name of the engine that the person chose, or else of the engine that the lesson's course names.
    fn engine_name(&self, file: &LessonFile) -> Option<&str> {
        let course = || self.course_of(file)?.course.engine.as_ref();
        self.args.engine.as_deref().or_else(|| course().map(|engine| engine.value.as_str()))
    }

    /// Connects to the engine that may already have a lesson's images. Returns `None` for a private engine, or if no
    /// engine answers.
    pub(super) fn engine_of_needs(&self) -> Option<Engine> {
        let name = self.args.engine.as_deref().unwrap_or("current");
        if is_private(name) {
            return None;
        }
        let endpoint = self.settings.named_engine(name).ok()?;
        self.runtime.block_on(Engine::connect(&endpoint)).ok()
    }

    /// Connects to the engine that the person named, or else to the current engine if it answers. Returns `None` if the
    /// lesson will use a private engine.
    pub(super) async fn current(&self, file: &LessonFile) -> Result<Option<(Endpoint, Engine)>, Failure> {
        if let Some(name) = self.engine_name(file) {
            if is_private(name) {
                return Ok(None);
            }
            let endpoint = self.settings.named_engine(name)?;
            if self.hides_ports(&endpoint, file) {
                return Err(Failure::new(exit::MACHINE, "learn-ports-inside"));
            }
            let engine = Engine::connect(&endpoint).await?;
            return Ok(Some((endpoint, engine)));
        }
        // Two kinds of lessons do not use the person's engine: lessons that are not built in, and lessons that need an
        // engine for themselves.
        let alone = file.lesson.front.needs.iter().any(|need| ["private", TWO_ENGINES].contains(&need.value.as_str()));
        if alone || !is_built_in(file.source.text()) {
            return Ok(None);
        }
        let Ok(endpoint) = self.settings.current_engine() else { return Ok(None) };
        if self.hides_ports(&endpoint, file) {
            return Ok(None);
        }
        Ok(Engine::connect(&endpoint).await.ok().map(|engine| (endpoint, engine)))
    }

    /// Whether the lesson publishes ports on an engine of `dermaga engine start`. Such ports answer only in the network
    /// of that engine, and the lesson's shell is outside of it.
    fn hides_ports(&self, endpoint: &Endpoint, file: &LessonFile) -> bool {
        let Ok(state) = self.settings.engines() else { return false };
        let is_it = |socket: PathBuf| *endpoint == Endpoint::Unix(socket);
        !published_ports(&file.lesson).is_empty() && sandbox::list(&state).iter().any(|engine| is_it(engine.socket()))
    }

    /// Prepares the engine and the directories for a lesson.
    pub(super) async fn place(&self, file: &LessonFile, scratch: &Path) -> Result<PreparedLesson, Failure> {
        let lesson = &file.lesson;
        let settings = &self.settings;
        let work = settings.state.join("work");
        let mut dir = work.join(&lesson.id.0);
        // If the home folder is not writable, the lesson gets a temporary folder, which is removed afterwards.
        // Containers read the lesson's folder, so the folder gets the default mode.
        if create_private_folder(&work).is_err() || make(&dir).is_err() {
            dir = scratch.join("work").join(&lesson.id.0);
            make(&dir)?;
        }
        let kept = |(name, _): &&(String, String)| {
            !name.starts_with("DOCKER_") && !name.starts_with("BASH_") && !NOT_HANDED_ON.contains(&name.as_str())
        };
        let mut env: Vec<(String, String)> = settings.shell_env.iter().filter(kept).cloned().collect();
        if !settings.color_out {
            env.retain(|(name, _)| name != "NO_COLOR");
            env.push(("NO_COLOR".into(), "1".into()));
        }
        let path = settings.path.to_string_lossy().into_owned();
        let history = settings.state.join("history");
        let (engine, docker, guard, sandbox) = if let Some((endpoint, engine)) = self.current(file).await? {
            env.extend(settings.shell_env.iter().filter(|(name, _)| name == "DOCKER_CONFIG").cloned());
            let guard = self.guard(endpoint, file, &dir, scratch).await?;
            env.push(("DOCKER_HOST".into(), format!("unix://{}", guard.gateway.socket().display())));
            (engine, PathBuf::from("docker"), Some(guard), None)
        } else {
            let (config, home) = (scratch.join("docker"), scratch.join("home"));
            make(&config)?;
            make(&home)?;
            let history = make_file(&history).then(|| history.clone());
            let shared = [Some(dir.clone()), Some(scratch.to_owned()), history].into_iter().flatten().collect();
            let sandbox = self.start_private(file, scratch, shared).await?;
            let endpoint = Endpoint::Unix(sandbox.socket());
            let engine = Engine::connect(&endpoint).await?;
            env.push(("HOME".into(), home.display().to_string()));
            let engine = with_nodes(engine, &sandbox, &config).await.map_err(gone)?;
            env.push(("DOCKER_CONFIG".into(), config.display().to_string()));
            // With two engines, `DOCKER_HOST` would override `docker context use`. Without `DOCKER_HOST`, docker still
            // uses the first engine.
            if self.watch || !sandbox.running().has_two() {
                env.push(("DOCKER_HOST".into(), endpoint.to_string()));
            }
            env.push(("PATH".into(), format!("{}:{path}", sandbox.cli().display())));
            let docker = sandbox.cli().join("docker");
            (engine, docker, None, Some(sandbox))
        };
        let cli = cli_version(&docker, &env).await.unwrap_or_default();
        let about = engine.about().await.map_err(gone)?;
        let private = sandbox.is_some();
        let kind = self.words.say(if private { "learn-private" } else { "learn-current" }, &[]);
        let abilities = abilities(&needs(lesson), private, &docker, &env).await;
        let abilities = abilities.map_err(|trouble| no_version(&trouble))?;
        let lesson_env = LessonEnv {
            conditions: conditions(&cli, &about, abilities),
            engine,
            variables: env,
            enter: sandbox.as_ref().map(|sandbox| sandbox.enter_at(&dir)).unwrap_or_default(),
            namespaces: sandbox.as_ref().map(Sandbox::namespaces),
            dir,
            scratch: scratch.to_path_buf(),
            // With `watch`, objects that the person makes in their own terminal have no label.
            label: (!private && !self.watch).then(|| format!("{LESSON_LABEL}={}", lesson.id)),
            pack_only: private && self.args.images != "hub",
        };
        let engine_name = format!("Docker {} · {kind}", about.version);
        Ok(PreparedLesson { env: lesson_env, history, engine_name, guard, sandbox })
    }

    /// Starts a gateway in front of the person's own engine.
    async fn guard(
        &self,
        upstream: Endpoint,
        file: &LessonFile,
        dir: &Path,
        scratch: &Path,
    ) -> Result<EngineGuard, Failure> {
        let journals = journals(&self.settings.state);
        // If the folder cannot be created, the gateway reports the error.
        let _ = create_private_folder(&journals);
        let session = session(&journals, &file.id.0);
        let view = self.args.view;
        let spec = GatewaySpec {
            upstream,
            socket: scratch.join("g.sock"),
            journal: journals.join(format!("{session}.jsonl")),
            session,
            lesson: file.id.clone(),
            dir: dir.to_path_buf(),
            view,
            lang: self.settings.lang,
        };
        let (gateway, told) = Gateway::start(spec).await.map_err(|error| Failure::from(&error))?;
        Ok(EngineGuard { gateway, told, journals, view })
    }

    /// Starts a private engine. Only the files in `shared` keep the changes that the learner makes.
    async fn start_private(&self, file: &LessonFile, scratch: &Path, shared: Vec<PathBuf>) -> Result<Sandbox, Failure> {
        let is_built_in = is_built_in(file.source.text());
        let named = self.engine_name(file);
        let nothing = |error: SandboxError| {
            if named.is_some() {
                return Failure::from(error);
            }
            let key = match &error {
                _ if !is_built_in => "learn-no-private",
                SandboxError::NotLinux { .. } => "learn-no-engine-only",
                _ => "learn-no-engine",
            };
            Failure::new(exit::MACHINE, key).caused_by(error.message())
        };
        let binaries = match private(named.unwrap_or("private"), &self.settings) {
            Some(Err(failure)) if named.is_some() => return Err(failure),
            Some(Ok(binaries)) => binaries,
            _ => sandbox::find_binaries(&self.settings.path).map_err(nothing)?,
        };
        let (source, _) = images(&self.args.images, &self.settings)?;
        let _ = writeln!(io::stdout(), "{}", self.words.say("learn-starting", &[]));
        let mut state = self.settings.engines()?;
        if make(&state).is_err() {
            state = scratch.join("e");
        }
        let _ = sandbox::recover(&state);
        let name = format!("l{}", std::process::id());
        let two = needs(&file.lesson).contains(&TWO_ENGINES);
        let spec = SandboxSpec { shared, two, ..SandboxSpec::new(&name, &state, binaries, source) };
        Sandbox::start(spec).await.map_err(nothing)
    }
}

fn gone(failure: InfraFailure) -> Failure {
    Failure::new(exit::MACHINE, "trouble-engine-gone").because(failure.detail)
}

fn is_private(engine: &str) -> bool {
    engine == "private" || engine.starts_with("private:")
}

/// Returns the name of the lesson's session. If a session with that name still runs, returns a new name.
fn session(journals: &Path, lesson: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = lesson.chars().map(plain).take(48).collect();
    let name = format!("l-{name}");
    let alive = sessions(journals).iter().any(|session| session.name == name && session.alive);
    if alive { format!("{name}-{}", std::process::id()) } else { name }
}

/// Creates a file if it does not exist. Returns whether the file can be written.
fn make_file(path: &Path) -> bool {
    std::fs::File::options().append(true).create(true).mode(0o600).open(path).is_ok()
}

fn make(dir: &PathBuf) -> Result<(), Failure> {
    std::fs::create_dir_all(dir).map_err(|error| {
        Failure::new(exit::MACHINE, "failure-folder").with("path", dir.display().to_string()).because(error)
    })
}
