//! The engine's clock.

use std::fmt;
use std::time::Duration;

/// A time on the engine's clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EngineTime {
    seconds: i64,
    nanos: u32,
}

impl fmt::Display for EngineTime {
    /// Writes the time as `since` and `until` of the API expect it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:09}", self.seconds, self.nanos)
    }
}

impl EngineTime {
    /// Returns the time that is `seconds` earlier.
    pub(super) const fn before(self, seconds: i64) -> Self {
        Self { seconds: self.seconds.saturating_sub(seconds), ..self }
    }

    /// Returns how much later this time is than `earlier`; zero if it is not later.
    pub(super) fn since(self, earlier: Self) -> Duration {
        let nanos = i128::from(self.seconds - earlier.seconds) * 1_000_000_000;
        let nanos = nanos + i128::from(self.nanos) - i128::from(earlier.nanos);
        Duration::from_nanos(u64::try_from(nanos.max(0)).unwrap_or(u64::MAX))
    }

    /// Reads a time in RFC 3339, as engines print it: `2026-11-24T06:39:26.123456789+07:00`.
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

/// Returns the days from 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(0..=9999).contains(&year) {
        return None;
    }
    // If years begin in March, the leap day is the last day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let in_year = (153 * month + 2) / 5 + day - 1;
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468)
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
            ("2024-02-29T23:59:60-01:30", "1709256600.000000000"),
        ];
        for (text, expected) in cases {
            assert_eq!(EngineTime::from_rfc3339(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "2026-11-24", "2026-13-01T00:00:00Z", "T:Z", "2026-11-24T06:39Z", "é-1-1T1:1:1Z"] {
            assert_eq!(EngineTime::from_rfc3339(text), None, "{text}");
        }
    }
}
