//! The labels that say which session of which lesson made an object.

use serde_json::{Map, Value};

/// The label with the session's name.
pub const SESSION_LABEL: &str = "dermaga.session";
/// The label with the lesson's id.
pub const LESSON_LABEL: &str = "dermaga.lesson";
/// A random label, on a container whose image carries a session's label too.
const OWN_LABEL: &str = "dermaga.own";
/// The label of an image that `BuildKit`, `commit` or `import` made. With the session's name, an image of the same files
/// that somebody else builds is another image. `commit` and `import` add the request's number, so that the image is
/// recognised without a name.
pub(super) const MADE_LABEL: &str = "dermaga.made";

/// The value of [`MADE_LABEL`] for one request of a session.
pub(super) fn made_by(session: &str, n: u64) -> String {
    format!("{session}/{n}")
}

/// The labels of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    pub(super) session: String,
    pub(super) lesson: String,
}

impl Labels {
    /// Inserts the labels, in place of those with the same names.
    pub(super) fn mark(&self, labels: &mut Map<String, Value>) {
        labels.insert(SESSION_LABEL.to_owned(), Value::from(self.session.as_str()));
        labels.insert(LESSON_LABEL.to_owned(), Value::from(self.lesson.as_str()));
    }

    /// As [`mark`](Self::mark), with a random label that the image cannot have.
    pub(super) fn mark_as_own(&self, labels: &mut Map<String, Value>) {
        self.mark(labels);
        labels.insert(OWN_LABEL.to_owned(), Value::from(format!("{:032x}", fastrand::u128(..))));
    }

    /// The session's label, as a filter has it.
    pub(super) fn filter(&self) -> String {
        format!("{SESSION_LABEL}={}", self.session)
    }
}

/// The session's name in labels.
pub(super) fn session_of(labels: Option<&Value>) -> Option<&str> {
    labels?.get(SESSION_LABEL)?.as_str().filter(|session| !session.is_empty())
}

/// Whether a container may have its session's label from its image. Then any container of that image has it, also one
/// that was made without the gateway.
pub(crate) fn is_inherited(container: Option<&Value>, image: Option<&Value>) -> bool {
    let own = |labels: Option<&Value>| labels.and_then(|labels| labels.get(OWN_LABEL)).cloned();
    session_of(image).is_some() && session_of(container) == session_of(image) && own(container) == own(image)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn label_from_the_image_proves_nothing() {
        let labels = Labels { session: "s".into(), lesson: "l".into() };
        let (mut plain, mut own) = (Map::new(), Map::new());
        labels.mark(&mut plain);
        labels.mark_as_own(&mut own);
        let (plain, own) = (Value::Object(plain), Value::Object(own));
        assert!(!is_inherited(Some(&plain), None));
        assert!(!is_inherited(Some(&plain), Some(&json!({"dermaga.session": ""}))));
        assert!(is_inherited(Some(&plain), Some(&plain)));
        assert!(!is_inherited(Some(&own), Some(&plain)));
        assert!(is_inherited(Some(&own), Some(&own)), "the label was copied into an image");
        assert_eq!(session_of(Some(&own)), Some("s"));
    }
}
