//! Finds fields, options and values that are not in the lists in `known.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::Rejection;
use super::json::{self, WRONG_TYPE};

static SHAPES: LazyLock<HashMap<String, Shape>> =
    LazyLock::new(|| toml::from_str(include_str!("known.toml")).unwrap_or_default());

/// The fields that an object may have. The comments in `known.toml` explain these lists.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Shape {
    fields: String,
    also: String,
    one: HashMap<String, String>,
    list: HashMap<String, String>,
    map: HashMap<String, String>,
}

/// Whether `word` is in the list `list`. If `list` is the shape of an object, only its fields without nested objects
/// count.
pub(super) fn has(list: &str, word: &str) -> bool {
    SHAPES.get(list).is_some_and(|list| list.fields.split_whitespace().any(|known| known == word))
}

/// Whether `value` is empty or in the list `list`.
pub(super) fn has_or_none(list: &str, value: &str) -> bool {
    value.is_empty() || has(list, value)
}

/// Renames the known fields of an object of the shape `shape` to their proper spelling, and drops unknown fields that
/// are empty. Returns the remaining unknown fields.
pub(super) fn read(shape: &str, object: &mut Map<String, Value>) -> Result<Vec<String>, Rejection> {
    let mut unknown = Vec::new();
    read_into(shape, object, "", &mut unknown)?;
    Ok(unknown)
}

fn read_into(
    shape: &str,
    object: &mut Map<String, Value>,
    at: &str,
    unknown: &mut Vec<String>,
) -> Result<(), Rejection> {
    let nothing = Shape::default();
    let shape = SHAPES.get(shape).unwrap_or(&nothing);
    let also = SHAPES.get(&shape.also).map_or("", |also| &also.fields);
    let nested = || shape.one.iter().chain(&shape.list).chain(&shape.map);
    let plain = shape.fields.split_whitespace().chain(also.split_whitespace());
    let fields: Vec<&str> = plain.chain(nested().map(|(name, _)| name.as_str())).collect();
    json::spell(object, &fields)?;
    object.retain(|name, value| fields.contains(&name.as_str()) || says_something(value));
    let others = object.keys().filter(|name| !fields.contains(&name.as_str()));
    unknown.extend(others.map(|name| format!("{at}{name}")));
    for (name, inner) in nested() {
        let Some(value) = object.get_mut(name).filter(|value| !value.is_null()) else { continue };
        let parts: Vec<&mut Value> = if shape.one.contains_key(name) {
            vec![value]
        } else if shape.list.contains_key(name) {
            value.as_array_mut().ok_or(WRONG_TYPE)?.iter_mut().collect()
        } else {
            let map = value.as_object_mut().ok_or(WRONG_TYPE)?;
            map.values_mut().filter(|one| !one.is_null()).collect()
        };
        for part in parts {
            read_into(inner, part.as_object_mut().ok_or(WRONG_TYPE)?, &format!("{at}{name}."), unknown)?;
        }
    }
    Ok(())
}

/// Whether an unknown field with this value can have an effect. Newer clients also send unknown fields with empty
/// values, which have no effect. An empty list can have an effect.
fn says_something(value: &Value) -> bool {
    !(value.is_null() || *value == false || *value == "" || value.as_f64() == Some(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_body(shape: &str, mut body: Value) -> (Vec<String>, Value) {
        let unknown = read(shape, body.as_object_mut().unwrap()).unwrap();
        (unknown, body)
    }

    #[test]
    fn every_shape_in_known_toml_refers_only_to_existing_shapes() {
        let shapes: HashMap<String, Shape> = toml::from_str(include_str!("known.toml")).unwrap();
        for shape in shapes.values() {
            let named = shape.one.values().chain(shape.list.values()).chain(shape.map.values());
            let named = named.chain([&shape.also].into_iter().filter(|also| !also.is_empty()));
            assert!(named.clone().all(|name| shapes.contains_key(name)), "{shape:?}");
        }
        assert!(
            ["connect", "exec", "update", "volume", "network", "build", "change", "capabilities"]
                .iter()
                .all(|name| shapes.contains_key(*name))
        );
    }

    #[test]
    fn unknown_field_is_dropped_if_its_value_is_empty_and_reported_otherwise() {
        let body = json!({"Image": "a", "New": null, "Newer": 0, "HostConfig": {"privileged": false, "Later": ""},
            "NetworkingConfig": {"EndpointsConfig": {"n": null, "m": {"Odd": false}}}});
        let kept = json!({"Image": "a", "HostConfig": {"Privileged": false},
            "NetworkingConfig": {"EndpointsConfig": {"n": null, "m": {}}}});
        assert_eq!(read_body("container", body), (Vec::new(), kept));
        let body = json!({"Binds": ["/:/h"], "HostConfig": {"New": [], "Mounts": [{"Typ": "bind"}],
            "Devices": [{"Host": 1}]}, "NetworkingConfig": {"EndpointsConfig": {"n": {"Odd": {}}}}});
        let (mut unknown, _) = read_body("container", body);
        unknown.sort();
        let expected = [
            "Binds",
            "HostConfig.Devices.Host",
            "HostConfig.Mounts.Typ",
            "HostConfig.New",
            "NetworkingConfig.EndpointsConfig.Odd",
        ];
        assert_eq!(unknown, expected);
    }

    #[test]
    fn body_is_refused_if_a_nested_object_has_the_wrong_type() {
        for body in [
            json!({"HostConfig": []}),
            json!({"HostConfig": {"Mounts": [null]}}),
            json!({"NetworkingConfig": {"EndpointsConfig": {"a": 1}}}),
        ] {
            assert!(read("container", body.clone().as_object_mut().unwrap()).is_err(), "{body}");
        }
    }
}
