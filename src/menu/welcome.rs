//! Greets a person at the first run, names the engine that was found, and asks for the language.

use std::io;

use super::Dialog;
use super::ask::{MenuRow, pick};
use crate::transcript::sanitise;
use crate::words::{Lang, Words};

/// The engine that lessons will use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AvailableEngine {
    /// An engine answers: `Docker 20.10.24, unix:///var/run/docker.sock`.
    Engine(String),
    /// No engine answers, but a private engine can be started.
    Private,
    /// No engine answers, and no private engine can be started.
    Nothing,
}

/// Prints three lines of welcome and the engine that was found, and asks which language to use. Returns `None` if the
/// person leaves.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub fn welcome(found: &AvailableEngine, dialog: &mut Dialog<'_>) -> io::Result<Option<Lang>> {
    for key in ["welcome-1", "welcome-2", "welcome-3"] {
        dialog.say(key, &[])?;
    }
    match found {
        AvailableEngine::Engine(engine) => dialog.say("welcome-engine", &[("engine", &sanitise(engine))])?,
        AvailableEngine::Private => dialog.say("welcome-private", &[])?,
        AvailableEngine::Nothing => dialog.say("welcome-no-engine", &[])?,
    }
    let row = |lang: Lang| {
        let name = Words::new(lang).say("language-name", &[]);
        MenuRow {
            text: name.clone(),
            search: name.to_lowercase(),
            answer: name.clone(),
            plain: name,
            ..MenuRow::default()
        }
    };
    let start = Lang::ALL.iter().position(|lang| *lang == dialog.words.lang()).unwrap_or(0);
    let question = dialog.words.say("welcome-language", &[]);
    let chosen = pick(dialog, &question, &Lang::ALL.into_iter().map(row).collect::<Vec<_>>(), start)?;
    Ok(chosen.and_then(|at| Lang::ALL.get(at).copied()))
}
