//! `dermaga test`: runs lessons on an engine, and checks their output and claims.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use super::args::TestArgs;
use super::own::{may_run, trust_store, untrusted};
use super::place::{no_version, place, private};
use super::record;
use super::scratch::{self, Scratch};
use super::{Failure, Settings, exit, runtime};
use crate::event::{Event, Summary};
use crate::lesson::{Block, Lesson, LessonFile, needs};
use crate::report::{JsonReporter, JunitReporter, Reporter, Style, TerminalReporter};
use crate::run::{
    EngineTarget, EventSender, Job, LessonResult, LessonRunOptions, RunResult, RunSettings, abilities, run_all,
    run_mutants,
};
use crate::sandbox::{self, Running};
use crate::signals::is_ignored;
use crate::store::{self, FileError};
use crate::text::{Severity, apply};
use crate::transcript::sanitise;
use crate::words::Words;

/// The time limit for a stopped run to report its end. The same limit applies to the end of the run's engines.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(2);

/// Runs `dermaga test`.
pub(super) fn test(args: &TestArgs, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let built_in = args.built_in.then(|| store::built_in::unpack(&settings.cache)).transpose()?;
    let paths = built_in.map_or_else(|| args.paths.clone(), |root| vec![root]);
    // A lesson with a mistake is not updated, recorded or mutated. The author must correct the mistake first.
    let in_part = !args.update && !args.record && !args.mutants;
    let Collected { files, wrong, engine, nothing } = collect(&paths, in_part, settings, words)?;
    let engine = args.engine.clone().map_or(engine, Ok)?;
    let mut jobs: Vec<Job> = Vec::new();
    let mut places: Vec<record::LessonPlace> = Vec::new();
    let chosen = files.into_iter().enumerate().filter(|(at, _)| args.partition.is_none_or(|(k, n)| at % n == k - 1));
    for (_, (course, file)) in chosen {
        let mistake = first_mistake(&file);
        let place = record::LessonPlace { path: file.path, course, root: file.root };
        let shown = if args.record || args.update || args.mutants { None } else { place.shown(&file.lesson) };
        places.push(place);
        jobs.push(Job { lesson: Arc::new(file.lesson), mistake, shown });
    }
    if jobs.is_empty() {
        return if wrong { Ok(exit::SOURCE) } else { Err(nothing) };
    }
    if !args.yes {
        let mut store = trust_store(settings);
        let lessons = places.iter().zip(&jobs).map(|(place, job)| (place.path.as_path(), job.lesson.as_ref()));
        let untrusted = untrusted(lessons, &store);
        if !may_run(&untrusted, &mut store, settings, words)? {
            return Ok(exit::USAGE);
        }
    }
    if args.update {
        let check = |place: &record::LessonPlace| store::check_replaceable(place.root.as_deref(), &place.path);
        places.iter().try_for_each(check)?;
    }
    if let Some(path) = &args.junit {
        // Empties an old report. If the file cannot be written, the command fails before the run.
        write_junit(path, &[])?;
    }
    let runtime = runtime::two_threads()?;
    let proved = runtime.block_on(prove(&engine, args, settings, words, jobs, &places));
    let (summary, updated) = match proved {
        Ok(proved) => {
            runtime.shutdown_background();
            proved
        }
        Err(failure) => {
            // Unfinished lessons and engines end with the runtime. Then nothing writes to the folders.
            runtime.shutdown_timeout(SHUTDOWN_LIMIT);
            let _ = settings.engines().and_then(|state| sandbox::recover(&state));
            if !args.keep {
                let _ = std::fs::remove_dir_all(scratch::path(&run_id()));
            }
            // The exit code of a mistake in a source takes precedence over that of a machine that is not ready.
            let is_source = wrong && failure.code == exit::MACHINE;
            return Err(if is_source { Failure { code: exit::SOURCE, ..failure } } else { failure });
        }
    };
    let mut codes = vec![if wrong { exit::SOURCE } else { exit::MET }];
    if !wrong || summary.tally.commands > 0 {
        codes.push(summary_code(&summary));
    }
    updated?;
    Ok(exit::worst(codes))
}

fn summary_code(summary: &Summary) -> u8 {
    let ran = summary.met + summary.differs + summary.broken;
    if summary.broken > 0 || ran == 0 {
        exit::MACHINE
    } else if summary.differs > 0 {
        exit::DIFFERS
    } else {
        exit::MET
    }
}

/// Returns the byte offset of the first mistake in a lesson's source.
fn first_mistake(file: &LessonFile) -> Option<usize> {
    let errors = file.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    errors.map(|error| error.span.start).min()
}

/// Whether the lesson has a command before the first mistake in its source.
fn has_commands_before_mistake(file: &LessonFile) -> bool {
    let mut blocks = file.lesson.steps.iter().flat_map(|step| &step.blocks);
    first_mistake(file).is_some_and(|mistake| {
        blocks.any(|block| block.span().end <= mistake && matches!(block, Block::Transcript(one) if !one.attrs.blank))
    })
}

/// Collects the lessons to run, and prints the errors in their sources on standard error. Includes a lesson with errors
/// only if `in_part` is true and a command comes before the first error. From a whole course, takes only the lessons in
/// the source language, because `lint` compares the translations with these lessons.
fn collect(paths: &[PathBuf], in_part: bool, settings: &Settings, words: &Words) -> Result<Collected, Failure> {
    let collection = store::read_collection(paths).map_err(Failure::from)?;
    let mut wrong = false;
    for course in &collection.courses {
        wrong |= settings.tell_errors(&course.course.source, &course.diagnostics, words);
    }
    let mut files = Vec::new();
    let mut engines: Vec<&str> = Vec::new();
    for (course, file) in collection.chosen() {
        if course.is_some_and(|course| course.whole && !course.is_source(file)) {
            continue;
        }
        let engine = course.and_then(|course| course.course.engine.as_ref());
        engines.push(engine.map_or(sandbox::DEFAULT_ENGINE, |engine| &engine.value));
        wrong |= settings.tell_errors(&file.source, &file.diagnostics, words);
        if first_mistake(file).is_none() || (in_part && has_commands_before_mistake(file)) {
            files.push((course.map(|course| course.root.clone()), file.clone()));
        }
    }
    engines.sort_unstable();
    engines.dedup();
    let engine = match engines[..] {
        [] => Ok(sandbox::DEFAULT_ENGINE.to_owned()),
        [engine] => Ok(engine.to_owned()),
        _ => Err(Failure::new(exit::USAGE, "failure-several-engines").with("engines", engines.join(", "))),
    };
    let nothing = Failure::no_lessons(&collection);
    Ok(Collected { files, wrong, engine, nothing })
}

/// The lessons of a run.
struct Collected {
    /// Lessons with their courses' directories.
    files: Vec<(Option<PathBuf>, LessonFile)>,
    /// Whether any lesson has errors in its source.
    wrong: bool,
    /// The engine that the courses name, if all of them name the same one.
    engine: Result<String, Failure>,
    /// The failure to return if there is no lesson.
    nothing: Failure,
}

async fn prove(
    engine: &str,
    args: &TestArgs,
    settings: &Settings,
    words: &Words,
    jobs: Vec<Job>,
    places: &[record::LessonPlace],
) -> Result<(Summary, Result<(), Failure>), Failure> {
    let lessons: Vec<_> = jobs.iter().map(|job| Arc::clone(&job.lesson)).collect();
    if args.mutants && private(engine, settings).is_none() {
        return Err(Failure::new(exit::USAGE, "failure-mutants-engine"));
    }
    let state = settings.engines()?;
    let run_id = run_id();
    let scratch = Scratch::new(&run_id)?;
    if args.keep {
        scratch.keep();
    }
    let (target, stand_ins) = place(engine, args, settings, &state, scratch.path(), &run_id).await?;
    let needed: Vec<&str> = lessons.iter().flat_map(|lesson| needs(lesson)).collect();
    let (is_private, docker) = match &target {
        EngineTarget::Private(spec) => (true, spec.engine.docker.clone()),
        EngineTarget::Engine { .. } => (false, PathBuf::from("docker")),
    };
    // Ask docker for its abilities without the person's settings, because the lessons' shell does not use these settings either.
    let bare = ["DOCKER_CONFIG", "HOME"].map(|name| (name.to_owned(), scratch.path().display().to_string()));
    let abilities = abilities(&needed, is_private, &docker, &bare).await.map_err(|failure| no_version(&failure))?;
    let cancel = CancellationToken::new();
    let run = RunSettings {
        lesson: LessonRunOptions {
            timeout: args.timeout,
            fail_fast: args.fail_fast,
            update: args.update,
            record: args.record,
            mutant: args.mutants,
        },
        jobs: if matches!(target, EngineTarget::Engine { .. }) { 1 } else { usize::from(args.jobs) },
        keep: args.keep,
        target,
        abilities,
        scratch: scratch.path().to_owned(),
        path: settings.path.to_string_lossy().into_owned(),
        stand_ins: used(stand_ins, &lessons),
        cancel: cancel.clone(),
    };
    let (sender, events) = EventSender::channel();
    let grouped = run.jobs > 1;
    let mut junit = Vec::new();
    let outcome = {
        let mut reporters = reporters(args, &mut junit, settings);
        let listening = listen(events, &mut reporters, grouped);
        let running = async {
            let result =
                if args.mutants { run_mutants(jobs, run, &sender).await } else { run_all(jobs, run, &sender).await };
            drop(sender);
            result
        };
        let both = async { tokio::join!(running, listening) };
        tokio::pin!(both);
        tokio::select! {
            outcome = &mut both => Some(outcome),
            () = stopped() => {
                cancel.cancel();
                let _ = tokio::time::timeout(SHUTDOWN_LIMIT, both).await;
                None
            }
        }
    };
    if !args.keep {
        let _ = std::fs::remove_dir_all(scratch.path());
        let _ = sandbox::recover(&state);
    }
    let reported = args.junit.as_ref().map_or(Ok(()), |path| write_junit(path, &junit));
    let Some((ran, heard)) = outcome else {
        return Err(Failure::new(exit::INTERRUPTED, "failure-interrupted"));
    };
    heard.map_err(|error| Failure::new(exit::MACHINE, "failure-report").because(error))?;
    if args.keep {
        tell_kept(scratch.path(), &ran.kept, settings, words);
    }
    let RunResult { summary, results, no_engine, .. } = ran;
    let updated = write_updates(&results, &lessons, places);
    if args.record {
        record::write(&results, &lessons, places)?;
        record::warn_of_machine(&results, &lessons, settings, words);
    }
    reported?;
    match no_engine {
        Some(error) => Err(error.into()),
        None => Ok((summary, updated)),
    }
}

/// Prints the folder and the engines that `--keep` left, and how to remove them.
fn tell_kept(folder: &Path, engines: &[Running], settings: &Settings, words: &Words) {
    let folder = folder.display().to_string();
    let mut lines = vec![words.say("run-kept-folder", &[("path", &folder)])];
    for engine in engines {
        let socket = engine.socket().display().to_string();
        lines.push(words.say("run-kept-engine", &[("socket", &socket)]));
    }
    if !engines.is_empty() {
        lines.push(format!("→ {}", words.say("run-kept-engine.next", &[])));
    }
    let _ = writeln!(io::stderr(), "{}", settings.fold(&lines.join("\n")));
}

/// Waits until a signal stops the run: Ctrl-C, a cancelled CI job, or a closed terminal. Ignores a signal that was
/// already ignored when Dermaga started, as with `nohup`.
pub(super) async fn stopped() {
    let wait = async |wanted: Signal| match signal(SignalKind::from_raw(wanted.as_raw())) {
        Ok(mut signal) if !is_ignored(wanted) => {
            signal.recv().await;
        }
        _ => std::future::pending().await,
    };
    tokio::select! {
        () = wait(Signal::INT) => {}
        () = wait(Signal::TERM) => {}
        () = wait(Signal::HUP) => {}
    }
}

/// Returns only the stand-in images that a lesson uses.
fn used(stand_ins: Vec<(String, String)>, lessons: &[Arc<Lesson>]) -> Vec<(String, String)> {
    let uses = |image: &str| {
        lessons.iter().any(|lesson| {
            let front = &lesson.front;
            front
                .images
                .iter()
                .chain(&front.have)
                .any(|used| used.value == image || format!("{}:latest", used.value) == image)
        })
    };
    stand_ins.into_iter().filter(|(image, _)| uses(image)).collect()
}

fn run_id() -> String {
    format!("t{}", std::process::id())
}

fn write_junit(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if store::is_standard_output(path) {
        let _ = io::stdout().write_all(bytes);
        return Ok(());
    }
    Ok(store::write_named(path, bytes)?)
}

/// Returns the reporters that `args` asks for. The `JUnit` file is collected in `junit` until it is written as a whole.
fn reporters<'a>(args: &TestArgs, junit: &'a mut Vec<u8>, settings: &Settings) -> Vec<Box<dyn Reporter + 'a>> {
    let mut reporters: Vec<Box<dyn Reporter + 'a>> = Vec::new();
    let style = Style {
        color: settings.color_out,
        live: settings.live && !args.json && args.jobs == 1,
        verbose: settings.verbose,
        quiet: settings.quiet,
        width: settings.width,
        wrap: io::stdout().is_terminal(),
    };
    if args.json {
        reporters.push(Box::new(JsonReporter::new(BufWriter::new(io::stdout()))));
    } else if !args.junit.as_deref().is_some_and(store::is_standard_output) {
        reporters.push(Box::new(TerminalReporter::new(io::stdout(), Words::new(settings.lang), style)));
    }
    if args.junit.is_some() {
        reporters.push(Box::new(JunitReporter::new(junit, Words::new(settings.lang))));
    }
    reporters
}

/// Passes events to the reporters. If several lessons run at a time, holds the events of each lesson back until that
/// lesson ends, so that they are printed together.
async fn listen(
    mut events: UnboundedReceiver<Event>,
    reporters: &mut [Box<dyn Reporter + '_>],
    grouped: bool,
) -> io::Result<()> {
    let mut waiting: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    let mut closed = false;
    while let Some(event) = events.recv().await {
        let ready = match event.lesson() {
            Some(lesson) if grouped => {
                let path = lesson.path().to_owned();
                let ends = matches!(event, Event::LessonEnded { .. } | Event::MutantsEnded { .. });
                waiting.entry(path.clone()).or_default().push(event);
                if ends { waiting.remove(&path).unwrap_or_default() } else { Vec::new() }
            }
            _ => vec![event],
        };
        for event in &ready {
            for reporter in reporters.iter_mut() {
                match reporter.event(event) {
                    // A closed pipe ends the output, not the run.
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => closed = true,
                    Err(error) if !closed => return Err(error),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// Writes the edits of `--update` to the lessons' files. Fails if a file changed after Dermaga read it.
fn write_updates(
    results: &[(usize, LessonResult)],
    lessons: &[Arc<Lesson>],
    places: &[record::LessonPlace],
) -> Result<(), Failure> {
    for (job, result) in results.iter().filter(|(_, result)| !result.edits.is_empty()) {
        let (lesson, path) = (&lessons[*job], &places[*job].path);
        let fail = |key| Failure::new(exit::MACHINE, key).with("path", sanitise(&path.display().to_string()));
        let before = lesson.source.text();
        let text = apply(before, &result.edits).map_err(|error| fail("failure-update").because(error))?;
        store::replace(places[*job].root.as_deref(), path, before, &text).map_err(|error| match error {
            FileError::Changed(_) => fail("failure-changed"),
            error => error.into(),
        })?;
    }
    Ok(())
}
