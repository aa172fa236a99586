//! `dermaga learn` and `dermaga watch`: choose a lesson and an engine, then teach.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::args::LearnArgs;
use super::place::images;
use super::scratch::Scratch;
use super::{Failure, FailureKind, Settings, exit};
use crate::engine::{Endpoint, Engine};
use crate::learn::{self, Left, Place, Record, Visit};
use crate::lesson::{Conditions, Lesson, LessonFile, plan};
use crate::page::{Color, PageStyle};
use crate::progress::{Answered, Moment, ProgressEvent, QuizKey, Status, StepKey, What, step_digest};
use crate::report::diagnostic;
use crate::run::cli_version;
use crate::sandbox::{self, Sandbox, SandboxSpec, find_binaries};
use crate::store;
use crate::store::progress::ProgressStore;
use crate::text::Severity;
use crate::transcript::sanitise;
use crate::words::Words;

/// Runs `dermaga learn`, or `dermaga watch`.
pub(super) fn learn(args: &LearnArgs, settings: &Settings, watch: bool) -> Result<u8, Failure> {
    let words = Words::new(settings.lang);
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() || !learn::has_terminal() {
        return Err(Failure::new(FailureKind::Usage, "learn-no-terminal"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(FailureKind::Machine, "failure-runtime").because(error))?;
    let mut given = args.lesson.clone();
    loop {
        let Some(file) = choose(given.take().as_deref(), settings, &words)? else { return Ok(exit::MET) };
        let left = runtime.block_on(visit(&file, args, settings, &words, watch))?;
        match left {
            Left::Menu => {}
            Left::Gone => return Ok(exit::INTERRUPTED),
            Left::Quit => {
                let id = sanitise(&file.id.0);
                let _ = writeln!(io::stdout(), "{}", words.say("learn-left", &[("lesson", &id)]));
                return Ok(exit::MET);
            }
        }
    }
}

/// The lesson that is named, by path or by id; without a name the person chooses from the course here.
fn choose(given: Option<&str>, settings: &Settings, words: &Words) -> Result<Option<LessonFile>, Failure> {
    let named = given.map(PathBuf::from).filter(|path| path.is_file());
    let paths: Vec<PathBuf> = named.clone().into_iter().collect();
    let collection = store::read_collection(&paths).map_err(Failure::from)?;
    let mut files: Vec<&LessonFile> = collection.chosen().map(|(_, file)| file).collect();
    if named.is_none() {
        let tag = settings.lang.tag();
        let mine = |file: &&LessonFile| file.lang.as_deref().is_none_or(|lang| lang == tag);
        if files.iter().any(mine) {
            files.retain(mine);
        }
    }
    let file = match (&given, named) {
        (_, Some(_)) => files.first().copied(),
        (Some(id), None) => {
            let found = files.iter().copied().find(|file| file.id.0 == *id);
            if found.is_none() {
                let known: Vec<&str> = files.iter().map(|file| file.id.0.as_str()).collect();
                return Err(Failure::new(FailureKind::Usage, "learn-no-lesson")
                    .with("given", *id)
                    .with("known", known.join(", ")));
            }
            found
        }
        (None, None) => pick(&files, settings, words),
    };
    let Some(file) = file else { return Ok(None) };
    let errors = file.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let mut wrong = false;
    for error in errors {
        wrong = true;
        let text = diagnostic::render(&file.source, error, words, settings.color_err, settings.width);
        let _ = writeln!(io::stderr(), "{text}\n");
    }
    if wrong {
        return Err(Failure::new(FailureKind::Source, "failure-no-lessons"));
    }
    Ok(Some(file.clone()))
}

/// A list with numbers: the first lesson that is not finished is offered.
fn pick<'a>(files: &[&'a LessonFile], settings: &Settings, words: &Words) -> Option<&'a LessonFile> {
    let (store, _) = ProgressStore::open(&settings.state.join("progress.db"));
    let history = store.history();
    let mut out = io::stdout();
    let _ = writeln!(out, "{}", words.say("learn-which", &[]));
    let open = files.iter().position(|file| !history.finished(&file.id)).unwrap_or(0);
    for (at, file) in files.iter().enumerate() {
        let mark = if history.finished(&file.id) { "✔" } else { " " };
        let _ = writeln!(out, " {mark} {:>2}  {}", at + 1, sanitise(&file.lesson.title));
    }
    loop {
        let _ = write!(out, "{}", words.say("learn-pick", &[("number", &(open + 1).to_string())]));
        let _ = out.flush();
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim();
        if line.is_empty() {
            return files.get(open).copied();
        }
        if line == "q" {
            return None;
        }
        let chosen = line.parse::<usize>().ok().and_then(|number| files.get(number.checked_sub(1)?).copied());
        if let Some(file) = chosen.or_else(|| files.iter().copied().find(|file| file.id.0 == line)) {
            return Some(file);
        }
    }
}

async fn visit(
    file: &LessonFile,
    args: &LearnArgs,
    settings: &Settings,
    words: &Words,
    watch: bool,
) -> Result<Left, Failure> {
    let lesson = &file.lesson;
    let id = format!("l{}", std::process::id());
    let scratch = Scratch::new(&id)?;
    let made = place(lesson, args, settings, words, scratch.path()).await;
    let (place, sandbox) = match made {
        Ok(made) => made,
        Err(failure) => {
            let _ = std::fs::remove_dir_all(scratch.path());
            return Err(failure);
        }
    };
    let plan = plan(lesson, &place.conditions);
    let left = if let Some(need) = &plan.missing {
        Err(Failure::new(FailureKind::Machine, "learn-missing").with("need", need.clone()))
    } else {
        teach(lesson, &plan, &place, settings, watch).await
    };
    if let Some(sandbox) = sandbox {
        let _ = sandbox.stop().await;
    }
    let _ = std::fs::remove_dir_all(scratch.path());
    left
}

async fn teach(
    lesson: &Lesson,
    plan: &crate::lesson::Plan,
    place: &Place,
    settings: &Settings,
    watch: bool,
) -> Result<Left, Failure> {
    let (mut progress, _) = ProgressStore::open(&settings.state.join("progress.db"));
    let history = progress.history();
    let key = |step: &crate::lesson::Step| StepKey {
        lesson: lesson.id.clone(),
        step: step.id.clone(),
        digest: step_digest(lesson, step),
    };
    let done: Vec<(usize, crate::walk::Done)> = lesson
        .steps
        .iter()
        .enumerate()
        .filter_map(|(at, step)| {
            let done = match history.passed(&key(step)) {
                Status::Passed => crate::walk::Done::Passed,
                Status::Helped => crate::walk::Done::Helped,
                Status::Skipped => crate::walk::Done::Skipped,
                _ => return None,
            };
            Some((at, done))
        })
        .collect();
    let last = history.last().filter(|(of, _)| *of == lesson.id && !history.finished(of)).map(|(_, step)| step);
    let begin = last.and_then(|last| lesson.steps.iter().position(|step| step.id == last)).unwrap_or(0);
    let mut record = |record: Record| {
        let what = match record {
            Record::Reached(at) => What::Reached { lesson: lesson.id.clone(), step: lesson.steps[at].id.clone() },
            Record::Step(at, done) => What::Step {
                key: key(&lesson.steps[at]),
                done: match done {
                    crate::walk::Done::Passed => crate::progress::Done::Passed,
                    crate::walk::Done::Helped => crate::progress::Done::Helped,
                    crate::walk::Done::Skipped => crate::progress::Done::Skipped,
                },
            },
            Record::Quiz(at, number, right) => What::Answered {
                quiz: QuizKey { lesson: lesson.id.clone(), step: lesson.steps[at].id.clone(), number },
                answer: match right {
                    Some(true) => Answered::Right,
                    Some(false) => Answered::Later,
                    None => Answered::Wrong,
                },
            },
            Record::Finished => What::Finished { lesson: lesson.id.clone() },
        };
        let _ = progress.record(&ProgressEvent { at: Moment::from(SystemTime::now()), what });
    };
    let color = if settings.color_out { Color::Dark } else { Color::None };
    let style = PageStyle { width: settings.width.clamp(20, 100), color, plain: false, lang: settings.lang };
    let visit = Visit { lesson, plan, place, style, done, begin, record: &mut record };
    let fail = |error: Box<dyn std::error::Error + Send + Sync>| {
        Failure::new(FailureKind::Machine, "failure-runtime").because(error)
    };
    if watch {
        let host = place.env.iter().find(|(name, _)| name == "DOCKER_HOST").map(|(_, host)| host.as_str());
        let line = host.map(|host| format!("`export DOCKER_HOST={host}`"));
        return learn::watch(visit, line.as_deref()).await.map_err(|error| fail(error.into()));
    }
    learn::teach(visit).await.map_err(|error| fail(error.into()))
}

async fn place(
    lesson: &Lesson,
    args: &LearnArgs,
    settings: &Settings,
    words: &Words,
    scratch: &Path,
) -> Result<(Place, Option<Sandbox>), Failure> {
    let current = match args.engine.as_deref() {
        Some("private") => None,
        Some("current") => {
            let endpoint = settings.current_engine().map_err(|error| unreachable_engine("current", error))?;
            let engine = Engine::connect(&endpoint).await.map_err(|error| unreachable_engine("current", error))?;
            Some((endpoint, engine))
        }
        Some(url) => {
            let endpoint: Endpoint = url.parse().map_err(|error: crate::engine::EngineError| {
                Failure::new(FailureKind::Usage, "failure-engine-name").with("engine", url).because(error)
            })?;
            let engine = Engine::connect(&endpoint).await.map_err(|error| unreachable_engine(url, error))?;
            Some((endpoint, engine))
        }
        None => match settings.current_engine() {
            Ok(endpoint) => Engine::connect(&endpoint).await.ok().map(|engine| (endpoint, engine)),
            Err(_) => None,
        },
    };
    let dir = settings.state.join("work").join(&lesson.id.0);
    let make = |dir: &Path| {
        std::fs::create_dir_all(dir).map_err(|error| {
            Failure::new(FailureKind::Machine, "failure-folder").with("path", dir.display().to_string()).because(error)
        })
    };
    make(&dir)?;
    let mut env: Vec<(String, String)> = settings
        .shell_env
        .iter()
        .filter(|(name, _)| {
            !name.starts_with("DOCKER_") && !name.starts_with("BASH_") && !NOT_HANDED_ON.contains(&name.as_str())
        })
        .cloned()
        .collect();
    let path = settings.path.to_string_lossy().into_owned();
    let (engine, cli, sandbox) = if let Some((endpoint, engine)) = current {
        env.extend(settings.shell_env.iter().filter(|(name, _)| name == "DOCKER_CONFIG").cloned());
        env.push(("DOCKER_HOST".into(), endpoint.to_string()));
        (engine, cli_version(Path::new("docker")).await, None)
    } else {
        let sandbox = start_private(args, settings, words).await?;
        let endpoint = Endpoint::Unix(sandbox.socket().to_path_buf());
        let engine = Engine::connect(&endpoint).await.map_err(|error| unreachable_engine("private", error))?;
        let config = scratch.join("docker");
        make(&config)?;
        env.push(("DOCKER_CONFIG".into(), config.display().to_string()));
        env.push(("DOCKER_HOST".into(), endpoint.to_string()));
        env.push(("PATH".into(), format!("{}:{path}", sandbox.cli().display())));
        let cli = cli_version(&sandbox.cli().join("docker")).await;
        (engine, cli, Some(sandbox))
    };
    let about = engine
        .about()
        .await
        .map_err(|trouble| Failure::new(FailureKind::Machine, "failure-connect").with("engine", trouble.detail))?;
    let major = |version: &str| version.split('.').next().and_then(|major| major.parse().ok());
    let private = sandbox.is_some();
    let kind = words.say(if private { "learn-private" } else { "learn-current" }, &[]);
    let place = Place {
        conditions: Conditions {
            cli_major: major(&cli).or_else(|| major(&about.version)).unwrap_or_default(),
            family: about.family,
            abilities: if private { vec!["private".into()] } else { Vec::new() },
        },
        engine,
        env,
        enter: sandbox.as_ref().map(|sandbox| sandbox.enter_at(&dir)).unwrap_or_default(),
        netns: sandbox.as_ref().map(Sandbox::netns),
        dir,
        scratch: scratch.to_path_buf(),
        history: Some(settings.state.join("history")),
        label: None,
        name: format!("Docker {} · {kind}", about.version),
    };
    Ok((place, sandbox))
}

/// Variables of the person's own shell that would change the lesson's.
const NOT_HANDED_ON: [&str; 8] =
    ["PROMPT_COMMAND", "PS0", "PS1", "PS2", "ENV", "HISTFILE", "HISTCONTROL", "HISTIGNORE"];

fn unreachable_engine(name: &str, error: crate::engine::EngineError) -> Failure {
    Failure::new(FailureKind::Machine, "failure-connect").with("engine", name).because(error)
}

async fn start_private(args: &LearnArgs, settings: &Settings, words: &Words) -> Result<Sandbox, Failure> {
    let nothing = |error: sandbox::SandboxError| {
        if args.engine.is_some() {
            return Failure::from(error);
        }
        Failure::new(FailureKind::Machine, "learn-no-engine").because(error)
    };
    let binaries = find_binaries(&settings.path).map_err(nothing)?;
    let (source, _) = images(&args.images, settings)?;
    let _ = writeln!(io::stdout(), "{}", words.say("learn-starting", &[]));
    let state = settings.cache.join("e");
    let _ = sandbox::recover(&state);
    let name = format!("l{}", std::process::id());
    Sandbox::start(SandboxSpec::new(&name, &state, binaries, source)).await.map_err(nothing)
}
