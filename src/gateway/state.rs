//! The state that all requests to one gateway share: the engine, the session, the rules, the journal.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::error::Rejection;
use super::journal::{self, Journal, Ledger, Record};
use super::label::Labels;
use super::mounts::Paths;
use super::{GatewayEvent, ObjectKind, Rule, View};
use crate::engine::{Endpoint, Reply};
use crate::words::{Lang, Words};

/// The state that all requests to one gateway share: the engine, the session, the rules, the journal.
#[derive(Debug)]
pub(super) struct GatewayState {
    pub(super) engine: Endpoint,
    pub(super) socket: PathBuf,
    pub(super) labels: Labels,
    pub(super) dir: PathBuf,
    /// The paths of the engine's sockets and of the gateway's.
    pub(super) sockets: Vec<PathBuf>,
    pub(super) view: View,
    pub(super) lang: Lang,
    pub(super) journal: Journal,
    /// The sessions of this learner, including this one.
    pub(super) sessions: HashSet<String>,
    /// The images and names that earlier sessions of this learner made on this engine.
    pub(super) earlier: Ledger,
    /// The names of images that this session requested.
    pub(super) asked: Mutex<HashSet<String>>,
    /// How many seconds the engine's clock is ahead.
    pub(super) ahead: i64,
    pub(super) events: UnboundedSender<GatewayEvent>,
    /// The ids of the containers, networks and execs that the engine made for this gateway.
    pub(super) own: Mutex<HashSet<String>>,
    pub(super) permits: Mutex<Permits>,
    /// This lock is taken for reading while a container is created, and for writing while volumes are removed. If a
    /// labelled volume were removed before its container is created, the engine would create the volume again without
    /// labels.
    pub(super) volumes: tokio::sync::RwLock<()>,
}

/// What single commands may do although a rule forbids it.
#[derive(Debug, Default)]
pub(super) struct Permits(Vec<Permit>);

/// What a single command may do: a rule, with the option, path or name that it forbids.
#[derive(Debug)]
struct Permit {
    rule: Rule,
    what: String,
    taker: Taker,
}

/// The process that took a permit. One command may send several requests (`docker rm a b`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taker {
    Nobody,
    Process(i32),
}

impl Permits {
    pub(super) fn add(&mut self, rule: Rule, what: &str) {
        self.0.retain(|permit| (permit.rule, permit.what.as_str()) != (rule, what));
        self.0.push(Permit { rule, what: what.to_owned(), taker: Taker::Nobody });
    }

    pub(super) fn end_single(&mut self) {
        self.0.clear();
    }

    /// Whether a process may do `what` although `rule` forbids it. A permit for a single command goes to the first process
    /// that asks.
    fn take(&mut self, rule: Rule, what: &str, pid: Option<i32>) -> bool {
        let Some(index) = self.0.iter().position(|permit| permit.rule == rule && permit.what == what) else {
            return false;
        };
        match (self.0[index].taker, pid) {
            (Taker::Nobody, Some(pid)) => {
                self.0[index].taker = Taker::Process(pid);
                true
            }
            (Taker::Nobody, None) => {
                self.0.remove(index);
                true
            }
            (Taker::Process(taker), pid) => pid == Some(taker),
        }
    }
}

impl GatewayState {
    /// Whether a process may do `what` although `rule` forbids it.
    pub(super) fn permits(&self, rule: Rule, what: &str, pid: Option<i32>) -> bool {
        self.permits.lock().unwrap_or_else(PoisonError::into_inner).take(rule, what, pid)
    }

    /// Sends an event to the receiver.
    pub(super) fn emit(&self, event: GatewayEvent) {
        // If the tutor no longer listens, it is about to stop the gateway.
        let _ = self.events.send(event);
    }

    /// Sends a request to the engine.
    pub(super) async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, Rejection> {
        Ok(self.engine.ask(method, path, body).await?)
    }

    /// Returns the paths that the rules for mounts refer to.
    pub(super) fn paths(&self) -> Paths<'_> {
        Paths { dir: &self.dir, sockets: &self.sockets }
    }

    /// Returns the time in seconds since 1970, by the engine's clock.
    pub(super) fn now(&self) -> u64 {
        journal::now().saturating_add_signed(self.ahead)
    }

    /// Remembers a name of an image that this session requested.
    pub(super) fn remember_name(&self, name: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    /// Whether this name was passed to [`remember_name`](Self::remember_name).
    pub(super) fn knows_name(&self, name: &str) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }

    /// Remembers the id of an object that the engine made for this gateway.
    pub(super) fn remember_id(&self, id: &str) {
        self.own.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    }

    /// Whether this whole id was passed to [`remember_id`](Self::remember_id). Engines never use an id twice.
    pub(super) fn made_id(&self, id: &str) -> bool {
        id.len() == 64 && self.own.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }

    /// Whether the labels name a session of this learner.
    pub(super) fn has_session_label(&self, labels: &Value) -> bool {
        super::label::session_of(labels).is_some_and(|session| self.sessions.contains(session))
    }

    /// Writes the result of an intent to the journal, and reports the names that it made.
    pub(super) async fn record_result(
        &self,
        n: u64,
        names: Vec<(String, String)>,
        images: Vec<String>,
    ) -> Result<(), Rejection> {
        for (name, id) in &names {
            self.emit(GatewayEvent::Made { kind: ObjectKind::Image, id: id.clone(), name: name.clone() });
        }
        let record = if names.is_empty() && images.is_empty() {
            Record::Failed { n }
        } else {
            Record::Made { n, names, images, at: self.now() }
        };
        self.journal.append(record).await.map_err(Rejection::Journal)
    }

    /// Returns the status and the body for a client whose request is rejected. Reports a refusal by a rule.
    pub(super) fn refusal(&self, stop: &Rejection) -> Option<(u16, String)> {
        let words = Words::new(self.lang);
        let (status, message) = match stop {
            Rejection::Gone => return None,
            Rejection::Answer(status, message) => return Some((*status, json!({ "message": message }).to_string())),
            Rejection::Malformed(status, detail) => (*status, words.say("gateway-malformed", &[("detail", detail)])),
            Rejection::Rule(rule, what) => {
                self.emit(GatewayEvent::Refused { rule: *rule, what: what.clone() });
                (403, words.say(rule.message_key(what), &[("what", shortened(what))]))
            }
            Rejection::Unresolved(what, detail) => {
                (403, words.say("gateway-unresolved", &[("what", what), ("detail", detail)]))
            }
            Rejection::Engine(error) => {
                let (key, values) = error.message();
                (502, words.say_values(key, &values))
            }
            Rejection::Journal(error) => (500, words.say("gateway-no-journal", &[("detail", &error.to_string())])),
        };
        Some((status, json!({ "message": format!("Dermaga: {message}") }).to_string()))
    }
}

/// The first digits of a whole id, as docker shows them; other text as it is.
fn shortened(what: &str) -> &str {
    let is_id = what.len() == 64 && what.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { &what[..12] } else { what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permit_holds_for_one_command() {
        let mut permits = Permits::default();
        assert!(!permits.take(Rule::Foreign, "a", Some(1)));
        permits.add(Rule::Foreign, "a");
        assert!(!permits.take(Rule::Privileged, "a", Some(1)) && !permits.take(Rule::Foreign, "b", Some(1)));
        assert!(permits.take(Rule::Foreign, "a", Some(1)) && permits.take(Rule::Foreign, "a", Some(1)));
        assert!(!permits.take(Rule::Foreign, "a", Some(2)) && !permits.take(Rule::Foreign, "a", None));
        permits.add(Rule::Foreign, "a");
        assert!(permits.take(Rule::Foreign, "a", None) && !permits.take(Rule::Foreign, "a", None));
        permits.add(Rule::Foreign, "a");
        permits.end_single();
        assert!(!permits.take(Rule::Foreign, "a", Some(1)));
    }
}
