//! The engine's clock.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A time on the engine's clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EngineTime(Timestamp);

impl fmt::Display for EngineTime {
    /// Writes the time in the form of the API's parameters `since` and `until`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:09}", self.0.as_second(), self.0.subsec_nanosecond())
    }
}

impl EngineTime {
    /// Reads a time in RFC 3339, as engines print it: `2026-11-24T06:39:26.123456789+07:00`.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Returns the seconds since 1970.
    #[must_use]
    pub fn as_second(self) -> i64 {
        self.0.as_second()
    }

    /// Returns the time that is `seconds` earlier.
    pub(super) fn before(self, seconds: i64) -> Self {
        Self(self.0.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(self.0))
    }

    /// Returns the duration from `earlier` to this time. Returns zero if this time is not later than `earlier`.
    pub(super) fn since(self, earlier: Self) -> Duration {
        self.0.duration_since(earlier.0).try_into().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_between_two_engine_times_is_never_negative() {
        let [early, late] = ["2026-11-24T06:39:26.9Z", "2026-11-24T06:39:28.1Z"].map(EngineTime::from_rfc3339);
        assert_eq!(late.unwrap().since(early.unwrap()), Duration::from_millis(1_200));
        assert_eq!(early.unwrap().since(late.unwrap()), Duration::ZERO);
    }

    #[test]
    fn engine_time_is_read_to_the_nanosecond() {
        let cases = [
            ("1970-01-01T00:00:00Z", "0.000000000"),
            ("2026-11-24T06:39:26.123456789Z", "1795502366.123456789"),
            ("2026-11-24T13:39:26.5+07:00", "1795502366.500000000"),
            ("2024-02-29T23:59:59-01:30", "1709256599.000000000"),
        ];
        for (text, expected) in cases {
            assert_eq!(EngineTime::from_rfc3339(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "2026-11-24", "2026-13-01T00:00:00Z", "T:Z", "2026-11-24T06:39:26", "é-1-1T1:1:1Z"] {
            assert_eq!(EngineTime::from_rfc3339(text), None, "{text}");
        }
    }
}
