//! Reads JSON bodies, and renames their fields to the engine's spelling.
//!
//! Go's decoder ignores the case of names (U+017F counts as `s`, U+212A as `k`). So the gateway and the engine
//! understand a body in the same way only if each field has one spelling. If a name occurs twice, the last value
//! counts. The body that the gateway writes for the engine contains only that value.

use serde_json::{Map, Value};

use super::error::Rejection;

/// Reads a body that consists of one object. An empty body counts as an empty object, as in newer engines.
pub(super) fn read_object(bytes: &[u8]) -> Result<Map<String, Value>, Rejection> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes).map_err(|_| Rejection::bad("the body is no plain JSON"))? {
        Value::Object(object) => Ok(object),
        _ => Err(Rejection::bad("the body is no JSON object")),
    }
}

/// Folds the case of a field's name in the same way as Go.
pub(super) fn fold(name: &str) -> String {
    let fold = |char| match char {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        _ => char::to_ascii_lowercase(&char),
    };
    name.chars().map(fold).collect()
}

/// Renames fields to their proper spelling. Refuses two fields that the engine would read as the same field.
pub(super) fn spell(object: &mut Map<String, Value>, fields: &[&str]) -> Result<(), Rejection> {
    let plain = |name: &str| fields.contains(&name);
    let mut seen: Vec<String> = object.keys().map(|name| fold(name)).collect();
    seen.sort_unstable();
    if seen.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Rejection::bad("the body has a name twice"));
    }
    let odd: Vec<String> = object.keys().filter(|name| !plain(name)).cloned().collect();
    for name in odd {
        let folded = fold(&name);
        if let Some(field) = fields.iter().find(|field| field.to_ascii_lowercase() == folded)
            && let Some(value) = object.remove(&name)
        {
            object.insert((*field).to_owned(), value);
        }
    }
    Ok(())
}

/// Returns the map in a field. Inserts an empty map if the field is missing.
pub(super) fn map_or_new<'a>(
    holder: &'a mut Map<String, Value>,
    name: &str,
) -> Result<&'a mut Map<String, Value>, Rejection> {
    if holder.get(name).is_none_or(Value::is_null) {
        holder.insert(name.to_owned(), Value::Object(Map::new()));
    }
    holder.get_mut(name).and_then(Value::as_object_mut).ok_or(WRONG_TYPE)
}

/// Returns the text in a field; empty if the field is missing.
pub(super) fn text<'a>(holder: &'a Map<String, Value>, name: &str) -> Result<&'a str, Rejection> {
    match holder.get(name) {
        None | Some(Value::Null) => Ok(""),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(WRONG_TYPE),
    }
}

/// Returns the list of texts in a field. A single text counts as a list, as in Go's `StrSlice`.
pub(super) fn texts<'a>(holder: &'a Map<String, Value>, name: &str) -> Result<Vec<&'a str>, Rejection> {
    match holder.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text]),
        Some(Value::Array(list)) => list.iter().map(|text| text.as_str().ok_or(WRONG_TYPE)).collect(),
        Some(_) => Err(WRONG_TYPE),
    }
}

/// Returns the flag in a field; false if the field is missing.
pub(super) fn flag(holder: &Map<String, Value>, name: &str) -> Result<bool, Rejection> {
    match holder.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(WRONG_TYPE),
    }
}

/// Returns the keys of the map in a field.
pub(super) fn names<'a>(
    holder: &'a Map<String, Value>,
    field: &str,
) -> Result<impl Iterator<Item = &'a str>, Rejection> {
    let map = match holder.get(field) {
        None | Some(Value::Null) => None,
        Some(Value::Object(map)) => Some(map),
        Some(_) => return Err(WRONG_TYPE),
    };
    Ok(map.into_iter().flat_map(Map::keys).map(String::as_str))
}

/// The rejection for a field whose type differs from the API.
pub(super) const WRONG_TYPE: Rejection = Rejection::bad("a field of the body has the wrong type");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_is_refused_unless_it_is_one_json_object_or_empty() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(2000), "]".repeat(2000));
        for text in ["{} {}", "{}x", "{", "null", "[]", "\u{feff}{}", "{\"a\":NaN}", r#"{"a":"\ud800"}"#, &deep] {
            assert!(read_object(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read_object(b"{\"a\":\"\xff\"}").is_err() && read_object(b"").unwrap().is_empty());
    }

    #[test]
    fn last_value_is_kept_if_a_body_repeats_a_name() {
        let object = read_object(br#"{"a":1,"b":{"c":1,"\u0063":[2]},"a":3}"#).unwrap();
        assert_eq!(Value::Object(object).to_string(), r#"{"a":3,"b":{"c":[2]}}"#);
    }

    #[test]
    fn field_in_any_spelling_that_go_accepts_gets_its_proper_spelling() {
        let fields = ["Labels", "NetworkMode"];
        let spelt = |text: &str| {
            let mut object = read_object(text.as_bytes()).unwrap();
            spell(&mut object, &fields).map(|()| Value::Object(object).to_string())
        };
        assert_eq!(spelt("{\"labels\":1}").unwrap(), r#"{"Labels":1}"#);
        assert_eq!(spelt("{\"LABEL\u{17f}\":1}").unwrap(), r#"{"Labels":1}"#);
        assert_eq!(spelt("{\"networ\u{212a}mode\":1,\"other\":2}").unwrap(), r#"{"NetworkMode":1,"other":2}"#);
        for text in ["{\"Labels\":1,\"labels\":2}", "{\"x\u{17f}\":1,\"XS\":2}"] {
            assert!(spelt(text).is_err(), "{text}");
        }
    }
}
