//! The engine's clock, and what happened on it since a moment.

use std::fmt;

use serde_json::Value;

use super::Engine;
use super::error::trouble;
use super::facts::{Scene, filter_query, labelled};
use crate::claims::{Event, Facts, InfraFailure, InfraFailureKind};
use crate::lesson::Filters;

/// A moment on the engine's own clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EngineTime {
    seconds: i64,
    nanos: u32,
}

impl fmt::Display for EngineTime {
    /// As the API's `since` and `until` want it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:09}", self.seconds, self.nanos)
    }
}

impl EngineTime {
    /// So many seconds earlier.
    pub(super) const fn before(self, seconds: i64) -> Self {
        Self { seconds: self.seconds.saturating_sub(seconds), ..self }
    }

    /// Reads RFC 3339, as engines print it: `2026-11-24T06:39:26.123456789+07:00`.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', 't'])?;
        let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
        let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        let zone_at = time.find(['Z', 'z', '+', '-'])?;
        let (clock, zone) = time.split_at(zone_at);
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let mut parts = clock.splitn(3, ':').map(str::parse::<i64>);
        let (hour, minute, second) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        let nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
        let offset = match zone.split_at(1) {
            ("Z" | "z", _) => 0,
            (sign, offset) => {
                let (hours, minutes) = offset.split_once(':')?;
                let seconds = (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?) * 60;
                if sign == "-" { -seconds } else { seconds }
            }
        };
        let seconds = days(year, month, day)? * 86_400 + hour * 3_600 + minute * 60 + second - offset;
        Some(Self { seconds, nanos })
    }
}

/// Days from 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(0..=9999).contains(&year) {
        return None;
    }
    // Years that begin in March put the leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let in_year = (153 * month + 2) / 5 + day - 1;
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468)
}

impl Engine {
    /// What its clock says.
    ///
    /// # Errors
    /// When it does not answer, or tells no time.
    pub async fn now(&self) -> Result<EngineTime, InfraFailure> {
        let info = self.wire.get("/info").await?;
        let time = info.body.get("SystemTime").and_then(Value::as_str).and_then(EngineTime::from_rfc3339);
        time.ok_or_else(|| trouble(InfraFailureKind::Other, "the engine does not tell its time"))
    }

    /// Events from the scene's begin to now.
    pub(super) async fn events(&self, filters: &Filters, scene: &Scene<'_>) -> Result<Facts, InfraFailure> {
        // Podman loses events of a time that is over, but can be told not to wait for more; Docker cannot.
        let end = if self.podman { "stream=false".to_owned() } else { format!("until={}", self.now().await?) };
        let path = format!("/events?since={}&{end}{}", scene.since, filter_query('&', filters));
        let mut lines = self.wire.lines(&path).await?;
        let mut events = Vec::new();
        while let Some(value) = lines.next().await? {
            if lines.status != 200 {
                let message = value.get("message").and_then(Value::as_str).unwrap_or("no events");
                return Err(trouble(InfraFailureKind::Other, message));
            }
            let event = read(&value);
            let ours = event.kind != "container" || labelled(scene.label, &event.attributes);
            if ours {
                events.push(event);
            }
        }
        Ok(Facts::Events(events))
    }
}

pub(super) fn read(value: &Value) -> Event {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let action = text(value.get("Action").or_else(|| value.get("status")));
    let actor = value.get("Actor");
    let attributes = actor.and_then(|actor| actor.get("Attributes")).and_then(Value::as_object);
    Event {
        kind: text(value.get("Type")),
        // `exec_start: sh -c …`, `health_status: healthy`
        action: action.split_once(": ").map_or(action.as_str(), |(action, _)| action).to_owned(),
        id: text(actor.and_then(|actor| actor.get("ID"))),
        attributes: attributes
            .map(|map| map.iter().map(|(name, value)| (name.clone(), crate::claims::print(value))).collect())
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engines_time_is_read_to_the_nanosecond() {
        let cases = [
            ("1970-01-01T00:00:00Z", "0.000000000"),
            ("2026-11-24T06:39:26.123456789Z", "1795502366.123456789"),
            ("2026-11-24T13:39:26.5+07:00", "1795502366.500000000"),
            ("2024-02-29T23:59:60-01:30", "1709256600.000000000"),
        ];
        for (text, expected) in cases {
            assert_eq!(EngineTime::from_rfc3339(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "2026-11-24", "2026-13-01T00:00:00Z", "T:Z", "2026-11-24T06:39Z", "é-1-1T1:1:1Z"] {
            assert_eq!(EngineTime::from_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn an_action_loses_what_stands_after_its_colon() {
        let event = read(&serde_json::json!({"Type": "container", "Action": "exec_start: sh -c id",
            "Actor": {"ID": "abc", "Attributes": {"name": "web"}}}));
        assert_eq!((event.action.as_str(), event.attributes), ("exec_start", vec![("name".into(), "web".into())]));
        assert_eq!(read(&serde_json::json!({})).action, "");
    }
}
