//! A query, read as Go's `net/url` reads it, and written again where something is added.

use serde_json::{Map, Value};

use super::error::Stop;
use super::target::percent_decode;

/// Names with their values in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Query(Vec<(String, String)>);

/// What may be given several times; of anything else the engine takes the first one silently.
const REPEATED: [&str; 5] = ["changes", "extrahosts", "names", "securityopt", "t"];

impl Query {
    /// Reads what stands after `?`.
    pub(super) fn read(raw: Option<&str>) -> Result<Self, Stop> {
        let raw = raw.unwrap_or_default();
        if raw.contains(';') {
            return Err(Stop::bad("the query has a bare semicolon"));
        }
        let decode = |text: &str| {
            let bytes = percent_decode(&text.replace('+', " ")).ok_or(Stop::bad("the query has a broken escape"))?;
            String::from_utf8(bytes).map_err(|_| Stop::bad("the query is no UTF-8"))
        };
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in raw.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if !REPEATED.contains(&name.as_str()) && pairs.iter().any(|(known, _)| *known == name) {
                return Err(Stop::bad("the query says something twice"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// A value; empty counts as not given, as it does for the engine.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next().filter(|value| !value.is_empty())
    }

    /// All values of a name.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The names that are given.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// In place of what was there.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| known != name);
        self.push(name, value);
    }

    /// One more.
    pub(super) fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Limits what the request is about to things with this label (`key=value`).
    pub(super) fn demand_label(&mut self, label: &str) -> Result<(), Stop> {
        let mut filters = self.filters()?;
        let labels = filters.entry("label").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(labels) = labels {
            labels.retain(|known| known.as_str() != Some(label));
            labels.push(label.into());
        }
        self.set("filters", Value::Object(filters).to_string());
        Ok(())
    }

    /// `filters` with its values as lists; it may also be written `{"label":{"a=b":true}}`.
    pub(super) fn filters(&self) -> Result<Map<String, Value>, Stop> {
        let Some(text) = self.get("filters") else { return Ok(Map::new()) };
        let bad = || Stop::bad("the filters cannot be read");
        let value = super::json::read(text.as_bytes()).map_err(|_| bad())?;
        let Value::Object(filters) = value else { return Err(bad()) };
        let list = |values: Value| match values {
            Value::Array(list) if list.iter().all(Value::is_string) => Ok(Value::Array(list)),
            // Go keeps the name even where it is said to be false.
            Value::Object(map) if map.values().all(Value::is_boolean) => {
                Ok(map.into_iter().map(|(name, _)| Value::from(name)).collect())
            }
            _ => Err(bad()),
        };
        filters.into_iter().map(|(name, values)| Ok((name, list(values)?))).collect()
    }

    /// As it is sent, without `?`.
    pub(super) fn write(&self) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// A text as part of a query or of a path's segment.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A name as part of a path: its `/`, `:` and `@` stay.
pub(super) fn path_escape(text: &str) -> String {
    escape(text).replace("%2F", "/").replace("%3A", ":").replace("%40", "@")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(raw: &str) -> Query {
        Query::read(Some(raw)).unwrap_or_else(|_| panic!("{raw}"))
    }

    #[test]
    fn a_query_is_read_as_go_reads_it() {
        let query = query("fromImage=a%2Fb&tag=&&x+y=1+2&t=a&t=b&flag");
        assert_eq!(query.get("fromImage"), Some("a/b"));
        assert_eq!((query.get("tag"), query.get("nosuch"), query.get("flag")), (None, None, None));
        assert_eq!(query.get("x y"), Some("1 2"));
        assert_eq!(query.all("t").collect::<Vec<_>>(), ["a", "b"]);
        for raw in ["a=1;b=2", "a=%zz", "a=%ff", "repo=a&repo=b"] {
            assert!(Query::read(Some(raw)).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_label_is_demanded_beside_what_was_asked() {
        let cases = [
            ("", r#"{"label":["s=1"]}"#),
            (r#"filters={"status":["exited"]}"#, r#"{"label":["s=1"],"status":["exited"]}"#),
            (r#"filters={"label":{"a%3Db":true,"c":false}}"#, r#"{"label":["a=b","c","s=1"]}"#),
            (r#"filters={"label":["s%3D1"]}"#, r#"{"label":["s=1"]}"#),
        ];
        for (raw, expected) in cases {
            let mut query = query(raw);
            query.demand_label("s=1").unwrap();
            assert_eq!(query.get("filters"), Some(expected), "{raw}");
        }
        for raw in ["filters=x", "filters=[]", r#"filters={"label":1}"#, r#"filters={"label":["a"],"label":["b"]}"#] {
            assert!(query(raw).demand_label("s=1").is_err(), "{raw}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut query = query("a=b%20c&t=1");
        query.push("t", "x&y=ü");
        assert_eq!(Query::read(Some(&query.write())).unwrap(), query);
    }
}
