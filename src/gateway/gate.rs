//! What all exchanges of one gateway share: whose things are whose, which rules hold, whom to tell.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::error::Stop;
use super::journal::{self, Journal, Ledger};
use super::label::Labels;
use super::mounts::Paths;
use super::upstream::{self, Reply};
use super::{Allow, Rule, Told, View};
use crate::engine::Endpoint;
use crate::words::{Lang, Words};

/// What all exchanges of one gateway share.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) upstream: Endpoint,
    pub(super) socket: PathBuf,
    pub(super) labels: Labels,
    pub(super) dir: PathBuf,
    /// Where the engine may be spoken to.
    pub(super) sockets: Vec<PathBuf>,
    pub(super) view: View,
    pub(super) lang: Lang,
    pub(super) journal: Journal,
    /// The sessions of this learner, this one among them.
    pub(super) sessions: HashSet<String>,
    /// What earlier sessions of this learner made of images on this engine.
    pub(super) earlier: Ledger,
    /// Names of images that this session had to do with.
    pub(super) asked: Mutex<HashSet<String>>,
    /// By how many seconds the engine's clock is ahead.
    pub(super) ahead: i64,
    pub(super) told: UnboundedSender<Told>,
    /// Whole ids of the containers, networks and execs that the engine said it made for this gateway.
    pub(super) own: Mutex<HashSet<String>>,
    pub(super) permits: Mutex<Permits>,
    /// Read while a container is made, written while volumes are removed: a volume that was made for a container, with
    /// its labels, must still be there then, or the engine makes one without.
    pub(super) volumes: tokio::sync::RwLock<()>,
}

/// The rules that do not hold, for good or for one command.
#[derive(Debug, Default)]
pub(super) struct Permits {
    always: Allow,
    once: Vec<(Rule, Taker)>,
}

/// Who took a permit. A command is a process: `docker rm a b` sends several requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taker {
    Nobody,
    Process(i32),
}

impl Permits {
    pub(super) fn new(always: Allow) -> Self {
        Self { always, once: Vec::new() }
    }

    pub(super) fn add(&mut self, rule: Rule) {
        self.once.retain(|(known, _)| *known != rule);
        self.once.push((rule, Taker::Nobody));
    }

    /// Whether a process may do what `rule` forbids; the first that asks takes a permit for itself.
    fn take(&mut self, rule: Rule, pid: Option<i32>) -> bool {
        if self.always.has(rule) {
            return true;
        }
        let Some(index) = self.once.iter().position(|(known, _)| *known == rule) else { return false };
        match (self.once[index].1, pid) {
            (Taker::Nobody, Some(pid)) => {
                self.once[index].1 = Taker::Process(pid);
                true
            }
            (Taker::Nobody, None) => {
                self.once.remove(index);
                true
            }
            (Taker::Process(taker), pid) => pid == Some(taker),
        }
    }
}

impl Gate {
    /// Goes on where `rule` does not hold for this process.
    pub(super) fn demand(&self, rule: Rule, what: &str, pid: Option<i32>) -> Result<(), Stop> {
        let mut permits = self.permits.lock().unwrap_or_else(PoisonError::into_inner);
        if permits.take(rule, pid) { Ok(()) } else { Err(Stop::Rule(rule, what.to_owned())) }
    }

    /// Tells whoever listens.
    pub(super) fn tell(&self, told: Told) {
        // The tutor that does not listen any more is about to stop us.
        let _ = self.told.send(told);
    }

    /// Asks the engine something.
    pub(super) async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, Stop> {
        upstream::ask(&self.upstream, method, path, body).await
    }

    /// What of the host may be mounted.
    pub(super) fn paths(&self) -> Paths<'_> {
        Paths { dir: &self.dir, sockets: &self.sockets }
    }

    /// Seconds since 1970, by the engine's clock.
    pub(super) fn now(&self) -> u64 {
        journal::now().saturating_add_signed(self.ahead)
    }

    /// Remembers an image's name that this session has to do with.
    pub(super) fn ask_for(&self, name: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    /// Whether [`ask_for`](Self::ask_for) was told of it.
    pub(super) fn was_asked_for(&self, name: &str) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }

    /// Remembers the id of something that the engine made for this gateway.
    pub(super) fn remember_own(&self, id: &str) {
        self.own.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    }

    /// Whether a whole id is one of those. Engines never give an id twice.
    pub(super) fn is_own(&self, id: &str) -> bool {
        id.len() == 64 && self.own.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }

    /// Whether these labels are those of a session of this learner.
    pub(super) fn is_ours(&self, labels: Option<&Value>) -> bool {
        super::label::session_of(labels).is_some_and(|session| self.sessions.contains(session))
    }

    /// What a client that goes no further gets to read, and what the tutor hears of it.
    pub(super) fn refusal(&self, stop: &Stop) -> Option<(u16, String)> {
        let words = Words::new(self.lang);
        let (status, message) = match stop {
            Stop::Gone => return None,
            Stop::Answer(status, message) => return Some((*status, json!({ "message": message }).to_string())),
            Stop::Malformed(status, detail) => (*status, words.say("gateway-malformed", &[("detail", detail)])),
            Stop::Rule(rule, what) => {
                self.tell(Told::Refused { rule: *rule, what: what.clone() });
                let why = words.say(&format!("gateway-{}", rule.name()), &[("what", what)]);
                (403, format!("{why} {}", words.say("gateway-insist", &[("rule", rule.name())])))
            }
            Stop::Unresolved(what, detail) => {
                (403, words.say("gateway-unresolved", &[("what", what), ("detail", detail)]))
            }
            Stop::Engine(error) => {
                let args = error.args();
                let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                (502, words.say(error.key(), &args))
            }
            Stop::Journal(error) => (500, words.say("gateway-no-journal", &[("detail", &error.to_string())])),
        };
        Some((status, json!({ "message": format!("Dermaga: {message}") }).to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permit_is_for_one_command() {
        let mut permits = Permits::new(Allow::NOTHING.with(Rule::Prune));
        assert!(permits.take(Rule::Prune, Some(1)) && permits.take(Rule::Prune, Some(2)));
        assert!(!permits.take(Rule::Foreign, Some(1)));
        permits.add(Rule::Foreign);
        assert!(!permits.take(Rule::Privileged, Some(1)));
        assert!(permits.take(Rule::Foreign, Some(1)) && permits.take(Rule::Foreign, Some(1)));
        assert!(!permits.take(Rule::Foreign, Some(2)) && !permits.take(Rule::Foreign, None));
        permits.add(Rule::Foreign);
        assert!(permits.take(Rule::Foreign, None) && !permits.take(Rule::Foreign, None));
    }
}
