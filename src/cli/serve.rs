//! `dermaga serve`: serves the site on this computer, and builds the site again when a file changes.

use std::io::Write as _;
use std::path::PathBuf;

use super::args::ServeArgs;
use super::lint::{LintSettings, errors};
use super::{Failure, Settings, exit, runtime};
use crate::lesson::lint::LintFinding;
use crate::report::Style;
use crate::report::diagnostic::render;
use crate::serve::{BuildProblem, Notice, ServeEvent, bind_listener, serve as serve_site};
use crate::site::{self, BuildOptions, BuiltSite, SiteError};
use crate::store::read_collection;
use crate::words::Words;

/// The width in columns of the diagnostics that a page shows.
const PAGE_WIDTH: usize = 100;

/// Runs `dermaga serve`.
pub(super) fn serve(args: ServeArgs, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let paths: Vec<PathBuf> = args.path.into_iter().collect();
    let collection = read_collection(&paths)?;
    let root = collection.courses.first().map(|course| course.root.clone()).ok_or(SiteError::Nothing)?;
    let runtime = runtime::two_threads()?;
    let ended = runtime.block_on(async {
        let no_port = |error| Failure::new(exit::MACHINE, "serve-failed-port").because(error);
        let (listener, address) = bind_listener(args.port).await.map_err(no_port)?;
        let say = |text: String| {
            let _ = writeln!(std::io::stderr(), "{text}");
        };
        if address.port() != args.port && args.port != 0 {
            let (port, other) = (args.port.to_string(), address.port().to_string());
            say(words.say("serve-taken", &[("port", &port), ("other", &other)]));
        }
        let told = |told| match told {
            ServeEvent::SlowWatch => say(words.say("serve-slow-watch", &[])),
            ServeEvent::Ready(ready) => {
                match ready {
                    Ok(_) if settings.quiet => {}
                    Ok(pages) => say(words.count("serve-ready", pages, &[])),
                    Err(wrong) => {
                        say(wrong.terminal);
                        say(words.say("serve-waiting", &[]));
                    }
                }
                // Prints the address only when the site is ready, so that a program that reads the address can request
                // a page at once.
                let _ = writeln!(std::io::stdout(), "http://{address}/");
                let _ = std::io::stdout().flush();
            }
            ServeEvent::Changed(_) | ServeEvent::Mended if settings.quiet => {}
            ServeEvent::Changed(took) => say(words.say("serve-changed", &[("time", &took.as_millis().to_string())])),
            ServeEvent::Mended => say(words.say("serve-mended", &[])),
            ServeEvent::Problem(wrong) => say(wrong.terminal),
        };
        let notice = Notice {
            lang: settings.lang.tag().to_owned(),
            title: words.say("serve-wrong", &[]),
            why: words.say("serve-wrong-why", &[]),
        };
        let making = settings.clone();
        let lint = LintSettings::of(settings);
        let options = BuildOptions { url: None, preprocessors: args.preprocessors };
        let make = move || make(&paths, &making, &lint, options);
        tokio::select! {
            served = serve_site(listener, &root, notice, make, told) => {
                let place = root.display().to_string();
                served.map_err(|error| Failure::new(exit::MACHINE, "serve-failed-watch").with("path", place).because(error))
            }
            () = super::test::stopped() => Ok(()),
        }
    });
    runtime.shutdown_background();
    ended.map(|()| exit::MET)
}

/// Builds the site from the current files, or returns the problem.
fn make(
    paths: &[PathBuf],
    settings: &Settings,
    lint: &LintSettings,
    options: BuildOptions<'_>,
) -> Result<BuiltSite, BuildProblem> {
    let words = Words::new(settings.lang);
    let failed = |failure: Failure| {
        let text = failure.explain(&words);
        BuildProblem { page: text.clone(), terminal: text }
    };
    let collection = read_collection(paths).map_err(|error| failed(error.into()))?;
    let course = collection.courses.first().ok_or_else(|| failed(SiteError::Nothing.into()))?;
    let wrong = errors(&collection, lint);
    if !wrong.is_empty() {
        return Err(drawn(&wrong, &words, settings));
    }
    site::make(course, options).map_err(|error| match error {
        SiteError::Dead(found) => drawn(&found, &words, settings),
        error => failed(error.into()),
    })
}

fn drawn(found: &[LintFinding], words: &Words, settings: &Settings) -> BuildProblem {
    let draw = |color, width| {
        let style = Style { color, width, ..Style::default() };
        let each: Vec<String> =
            found.iter().map(|found| render(&found.source, &found.diagnostic, words, style)).collect();
        each.join("\n\n")
    };
    BuildProblem { page: draw(false, PAGE_WIDTH), terminal: draw(settings.color_err, settings.width) }
}
