//! `dermaga clean`: removes exactly the objects that lessons left on the learner's engine.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::args::CleanArgs;
use super::{Failure, Settings, exit, runtime};
use crate::clean::{Leftovers, LessonObject, Swept, leftovers, leftovers_with_pulled, sweep};
use crate::engine::{Engine, EngineError};
use crate::gateway::{GatewayError, ObjectKind, journals};
use crate::transcript::sanitise;
use crate::words::Words;

/// Runs `dermaga clean`.
pub(super) fn clean(args: &CleanArgs, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let runtime = runtime::one_thread()?;
    let endpoint = settings.current_engine().map_err(no_engine)?;
    let engine = runtime.block_on(Engine::connect(&endpoint)).map_err(no_engine)?;
    let journals = journals(&settings.state);
    let left = runtime.block_on(async {
        if args.images { leftovers_with_pulled(&engine, &journals).await } else { leftovers(&engine, &journals).await }
    });
    let left = left.map_err(|error| Failure::from(&error))?;
    if left.is_empty() {
        settings.tell(&words.say(if left.pulled.is_empty() { "clean-nothing" } else { "clean-nothing-else" }, &[]));
        tell_of_others(&left, settings, words);
        runtime.block_on(sweep(&engine, &left));
        return Ok(exit::MET);
    }
    // A closed pipe is no failure.
    let _ = writeln!(io::stdout(), "{}", list(&left, words));
    if args.dry_run {
        settings.tell(&words.count("clean-would", left.things.len(), &[]));
        tell_of_others(&left, settings, words);
        return Ok(exit::MET);
    }
    if !args.yes && !agreed(words) {
        settings.tell(&words.say("clean-not", &[]));
        return Ok(exit::MACHINE);
    }
    let code = conclude(&runtime.block_on(sweep(&engine, &left)), settings, words);
    tell_of_others(&left, settings, words);
    Ok(code)
}

/// Prints the objects that `clean` keeps, and how to remove them: objects that may not belong to a lesson, and images
/// that lessons pulled.
fn tell_of_others(left: &Leftovers, settings: &Settings, words: &Words) {
    if !left.doubtful.is_empty() {
        settings.tell(&words.say("clean-doubtful", &[]));
    }
    for thing in &left.doubtful {
        let command = if thing.kind == ObjectKind::Container { "docker rm" } else { "docker rmi" };
        settings.tell(&line("clean-doubtful-thing", thing, &[("command", command)], words));
    }
    if !left.pulled.is_empty() {
        let size = words.size(left.pulled_bytes);
        settings.tell(&words.count("clean-pulled", left.pulled.len(), &[("size", &size)]));
    }
}

pub(super) fn list(left: &Leftovers, words: &Words) -> String {
    left.things.iter().map(|thing| line("clean-thing", thing, &[], words)).collect::<Vec<_>>().join("\n")
}

fn line(key: &str, thing: &LessonObject, more: &[(&str, &str)], words: &Words) -> String {
    let (kind, name) = thing.kind_and_name(words);
    let (name, lesson) = (sanitise(&name), sanitise(&thing.lesson));
    let mut values = vec![("kind", kind.as_str()), ("name", &name), ("lesson", &lesson)];
    values.extend(more);
    words.say(key, &values)
}

/// Asks at a terminal whether to remove the objects. Returns `false` if standard input is no terminal.
pub(super) fn agreed(words: &Words) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    let _ = write!(io::stderr(), "{} ", words.say("clean-ask", &[]));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).is_ok_and(|_| {
        let answer = answer.trim().to_lowercase();
        words.say("clean-yes", &[]).split_whitespace().any(|yes| yes == answer)
    })
}

pub(super) fn conclude(swept: &Swept, settings: &Settings, words: &Words) -> u8 {
    settings.tell(&words.count("clean-done", swept.removed.len(), &[]));
    for (thing, why) in &swept.kept {
        settings.tell(&line("clean-kept", thing, &[("why", &sanitise(why))], words));
    }
    if swept.kept.is_empty() { exit::MET } else { exit::MACHINE }
}

fn no_engine(error: EngineError) -> Failure {
    Failure::from(&GatewayError::from(error))
}
