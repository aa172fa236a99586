//! The first run: where one is, in which language, with which engine.

use super::ask::{Row, pick};
use super::{MenuError, Talk};
use crate::transcript::sanitise;
use crate::words::{Lang, Words};

/// The engine that lessons will use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One that answers: `Docker 20.10.24, unix:///var/run/docker.sock`.
    Engine(String),
    /// None does, but a private one can be started.
    Private,
    /// None.
    Nothing,
}

/// Three lines of welcome, the engine that was found, and the question
/// in which language to go on. `None` is a person who leaves.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn welcome(found: &Found, talk: &mut Talk<'_>) -> Result<Option<Lang>, MenuError> {
    for key in ["welcome-1", "welcome-2", "welcome-3"] {
        talk.say(key, &[])?;
    }
    match found {
        Found::Engine(engine) => talk.say("welcome-engine", &[("engine", &sanitise(engine))])?,
        Found::Private => talk.say("welcome-private", &[])?,
        Found::Nothing => talk.say("welcome-no-engine", &[])?,
    }
    let row = |lang: Lang| {
        let name = Words::new(lang).say("language-name", &[]);
        Row { text: name.clone(), search: name.to_lowercase(), answer: name.clone(), plain: name, ..Row::default() }
    };
    let start = Lang::ALL.iter().position(|lang| *lang == talk.words.lang()).unwrap_or(0);
    let question = talk.words.say("welcome-language", &[]);
    let chosen = pick(talk, &question, &Lang::ALL.into_iter().map(row).collect::<Vec<_>>(), start)?;
    Ok(chosen.and_then(|at| Lang::ALL.get(at).copied()))
}
