//! Reads paths into the result of inspect: `HostConfig.PortBindings."80/tcp".0.HostPort`.

use crate::lesson::PathPart;

/// Reads a path. Returns `None` if a part is empty or a quotation mark is left open.
pub(super) fn read(text: &str) -> Option<Vec<PathPart>> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let (part, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let (name, after) = quoted.split_once('"')?;
            (PathPart::Key(name.to_owned()), after)
        } else {
            let end = rest.find('.').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() || name.contains(['"', ' ']) {
                return None;
            }
            (if name == "*" { PathPart::Any } else { PathPart::Key(name.to_owned()) }, after)
        };
        parts.push(part);
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None => return after.is_empty().then_some(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> PathPart {
        PathPart::Key(name.to_owned())
    }

    #[test]
    fn inspect_path_may_have_quoted_parts_and_stars() {
        assert_eq!(
            read("HostConfig.PortBindings.\"80/tcp\".0.HostPort"),
            Some(vec![key("HostConfig"), key("PortBindings"), key("80/tcp"), key("0"), key("HostPort")])
        );
        assert_eq!(
            read("NetworkSettings.Networks.*.IPAddress"),
            Some(vec![key("NetworkSettings"), key("Networks"), PathPart::Any, key("IPAddress")])
        );
        assert_eq!(read("Config.Labels.\"a.b\""), Some(vec![key("Config"), key("Labels"), key("a.b")]));
        for bad in ["", "A.", "A..B", ".A", "A.\"b", "A.\"b\"c", "A b"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
