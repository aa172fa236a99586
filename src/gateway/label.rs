//! The labels that say which session of which lesson made a thing.

use serde_json::{Map, Value};

/// Whose a thing is: the session's name.
pub const SESSION_LABEL: &str = "dermaga.session";
/// The lesson's id.
pub const LESSON_LABEL: &str = "dermaga.lesson";

/// What one session marks its things with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    pub(super) session: String,
    pub(super) lesson: String,
}

impl Labels {
    /// Into an object's `Labels`, whatever they said before.
    pub(super) fn mark(&self, labels: &mut Map<String, Value>) {
        labels.insert(SESSION_LABEL.to_owned(), Value::from(self.session.as_str()));
        labels.insert(LESSON_LABEL.to_owned(), Value::from(self.lesson.as_str()));
    }

    /// The session's label as filters want it.
    pub(super) fn filter(&self) -> String {
        format!("{SESSION_LABEL}={}", self.session)
    }
}

/// The session that labels name.
pub(super) fn session_of(labels: Option<&Value>) -> Option<&str> {
    labels?.get(SESSION_LABEL)?.as_str().filter(|session| !session.is_empty())
}
