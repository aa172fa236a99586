//! Fetching the facts that a claim's question asks for.

use std::path::Path;

use serde_json::{Map, Value};

use super::error::trouble;
use super::wire::{Answer, escape};
use super::{Engine, EngineTime};
use crate::judge::{Facts, Question, RanCommand, Trouble, TroubleKind};
use crate::lesson::{Filters, Subject};

/// Where and since when a claim is judged.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// When the step began, on the engine's clock.
    pub since: EngineTime,
    /// The commands typed in this step.
    pub ran: &'a [RanCommand],
    /// The lesson's directory.
    pub dir: &'a Path,
    /// The network namespace where the learner sits, `/proc/PID/ns/net`: requests and commands of ours start there.
    pub netns: Option<&'a Path>,
    /// `key=value`, which marks what is the lesson's on an engine that others use too.
    pub label: Option<&'a str>,
}

impl Engine {
    /// Looks up what `question` asks.
    ///
    /// # Errors
    /// When it cannot be found out; that the thing does not exist is a fact.
    pub async fn facts(&self, question: &Question, scene: &Scene<'_>) -> Result<Facts, Trouble> {
        match &question.subject {
            Subject::Image(name) => self.inspect(&format!("/images/{}/json", escape(name))).await,
            Subject::Container(name) => self.inspect(&format!("/containers/{}/json", escape(name))).await,
            Subject::Network(name) => self.inspect(&format!("/networks/{}", escape(name))).await,
            Subject::Volume(name) => self.inspect(&format!("/volumes/{}", escape(name))).await,
            Subject::Containers(filters) => {
                let mut filters = filters.clone();
                filters.extend(scene.label.map(|label| ("label".to_owned(), vec![label.to_owned()])));
                self.list(&format!("/containers/json?all=true{}", filter_query('&', &filters))).await
            }
            Subject::Images(filters) => self.list(&format!("/images/json{}", filter_query('?', filters))).await,
            Subject::Events(filters) => self.events(filters, scene).await,
            Subject::Engine => self.engine_facts().await,
            _ => Err(trouble(TroubleKind::Other, "not yet")),
        }
    }

    async fn inspect(&self, path: &str) -> Result<Facts, Trouble> {
        let answer = self.wire.get(path).await?;
        match answer.status {
            200 => Ok(Facts::Inspect(answer.body)),
            // 400: a name that no such thing can have.
            400 | 404 => Ok(Facts::Absent),
            _ => Err(refused(&answer)),
        }
    }

    async fn list(&self, path: &str) -> Result<Facts, Trouble> {
        let answer = self.wire.get(path).await?;
        match (answer.status, answer.body) {
            (200, Value::Array(list)) => Ok(Facts::List(list)),
            (200, Value::Null) => Ok(Facts::List(Vec::new())),
            // A filter that names a thing which does not exist.
            (404, _) => Ok(Facts::List(Vec::new())),
            (status, body) => Err(refused(&Answer { status, body })),
        }
    }

    /// `/info` and `/version`, then what `/system/df` adds; where two have the same key, the first one's stays.
    async fn engine_facts(&self) -> Result<Facts, Trouble> {
        let mut facts = Map::new();
        for path in ["/info", "/version", "/system/df"] {
            let answer = self.wire.get(path).await?;
            match (answer.status, answer.body) {
                (200, Value::Object(more)) => more.into_iter().for_each(|(key, value)| {
                    facts.entry(key).or_insert(value);
                }),
                // An engine that is measuring its disk already refuses to do it twice at a time.
                _ if path == "/system/df" => {}
                (status, body) => return Err(refused(&Answer { status, body })),
            }
        }
        Ok(Facts::Inspect(Value::Object(facts)))
    }
}

/// An answer that is neither the thing nor that it does not exist.
pub(super) fn refused(answer: &Answer) -> Trouble {
    trouble(TroubleKind::Other, answer.message())
}

/// `filters` as the API wants them in a query, after `before`; nothing for none.
pub(super) fn filter_query(before: char, filters: &Filters) -> String {
    if filters.is_empty() {
        return String::new();
    }
    let mut map = Map::new();
    for (name, values) in filters {
        let list = map.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.extend(values.iter().map(|value| Value::from(value.as_str())));
        }
    }
    format!("{before}filters={}", escape(&Value::Object(map).to_string()))
}

/// Whether attributes carry the label `key=value`; everything does where no label is asked for.
pub(super) fn labelled(label: Option<&str>, attributes: &[(String, String)]) -> bool {
    let Some((key, value)) = label.map(|label| label.split_once('=').unwrap_or((label, ""))) else { return true };
    attributes.iter().any(|(name, there)| name == key && there == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_of_one_name_are_joined() {
        let filters =
            vec![("status".to_owned(), vec!["running".to_owned()]), ("status".to_owned(), vec!["exited".to_owned()])];
        let query = filter_query('&', &filters);
        assert_eq!(query, format!("&filters={}", escape(r#"{"status":["running","exited"]}"#)));
        assert_eq!(filter_query('?', &Vec::new()), "");
    }

    #[test]
    fn a_label_tells_whose_a_container_is() {
        let attributes = [("id.dermaga.lesson".to_owned(), "a1".to_owned())];
        assert!(labelled(None, &[]) && labelled(Some("id.dermaga.lesson=a1"), &attributes));
        assert!(!labelled(Some("id.dermaga.lesson=b2"), &attributes) && !labelled(Some("x=a1"), &attributes));
    }
}
