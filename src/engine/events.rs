//! The engine's clock, its past events, and its events as they happen.

use serde_json::Value;

use super::error::trouble;
use super::facts::{filter_query, labelled};
use super::wire::JsonLines;
use super::{ClaimContext, Engine, EngineTime};
use crate::claims::{EngineEvent, Facts, InfraFailure, InfraFailureKind};
use crate::lesson::Filters;

/// A stream of the engine's future events.
pub struct Watch {
    lines: JsonLines,
}

impl Engine {
    /// Asks for the time on the engine's clock.
    ///
    /// # Errors
    /// Fails if the engine does not answer, or if its answer has no time.
    pub async fn now(&self) -> Result<EngineTime, InfraFailure> {
        let info = self.wire.get("/info").await?;
        let time = info.body["SystemTime"].as_str().and_then(EngineTime::from_rfc3339);
        time.ok_or_else(|| trouble(InfraFailureKind::Other, "the engine does not tell its time"))
    }

    /// Returns the events from the beginning of the step until now.
    pub(super) async fn events(&self, filters: &Filters, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
        let events = self.past_events(context.since, filters).await?;
        let is_ours = |event: &EngineEvent| event.kind != "container" || labelled(context.label, &event.attributes);
        Ok(Facts::Events(events.iter().map(read).filter(is_ours).collect()))
    }

    /// Lists the events from `since` until now that match the filters.
    pub(super) async fn past_events(&self, since: EngineTime, filters: &Filters) -> Result<Vec<Value>, InfraFailure> {
        // With `until`, podman loses events. So podman gets `stream=false` instead, which Docker does not know.
        let end = if self.podman { "stream=false".to_owned() } else { format!("until={}", self.now().await?) };
        let path = format!("/events?since={since}&{end}{}", filter_query('&', filters));
        let mut lines = self.wire.lines(&path).await?;
        let mut events = Vec::new();
        while let Some(event) = lines.next().await? {
            events.push(event);
        }
        Ok(events)
    }

    /// Listens to the engine's events.
    ///
    /// # Errors
    /// Fails if the engine does not answer.
    pub async fn watch(&self) -> Result<Watch, InfraFailure> {
        Ok(Watch { lines: self.wire.lines("/events").await? })
    }
}

impl Watch {
    /// Waits for the next event. Returns `None` if the connection has ended.
    pub async fn next(&mut self) -> Option<EngineEvent> {
        self.lines.next().await.ok().flatten().map(|value| read(&value))
    }
}

fn read(value: &Value) -> EngineEvent {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let action = text(value.get("Action").unwrap_or(&value["status"]));
    let actor = &value["Actor"];
    EngineEvent {
        kind: text(&value["Type"]),
        // The action ends before the colon in `exec_start: sh -c …` and `health_status: healthy`.
        action: action.split_once(": ").map_or(action.as_str(), |(action, _)| action).to_owned(),
        id: text(&actor["ID"]),
        attributes: actor["Attributes"]
            .as_object()
            .map(|map| map.iter().map(|(name, value)| (name.clone(), crate::claims::print(value))).collect())
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn action_of_an_event_ends_before_its_colon() {
        let event = read(&serde_json::json!({"Type": "container", "Action": "exec_start: sh -c id",
            "Actor": {"ID": "abc", "Attributes": {"name": "web"}}}));
        assert_eq!((event.action.as_str(), event.attributes), ("exec_start", vec![("name".into(), "web".into())]));
        assert_eq!(read(&serde_json::json!({})).action, "");
    }
}
