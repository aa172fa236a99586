//! The query of a request, parsed in the same way as by Go's `net/url`.

use serde_json::{Map, Value};

use super::error::Rejection;
use crate::text::percent;

/// The names and values of a query, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Query(Vec<(String, String)>);

/// Names that may occur several times. For any other name, the engine silently uses the first value.
const REPEATED: [&str; 5] = ["changes", "extrahosts", "names", "securityopt", "t"];

impl Query {
    /// Reads a query without its `?`.
    pub(super) fn read(raw: Option<&str>) -> Result<Self, Rejection> {
        let raw = raw.unwrap_or_default();
        if raw.contains(';') {
            return Err(Rejection::bad("the query has a bare semicolon"));
        }
        let decode = |text: &str| {
            percent::decode(&text.replace('+', " ")).ok_or(Rejection::bad("the query has a broken escape"))
        };
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in raw.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if !REPEATED.contains(&name.as_str()) && pairs.iter().any(|(known, _)| *known == name) {
                return Err(Rejection::bad("the query says something twice"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// Returns the first value of a name. As in the engine, an empty value counts as missing.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next().filter(|value| !value.is_empty())
    }

    /// Returns all values of a name.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns all names in the query.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Replaces all values of `name` with `value`.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| known != name);
        self.push(name, value);
    }

    pub(super) fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Limits the request to objects with this label (`key=value`).
    pub(super) fn require_label(&mut self, label: &str) -> Result<(), Rejection> {
        let mut filters = self.filters()?;
        let labels = filters.entry("label").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(labels) = labels {
            labels.retain(|known| known.as_str() != Some(label));
            labels.push(label.into());
        }
        self.set("filters", Value::Object(filters).to_string());
        Ok(())
    }

    /// Returns the filters, with their values as lists. A client may also write the values as a map, such as
    /// `{"label":{"a=b":true}}`.
    pub(super) fn filters(&self) -> Result<Map<String, Value>, Rejection> {
        let Some(text) = self.get("filters") else { return Ok(Map::new()) };
        let bad = || Rejection::bad("the filters cannot be read");
        let filters: Map<String, Value> = serde_json::from_str(text).map_err(|_| bad())?;
        let list = |values: Value| match values {
            Value::Array(list) if list.iter().all(Value::is_string) => Ok(Value::Array(list)),
            // Go keeps the name even if its value is false.
            Value::Object(map) if map.values().all(Value::is_boolean) => {
                Ok(map.into_iter().map(|(name, _)| Value::from(name)).collect())
            }
            _ => Err(bad()),
        };
        filters.into_iter().map(|(name, values)| Ok((name, list(values)?))).collect()
    }

    /// Returns the query in its encoded form, without `?`.
    pub(super) fn write(&self) -> String {
        let pairs = self
            .0
            .iter()
            .map(|(name, value)| format!("{}={}", percent::encode_part(name), percent::encode_part(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(raw: &str) -> Query {
        Query::read(Some(raw)).unwrap_or_else(|_| panic!("{raw}"))
    }

    #[test]
    fn query_is_parsed_like_in_gos_net_url() {
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
    fn required_label_is_added_to_the_filters_of_a_query() {
        let cases = [
            ("", r#"{"label":["s=1"]}"#),
            (r#"filters={"status":["exited"]}"#, r#"{"label":["s=1"],"status":["exited"]}"#),
            (r#"filters={"label":{"a%3Db":true,"c":false}}"#, r#"{"label":["a=b","c","s=1"]}"#),
            (r#"filters={"label":["s%3D1"]}"#, r#"{"label":["s=1"]}"#),
        ];
        for (raw, expected) in cases {
            let mut query = query(raw);
            query.require_label("s=1").unwrap();
            assert_eq!(query.get("filters"), Some(expected), "{raw}");
        }
        for raw in ["filters=x", "filters=[]", r#"filters={"label":1}"#] {
            assert!(query(raw).require_label("s=1").is_err(), "{raw}");
        }
    }

    #[test]
    fn encoded_query_is_parsed_back_to_the_same_query() {
        let mut query = query("a=b%20c&t=1");
        query.push("t", "x&y=ü");
        assert_eq!(Query::read(Some(&query.write())).unwrap(), query);
    }
}
