//! The labels that identify the session and the lesson that made an object.

use serde_json::{Map, Value};

/// The label with the session's name.
pub const SESSION_LABEL: &str = "dermaga.session";
/// The label with the lesson's id.
pub const LESSON_LABEL: &str = "dermaga.lesson";
/// The label with a random value, for a container whose image also has a session's label.
const OWN_LABEL: &str = "dermaga.own";
/// The labels of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    pub(super) session: String,
    pub(super) lesson: String,
}

impl Labels {
    /// Inserts the session's labels into `labels`. Replaces labels with the same names.
    pub(super) fn mark(&self, labels: &mut Map<String, Value>) {
        labels.insert(SESSION_LABEL.to_owned(), Value::from(self.session.as_str()));
        labels.insert(LESSON_LABEL.to_owned(), Value::from(self.lesson.as_str()));
    }

    /// Inserts the labels like [`mark`](Self::mark), and a random label that the image cannot have.
    pub(super) fn mark_as_own(&self, labels: &mut Map<String, Value>) {
        self.mark(labels);
        labels.insert(OWN_LABEL.to_owned(), Value::from(format!("{:032x}", fastrand::u128(..))));
    }

    /// Returns the session's label as the value of a `label` filter.
    pub(super) fn filter(&self) -> String {
        format!("{SESSION_LABEL}={}", self.session)
    }
}

/// Returns the session's name from the labels of an object; `None` if no label names a session.
pub(super) fn session_of(labels: &Value) -> Option<&str> {
    labels[SESSION_LABEL].as_str().filter(|session| !session.is_empty())
}

/// Whether a container may have inherited its session's label from its image. If so, every container of that image has
/// the label, even a container that was made without the gateway.
pub(crate) fn is_inherited(container: &Value, image: &Value) -> bool {
    session_of(image).is_some() && [SESSION_LABEL, OWN_LABEL].iter().all(|label| container[label] == image[label])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn label_counts_as_inherited_if_container_and_image_have_the_same_labels() {
        let labels = Labels { session: "s".into(), lesson: "l".into() };
        let (mut plain, mut own) = (Map::new(), Map::new());
        labels.mark(&mut plain);
        labels.mark_as_own(&mut own);
        let (plain, own) = (Value::Object(plain), Value::Object(own));
        assert!(!is_inherited(&plain, &Value::Null));
        assert!(!is_inherited(&plain, &json!({"dermaga.session": ""})));
        assert!(is_inherited(&plain, &plain));
        assert!(!is_inherited(&own, &plain));
        assert!(is_inherited(&own, &own), "the label was copied into an image");
        assert_eq!(session_of(&own), Some("s"));
    }
}
