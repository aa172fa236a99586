//! The state that all requests to one gateway share: the engine, the session, the rules, the journal.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::error::Rejection;
use super::journal::{Journal, Ledger, Record, now};
use super::label::Labels;
use super::mounts::Paths;
use super::rule::Want;
use super::{GatewayEvent, Rule, View};
use crate::engine::{Endpoint, Reply};
use crate::words::{Lang, Words};

/// The state that all requests to one gateway share: the engine, the session, the rules, the journal.
#[derive(Debug)]
pub(super) struct GatewayState {
    pub(super) engine: Endpoint,
    pub(super) socket: PathBuf,
    pub(super) labels: Labels,
    pub(super) dir: PathBuf,
    /// The paths of the engine's sockets and of the gateway's socket.
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
    pub(super) events: UnboundedSender<GatewayEvent>,
    /// The ids of the containers, networks and execs that the engine made for this gateway.
    pub(super) own: Mutex<HashSet<String>>,
    /// The exceptions for the running command: options, paths and names that the command may use although a rule
    /// forbids them.
    pub(super) permits: Mutex<Vec<Want>>,
    /// The gateway holds this lock for reading while it creates a container, and for writing while it removes volumes.
    /// If a labelled volume were removed before its container is created, the engine would create the volume again
    /// without labels.
    pub(super) volumes: tokio::sync::RwLock<()>,
}

impl GatewayState {
    /// Locks and returns the exceptions for the running command.
    pub(super) fn permits(&self) -> MutexGuard<'_, Vec<Want>> {
        self.permits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails unless the learner has allowed `what`, which `rule` forbids.
    pub(super) fn require_allowed(&self, rule: Rule, what: &str) -> Result<(), Rejection> {
        let is_permitted = self.permits().iter().any(|permit| permit.0 == rule && permit.1 == what);
        if is_permitted { Ok(()) } else { Err(Rejection::Rule(rule, what.to_owned())) }
    }

    /// Fails unless the learner has allowed everything in `wants`.
    pub(super) fn require_all_allowed(&self, wants: impl IntoIterator<Item = Want>) -> Result<(), Rejection> {
        wants.into_iter().try_for_each(|(rule, what)| self.require_allowed(rule, &what))
    }

    /// Sends an event to the receiver.
    pub(super) fn emit(&self, event: GatewayEvent) {
        // This fails only if the tutor has dropped the receiver. The tutor then also stops the gateway.
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

    /// Remembers a name of an image that this session requested.
    pub(super) fn remember_name(&self, name: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    /// Whether `name` was passed to [`remember_name`](Self::remember_name).
    pub(super) fn knows_name(&self, name: &str) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }

    /// Remembers the id of an object that the engine made for this gateway.
    pub(super) fn remember_id(&self, id: &str) {
        self.own.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    }

    /// Whether `id` is a whole id that was passed to [`remember_id`](Self::remember_id). Engines never use an id twice.
    pub(super) fn made_id(&self, id: &str) -> bool {
        id.len() == 64 && self.own.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }

    /// Whether the labels name a session of this learner.
    pub(super) fn has_session_label(&self, labels: &Value) -> bool {
        super::label::session_of(labels).is_some_and(|session| self.sessions.contains(session))
    }

    /// Writes the result of an intent to the journal.
    pub(super) async fn record_result(
        &self,
        n: u64,
        names: Vec<(String, String)>,
        images: Vec<String>,
    ) -> Result<(), Rejection> {
        let record = if names.is_empty() && images.is_empty() {
            Record::Failed { n }
        } else {
            Record::Made { n, names, images, at: now() }
        };
        self.journal.append(record).await.map_err(Rejection::Journal)
    }

    /// Returns the status and the body for a client whose request is rejected; `None` if one side has disconnected. If
    /// a rule refused the request, sends an event.
    pub(super) fn refusal(&self, stop: &Rejection) -> Option<(u16, String)> {
        let words = Words::new(self.lang);
        let (status, message) = match stop {
            Rejection::Gone => return None,
            Rejection::Answer(status, message) => return Some((*status, json!({ "message": message }).to_string())),
            Rejection::Malformed(status, detail) => (*status, words.say("gateway-malformed", &[("detail", detail)])),
            Rejection::Rule(rule, what) => {
                self.emit(GatewayEvent::Refused { rule: *rule, what: what.clone() });
                (403, words.say(&rule.message_key(what), &[("what", shortened(what))]))
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

/// Shortens a whole id to its first digits, as docker does. Returns any other text unchanged.
fn shortened(what: &str) -> &str {
    let is_id = what.len() == 64 && what.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { &what[..12] } else { what }
}
