//! The labels that say which session of which lesson made a thing.

use serde_json::{Map, Value};

/// Whose a thing is: the session's name.
pub const SESSION_LABEL: &str = "dermaga.session";
/// The lesson's id.
pub const LESSON_LABEL: &str = "dermaga.lesson";
/// Something random, on a container whose image carries a session's label too.
const OWN_LABEL: &str = "dermaga.own";
/// On an image: the session whose build made it, so that nobody else's build of the same files is the same image. On one
/// that `commit` or `import` made also the number of the request, so that it is known without a name.
pub(super) const MADE_LABEL: &str = "dermaga.made";

/// The value of [`MADE_LABEL`] for a session's request.
pub(super) fn made_by(session: &str, n: u64) -> String {
    format!("{session}/{n}")
}

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

    /// As [`mark`](Self::mark), so that nobody takes it for what the image brought with it.
    pub(super) fn mark_as_own(&self, labels: &mut Map<String, Value>) {
        self.mark(labels);
        labels.insert(OWN_LABEL.to_owned(), Value::from(format!("{:032x}", fastrand::u128(..))));
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

/// Whether a container has its session's label from its image: any container of that image has it, also one that the
/// gateway never saw.
pub(crate) fn is_inherited(container: Option<&Value>, image: Option<&Value>) -> bool {
    let own = |labels: Option<&Value>| labels.and_then(|labels| labels.get(OWN_LABEL)).cloned();
    session_of(image).is_some() && session_of(container) == session_of(image) && own(container) == own(image)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_label_that_an_image_brings_is_no_proof() {
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
