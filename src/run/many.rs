//! Many lessons, each on a clean engine, several at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::lesson::{Bench, LessonRun, Outcome, prove};
use crate::engine::{Endpoint, Engine};
use crate::event::{EngineFacts, Event, LessonRef, SkipReason, Summary, Tally, Verdict};
use crate::judge::{Trouble, TroubleKind};
use crate::lesson::{Conditions, Lesson};
use crate::record::{RecordedStep, Recording};
use crate::run::Tell;
use crate::sandbox::{ImageSource, Sandbox, SandboxSpec};
use crate::text::Edit;

/// One lesson to run.
#[derive(Debug, Clone)]
pub struct Job {
    /// The lesson, parsed without errors.
    pub lesson: Arc<Lesson>,
    /// The recording that the book shows of it.
    pub shown: Option<Arc<Recording>>,
}

/// What a lesson's run leaves, beside what was told.
#[derive(Debug, Clone)]
pub struct Left {
    /// The job's number.
    pub job: usize,
    /// Edits to its source.
    pub edits: Vec<Edit>,
    /// What happened in it, when all is met and it was to be recorded.
    pub recorded: Vec<RecordedStep>,
    /// The engine it ran on.
    pub engine: Option<EngineFacts>,
    /// Whether all of it was met.
    pub met: bool,
}

/// How a run of many lessons is done.
#[derive(Debug, Clone)]
pub struct RunSettings {
    /// How each lesson is run.
    pub lesson: LessonRun,
    /// How many at a time; each job has an engine of its own.
    pub jobs: usize,
    /// Keep the lessons' directories and do not clean the engine after the last lesson.
    pub keep: bool,
    /// Where lessons run.
    pub place: Place,
    /// A folder of ours with a short path, for lessons' directories and pipes.
    pub scratch: PathBuf,
    /// The `PATH` that lessons see after the engine's own docker CLI.
    pub path: String,
    /// Images that are stand-ins, with what they are instead.
    pub stand_ins: Vec<(String, String)>,
    /// Set when the person wants the run to stop.
    pub stop: Arc<AtomicBool>,
}

/// Where lessons run.
#[derive(Debug, Clone)]
pub enum Place {
    /// On private engines of our own; each job's name and state get its number.
    Private(Box<SandboxSpec>),
    /// On an engine that is there; one job only.
    Engine {
        /// How it is reached.
        endpoint: Endpoint,
        /// The environment in which the lesson's docker CLI reaches it.
        env: Vec<(String, String)>,
        /// The docker CLI's version.
        cli: String,
    },
}

/// Runs all jobs and tells what happens; what the lessons leave comes back in the jobs' order.
pub async fn run_all(jobs: Vec<Job>, settings: RunSettings, tell: &Tell) -> (Summary, Vec<Left>) {
    let begun = Instant::now();
    let _ = tell.send(Event::RunStarted { lessons: jobs.len() });
    let jobs = Arc::new(jobs);
    let settings = Arc::new(settings);
    let next = Arc::new(AtomicUsize::new(0));
    let announced = Arc::new(AtomicBool::new(false));
    let failed = Arc::new(AtomicBool::new(false));
    let workers = settings.jobs.clamp(1, jobs.len().max(1));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..workers {
        let worker = Worker {
            number,
            jobs: Arc::clone(&jobs),
            settings: Arc::clone(&settings),
            next: Arc::clone(&next),
            announced: Arc::clone(&announced),
            failed: Arc::clone(&failed),
            tell: tell.clone(),
        };
        tasks.spawn(worker.work());
    }
    let mut summary = Summary::default();
    let mut left = Vec::new();
    while let Some(done) = tasks.join_next().await {
        for (at, outcome) in done.unwrap_or_default() {
            match outcome.verdict {
                Verdict::Met => summary.met += 1,
                Verdict::Differs(_) => summary.differs += 1,
                Verdict::Broken(_) => summary.broken += 1,
                Verdict::Skipped(_) => summary.skipped += 1,
            }
            summary.tally.add(outcome.tally);
            let met = matches!(outcome.verdict, Verdict::Met);
            let recorded = if met { outcome.recorded } else { Vec::new() };
            left.push(Left { job: at, edits: outcome.edits, recorded, engine: outcome.engine, met });
        }
    }
    left.sort_by_key(|left| left.job);
    let _ = tell.send(Event::RunEnded { summary, elapsed: begun.elapsed() });
    (summary, left)
}

struct Worker {
    number: usize,
    jobs: Arc<Vec<Job>>,
    settings: Arc<RunSettings>,
    next: Arc<AtomicUsize>,
    announced: Arc<AtomicBool>,
    failed: Arc<AtomicBool>,
    tell: Tell,
}

impl Worker {
    async fn work(self) -> Vec<(usize, Outcome)> {
        let mut outcomes = Vec::new();
        let mut sandbox: Option<Sandbox> = None;
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(at) else { break };
            let outcome = if self.settings.stop.load(Ordering::Relaxed) {
                self.not_run(&job.lesson, Verdict::Skipped(SkipReason::Interrupted))
            } else if self.settings.lesson.fail_fast && self.failed.load(Ordering::Relaxed) {
                self.not_run(&job.lesson, Verdict::Skipped(SkipReason::FailFast))
            } else {
                match self.one(at, job, &mut sandbox).await {
                    Ok(outcome) => outcome,
                    Err(trouble) => self.not_run(&job.lesson, Verdict::Broken(trouble)),
                }
            };
            if matches!(outcome.verdict, Verdict::Differs(_) | Verdict::Broken(_)) {
                self.failed.store(true, Ordering::Relaxed);
            }
            outcomes.push((at, outcome));
        }
        if let Some(sandbox) = sandbox
            && !self.settings.keep
        {
            let _ = sandbox.stop().await;
        }
        outcomes
    }

    /// A lesson that could not begin.
    fn not_run(&self, lesson: &Lesson, verdict: Verdict) -> Outcome {
        let name = LessonRef { id: lesson.id.clone(), title: lesson.title.clone(), source: lesson.source.clone() };
        let mut tally = Tally::default();
        match verdict {
            Verdict::Broken(_) => tally.broken += 1,
            _ => tally.skipped += 1,
        }
        let _ = self.tell.send(Event::LessonEnded {
            lesson: name,
            verdict: verdict.clone(),
            tally,
            elapsed: std::time::Duration::ZERO,
            updated: false,
        });
        Outcome { verdict, tally, edits: Vec::new(), recorded: Vec::new(), engine: None }
    }

    async fn one(&self, at: usize, job: &Job, sandbox: &mut Option<Sandbox>) -> Result<Outcome, Trouble> {
        let work = Workplace::new(&self.settings.scratch, self.number, at, self.settings.keep)?;
        let (engine, cli, reach, enter, netns, cli_dir, private) = match &self.settings.place {
            Place::Private(spec) => {
                if let Some(sandbox) = sandbox {
                    sandbox.renew().await.map_err(|error| engine_gone(&error))?;
                } else {
                    let mut spec = SandboxSpec::clone(spec);
                    spec.name = format!("{}-{}", spec.name, self.number);
                    *sandbox = Some(Sandbox::start(spec).await.map_err(|error| engine_gone(&error))?);
                }
                let Some(sandbox) = sandbox.as_ref() else { return Err(other("no engine")) };
                let endpoint = Endpoint::Unix(sandbox.socket().to_path_buf());
                let engine = Engine::connect(&endpoint).await.map_err(|error| engine_gone(&error))?;
                let cli = cli_version(&sandbox.cli().join("docker")).await;
                let dir = Some(sandbox.cli().to_path_buf());
                (engine, cli, endpoint.env(), sandbox.enter_at(&work.dir), Some(sandbox.netns()), dir, true)
            }
            Place::Engine { endpoint, env, cli } => {
                let engine = Engine::connect(endpoint).await.map_err(|error| engine_gone(&error))?;
                (engine, cli.clone(), env.clone(), Vec::new(), None, None, false)
            }
        };
        let about = engine.about().await?;
        let conditions = Conditions {
            cli_major: major(&cli).or_else(|| major(&about.version)).unwrap_or_default(),
            family: about.family,
            abilities: if private { vec!["private".into()] } else { Vec::new() },
        };
        let facts = EngineFacts {
            version: about.version.clone(),
            api: about.api.clone(),
            family: about.family,
            cli: cli.clone(),
            private,
        };
        if !self.announced.swap(true, Ordering::Relaxed) {
            let _ = self.tell.send(Event::EngineReady(facts.clone()));
            for (image, note) in &self.settings.stand_ins {
                let _ = self.tell.send(Event::StandIn { image: image.clone(), note: note.clone() });
            }
        }
        let path = cli_dir
            .map_or_else(|| self.settings.path.clone(), |dir| format!("{}:{}", dir.display(), self.settings.path));
        let mut env = vec![
            ("PATH".into(), path),
            ("HOME".into(), work.home.display().to_string()),
            ("TERM".into(), "xterm-256color".into()),
            ("LANG".into(), "C.UTF-8".into()),
            ("DOCKER_CONFIG".into(), work.config.display().to_string()),
        ];
        env.extend(reach);
        let bench = Bench {
            engine: &engine,
            conditions: &conditions,
            env,
            enter,
            netns,
            dir: work.dir.clone(),
            scratch: work.pipes.clone(),
            pack_only: matches!(&self.settings.place, Place::Private(spec) if spec.images != ImageSource::Hub),
        };
        // An engine of another kind or major version may rightly print something else than the recording.
        let shown = job.shown.as_deref().filter(|shown| {
            shown.engine.family == conditions.family && major(&shown.engine.cli) == Some(conditions.cli_major)
        });
        let outcome = prove(&job.lesson, &bench, &self.settings.lesson, shown, &self.tell).await;
        Ok(Outcome { engine: Some(facts), ..outcome })
    }
}

/// A lesson's folders; gone with it unless kept.
struct Workplace {
    root: PathBuf,
    dir: PathBuf,
    home: PathBuf,
    config: PathBuf,
    pipes: PathBuf,
    keep: bool,
}

impl Workplace {
    fn new(scratch: &Path, worker: usize, at: usize, keep: bool) -> Result<Self, Trouble> {
        let root = scratch.join(format!("{worker}.{at}"));
        let part = |name: &str| root.join(name);
        let work = Self { dir: part("work"), home: part("home"), config: part("docker"), pipes: part("p"), root, keep };
        for dir in [&work.dir, &work.home, &work.config, &work.pipes] {
            std::fs::create_dir_all(dir)
                .map_err(|error| Trouble { kind: TroubleKind::Other, detail: format!("{}: {error}", dir.display()) })?;
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

fn engine_gone(error: &dyn std::error::Error) -> Trouble {
    let mut detail = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        detail.push_str(": ");
        detail.push_str(&error.to_string());
        cause = error.source();
    }
    Trouble { kind: TroubleKind::EngineGone, detail }
}

fn other(detail: &str) -> Trouble {
    Trouble { kind: TroubleKind::Other, detail: detail.into() }
}

/// The major version in `20.10.24+dfsg1`.
fn major(version: &str) -> Option<u32> {
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
