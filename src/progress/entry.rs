//! Defines the entries of a learner's history, and converts them to their stored form and back. Keeps kinds and fields
//! of newer versions unchanged.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lesson::{LessonId, StepId, StepResult};

/// The milliseconds in a day.
pub(super) const DAY: i64 = 86_400_000;
/// The maximum length of an entry's id and kind, in bytes.
const LONGEST_NAME: usize = 64;
/// The maximum size of an entry's body, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// A point in time: milliseconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Returns the time `days` times 24 hours later.
    #[must_use]
    pub const fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(days as i64 * DAY))
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The key of one version of a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StepKey {
    /// The lesson.
    pub lesson: LessonId,
    /// The step.
    pub step: StepId,
    /// The digest of the step, see [`step_digest`](super::step_digest).
    pub digest: String,
}

/// The key of a quiz. The key is the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuizKey {
    /// The lesson.
    pub lesson: LessonId,
    /// The step.
    pub step: StepId,
    /// The number of the quiz in the step, from 0.
    #[serde(rename = "quiz")]
    pub number: usize,
}

/// The result of an answer to a quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answered {
    /// The answer was right at the first attempt.
    Right,
    /// The answer was right, but not at the first attempt.
    Later,
    /// The answer was wrong.
    Wrong,
}

/// The kind of an event, with its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum What {
    /// A step was opened.
    Reached {
        /// The lesson.
        lesson: LessonId,
        /// The step.
        step: StepId,
    },
    /// A step was completed or skipped.
    Step {
        /// The step.
        #[serde(flatten)]
        key: StepKey,
        /// The result.
        done: StepResult,
    },
    /// A quiz was answered, in its lesson or in a review.
    Answered {
        /// The quiz.
        #[serde(flatten)]
        quiz: QuizKey,
        /// The result.
        answer: Answered,
    },
    /// A lesson was completed.
    Finished {
        /// The lesson.
        lesson: LessonId,
    },
    /// A kind that this version does not know.
    #[serde(skip)]
    Unknown,
}

/// An event with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressEvent {
    /// The time of the event.
    pub at: Moment,
    /// The event.
    pub what: What,
}

/// A [`ProgressEvent`] in its stored form. Entries are sorted by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The time of the event.
    pub at: Moment,
    /// A unique id. An entry that is read twice counts once.
    pub id: String,
    /// `reached`, `step`, `answered`, `finished`, or a kind of a newer version.
    pub kind: String,
    /// All other fields, a JSON object with sorted keys.
    pub body: String,
}

impl Entry {
    /// Makes the entry of `event`, or returns `None` for [`What::Unknown`].
    #[must_use]
    pub fn new(id: impl Into<String>, event: &ProgressEvent) -> Option<Self> {
        let mut value = serde_json::to_value(&event.what).ok()?;
        value["at"] = event.at.0.into();
        value["id"] = id.into().into();
        Self::from_value(value)
    }

    /// Returns the event, or [`What::Unknown`] if this version does not know the event's kind.
    #[must_use]
    pub fn what(&self) -> What {
        serde_json::from_value(self.to_value()).unwrap_or(What::Unknown)
    }

    /// Formats the entry as one line of JSON, without a newline.
    #[must_use]
    pub fn to_line(&self) -> String {
        canonical(self.to_value())
    }

    /// Returns the entry as JSON: the fields of its body, `at`, `id` and `kind`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut fields = match serde_json::from_str(&self.body) {
            Ok(Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        };
        fields.insert("at".into(), self.at.0.into());
        fields.insert("id".into(), self.id.clone().into());
        fields.insert("kind".into(), self.kind.clone().into());
        Value::Object(fields)
    }

    /// Parses a value of [`to_value`](Self::to_value). Returns `None` if the value is not an entry, or is too large.
    #[must_use]
    pub fn from_value(value: Value) -> Option<Self> {
        let Value::Object(mut fields) = value else { return None };
        let at = Moment(fields.remove("at")?.as_i64()?);
        let id = fields.remove("id")?.as_str()?.to_owned();
        let kind = fields.remove("kind")?.as_str()?.to_owned();
        let is_name =
            |name: &str| (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(|c| c.is_ascii_graphic());
        let body = canonical(Value::Object(fields));
        (is_name(&id) && is_name(&kind) && body.len() <= LARGEST_BODY).then_some(Self { at, id, kind, body })
    }
}

/// Formats JSON with sorted keys, so that equal values have equal texts.
fn canonical(mut value: Value) -> String {
    value.sort_all_objects();
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_line(line: &str) -> Option<Entry> {
        Entry::from_value(serde_json::from_str(line).ok()?)
    }

    #[test]
    fn entry_of_every_kind_is_unchanged_after_writing_and_reading() {
        let (lesson, step) = (LessonId("a".into()), StepId("b".into()));
        let key = StepKey { lesson: lesson.clone(), step: step.clone(), digest: "0f".into() };
        let quiz = QuizKey { lesson: lesson.clone(), step: step.clone(), number: 2 };
        for what in [
            What::Reached { lesson: lesson.clone(), step },
            What::Step { key, done: StepResult::Helped },
            What::Answered { quiz, answer: Answered::Later },
            What::Finished { lesson },
        ] {
            let entry = Entry::new("x1", &ProgressEvent { at: Moment(5), what: what.clone() }).unwrap();
            let again = from_line(&entry.to_line()).unwrap();
            assert_eq!((again.what(), &again), (what, &entry));
        }
    }

    #[test]
    fn entry_of_a_newer_version_keeps_its_fields() {
        let line = r#"{"at":7,"id":"n","kind":"badge","z":{"b":1,"a":[null]}}"#;
        let entry = from_line(line).unwrap();
        assert_eq!(entry.what(), What::Unknown);
        assert_eq!(entry.to_line(), r#"{"at":7,"id":"n","kind":"badge","z":{"a":[null],"b":1}}"#);
        // The line has an unknown field in a known kind.
        let line = r#"{"at":7,"id":"n","kind":"finished","lesson":"a","mood":"good"}"#;
        let entry = from_line(line).unwrap();
        assert_eq!(entry.what(), What::Finished { lesson: LessonId("a".into()) });
        assert_eq!(entry.to_line(), line);
    }

    #[test]
    fn invalid_line_is_no_entry() {
        let long = format!(r#"{{"at":1,"id":"{}","kind":"k"}}"#, "x".repeat(65));
        for line in ["", "{", "[]", r#"{"at":1,"id":"","kind":"k"}"#, r#"{"at":"1","id":"i","kind":"k"}"#, &long] {
            assert_eq!(from_line(line), None, "{line}");
        }
    }
}
