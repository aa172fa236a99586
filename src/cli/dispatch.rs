//! Runs the program, from its arguments to its exit code.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal as _, Write as _};

use clap::error::ErrorKind;

use super::args::{CommandLine, Verb};
use super::{Failure, Settings, args, exit, settings, usage};
use super::{build, clean, doctor, engine, learn, lint, log, new, preprocess, progress, review, serve, test};
use crate::words::Words;

/// Runs the program with `args` and returns the exit code. The first argument is the program's name.
#[must_use]
pub fn run(args: Vec<OsString>) -> u8 {
    let lang = settings::early_lang(&args);
    let words = Words::new(lang);
    let typed = args.join(OsStr::new(" ")).to_string_lossy().into_owned();
    let line = match parse(args, &words) {
        Ok(line) => line,
        Err(error) => {
            // For `--help`, clap prints on standard output and the exit code is 0. A usage error goes to standard
            // error, with exit code 2.
            if error.use_stderr() {
                let _ = writeln!(std::io::stderr(), "{}", usage::explain(&error, &words));
                return exit::USAGE;
            }
            let _ = error.print();
            return exit::MET;
        }
    };
    let settings = Settings::new(&line, lang);
    let words = Words::new(settings.lang);
    let result = log::start(&line, &typed, &words).and_then(|()| dispatch(line, &settings, &words));
    log::end(&result);
    match result {
        Ok(code) => code,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "{}", settings.fold(&failure.explain(&words)));
            failure.code
        }
    }
}

/// Parses the arguments. If they name no command and the program runs at a terminal, the command is `learn`.
fn parse(args: Vec<OsString>, words: &Words) -> Result<CommandLine, clap::Error> {
    let with_learn: Vec<OsString> = args.iter().cloned().chain(["learn".into()]).collect();
    args::parse(args, words).or_else(|error| {
        let is_missing =
            matches!(error.kind(), ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
        if !is_missing || !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Err(error);
        }
        match args::parse(with_learn, words) {
            Ok(line) if matches!(line.verb, Verb::Learn(_)) => Ok(line),
            _ => Err(error),
        }
    })
}

fn dispatch(line: CommandLine, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    if settings.is_homeless && line.verb.keeps_files() {
        return Err(Failure::new(exit::MACHINE, "failure-no-home"));
    }
    match line.verb {
        Verb::Learn(args) => learn::learn(&args, settings, false),
        Verb::Watch(args) => learn::learn(&args, settings, true),
        Verb::Test(args) => test::test(&args, settings, words),
        Verb::Record(args) => test::test(&args.into(), settings, words),
        Verb::Lint(args) => lint::lint(args, settings, words),
        Verb::Build(args) => build::build(args, settings, words),
        Verb::Serve(args) => serve::serve(args, settings, words),
        Verb::Preprocess { what } => preprocess::preprocess(what.as_ref(), settings, words),
        Verb::Render => build::render_book(),
        Verb::New(what) => new::new(what, settings, words),
        Verb::Clean(args) => clean::clean(&args, settings, words),
        Verb::Doctor { report } => doctor::doctor(report, settings, words),
        Verb::Engine(what) => engine::engine(what, settings, words),
        Verb::Progress(args) => progress::progress(&args, settings, words),
        Verb::Review { plain } => review::review(plain, settings, words),
        Verb::Completions { shell } => {
            let mut command = args::command(words);
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "dermaga", &mut script);
            // clap's own writer panics if the pipe is closed.
            let _ = std::io::stdout().write_all(&script);
            Ok(exit::MET)
        }
    }
}
