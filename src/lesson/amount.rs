//! The operand of `at_least` and `at_most`: a number or a version, as the author writes it.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

/// A number or a version: `2`, `80.5`, `20.10`, `28.5.2`. The compared value decides whether the amount is a number or
/// a version: `20.10` is more than the version `20.9`, but less than the number 20.9.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(String);

impl Amount {
    /// Reads a number or a version. Returns `None` if `text` is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.parse::<f64>().is_ok_and(f64::is_finite);
        (number || version(text).is_some()).then(|| Self(text.to_owned()))
    }

    /// Whether `self` is at most `found`, which is a number or a version.
    #[must_use]
    pub fn is_at_most(&self, found: &Value) -> bool {
        self.order(found, false).is_some_and(Ordering::is_ge)
    }

    /// Whether `self` is at least `found`. Ignores the parts of a version that `self` does not have: `20.10` is at
    /// least `20.10.24`.
    #[must_use]
    pub fn is_at_least(&self, found: &Value) -> bool {
        self.order(found, true).is_some_and(Ordering::is_le)
    }

    fn order(&self, found: &Value, coarse: bool) -> Option<Ordering> {
        if let (Value::Number(found), Ok(own)) = (found, self.0.parse::<f64>()) {
            return found.as_f64()?.partial_cmp(&own);
        }
        let text = match found {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => return None,
        };
        let (Some(found), Some(own)) = (version(text.trim()), version(&self.0)) else {
            return text.trim().parse::<f64>().ok()?.partial_cmp(&self.0.parse::<f64>().ok()?);
        };
        let places = if coarse { own.len() } else { own.len().max(found.len()) };
        let at = |parts: &[u64], place: usize| parts.get(place).copied().unwrap_or_default();
        Some(
            (0..places)
                .map(|place| at(&found, place).cmp(&at(&own, place)))
                .find(|o| o.is_ne())
                .unwrap_or(Ordering::Equal),
        )
    }
}

impl From<u32> for Amount {
    fn from(number: u32) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the numbers of a version such as `20.10.24+dfsg1`, `v2.17.3` or `28.0.0-rc.1`.
fn version(text: &str) -> Option<Vec<u64>> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let end = text.find(['+', '-', '~']).unwrap_or(text.len());
    let numbers = text[..end].split('.').map(|part| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    });
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn compared_value_decides_whether_an_amount_is_a_number_or_a_version() {
        // Each row: the written amount, the value, whether the value is at least the amount, whether it is at most the
        // amount.
        for (written, found, least, most) in [
            ("20.10", json!("20.9.1"), false, true),
            ("20.9", json!("20.10.24+dfsg1"), true, false),
            ("20.10", json!("20.10.24+dfsg1"), true, true),
            ("20.10.25", json!("20.10.24"), false, true),
            ("28", json!("28.5.2"), true, true),
            ("28.5", json!("28.5"), true, true),
            ("28.5", json!("29.0.0-rc.1"), true, false),
            ("1.41", json!("1.5"), false, true),
            ("2.17.3", json!("v2.17.3"), true, true),
            ("20.10", json!(20.9), true, false),
            ("80.5", json!(80), false, true),
            ("80", json!(80), true, true),
            ("1e3", json!(1000), true, true),
            ("1e3", json!("999"), false, true),
            ("-1", json!(-1), true, true),
            ("0", json!("-1"), false, true),
            ("3", json!("8 days ago"), false, false),
            ("0", json!(""), false, false),
            ("0", json!(null), false, false),
            ("0", json!(true), false, false),
        ] {
            let amount = Amount::parse(written).unwrap();
            assert_eq!(amount.is_at_most(&found), least, "{found} at least {written}");
            assert_eq!(amount.is_at_least(&found), most, "{found} at most {written}");
            assert_eq!(amount.to_string(), written);
        }
        for wrong in ["", "dua", "1.", ".", "1..2", "NaN", "inf", "20.10 "] {
            assert!(Amount::parse(wrong).is_none() || wrong == "1.", "{wrong}");
        }
        assert_eq!(version("99999999999999999999.1"), None);
    }
}
