//! The target of a request. The gateway accepts only one spelling of a path, so that the gateway and the engine
//! understand the same path.

use super::error::Rejection;
use crate::text::percent;

/// The path and the query of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestTarget {
    /// The target as it was sent.
    pub(super) raw: String,
    /// The API version before the path, such as `/v1.41`; may be empty.
    pub(super) prefix: String,
    /// The decoded path after the version, without the first `/`.
    pub(super) path: String,
    /// The query as it was sent, without `?`.
    pub(super) query: Option<String>,
}

/// The oldest API version that is accepted. In older versions, for example, `start` takes a host configuration.
const LEAST_API: (u32, u32) = (1, 24);

static_patterns! {
    static VERSION = r"^([0-9]{1,5})\.([0-9]{1,5})(?:\.[0-9]{1,5})*$";
}

impl RequestTarget {
    /// Reads a target.
    pub(super) fn read(raw: &str) -> Result<Self, Rejection> {
        if !raw.starts_with('/') {
            return Err(Rejection::bad("the target is not a path"));
        }
        if raw.bytes().any(|byte| !(0x21..0x7f).contains(&byte) || b"#\\".contains(&byte)) {
            return Err(Rejection::bad("the target has a character that must be escaped"));
        }
        let (path, query) = raw.split_once('?').map_or((raw, None), |(path, query)| (path, Some(query.to_owned())));
        let path = decode_path(path)?;
        let segments = path.split('/').skip(1);
        if path != "/" && segments.clone().any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(Rejection::bad("the path has an empty or a relative part"));
        }
        let (prefix, rest) = split_version(&path)?;
        Ok(Self { raw: raw.to_owned(), prefix: prefix.to_owned(), path: rest.to_owned(), query })
    }
}

/// Decodes a path. Refuses escapes of characters that need no escape.
fn decode_path(path: &str) -> Result<String, Rejection> {
    if !path.contains('%') {
        return Ok(path.to_owned());
    }
    let decoded = percent::decode(path).ok_or(Rejection::bad("the path has a broken escape"))?;
    let escapes = path.split('%').skip(1).filter_map(|part| u8::from_str_radix(part.get(..2)?, 16).ok());
    for byte in escapes {
        if byte.is_ascii_alphanumeric() || b"-_.~/%".contains(&byte) || byte < 0x20 || byte == 0x7f {
            return Err(Rejection::bad("the path escapes a character that must not be"));
        }
    }
    Ok(decoded)
}

/// Splits a path into the API version at its beginning, if there is one, and the rest without its first `/`.
fn split_version(path: &str) -> Result<(&str, &str), Rejection> {
    let (first, rest) = path.split_at(path[1..].find('/').map_or(path.len(), |at| at + 1));
    let Some(version) =
        first.strip_prefix("/v").filter(|version| version.starts_with(|c: char| c == '.' || c.is_ascii_digit()))
    else {
        return Ok(("", &path[1..]));
    };
    let numbers = VERSION.captures(version).ok_or(Rejection::bad("the API version is not written as 1.41"))?;
    let number = |at: usize| numbers[at].parse::<u32>().unwrap_or_default();
    if (number(1), number(2)) < LEAST_API {
        return Err(Rejection::bad("the API version is too old, the least is 1.24"));
    }
    Ok((first, rest.strip_prefix('/').unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Option<(String, String)> {
        RequestTarget::read(raw).ok().map(|target| (target.prefix, target.path))
    }

    #[test]
    fn target_in_canonical_spelling_is_accepted() {
        let cases = [
            ("/_ping", "", "_ping"),
            ("/", "", ""),
            ("/v1.41/containers/create?name=a", "/v1.41", "containers/create"),
            ("/images/localhost:5000/toko/kapal:1/json", "", "images/localhost:5000/toko/kapal:1/json"),
            ("/v4.9.3/libpod/info", "/v4.9.3", "libpod/info"),
            ("/containers/a%20b/json", "", "containers/a b/json"),
            ("/images/a%40sha256%3Abc/json", "", "images/a@sha256:bc/json"),
            ("/volumes/x", "", "volumes/x"),
        ];
        for (raw, prefix, path) in cases {
            assert_eq!(read(raw), Some((prefix.to_owned(), path.to_owned())), "{raw}");
        }
    }

    #[test]
    fn target_in_another_spelling_is_refused() {
        let cases = [
            "http://x/containers/create",
            "*",
            "",
            "containers/create",
            "//containers/create",
            "/containers//create",
            "/containers/./create",
            "/x/../containers/create",
            "/containers/create/",
            "/containers%2Fcreate",
            "/contain%65rs/create",
            "/%63ontainers/create",
            "/containers/create%",
            "/containers/create%zz",
            "/containers/create%00",
            "/a%252e",
            "/containers/create#x",
            "/containers\\create",
            "/containers/cr\u{e9}ate",
            "/v1.23/containers/x/start",
            "/v1/containers/create",
            "/v1..41/containers/create",
            "/v.1/containers/create",
            "/v1.41./containers/create",
            "/v1.999999999999/containers/create",
            "/a%ff",
        ];
        for raw in cases {
            assert_eq!(read(raw), None, "{raw}");
        }
    }
}
